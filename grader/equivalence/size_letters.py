"""A determinant or a trace and the size of the matrices: a letter may stand for it, or a number by chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from grader.equivalence.features import features
from grader.equivalence.grams import Gram, Sizes, dimensions, layouts, open_grams, uniform
from grader.equivalence.refute import QUICK_BITS
from grader.equivalence.sentences import undecided
from grader.equivalence.size_customs import COLUMNS, ROWS, inside, is_usual
from grader.equivalence.sized import POINTS, Unsized, compared
from grader.expressions.identity import index_of
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, EvidenceKind, Verdict

Meaning = dict[Expr, int]  # letters, and the dimensions that they stand for
_SIZES = (3, 2, 4, 5)
_MOST = 3
_NUMBERS = ("scalar", "integer")


def by_size(found: Verdict, pair: Unsized) -> Verdict:
    """A verdict that is not EQUAL, judged again for several sizes, with letters taken for sizes."""
    grams = open_grams(pair.trees, pair.shapes)
    tries = _tries(pair, grams)
    ties = tied(pair)
    for meaning in _meanings(pair, ties, grams, tries):
        if all(compared(pair, sizes, meaning) == "agree" for sizes in tries):
            usual = all(s in ties or is_usual(s, d, pair, grams) for s, d in meaning.items())
            usual &= len(set(meaning.values())) == len(meaning)  # two letters are not for one size
            return _as_meant(meaning, usual, pair, grams, len(tries))
    if found.verdict is Equality.UNKNOWN or grams or len(set(identity_places(pair).values())) > 1:
        return found
    fitting = [k for k, s in zip(_SIZES, tries, strict=False) if compared(pair, s, ties) == "agree"]
    if not fitting or len(fitting) == len(tries):
        return found
    sizes = " and ".join(f"{k} by {k}" for k in sorted(fitting))
    return undecided(f"They are equal for {sizes} matrices, and nothing here says how large they are.")


def identity_places(pair: Unsized) -> dict[int, str]:
    """The dimensions of the identity matrices below which a letter stands."""
    letters = pair.shapes.letters()
    return {pair.shapes.find(shape[0]): name for s, shape in letters if (name := index_of(s))}


def tied(pair: Unsized) -> Meaning:
    """The letters that stand below an identity matrix, so that they are its size."""
    places = identity_places(pair)
    names = list(places.values())
    free = {str(s.value): s for t in pair.trees for s in features(t).free if s.kind in _NUMBERS}
    return {free[n]: d for d, n in places.items() if n in free and names.count(n) == 1}


def _tries(pair: Unsized, grams: Sequence[Gram]) -> list[Sizes]:
    """Different sizes for everything of which the size is not said; none if it is said."""
    if all(pair.shapes.size(d) is not None for d in dimensions(pair.shapes)):
        return []
    if grams:
        return [s for shift in (0, 1) for s in layouts(pair.shapes, grams, shift)]
    places = identity_places(pair)
    names = sorted(set(places.values()))
    more = {d: names.index(name) for d, name in places.items()}
    return [uniform(pair.shapes, k, {d: k + gap for d, gap in more.items()}) for k in _SIZES]


def _meanings(pair: Unsized, ties: Meaning, grams: Sequence[Gram], tries: list[Sizes]) -> Iterator[Meaning]:
    """What letters may mean, the usual first."""
    if not tries:
        return
    if ties:
        yield ties
    places = {tuple(s[d] for s in tries): d for d in reversed(dimensions(pair.shapes))}
    open_places = [d for d in places.values() if pair.shapes.size(d) is None][:_MOST]
    letters = _letters(pair, ties)
    found = []
    for chosen in product((None, *open_places), repeat=len(letters)):
        more = {s: d for s, d in zip(letters, chosen, strict=True) if d is not None}
        if more:
            found.append((sum(not is_usual(s, d, pair, grams) for s, d in more.items()), {**ties, **more}))
    yield from (meaning for _, meaning in sorted(found, key=lambda one: one[0]))


def _letters(pair: Unsized, ties: Meaning) -> list[Expr]:
    """The letters that may stand for a size: those that are used for it, or at least not within a matrix."""
    free = {s for t in pair.trees for s in features(t).free if s.kind in _NUMBERS and s not in ties}
    within = inside(pair)
    names = [s for s in free if str(s.value) in ROWS | COLUMNS]
    others = [s for s in free - within if len(str(s.value)) == 1 and str(s.value).isascii()]
    return sorted({*names, *others} if len(free) <= _MOST else names, key=lambda s: str(s.value))[:_MOST]


def _as_meant(meaning: Meaning, usual: bool, pair: Unsized, grams: Sequence[Gram], sizes: int) -> Verdict:
    said = " and ".join(
        f"{s.value} is {_described(d, pair, grams)}"
        for s, d in sorted(meaning.items(), key=lambda m: str(m[0].value))
    )
    if not usual:
        return undecided(f"They are equal if {said}, which nothing here says.")
    sentence = (
        f"They are equal if {said}, as is taken here: not told apart for {sizes} sizes; this is not a proof."
    )
    data = {"points": POINTS * sizes, "bits": QUICK_BITS}
    return Verdict(Equality.EQUAL, Evidence(EvidenceKind.CONSISTENT, sentence, data))


def _described(dimension: int, pair: Unsized, grams: Sequence[Gram]) -> str:
    """A dimension in words."""
    letters = sorted(
        (
            (str(s.value), shape)
            for s, shape in pair.shapes.letters()
            if s.kind == "matrix" and index_of(s) is None
        ),
    )
    if not letters:
        return "the size of the identity matrix"
    if not grams:
        return f"the size of {letters[0][0]}" if len(letters) == 1 else "the size of the matrices"
    for name, shape in letters:
        for d, side in zip(shape, ("rows", "columns"), strict=True):
            if pair.shapes.find(d) == dimension:
                return f"the number of {side} of {name}"
    return "their size"
