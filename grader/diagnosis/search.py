"""The search for the smallest bug: one mal-rule at one node of something right that gives what is wrong.

After J. S. Brown and R. R. Burton, "Diagnostic models for procedural bugs" (Cognitive Science 2, 1978):
a wrong answer is explained by the procedure that would have produced it. Only one bug is searched for;
two would explain too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.equivalence import Assumptions
from grader.expressions.nodes import Expr

Same = Callable[[Expr, Expr], bool]
Ratio = Callable[[Expr, Expr], Fraction | Expr | None]


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be explained: the wrong tree, and the right ones that it should equal.

    `further` gives other forms of the right trees, asked for only if the trees as written explain
    nothing; `measured` is the wrong tree with vectors by their length, for the forms that are numbers.
    """

    wrong: Expr
    rights: Sequence[Expr]
    assumptions: Assumptions
    same: Same
    ratio: Ratio
    further: Callable[[], Iterable[Expr]] = tuple
    measured: Expr | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The misconception `id`, found by the mal-rule `rule`; `also` are other ids that explain it as well.

    `mended` is the wrong tree with the slip undone, where there is one; it is confirmed to be right.
    """

    id: str
    rule: str
    also: tuple[str, ...] = ()
    mended: Expr | None = None


def diagnose(case: Case) -> Explanation | None:
    """The one slip that leads from something right to what is wrong; None if none does.

    First slips whose result has the form of the wrong tree, and slips that can be undone in the wrong
    tree as it stands; then a sign in front; then every slip in every form; then a constant factor.
    """
    from grader.diagnosis.ranking import ranked  # loads NumPy

    return ranked(case)
