"""Looking for an expression in the statements that count."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.answers.wording import changed_by_words, stated_part, stating
from grader.criteria.records import NOT_MET, Gathered, met
from grader.expressions.nodes import Expr
from grader.records import Match, Met, StepVerdict
from grader.working import Statement
from grader.working.arguments.quantity import is_worked_out, names
from grader.working.groups import joined


def expressions(gathered: Gathered) -> Iterator[tuple[Statement, Expr]]:
    """Every expression that the student wrote out, with its statement: no names, no operations left to do."""
    for whole in gathered.statements:
        statement = stated_part(whole, gathered.known.target)
        if _says_otherwise(statement, gathered):
            continue
        for member in statement.members:
            if member.kind != "truth" and not names(member, gathered.known) and is_worked_out(member):
                yield whole, member


def _says_otherwise(statement: Statement, gathered: Gathered) -> bool:
    """Whether words or a relation (`!=`, or `<=` of the quantity) make a line say something else."""
    target = gathered.known.target
    if "!=" in statement.operators or changed_by_words(statement, target):
        return True
    plain = all(operator in stating(target) for operator in statement.operators)
    return not plain and any(names(m, gathered.known) for m in statement.members)


def first_match(
    gathered: Gathered, test: Callable[[Expr], bool], reason: str, *, standing: bool = False
) -> Match:
    """Met at the first expression that passes; unsure if it stands only among alternatives.

    With `standing`, what a failing step arrives at does not count.
    """
    doubtful: Match | None = None
    for statement, member in expressions(gathered):
        if standing and _failed(statement, member):
            continue
        if test(member):
            if not offered(statement, gathered):
                return met(statement, reason)
            doubtful = doubtful or Match(
                Met.UNSURE, "it is found only among several alternatives", statement.line.place
            )
    return doubtful or NOT_MET


def _failed(statement: Statement, member: Expr) -> bool:
    """Whether a step that fails leads to this member."""
    return any(
        step.verdict is StepVerdict.FAILS and step.relation is not None and step.relation.args[-1] is member
        for step in statement.steps
    )


def offered(statement: Statement, gathered: Gathered) -> bool:
    """Whether a statement is one of several that are offered side by side."""
    statements = gathered.statements
    index = statements.index(statement)
    after = statements[index + 1] if index + 1 < len(statements) else None
    links = {"or", "comma"}
    bare = len(statement.members) == 1
    return bare and (joined(statement.line) in links or (after is not None and joined(after.line) in links))
