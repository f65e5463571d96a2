"""What a line leaves unsaid, put in.

y' of a defined y, dy/dx of a y that only depends on x, I beside a matrix, `x, y > 0` for both, `du` by
what u stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.equivalence.identity_matrix import with_identity
from grader.expressions.build import ONE, ZERO, add, chain, derivative, matrix, mul, symbol
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols, rebuild, replace
from grader.working.differentials import with_differentials
from grader.working.knowledge import Knowledge
from grader.working.total import total_derivative

USUAL = ("x", "t", "s", "z")  # the variable of y', where nothing else says it
_RATE = re.compile(r"d(?P<order>\d?)(?P<of>.+)/d(?P<by>[^/]+?)(?P=order)$")


def complete(tree: Expr, known: Knowledge) -> Expr:
    """The line's tree with what it leaves unsaid."""
    tree = _spread(tree)
    tree = _with_identity(tree, known)
    if any(part.head == "symbol" and part.value == "d" for part in walk(tree)):
        tree = with_differentials(tree, known)
    table = dict(_rates(tree, known))
    return replace(tree, table) if table else tree


def _spread(tree: Expr) -> Expr:
    """`x, y > 0` as a statement about each; what a list after a value adds (`= xy^2, x`) is left out."""
    if tree.head == "chain" and _trails(tree.args[0], tree.args[-1]):
        return rebuild(tree, (*tree.args[:-1], tree.args[-1].args[0]))
    if (
        tree.head != "chain"
        or len(tree.args) != 2
        or tree.args[0].kind != "tuple"
        or tree.args[1].kind != "scalar"
    ):
        return tree
    parts = tuple(chain((item, tree.args[1]), tree.value) for item in tree.args[0].args)
    return node("and", parts, None, "truth")


def _trails(left: Expr, right: Expr) -> bool:
    """Whether a tuple is a value and the names of a condition that follows it."""
    worked = left.kind == "scalar" and left.head not in ("symbol", "apply", "index")
    return right.head == "tuple" and worked and all(item.head == "symbol" for item in right.args[1:])


# -- derivatives of names ---------------------------------------------------------------------------


def _rates(tree: Expr, known: Knowledge) -> Iterator[tuple[Expr, Expr]]:
    for part in walk(tree):
        if part.head == "derivative" and _is_dependent(part.args[0], part.args[1:], known):
            yield part, rate(part.args[0], part.args[1], len(part.args) - 1)
        elif part.head == "derivative" and (whole := _in_total(part, known)) is not None:
            yield part, whole
        elif part.head == "symbol" and part.value.endswith("'") and part.value not in known.table.symbols:
            found = _slope_of_name(part, known)
            if found is not None:
                yield part, found


def _in_total(part: Expr, known: Knowledge) -> Expr | None:
    """`d/dx (x y)` where a slope of y stands in lines before: y changes with x."""
    body, variable = part.args[0], part.args[1]
    if body.head == "symbol" or len(part.args) != 2:
        return None
    letters = {str(s.value): s for s in free_symbols(body) if s.kind == "scalar" and s is not variable}
    rates = {
        letters[of]: slope
        for seen in known.seen
        for slope, of, by, order in slopes_in(seen)
        if of in letters and order == 1 and by in ("", variable.value) and known.is_unsettled(letters[of])
    }
    return total_derivative(body, variable, rates) if rates else None


def _is_dependent(body: Expr, variables: tuple[Expr, ...], known: Knowledge) -> bool:
    """A name of which nothing is known but that it depends on the variable: the y of dy/dx."""
    if body.head != "symbol" or body.kind != "scalar" or len(set(variables)) != 1 or body in variables:
        return False
    declared = known.table.symbols.get(body.value)
    by = known.table.symbols.get(variables[0].value)
    if by is not None and by.definition is not None:
        return False
    if declared is None or declared.definition is None:
        return True
    inside = free_symbols(known.coordinates(declared.definition))
    return bool(inside) and variables[0] not in inside and variables[0].value not in known.declared


def rate(name: Expr, variable: Expr, order: int = 1) -> Expr:
    """dy/dx as a name of its own."""
    power = "" if order == 1 else str(order)
    return symbol(f"d{power}{name.value}/d{variable.value}{power}")


def is_rate(name: Expr) -> bool:
    """Whether a name is a dy/dx of which nothing else is known."""
    return _RATE.match(str(name.value)) is not None


