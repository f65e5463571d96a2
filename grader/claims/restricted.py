"""Claims that a sentence takes back in part: "nonzero unless w is large", "only positive for small w".

What never happens is said of every case, so a part of the cases is less than the claim; a limit is said
of the whole quantity, so one of its components is less; and a direction that is named to be avoided is no
direction that was taken. All of these ask for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.claims import lexicon
from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.directions import infinite
from grader.claims.drafts import Draft
from grader.claims.model import ASSERTED
from grader.claims.scope import universal
from grader.claims.sentence import Sentence
from grader.expressions import build

# Conditions that hold of every case: 0 < p < 1, p in (0, 1), phi(x) != 0.
_GIVEN = re.compile(r"0\s*(?:<|\\lt|\\leq?).*(?:<|\\lt)\s*1|\(0\s*,\s*1\)|\\neq?|≠|!=|mathbb|ℝ|R")
_OTHERS = re.compile(r"\bof (?:sigmoid|regulariser|regularizer|activation|penalty|prediction)\b")
_AVOIDED = re.compile(
    r"\b(?:instead of|rather than|mistake|useless|pointless|no use|not help|keep .* from|everything but"
    r"|avoid)\b"
)
_CASES, _PART = "it is said of some cases only", "it is not clear what this is said of"
_NOT_TAKEN = "this is named to be avoided"


def restricted(text: Sentence, parts: Sequence[Clause], made: Sequence[Draft], context: Context) -> None:
    """Hedges the claims that the rest of their sentence takes back in part."""
    spoken = " ".join(i.lemma or i.text for i in text.items)
    first = context.clause - len(parts) + 1
    for draft in made:
        own = parts[draft.clause - first] if first <= draft.clause <= context.clause else None
        if own is None or draft.denied or draft.modality not in ASSERTED:
            continue
        why = _of_focus(text, own, parts, draft, made, context) if draft.subject is context.focus else ""
        if draft.subject is not context.focus and draft.predicate == "tends":
            why = _NOT_TAKEN if _AVOIDED.search(spoken) or _makes_large(made, context) else ""
        draft.hedge = draft.hedge or why


def _makes_large(made: Sequence[Draft], context: Context) -> bool:
    """Whether a sentence says that the quantity grows, not that it tends to 0, and chooses another value."""
    chosen = any(
        d.role in ("result", "main")
        and d.target is build.ZERO
        and d.written is d.target
        and d.subject is not context.focus
        for d in made
    )
    if not chosen:
        return False
    own = [d for d in made if d.subject is context.focus and not d.negated and d.modality in ASSERTED]
    small = any(d.predicate == "tends" and d.target is build.ZERO for d in own)
    return not small and any(_is_large(d) or (d.predicate == "increasing" and not d.growth) for d in own)


def _of_focus(
    text: Sentence,
    own: Clause,
    parts: Sequence[Clause],
    draft: Draft,
    made: Sequence[Draft],
    context: Context,
) -> str:
    words = frozenset(text.lemmas(own.start, own.end))
    if universal(draft):
        nonzero_limit = words & lexicon.TENDING and "never" not in words
        partial = words & lexicon.ON_THE_WHOLE or _only_negated(words) or nonzero_limit or _placed(text, own)
        return (
            _CASES if partial or (not draft.only and any(_excepts(text, own, parts, made, context))) else ""
        )
    if draft.predicate == "tends" and draft.target is build.ZERO and not draft.negated:
        said = " ".join(i.lemma or i.text for i in text.items[own.start : own.end])
        other = any(d.subject is draft.subject and d.clause == draft.clause and _is_large(d) for d in made)
        return _PART if words & lexicon.PARTS or other or _OTHERS.search(said) else ""
    return ""


def _placed(text: Sentence, own: Clause) -> bool:
    """ "positive at x = 0", "nonzero for p in (0, 1/2)": said of a place or a range, which is not all."""
    for at in range(own.start, own.end - 1):
        after = text.items[at + 1]
        if text.items[at].lemma in ("at", "for", "in", "on", "until") and after.kind in ("relation", "value"):
            return not _GIVEN.search(after.text)
    return False


def _only_negated(words: frozenset[str]) -> bool:
    """ "It can only be nonzero if p = 1", but not "it can only be zero if p = 1"."""
    return "only" in words and bool({"not", "positive", "nonzero"} & words)


def _excepts(
    text: Sentence, own: Clause, parts: Sequence[Clause], made: Sequence[Draft], context: Context
) -> Iterator[bool]:
    """Whether the clauses beside one of them make exceptions from what it says."""
    first = context.clause - len(parts) + 1
    index = parts.index(own)
    contrast = bool(lexicon.APART.intersection(own.leads))
    for place, part in enumerate(parts):
        if abs(place - index) > 1 or (contrast and place < index):
            continue
        said = [d for d in made if d.clause == first + place]
        if any(_is_harmless(d) for d in said) and not any(_bounds_more(d) for d in said):
            continue
        words = frozenset(text.lemmas(part.start, part.end))
        leads = set(part.leads)
        within = part is own and bool(words & lexicon.EXCEPTING)
        beside = part is not own and bool(
            leads & (lexicon.CONDITIONS | lexicon.EXCEPTING) or {"as", "long"} <= words | leads
        )
        if not within and not beside:
            continue
        if (
            leads & {"for", "at"}
            and not any(i.kind in ("relation", "value") for i in text.items[part.start : part.end])
            and not words & lexicon.ON_THE_WHOLE
        ):
            continue
        source = "".join(i.text for i in text.items[part.start : part.end])
        yield not (words | leads) & lexicon.HARMLESS and not _GIVEN.search(source)


def _is_harmless(draft: Draft) -> bool:
    """Whether a condition excepts nothing: a limit, p in (0, 1), or what is given ("unless phi(x) = 0")."""
    if draft.predicate == "tends":
        return not draft.loose
    return (_is_bound(draft) and not _bounds_more(draft)) or draft.subject.head == "apply"


def _is_bound(draft: Draft) -> bool:
    return draft.predicate in ("greater", "less")


def _bounds_more(draft: Draft) -> bool:
    """Whether a bound takes more away than 0 < p < 1 does, which holds of every case."""
    return _is_bound(draft) and draft.target not in (build.ZERO, build.ONE)


def _is_large(draft: Draft) -> bool:
    """Whether a claim says that something grows, or is large."""
    return draft.predicate == "tends" and not draft.negated and infinite(draft.target)
