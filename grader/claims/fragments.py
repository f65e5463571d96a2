"""Clauses without a predicate of their own: short answers, elliptic claims, marks of a limit."""

from __future__ import annotations

from collections.abc import Callable

from grader.claims import lexicon
from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.directions import infinite
from grader.claims.drafts import SIDE, Draft
from grader.claims.items import Item
from grader.claims.phrases import any_phrase
from grader.claims.sentence import Sentence
from grader.expressions import build
from grader.expressions.nodes import Expr

_PARTICLES = frozenset(["no", "nope", "yes"])
_ANSWERS = _PARTICLES | {"never", "not", "impossible"}
_WHO = frozenset(["it", "this", "that", "we", "you", "one", "they", "i", "there"])
_IDLE = (
    lexicon.COLOURING | _PARTICLES | _WHO | {"be", "get", "have", "answer", "so", "possible", "impossible"}
)
_LIKEWISE = frozenset(["do", "be", "will", "too", "also", "well", "can", "same", "would", "neither"])
_OPEN_ENDS = (("approach",), ("tend", "to"), ("go", "to"), ("converge", "to"), ("close", "to"), ("near",))
_BEARING = frozenset(["arbitrarily", "vanish", "infinitesimally", "limit", "asymptote", "zero", "infinity"])

Reader = Callable[[Context, Sentence, Clause, frozenset[int]], "list[Draft] | None"]


def read_fragment(context: Context, text: Sentence, clause: Clause, denying: frozenset[int]) -> list[Draft]:
    """What a clause without an event claims; one that should have been understood is noted as unclear."""
    readers: tuple[Reader, ...] = (
        _answer, _denied_value, _likewise, _gapped, _shared_object, _limit_mark, _impossible_value
    )  # fmt: skip
    for reader in readers:
        found = reader(context, text, clause, denying)
        if found is not None:
            return found
    if _matters(context, text, clause):
        context.doubt(text, clause, "what is said of it was not understood")
    return []


def limit_mark(context: Context, text: Sentence, clause: Clause) -> Draft:
    """ "in the limit", "at infinity": a condition without a claim of its own."""
    draft = context.draft(text, clause, context.focus, "limit", None, False)
    draft.role = "condition"
    draft.only = "only" in text.lemmas(clause.start, clause.end)
    return draft


def _inside(text: Sentence, clause: Clause, *kinds: str) -> list[Item]:
    return [i for i in text.items[clause.start : clause.end] if i.kind in kinds]


def _idle(text: Sentence, clause: Clause) -> bool:
    """Whether the clause has no words but those of an answer ("no, it can not")."""
    return all(not w or w in _IDLE for w in text.lemmas(clause.start, clause.end))


def _answer(context: Context, text: Sentence, clause: Clause, denying: frozenset[int]) -> list[Draft] | None:
    """ "No, never.", "it cannot": of what was asked or supposed, else that the focus is 0."""
    words = text.lemmas(clause.start, clause.end)
    if (
        not _idle(text, clause)
        or _inside(text, clause, "mention", "value")
        or not _ANSWERS.intersection(words)
    ):
        return None
    denied = any(clause.start <= at < clause.end for at in denying)
    supposed = [
        d
        for d in (*context.drafts[-6:], *context.made)
        if d.attains and (d.modality in ("purpose", "hypothetical") or d.hedge == "told")
    ]
    supposed = [d for d in supposed if d.subject is context.focus] or supposed
    stated = [d for d in context.made if d.attains]
    if stated and denied and not supposed and not _PARTICLES.intersection(words):
        for claim in stated:  # "zero exactly when p = 1, i.e. never"
            claim.deny()
        return []
    asked = [d for d in context.asked if not d.negated][-1:] or supposed[-1:]
    subject, predicate, target = _topic(context, asked, bool(_PARTICLES.intersection(words)))
    draft = context.draft(text, clause, subject, predicate, target, denied)
    draft.answer, draft.role = True, "main"
    draft.hedge = "" if denied or asked else "it is not clear what this answers"
    return [draft]


def _topic(context: Context, asked: list[Draft], particle: bool) -> tuple[Expr, str, Expr | None]:
    if asked:
        return asked[0].subject, asked[0].predicate, asked[0].target
    target = build.ZERO if particle else context.last_targets()[-1]
    return (context.focus if particle else context.recalled(target)), "equals", target


