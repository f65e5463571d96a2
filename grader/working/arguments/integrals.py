"""An indefinite integral equals its antiderivatives: up to a constant, whose loss is remarked on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as replace_fields

from grader.equivalence import decide
from grader.expressions.build import ONE, ZERO, apply, chain, derived, mul, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Evidence, EvidenceKind, Remark, StepVerdict, Verdict
from grader.working.arguments.rates import depends_silently
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial, holds
from grader.working.total import is_indefinite

LOST_CONSTANT = Remark("lost-constant")


def antiderivative(trial: Trial) -> Judgement | None:
    """Holds when both sides have the same derivative in the variable of integration."""
    link, known = trial.link, trial.known
    if link.operator != "=":
        return None
    sides = [substituted(side, known) for side in (link.left, link.right)]
    variables = {p.args[1] for side in sides for p in walk(side) if is_indefinite(p)}
    if len(variables) != 1 or depends_silently(link.relation, known):
        return None
    (variable,) = variables
    left, right = (slope_of(side, variable) for side in sides)
    if left is None or right is None:
        return None
    verdict = trial.compare(left, right)
    if verdict.verdict is Equality.DIFFERENT:
        verdict = decide(left, right, known.assumptions(_near_zero(variable)))
    if verdict.verdict is not Equality.EQUAL:
        opens = link.first and not link.continuing
        return Judgement(StepVerdict.GIVEN) if opens and _is_equation(sides, known) else _apart(verdict)
    evidence = Evidence(EvidenceKind.CALCULUS, "both sides have the same derivative")
    return holds(evidence, remarks=(LOST_CONSTANT,) if _constant_lost(link.right, sides[1], variable) else ())


def _is_equation(sides: Sequence[Expr], known: Knowledge) -> bool:
    """`e^(2x) y = integral of 4x e^(2x)`: it says what a free letter is, which stands on one side alone."""
    left, right = sides
    worked_out = any(is_indefinite(part) for part in walk(left))
    alone = (s for s in free_symbols(left) - free_symbols(right) if s.kind == "scalar" and not worked_out)
    return any(str(s.value) not in known.table.symbols for s in alone)


def _near_zero(variable: Expr) -> tuple[Expr, ...]:
    """Where roots of squares that come from a substitution have their usual signs."""
    return chain((ZERO, variable), ("<",)), chain((variable, ONE), ("<",))


def _apart(verdict: Verdict) -> Judgement | None:
    """Fails where the derivatives differ: the two sides are no antiderivatives of one function."""
    if verdict.verdict is not Equality.DIFFERENT or verdict.evidence is None:
        return None
    sentence = f"The derivatives of the two sides differ. {verdict.evidence.sentence}"
    return Judgement(StepVerdict.FAILS, replace_fields(verdict.evidence, sentence=sentence))


def substituted(tree: Expr, known: Knowledge) -> Expr:
    """The tree with integrals over a name u that stands for g(x) as integrals over x, and u written out."""
    changed = {part: _over(part, known) for part in walk(tree) if is_indefinite(part)}
    return known.spelled(replace(tree, {part: other for part, other in changed.items() if other is not part}))


def _over(part: Expr, known: Knowledge) -> Expr:
    body, variable = part.args
    declared = known.table.symbols.get(variable.value)
    if declared is None or declared.definition is None or declared.parameters:
        return part
    inside = known.coordinates(declared.definition)
    free = [s for s in free_symbols(inside) if s.kind == "scalar"]
    slope = differentiate(inside, free[0]) if len(free) == 1 else None
    return (
        part if slope is None else node("integral", (mul(replace(body, {variable: inside}), slope), free[0]))
    )


def slope_of(tree: Expr, variable: Expr) -> Expr | None:
    """The derivative in the variable of integration; that of an indefinite integral is its integrand."""
    integrals = [part for part in walk(tree) if is_indefinite(part)]
    names = {part: _antiderivative(index, variable) for index, part in enumerate(integrals)}
    slope = differentiate(replace(tree, names), variable)
    if slope is None:
        return None
    back = {apply(derived(name.args[0]), variable): part.args[0] for part, name in names.items()}
    return replace(replace(slope, back), {name: part for part, name in names.items()})


def _antiderivative(index: int, variable: Expr) -> Expr:
    return apply(symbol(f"antiderivative {index}", "function"), variable)


def _constant_lost(written: Expr, tree: Expr, variable: Expr) -> bool:
    """No integral is left and no term is free of the variable of integration."""
    if any(is_indefinite(part) for part in walk(written)):
        return False
    terms = tree.args if tree.head == "add" else (tree,)
    return not any(t is not ZERO and free_symbols(t) and variable not in free_symbols(t) for t in terms)
