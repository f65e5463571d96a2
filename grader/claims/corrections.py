"""Taking things back: "actually, no: it is never 0" replaces what was said, "I am not sure" doubts it."""

from __future__ import annotations

from collections.abc import Sequence

from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.drafts import Draft
from grader.claims.items import Item
from grader.claims.lexicon import CORRECTIONS, ELLIPSIS, HEDGES, ROLES
from grader.claims.phrases import any_phrase
from grader.claims.sentence import Sentence, spelled

_CORRECTIONS = any_phrase(CORRECTIONS)
_HEDGES = any_phrase(HEDGES)
_OPPOSITE = {"greater": ("less", "at-most"), "less": ("greater", "at-least")}

Spot = tuple[int, int]


def turn(items: Sequence[Item]) -> Spot | None:
    """Where a sentence begins to correct what stands before: (piece, character); None if it does not.

    Only at the beginning of the sentence, after a comma, or after a dash: "it actually tends to 0" corrects
    nothing.
    """
    view = spelled(items)
    for start, _ in view.spans(_CORRECTIONS):
        before = items[start - 1] if start else None
        if before is None or before.kind in ("comma", "stop") or before.lemma in ("but", "no", "or"):
            return (items[start].piece, items[start].start)
    return None


def corrected(new: Sequence[Draft], before: Sequence[Draft]) -> None:
    """Leaves out of `before` what `new` says the opposite of."""
    for later in new:
        if later.hedge or later.modality in ("hypothetical", "question", "purpose"):
            continue
        for earlier in before:
            if opposite(later, earlier) or opposite(earlier, later):
                earlier.hedge = "told"


def opposite(left: Draft, right: Draft) -> bool:
    """Whether two claims about one quantity exclude each other."""
    if left.subject is not right.subject or left.target is not right.target:
        return False
    if left.predicate == right.predicate:
        return left.negated != right.negated
    if left.negated or right.negated:
        return False
    return left.predicate in ("greater", "less") and right.predicate in (
        "equals",
        *_OPPOSITE[left.predicate],
    )


def contradicts_shortly(text: Sentence, clause: Clause, context: Context) -> bool:
    """ "It is never zero, they say; but it is": a contrast that only turns the last claim over."""
    words = text.lemmas(clause.start, clause.end)
    if clause.role != "contrast" or len(words) < 2 or not ELLIPSIS.issuperset(words):
        return False
    said = [d for d in (context.made or context.previous) if d.predicate in ("equals", "greater")]
    if not said:
        return False
    denies = bool({"not", "never"}.intersection(words))
    for draft in said:
        positive = draft.attains
        if draft.clause == said[-1].clause and positive == denies:
            draft.hedge = draft.hedge or "it is taken back"
    return True


def doubts(text: Sentence, clause: Clause, context: Context) -> bool:
    """Whether a clause only says that what stands before it is not sure; if so it is in doubt."""
    if not any(clause.start <= start < clause.end for start, _ in text.full.spans(_HEDGES)):
        return False
    alone = all(i.kind in ("comma", "stop") for i in (*text.items[: clause.start], *text.items[clause.end :]))
    after = text.items[clause.end].lemma if clause.end < len(text.items) else ""
    if ROLES.get(after) == "condition" and not alone:
        return False  # "probably when w -> oo" doubts what follows
    said = context.made or (context.previous if alone else [])
    if not said:
        return False
    for draft in said:
        if draft.clause == said[-1].clause:
            draft.hedge = draft.hedge or "it is said with doubt"
    return True
