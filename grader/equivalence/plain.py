"""Constants as plain text, for evidence: `sqrt(2)`, `pi/2`."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence.ball import exact_at
from grader.expressions.nodes import Expr

_MAX_TEXT = 24


def constant_text(tree: Expr) -> str | None:
    """A short spelling of a constant; None if it is not short.

    >>> from grader.expressions.build import number, sqrt
    >>> constant_text(sqrt(number(2)))
    'sqrt(2)'
    """
    exact = exact_at(tree, {})
    if exact is not None:
        return str(exact)
    found = _spelled(tree)
    return found if found is not None and len(found) <= _MAX_TEXT else None


def _spelled(tree: Expr) -> str | None:
    if tree.head in ("number", "decimal"):
        return str(tree.value if tree.head == "number" else tree.value[0])
    if tree.head == "constant":
        return str(tree.value)
    if tree.head == "call" and len(tree.args) == 1:
        inner = constant_text(tree.args[0])
        return None if inner is None else f"{tree.value}({inner})"
    if tree.head == "pow":
        return _power(tree)
    if tree.head == "mul":
        return _product(tree)
    return _sum(tree) if tree.head == "add" else None


def _power(tree: Expr) -> str | None:
    base, exponent = constant_text(tree.args[0]), exact_at(tree.args[1], {})
    if base is None or exponent is None:
        return None
    if exponent == Fraction(1, 2):
        return f"sqrt({base})"
    plain = base.isalnum() or (base.endswith(")") and base.count("(") == 1 and not base.startswith("("))
    return f"{base if plain else f'({base})'}^{exponent if exponent.denominator == 1 else f'({exponent})'}"


def _product(tree: Expr) -> str | None:
    factor, others = Fraction(1), []
    for part in tree.args:
        exact = exact_at(part, {})
        if exact is not None:
            factor *= exact
            continue
        text = _spelled(part)
        if text is None:
            return None
        others.append(f"({text})" if part.head == "add" else text)
    front = {1: "", -1: "-"}.get(factor.numerator, f"{factor.numerator}*")
    below = f"/{factor.denominator}" if factor.denominator != 1 else ""
    return f"{front}{'*'.join(others)}{below}"


def _sum(tree: Expr) -> str | None:
    parts = []
    for part in tree.args:
        exact = exact_at(part, {})
        if exact == 0:
            continue
        text = constant_text(part)
        if text is None:
            return None
        parts.append(text)
    return " + ".join(parts).replace("+ -", "- ")
