"""Whether a statement holds at one place, exactly; where a side has no value, it does not."""

from __future__ import annotations

from collections.abc import Mapping

from flint import fmpq

from grader.equivalence.arrays import ShapeError
from grader.equivalence.ball import Unsupported, compile_tape, exact_at
from grader.equivalence.constants import constant_value
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.settled import NO_VALUE, value_exactly
from grader.expressions.build import chain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace

_PLAIN = frozenset(["=", "!=", "<", ">", "<=", ">="])
_NUMBERS = frozenset(["scalar", "integer"])
_NUMBER_SETS = frozenset(["integers", "naturals", "rationals", "reals", "complexes"])


def holds_at(tree: Expr, place: Mapping[Expr, Expr]) -> bool | None:
    """Whether a statement is true with its symbols exchanged for constants; None where that is open.

    >>> from grader.expressions.build import symbol, number, sqrt, power
    >>> x = symbol("x")
    >>> square = chain((power(x, number(2)), number(2)), ("=",))
    >>> holds_at(square, {x: sqrt(number(2))})
    True
    """
    head = tree.head
    if head in ("and", "or"):
        return _joined(head, [holds_at(a, place) for a in tree.args])
    if head == "not":
        inside = holds_at(tree.args[0], place)
        return None if inside is None else not inside
    if head in ("implies", "iff"):
        first, second = (holds_at(a, place) for a in tree.args)
        if first is None or second is None:
            return None
        return (not first or second) if head == "implies" else first is second
    if head == "constant" and tree.value in ("true", "false"):
        return bool(tree.value == "true")
    if head == "chain":
        return _chain_holds(tree, place)
    return None


def _chain_holds(tree: Expr, place: Mapping[Expr, Expr]) -> bool | None:
    if len(tree.args) == 2 and tree.value[0] in _PLAIN and tree.args[0].kind in _NUMBERS:
        quick = _quickly(tree, place)
        if quick is not None:
            return quick
    pairs = zip(tree.value, tree.args, tree.args[1:], strict=False)
    return _joined("and", [_link(o, replace(a, place), replace(b, place)) for o, a, b in pairs])


def _quickly(tree: Expr, place: Mapping[Expr, Expr]) -> bool | None:
    """The truth of a relation by enclosures of both sides; None where these meet."""
    try:
        with bits(96):
            environment = {s: compile_tape(t).run({}) for s, t in place.items()}
            return bool(compile_tape(tree).run(environment))
    except Undefined:
        return False
    except (Unclear, Unsupported, ShapeError):
        return None


def _joined(head: str, parts: list[bool | None]) -> bool | None:
    deciding = head == "or"
    if deciding in parts:
        return deciding
    return None if None in parts else not deciding


def _link(operator: str, left: Expr, right: Expr) -> bool | None:
    if operator in ("in", "notin"):
        inside = _lies_in(left, right)
        return inside if operator == "in" or inside is None else not inside
    if left.kind == "tuple" and right.kind == "tuple" and operator == "=":
        if len(left.args) != len(right.args):
            return False
        return _joined("and", [_link("=", a, b) for a, b in zip(left.args, right.args, strict=True)])
    found = value_exactly(chain((left, right), (operator,)))
    if found is NO_VALUE:
        return False
    return found if isinstance(found, bool) else None


def _lies_in(element: Expr, whole: Expr) -> bool | None:
    if whole.head != "constant" or whole.value not in _NUMBER_SETS:
        return None
    if whole.value in ("reals", "complexes"):
        found = value_exactly(element)
        return None if found is None else found is not NO_VALUE
    exact = exact_at(element, {})
    if exact is None:
        return _irrational(element, str(whole.value))
    if whole.value == "rationals":
        return True
    return exact.denominator == 1 and (whole.value == "integers" or exact >= 0)


def _irrational(element: Expr, name: str) -> bool | None:
    """A value that certainly lies between two integers is none."""
    if name == "rationals":
        return None
    value = constant_value(element)
    if value is None or type(value) is fmpq or not hasattr(value, "contains_integer"):
        return None
    return None if value.contains_integer() else False
