"""What explains a relation that does not follow from the ones before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace as with_fields

from grader.diagnosis import relations
from grader.diagnosis.families.parts import exact
from grader.diagnosis.search import Explanation
from grader.diagnosis.solving import by_solving
from grader.equivalence import Assumptions, decide, follows
from grader.equivalence.polynomial import coefficients_of
from grader.expressions.build import ZERO, equation, mul, number, sub
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, StepVerdict
from grader.working import Knowledge, Step, Working

Diagnosed = Callable[[Expr, Sequence[Expr], Assumptions], Explanation | None]
# slips in solving a linear equation; one in its numbers may be told of any value
_IN_SOLVING = frozenset(
    ["inverse-operation", "inverted-fraction", "sign-error", "one-side-only", "missing-term"]
)


def as_consequence(step: Step, working: Working, diagnosed: Diagnosed) -> Explanation | None:
    """The slip between a relation and those before it, or what solving one of them gives."""
    wrong = step.relation
    assert wrong is not None
    known = _before(step, working.known)
    facts = [f.relation for f in reversed(known.facts)]
    premises = _connected(facts, wrong)
    premises = [*(r for r in _line_before(step, working) if r not in premises), *premises]
    if not premises:
        return None

    def at_once(said: Expr, rights: Sequence[Expr]) -> Explanation | None:
        return diagnosed(said, rights, known.assumptions())

    def solved() -> Explanation | None:
        return by_solving(wrong, premises, known.assumptions(), at_once)

    case = _case(wrong, premises, known)
    if _takes_logarithms(wrong):
        return relations.upside_down(case) or solved() or relations.explain(case)
    return relations.explain(case) or solved()


def _line_before(step: Step, working: Working) -> list[Expr]:
    """The last equation before a step, also where it holds by what was known: from it the step goes on."""
    here = (step.place.cell or 0, step.line)
    before = [s for s in working.steps if ((s.place.cell or 0), s.line) < here and s.relation is not None]
    last = before[-1] if before else None
    if (
        last is None
        or last.relation is None
        or last.verdict is not StepVerdict.HOLDS
        or step.relation is None
    ):
        return []
    equation_in = last.relation.head == "chain" and last.relation.value == ("=",)
    return [last.relation] if equation_in and _unknowns(step.relation) <= _unknowns(last.relation) else []


def _takes_logarithms(wrong: Expr) -> bool:
    """Whether a function was undone: then the forms of the other side tell more than its value."""
    return any(part.head == "call" and part.value in ("ln", "log") for part in walk(wrong))


def solved_wrongly(step: Step, working: Working) -> Explanation | None:
    """The slip that makes `p = 3` of `(1 - p)(1 - 3p) = 0`: one in solving a linear equation before it."""
    wrong = step.relation
    if wrong is None or wrong.head != "chain" or wrong.args[0].head != "symbol":
        return None
    known = _before(step, working.known)
    premises = _connected([f.relation for f in reversed(known.facts)], wrong)
    for premise in premises[:1]:
        for part in _linear_parts(premise, wrong.args[0]):
            found = relations.explain(_case(wrong, [part], known))
            if found is not None and found.id in _IN_SOLVING:
                return found
    return None


def _linear_parts(premise: Expr, name: Expr) -> Iterator[Expr]:
    """A linear equation for a name, as it stands and in order; of a product that is 0 each such factor."""
    if premise.head != "chain" or premise.value != ("=",):
        return
    left, right = premise.args
    factors = left.args if left.head == "mul" and right is ZERO else ()
    for part in (premise, *(equation(factor, ZERO) for factor in factors)):
        coefficients = coefficients_of(sub(*part.args), name)
        if coefficients is not None and len(coefficients) == 2:
            yield part
            yield from _in_order(coefficients[0], coefficients[1], name)


def _in_order(constant: Expr, slope: Expr, name: Expr) -> Iterator[Expr]:
    """`3p = 1` for `1 - 3p = 0`."""
    c, a = exact(constant), exact(slope)
    if c is not None and a:
        sign = 1 if a > 0 else -1
        yield equation(mul(number(sign * a), name), number(-sign * c))


def _case(wrong: Expr, premises: Sequence[Expr], known: Knowledge) -> relations.Consequence:
    assumptions = known.assumptions()

    def holds(relation: Expr) -> bool:
        return follows(premises, relation, assumptions).verdict is Equality.EQUAL

    def same(left: Expr, right: Expr) -> bool:
        return decide(left, right, assumptions).verdict is Equality.EQUAL

    return relations.Consequence(wrong, premises, assumptions, holds, same)


def _connected(facts: list[Expr], wrong: Expr) -> list[Expr]:
    """The facts that share an unknown with the relation, directly or through another such fact."""
    near, chosen = _unknowns(wrong), list[Expr]()
    while True:
        new = [f for f in facts if f not in chosen and near & _unknowns(f)]
        if not new:
            return [f for f in facts if f in chosen]
        chosen.extend(new)
        near = near.union(*(_unknowns(f) for f in new))


def _unknowns(tree: Expr) -> frozenset[Expr]:
    return frozenset(s for s in free_symbols(tree) if s.kind != "function")


def _before(step: Step, known: Knowledge) -> Knowledge:
    """What was known when a step was taken."""
    lines = [f for f in known.facts if (f.place.cell or 0, f.place.line) <= (step.place.cell or 0, step.line)]
    return with_fields(known, facts=tuple(f for f in lines if f.relation is not step.relation))