def rates_in(tree: Expr) -> Iterator[tuple[Expr, str, str]]:
    """The names dy/dx in a tree: each with y and x."""
    for part in walk(tree):
        match = _RATE.match(part.value) if part.head == "symbol" else None
        if match is not None and not match["order"]:
            yield part, match["of"], match["by"]


def slopes_in(tree: Expr) -> Iterator[tuple[Expr, str, str, int]]:
    """The slopes in a tree, dy/dx and y'' alike: each with y, x ('' where it is not said) and the order."""
    for part in walk(tree):
        if part.head != "symbol":
            continue
        name = str(part.value)
        match = _RATE.match(name)
        if match is not None:
            yield part, match["of"], match["by"], int(match["order"] or 1)
        elif name.endswith("'"):
            yield part, name.rstrip("'"), "", len(name) - len(name.rstrip("'"))


def _slope_of_name(part: Expr, known: Knowledge) -> Expr | None:
    """y' where y is defined in one variable."""
    if _is_by_time(part, known):
        return rate(symbol(part.value[:-1]), symbol("t"))
    declared = known.table.symbols.get(part.value.rstrip("'"))
    if declared is None or declared.kind != "scalar" or declared.definition is None or declared.parameters:
        return None
    free = [s for s in free_symbols(known.coordinates(declared.definition)) if s.kind == "scalar"]
    if len(free) > 1:
        free = [s for s in free if s.value in USUAL[:2]]
    if len(free) != 1:
        return None
    return derivative(declared.expr, *free * (len(part.value) - len(part.value.rstrip("'"))))


def _is_by_time(part: Expr, known: Knowledge) -> bool:
    """Whether y' is a rate: y is defined in a letter that has a prime as well, or is such a letter."""
    name = str(part.value)[:-1]
    if name not in known.told.primed or "t" in known.table.symbols:
        return False
    inside = {
        s.name: _primed_in(s.definition, known) for s in known.own_symbols() if s.definition is not None
    }
    if name in inside:
        return bool(inside[name])
    if any(len(tied) > 1 and name in tied for tied in _tied_with_primes(known)):
        return True
    return any(name in letters for own, letters in inside.items() if own in known.told.primed)


def _tied_with_primes(known: Knowledge) -> Iterator[set[str]]:
    """The letters with a prime that an equation without one ties together: `z^2 = x^2 + 9`."""
    for fact in known.facts:
        if not any(True for _ in slopes_in(fact.relation)):
            yield _primed_in(fact.relation, known)


def _primed_in(body: Expr, known: Knowledge) -> set[str]:
    """The letters with a prime that a definition comes down to."""
    return {str(s.value) for s in free_symbols(known.coordinates(body))} & known.told.primed


# -- the identity matrix ----------------------------------------------------------------------------


def _with_identity(tree: Expr, known: Knowledge) -> Expr:
    """I as the identity where it is added to, or set equal to, a square matrix that is written out.

    Beside matrices that are letters it is the identity of their size, whatever that is.
    """
    names = [
        p for p in walk(tree) if p.head == "symbol" and p.value == "I" and "I" not in known.table.symbols
    ]
    if not names:
        return tree
    known_size = _identity_in(tree, names[0], known)
    abstract = any(p.head == "symbol" and p.kind == "matrix" for p in walk(known_size))
    return with_identity(known_size, known_size)[0] if abstract else known_size


def _identity_in(tree: Expr, name: Expr, known: Knowledge) -> Expr:
    args = tuple(_identity_in(part, name, known) for part in tree.args)
    sizes = {s for part in args if (s := _size(part, known)) is not None}
    if tree.head in ("add", "chain") and len(sizes) == 1:
        (size,) = sizes
        unit = matrix(size, size, *(ONE if i == j else ZERO for i in range(size) for j in range(size)))
        args = tuple(_put(part, name, unit) for part in args)
    return add(*args) if tree.head == "add" else rebuild(tree, args)


def _put(term: Expr, name: Expr, unit: Expr) -> Expr:
    if term is name:
        return unit
    if term.head == "mul" and name in term.args:
        return mul(*(unit if factor is name else factor for factor in term.args))
    return term


def _size(part: Expr, known: Knowledge) -> int | None:
    """The number of rows of a square matrix, as far as that can be seen."""
    if part.kind != "matrix":
        return None
    for inner in walk(known.coordinates(part)):
        if inner.head == "matrix" and inner.value[0] == inner.value[1]:
            rows: int = inner.value[0]
            return rows
    return None
