"""Formulas that belong together: conditions beside a statement, alternatives joined by "or"."""

from __future__ import annotations

from collections.abc import Sequence

from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import readings
from grader.working import cues
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.records import Line

BESIDE = frozenset(["comma", "where", "for", "if", "and", "when"])
ORDERED = frozenset(["<", "<=", ">", ">=", "!=", "in"])


def is_condition(line: Line) -> bool:
    """Whether a segment is a side condition of its row (`x^2 = 4, x > 0`), to be known before the rest."""
    tree = line.segment.tree
    if tree is None or tree.head != "chain" or line.segment.leading:
        return False
    return line.segment.connector in BESIDE and all(op in ORDERED for op in tree.value)


def rejects(line: Line) -> bool:
    """Whether prose throws the equation out: `x = 1 fails`."""
    tree = line.segment.tree
    equation = tree is not None and tree.head == "chain" and tree.value == ("=",)
    return equation and bool(cues.REJECTED.match(line.outro))


def disjunction(lines: Sequence[Line], known: Knowledge) -> Expr | None:
    """`x = 1 or x = 4` as one truth, where the facts already speak of the unknown; else None."""
    trees = [line.segment.tree for line in lines]
    if len(lines) < 2 or any(joined(line) != "or" for line in lines[1:]):
        return None
    equations = [readings(t)[0] for t in trees if t is not None and t.head == "chain" and t.value == ("=",)]
    if len(equations) != len(lines) or any(line.segment.leading for line in lines):
        return None
    open_names = {s for e in equations for s in unknowns(e) if s.value not in known.declared}
    if not open_names & known.constrained():
        return None
    return node("or", tuple(equations), None, "truth")


def joined(line: Line) -> str:
    """How a line is joined to the one before it, by a word in the maths or in the prose."""
    if line.segment.connector:
        return line.segment.connector
    if cues.ALTERNATIVE.match(line.intro):
        return "or"
    return "comma" if cues.LIST.match(line.intro) else ""
