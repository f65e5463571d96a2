"""The total derivative: of an expression in which some letters change with the variable."""

from __future__ import annotations

from collections.abc import Mapping

from grader.expressions.build import apply, derived, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace


def total_derivative(tree: Expr, variable: Expr, rates: Mapping[Expr, Expr]) -> Expr | None:
    """The derivative by the variable, where each letter in `rates` has that rate; None where it is not known.

    >>> # x y by x, with y' for y -> y + x y'
    """
    integrals = [part for part in walk(tree) if is_indefinite(part)]
    functions = {part: symbol(f"antiderivative {i}", "function") for i, part in enumerate(integrals)}
    opened = replace(tree, {part: apply(f, part.args[1]) for part, f in functions.items()})
    values = {name: apply(symbol(f"value of {name.value}", "function"), variable) for name in rates}
    slope = differentiate(replace(opened, values), variable)
    if slope is None:
        return None
    back = {apply(derived(f), replace(p.args[1], values)): p.args[0] for p, f in functions.items()}
    back |= {apply(derived(value.args[0]), variable): rates[name] for name, value in values.items()}
    slope = replace(slope, back)
    return replace(slope, {value: name for name, value in values.items()})


def is_indefinite(part: Expr) -> bool:
    """Whether a node is an integral without bounds."""
    return part.head == "integral" and len(part.args) == 2
