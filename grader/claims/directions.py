"""Growth in a direction: w along v without bound, or w = t v with t -> oo, sends w . v to infinity."""

from __future__ import annotations

from dataclasses import replace

from grader.claims.drafts import Draft
from grader.claims.phrases import any_phrase
from grader.claims.quantities import Lexis, name_of
from grader.claims.sentence import Sentence
from grader.expressions import build
from grader.expressions.nodes import Expr

_ALONG = any_phrase(
    (
        "<along|in direction of|parallel to|align with|aligned with|same direction as|collinear with"
        "|multiple of|direction of|proportional to|in direction|direction> M",
    )
)
_AGAINST = frozenset(["opposite", "against", "antiparallel", "away", "negative"])


def directions(text: Sentence, made: list[Draft], lexis: Lexis) -> list[Draft]:
    """The claims about scalar products that a sentence's growth and direction together make."""
    growth = [d for d in made if d.predicate == "tends" and not d.negated and infinite(d.target)]
    pair = _aligned(text, made, lexis)
    if not growth or pair is None:
        return []
    left, right, sign = pair
    target = build.INFINITY if sign > 0 else build.neg(build.INFINITY)
    product = lexis.canonical(build.dot(left, right))
    return [replace(growth[0], subject=product, target=target, condition=[])]


def _aligned(text: Sentence, made: list[Draft], lexis: Lexis) -> tuple[Expr, Expr, int] | None:
    """The growing vector, the fixed one, and whether they point the same way."""
    for draft in made:
        left, right = lexis.meaning(draft.subject), draft.target
        if (
            draft.predicate == "equals"
            and left.kind == "vector"
            and right is not None
            and right.head == "mul"
        ):
            fixed = [a for a in right.args if a.kind == "vector"]
            sign = -1 if any(a.head == "number" and a.value < 0 for a in right.args) else 1
            if len(fixed) == 1:
                return left, fixed[0], sign
    for _, end in text.full.spans(_ALONG):
        sign, right = _signed(lexis.meaning(text.items[end - 1].tree))
        if _AGAINST.intersection(text.lemmas(0, end)):
            sign = -sign
        grown = _grown(text, right, lexis)
        if right.kind == "vector" and grown is not None:
            return grown, right, sign
    return None


def _signed(tree: Expr) -> tuple[int, Expr]:
    if (
        tree.head == "mul"
        and tree.args[0].head == "number"
        and tree.args[0].value < 0
        and len(tree.args) == 2
    ):
        return -1, tree.args[1]
    return 1, tree


def _grown(text: Sentence, fixed: Expr, lexis: Lexis) -> Expr | None:
    named = [lexis.meaning(i.tree) for i in text.items if i.kind == "mention"]
    inner = [t.args[0] if t.head == "norm" else t for t in named]
    known = [lexis.meaning(name_of(q)) for q in lexis.quantities]
    vectors = [t for t in [*inner, *known] if t.kind == "vector" and t is not fixed and t.head == "symbol"]
    return vectors[0] if vectors else None


def infinite(tree: Expr | None) -> bool:
    """Whether a target is an infinity of either sign."""
    return tree is build.INFINITY or tree is build.neg(build.INFINITY)
