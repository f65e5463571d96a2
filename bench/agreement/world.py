"""The points at which formulas are evaluated: vectors, labels, and what a student has defined."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

Value = Any  # float or numpy array
Meaning = Callable[["World"], Value]


class Unknown(Exception):
    """The formula cannot be evaluated: a name without a value, or a form that the reader does not know."""


@dataclass(frozen=True)
class World:
    """A point: the vectors, the labels, and what a student has defined."""

    w: np.ndarray
    phi: np.ndarray
    y: float
    own: Mapping[str, Meaning] = field(default_factory=dict)
    functions: Mapping[str, tuple[str, Meaning]] = field(default_factory=dict)
    fixed: Mapping[str, Value] = field(default_factory=dict)
    maximum: Meaning | None = None

    def name(self, name: str) -> Value:
        if name in self.fixed:
            return self.fixed[name]
        if name in self.own:
            return self.own[name](self)
        if name in _NAMES:
            return _NAMES[name](self)
        raise Unknown(name)

    def fix(self, **values: Value) -> World:
        return replace(self, fixed={**self.fixed, **values})


def sigma(z: float) -> float:
    return float(1 / (1 + np.exp(-z)))


def inverse(value: float) -> float:
    return float(np.log(value / (1 - value)))


def loss(world: World) -> float:
    return float((world.name("p") - world.y) ** 2)


def gradient(world: World) -> np.ndarray:
    p = world.name("p")
    return np.asarray(2 * (p - world.y) * p * (1 - p) * world.phi)


_NAMES: dict[str, Meaning] = {
    "@u": lambda m: float(m.w @ m.phi),
    "u": lambda m: m.name("@u"),
    "z": lambda m: 0.37,
    "p": lambda m: sigma(m.name("@u")),
    "y": lambda m: m.y,
    "y'": lambda m: inverse(m.y),
    "@w": lambda m: m.w,
    "@v": lambda m: m.w,
    "@vu": lambda m: float(m.w @ m.phi),
    "@phi": lambda m: m.phi,
    "@n": lambda m: float(np.linalg.norm(m.phi)),
    "@L": loss,
    "@Lx": loss,
    "@grad": gradient,
    "@N": lambda m: float(np.linalg.norm(gradient(m))),
    "q": lambda m: 1 - m.name("p"),
    "x": lambda m: 0.0,
    "yhat": lambda m: m.name("p"),
    "lambda": lambda m: 0.1,
    "e": lambda m: float(np.e),
}
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sigma": sigma,
    "logit": inverse,
    "ln": lambda t: float(np.log(t)),
    "log": lambda t: float(np.log(t)),
    "log_10": lambda t: float(np.log10(t)),
    "tanh": lambda t: float(np.tanh(t)),
    "cosh": lambda t: float(np.cosh(t)),
    "artanh": lambda t: float(np.arctanh(t)),
    "sqrt": lambda t: float(np.sqrt(t)),
}


def slope(f: Callable[[float], Value], at: float, order: int = 1) -> Value:
    """A derivative by central differences, Richardson-extrapolated."""
    if order > 1:
        return slope(lambda t: slope(f, t), at, order - 1)
    h = 1e-3
    wide, narrow = (f(at + 2 * h) - f(at - 2 * h)) / (4 * h), (f(at + h) - f(at - h)) / (2 * h)
    return (4 * narrow - wide) / 3
