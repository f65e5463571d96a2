"""The first line that is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.answers.records import Checked, FinalAnswer
from grader.answers.withdrawn import first_failure_of
from grader.claims import Claim
from grader.diagnosis.causes import explanation, misconception
from grader.records import Equality, Evidence, EvidenceKind, Place, StepVerdict
from grader.working import Step, Working

__all__ = ["Failure", "explanation", "first_failure", "misconception"]


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
    if found:
        return min(found, key=lambda f: (f.place.file, f.place.cell or 0, f.place.line, f.place.column))
    return _wrong_answer(working, answer)


def _wrong_answer(working: Working, answer: Checked) -> Failure | None:
    """The final answer, where it is wrong and no line before it is."""
    wrong = answer.answer is not None and answer.verdict is Equality.DIFFERENT
    carried = answer.followed or answer.easier
    if not wrong or carried or answer.answer is None or _only_other_terms(answer.evidence):
        return None
    if answer.answer.words or _holds(answer.answer, working):
        return None
    return Failure(answer.answer.place, answer.answer.source, answer.evidence, None)


def _holds(answer: FinalAnswer, working: Working) -> bool:
    """Whether the line is true as it stands, and no words say that it is what was asked for."""
    named = [s for s in working.statements if s.line.place == answer.place]
    phrases = working.known.target.phrases
    if any(phrase in s.line.intro for s in named for phrase in phrases):
        return False
    here = [s for s in working.steps if s.place == answer.place and s.source == answer.source]
    return bool(here) and all(s.verdict is StepVerdict.HOLDS for s in here)


def _only_other_terms(evidence: Evidence | None) -> bool:
    """True, but not written in the terms that were asked for: nothing is wrong with the line."""
    return evidence is not None and evidence.kind is EvidenceKind.CLAIM
