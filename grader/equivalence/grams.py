"""Where `X^T X` is inverted, X may have more rows than columns: which dimensions are larger than which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.equivalence.shapes import Shapes
from grader.expressions.identity import index_of
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols

Sizes = dict[int, int]  # by dimension
Factor = tuple[Expr, bool]  # whether it is transposed
_STEP = 4  # so far apart that what is left of a space after a projection is large enough
_LARGEST = 12


@dataclass(frozen=True, slots=True)
class Gram:
    """A product `X^T ... X` that is inverted, alone or with something added; also `(Z^T X)^{-1} Z^T`."""

    outer: int
    inner: tuple[int, ...]
    letters: frozenset[str]


def open_grams(trees: Sequence[Expr], shapes: Shapes) -> list[Gram]:
    """The inverted products whose X need not be square, as far as these shapes say."""
    found = [gram for tree in trees for part in walk(tree) for gram in _inverted(part, shapes)]
    return [g for g in found if shapes.find(g.inner[0]) != shapes.find(g.outer)]


def _inverted(part: Expr, shapes: Shapes) -> Iterator[Gram]:
    if part.head == "mul":
        yield from _oblique(factors(part), shapes)
    for word in _words(part, shapes):
        if len(word) > 1 and word[0][0] is word[-1][0] and word[0][1] is not word[-1][1]:
            yield _gram(word, shapes)


def _words(part: Expr, shapes: Shapes) -> Iterator[list[Factor]]:
    """The terms of what is inverted, each as its factors."""
    if part.head != "pow" or part.args[1].head != "number" or part.args[1].value >= 0:
        return
    if shapes.is_number(shapes.of(part.args[0])):
        return
    for term in part.args[0].args if part.args[0].head == "add" else (part.args[0],):
        yield [f for f in factors(term) if not shapes.is_number(shapes.of(f[0]))]


def _oblique(word: list[Factor], shapes: Shapes) -> Iterator[Gram]:
    """`(Z^T X)^{-1} Z^T` and `X (Z^T X)^{-1}`, which nobody writes of matrices that have inverses."""
    for k, (part, turned) in enumerate(word):
        for inner in () if turned else _words(part, shapes):
            beside = [inner[0] in word[k + 1 : k + 2], inner[-1] in word[max(k - 1, 0) : k]]
            if len(inner) > 1 and inner[0][1] and not inner[-1][1] and any(beside):
                yield _gram(inner, shapes)


def _gram(word: list[Factor], shapes: Shapes) -> Gram:
    sides = [(s[::-1] if turned else s) for tree, turned in word if (s := shapes.of(tree)) is not None]
    letters = free_symbols(word[0][0]) | free_symbols(word[-1][0])
    names = {str(s.value) for s in letters if s.kind == "matrix" and index_of(s) is None}
    return Gram(sides[0][0], tuple(s[1] for s in sides[:-1]), frozenset(names))


def factors(tree: Expr, turned: bool = False) -> list[Factor]:
    """The factors of a product in order, transposes taken to each of them.

    >>> from grader.expressions.build import mul, symbol, transpose
    >>> a, b = symbol("A", "matrix"), symbol("B", "matrix")
    >>> [(f.value, t) for f, t in factors(transpose(mul(a, transpose(b))))]
    [('B', False), ('A', True)]
    """
    if tree.head == "transpose":
        return factors(tree.args[0], not turned)
    if tree.head != "mul":
        return [(tree, turned)]
    args = tree.args[::-1] if turned else tree.args
    return [f for a in args for f in factors(a, turned)]


def layouts(shapes: Shapes, grams: Sequence[Gram], shift: int = 0) -> list[Sizes]:
    """Sizes for all dimensions, one choice for each Gram matrix, whose X is not square."""
    found: list[Sizes] = []
    for first in grams:
        below: dict[int, set[int]] = {}
        for gram in (first, *grams):
            outer = shapes.find(gram.outer)
            inner = {shapes.find(d) for d in gram.inner} - {outer}
            if not any(_reaches(below, outer, d) for d in inner):
                for d in inner:
                    below.setdefault(d, set()).add(outer)
        sizes = _ranked(shapes, below, shift)
        if sizes not in found:
            found.append(sizes)
    return [s for s in found if max(s.values()) <= _LARGEST]


def _reaches(below: dict[int, set[int]], high: int, low: int) -> bool:
    """Whether one dimension is already larger than another (or is the other)."""
    return high == low or any(_reaches(below, d, low) for d in below.get(high, ()))


def _ranked(shapes: Shapes, below: dict[int, set[int]], shift: int) -> Sizes:
    def rank(d: int) -> int:
        return max((1 + rank(e) for e in below.get(d, ())), default=0)

    sizes: Sizes = {}
    for k, d in enumerate(dimensions(shapes)):
        sizes[d] = shapes.size(d) or 2 + shift + _STEP * rank(d) + k % 2
    return sizes


def dimensions(shapes: Shapes) -> list[int]:
    """The dimensions of all letters, each once, in the order in which they are found."""
    return list(dict.fromkeys(shapes.find(d) for _, shape in shapes.letters() for d in shape))


def uniform(shapes: Shapes, size: int, others: Mapping[int, int] | None = None) -> Sizes:
    """One size for all dimensions, but for those that have one, and the others."""
    given = others or {}
    return {d: shapes.size(d) or given.get(d, size) for d in dimensions(shapes)}


def oblong(shapes: Shapes) -> list[Sizes]:
    """Sizes of which no two are the same that need not be, in both orders."""
    free = [d for d in dimensions(shapes) if shapes.size(d) is None]
    return [uniform(shapes, 2, {d: k + 2 for k, d in enumerate(order)}) for order in (free, free[::-1])]


def turned_too(tree: Expr, turned: bool = False) -> frozenset[Factor]:
    """The letters of a tree, each as it is and as it is transposed, if it stands so."""
    if tree.head == "symbol" and tree.kind == "matrix":
        return frozenset([(tree, turned)])
    turned ^= tree.head == "transpose"
    return frozenset().union(*(turned_too(a, turned) for a in tree.args))
