"""What the lines suppose of matrices that are letters."""

from __future__ import annotations

from grader.expressions.build import add, neg, symbol, transpose
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace as substitute
from grader.working.entailment import relevant
from grader.working.knowledge import Knowledge


def is_abstract(relation: Expr) -> bool:
    """Whether a relation speaks of matrices that are letters."""
    return any(part.head == "symbol" and part.kind == "matrix" for part in walk(relation))


def laws_on(relation: Expr, known: Knowledge) -> list[Expr]:
    """What is supposed of the matrices of a relation, but for their symmetry."""
    facts = [f.relation for f in relevant(known.facts, relation, known) if is_abstract(f.relation)]
    return [fact for fact in facts if _symmetry(fact) is None]


def in_general(tree: Expr, known: Knowledge) -> Expr:
    """The tree with `X + X^T` for a symmetric matrix, and `X - X^T` for a skew-symmetric one."""
    found = [pair for f in known.facts if (pair := _symmetry(f.relation)) is not None]
    return substitute(tree, dict(found))


def _symmetry(relation: Expr) -> tuple[Expr, Expr] | None:
    """A matrix and what it is in general, of `A^T = A` or `A^T = -A`."""
    if relation.head != "chain" or relation.value != ("=",):
        return None
    for left, right in (relation.args, relation.args[::-1]):
        if left.head != "transpose" or left.args[0].head != "symbol" or left.args[0].kind != "matrix":
            continue
        letter = left.args[0]
        free = symbol(f"{letter.value}_0", "matrix")
        if right is letter:
            return letter, add(free, transpose(free))
        if right is neg(letter):
            return letter, add(free, neg(transpose(free)))
    return None
