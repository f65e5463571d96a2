"""Points that fulfil what was supposed, and what a relation says there: quick to refute, never a proof.

Equations are solved one after another; what they leave free gets rational values from a fixed list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from flint import arb, fmpq

from grader.equivalence import Assumptions, sentences
from grader.equivalence.arrays import ShapeError
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.field import Beyond
from grader.equivalence.holding import holds_at
from grader.equivalence.normal import Normalizer
from grader.equivalence.plain import constant_text
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined, sign
from grader.equivalence.settled import NO_VALUE, value_exactly
from grader.equivalence.solving import branches
from grader.equivalence.truths import links_inside
from grader.equivalence.zeros import Zero, along
from grader.expressions.build import ZERO, chain, number, sub
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace, transform
from grader.records import Evidence, EvidenceKind
from grader.working.polar import polar

Place = Mapping[Expr, Expr]
Solution = dict[Expr, Expr]

_VALUES = tuple(
    tuple(Fraction(*pair) for pair in row)
    for row in (
        ((3, 2), (5, 3), (7, 5), (4, 3), (9, 4), (11, 6)),
        ((5, 1), (2, 1), (7, 1), (3, 1), (11, 1), (4, 1)),
        ((-3, 2), (2, 5), (-7, 3), (5, 2), (-1, 3), (8, 5)),
        ((1, 3), (2, 5), (3, 7), (1, 4), (5, 8), (2, 9)),
    )
)
_NUMBERS = ("scalar", "integer")
_MAX_SOLUTIONS = 6
_MAX_POINTS = 5
_MAX_NAMES = 8
_MAX_SIZE = 400


@lru_cache(maxsize=1024)
def sample(premises: tuple[Expr, ...], names: frozenset[Expr], assumptions: Assumptions) -> tuple[Place, ...]:
    """At most five points that fulfil the (prepared) premises, with a value for every name.

    Empty where the equations cannot be solved, or where nothing scalar can be chosen.
    """
    wanted = sorted(names.union(*(_unknowns(p) for p in premises)), key=lambda s: str(s.value))
    scalars = all(s.kind in _NUMBERS for s in wanted)
    if not wanted or len(wanted) > _MAX_NAMES or not scalars or sum(p.size for p in premises) > _MAX_SIZE:
        return ()
    equations = [p for p in premises if p.head == "chain" and set(p.value) <= {"=", "equiv"}]
    pairs = [(a, b) for p in equations for a, b in zip(p.args, p.args[1:], strict=False)]
    found: list[Place] = []
    for row in _VALUES:
        base = {s: v for s, v in zip(wanted, row * 2, strict=False) if assumptions.domain(s).holds(v)}
        if len(base) < len(wanted):
            base = {s: next(v for v in _inside(s, assumptions)) for s in wanted}
        for place in _places(pairs, base, assumptions):
            if (
                place not in found
                and _in_domains(place, assumptions)
                and all(_holds(p, place) for p in premises)
            ):
                found.append(place)
            if len(found) == _MAX_POINTS:
                return tuple(found)
    return tuple(found)


def _in_domains(place: Place, assumptions: Assumptions) -> bool:
    """Whether every value lies where its name is declared to live."""
    for symbol, value in place.items():
        domain = assumptions.domain(symbol)
        bounds = [
            (domain.low, (">", ">=")[not domain.open_low]),
            (domain.high, ("<", "<=")[not domain.open_high]),
        ]
        for bound, operator in bounds:
            if bound is not None and not _holds(chain((value, number(bound)), (operator,)), {}):
                return False
    return True


def _inside(symbol: Expr, assumptions: Assumptions) -> Iterator[Fraction]:
    domain = assumptions.domain(symbol)
    yield from (v for row in _VALUES for v in row if domain.holds(v))
    yield domain.low if domain.low is not None else Fraction(1)


def _unknowns(tree: Expr) -> frozenset[Expr]:
    return frozenset(s for s in free_symbols(tree) if s.kind != "function")


def _places(
    pairs: Sequence[tuple[Expr, Expr]], base: Mapping[Expr, Fraction], assumptions: Assumptions
) -> Iterator[Place]:
    numbers = {s: number(v) for s, v in base.items()}
    for solution in _solved(tuple(pairs), assumptions):
        table = {s: t for s, t in numbers.items() if s not in solution}
        yield {**table, **{s: replace(t, table) for s, t in solution.items()}}
    if len(pairs) == 1:
        yield from _along(sub(*pairs[0]), base, numbers)
    elif pairs and not _solved(tuple(pairs), assumptions):
        yield from _on_a_curve(pairs, base, assumptions)


def _on_a_curve(
    pairs: Sequence[tuple[Expr, Expr]], base: Mapping[Expr, Fraction], assumptions: Assumptions
) -> Iterator[Place]:
    """Points of the equation in fewest names, which is solved as numbers; the others are solved there."""
    first = min(pairs, key=lambda pair: len(_unknowns(pair[0]) | _unknowns(pair[1])))
    names = _unknowns(first[0]) | _unknowns(first[1])
    numbers = {s: number(v) for s, v in base.items()}
    for place in _along(sub(*first), {s: v for s, v in base.items() if s in names}, {}):
        there = {s: place.get(s, numbers[s]) for s in names}
        rest = tuple((replace(a, there), replace(b, there)) for a, b in pairs if (a, b) != first)
        for solution in _solved(rest, assumptions):
            table = {s: t for s, t in numbers.items() if s not in solution}
            yield {**table, **there, **{s: replace(t, table) for s, t in solution.items()}}


def _along(gap: Expr, base: Mapping[Expr, Fraction], numbers: Place) -> Iterator[Place]:
    """Zeros of one equation in one of its names, the others held."""
    for symbol in sorted(_unknowns(gap), key=lambda s: str(s.value)):
        for zero in along(gap, symbol, {s: v for s, v in base.items() if s is not symbol}).found:
            tree = number(zero.exact) if zero.exact is not None else zero.tree
            if tree is not None:
                yield {**numbers, symbol: tree}


@lru_cache(maxsize=512)
def near_a_zero(premise: Expr, relation: Expr, assumptions: Assumptions) -> Evidence | None:
    """Evidence that an equation is false at a solution of another that is only known as an interval."""
    names = _unknowns(premise) | _unknowns(relation)
    if len(names) != 1 or any(t.head != "chain" or t.value != ("=",) for t in (premise, relation)):
        return None
    (symbol,) = names
    domain = assumptions.domain(symbol)
    for zero in along(sub(*premise.args), symbol, {}).found:
        if (
            zero.tree is None
            and zero.exact is None
            and all(domain.holds(end) and _allows(assumptions, symbol, end) for end in (zero.low, zero.high))
            and _apart_on(relation, symbol, zero)
        ):
            near = f"{float(zero.low):.6g}"
            sentence = f"Near {symbol.value} = {near} what stands before holds, but this does not."
            data = {"point": {str(symbol.value): near}, "left": "", "right": "", "domain_only": False}
            return Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data)
    return None


def _allows(assumptions: Assumptions, symbol: Expr, value: Fraction) -> bool:
    """Whether no condition on the symbol alone excludes a value."""
    own = [c for c in assumptions.conditions if _unknowns(c) == {symbol}]
    return all(_holds(condition, {symbol: number(value)}) is not False for condition in own)


def _apart_on(relation: Expr, symbol: Expr, zero: Zero) -> bool:
    """Whether the two sides differ on the whole interval that holds the zero."""
    ends = [arb(fmpq(v.numerator, v.denominator)) for v in (zero.low, zero.high)]
    try:
        with bits(128):
            value = compile_tape(sub(*relation.args)).run({symbol: ends[0].union(ends[1])})
            return sign(value) != 0
    except (Undefined, Unclear, Unsupported, ShapeError):
        return False


@lru_cache(maxsize=1024)
def _solved(pairs: tuple[tuple[Expr, Expr], ...], assumptions: Assumptions) -> tuple[Solution, ...]:
    """What the equations say of some names, in terms of the others."""
    found: list[Solution] = []
    for solution in _branches(pairs, {}, assumptions):
        found.append(solution)
        if len(found) == _MAX_SOLUTIONS:
            break
    return tuple(found)


def _branches(
    pairs: tuple[tuple[Expr, Expr], ...], so_far: Solution, assumptions: Assumptions
) -> Iterator[Solution]:
    if not pairs:
        yield so_far
        return
    if (both := polar(pairs)) is not None:
        for solution in both[1]:
            yield from _branches(*_with(solution, both[0], so_far), assumptions)
        return
    chosen = min(
        pairs,
        key=lambda pair: (
            not any(side.head == "symbol" for side in pair),
            len(_unknowns(pair[0]) | _unknowns(pair[1])),
        ),
    )
    (left, right), rest = chosen, tuple(pair for pair in pairs if pair is not chosen)
    if left is right or not (_unknowns(left) | _unknowns(right)):
        yield from _branches(rest, so_far, assumptions)
        return
    for symbol in sorted(
        _unknowns(left) | _unknowns(right), key=lambda s: (s not in (left, right), str(s.value))
    ):
        values = branches(left, right, symbol, Normalizer(assumptions.domain))
        if not values or any(symbol in free_symbols(v) or not _is_number(v) for v in values):
            continue
        for value in dict.fromkeys(values):
            yield from _branches(*_with({symbol: value}, rest, so_far), assumptions)
        return
    if _says_nothing(left, right, assumptions):
        yield from _branches(rest, so_far, assumptions)


def _with(
    table: Solution, rest: tuple[tuple[Expr, Expr], ...], so_far: Solution
) -> tuple[tuple[tuple[Expr, Expr], ...], Solution]:
    """The other equations and what is known so far, with values put in."""
    later = tuple((_put_in(a, table), _put_in(b, table)) for a, b in rest)
    return later, {**{s: _put_in(t, table) for s, t in so_far.items()}, **table}


def _says_nothing(left: Expr, right: Expr, assumptions: Assumptions) -> bool:
    """Whether an equation is true for all values, as one is that follows from those solved before it."""
    n = Normalizer(assumptions.domain)
    try:
        return bool(n.attempt(lambda: n.sub(n.scalar(left), n.scalar(right))).top == 0)
    except Beyond:
        return False


def _put_in(tree: Expr, table: Solution) -> Expr:
    """The tree with values put in, without products that are 0 then: (x + 1) A at x = -1."""
    changed = replace(tree, table)
    return tree if changed is tree else transform(changed, _unless_zero)


def _unless_zero(part: Expr) -> Expr:
    if part.head != "mul" or not free_symbols(part):
        return part
    return ZERO if any(not free_symbols(f) and value_exactly(f) == 0 for f in part.args) else part


def _is_number(value: Expr) -> bool:
    """Whether it may be one: not a matrix, and nothing in it is divided by 0 (0 x = 3)."""
    closed = (part for part in walk(value) if part.head == "pow" and not free_symbols(part))
    return value.kind in _NUMBERS and all(value_exactly(part) is not NO_VALUE for part in closed)


def solutions_of(equation: Expr, assumptions: Assumptions) -> tuple[Solution, ...]:
    """What one (prepared) equation says of one of its names, in terms of the others."""
    return _solved(((equation.args[0], equation.args[1]),), assumptions)


def determined(equations: tuple[Expr, ...], names: frozenset[Expr], assumptions: Assumptions) -> bool:
    """Whether (prepared) equations leave finitely many values for some names."""
    solutions = _solved(tuple((e.args[0], e.args[1]) for e in equations), assumptions)
    return bool(solutions) and all(n in s and not free_symbols(s[n]) for s in solutions for n in names)


def is_monomial(tree: Expr, assumptions: Assumptions) -> bool:
    """Whether a scalar comes down to one term without a denominator: 3x, -a b^2; not 0."""
    normalizer = Normalizer(assumptions.domain)
    try:
        found = normalizer.attempt(lambda: normalizer.scalar(tree))
    except Beyond:
        return False
    return len(found.top) == 1 and found.bottom.is_constant()


def _holds(relation: Expr, place: Place) -> bool | None:
    """As `holds_at`; None for a relation whose kinds do not fit (a number beside a vector)."""
    try:
        return holds_at(relation, place)
    except TypeError:
        return None


def refuted_at(relation: Expr, places: Sequence[Place]) -> Place | None:
    """The first point where a (prepared) relation has a value and is false."""
    for place in places:
        if _holds(relation, place) is False and _defined(relation, place):
            return place
    return None


def never_holds(relation: Expr, places: Sequence[Place]) -> bool:
    """Whether a relation is false at every point, and these are all: some, and not as many as are tried."""
    return 0 < len(places) < _MAX_POINTS and all(
        refuted_at(relation, (place,)) is not None for place in places
    )


def confirmed(relation: Expr, places: Sequence[Place]) -> bool:
    """Whether a relation is true at every point where it has a value (and there are some)."""
    return refuted_at(relation, places) is None and any(_holds(relation, place) for place in places)


def _defined(relation: Expr, place: Place) -> bool:
    sides = [side for link in links_inside(relation) for side in (link.left, link.right)]
    values = [value_exactly(replace(side, place)) for side in sides]
    return all(v is not None and v is not NO_VALUE for v in values)


def told(relation: Expr, place: Place) -> Evidence:
    """The evidence that a relation is false at a point where what stands before it holds."""
    shown = {
        str(s.value): constant_text(t) or _approximately(t)
        for s, t in place.items()
        if s in _unknowns(relation)
    }
    where = ", ".join(f"{name} = {value}" for name, value in shown.items())
    data = {"point": shown, "left": "", "right": "", "domain_only": False}
    links = links_inside(relation)
    if len(links) != 1:
        sentence = f"With {where} what stands before holds, but this does not."
        return Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data)
    left, right = (_approximately(replace(side, place)) for side in (links[0].left, links[0].right))
    sides = f"the left side is {left} and the right side is {right}"
    sentence = f"With {where} what stands before holds, but here {sides}."
    return Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, {**data, "left": left, "right": right})


def _approximately(tree: Expr) -> str:
    value = value_exactly(tree)
    return "?" if value is None or value is NO_VALUE else sentences.value_text(value)
