"""Several values asked for at once: `(r, s, t)` as a row or a column, and what each of them is."""

from __future__ import annotations

from grader.equivalence import decide
from grader.equivalence.rows import is_row
from grader.expressions.build import matrix
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence
from grader.working.knowledge import Knowledge


def entries(tree: Expr) -> tuple[Expr, ...] | None:
    """What is listed in a tuple, a row, a column, or one of these turned; None for anything else."""
    if tree.head == "transpose":
        tree = tree.args[0]
    one = tree.head == "matrix" and 1 in tree.value
    return tree.args if (tree.head == "tuple" or one) and len(tree.args) > 1 else None


def side_by_side(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both as columns where one is a column and the other the same list written as a row."""
    columns = [t.head == "matrix" and t.value[1] == 1 for t in (left, right)]
    if any(columns) and not all(columns):
        left, right = (_as_column(t) for t in (left, right))
    return left, right


def _as_column(tree: Expr) -> Expr:
    listed = is_row(tree) or (tree.head == "interval" and tree.value == ("[", "]"))
    return matrix(len(tree.args), 1, *tree.args) if listed else tree


def wrong_component(name: Expr, value: Expr, known: Knowledge) -> Evidence | None:
    """The evidence that one of the values asked for is another: `t = 5` where `(r, s, t) = (1, 2, 3)`."""
    found: Evidence | None = None
    for asked in known.target.named:
        names = entries(asked)
        for reference in known.target.references if names and name in names else ():
            right = entries(reference)
            if right is None or names is None or len(right) != len(names):
                continue
            verdict = decide(right[names.index(name)], value, known.assumptions())
            if verdict.verdict is not Equality.DIFFERENT:
                return None
            found = found or verdict.evidence
    return found
