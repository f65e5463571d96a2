"""Looking for an expression in the statements that count."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.answers.wording import changed_by_words, stated_part, stating
from grader.criteria.records import NOT_MET, Gathered, met
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Match, Met, StepVerdict
from grader.working import Statement
from grader.working.arguments.quantity import is_worked_out, names
from grader.working.groups import joined


def expressions(gathered: Gathered, undone: bool = False) -> Iterator[tuple[Statement, Expr]]:
    """Every expression that the student wrote out, with its statement: no names, no operations left to do.

    With `undone`, also what is left to be worked out (`\\int_0^1 2x^2 dx`).
    """
    for whole in gathered.statements:
        statement = stated_part(whole, gathered.known.target)
        if _says_otherwise(statement, gathered):
            continue
        for member in statement.members:
            if member.kind == "truth" or names(member, gathered.known):
                continue
            if (undone or is_worked_out(member)) and not _is_slope(member):
                yield whole, member
            inside = _in_brackets(member)
            if inside is not None:
                yield whole, inside


def is_bare_name(tree: Expr, gathered: Gathered) -> bool:
    """Whether a tree only names what the homework defines: `l(lambda)` says nothing of what it is."""
    held = tree.args[0] if tree.head == "apply" and all(a.head == "symbol" for a in tree.args) else tree
    known = gathered.known
    declared = known.table.symbols.get(str(held.value)) if held.head == "symbol" else None
    return declared is not None and declared.definition is not None and declared.name in known.declared


def is_integral(tree: Expr) -> bool:
    """Whether an integral or a limit is asked for, and not only its value."""
    return any(part.head in ("integral", "limit") for part in walk(tree))


def _is_slope(tree: Expr) -> bool:
    """`f'(2)`: only the name of a value."""
    return tree.head == "apply" and tree.args[0].head == "derived"


def _in_brackets(tree: Expr) -> Expr | None:
    """The antiderivative that is written out in `[F(x)]_a^b`."""
    body = next((p.args[0] for p in walk(tree) if p.head == "at"), None)
    return body if body is not None and is_worked_out(body) else None


def _says_otherwise(statement: Statement, gathered: Gathered) -> bool:
    """Whether words or a relation (`!=`, or `<=` of the quantity) make a line say something else."""
    target = gathered.known.target
    if "!=" in statement.operators or changed_by_words(statement, target):
        return True
    plain = all(operator in stating(target) for operator in statement.operators)
    return not plain and any(names(m, gathered.known) for m in statement.members)


def first_match(
    gathered: Gathered,
    test: Callable[[Expr], bool],
    reason: str,
    *,
    standing: bool = False,
    of: Expr | None = None,
    undone: bool = False,
    written: bool = False,
) -> Match:
    """Met at the first expression that passes; unsure if it stands only among alternatives.

    With `standing`, what a failing step arrives at does not count; with `of`, what is said of something
    else does not, and where it is not said of what, a person decides. With `undone` what is left to be
    worked out counts; with `written` what stands there, whatever is then made of it.
    """
    doubtful: Match | None = None
    for statement, member in expressions(gathered, undone):
        if (standing and _failed(statement, member)) or (not written and _misread(statement, member)):
            continue
        about = Met.YES if of is None else speaks_of(statement, of, gathered)
        if about is not Met.NO and test(member):
            if about is Met.YES and not offered(statement, gathered):
                return met(statement, reason)
            several = "it is found only among several alternatives"
            why = several if about is Met.YES else "it is found, but the line does not say of what"
            doubtful = doubtful or Match(Met.UNSURE, why, statement.line.place)
    return doubtful or NOT_MET


def speaks_of(statement: Statement, of: Expr, gathered: Gathered) -> Met:
    """Whether a line speaks of a quantity: the head of its chain names it, or is it in another form."""
    known = gathered.known
    head = gathered.working.heads.get(statement.chain) or statement.members[0]
    wanted = known.coordinates(of)
    if any(m is of or known.coordinates(m) is wanted for m in (head, *statement.members)):
        return Met.YES
    if gathered.same(head, of):
        return Met.YES
    alone = len(statement.members) == 1 and head is statement.members[0]
    return Met.UNSURE if alone else Met.NO


def _failed(statement: Statement, member: Expr) -> bool:
    """Whether a step that fails leads to this member."""
    return any(
        step.verdict is StepVerdict.FAILS and step.relation is not None and step.relation.args[-1] is member
        for step in statement.steps
    )


def _misread(statement: Statement, member: Expr) -> bool:
    """Whether a value was left to be worked out, and then worked out wrongly: the -12 of `12 - 24 = 12`."""
    return (
        member.head in ("add", "mul")
        and not free_symbols(member)
        and any(
            s.verdict is StepVerdict.FAILS and s.relation is not None and s.relation.args[0] is member
            for s in statement.steps
        )
    )


def offered(statement: Statement, gathered: Gathered) -> bool:
    """Whether a statement is one of several that are offered side by side."""
    statements = gathered.statements
    index = statements.index(statement)
    after = statements[index + 1] if index + 1 < len(statements) else None
    links = {"or", "comma"}
    bare = len(statement.members) == 1
    return bare and (joined(statement.line) in links or (after is not None and joined(after.line) in links))
