"""The first line that is wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.answers.records import Checked, FinalAnswer
from grader.answers.withdrawn import first_failure_of
from grader.claims import Claim
from grader.diagnosis.causes import explanation, misconception
from grader.diagnosis.misplaced import misplaced
from grader.diagnosis.misstated import misstated
from grader.records import Equality, Evidence, EvidenceKind, Place, StepVerdict
from grader.working import Step, Working
from grader.working.arguments.quantity import names
from grader.working.arguments.rounding import is_rounded_from

__all__ = ["Failure", "explanation", "first_failure", "misconception"]

_ROUGHLY = re.compile(r"\b(?:approximately|approx|about|roughly|around|nearly)\b")


_SLOPES = ("gradient", "derivative", "derived", "apply")
_SLOPE = re.compile(r"\b(derivatives?|differentiat\w+|slopes?)\b")


@dataclass(frozen=True, slots=True)
class Failure:
    """The first wrong line: where, as written, why; `step` is None where only the answer is wrong."""

    place: Place
    source: str
    evidence: Evidence | None
    step: Step | None

    @property
    def sides(self) -> tuple[str, str]:
        """What the evidence compares, in words: two sides of a line, or the line and the right value."""
        if self.step is None:
            return "this", "the right value"
        if self.step.quantity:
            return "the right value", "this"
        if self.step.cause == "wrong-critical-point":
            return "the derivative there", "at a maximum it"
        return "the left side", "the right side"


def first_failure(working: Working, answer: Checked, untrue: Sequence[Claim] = ()) -> Failure | None:
    """The first step that fails or claim that is untrue; else the final answer, if it is wrong."""
    step = first_failure_of(working)
    found = [Failure(step.place, step.source, step.evidence, step)] if step is not None else []
    found += [Failure(claim.place, claim.source, None, None) for claim in untrue]
    elsewhere = misplaced(working) if _is_wrong(answer) else None
    if elsewhere is not None:
        elsewhere = replace(elsewhere, cause=elsewhere.cause or "wrong-critical-point")
        found.append(Failure(elsewhere.place, elsewhere.source, None, elsewhere))
    otherwise = misstated(working) if _is_wrong(answer) else None
    if otherwise is not None:
        found.append(Failure(otherwise.place, otherwise.source, otherwise.evidence, otherwise))
    if found:
        return min(found, key=lambda f: (f.place.file, f.place.cell or 0, f.place.line, f.place.column))
    return _wrong_answer(working, answer)


def _is_wrong(answer: Checked) -> bool:
    """Whether a final answer is wrong, and not by what the student has got before."""
    wrong = answer.answer is not None and answer.verdict is Equality.DIFFERENT
    return wrong and not (answer.followed or answer.easier or _only_other_terms(answer.evidence))


def _wrong_answer(working: Working, answer: Checked) -> Failure | None:
    """The final answer, where it is wrong and no line before it is."""
    if answer.answer is None or not _is_wrong(answer) or answer.answer.words:
        return None
    excused = (_holds, _is_of_slope, _only_rounded)
    if answer.answer.unnamed or any(holds(answer.answer, working) for holds in excused):
        return None
    return Failure(answer.answer.place, answer.answer.source, answer.evidence, None)


def _holds(answer: FinalAnswer, working: Working) -> bool:
    """Whether the line is true as it stands, and nothing says that it is what was asked for."""
    known = working.known
    stated = [s for s in working.statements if s.line.place == answer.place]
    if any(phrase in s.line.intro for s in stated for phrase in known.target.phrases):
        return False
    here = [s for s in working.steps if s.place == answer.place and s.source == answer.source]
    points = {point.line for point in known.points}
    if any(names(m, known) for s in stated for m in s.members) and any(
        points & set(s.premises) for s in here
    ):
        return False  # the quantity, read at a place that was stated
    return bool(here) and all(s.verdict is StepVerdict.HOLDS for s in here)


def _is_of_slope(answer: FinalAnswer, working: Working) -> bool:
    """Whether words call it a derivative, where none is asked for: a step on the way, and no wrong answer."""
    stated = [s for s in working.statements if s.line.place == answer.place]
    said = any(_SLOPE.search(s.line.sentence.lower()) for s in stated if len(s.members) == 1)
    return said and not any(n.head in _SLOPES for n in working.known.target.named)


def _only_rounded(answer: FinalAnswer, working: Working) -> bool:
    """Whether it is the right value in the figures that are written, where no figures are asked for.

    Two decimals, or words that say so, tell it from another value.
    """
    known, written = working.known, answer.tree
    if written.head != "decimal" or known.target.figures is not None:
        return False
    said = any(_ROUGHLY.search(s.line.intro) for s in working.statements if s.line.place == answer.place)
    exact = written.value[1] > 1 or said
    return exact and any(is_rounded_from(written, r, known) for r in known.target.references)


def _only_other_terms(evidence: Evidence | None) -> bool:
    """True, but not written in the terms that were asked for: nothing is wrong with the line."""
    return evidence is not None and evidence.kind is EvidenceKind.CLAIM
