"""`line: {factor: p*(1 - p), in: p}`: an expression has a factor exactly once, up to sign."""

from __future__ import annotations

from grader.criteria.records import Gathered
from grader.criteria.search import first_match
from grader.equivalence.multiplicity import multiplicity
from grader.equivalence.spread import name_bare_functions
from grader.expressions.nodes import Expr, walk
from grader.records import Match
from grader.spec.model import LineFactor
from grader.working import Knowledge, Statement
from grader.working.arguments.norms import lengths
from grader.working.arguments.quantity import names
from grader.working.links import is_operator


def line_factor(condition: LineFactor, gathered: Gathered) -> Match:
    """Met at the first expression of which every factor asked for is a factor once and no more."""
    wanted = condition.factor.args if condition.factor.head == "mul" else (condition.factor,)
    used = _used(gathered)
    return first_match(
        gathered,
        lambda tree: tree in used and _once(tree, wanted, gathered),
        "used in this line",
        of=condition.of,
    )


def _used(gathered: Gathered) -> frozenset[Expr]:
    """What an operation is said to give, and answers: a factor that stands for itself is no use of it."""
    known = gathered.known
    heads = {n: head for n, head in gathered.working.heads.items() if head is not None}
    chains = {n for n, head in heads.items() if is_operator(head) or names(head, known)}
    uses = [s for s in gathered.statements if s.chain in chains or s.line.segment.boxed or _names(s, known)]
    answer = gathered.answer.answer
    return frozenset([*(m for s in uses for m in s.members), *([answer.tree] if answer is not None else [])])


def _names(statement: Statement, known: Knowledge) -> bool:
    return any(names(m, known) or is_operator(m) for m in statement.members)


def _once(tree: Expr, wanted: tuple[Expr, ...], gathered: Gathered) -> bool:
    known = gathered.known
    if any(part.head == "derived" for part in walk(tree)):
        return False
    (scalar,) = name_bare_functions((lengths(tree),), known.table)  # `sigma (1 - sigma)`
    if scalar.kind != "scalar":
        return False
    return all(multiplicity(scalar, factor, known.assumptions()) == 1 for factor in wanted)
