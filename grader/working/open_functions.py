"""Functions that nothing defines: an equation with one says what the function is like, and not what x is."""

from __future__ import annotations

from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, symbols_of
from grader.working.arguments.chances import is_chance
from grader.working.knowledge import Knowledge


def open_functions(tree: Expr, known: Knowledge) -> frozenset[Expr]:
    """The functions in a tree of which nothing says what they are."""
    functions = (s for s in symbols_of(tree) if s.kind == "function" and not is_chance(s))
    return frozenset(s for s in functions if _is_open(s, known))


def _is_open(function: Expr, known: Knowledge) -> bool:
    """Whether nothing defines it, and it is none that a question is about."""
    found = known.table.symbols.get(str(function.value))
    return found is None or (found.definition is None and found.name not in known.declared)


def follows_for_functions(tree: Expr, known: Knowledge) -> bool:
    """Whether an equation before speaks of an open function of a tree: `f'(x) = -f'(-x)` of an even f."""
    named = open_functions(known.spelled(tree), known)
    return bool(named) and any(named & symbols_of(known.spelled(fact.relation)) for fact in known.facts)


def for_all_arguments(tree: Expr, functions: frozenset[Expr]) -> bool:
    """Whether a letter stands in what one of the functions is applied to."""
    applied = (part for part in walk(tree) if part.head == "apply" and symbols_of(part.args[0]) & functions)
    return any(free_symbols(argument) for part in applied for argument in part.args[1:])


def says_of_functions(relation: Expr, known: Knowledge) -> bool:
    """`f(b) - f(a) = f'(c)(b - a)`, `y'' = -y` of a y = f(x): what open functions are like.

    Nothing is worked out in it: an operation is on nothing but the bare value of such a function.
    """
    sides = [known.spelled(side) for side in relation.args]
    named = [open_functions(side, known) for side in sides]
    if not (named[0] and named[1]):
        return False
    worked = (part for side in (*relation.args, *sides) for part in walk(side) if part.head in _OPERATIONS)
    return all(_is_bare_value(known.spelled(part.args[0]), known) for part in worked)


_OPERATIONS = frozenset(["derivative", "gradient", "integral", "limit", "sum", "product", "derived"])


def _is_bare_value(tree: Expr, known: Knowledge) -> bool:
    """`f(x)` or f itself, of an open f."""
    if tree.head == "apply" and all(part.head == "symbol" for part in tree.args[1:]):
        tree = tree.args[0]
    return tree.head == "symbol" and tree.kind == "function" and bool(open_functions(tree, known))
