"""Two trees compared where each abstract matrix has a shape of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flint import fmpq

from grader.equivalence.arrays import Array, ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported
from grader.equivalence.grams import Sizes
from grader.equivalence.points import Point, Space
from grader.equivalence.prepare import Prepared
from grader.equivalence.refute import QUICK_BITS, refute
from grader.equivalence.shapes import Shapes
from grader.equivalence.unknowns import DIMENSION, seeded, small_matrix, small_vector
from grader.expressions.build import number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace

Outcome = Literal["agree", "differ", "nothing"]
_BITS = (QUICK_BITS, 320)
POINTS = 3


class SizedSpace(Space):
    """A space whose vectors and matrices have given sizes."""

    def __init__(
        self,
        prepared: Prepared,
        assumptions: Assumptions,
        shapes: Shapes,
        sizes: Sizes,
        singular: frozenset[Expr] = frozenset(),
    ) -> None:
        super().__init__(prepared, assumptions)
        self._singular = singular
        letters = dict(shapes.letters())
        self._letters = {s: letters[s] for s in (*self.vectors, *self.matrices)}
        self._sizes = {d: sizes.get(shapes.find(d), 1) for shape in letters.values() for d in shape}
        self._of_calls = sizes.get(shapes.find(shapes.of_calls), 3)

    def environment(self, point: Point) -> dict[Any, Any]:
        """The values at a point; raises `Undefined`, `Unclear`."""
        env = super().environment(point)
        env[DIMENSION] = self._of_calls
        for letter, (rows, columns) in self._letters.items():
            if letter.kind == "vector":
                env[letter] = small_vector(letter.value, point.seed, self._sizes[rows])
            else:
                sizes = self._sizes[rows], self._sizes[columns]
                value = small_matrix(letter.value, point.seed, *sizes)
                env[letter] = _less(letter, value) if letter in self._singular else value
        return env


def _less(letter: Expr, value: Array) -> Array:
    """A matrix with its first row or its last column, by its name, as 0."""
    rows, columns, entries = value
    if seeded(str(letter.value)) % 2:
        return Array(rows, columns, (fmpq(0),) * columns + entries[columns:])
    zeroed = (fmpq(0) if k % columns == columns - 1 else e for k, e in enumerate(entries))
    return Array(rows, columns, tuple(zeroed))


@dataclass(frozen=True, slots=True)
class Unsized:
    """Two trees (every identity matrix apart), the shapes that fit both, and where they are compared."""

    trees: tuple[Expr, Expr]
    shapes: Shapes
    assumptions: Assumptions
    naturals: frozenset[str] = frozenset()


def compared(
    pair: Unsized, sizes: Sizes, letters: Mapping[Expr, int], singular: frozenset[Expr] = frozenset()
) -> Outcome:
    """Whether two trees agree at some points; for some letters their number is put, by dimension.

    The matrices that are `singular` have less than full rank.
    """
    table = {letter: number(sizes[d]) for letter, d in letters.items()}
    a, b = (replace(t, table) for t in pair.trees)
    prepared = Prepared((a, b), (), pair.naturals)
    space = SizedSpace(prepared, pair.assumptions, pair.shapes, sizes, singular)
    try:
        trial = refute(a, b, space, space.points(POINTS), _BITS, ignore_domain=False)
    except (Unsupported, ShapeError):
        return "nothing"
    if trial.separation is not None:
        return "differ"
    return "agree" if trial.agreed else "nothing"
