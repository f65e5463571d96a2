"""Clauses without a predicate of their own: short answers, elliptic claims, marks of a limit."""

from __future__ import annotations

from collections.abc import Callable

from grader.claims import lexicon
from grader.claims.answers import answer, denied_value, inside, only_under
from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.directions import infinite
from grader.claims.drafts import SIDE, Draft
from grader.claims.phrases import any_phrase
from grader.claims.sentence import Sentence
from grader.expressions import build

_NEEDS = frozenset(["need", "require", "must", "necessary"])
_LIKEWISE = frozenset(["do", "be", "will", "too", "also", "well", "can", "same", "would", "neither"])
_ALL = frozenset(["for", "at", "finite", "any", "every", "all", "each", "real", "value", "of", "choice"])
_OPEN_ENDS = (("approach",), ("tend", "to"), ("go", "to"), ("converge", "to"), ("close", "to"), ("near",))
_BEARING = frozenset(["arbitrarily", "vanish", "infinitesimally", "limit", "asymptote", "zero", "infinity"])

Reader = Callable[[Context, Sentence, Clause, frozenset[int]], "list[Draft] | None"]


def read_fragment(context: Context, text: Sentence, clause: Clause, denying: frozenset[int]) -> list[Draft]:
    """What a clause without an event claims; one that should have been understood is noted as unclear."""
    readers: tuple[Reader, ...] = (
        only_under, _wanted, _bare_goal, answer, denied_value, _likewise, _elliptic, _gapped, _shared_object,
        _limit_mark, _impossible_value,
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


def _wanted(context: Context, text: Sentence, clause: Clause, _: frozenset[int]) -> list[Draft] | None:
    """ "For exactly zero we would need p = 1": what is wanted, and said of what would be needed."""
    items = [i for i in text.items[clause.start : clause.end] if i.lemma not in lexicon.COLOURING]
    needed = _NEEDS.intersection(text.lemmas(clause.end, len(text.items)))
    if "for" not in clause.leads or not needed or any(i.kind != "value" for i in items):
        return None
    out = [context.draft(text, clause, context.focus, "equals", t, False, "purpose") for t in items[0].trees]
    for draft in out:
        draft.role = "purpose"
    return out


def _bare_goal(context: Context, text: Sentence, clause: Clause, _: frozenset[int]) -> list[Draft] | None:
    """ "decays like exp(-z), i.e. to 0": where it goes, without a verb of its own."""
    items = text.items[clause.start : clause.end]
    if len(items) != 2 or items[0].lemma not in ("to", "toward") or items[1].kind != "value":
        return None
    main = [i.tree for i in text.items[: clause.start] if i.kind == "mention"]
    return [
        context.draft(text, clause, main[0] if main else context.focus, "tends", t, False)
        for t in items[1].trees
    ]


def _likewise(context: Context, text: Sentence, clause: Clause, _: frozenset[int]) -> list[Draft] | None:
    """ "and so does the gradient": the last claim again, of something else."""
    items = text.items[clause.start : clause.end]
    named = inside(text, clause, "mention")
    with_it = len(items) > 2 and items[-1].kind == "pronoun" and items[-2].lemma == "with"
    items = items[:-2] if with_it else items
    others = {i.lemma for i in items if i.kind == "word"} | ({"do"} if with_it else set())
    told = [d for d in (*context.drafts, *context.made) if d.role not in SIDE and d.target is not None]
    inverted = "so" in clause.leads and others == {"be"} and items[0].lemma == "be"  # "so is the gradient"
    fits = (
        len(named) == 1
        and (inverted or not others.isdisjoint(("do", "neither")))
        and others <= _LIKEWISE
        and len(items) + bool(with_it) == len(others) + 1
    )
    if not fits or not told:
        return None
    return [
        context.draft(text, clause, named[0].tree, d.predicate, d.written or d.target, d.negated, d.modality)
        for d in told
        if d.clause == told[-1].clause
    ]


_DENIED = (("be", "not"), ("be", "never"), ("never", "be"))


def _elliptic(context: Context, text: Sentence, clause: Clause, _: frozenset[int]) -> list[Draft] | None:
    """ "In the limit it is zero; for finite weights it isn't": the value is left out."""
    items = [i for i in text.items[clause.start : clause.end] if i.kind != "comma"]
    ends = len(items) > 3 and items[-3].kind == "pronoun"
    if not ends or tuple(i.lemma for i in items[-2:]) not in _DENIED:
        return None
    finite = any(i.lemma in ("finite", "any", "every", "all") for i in items[:-3])
    plain = all(i.kind == "mention" or i.lemma in _ALL for i in items[:-3])
    if not (finite and plain) or context.last_targets() != (build.ZERO,):
        return None
    draft = context.draft(text, clause, context.focus, "equals", build.ZERO, True)
    draft.role = "main"
    return [draft]


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
    named = [i.tree for i in inside(text, clause, "mention", "relation")]
    return [
        context.draft(text, clause, named[-1] if named else context.recalled(t), "tends", t, False)
        for t in coming[0].trees
    ]


def _limit_mark(context: Context, text: Sentence, clause: Clause, _: frozenset[int]) -> list[Draft] | None:
    far = any(infinite(i.tree) for i in inside(text, clause, "value")) and clause.role in SIDE
    limit = far or "limit" in text.lemmas(clause.start, clause.end)
    if not limit or inside(text, clause, "mention", "pronoun"):
        return None
    mark = limit_mark(context, text, clause)
    mark.reached = far
    return [mark]


_IMPOSSIBLE = any_phrase(lexicon.IMPOSSIBLE)


def _impossible_value(
    context: Context, text: Sentence, clause: Clause, _: frozenset[int]
) -> list[Draft] | None:
    """ "exactly zero is impossible"."""
    if not any(clause.start <= start < clause.end for start, _end in text.full.spans(_IMPOSSIBLE)):
        return None
    named = [i.tree for i in inside(text, clause, "mention")]
    values = [t for i in inside(text, clause, "value")[:1] for t in i.trees]
    if not values and "equality" in text.lemmas(clause.start, clause.end):
        values = list(context.last_targets())
    return [
        context.draft(text, clause, named[0] if named else context.recalled(t), "equals", t, True)
        for t in values
    ]


def _matters(context: Context, text: Sentence, clause: Clause) -> bool:
    """Whether a clause speaks of a quantity of the question and bears on zero, limits or infinity."""
    named = any(context.lexis.is_named(i.tree) for i in inside(text, clause, "mention"))
    value = any(i.tree is build.ZERO or infinite(i.tree) for i in inside(text, clause, "value"))
    bearing = value or bool(_BEARING.intersection(text.lemmas(clause.start, clause.end)))
    return bearing and (named or bool(inside(text, clause, "pronoun")))
