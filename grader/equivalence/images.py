"""Sets of values: `{2k : k in {0, 1, 2}}` written out, `{2n : n in Z}` beside `{2k : k in Z}`."""

from __future__ import annotations

from collections.abc import Callable

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.progressions import compare_progressions
from grader.expressions.build import chain, finite_set, symbol
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Verdict

_UNKNOWN = Verdict(Equality.UNKNOWN)
_COUNTER = symbol("n", "integer")
_LETTER = symbol("\u2208t")
_VALUE = symbol("\u2208")
_MAX_ELEMENTS = 40


def written_out(tree: Expr) -> Expr:
    """The values for each element of a finite set, as a finite set; every other tree as it is.

    >>> from grader.expressions.build import mul, number
    >>> from grader.expressions.nodes import node
    >>> k, two, four = symbol("k"), number(2), number(4)
    >>> held = chain((k, finite_set(two, four)), ("in",))
    >>> written_out(node("setbuilder", (k, held), None, "set")) is finite_set(two, four)
    True
    """
    image = _image(tree)
    if image is None or image[2].head != "set" or len(image[2].args) > _MAX_ELEMENTS:
        return tree
    body, name, whole = image
    return finite_set(*(replace(body, {name: value}) for value in whole.args))


def decide_images(
    left: Expr, right: Expr, assumptions: Assumptions, decide: Callable[[Expr, Expr, Assumptions], Verdict]
) -> Verdict | None:
    """The verdict on two sets of values over one set; None where one of them is no such thing."""
    first, second = _image(left), _image(right)
    if first is None or second is None or first[2] is not second[2]:
        return None
    whole = first[2].head == "constant" and first[2].value == "integers"
    counter = _COUNTER if whole else _LETTER
    bodies = [replace(body, {name: counter}) for body, name, _ in (first, second)]
    if any(counter in free_symbols(t) for t in (left, right)):
        return _UNKNOWN
    found = decide(bodies[0], bodies[1], assumptions)
    if found.verdict is Equality.EQUAL:
        return found
    if not whole or any(free_symbols(b) != {_COUNTER} for b in bodies):
        return _UNKNOWN
    stated = [chain((_VALUE, b), ("=",)) for b in bodies]
    return compare_progressions(stated[0], stated[1]) or _UNKNOWN


def _image(tree: Expr) -> tuple[Expr, Expr, Expr] | None:
    """The value, the letter and what it runs through, of `{f(k) : k in S}`."""
    if tree.head != "setbuilder":
        return None
    body, condition = tree.args
    if condition.head != "chain" or condition.value != ("in",) or condition.args[0].head != "symbol":
        return None
    name, whole = condition.args
    plain = body is not name and body.kind not in ("truth", "set") and name in free_symbols(body)
    return (body, name, whole) if plain and name not in free_symbols(whole) else None