def _denied_value(
    context: Context, text: Sentence, clause: Clause, denying: frozenset[int]
) -> list[Draft] | None:
    """ "small, but never zero": a value denied without a verb."""
    if not _idle(text, clause) or not any(clause.start <= at < clause.end for at in denying):
        return None
    if not _inside(text, clause, "value"):
        return None
    named = [i.tree for i in _inside(text, clause, "mention")]
    main = [d.subject for d in context.made if d.role not in SIDE]
    out: list[Draft] = []
    for target in (t for i in _inside(text, clause, "value") for t in i.trees):
        same = [d.subject for d in context.made if d.target is target]
        subject = [context.recalled(target), *main[-1:], *same[-1:], *named[:1]][-1]
        out.append(context.draft(text, clause, subject, "equals", target, True))
    return out


def _likewise(context: Context, text: Sentence, clause: Clause, _: frozenset[int]) -> list[Draft] | None:
    """ "and so does the gradient": the last claim again, of something else."""
    items = text.items[clause.start : clause.end]
    named = _inside(text, clause, "mention")
    others = {i.lemma for i in _inside(text, clause, "word")}
    told = [d for d in (*context.drafts, *context.made) if d.role not in SIDE and d.target is not None]
    fits = (
        len(named) == 1
        and not others.isdisjoint(("do", "neither"))
        and others <= _LIKEWISE
        and len(items) == len(others) + 1
    )
    if not fits or not told:
        return None
    return [
        context.draft(text, clause, named[0].tree, d.predicate, d.written or d.target, d.negated, d.modality)
        for d in told
        if d.clause == told[-1].clause
    ]


def _gapped(context: Context, text: Sentence, clause: Clause, _: frozenset[int]) -> list[Draft] | None:
    """ "p tends to 1 and the gradient to 0": the verb is left out."""
    items = text.items[clause.start : clause.end]
    shape = [i.kind if i.kind != "word" else i.lemma for i in items]
    last = context.made[-1] if context.made else None
    if shape not in (["mention", "to", "value"], ["mention", "toward", "value"]) or last is None:
        return None
    if last.predicate != "tends" or last.negated:
        return None
    return [
        context.draft(text, clause, items[0].tree, "tends", t, False, last.modality) for t in items[2].trees
    ]


def _shared_object(context: Context, text: Sentence, clause: Clause, _: frozenset[int]) -> list[Draft] | None:
    """ "approaches but never equals 0": the object stands in the next clause."""
    words = text.lemmas(clause.start, clause.end)
    coming = [i for i in text.items[clause.end :] if i.kind == "value"]
    if not coming or not any(words[-len(end) :] == end for end in _OPEN_ENDS):
        return None
    named = [i.tree for i in _inside(text, clause, "mention", "relation")]
    return [
        context.draft(text, clause, named[-1] if named else context.recalled(t), "tends", t, False)
        for t in coming[0].trees
    ]


def _limit_mark(context: Context, text: Sentence, clause: Clause, _: frozenset[int]) -> list[Draft] | None:
    far = any(infinite(i.tree) for i in _inside(text, clause, "value")) and clause.role in SIDE
    limit = far or "limit" in text.lemmas(clause.start, clause.end)
    if not limit or _inside(text, clause, "mention", "pronoun"):
        return None
    return [limit_mark(context, text, clause)]


_IMPOSSIBLE = any_phrase(lexicon.IMPOSSIBLE)


def _impossible_value(
    context: Context, text: Sentence, clause: Clause, _: frozenset[int]
) -> list[Draft] | None:
    """ "exactly zero is impossible"."""
    if not any(clause.start <= start < clause.end for start, _end in text.full.spans(_IMPOSSIBLE)):
        return None
    named = [i.tree for i in _inside(text, clause, "mention")]
    return [
        context.draft(text, clause, named[0] if named else context.recalled(t), "equals", t, True)
        for i in _inside(text, clause, "value")[:1]
        for t in i.trees
    ]


def _matters(context: Context, text: Sentence, clause: Clause) -> bool:
    """Whether a clause speaks of a quantity of the question and bears on zero, limits or infinity."""
    named = any(context.lexis.is_named(i.tree) for i in _inside(text, clause, "mention"))
    value = any(i.tree is build.ZERO or infinite(i.tree) for i in _inside(text, clause, "value"))
    bearing = value or bool(_BEARING.intersection(text.lemmas(clause.start, clause.end)))
    return bearing and (named or bool(_inside(text, clause, "pronoun")))
