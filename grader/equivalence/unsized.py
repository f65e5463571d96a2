"""What a verdict on abstract matrices leaves open: the ladder takes all of them as square, of one size.

Where `X^T X` is inverted, X need not be square. A determinant or a trace may depend on the size; a letter
that stands for it in every size is taken for it, and what holds for some sizes only waits for a person.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.features import features
from grader.equivalence.grams import Gram, layouts, open_grams, uniform
from grader.equivalence.prepare import Prepared
from grader.equivalence.refute import QUICK_BITS
from grader.equivalence.sentences import undecided
from grader.equivalence.shapes import Misfit, Shapes, apart
from grader.equivalence.size_letters import by_size, identity_places, tied
from grader.equivalence.sized import POINTS, Unsized, compared
from grader.expressions.nodes import walk
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_OF_SIZE = frozenset(["det", "tr", "rank"])


def with_sizes(found: Verdict, prepared: Prepared, assumptions: Assumptions) -> Verdict:
    """The verdict, or what becomes of it where matrices need not be square, nor of one size.

    EQUAL becomes UNKNOWN where it holds for square matrices only; DIFFERENT becomes UNKNOWN where it does
    not hold for some size, and EQUAL where a letter stands for the size.
    """
    known = [features(t) for t in prepared.trees]
    if not any("matrix" in f.kinds for f in known) or prepared.coordinates:
        return found
    inverted = any("pow" in f.heads for f in known)
    numbers = any(not f.calls.isdisjoint(_OF_SIZE) or "norm" in f.heads for f in known)
    if not (numbers or (inverted and found.verdict is not Equality.DIFFERENT)):
        return found
    try:
        a, b = apart(prepared.trees[:2])
        pair = Unsized((a, b), Shapes((a, b)), assumptions, prepared.naturals)
        return _equal(found, pair) if found.verdict is Equality.EQUAL else _unequal(found, pair)
    except Misfit:
        return found


def _unequal(found: Verdict, pair: Unsized) -> Verdict:
    """What differs, or has no value, where all matrices are square and of one size."""
    meant = by_size(found, pair)
    if meant is not found or found.verdict is Equality.DIFFERENT:
        return meant
    sizes = layouts(pair.shapes, open_grams(pair.trees, pair.shapes))
    if not sizes or any(compared(pair, s, tied(pair)) != "agree" for s in sizes):
        return found
    sentence = "Not told apart where no matrix is square that need not be; this is not a proof."
    data = {"points": POINTS * len(sizes), "bits": QUICK_BITS}
    return Verdict(Equality.EQUAL, Evidence(EvidenceKind.CONSISTENT, sentence, data))


def _equal(found: Verdict, pair: Unsized) -> Verdict:
    """Whether it still holds where no matrix is square that need not be, or has an inverse."""
    if any("rank" in features(t).calls for t in pair.trees) and _takes_full_rank(pair):
        return undecided("They are equal if the matrices have full rank, which nothing here says.")
    ours, theirs = (open_grams((t,), Shapes((t,))) for t in pair.trees)
    if not ours and not theirs:
        return _of_two_sizes(found, pair)
    grams = open_grams(pair.trees, pair.shapes)
    if len(grams) < len(ours) + len(theirs):
        return _square([*ours, *theirs])
    ties = tied(pair)
    if any(compared(pair, sizes, ties) == "differ" for sizes in layouts(pair.shapes, grams)):
        return _square(grams)
    return found


def _square(grams: Sequence[Gram]) -> Verdict:
    names = sorted({n[4:-1] if n.startswith("vec(") else n for g in grams for n in g.letters})
    said = f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} square"
    return undecided(f"They are equal if {said}, which nothing here says.")


def _of_two_sizes(found: Verdict, pair: Unsized) -> Verdict:
    """`tr I_n` beside `tr I_m`, which a ladder with one size takes for the same."""
    places = identity_places(pair)
    names = sorted(set(places.values()))
    sizes = uniform(pair.shapes, 2, {d: names.index(name) + 2 for d, name in places.items()})
    if len(names) < 2 or compared(pair, sizes, {}) != "differ":
        return found
    return undecided(f"They are equal if {' = '.join(names)}, which nothing here says.")


def _takes_full_rank(pair: Unsized) -> bool:
    """Whether it fails for matrices without an inverse, of those that are not inverted."""
    inverted = [p for t in pair.trees for p in walk(t) if p.head == "pow"]
    kept = frozenset().union(*(free_symbols(p) for p in inverted))
    loose = [s for s, _ in pair.shapes.letters() if s.kind == "matrix" and s not in kept]
    sizes = uniform(pair.shapes, 3)
    return any(compared(pair, sizes, {}, frozenset([s])) == "differ" for s in loose)
