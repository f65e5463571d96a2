"""Where trees are compared: rational points inside the declared domains, small numbers first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from flint import acb, fmpq

from grader.equivalence import arrays as A
from grader.equivalence import scalars as S
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.features import features
from grader.equivalence.plain import constant_text
from grader.equivalence.precision import bits
from grader.equivalence.prepare import Coordinate, Prepared, free_vector
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.unknowns import (
    DIMENSION,
    INVERTIBLE,
    MEMBERS,
    SEED,
    seeded,
    small_matrix,
    small_vector,
)
from grader.expressions.build import ZERO
from grader.expressions.domains import NATURALS, Domain
from grader.expressions.identity import index_of
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace


def _fractions(text: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(part) for part in text.split())


# Numbers such as 7/11 and -13/17 are there against periodic functions that vanish at all plain numbers.
REAL_POOL = _fractions(
    "1/2 -2 3 -13/17 7/11 2 -1/2 1/3 -3 3/2 2/3 -1 5/2 1/4 -3/2 4 -1/3 7/3 3/4 -5/2 5 -4 1/5 10 -7/3 -10"
    " 1/10 1 0 6 -1/4 25/2 -5 100 -100 1/100 -1/10 1000 17/6 -19/7 8 37/10 -6 13/9"
)
_DIMENSIONS = (3, 2, 3, 4)
_SHOWN_BITS = 96
_IMAGINARY = tuple(
    fmpq(p, q) for p, q in ((1, 1), (-2, 3), (9, 2), (-1, 1), (2, 1), (-5, 1), (1, 3), (-7, 2))
)
UNIT_POOL = _fractions(
    "1/3 1/2 2/3 7/11 1/4 3/4 1/5 2/5 3/5 4/5 1/10 9/10 3/7 5/8 1/100 99/100 7/12 2/9 1/1000 999/1000 11/13"
)
WHOLE_POOL = _fractions("2 3 1 5 4 0 7 6 10 8 -1 -2 -3 9 12 -4 11 -5 15 20 -10")
FAR_POOL = _fractions("1 2 1/2 17/13 3 3/2 4 1/3 5 10 5/2 2/3 1/10 7 100 1/4 20 1/100 11/3 1000")


@lru_cache(maxsize=512)
def pool(domain: Domain) -> tuple[Fraction, ...]:
    """Rationals inside a domain, the small and plain ones first.

    >>> from grader.expressions.domains import UNIT
    >>> pool(UNIT)[:2]
    (Fraction(1, 3), Fraction(1, 2))
    """
    low, high = domain.low, domain.high
    if domain.integer:
        base = low if low is not None else (high - 20 if high is not None else Fraction(0))
        shifted = [base + k for k in range(25)] if low is not None or high is not None else []
        candidates = [*WHOLE_POOL, *shifted]
    elif low is None and high is None:
        return REAL_POOL
    elif low is not None and high is not None:
        stretched = [low + (high - low) * u for u in UNIT_POOL]
        whole = [k for k in WHOLE_POOL if domain.holds(k)] if high - low > 2 else []
        candidates = [*whole, *stretched, low, high]
    elif low is not None:
        candidates = [*FAR_POOL, *(low + k for k in FAR_POOL), low]
    else:
        assert high is not None
        candidates = [*(-k for k in FAR_POOL), *(high - k for k in FAR_POOL), high]
    return tuple(dict.fromkeys(k for k in candidates if domain.holds(k)))


@dataclass(frozen=True, slots=True)
class Point:
    """One place: rationals for scalars by symbol, and a seed for vectors and unknown functions.

    `exact` names symbols whose value is an irrational constant; their rational is only near it. `imaginary`
    gives complex symbols an imaginary part of their own.
    """

    scalars: dict[Expr, Fraction]
    seed: int
    exact: tuple[tuple[Expr, Expr], ...] = ()
    imaginary: tuple[tuple[Expr, Fraction], ...] = ()


class Space:
    """The free symbols of prepared trees and where they range."""

    def __init__(self, prepared: Prepared, assumptions: Assumptions, extra: tuple[Expr, ...] = ()) -> None:
        trees = prepared.trees + extra
        found = [features(t) for t in trees]
        free = frozenset().union(*(f.free for f in found))
        for item in prepared.coordinates:
            free |= free_symbols(item.value) | free_symbols(item.inside)
        ordered = sorted(free, key=lambda s: (str(s.value), s.kind))
        self.trees = trees
        self.assumptions = assumptions
        self.coordinates = prepared.coordinates
        self.scalars = [s for s in ordered if s.kind in ("scalar", "integer", "complex")]
        bound = {free_vector(c) for c in self.coordinates}
        self.vectors = [s for s in ordered if s.kind == "vector" and s not in bound]
        self.matrices = [s for s in ordered if s.kind == "matrix"]
        sizes = frozenset().union(*(f.sizes for f in found))
        self.dimensions = tuple(sizes) if len(sizes) == 1 else _DIMENSIONS
        if any("cross" in f.heads for f in found):
            self.dimensions = (3,)
        self.domains = {s: self._domain(s, prepared.naturals) for s in self.scalars}
        self.pools = [pool(self.domains[s]) for s in self.scalars]
        self.unknowns = tuple({call: None for f in found for call in f.vector_calls})
        self.calls = any(f.has_unknown for f in found)
        self.inverses = any("inverse" in f.heads for f in found)
        self.members = _members(trees, assumptions) if any("index" in f.heads for f in found) else {}
        self.complexes = any(f.complexes for f in found)
        self.in_parts = self.complexes and any(f.conjugates for f in found)

    def _domain(self, symbol: Expr, naturals: frozenset[str]) -> Domain:
        declared = symbol.value in self.assumptions.domains or symbol.value in self.assumptions.table.symbols
        domain = self.assumptions.domain(symbol)
        bounded = declared and domain.integer and domain != Domain(integer=True)
        if symbol.value in naturals and not bounded:
            return NATURALS
        return domain

    @property
    def varies(self) -> bool:
        """Whether anything is free: else one point says all."""
        return bool(self.scalars or self.vectors or self.matrices or self.unknowns or self.calls)

    def points(self, count: int) -> Iterator[Point]:
        """The first points in order; without symbols there is one."""
        if not all(self.pools):
            return
        if not self.varies:
            count = 1
        for k in range(count):
            yield Point(self._scalars(k), k)

    def _scalars(self, k: int) -> dict[Expr, Fraction]:
        """The k-th choice: the second has all negative where it can, the third all positive."""
        found = {}
        if (k in (1, 2) and len(self.scalars) > 1) or (k in (1, 3) and self.complexes):
            pools = [signed_pool(self.domains[s], 1 if k == 2 else -1) for s in self.scalars]
            return {s: p[j % len(p)] for j, (s, p) in enumerate(zip(self.scalars, pools, strict=True))}
        for j, (symbol, values) in enumerate(zip(self.scalars, self.pools, strict=True)):
            turn = k * (j + 1) + j if k else j
            found[symbol] = values[(turn + (k // len(values)) * j) % len(values)]
        return found

    def environment(self, point: Point) -> dict[Any, Any]:
        """The values at a point, at the working precision; raises `Undefined`, `Unclear`."""
        size = self.dimensions[point.seed % len(self.dimensions)]
        env: dict[Any, Any] = {SEED: point.seed, DIMENSION: size, INVERTIBLE: self.inverses, **self.members}
        for s, v in point.scalars.items():
            env[s] = fmpq(v.numerator, v.denominator)
            if s.kind == "complex":
                env[s] = acb(env[s], imaginary_part(s, point))
        for s in self.vectors:
            env[s] = small_vector(s.value, point.seed, size)
        for s in self.matrices:
            env[s] = small_matrix(s.value, point.seed, size)
        for item in self.coordinates:
            env[free_vector(item)] = self._fitted(item, env, point.seed)
        return env

    def _fitted(self, item: Coordinate, env: dict[Any, Any], seed: int) -> Any:
        """A vector w with w . b equal to the value of the coordinate."""
        w = free_vector(item)
        b = next((a for a in item.inside.args if a is not w), w)
        target = compile_tape(item.value).run(env)
        start = small_vector(w.value, seed, env[DIMENSION])
        direction = compile_tape(b).run(env)
        missing = target - A.dot(start, direction)
        step = S.mul(missing, S.reciprocal(A.dot(direction, direction)))
        return A.add(start, A.mul(step, direction))


def _members(trees: tuple[Expr, ...], assumptions: Assumptions) -> dict[Any, tuple[Fraction, ...]]:
    """For every family with a declared domain, the numbers that its members may be."""
    families = {p.args[0] for t in trees for p in walk(t) if p.head == "index" and p.args[0].head == "symbol"}
    domains = {f: assumptions.domain(f) for f in families}
    return {
        (MEMBERS, f.value): pool(d) for f, d in domains.items() if d.low is not None or d.high is not None
    }


@lru_cache(maxsize=512)
def signed_pool(domain: Domain, sign: int) -> tuple[Fraction, ...]:
    """The values of one sign in the pool of a domain (all, if there is none)."""
    return tuple(v for v in pool(domain) if v * sign > 0) or pool(domain)


def describe(space: Space, point: Point) -> dict[str, str]:
    """The point as text, by name: what evidence shows.

    Where a vector phi(x) is shown, the x that occurs nowhere else is left out.
    """
    seen = _outside_calls(space)
    exact = dict(point.exact)
    shown = {str(s.value): _value_text(v, exact.get(s)) for s, v in point.scalars.items() if s in seen}
    wide = [s for s in space.scalars if s.kind == "complex" and s in seen]
    shown.update({str(s.value): _complex_text(point, s) for s in wide})
    try:
        with bits(_SHOWN_BITS):
            env = space.environment(point)
        for s in (*space.vectors, *space.matrices, *map(free_vector, space.coordinates)):
            if s in seen and index_of(s) is None:
                shown[str(s.value)] = _array_text(env[s])
        for call in space.unknowns:
            with bits(_SHOWN_BITS):
                value = compile_tape(call).run(env)
            shown[f"{_name(call.args[0])}({', '.join(_name(a) for a in call.args[1:])})"] = _array_text(value)
    except (Undefined, Unclear, Unsupported, A.ShapeError):
        pass
    return _readable(shown)


def _readable(shown: dict[str, str]) -> dict[str, str]:
    """`vec(a)` as a, where no other a is shown."""
    plain = {name: name[4:-1] if name.startswith("vec(") and name.endswith(")") else name for name in shown}
    if len(set(plain.values())) < len(plain):
        return shown
    return {plain[name]: value for name, value in shown.items()}


def imaginary_part(symbol: Expr, point: Point) -> Any:
    """The imaginary part of a complex symbol; at one point all are above the axis, at one all below."""
    for own, value in point.imaginary:
        if own is symbol:
            return fmpq(value.numerator, value.denominator)
    if point.seed in (1, 3):
        size = abs(_IMAGINARY[seeded(str(symbol.value)) % len(_IMAGINARY)])
        return size if point.seed == 1 else -size
    return _IMAGINARY[(point.seed * 3 + seeded(str(symbol.value))) % len(_IMAGINARY)]


def _complex_text(point: Point, symbol: Expr) -> str:
    real, imaginary = point.scalars[symbol], imaginary_part(symbol, point)
    if imaginary == 0:
        return str(real)
    sign = "-" if imaginary < 0 else "+"
    size = abs(imaginary)
    return f"{real} {sign} {'' if size == 1 else f'{size} '}i"


def _value_text(value: Fraction, exact: Expr | None) -> str:
    """A rational as it is; an irrational by its short name, else by its first digits."""
    text = constant_text(exact) if exact is not None else None
    if text is not None:
        return text
    return str(value) if value.denominator < 10**5 else f"{float(value):.8g}"


def _outside_calls(space: Space) -> frozenset[Expr]:
    """The symbols that occur elsewhere than in the arguments of an unknown vector function."""
    without = dict.fromkeys(space.unknowns, ZERO)
    return frozenset().union(*(free_symbols(replace(tree, without)) for tree in space.trees))


def _name(tree: Expr) -> str:
    return str(tree.value) if tree.value is not None else tree.head


def _array_text(value: A.Array) -> str:
    return "(" + ", ".join(str(v) if type(v) is fmpq else v.str(6, radius=False) for v in value.entries) + ")"
