"""`line: {form: c*(y - F)^2, where: ...}`: a line has a form, whatever stands for its wildcards."""

from __future__ import annotations

from grader.criteria.forms import fits
from grader.criteria.records import Gathered
from grader.criteria.search import first_match, is_bare_name, is_integral
from grader.expressions.build import ZERO
from grader.expressions.nodes import Expr
from grader.records import Match
from grader.spec.model import LineForm
from grader.working.entailment import unknowns


def line_form(condition: LineForm, gathered: Gathered) -> Match:
    """Met at the first expression of the form."""

    def allowed(name: str, tree: Expr) -> bool:
        return _allowed(condition.where[name], tree, gathered)

    def has_form(tree: Expr) -> bool:
        """As it is written, or with the student's own letters written out (`2r^2`)."""
        if is_bare_name(tree, gathered):
            return False
        versions = dict.fromkeys((tree, gathered.known.spelled(tree)))
        wildcards = frozenset(condition.where)
        return any(fits(condition.pattern, v, wildcards, allowed, gathered.same) for v in versions)

    return first_match(
        gathered,
        has_form,
        "this line has that form",
        of=condition.of,
        undone=is_integral(condition.pattern),
        written=True,
    )


def _allowed(rule: tuple[str, Expr | None], tree: Expr, gathered: Gathered) -> bool:
    """Whether a tree may stand for a wildcard."""
    kind, of = rule
    inside = unknowns(gathered.known.coordinates(tree))
    if kind == "constant":
        return not inside and not gathered.same(tree, ZERO)
    if kind == "function of" and of is not None:
        return bool(inside) and inside <= unknowns(gathered.known.coordinates(of))
    return kind == "anything" or (kind == "any vector" and tree.kind == "vector")
