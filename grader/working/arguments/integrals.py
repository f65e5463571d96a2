"""An indefinite integral equals its antiderivatives: up to a constant, whose loss is remarked on."""

from __future__ import annotations

from grader.expressions.build import ZERO, apply, derived, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Evidence, EvidenceKind, Remark
from grader.working.links import Judgement, Trial, holds

LOST_CONSTANT = Remark("lost-constant")


def antiderivative(trial: Trial) -> Judgement | None:
    """Holds when both sides have the same derivative in the variable of integration."""
    link = trial.link
    variables = {p.args[1] for side in (link.left, link.right) for p in walk(side) if is_indefinite(p)}
    if len(variables) != 1 or link.operator != "=":
        return None
    (variable,) = variables
    left, right = _slope(link.left, variable), _slope(link.right, variable)
    if left is None or right is None or trial.compare(left, right).verdict is not Equality.EQUAL:
        return None
    evidence = Evidence(EvidenceKind.CALCULUS, "both sides have the same derivative")
    return holds(evidence, remarks=(LOST_CONSTANT,) if _constant_lost(link.right, variable) else ())


def _slope(tree: Expr, variable: Expr) -> Expr | None:
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


def is_indefinite(part: Expr) -> bool:
    """Whether a node is an integral without bounds."""
    return part.head == "integral" and len(part.args) == 2


def _constant_lost(tree: Expr, variable: Expr) -> bool:
    """No integral is left and no term is free of the variable of integration."""
    if any(is_indefinite(part) for part in walk(tree)):
        return False
    terms = tree.args if tree.head == "add" else (tree,)
    return not any(t is not ZERO and free_symbols(t) and variable not in free_symbols(t) for t in terms)
