"""How far a claim is meant: doubted, told of others, a task, or said of some cases only.

"It is never 0" is a claim about every case; "usually", "for some w" and "at p = 1/2" make less of it, and
"if it is never 0, ..." only supposes it. What is not meant without reserve asks for a person.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.claims import lexicon
from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.directions import infinite
from grader.claims.drafts import Draft
from grader.claims.event import Event
from grader.claims.items import is_value
from grader.claims.model import ASSERTED
from grader.claims.phrases import any_phrase
from grader.claims.sentence import Sentence
from grader.expressions import build
from grader.expressions.nodes import Expr

_HEDGES = any_phrase(lexicon.HEDGES)
_REPORTED = any_phrase(lexicon.REPORTED)
_PERMITTED = any_phrase(lexicon.PERMITTED)
_TASKS = any_phrase(lexicon.TASKS)
_PARTLY = any_phrase(lexicon.PARTLY)
_MOSTLY = any_phrase(lexicon.MOSTLY)
_SUPPOSED = frozenset(["if", "provided", "assume", "assuming", "whether"])
_SUPPOSING = frozenset(["suppose", "let", "assume"])
_ALWAYS = frozenset(["never", "always", "any", "every", "can", "nowhere", "no"])


def reserve(text: Sentence, clause: Clause, event: Event, target: Expr | None) -> str:
    """Why a claim is not to be believed: told of others ("told"), said with doubt, or "" if it is meant.

    "w may grow without bound" restates what is allowed; "it may be zero" is a doubt.
    """
    if any(start < clause.end and end > clause.start for start, end in text.full.spans(_REPORTED)):
        return "told"
    if "may" in text.lemmas(clause.start, event.end) and infinite(target):
        return "told"
    if any(clause.start <= start < clause.end for start in _doubting(text)):
        return "it is said with doubt"
    tasks = [start for start, _ in text.full.spans(_TASKS) if clause.start <= start < event.start]
    return "this is something to show" if tasks else ""


def _doubting(text: Sentence) -> list[int]:
    """Where words of doubt begin; "it may be made small" is none."""
    allowed = {start for start, _ in text.full.spans(_PERMITTED)}
    return [start for start, _ in text.full.spans(_HEDGES) if start not in allowed]


def narrowed(text: Sentence, clause: Clause, event: Event, draft: Draft, context: Context) -> str:
    """Why a claim about the question's quantity is less than it seems; "" if it is not."""
    if draft.subject is not context.focus:
        return ""
    vanishes = draft.predicate == "tends" and draft.target is build.ZERO and not draft.negated
    if not universal(draft) and not vanishes:
        return ""
    words = text.lemmas(clause.start, event.start)
    if _SUPPOSED.intersection(clause.leads) or (universal(draft) and _SUPPOSING.intersection(words)):
        return "it is only supposed"
    if not universal(draft):
        return ""
    if any(clause.start <= start <= clause.end + 1 for start, _ in text.full.spans(_PARTLY)):
        return "it is said of some cases only"
    always = _ALWAYS.intersection(text.lemmas(clause.start, clause.end))
    mostly = any(clause.start <= start <= clause.end for start, _ in text.full.spans(_MOSTLY))
    return "it is said of most cases only" if mostly and not always else ""


def alternatives(made: Sequence[Draft], context: Context) -> None:
    """ "It is 0 or close to 0": which of the two is not said."""
    own = [d for d in made if d.subject is context.focus and d.role in ("main", "result", "contrast")]
    for draft in own:
        beside = [d for d in own if d.clause == draft.clause - 1] if draft.leads[-1:] == ("or",) else []
        said = (draft.predicate, draft.target, draft.negated)
        for other in beside:
            if (other.predicate, other.target, other.negated) != said:
                draft.hedge = other.hedge = "one of two"


def universal(draft: Draft) -> bool:
    """Whether a claim excludes a value: "never 0", "always positive"."""
    if draft.target is not build.ZERO:
        return False
    return (draft.predicate == "equals" and draft.negated) or (
        draft.predicate == "greater" and not draft.negated
    )


def one_case(made: Sequence[Draft], context: Context) -> None:
    """ "It is not 0 at p = 1/2" says nothing of other cases."""
    for draft in made:
        said = draft.modality in ASSERTED and not draft.denied and draft.role != "purpose"
        if draft.subject is not context.focus or not universal(draft) or not said:
            continue
        fixed = [c for c in draft.condition if c.attains and c.named and c.modality in ASSERTED]
        if any(c.target is not None and is_value(c.target) for c in fixed):
            other = any(d.attains and d.subject is draft.subject for d in made)
            draft.hedge = draft.hedge or ("told" if other else "it is said of one case only")
