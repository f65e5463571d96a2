"""`(A^T A)^(-1) = ...`, `A^T b = ...` where lines before say what `A^T A`, or A and b, are."""

from __future__ import annotations

from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, StepVerdict
from grader.working.knowledge import Fact
from grader.working.links import Judgement, Trial


def product_put_in(trial: Trial) -> Judgement | None:
    """Holds or fails for what is said of products of letters, once all of them are known in numbers."""
    link, known = trial.link, trial.known
    if link.operator != "=" or link.left.kind not in ("matrix", "vector"):
        return None
    said = {f.relation.args[0]: f for f in known.facts if _says_product(f)}
    used = [f for product, f in said.items() if product in walk(link.left) and product is not link.left]
    if not used:
        return None
    table = {f.relation.args[0]: f.relation.args[1] for f in used}
    whole = [known.coordinates(replace(side, table)) for side in (link.left, link.right)]
    if any(free_symbols(side) for side in whole):
        return None
    verdict = trial.compare(*whole)
    found = {Equality.EQUAL: StepVerdict.HOLDS, Equality.DIFFERENT: StepVerdict.FAILS}.get(verdict.verdict)
    lines = tuple(sorted({f.line for f in used}))
    fact = link.relation if found is StepVerdict.HOLDS else None
    return None if found is None else Judgement(found, verdict.evidence, lines, fact=fact)


def _says_product(fact: Fact) -> bool:
    """`A^T A = [...]`, `A = [...]`: a letter or a product of letters, and an array of numbers."""
    relation: Expr = fact.relation
    if relation.head != "chain" or relation.value != ("=",):
        return False
    left, right = relation.args
    return (
        left.head in ("mul", "transpose", "symbol") and bool(free_symbols(left)) and not free_symbols(right)
    )
