"""Functions: left out, treated as linear, put together in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator

from grader.diagnosis.families.parts import FUNCTIONS, argument, at, exact, exchanged
from grader.diagnosis.malrule import MalRule
from grader.expressions.build import add, mul
from grader.expressions.nodes import Expr

_LOGS = ("ln", "log")
_KNOWN_LINEAR = ("re", "im", "conj", "tr", "abs", "det")


def _function_dropped(part: Expr) -> Iterator[Expr]:
    """x for f(x)."""
    inner = argument(part)
    if part.head == "call" and part.value == "log":
        inner = part.args[0]
    if inner is not None and inner.kind == part.kind:
        yield inner


def _of_each_term(part: Expr) -> Iterator[Expr]:
    """f(a) + f(b) for f(a + b)."""
    inner = argument(part)
    if inner is not None and inner.head == "add" and not _has_own_rule(part):
        yield add(*(at(part, t) for t in inner.args))


def _factor_pulled_out(part: Expr) -> Iterator[Expr]:
    """c f(x) for f(cx)."""
    inner = argument(part)
    if inner is not None and inner.head == "mul" and not _has_own_rule(part):
        for k, factor in enumerate(inner.args):
            if exact(factor) not in (None, -1) and factor.kind == "scalar":
                yield mul(factor, at(part, mul(*exchanged(inner.args, k))))


def _has_own_rule(part: Expr) -> bool:
    own = (*_LOGS, *_KNOWN_LINEAR, "sin", "cos", "tan", "cot", "sec", "csc", "exp")
    return part.head == "call" and part.value in own


def _order_of_composition(part: Expr) -> Iterator[Expr]:
    """g(f(x)) for f(g(x))."""
    inner = argument(part)
    if inner is not None and inner.head in FUNCTIONS:
        innermost = argument(inner)
        if innermost is not None and innermost.kind == inner.kind == part.kind:
            yield at(inner, at(part, innermost))


def _composition_as_product(part: Expr) -> Iterator[Expr]:
    """f(x) g(x) for f(g(x))."""
    inner = argument(part)
    if inner is not None and inner.head in FUNCTIONS:
        innermost = argument(inner)
        if innermost is not None and innermost.kind == inner.kind == part.kind:
            yield mul(at(part, innermost), inner)


def _product_for_application(part: Expr) -> Iterator[Expr]:
    """f(a) b for f(ab): the argument ends too early."""
    inner = argument(part)
    if inner is not None and inner.head == "mul" and inner.kind == "scalar":
        for k, factor in enumerate(inner.args):
            if exact(factor) is None:
                yield mul(*exchanged(inner.args, k), at(part, factor))


def _term_outside(part: Expr) -> Iterator[Expr]:
    """f(a) + b for f(a + b)."""
    inner = argument(part)
    if inner is not None and inner.head == "add" and inner.kind == part.kind:
        for k, term in enumerate(inner.args):
            yield add(at(part, term), *exchanged(inner.args, k))


RULES = (
    MalRule("missing-function", "function-dropped", FUNCTIONS, _function_dropped),
    MalRule("function-linearity", "function-of-each-term", FUNCTIONS, _of_each_term),
    MalRule("function-linearity", "factor-pulled-out", FUNCTIONS, _factor_pulled_out),
    MalRule("composition-order", "composition-order", FUNCTIONS, _order_of_composition),
    MalRule("composition-order", "composition-as-product", FUNCTIONS, _composition_as_product),
    MalRule("wrong-argument", "factor-outside", FUNCTIONS, _product_for_application),
    MalRule("wrong-argument", "term-outside", FUNCTIONS, _term_outside),
)
