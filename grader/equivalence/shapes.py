"""How many rows and columns the abstract matrices of some trees have: what their products and sums demand.

A dimension is a number by which it is known; where two must be the same, they are made one (union-find:
R. E. Tarjan, "Efficiency of a good but not linear set union algorithm", 1975).
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.expressions.build import ZERO
from grader.expressions.identity import is_identity, numbered
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import rebuild

Shape = tuple[int, int]  # dimensions: of rows, of columns
_NUMBERS = ("scalar", "integer", "complex")
_SQUARE_ARGUMENT = frozenset(["det", "tr"])


class Misfit(Exception):
    """Shapes that do not fit, or a part of which no shape is known."""


class Shapes:
    """The dimensions of trees (of one shape, if `alike`), found as they are read; raises `Misfit`."""

    def __init__(self, trees: tuple[Expr, ...], alike: bool = True) -> None:
        self._parents: list[int] = []
        self._fixed: dict[int, int] = {}
        self._numbers: dict[int, int] = {}
        self._known: dict[Expr, Shape | None] = {}
        self.one = self.fixed(1)
        self.of_calls = self._new()  # of all vectors that are values of unknown functions
        found = [self.of(t) for t in trees]
        if alike:
            self._agree(found)

    def fixed(self, size: int) -> int:
        """The dimension that is a number."""
        if size not in self._numbers:
            self._numbers[size] = self._new()
            self._fixed[self._numbers[size]] = size
        return self._numbers[size]

    def _new(self) -> int:
        self._parents.append(len(self._parents))
        return len(self._parents) - 1

    def find(self, dimension: int) -> int:
        """The one dimension that stands for all that are the same."""
        while self._parents[dimension] != dimension:
            dimension = self._parents[dimension]
        return dimension

    def size(self, dimension: int) -> int | None:
        """The number that a dimension is known to be."""
        return self._fixed.get(self.find(dimension))

    def _same(self, a: int, b: int) -> None:
        a, b = self.find(a), self.find(b)
        if a == b:
            return
        if b in self._fixed:
            a, b = b, a
            if b in self._fixed:
                raise Misfit
        self._parents[b] = a

    def letters(self) -> Iterator[tuple[Expr, Shape]]:
        """The abstract vectors and matrices, with their shapes."""
        for tree, shape in self._known.items():
            if tree.head == "symbol" and tree.kind in ("vector", "matrix") and shape is not None:
                yield tree, shape

    def is_number(self, shape: Shape | None) -> bool:
        """Whether it has one row and one column."""
        return shape is not None and all(self.find(d) == self.find(self.one) for d in shape)

    def of(self, tree: Expr) -> Shape | None:
        """The shape of a part; None of a zero, which has any."""
        if tree not in self._known:
            self._known[tree] = self._found(tree)
        return self._known[tree]

    def _found(self, tree: Expr) -> Shape | None:
        single = (self.one, self.one)
        if tree is ZERO:
            return None
        if tree.head == "symbol" and tree.kind in ("vector", "matrix"):
            return (self._new(), self.one if tree.kind == "vector" else self._new())
        if tree.head in ("number", "decimal", "constant", "symbol") and tree.kind in _NUMBERS:
            return single
        shapes = [self.of(a) for a in tree.args]
        if tree.head == "add":
            return self._agree(shapes)
        if tree.head == "mul":
            return self._product(shapes)
        if tree.head in ("sum", "product"):
            return shapes[0]
        if tree.head in ("apply", "index") and tree.kind == "vector":
            return (self.of_calls, self.one)
        if tree.head in _RULES:
            return _RULES[tree.head](self, tree, shapes)
        if tree.kind not in _NUMBERS:
            raise Misfit
        return single

    def _agree(self, shapes: list[Shape | None]) -> Shape | None:
        known = [s for s in shapes if s is not None]
        for shape in known[1:]:
            self._same(known[0][0], shape[0])
            self._same(known[0][1], shape[1])
        return known[0] if known else None

    def _product(self, shapes: list[Shape | None]) -> Shape | None:
        total: Shape | None = (self.one, self.one)
        for shape in shapes:
            if shape is None or total is None:
                return None
            if self.is_number(total) or self.is_number(shape):
                total = shape if self.is_number(total) else total
                continue
            self._same(total[1], shape[0])
            total = (total[0], shape[1])
        return total

    def _power(self, tree: Expr, shapes: list[Shape | None]) -> Shape | None:
        base = shapes[0]
        if base is None or self.is_number(base) or tree.args[0].kind == "vector":
            return (self.one, self.one)
        self._same(*base)
        return base

    def _transpose(self, tree: Expr, shapes: list[Shape | None]) -> Shape | None:
        return shapes[0] and (shapes[0][1], shapes[0][0])

    def _dot(self, tree: Expr, shapes: list[Shape | None]) -> Shape | None:
        one = self.find(self.one)
        turned = [s and ((s[1], s[0]) if self.find(s[0]) == one else s) for s in shapes]
        self._agree(turned)
        return (self.one, self.one)

    def _call(self, tree: Expr, shapes: list[Shape | None]) -> Shape | None:
        if tree.value in _SQUARE_ARGUMENT and shapes[0] is not None:
            self._same(*shapes[0])
        return shapes[0] if tree.value == "conj" else (self.one, self.one)

    def _cross(self, tree: Expr, shapes: list[Shape | None]) -> Shape | None:
        return self._agree([*shapes, (self.fixed(3), self.one)])

    def _matrix(self, tree: Expr, shapes: list[Shape | None]) -> Shape | None:
        return (self.fixed(tree.value[0]), self.fixed(tree.value[1]))


_RULES = {
    "pow": Shapes._power,
    "transpose": Shapes._transpose,
    "dot": Shapes._dot,
    "call": Shapes._call,
    "cross": Shapes._cross,
    "matrix": Shapes._matrix,
}


def apart(trees: tuple[Expr, ...]) -> tuple[Expr, ...]:
    """The trees with every identity matrix as one of its own: each may have another size."""
    count = 0

    def visit(tree: Expr) -> Expr:
        nonlocal count
        if is_identity(tree):
            count += 1
            return numbered(tree, count)
        return rebuild(tree, tuple([visit(a) for a in tree.args]))

    return tuple([visit(t) for t in trees])
