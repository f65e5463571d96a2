"""Claims that hang on a condition: "if the weights were bounded, the gradient would tend to 0".

A limit is taken in some direction, so the condition of one has to name it ("if w is large"). What never
happens is said of every case; under a condition contrary to fact ("if p were 1") it is said of none. What
such a condition makes of a claim is for a person to say.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.claims import lexicon
from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.directions import infinite
from grader.claims.drafts import Draft
from grader.claims.model import ASSERTED
from grader.claims.scope import universal
from grader.claims.sentence import Sentence
from grader.expressions import build

_COUNTING = frozenset(["exists", "unique"])
_REASON = "it hangs on a condition that I can't check"


def hanging(text: Sentence, parts: Sequence[Clause], made: Sequence[Draft], context: Context) -> None:
    """Hedges the claims of a sentence whose condition does not bear them."""
    for draft in made:
        if draft.target is None and draft.role in ("main", "result", "contrast") and not draft.negated:
            draft.hedge = draft.hedge or _limited(text, parts, draft, context)
    conditions = [p for p in parts if lexicon.CONDITION_LEADS.intersection(p.leads)]
    words = frozenset(text.lemmas(0, len(text.items)))
    contrary = bool(lexicon.CONTRARY & words)
    if not conditions and not contrary:
        return
    excepted = "not" not in words and any("unless" in p.leads for p in conditions)
    directed = any(d.predicate == "limit" or _directs(d, context) for d in made) and not excepted
    suppose = (
        contrary
        and not lexicon.UNRESTRICTING & words
        and any({"if", "unless"} & set(p.leads) for p in conditions)
    )
    first = context.clause - len(parts) + 1
    said_would = {first + i for i, p in enumerate(parts) if "would" in text.lemmas(p.start, p.end)}
    for draft in made:
        if draft.subject is not context.focus or draft.denied or draft.only or draft.modality not in ASSERTED:
            continue
        vanishes = draft.predicate == "tends" and draft.target is build.ZERO and not draft.negated
        would = draft.clause in said_would
        if (vanishes and not directed) or (suppose and would and universal(draft)):
            draft.hedge = draft.hedge or _REASON


def _limited(text: Sentence, parts: Sequence[Clause], draft: Draft, context: Context) -> str:
    """Why a property, such as increasing, is claimed of less than all: "only for x < 0", "if ..."."""
    first = context.clause - len(parts) + 1
    if not first <= draft.clause <= context.clause:
        return ""
    own = parts[draft.clause - first]
    others = [p for p in parts if p is not own and {"if", "unless", "provided"} & set(p.leads)]
    words = frozenset(text.lemmas(own.start, own.end))
    if own is not parts[0] and "anything" in text.lemmas(0, own.start):
        return "it is said of anything but this"
    if others or "would" in words:
        return _REASON
    if draft.modality == "can" and draft.predicate not in ("small", "least"):
        return "it is said that it can be so, not that it is"
    if _COUNTING.intersection([draft.predicate]) or draft.predicate == "smallest":
        return ""  # where it is smallest is what is said
    bounded = any(
        text.items[at].lemma in lexicon.WITHIN and _is_range(text, at + 1) and not lexicon.EVERY & words
        for at in range(own.start, min(own.end + 1, len(text.items) - 1))
    )
    partly = lexicon.PARTIAL & words or any(_restricts(text, p) for p in parts)
    return "it is said of some cases only" if bounded or partly else ""


def _restricts(text: Sentence, part: Clause) -> bool:
    """ "when x is positive", but not "for all x"."""
    words = frozenset(text.lemmas(part.start, part.end))
    if lexicon.BOUNDING & set(part.leads):
        return not lexicon.EVERY & words
    ranged = any(_is_range(text, at) for at in range(part.start, part.end))
    return "for" in part.leads and bool(ranged or lexicon.PARTIAL & words)


def _is_range(text: Sentence, at: int) -> bool:
    return text.items[at].kind in ("value", "relation")


def _directs(draft: Draft, context: Context) -> bool:
    """Whether a claim says where something else goes, or that it is large."""
    if draft.subject is context.focus:
        return False
    return draft.predicate == "tends" or infinite(draft.target) or draft.loose or draft.growth
