"""Solutions that repeat: `x = pi/4 + k pi, k an integer`, and equations of sines, as sets of progressions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from flint import fmpq

from grader.equivalence.ball import exact_at
from grader.equivalence.constants import constant_value, constant_zero
from grader.equivalence.inverting import solved_by_undoing
from grader.equivalence.plain import constant_text
from grader.equivalence.polynomial import coefficients_of
from grader.expressions.build import ZERO, add, div, mul, number, sub, symbol
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_COUNTERS = frozenset("klmn")
_COUNTER = symbol("\u2115")
_MAX_RESIDUES = 120


@dataclass(frozen=True, slots=True)
class Progression:
    """first + k step for all integers k."""

    first: Expr
    step: Expr


def compare_progressions(left: Expr, right: Expr) -> Verdict | None:
    """The verdict on two statements about one unknown whose solutions repeat; None for others.

    >>> from grader.expressions.build import PI, ZERO, call, equation
    >>> x, k = symbol("x"), symbol("k")
    >>> zeros, spelled = equation(call("sin", x), ZERO), equation(x, mul(k, PI))
    >>> compare_progressions(zeros, spelled).verdict
    <Equality.EQUAL: 'equal'>
    """
    unknown = _unknown(left, right)
    sides = [None if unknown is None else _progressions(t, unknown) for t in (left, right)]
    if not sides[0] or not sides[1]:
        return None
    period = _period([*sides[0], *sides[1]])
    if period is None:
        return None
    residues = [[r for p in side for r in _residues(p, period)] for side in (sides[0], sides[1])]
    if sum(map(len, residues)) > _MAX_RESIDUES:
        return None
    return _compared(residues[0], residues[1], period[0])


def _unknown(left: Expr, right: Expr) -> Expr | None:
    """The symbol that both statements are about."""
    free = [s for s in free_symbols(left) & free_symbols(right) if s.value not in _COUNTERS]
    return next(iter(free)) if len(free) == 1 else None


def _progressions(tree: Expr, unknown: Expr) -> list[Progression] | None:
    if tree.head == "or":
        parts = [_progressions(a, unknown) for a in tree.args]
        return None if any(p is None for p in parts) else [q for p in parts if p is not None for q in p]
    if tree.head == "and":
        kept = [a for a in tree.args if not _says_integer(a)]
        return _progressions(kept[0], unknown) if len(kept) == 1 else None
    if tree.head != "chain" or tree.value != ("=",):
        return None
    for side, value in (tree.args, tree.args[::-1]):
        if side is unknown and unknown not in free_symbols(value):
            return _spelled(value)
    return _solved(sub(*tree.args), unknown)


def _says_integer(tree: Expr) -> bool:
    return tree.head == "chain" and tree.value == ("in",) and tree.args[1].value == "integers"


def _spelled(value: Expr) -> list[Progression] | None:
    counters = free_symbols(value)
    if len(counters) != 1:
        return None
    counter = next(iter(counters))
    if counter.kind != "integer" and counter.value not in _COUNTERS:
        return None
    return _linear([value], counter)


def _solved(gap: Expr, unknown: Expr) -> list[Progression] | None:
    if free_symbols(gap) != {unknown}:
        return None
    found = solved_by_undoing(gap, unknown, counter=_COUNTER)
    return None if found is None or found[1] else _linear(found[0], _COUNTER)


def _linear(values: list[Expr], counter: Expr) -> list[Progression] | None:
    found = []
    for value in values:
        coefficients = coefficients_of(value, counter)
        if coefficients is None or len(coefficients) != 2 or constant_value(coefficients[1]) is None:
            return None
        found.append(Progression(*coefficients))
    return found


def _period(all_of_them: list[Progression]) -> tuple[Expr, list[Fraction]] | None:
    """A common period, and every step as a part of it; None where the steps have no common measure."""
    unit = all_of_them[0].step
    ratios = [exact_at(div(p.step, unit), {}) or _ratio(p.step, unit) for p in all_of_them]
    if any(r is None or r == 0 for r in ratios):
        return None
    known = [abs(r) for r in ratios if r is not None]
    common = Fraction(lcm(*(r.numerator for r in known)), gcd(*(r.denominator for r in known)))
    return mul(number(common), unit), [r / common for r in known]


def _ratio(step: Expr, unit: Expr) -> Fraction | None:
    """A quotient of two constants, where it is a simple rational."""
    value = constant_value(div(step, unit))
    if value is None:
        return None
    for q in range(1, 13):
        top = (value * q + fmpq(1, 2)).floor().unique_fmpz()
        if top is not None:
            found = Fraction(int(top), q)
            if constant_zero(sub(step, mul(number(found), unit))):
                return found
    return None


def _residues(p: Progression, period: tuple[Expr, list[Fraction]]) -> list[Expr]:
    """The members of a progression within one period."""
    share = exact_at(div(p.step, period[0]), {}) or _ratio(p.step, period[0])
    count = 0 if share is None or share == 0 else int(1 / abs(share))
    return [add(p.first, mul(number(j), p.step)) if j else p.first for j in range(count)]


def _compared(first: list[Expr], second: list[Expr], period: Expr) -> Verdict | None:
    for mine, theirs, is_first in ((first, second, True), (second, first, False)):
        for residue in mine:
            met = [_congruent(residue, other, period) for other in theirs]
            if True in met:
                continue
            return None if None in met else _told_apart(residue, is_first)
    sentence = "They have the same solutions: the same ones within a period."
    return Verdict(Equality.EQUAL, Evidence(EvidenceKind.NORMAL_FORM, sentence, {"kernels": []}))


def _congruent(a: Expr, b: Expr, period: Expr) -> bool | None:
    """Whether two constants differ by a whole number of periods."""
    turns = constant_value(div(sub(a, b), period))
    if turns is None:
        return None
    if type(turns) is fmpq:
        return bool(turns.denominator == 1)
    if not turns.contains_integer():
        return False
    near = (turns + fmpq(1, 2)).floor().unique_fmpz()
    if near is None:
        return None
    whole = mul(number(int(near)), period) if near else ZERO
    return True if constant_zero(sub(sub(a, b), whole)) else None


def _told_apart(place: Expr, first: bool) -> Verdict:
    text = constant_text(place) or "a constant"
    who, other = ("first", "second") if first else ("second", "first")
    sentence = f"At {text} the {who} holds and the {other} does not."
    data = {
        "point": {"x": text},
        "left": str(first).lower(),
        "right": str(not first).lower(),
        "domain_only": False,
    }
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))
