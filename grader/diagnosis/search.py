"""The search for the smallest bug: one mal-rule at one node of something right that gives what is wrong.

After J. S. Brown and R. R. Burton, "Diagnostic models for procedural bugs" (Cognitive Science 2, 1978):
a wrong answer is explained by the procedure that would have produced it. Only one bug is searched for;
two would explain too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from grader.diagnosis.families import ALL
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace

Same = Callable[[Expr, Expr], bool]
Ratio = Callable[[Expr, Expr], Fraction | Expr | None]

MAX_MUTANTS = 400


def diagnose(wrong: Expr, rights: Sequence[Expr], same: Same, ratio: Ratio) -> str | None:
    """The id of the misconception that turns one of the right trees into the wrong one; None if none does.

    A slip whose result has the very form of the wrong tree comes first, then a lost or gained sign, then
    every mal-rule at every node, then a constant factor.
    `same` decides equality, `ratio` gives a constant factor between two trees.
    """
    ratios = [r for right in rights if (r := ratio(wrong, right)) is not None]
    mutants = [(id, tree) for id, tree in _mutants(rights) if tree.kind == wrong.kind]
    if Fraction(-1) in ratios:
        alike = [(id, tree) for id, tree in mutants if _one_call(tree, wrong)]
        return next((id for id, tree in alike if same(tree, wrong)), "sign-error")
    found = next((id for id, tree in mutants if same(tree, wrong)), None)
    return found or ("constant-factor" if ratios else None)


def _one_call(tree: Expr, wrong: Expr) -> bool:
    """Whether both are one and the same function of something (ln(b/a) for ln(a/b) lost no sign)."""
    return tree.head == wrong.head == "call" and tree.value == wrong.value


def _mutants(rights: Sequence[Expr]) -> Iterator[tuple[str, Expr]]:
    """Every tree that is one slip away, rule by rule, so that the first hit has the most telling name."""
    count = 0
    for rule in ALL:
        for right in rights:
            for part in walk(right):
                for slip in rule.slips(part):
                    count += 1
                    if count > MAX_MUTANTS:
                        return
                    yield rule.id, replace(right, {part: slip})
