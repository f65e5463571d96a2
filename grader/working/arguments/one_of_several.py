"""One of several solutions, which is all that is said: "the principal value is", "either ... or ..."."""

from __future__ import annotations

from grader.expressions.nodes import Expr
from grader.records import Evidence, EvidenceKind, StepVerdict
from grader.working import cues
from grader.working.arguments.forms import is_chosen
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Link


def as_one_of(found: Judgement | None, link: Link, known: Knowledge) -> Judgement | None:
    """Holds for one of several solutions where words say that it is one of them: "the principal value is".

    Of a letter in a form that is asked for (the angle in `R cos(x - alpha)`) one value is enough.
    """
    if found is None or found.verdict is not StepVerdict.FAILS or found.evidence is None:
        return None
    place = found.evidence.data.get("lost_from")
    told = cues.IS_ONE_OF.match(link.outro) or cues.TAKEN_FOR.match(link.outro)
    said = cues.ONE_OF.search(link.cue) or told or is_chosen(link.left, known)
    return one_case(found.premises, link.relation, place) if said and isinstance(place, str) else None


def one_case(lines: tuple[int, ...], relation: Expr, place: str) -> Judgement:
    """One of several solutions, which is all that is said; `place` is that of the equation."""
    sentence = f"One of the cases of line {lines[-1]}; other lines take the rest."
    evidence = Evidence(EvidenceKind.CONSISTENT, sentence, {"lost_from": place})
    return Judgement(StepVerdict.HOLDS, evidence, lines, point=relation)
