"""Two trees compared where each abstract matrix has a shape of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from grader.equivalence.arrays import ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported
from grader.equivalence.grams import Sizes
from grader.equivalence.points import Point, Space
from grader.equivalence.prepare import Prepared
from grader.equivalence.refute import QUICK_BITS, refute
from grader.equivalence.shapes import Shapes
from grader.equivalence.unknowns import DIMENSION, small_matrix, small_vector
from grader.expressions.build import number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace

Outcome = Literal["agree", "differ", "nothing"]
_BITS = (QUICK_BITS, 320)
POINTS = 3


class SizedSpace(Space):
    """A space whose vectors and matrices have given sizes."""

    def __init__(self, prepared: Prepared, assumptions: Assumptions, shapes: Shapes, sizes: Sizes) -> None:
        super().__init__(prepared, assumptions)
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
                env[letter] = small_matrix(letter.value, point.seed, *sizes)
        return env


@dataclass(frozen=True, slots=True)
class Unsized:
    """Two trees (every identity matrix apart), the shapes that fit both, and where they are compared."""

    trees: tuple[Expr, Expr]
    shapes: Shapes
    assumptions: Assumptions
    naturals: frozenset[str] = frozenset()


def compared(pair: Unsized, sizes: Sizes, letters: Mapping[Expr, int]) -> Outcome:
    """Whether two trees agree at some points; for some letters their number is put, by dimension."""
    table = {letter: number(sizes[d]) for letter, d in letters.items()}
    a, b = (replace(t, table) for t in pair.trees)
    space = SizedSpace(Prepared((a, b), (), pair.naturals), pair.assumptions, pair.shapes, sizes)
    try:
        trial = refute(a, b, space, space.points(POINTS), _BITS, ignore_domain=False)
    except (Unsupported, ShapeError):
        return "nothing"
    if trial.separation is not None:
        return "differ"
    return "agree" if trial.agreed else "nothing"
