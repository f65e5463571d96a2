"""Is an antiderivative continuous between two ends?"""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from grader.equivalence.arrays import ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape, exact_at, to_scalar
from grader.equivalence.constants import constant_sign
from grader.equivalence.membership import is_infinite
from grader.equivalence.points import pool
from grader.equivalence.precision import bits
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.turning import turns
from grader.equivalence.zeros import zeros_of
from grader.expressions.build import number, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace

_PIECES = 64
_SMOOTH = frozenset(["exp", "sin", "cos", "sinh", "cosh", "tanh", "arctan", "erf", "arsinh"])
_SAMPLES = 3


def continuous(found: Expr, body: Expr, x: Expr, low: Expr, high: Expr, assumptions: Assumptions) -> bool:
    """Whether F, and the integrand f = F', have a value everywhere between the ends (not at them).

    With symbols in them: at sample values of these, and where both are built of functions that are
    continuous everywhere.
    """
    if _plain(found, x) and _plain(body, x):
        return True
    others = sorted(
        (free_symbols(found) | free_symbols(body) | free_symbols(low) | free_symbols(high)) - {x}, key=_name
    )
    for k in range(_SAMPLES if others else 1):
        table = {s: number(_sample(s, k + i, assumptions)) for i, s in enumerate(others)}
        trees = [replace(tree, table) for tree in (found, body, low, high)]
        if not _between(trees[0], trees[1], x, trees[2], trees[3]):
            return False
    return True


def _name(symbol: Expr) -> str:
    return str(symbol.value)


def _sample(symbol: Expr, k: int, assumptions: Assumptions) -> Fraction:
    values = pool(assumptions.domain(symbol))
    return values[k % len(values)]


def _plain(tree: Expr, x: Expr) -> bool:
    """Built of operations that are continuous on all reals, as far as x goes."""
    if x not in free_symbols(tree) or tree is x:
        return True
    if tree.head == "pow":
        n = tree.args[1]
        whole = n.head == "number" and n.value >= 0 and n.value.denominator == 1
        exponential = x not in free_symbols(tree.args[0])
        return (whole or exponential) and all(_plain(a, x) for a in tree.args)
    smooth = tree.head in ("add", "mul") or (tree.head == "call" and tree.value in _SMOOTH)
    return smooth and all(_plain(a, x) for a in tree.args)


def _between(found: Expr, body: Expr, x: Expr, low: Expr, high: Expr) -> bool:
    """No place between the ends at which the domain of F or f may end."""
    if not is_infinite(low) and not is_infinite(high) and constant_sign(sub(high, low)) == -1:
        low, high = high, low
    open_ones = False
    for part in {turn.part: None for tree in (found, body) for turn in turns(tree) if turn.how != "turn"}:
        zeros = zeros_of(part, x)
        open_ones |= not zeros.complete
        for zero in zeros.found:
            place = zero.tree if zero.tree is not None else number(zero.low)
            if _inside(place, low, high):
                return False
    return not open_ones or _covered(found, x, low, high)


def _inside(place: Expr, low: Expr, high: Expr) -> bool:
    """Whether a place is not certainly outside, or at an end."""
    before = not is_infinite(low) and constant_sign(sub(place, low)) in (-1, 0)
    after = not is_infinite(high) and constant_sign(sub(high, place)) in (-1, 0)
    return not before and not after


def _covered(found: Expr, x: Expr, low: Expr, high: Expr) -> bool:
    """Finite enclosures of F on a cover of the interval, but for its first and last pieces."""
    a, b = exact_at(low, {}), exact_at(high, {})
    if a is None or b is None:
        return False
    try:
        tape = compile_tape(found)
        with bits(64):
            for k in range(_PIECES):
                ends = [a + (b - a) * Fraction(i, _PIECES) for i in (k, k + 1)]
                first, last = (arb(to_scalar(e)) for e in ends)
                piece = first.union(last) if k not in (0, _PIECES - 1) else (first + last) / 2
                tape.run({x: piece})
    except (Undefined, Unclear, Unsupported, ShapeError):
        return False
    return True
