"""Values of trees without symbols, exactly: what is 0 is seen to be 0, so what has no value is known.

`1/cos(pi/2)` has none, and `sqrt(2)^2 <= 2` is true, though balls around the parts cannot tell.
"""

from __future__ import annotations

from typing import Any

from flint import acb, fmpq

from grader.equivalence.arrays import ShapeError
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.constants import constant_value, constant_zero
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined
from grader.expressions.build import MINUS_ONE, ONE, ZERO, call, chain, number, power, sub
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import rebuild


class _NoValue:
    """Stands for `no value`."""


NO_VALUE = _NoValue()


def settled(tree: Expr) -> Expr:
    """A tree without symbols in which what is exactly 0 where that matters is written as 0.

    That is: bases of powers, arguments of functions, and the two sides of relations. So `1/cos(pi/2)` is
    seen to have no value, and `sqrt(2)^2 <= 2` to be true.
    """
    return _settled(tree, {})


def _settled(part: Expr, done: dict[Expr, Expr]) -> Expr:
    found = done.get(part)
    if found is None:
        found = done[part] = _settled_node(part, tuple(_settled(a, done) for a in part.args))
    return found


def _settled_node(part: Expr, args: tuple[Expr, ...]) -> Expr:
    made = rebuild(part, args)
    if made.head == "pow":
        return rebuild(made, (_zeroed(made.args[0]), made.args[1]))
    if made.head == "call" and made.value in _WAVES_BELOW:
        below = call(_WAVES_BELOW[made.value], made.args[0])
        return power(ZERO, MINUS_ONE) if _zeroed(below) is ZERO else made
    if made.head == "call" and made.value in _EDGES:
        return rebuild(made, tuple(_at_edge(made.value, a) for a in made.args))
    if made.head == "chain":
        return _settled_chain(made)
    return made


_WAVES_BELOW = {"tan": "cos", "sec": "cos", "cot": "sin", "csc": "sin"}
_EDGES: dict[str, tuple[Expr, ...]] = {
    "ln": (ZERO,), "log": (ZERO, ONE), "abs": (ZERO,), "sign": (ZERO,), "coth": (ZERO,), "csch": (ZERO,),
    "arcsin": (ONE, MINUS_ONE), "arccos": (ONE, MINUS_ONE), "artanh": (ONE, MINUS_ONE), "arcosh": (ONE,),
    "arcoth": (ONE, MINUS_ONE), "arcsec": (ONE, MINUS_ONE), "arccsc": (ONE, MINUS_ONE),
    "arsech": (ONE, ZERO), "arcsch": (ZERO,), "floor": (), "ceil": (), "gamma": (), "factorial": (),
}  # fmt: skip


def _zeroed(tree: Expr) -> Expr:
    if tree.head in ("number", "decimal") or tree.kind not in ("scalar", "integer", "complex"):
        return tree
    value = constant_value(tree, tree.kind == "complex")
    if value is None or type(value) is fmpq or not hasattr(value, "contains") or not value.contains(0):
        return tree
    return ZERO if constant_zero(tree, tree.kind == "complex") else tree


def _at_edge(name: str, tree: Expr) -> Expr:
    """The argument, as an exact number where it is one at which the function changes."""
    if tree.head in ("number", "decimal") or tree.kind not in ("scalar", "integer"):
        return tree
    for edge in _EDGES[name]:
        if _zeroed(sub(tree, edge)) is ZERO:
            return edge
    if name in ("floor", "ceil", "gamma", "factorial"):
        return _whole(tree)
    return tree


def _whole(tree: Expr) -> Expr:
    value = constant_value(tree)
    if value is None or type(value) is fmpq or type(value) is acb:
        return tree
    near = (value + fmpq(1, 2)).floor().unique_fmpz()
    if near is None:
        return tree
    whole = number(int(near))
    return whole if _zeroed(sub(tree, whole)) is ZERO else tree


def _settled_chain(tree: Expr) -> Expr:
    """Each link whose sides are equal is written with equal sides."""
    if any(a.kind not in ("scalar", "integer") for a in tree.args):
        return tree
    pairs = list(zip(tree.value, tree.args, tree.args[1:], strict=False))
    if not any(_zeroed(sub(a, b)) is ZERO for _, a, b in pairs):
        return tree
    links = [chain((ZERO, ZERO) if _zeroed(sub(a, b)) is ZERO else (a, b), (o,)) for o, a, b in pairs]
    return links[0] if len(links) == 1 else node("and", tuple(links), None, "truth")


def value_exactly(tree: Expr, complexes: bool = False) -> Any | None:
    """The value of a tree without symbols, NO_VALUE where it certainly has none, None where that is open."""
    try:
        with bits(128):
            return compile_tape(settled(tree), complexes).run({})
    except Undefined:
        return NO_VALUE
    except (Unclear, Unsupported, ShapeError):
        return None
