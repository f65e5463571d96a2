"""Names that stand for something written out elsewhere: bare functions, letters that count."""

from __future__ import annotations

from grader.expressions.build import symbol
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import rebuild
from grader.expressions.symbols import SymbolTable

_ARGUMENT = symbol("z")
_FUNCTION_HEADS = ("inverse", "derived", "compose")


def name_bare_functions(trees: tuple[Expr, ...], table: SymbolTable) -> tuple[Expr, ...]:
    """`sigma' = sigma (1 - sigma)`: functions named alone are read at one common argument.

    That is the argument at which they stand elsewhere in the trees, if there is one only; a function
    that was declared with parameters of its own (a loss) stands for its value at those.
    """
    if not any(_has_bare(t) for t in trees):
        return trees
    argument = _common_argument(trees)
    return tuple(_Namer(table, argument).visit(t) for t in trees)


def _has_bare(tree: Expr) -> bool:
    if tree.kind == "function":
        return True
    first = 1 if tree.head == "apply" else 0
    return any(_has_bare(a) for a in tree.args[first:])


def _common_argument(trees: tuple[Expr, ...]) -> Expr:
    found: dict[Expr, None] = {}
    for tree in trees:
        for part in walk(tree):
            if part.head == "apply" and len(part.args) == 2 and part.args[1].kind not in ("vector", "function"):
                found[part.args[1]] = None
    return next(iter(found)) if len(found) == 1 else _ARGUMENT


class _Namer:
    def __init__(self, table: SymbolTable, argument: Expr) -> None:
        self.table = table
        self.argument = argument

    def visit(self, tree: Expr) -> Expr:
        if tree.head in ("derivative", "gradient"):
            body = tree.args[0]
            return tree if body.kind == "function" else rebuild(tree, (self.visit(body), *tree.args[1:]))
        if tree.kind == "function" and tree.head in ("symbol", *_FUNCTION_HEADS):
            return self._value(tree)
        first = 1 if tree.head == "apply" else 0
        args = (*tree.args[:first], *(self.visit(a) for a in tree.args[first:]))
        if args == tree.args:
            return tree
        kind = "scalar" if tree.kind == "function" else tree.kind
        return node(tree.head, args, tree.value, kind)

    def _value(self, function: Expr) -> Expr:
        known = self.table.symbols.get(function.value) if function.head == "symbol" else None
        if known is not None and known.parameters:
            own = all(p.value in self.table.symbols for p in known.parameters)
            if own:
                return node("apply", (function, *known.parameters), None, known.returns)
        kind = known.returns if known is not None else "scalar"
        return node("apply", (function, self.argument), None, kind)


def family_letters(trees: tuple[Expr, ...]) -> frozenset[str]:
    """Letters that bound a sum or product, or stand in a factorial or binomial: they count 0, 1, 2 ..."""
    found: set[str] = set()
    for tree in trees:
        for part in walk(tree):
            if part.head in ("sum", "product"):
                places = part.args[1:]
            elif part.head == "call" and part.value in ("factorial", "binomial"):
                places = part.args
            elif part.head == "index":
                places = part.args[1:]
            else:
                continue
            for place in places:
                found.update(s.value for s in walk(place) if s.head == "symbol" and s.kind in ("scalar", "integer"))
    return frozenset(found)
