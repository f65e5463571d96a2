"""`line: {equals: ...}`: a line reaches an expression, perhaps up to a constant or by an own rule."""

from __future__ import annotations

from collections.abc import Iterator

from grader.criteria.records import Gathered
from grader.criteria.search import first_match, is_bare_name, is_integral
from grader.equivalence import constant_ratio
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace
from grader.records import Match
from grader.spec.model import LineEquals
from grader.working.arguments.norms import as_norms
from grader.working.arguments.quantity import is_worked_out
from grader.working.arguments.slips import carry
from grader.working.entailment import unknowns
from grader.working.links import is_operator


def line_equals(condition: LineEquals, gathered: Gathered) -> Match:
    """Met at the first expression equal to the one asked for.

    Where an integral or a limit that is a number is asked for, the number alone does not show it; and the
    name of a thing never says what it is, nor does `det B` say what the determinant is.
    """
    wanted = list(_versions(condition, gathered))
    undone = is_integral(condition.expression)
    shown = undone and not unknowns(gathered.known.coordinates(condition.expression))
    named = is_bare_name(condition.expression, gathered)

    def reaches(tree: Expr) -> bool:
        if (shown and is_worked_out(tree)) or (not named and is_bare_name(tree, gathered)):
            return False
        if _only_names(tree) and not _only_names(condition.expression):
            return False
        return any(_reaches(tree, want, condition.up_to, gathered) for want in wanted)

    said = "this line reaches it" + (", up to a constant factor" if condition.up_to else "")
    return first_match(gathered, reaches, said, of=condition.of, undone=undone)


def _only_names(tree: Expr) -> bool:
    """Whether the determinant or trace of a matrix stands in it of which no entry is written."""
    taken = [part for part in walk(tree) if part.head == "call" and part.value in ("det", "tr")]
    return any(all(inner.head != "matrix" for inner in walk(part)) for part in taken)


def _versions(condition: LineEquals, gathered: Gathered) -> Iterator[Expr]:
    """The expression itself, and with the student's own (wrong) equations for the named functions."""
    yield condition.expression
    for slip in gathered.known.own:
        pattern, body = slip.relation.args[0], slip.relation.args[-1]
        if pattern.head == "apply" and _function_name(pattern.args[0]) in condition.own:
            yield carry(condition.expression, slip.relation, gathered.known)
        for part in walk(condition.expression):
            if _is_own_value(part, pattern, condition.own, gathered):
                yield replace(condition.expression, {part: body})


def _is_own_value(part: Expr, pattern: Expr, own: tuple[str, ...], gathered: Gathered) -> bool:
    """Whether a slip is about sigma'(u) in other words, such as dp/dz."""
    if part.head != "apply" or part.args[0].head != "derived" or _function_name(part.args[0]) not in own:
        return False
    return is_operator(pattern) and pattern.kind == part.kind and gathered.same(pattern, part)


def _function_name(function: Expr) -> str:
    while function.head in ("derived", "inverse"):
        function = function.args[0]
    return str(function.value)


def _reaches(tree: Expr, want: Expr, up_to: str, gathered: Gathered) -> bool:
    left, right = as_norms(tree, want) or (tree, want)
    if left.kind != right.kind:
        return False
    if not up_to:
        return gathered.same(left, right)
    known = gathered.known
    sides = left, right
    return constant_ratio(*sides, known.assumptions()) is not None
