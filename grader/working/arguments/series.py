"""`5 + 8 + 11 + ... + 62`: how many terms the series of a question has, and what its sum is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from grader.expressions.build import number
from grader.records import Equality, Evidence, EvidenceKind, Piece, StepVerdict
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial

_DOTS = r"(?:\\[lc]?dots[bc]?|\.\.\.|…)"
_SERIES = re.compile(
    r"(?<![\w^.+*/-])(\d+) ?\+ ?(\d+) ?\+ ?(\d+)(?: ?\+ ?\d+)* ?\+ ?"
    rf"{_DOTS} ?\+ ?(\d+)(?:\^\{{?(\d+)\}}?)?(?![\w^(]|\.\d)"
)
_COUNT = re.compile(r"\bnumber of terms( here| in (it|the (sum|series)))?( is| =|:)?\s*$")
_LONGEST = 10_000


def with_series(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the number of terms and the sum of the only series of numbers in a text."""
    text = re.sub(r"\s+", " ", "".join(piece.text for piece in pieces))
    found = {one for match in _SERIES.finditer(text) if (one := _measured(match)) is not None}
    return replace(known, series=found.pop()) if len(found) == 1 else known


def _measured(match: re.Match[str]) -> tuple[int, int] | None:
    first, second, third = (int(match[k]) for k in (1, 2, 3))
    last = int(match[4]) ** min(int(match[5] or 1), 64)
    if second - first == third - second != 0:
        count = Fraction(last - first, second - first) + 1
        whole = count.denominator == 1 and 3 < count <= _LONGEST
        return (int(count), int(count * (first + last) / 2)) if whole else None
    if not first or second * second != first * third:
        return None
    return _geometric(first, Fraction(second, first), last)


def _geometric(first: int, ratio: Fraction, last: int) -> tuple[int, int] | None:
    terms = [Fraction(first)]
    while ratio > 1 and terms[-1] < last:
        terms.append(terms[-1] * ratio)
    total = sum(terms)
    return (len(terms), int(total)) if terms[-1] == last and total.denominator == 1 else None


def of_series(trial: Trial) -> Judgement | None:
    """Fails for another number of terms where words say that it is that, and for another sum S."""
    link, known = trial.link, trial.known
    if known.series is None or link.operator != "=" or not link.first or link.left.head != "symbol":
        return None
    if unknowns(known.coordinates(link.right)):
        return None
    count, total = known.series
    counted = _COUNT.search(link.cue) is not None
    if not counted and link.left.value != "S":
        return None
    meant, what = (count, "number of terms") if counted else (total, "sum")
    if trial.compare(link.right, number(meant)).verdict is not Equality.DIFFERENT:
        return None
    sentence = f"The {what} of the series in the question is another one."
    return Judgement(StepVerdict.FAILS, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence))
