"""Limits that are claimed under a condition where they cannot hold: "it tends to 0 as p -> 1/2".

A quantity's value is put where the condition says, and enclosed in a ball. Only what is certain counts: a
value that does not come out as one number is let through.
"""

from __future__ import annotations

from grader.claims.drafts import Draft
from grader.claims.items import is_value
from grader.claims.model import ASSERTED
from grader.claims.quantities import Lexis
from grader.claims.shape import expanded
from grader.equivalence import enclose
from grader.expressions import build
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.expressions.symbols import SymbolTable

_BESIDE = frozenset(["and", "or"])  # "p -> 0 and p -> 1 make it vanish": each is a case of its own
NOT_THERE = "it does not tend to 0 there"
_FOLLOWING = frozenset(["then", "so", "thus", "hence", "therefore", "consequently"])


def doubt_limits(drafts: list[Draft], lexis: Lexis) -> None:
    """Puts in doubt what is claimed to vanish where its value is known not to."""
    for draft in drafts:
        vanishes = draft.predicate == "tends" and draft.target is build.ZERO and not draft.negated
        value = lexis.meaning(draft.subject)
        if not vanishes or draft.modality not in ASSERTED or value is draft.subject:
            continue
        fixed = [c for c in draft.condition if c.predicate in ("tends", "equals")]
        fixed = [c for c in fixed if c.subject is not draft.subject or not _BESIDE.intersection(c.leads)]
        fixed = fixed or _chosen_before(draft, drafts)
        if fixed and all(not c.negated and _excluded(value, c, lexis) for c in fixed):
            draft.hedge = draft.hedge or NOT_THERE


def _chosen_before(draft: Draft, drafts: list[Draft]) -> list[Draft]:
    """ "Let w -> 0. Then the gradient goes to 0.": what the sentence before says of other quantities."""
    if draft.condition or not _FOLLOWING.intersection(draft.leads):
        return []
    before = [d for d in drafts if d.sentence == draft.sentence - 1 and d.predicate in ("tends", "equals")]
    beside = [d for d in drafts if d.sentence == draft.sentence and d.predicate == "tends" and d is not draft]
    return [] if beside or any(d.subject is draft.subject for d in before) else before


def _excluded(value: Expr, condition: Draft, lexis: Lexis) -> bool:
    """Whether a value, where a condition says, is some number other than 0."""
    there = at_condition(value, condition, lexis)
    if there is None:
        return False
    there = replace(there, {part: build.ONE for part in walk(there) if part.head == "norm"})
    if free_symbols(there):
        return False
    ball = enclose(there, {})
    return ball is not None and not _holds_zero(ball)


def at_condition(value: Expr, condition: Draft, lexis: Lexis) -> Expr | None:
    """A value where a condition puts a quantity; None where it puts it nowhere in particular."""
    where = lexis.meaning(condition.subject)
    target = condition.target
    rounded = target is not None and any(p.head in ("constant", "interval") for p in walk(target))
    if target is None or rounded or not is_value(target):
        return None
    there = expanded(replace(value, {where: target}), lexis.table)
    return applied(replace(there, _known(there, expanded(where, lexis.table), target)), lexis.table)


def _known(tree: Expr, where: Expr, target: Expr) -> dict[Expr, Expr]:
    """What a condition fixes: the quantity itself; for w -> 0 every scalar product with w."""
    if where.kind != "vector":
        return {where: target}
    if target is not build.ZERO:
        return {}
    return {part: build.ZERO for part in walk(tree) if part.head == "dot" and where in part.args}


def applied(tree: Expr, table: SymbolTable) -> Expr:
    """The tree with functions that the table defines written out."""
    meant: dict[Expr, Expr] = {}
    for part in walk(tree):
        if part.head != "apply":
            continue
        found = table.symbols.get(str(part.args[0].value))
        if found is not None and found.definition is not None and len(found.parameters) == len(part.args) - 1:
            meant[part] = replace(found.definition, dict(zip(found.parameters, part.args[1:], strict=True)))
    return replace(tree, meant)


def _holds_zero(ball: object) -> bool:
    contains = getattr(ball, "contains", None)
    return contains is None or bool(contains(0))
