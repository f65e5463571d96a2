"""`V = pi int (x - x^2)^2 dx` for the solid between two curves: the integrand is not that of the region."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence import decide
from grader.expressions.build import mul, number, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, StepVerdict
from grader.working.definitions import defined_symbol
from grader.working.links import Judgement, Trial

_NAMES = ("A", "V", "Area", "Volume", "area", "volume")
_FACTORS = tuple(number(Fraction(k)) for k in (1, -1, 2, -2))  # twice one half, where there is a symmetry


def described_region(trial: Trial) -> Judgement | None:
    """Fails where the area or the volume of the region of the task is begun with another integrand."""
    link, known = trial.link, trial.known
    if known.told.region is None or link.operator != "=" or not link.first or link.continuing:
        return None
    body = _integrand(link.right) if link.left.head == "symbol" and link.left.value in _NAMES else None
    if body is None or free_symbols(body) - {symbol("x")}:
        return None
    verdicts = [decide(mul(k, known.told.region), body, known.assumptions()) for k in _FACTORS]
    if any(verdict.verdict is not Equality.DIFFERENT for verdict in verdicts):
        return None
    return Judgement(
        StepVerdict.FAILS, verdicts[0].evidence, symbol=defined_symbol(link.left, link.right, known)
    )


def _integrand(tree: Expr) -> Expr | None:
    """What is integrated over x in all the terms of a tree, between the same ends; else None."""
    whole = list(dict.fromkeys(p for p in walk(tree) if p.head == "integral"))
    terms = tree.args if tree.head == "add" else (tree,)
    alike = len({part.args[1:] for part in whole}) == 1 and len(whole[0].args) == 4
    if not alike or whole[0].args[1] is not symbol("x"):
        return None
    if any(not any(part.head == "integral" for part in walk(term)) for term in terms):
        return None
    return replace(tree, {part: part.args[0] for part in whole})
