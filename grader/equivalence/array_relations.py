"""Relations between vectors or matrices: alike by a factor or a transpose, told apart by special values."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from typing import Any

from flint import fmpq

from grader.equivalence.arrays import Array, ShapeError
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import Unsupported, compile_tape
from grader.equivalence.points import Space
from grader.equivalence.precision import bits
from grader.equivalence.prepare import Prepared
from grader.equivalence.scalars import Unclear, Undefined
from grader.equivalence.sentences import place_text, value_text
from grader.equivalence.tape import Tape
from grader.equivalence.truths import Link, links
from grader.equivalence.unknowns import DIMENSION
from grader.equivalence.values import decide_values
from grader.expressions.build import mul, neg, transpose
from grader.expressions.identity import index_of
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_ARRAYS = frozenset(["vector", "matrix"])
_NUMBERS = tuple(Fraction(v) for v in ("1", "-1", "0", "2", "1/2"))
_MOST_LETTERS = 4
_MOST_LINKS = 3
_MOST_PLACES = 700
_BITS = 128


def compare_array_relations(first: Expr, second: Expr, assumptions: Assumptions) -> Verdict | None:
    """The verdict on two statements about vectors or matrices; None where it is open, or of numbers."""
    if not any(s.kind in _ARRAYS for s in free_symbols(first) | free_symbols(second)):
        return None
    ours, theirs = links(first), links(second)
    if ours and theirs and len(ours) == len(theirs) <= _MOST_LINKS and _matched(ours, theirs, assumptions):
        said = "One is the other, but for factors that have an inverse, or a transpose."
        return Verdict(Equality.EQUAL, Evidence(EvidenceKind.NORMAL_FORM, said, {"kernels": []}))
    try:
        return _told_apart(first, second, assumptions)
    except (Unsupported, ShapeError):
        return None


def _matched(ours: tuple[Link, ...], theirs: tuple[Link, ...], assumptions: Assumptions) -> bool:
    rest = list(theirs)
    for link in ours:
        match = next((k for k in rest if _alike(link, k, assumptions)), None)
        if match is None:
            return False
        rest.remove(match)
    return True


def _alike(a: Link, b: Link, assumptions: Assumptions) -> bool:
    """Whether two equations say the same of arrays, or of a determinant."""
    if a.operator != "=" or b.operator != "=":
        return False
    if a.gap.kind not in _ARRAYS and b.gap.kind not in _ARRAYS:
        return _equal(mul(a.gap, a.gap), mul(b.gap, b.gap), assumptions)
    for one, other in ((a, b), (b, a)):
        if any(_equal(one.gap, gap, assumptions) for gap in _forms(other)):
            return True
    return False


def _equal(left: Expr, right: Expr, assumptions: Assumptions) -> bool:
    return decide_values(left, right, assumptions).verdict is Equality.EQUAL


def _forms(link: Link) -> Iterator[Expr]:
    """The gap, and what is 0 where it is: by a sign, by what is inverted in it, transposed."""
    gap = link.gap
    inverted = {p.args[0]: None for p in walk(link.tree) if _is_inverse(p)}
    factors = [f for base in inverted for f in (base, transpose(base))]
    plain = [gap, *(mul(f, gap) for f in factors), *(mul(gap, f) for f in factors if gap.kind == "matrix")]
    for form in plain:
        yield form
        yield neg(form)
    if gap.kind == "matrix":
        for form in plain:
            yield transpose(form)
            yield neg(transpose(form))


def _is_inverse(part: Expr) -> bool:
    negative = part.head == "pow" and part.args[1].head == "number" and part.args[1].value == -1
    return negative and part.args[0].kind == "matrix"


def _told_apart(first: Expr, second: Expr, assumptions: Assumptions) -> Verdict | None:
    space = Space(Prepared((first, second)), assumptions)
    if space.coordinates or space.calls or space.complexes or space.unknowns:
        return None
    tapes = [compile_tape(t) for t in (first, second)]
    start = next(iter(space.points(1)), None)
    if start is None:
        return None
    with bits(_BITS):
        base = space.environment(start)
        for place in islice(_places(space), _MOST_PLACES):
            truths = _truths(tapes, {**base, **place})
            if truths in ([True, False], [False, True]):
                return _different(place, truths[0])
    return None


def _truths(tapes: list[Tape], environment: dict[Any, Any]) -> list[bool] | None:
    try:
        return [bool(tape.run(environment)) for tape in tapes]
    except (Undefined, Unclear, ShapeError):
        return None


def _places(space: Space) -> Iterator[dict[Any, Any]]:
    """Special values for all letters, all of one size."""
    size = 2 if len(space.dimensions) > 1 else space.dimensions[0]
    arrays = [s for s in (*space.vectors, *space.matrices) if index_of(s) is None]
    if size not in (2, 3) or not 0 < len(arrays) + len(space.scalars) <= _MOST_LETTERS:
        return
    pools = [
        *(_vectors(size) if s.kind == "vector" else _matrices(size) for s in arrays),
        *(
            tuple(fmpq(v.numerator, v.denominator) for v in _NUMBERS if space.domains[s].holds(v))
            for s in space.scalars
        ),
    ]
    units = {s: _matrices(size)[0] for s in space.matrices if index_of(s) is not None}
    for values in product(*pools):
        yield {DIMENSION: size, **units, **dict(zip((*arrays, *space.scalars), values, strict=True))}


def _vectors(size: int) -> tuple[Array, ...]:
    heads = ((1, 0), (-1, 0), (0, 1), (0, 0), (1, 1), (2, 0), (3, 4), (1, -1))
    return tuple(Array(size, 1, tuple(fmpq(k) for k in (*head, *(0,) * (size - 2)))) for head in heads)


def _matrices(size: int) -> tuple[Array, ...]:
    """Square matrices that differ from the identity in one corner: the identity first."""
    corners = (
        (1, 0, 0, 1), (0, 1, 0, 0), (0, 1, 1, 0), (1, 0, 0, 0), (0, -1, 1, 0), (1, 1, 0, 1), (-1, 0, 0, -1),
        (2, 0, 0, 1), (1, 2, 3, 4), (0, 0, 0, 0),
    )  # fmt: skip
    return tuple(_with_corner(corner, size) for corner in corners)


def _with_corner(corner: tuple[int, ...], size: int) -> Array:
    last = corner[3]  # so that multiples of the identity are such in every size
    entries = [
        corner[2 * i + j] if i < 2 and j < 2 else (last if i == j else 0)
        for i in range(size)
        for j in range(size)
    ]
    return Array(size, size, tuple(fmpq(e) for e in entries))


def _different(place: dict[Any, Any], first_holds: bool) -> Verdict:
    letters = {s: v for s, v in place.items() if isinstance(s, Expr) and index_of(s) is None}
    point = {str(s.value).removeprefix("vec(").removesuffix(")"): value_text(v) for s, v in letters.items()}
    holding, other = ("first", "second") if first_holds else ("second", "first")
    said = f"At {place_text(point)} the {holding} holds and the {other} does not."
    texts = (str(first_holds).lower(), str(not first_holds).lower())
    data = {"point": point, "left": texts[0], "right": texts[1], "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, said, data))
