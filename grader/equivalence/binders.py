"""Layer 3: sums, products, integrals and limits carried out before the comparison.

Sums of polynomials by Faulhaber's formula and geometric sums by our own code; the rest by SymPy, whose
answers are checked: an antiderivative by differentiating it, a limit and a sum numerically.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_fields

from grader.equivalence.asking import Ask, ask, nobody
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.constants import constant_sign
from grader.equivalence.features import features
from grader.equivalence.infinite import infinity_sign
from grader.equivalence.integrals import definite
from grader.equivalence.limits import limit_of
from grader.equivalence.ordering import same_but_for_order
from grader.equivalence.prepare import Prepared
from grader.equivalence.summation import closed_sum
from grader.expressions.build import INFINITY, ONE, ZERO, mul, number
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, rebuild, transform
from grader.records import Equality, Evidence, EvidenceKind, Verdict

Climb = Callable[[Prepared, Assumptions], Verdict]


def decide_with_calculus(prepared: Prepared, assumptions: Assumptions, climb: Climb) -> Verdict:
    """Compare with what can be carried out carried out; indefinite integrals by their derivatives."""
    if same_but_for_order(*prepared.trees):
        return climb(prepared, assumptions)
    direct = _without_steps(prepared, assumptions, climb)
    if direct is not None:
        return direct
    done = tuple(carry_out(t, assumptions, climb, nobody) for t in prepared.trees)
    verdict = _compared(done, prepared, assumptions, climb)
    rest = any(features(t).has_binder for t in done)
    if verdict.verdict is Equality.DIFFERENT or _is_proven(verdict) or not rest:
        return verdict
    done = tuple(carry_out(t, assumptions, climb, ask) for t in prepared.trees)
    asked = _compared(done, prepared, assumptions, climb)
    return asked if asked.verdict is not Equality.UNKNOWN else verdict


def _compared(done: tuple[Expr, ...], prepared: Prepared, assumptions: Assumptions, climb: Climb) -> Verdict:
    variable = _indefinite(done)
    if variable is not None:
        return _by_derivative(done, variable, prepared, assumptions, climb)
    verdict = climb(with_fields(prepared, trees=done), assumptions)
    if verdict.verdict is Equality.EQUAL and done != prepared.trees:
        return _named(verdict)
    return verdict


def _is_proven(verdict: Verdict) -> bool:
    evidence = verdict.evidence
    return (
        verdict.verdict is Equality.EQUAL
        and evidence is not None
        and evidence.kind is not EvidenceKind.CONSISTENT
    )


def _without_steps(prepared: Prepared, assumptions: Assumptions, climb: Climb) -> Verdict | None:
    """Finite sums that can be added up term by term at every point may already be refuted."""
    if any(part.head in ("integral", "limit") for t in prepared.trees for part in walk(t)):
        return None
    verdict = climb(prepared, assumptions)
    if verdict.verdict is Equality.DIFFERENT:
        return verdict
    return verdict if _is_proven(verdict) else None


def carry_out(tree: Expr, assumptions: Assumptions, climb: Climb, asking: Ask = ask) -> Expr:
    """The tree with every sum, limit and definite integral that can be worked out in closed form.

    With `asking=nobody` by our own rules alone. Raises `asking.Stopped`.
    """

    def closed(part: Expr) -> Expr:
        if part.head in ("sum", "product") and len(part.args) == 4:
            return closed_sum(part, assumptions, asking) or part
        if part.head == "integral" and len(part.args) == 4:
            return definite(part, assumptions, climb, asking) or part
        if part.head == "limit":
            return limit_of(part, assumptions, asking) or part
        return part

    def change(part: Expr) -> Expr:
        front, part = _factored(part)
        return _multiplied(front, closed(part)) if front else closed(part)

    return transform(tree, change)


def _multiplied(front: tuple[Expr, ...], found: Expr) -> Expr:
    front = tuple(f for f in front if f is not ONE)
    if not front:
        return found
    sign = constant_sign(mul(*front)) if infinity_sign(found) else 0
    return mul(number(sign * infinity_sign(found)), INFINITY) if sign else mul(*front, found)


def _factored(part: Expr) -> tuple[tuple[Expr, ...], Expr]:
    """A sum or integral of a product: the factors without its variable, and the rest."""
    if part.head not in ("sum", "integral") or part.args[0].head != "mul" or part.kind not in _NUMBERS:
        return (), part
    body, variable = part.args[:2]
    front = tuple(f for f in body.args if variable not in free_symbols(f))
    if not front or len(front) == len(body.args) or any(f.kind not in _NUMBERS for f in body.args):
        return (), part
    kept = mul(*(f for f in body.args if f not in front))
    return front, rebuild(part, (kept, *part.args[1:]))


_NUMBERS = ("scalar", "integer", "complex")


def _indefinite(trees: tuple[Expr, ...]) -> Expr | None:
    for tree in trees:
        for part in walk(tree):
            if part.head == "integral" and len(part.args) == 2:
                return part.args[1]
    return None


def _by_derivative(
    trees: tuple[Expr, ...], variable: Expr, prepared: Prepared, assumptions: Assumptions, climb: Climb
) -> Verdict:
    slopes = tuple(differentiate(t, variable) for t in trees)
    if slopes[0] is None or slopes[1] is None:
        return Verdict(Equality.UNKNOWN)
    found = tuple(s for s in slopes if s is not None)
    inside = with_fields(assumptions, ignore_domain=True)  # at an end of its domain it has no slope
    verdict = climb(with_fields(prepared, trees=found or (ZERO, ZERO)), inside)
    if verdict.verdict is not Equality.EQUAL:
        return verdict
    sentence = "They have the same derivative, so they differ by a constant at most."
    data = {"up_to_constant": True, "variable": str(variable.value)}
    return Verdict(Equality.EQUAL, Evidence(EvidenceKind.CALCULUS, sentence, data))


def _named(verdict: Verdict) -> Verdict:
    evidence = verdict.evidence
    if evidence is None or evidence.kind is EvidenceKind.CONSISTENT:
        return verdict
    sentence = "Worked out, the difference is 0 in normal form."
    return Verdict(verdict.verdict, Evidence(EvidenceKind.CALCULUS, sentence, dict(evidence.data)))
