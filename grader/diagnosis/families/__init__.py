"""The families of mal-rules, a table `RULES` each: a new rule is a row, a new family a file listed here.

The order is the order of preference: where two rules explain one and the same slip, the first names it.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.diagnosis.families import (
    arithmetic,
    brackets,
    chain,
    constants,
    derivatives,
    equations,
    extremes,
    factors,
    fractions,
    functions,
    integrals,
    inverses,
    limits,
    logarithms,
    losses,
    matrices,
    norms,
    powers,
    roots,
    signs,
    sums,
    trigonometry,
)
from grader.diagnosis.malrule import CalculusRule, ExtremeRule, MalRule

ALL: tuple[MalRule, ...] = (
    *signs.RULES,
    *inverses.RULES,
    *logarithms.RULES,
    *norms.RULES,
    *matrices.RULES,
    *constants.RULES,
    *powers.RULES,
    *roots.RULES,
    *trigonometry.RULES,
    *functions.RULES,
    *factors.RULES,
    *fractions.RULES,
    *brackets.RULES,
    *limits.RULES,
    *sums.RULES,
    *arithmetic.RULES,
    *equations.RULES,
    *losses.RULES,
)
CALCULUS: tuple[CalculusRule, ...] = (*derivatives.RULES, *chain.RULES, *integrals.RULES)

EXTREMES: tuple[ExtremeRule, ...] = extremes.RULES


def _by_head(mends: bool) -> dict[str, tuple[MalRule, ...]]:
    def heads(rule: MalRule) -> Sequence[str]:
        if not mends:
            return rule.heads
        return (rule.mend_heads or rule.heads) if rule.mends is not None else ()

    names = sorted({head for rule in ALL for head in heads(rule)})
    return {head: tuple(rule for rule in ALL if head in heads(rule)) for head in names}


SLIPS_BY_HEAD = _by_head(mends=False)
MENDS_BY_HEAD = _by_head(mends=True)
