"""What a verdict leaves open: holes that no reader means, sets of other numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import exact_at
from grader.equivalence.features import features
from grader.expressions.build import ONE, number, symbol
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.expressions.rewrite import replace as replace_names
from grader.records import Equality, Verdict

Decide = Callable[[Expr, Expr, Assumptions], Verdict]


def with_reservations(
    found: Verdict, left: Expr, right: Expr, assumptions: Assumptions, decide: Decide
) -> Verdict:
    """The verdict, decided once more or left open where it rests on what nobody means.

    `decide` is the plain decision of two trees, without reservations.
    """
    letters = _empty_at(found, (left, right))
    if letters:
        counted = {**assumptions.domains, **dict.fromkeys(letters, _FROM_ONE)}
        return decide(left, right, replace(assumptions, domains=counted))
    if _counts_nothing(found, (left, right)):
        return decide(left, right, replace(assumptions, ignore_domain=True))
    if _only_worked_out(found, left, right, assumptions, decide) or _mixes_numbers(found, left, right):
        return Verdict(Equality.UNKNOWN)
    return found


_FROM_ONE = Domain(Fraction(1), integer=True)


def _empty_at(verdict: Verdict, trees: tuple[Expr, Expr]) -> list[str]:
    """Letters that are 0 where only the domain differs, though they end a sum that begins at 1."""
    data = verdict.evidence.data if verdict.evidence is not None else {}
    if not data.get("domain_only"):
        return []
    ends = {
        str(leaf.value)
        for tree in trees
        for part in walk(tree)
        if part.head in ("sum", "product") and len(part.args) == 4 and part.args[2] is ONE
        for leaf in free_symbols(part.args[3])
    }
    return [name for name in sorted(ends) if data["point"].get(name) == "0"]


def _counts_nothing(verdict: Verdict, trees: tuple[Expr, Expr]) -> bool:
    """Whether a domain differs only where a factorial of a negative number is taken: `n!/(k! (n - k)!)`.

    A formula that counts says nothing of more things than there are.
    """
    data = verdict.evidence.data if verdict.evidence is not None else {}
    if not data.get("domain_only") or all("factorial" not in features(t).calls for t in trees):
        return False
    place = {symbol(name): Fraction(value) for name, value in data["point"].items()}
    taken = (p.args[0] for t in trees for p in walk(t) if p.head == "call" and p.value == "factorial")
    at_point = [exact_at(argument, place) for argument in taken]
    return any(value is not None and value < 0 for value in at_point)


def _only_worked_out(
    verdict: Verdict, left: Expr, right: Expr, assumptions: Assumptions, decide: Decide
) -> bool:
    """Whether a domain differs only where an integral as it is written has a value and its closed form none.

    `(e^(at) - 1)/a` stands for an integral of e^(as) that is there at a = 0 too.
    """
    data = verdict.evidence.data if verdict.evidence is not None else {}
    if not data.get("domain_only") or all("integral" not in features(t).heads for t in (left, right)):
        return False
    place = {symbol(name): number(Fraction(value)) for name, value in data["point"].items()}
    here, there = (replace_names(t, place) for t in (left, right))
    return decide(here, there, assumptions).verdict is Equality.EQUAL


def _mixes_numbers(verdict: Verdict, left: Expr, right: Expr) -> bool:
    """Whether sets count as equal though only one of them is made of rationals, or of integers."""
    if (
        verdict.verdict is not Equality.EQUAL
        or "constant" not in features(left).heads | features(right).heads
    ):
        return False
    ours, theirs = ({p.value for p in walk(t) if p.head == "constant"} & _NUMBER_SETS for t in (left, right))
    if ours == theirs:
        return False
    if "rationals" in ours ^ theirs:
        return True
    plain = [t for t, found in ((left, ours), (right, theirs)) if not found - {"reals"}]
    return len(plain) == 1 and "interval" in features(plain[0]).heads


_NUMBER_SETS = frozenset(["rationals", "integers", "naturals", "reals"])
