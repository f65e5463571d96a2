"""The built-in functions on arrays."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

_gamma = np.vectorize(lambda x: math.gamma(x) if 0 < x < 60 else math.nan, otypes=[float])
_erf = np.vectorize(math.erf, otypes=[float])


def _over(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: 1.0 / function(x)


def _of_reciprocal(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: function(1.0 / x)


def _log(x: Any, base: Any) -> Any:
    return np.log(x) / np.log(base)


def _binomial(n: Any, k: Any) -> Any:
    return _gamma(n + 1) / (_gamma(k + 1) * _gamma(n - k + 1))


def root(base: Any, exponent: Any, odd: bool) -> Any:
    """base^exponent; the real odd root of a negative base where the exponent is a literal p/q with q odd."""
    if odd:
        size = np.power(np.abs(base), exponent)
        turned = np.where(np.mod(np.round(exponent * 3 * 5 * 7), 2) == 1, np.sign(base), 1.0)
        return size * turned
    return np.power(base, exponent)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": np.exp,
    "ln": np.log,
    "log": _log,
    "sin": np.sin,
    "cos": np.cos,
    "tan": np.tan,
    "cot": _over(np.tan),
    "sec": _over(np.cos),
    "csc": _over(np.sin),
    "arcsin": np.arcsin,
    "arccos": np.arccos,
    "arctan": np.arctan,
    "arccot": lambda x: np.pi / 2 - np.arctan(x),
    "arcsec": _of_reciprocal(np.arccos),
    "arccsc": _of_reciprocal(np.arcsin),
    "sinh": np.sinh,
    "cosh": np.cosh,
    "tanh": np.tanh,
    "coth": _over(np.tanh),
    "sech": _over(np.cosh),
    "csch": _over(np.sinh),
    "arsinh": np.arcsinh,
    "arcosh": np.arccosh,
    "artanh": np.arctanh,
    "arcoth": _of_reciprocal(np.arctanh),
    "arsech": _of_reciprocal(np.arccosh),
    "arcsch": _of_reciprocal(np.arcsinh),
    "abs": np.abs,
    "sign": np.sign,
    "floor": np.floor,
    "ceil": np.ceil,
    "factorial": lambda x: _gamma(x + 1),
    "gamma": _gamma,
    "binomial": _binomial,
    "mod": np.mod,
    "conj": np.conj,
    "re": np.real,
    "im": np.imag,
    "arg": np.angle,
    "erf": _erf,
}
