"""Sentences that say something and from which nothing was read: a person should look, where marks hang on it.

A sentence about a quantity of the question ("it does the saturation thing at both ends") is noted always; any
other ("like in the lecture") only where the whole text claims nothing of the question's quantities. What only
tells what was done ("we computed the gradient above"), asks, or restates the question is no claim.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.claims.clauses import Clause
from grader.claims.context import Context, Mute
from grader.claims.directions import infinite
from grader.claims.items import Item, is_value
from grader.claims.lexicon import COLOURING, HEDGES, NARRATION, NEGATORS, REPORTED, ROLES
from grader.claims.model import Unclear
from grader.claims.phrases import any_phrase
from grader.claims.quantities import unfold
from grader.claims.sentence import Sentence
from grader.expressions import build
from grader.expressions.rewrite import free_symbols

_ASIDE = any_phrase((*HEDGES, *REPORTED))
_ATTAINING = frozenset(["attain", "reach", "achieve", "touch", "hit", "zero", "0", "give", "equal"])
_IDLE = COLOURING | ROLES.keys() | {"be", "answer", "yes", "no", "so", "solution", "part", "question"}


def mute(context: Context, text: Sentence) -> Mute | None:
    """What to note of a sentence without events; None if it says nothing that could be a claim."""
    words = [i for i in text.items if i.kind == "word" and i.lemma not in _IDLE]
    values = [i for i in text.items if i.kind == "value" and (i.tree is build.ZERO or infinite(i.tree))]
    told = NARRATION.intersection(i.lemma for i in words) or text.full.spans(_ASIDE)
    denied = bool(NEGATORS.intersection(i.lemma for i in text.items))
    if told or (len(words) < 2 - denied and not values):
        return None
    noted = Unclear(*context.spot(text.items), "nothing in it was understood")
    return Mute(noted, bool(words) and _about(context, text, words, denied))


def denies_unread(text: Sentence, clause: Clause) -> bool:
    """Whether a clause from which nothing was read denies something: "which no finite w gives"."""
    words = text.lemmas(clause.start, clause.end)
    if NARRATION.intersection(words) or clause.role not in ("main", "contrast", "result"):
        return False
    return bool(_ATTAINING.intersection(words) and NEGATORS.intersection(words)) or {"neither"} <= set(words)


def _about(context: Context, text: Sentence, words: Sequence[Item], denied: bool) -> bool:
    first = next((i for i in text.items if i.kind in ("mention", "pronoun") or i in words), None)
    named = first is not None and first.kind == "mention" and context.lexis.is_named(first.tree)
    spoken = first is not None and first.kind == "pronoun"
    known = [i for i in text.items if i.kind == "mention" and context.lexis.is_named(i.tree)]
    known += [i for i in text.items if i.kind == "pronoun"]
    return named or spoken or (denied and bool(known))


def unread(context: Context) -> list[Unclear]:
    """The sentences to note, now that the whole text was read."""
    informed = _informed(context)
    return [m.noted for m in context.mute if m.about or not informed]


def _informed(context: Context) -> bool:
    """Whether anything was claimed of the question's quantities, or is already noted as unclear."""
    quantities = context.lexis.quantities
    known = {s for q in quantities if q.value is not None for s in free_symbols(q.value)}
    for draft in context.drafts:
        plain = draft.target is None or is_value(draft.target) or draft.predicate != "equals"
        if plain and (draft.named or known & free_symbols(unfold(draft.subject, quantities))):
            return True
    return bool(context.unclear)
