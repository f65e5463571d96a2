"""Names that stand for something else: bare functions, members of families, letters that count."""

from __future__ import annotations

from functools import lru_cache

from grader.equivalence.features import features
from grader.expressions.build import number, symbol
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import rebuild, transform
from grader.expressions.symbols import SymbolTable

_ARGUMENT = symbol("z")
_PLAIN = ("scalar", "integer", "complex")
_NAMED_FIRST = ("apply", "index", "partial")
_COUNTING = ("factorial", "binomial")
_PLACES = frozenset("ijklmnrstNKM")
_FUNCTION_HEADS = ("inverse", "derived", "compose")


def name_bare_functions(trees: tuple[Expr, ...], table: SymbolTable) -> tuple[Expr, ...]:
    """`sigma' = sigma (1 - sigma)`: functions named alone are read at one common argument.

    That is the argument at which they stand elsewhere in the trees, if there is one only; a function
    that was declared with parameters of its own (a loss) stands for its value at those.
    """
    if not any(features(t).functions and _has_bare(t) for t in trees):
        return trees
    return tuple(_Namer(table, trees).visit(t) for t in trees)


@lru_cache(maxsize=1 << 12)
def _has_bare(tree: Expr) -> bool:
    if tree.kind == "function":
        return True
    first = 1 if tree.head in _NAMED_FIRST else 0
    return any(_has_bare(a) for a in tree.args[first:])


def _root(function: Expr) -> Expr:
    """The function that a derivative or an inverse is of."""
    while function.head in _FUNCTION_HEADS:
        function = function.args[0]
    return function


def _argument_of(function: Expr, trees: tuple[Expr, ...], table: SymbolTable) -> Expr:
    """Where a function named alone is read: where it stands elsewhere, in a definition, or at z.

    In `df/dx` it stands at x.
    """
    root = _root(function)
    here: dict[Expr, None] = {}
    anywhere: dict[Expr, None] = {}
    for part in (p for tree in trees for p in walk(tree)):
        if part.head == "apply" and len(part.args) == 2 and part.args[1].kind in _PLAIN:
            anywhere[part.args[1]] = None
            if _root(part.args[0]) is root:
                here[part.args[1]] = None
        elif part.head == "derivative" and any(p.kind == "function" for p in walk(part.args[0])):
            (here if root in walk(part.args[0]) else anywhere).update(dict.fromkeys(part.args[1:]))
    defined = {
        known.definition.args[1]: None
        for known in table.symbols.values()
        if known.definition is not None and known.definition.head == "apply" and not known.parameters
        if known.definition.args[0] is root and len(known.definition.args) == 2
    }
    own = table.symbols.get(str(root.value)) if root.head == "symbol" else None
    named = dict.fromkeys(own.parameters) if own is not None else {}
    for places in (here, defined, named, anywhere):
        if len(places) == 1:
            return next(iter(places))
    return _ARGUMENT


class _Namer:
    def __init__(self, table: SymbolTable, trees: tuple[Expr, ...]) -> None:
        self.table = table
        self.trees = trees

    def visit(self, tree: Expr) -> Expr:
        if tree.head in ("derivative", "gradient"):
            body = tree.args[0]
            return tree if body.kind == "function" else rebuild(tree, (self.visit(body), *tree.args[1:]))
        if tree.kind == "function" and tree.head in ("symbol", *_FUNCTION_HEADS):
            return self._value(tree)
        first = 1 if tree.head in _NAMED_FIRST else 0
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
        argument = _argument_of(function, self.trees, self.table)
        return node("apply", (function, argument), None, kind)


def name_members(trees: tuple[Expr, ...], table: SymbolTable) -> tuple[Expr, ...]:
    """`x_1` or `x_j` beside a family `x_i` is a member of it: index(x, 1), index(x, j)."""
    places = {
        part.args[0]: len(part.args) - 1
        for tree in trees
        if "index" in features(tree).heads
        for part in walk(tree)
        if part.head == "index" and part.args[0].head == "symbol"
    }
    if not places:
        return trees
    families = {str(family.value): (family, count) for family, count in places.items()}

    def change(part: Expr) -> Expr:
        if part.head != "symbol" or part.kind in ("function", "set") or part.value in table.symbols:
            return part
        name, mark, below = str(part.value).rpartition("_")
        found = families.get(name) if mark else None
        places = _places_of(below, found[1]) if found is not None else None
        if found is None or places is None:
            return part
        return node("index", (found[0], *places), None, part.kind)

    return tuple(transform(tree, change) for tree in trees)


def _places_of(below: str, count: int) -> list[Expr] | None:
    """What a subscript names: `1`, `j`, `{12}` (one place), `{12}`, `{ij}` and `{1,2}` (two places)."""
    inside = below[1:-1] if below.startswith("{") and below.endswith("}") else below
    parts = inside.split(",") if "," in inside else ([inside] if count == 1 else list(inside))
    if len(parts) != count or not all(p.isdigit() or p in _PLACES for p in parts):
        return None
    return [number(int(p)) if p.isdigit() else symbol(p) for p in parts]


def family_letters(trees: tuple[Expr, ...]) -> frozenset[str]:
    """Letters that bound a sum or product, or stand in a factorial or binomial: they count 0, 1, 2 ..."""
    found: set[str] = set()
    for tree in trees:
        known = features(tree)
        if known.heads.isdisjoint(("sum", "product", "index")) and known.calls.isdisjoint(_COUNTING):
            continue
        for part in walk(tree):
            if part.head in ("sum", "product"):
                places = part.args[1:]
            elif part.head == "call" and part.value in _COUNTING:
                places = part.args
            elif part.head == "index":
                places = part.args[1:]
            else:
                continue
            for place in places:
                found.update(
                    s.value for s in walk(place) if s.head == "symbol" and s.kind in ("scalar", "integer")
                )
    return frozenset(found)
