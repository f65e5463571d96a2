"""The method marks by their definitions, in numbers. Used by verify.py."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bench.agreement.checking import Checker, formulas
from bench.agreement.evaluate import read
from bench.agreement.records import UNSPECIFIED, Variant
from bench.agreement.world import Meaning, Unknown, World, inverse, sigma


def method_doubts(variant: Variant, follow: str) -> Iterator[str]:
    """Compares M1 of q1, M1 and A1 of q2, M1 and M2 of q5 with what the formulas say."""
    computed = {"q1": _loss, "q2": _gradient, "q5": _labels}.get(variant.question)
    if computed is None or variant.group == "odd":
        return
    for name, label, value in computed(variant):
        if label != UNSPECIFIED and label != int(value):
            yield f"{name} labelled {label}, computed {int(value)}"


def _members(variant: Variant) -> list[tuple[str, Meaning]]:
    found = []
    for line in variant.lines:
        for text in formulas(line):
            try:
                formula = read(text)
            except Unknown:
                continue
            found += list(zip(formula.texts, formula.members, strict=True))
    return [(text, member) for text, member in found if text not in ("@grad", "@L", "@Lx")]


def _world(variant: Variant, seed: int) -> World:
    """A random point that knows the variant's own definitions."""
    rng = np.random.default_rng(seed)
    world = World(rng.normal(size=3), rng.normal(size=3), float(rng.uniform(0.1, 0.9)))
    checker = Checker(variant, world)
    checker.run()
    return checker.world


def _value(meaning: Meaning, world: World) -> np.ndarray | None:
    try:
        return np.atleast_1d(meaning(world))
    except Unknown:
        return None


def _loss(variant: Variant) -> Iterator[tuple[str, int | str, bool]]:
    """M1: the formula is c(y - F)^2, so a quadratic in y with a double root that depends on w alone."""
    right = variant.marks[1] == 1
    yield "M1", variant.marks[0], right or any(_square(meaning, variant) for _, meaning in _members(variant))


def _square(meaning: Meaning, variant: Variant) -> bool:
    leading = []
    for seed in (1, 2, 3):
        world = _world(variant, seed)
        ys = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
        values = [_value(meaning, replace(world, y=float(y))) for y in ys]
        if any(v is None or v.shape != (1,) for v in values):
            return False
        flat = np.array([float(v[0]) for v in values if v is not None])
        c, b, a = np.polyfit(ys, flat, 2)
        if (
            not np.allclose(np.polyval([c, b, a], ys), flat, atol=1e-9)
            or abs(c) < 1e-9
            or abs(b * b - 4 * a * c) > 1e-8
        ):
            return False
        leading.append((c, -b / (2 * c)))
    return bool(np.ptp([c for c, _ in leading]) < 1e-8 and np.ptp([root for _, root in leading]) > 1e-6)


def _gradient(variant: Variant) -> Iterator[tuple[str, int | str, bool]]:
    right = variant.marks[2] == 1
    stated = _own_slope(variant)
    reached = any(_multiple(m, variant, None) or _multiple(m, variant, stated) for _, m in _members(variant))
    yield "M1", variant.marks[0], right or reached
    yield "A1", variant.marks[1], right or _slope_stated(variant) or _slope_used(variant)


def _multiple(meaning: Meaning, variant: Variant, stated: Meaning | None) -> bool:
    """Is it a constant multiple of 2(p - y) sigma' phi, with sigma' the student's own where stated?"""
    ratios = []
    for seed in (1, 2, 3):
        world = _world(variant, seed)
        u, p = world.name("@u"), world.name("p")
        own = p * (1 - p) if stated is None else stated(world.fix(z=u))
        target = 2 * (p - world.y) * own * world.phi
        value = _value(meaning, world)
        if value is None or value.shape != (3,):
            return False
        ratios.append(value / target)
    return bool(np.ptp(ratios) < 1e-6 and abs(ratios[0][0]) > 1e-9)


def _own_slope(variant: Variant) -> Meaning | None:
    """The last member of the first chain that begins with sigma'(z)."""
    for line in variant.lines:
        for text in formulas(line):
            if text.startswith("sigma'(z) ="):
                return read(text).members[-1]
    return None


def _slope_stated(variant: Variant) -> bool:
    for line in variant.lines:
        for text in formulas(line):
            if text.startswith(("sigma'(z) =", "sigma'(@u) =", "d/du(sigma(u) - y)^2 =")):
                left, right = read(text).members[0], read(text).members[-1]
                worlds = [_world(variant, seed).fix(z=0.3 * seed) for seed in (1, 2, 3)]
                if all(np.allclose(left(world), right(world), atol=1e-6) for world in worlds):
                    return True
    return False


def _slope_used(variant: Variant) -> bool:
    """Does the final answer vanish both as p goes to 0 and as p goes to 1, like p(1 - p)?"""
    final = [line for line in variant.lines if line.final]
    if not final:
        return False
    meaning = read(next(formulas(final[-1]))).members[-1]
    for p in (1e-7, 1 - 1e-7):
        world = _world(variant, 5).fix(p=p)
        value = _value(meaning, world.fix(**{"@u": inverse(p)}))
        if value is None or float(np.linalg.norm(value)) > 1e-4:
            return False
    return True


def _labels(variant: Variant) -> Iterator[tuple[str, int | str, bool]]:
    yield "M1", variant.marks[0], _needs(variant, "y")
    yield "M2", variant.marks[1], _needs(variant, "y'")


def _needs(variant: Variant, name: str) -> bool:
    """Does an equation hold just where sigma(w.phi(x)) = y (or w.phi(x) = y')? Moves that quantity to see."""
    for line in variant.lines:
        for text in formulas(line):
            try:
                formula = read(text)
            except Unknown:
                continue
            for left, right in zip(formula.members, formula.members[1:], strict=False):
                if _pins(left, right, variant, name):
                    return True
    return False


def _pins(left: Meaning, right: Meaning, variant: Variant, name: str) -> bool:
    other = "y'" if name == "y" else "y"
    for seed in (1, 2, 3):
        world = _world(variant, seed)
        u = world.name("@u")
        good = replace(world, y=sigma(u)).fix(**{"y'": u})
        bad = replace(good, y=0.05).fix(**{"y'": u}) if name == "y" else good.fix(**{"y'": u + 1})
        free = replace(good, y=0.05) if other == "y" else good.fix(**{"y'": u + 1})
        try:
            truths = [bool(np.allclose(left(w), right(w), atol=1e-7)) for w in (good, bad, free)]
        except Unknown:
            return False
        if truths != [True, False, True]:
            return False
    return True
