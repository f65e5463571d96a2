"""`answer: equal`: the final answer is the reference, or is right by follow-through."""

from __future__ import annotations

from grader.answers.unread import UNREAD
from grader.criteria.records import Gathered
from grader.records import Equality, Match, Met
from grader.spec.model import AnswerIs


def answer_is(condition: AnswerIs, gathered: Gathered) -> Match:
    """Met by an equal answer; unsure when several answers stand or it could not be decided."""
    checked = gathered.answer
    if checked.answer is None:
        return Match(Met.UNSURE, UNREAD) if checked.unread else Match(Met.NO, "no final answer was found")
    place = checked.answer.place
    if checked.hedged:
        return Match(Met.UNSURE, "several different final answers stand", place)
    if checked.answer.unsolved:
        said = "it is an equation that is not solved for what is asked"
        return Match(Met.UNSURE, said, checked.answer.place)
    if checked.answer.components:
        return Match(Met.UNSURE, "only single components of it are given", place)
    if checked.answer.words:
        said = f"the words `{checked.answer.words}` change what the formula says"
        return Match(Met.UNSURE, said, place, checked.evidence)
    if checked.answer.undecided:
        said = "its line goes on to something of which it could not be decided whether it is the same"
        return Match(Met.UNSURE, said, place, checked.evidence)
    if checked.verdict is Equality.EQUAL:
        return Match(Met.YES, "right", place, checked.evidence, checked.remarks)
    if checked.answer.unnamed:
        said = "it stands behind a name that the question does not use"
        return Match(Met.UNSURE, said, place, checked.evidence)
    if checked.followed:
        reason = "right, carried on from the earlier answer"
        return Match(Met.YES, reason, place, checked.evidence, checked.remarks, followed=True)
    if checked.easier:
        reason = "right for the earlier answer, but that made the question easier: nothing is carried on"
        return Match(Met.NO, reason, place, checked.evidence)
    if checked.verdict is Equality.UNKNOWN:
        why = checked.evidence.sentence if checked.evidence else "the final answer could not be decided"
        return Match(Met.UNSURE, why, place, checked.evidence)
    return Match(Met.NO, "the final answer is not right", place, checked.evidence)
