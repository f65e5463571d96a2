"""Claims that a sentence takes back in part: "nonzero unless w is large", "only positive for small w".

What never happens is said of every case, so a part of the cases is less than the claim; a limit is said
of the whole quantity, so one of its components is less; and a direction that is named to be avoided is no
direction that was taken. All of these ask for a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.directions import infinite
from grader.claims.drafts import Draft
from grader.claims.model import ASSERTED
from grader.claims.scope import universal
from grader.claims.sentence import Sentence
from grader.expressions import build

_EXCEPTING = frozenset(["unless", "except", "apart", "other"])
_CONDITIONS = frozenset(["if", "provided", "when", "whenever", "unless", "until", "for", "at"])
_HARMLESS = frozenset(["even", "finite", "infinite", "infinity", "limit", "every", "any", "whatever"])
# Conditions that hold of every case: 0 < p < 1, p in (0, 1), phi(x) != 0.
_GIVEN = re.compile(r"0\s*(?:<|\\lt|\\leq?).*(?:<|\\lt)\s*1|\(0\s*,\s*1\)|\\neq?|≠|!=|mathbb|ℝ|R")
_TENDING = frozenset(["tend", "converge", "approach"])
_MOSTLY = frozenset(["most", "often", "average", "usually", "everywhere", "experiment", "training"])
_PARTS = frozenset(
    ["component", "coordinate", "entry", "average", "direction", "ratio", "regulariser", "divide"]
)
_OTHERS = re.compile(r"\bof (?:sigmoid|regulariser|regularizer|activation|penalty|prediction)\b")
_AVOIDED = re.compile(
    r"\b(?:instead of|rather than|mistake|useless|pointless|no use|not help|keep .* from|everything but"
    r"|avoid)\b"
)
_APART = frozenset(["but", "yet", "although", "though", "however", "and", "which", "so", "then", "while"])
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
            why = _NOT_TAKEN if _AVOIDED.search(spoken) else ""
        draft.hedge = draft.hedge or why


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
        nonzero_limit = words & _TENDING and "never" not in words
        partial = words & _MOSTLY or _only_negated(words) or nonzero_limit or _placed(text, own)
        return (
            _CASES if partial or (not draft.only and any(_excepts(text, own, parts, made, context))) else ""
        )
    if draft.predicate == "tends" and draft.target is build.ZERO and not draft.negated:
        said = " ".join(i.lemma or i.text for i in text.items[own.start : own.end])
        other = any(d.subject is draft.subject and d.clause == draft.clause and _is_large(d) for d in made)
        return _PART if words & _PARTS or other or _OTHERS.search(said) else ""
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
    contrast = bool(_APART.intersection(own.leads))
    for place, part in enumerate(parts):
        if abs(place - index) > 1 or (contrast and place < index):
            continue
        if any(_is_harmless(d) for d in made if d.clause == first + place):
            continue
        words = frozenset(text.lemmas(part.start, part.end))
        leads = set(part.leads)
        within = part is own and bool(words & _EXCEPTING)
        beside = part is not own and bool(
            leads & (_CONDITIONS | _EXCEPTING) or {"as", "long"} <= words | leads
        )
        if not within and not beside:
            continue
        if (
            leads & {"for", "at"}
            and not any(i.kind in ("relation", "value") for i in text.items[part.start : part.end])
            and not words & _MOSTLY
        ):
            continue
        source = "".join(i.text for i in text.items[part.start : part.end])
        yield not (words | leads) & _HARMLESS and not _GIVEN.search(source)


def _is_harmless(draft: Draft) -> bool:
    """Whether a condition excepts nothing: a limit, p in (0, 1), or what is given ("unless phi(x) = 0")."""
    if draft.predicate == "tends":
        return not draft.loose
    within = draft.predicate in ("greater", "less") and draft.target in (build.ZERO, build.ONE)
    return within or draft.subject.head == "apply"


def _is_large(draft: Draft) -> bool:
    """Whether a claim says that something grows, or is large."""
    return draft.predicate == "tends" and not draft.negated and infinite(draft.target)
