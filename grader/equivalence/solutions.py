"""Statements in several variables: a point that fulfils one and not the other."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.holding import holds_at
from grader.equivalence.plain import constant_text
from grader.equivalence.points import pool
from grader.equivalence.sentences import place_text
from grader.equivalence.truths import links_inside
from grader.equivalence.turning import turns
from grader.equivalence.zeros import along
from grader.expressions.build import number, sub
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_UNKNOWN = Verdict(Equality.UNKNOWN)
_VALUES = tuple(Fraction(v) for v in (1, 0, 2, -1, 3, Fraction(1, 2), -2, 5))
_MAX_BASES = 12
_MAX_TRIES = 160
_MAX_SYMBOLS = 6
Place = dict[Expr, Expr]


def compare_solutions(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    """DIFFERENT with a point that fulfils one statement only, else UNKNOWN."""
    free = sorted(free_symbols(left) | free_symbols(right), key=lambda s: str(s.value))
    if not free or len(free) > _MAX_SYMBOLS or any(s.kind not in ("scalar", "integer") for s in free):
        return _UNKNOWN
    domains = {s: assumptions.domain(s) for s in free}
    for place in islice(_places(left, right, free, domains), _MAX_TRIES):
        a, b = holds_at(left, place), holds_at(right, place)
        if a is not None and b is not None and a is not b:
            return told_apart(place, a)
    return _UNKNOWN


def _places(left: Expr, right: Expr, free: list[Expr], domains: dict[Expr, Domain]) -> Iterator[Place]:
    """Plain points, and points on the curves where a relation turns from true to false."""
    bases = list(_bases(free, domains))
    for base in bases:
        yield {s: number(v) for s, v in base.items()}
    gaps = dict.fromkeys(
        [sub(k.left, k.right) for t in (left, right) for k in links_inside(t) if k.left.kind != "tuple"]
        + [turn.part for t in (left, right) for turn in turns(t)]
    )
    for base in bases:
        for gap, symbol in product(gaps, free):
            yield from _on_curve(gap, symbol, base, domains)


def _bases(free: list[Expr], domains: dict[Expr, Domain]) -> Iterator[dict[Expr, Fraction]]:
    """Different values, all the same value, and values with one 0."""
    values = [_inside(domains[s]) for s in free]
    for k in range(4):
        yield {s: v[(k + j) % len(v)] for j, (s, v) in enumerate(zip(free, values, strict=True))}
    for k in range(min(map(len, values))):
        same = values[0][k]
        if all(domains[s].holds(same) for s in free):
            yield dict.fromkeys(free, same)
        if k == 2:
            break
    for i, symbol in enumerate(free):
        if domains[symbol].holds(Fraction(0)):
            others = {s: v[j % len(v)] for j, (s, v) in enumerate(zip(free, values, strict=True))}
            yield {**others, symbol: Fraction(0)}
            if i == 3:
                break


def _inside(domain: Domain) -> tuple[Fraction, ...]:
    found = tuple(v for v in _VALUES if domain.holds(v))
    return found or pool(domain)[:8]


def _on_curve(
    gap: Expr, symbol: Expr, base: dict[Expr, Fraction], domains: dict[Expr, Domain]
) -> Iterator[Place]:
    if symbol not in free_symbols(gap):
        return
    for zero in along(gap, symbol, base).found:
        if zero.exact is not None and not domains[symbol].holds(zero.exact):
            continue
        if zero.tree is None or (zero.exact is None and not _between(zero.low, domains[symbol])):
            continue
        yield {s: number(v) for s, v in base.items()} | {symbol: zero.tree}


def _between(place: Fraction, domain: Domain) -> bool:
    return domain.holds(place) if not domain.integer else False


def told_apart(place: Place, first: bool) -> Verdict:
    """DIFFERENT, at a place where only one of two statements holds."""
    point = {str(s.value): constant_text(v) or "a constant" for s, v in place.items()}
    who, other = ("first", "second") if first else ("second", "first")
    sentence = f"At {place_text(point)} the {who} holds and the {other} does not."
    data = {"point": point, "left": str(first).lower(), "right": str(not first).lower(), "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))
