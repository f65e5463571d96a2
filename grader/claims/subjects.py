"""Who a clause speaks of: its own subject, the sentence's, or what "it" stands for."""

from __future__ import annotations

from grader.claims import lexicon
from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.directions import infinite
from grader.claims.drafts import SIDE, Draft
from grader.claims.event import Event
from grader.claims.items import Item
from grader.claims.sentence import Sentence
from grader.expressions import build
from grader.expressions.nodes import Expr

_ASIDE = (*SIDE, "purpose")
_NONE = frozenset(["no", "none", "neither"])
_ADJECTIVES = 3  # words between "no" and what there is none of
_PLURAL = frozenset(["these", "they", "them", "those"])
_NO_SUBJECTS = lexicon.PLAIN_NOUNS | lexicon.COLOURING | frozenset(lexicon.VERBS) | frozenset(["absolute"])


def subject_of(
    context: Context, text: Sentence, clause: Clause, event: Event, target: Expr | None
) -> Expr | None:
    """What an event is about; None if it is about nothing that the question knows."""
    if event.own is not None:
        return context.lexis.canonical(event.own)
    if event.subject is None:
        if event.attributive:
            return context.focus
        if _speaks_of_other(text, clause, event):
            return None
        return context.recalled(target) if event.recalls else _inherited(context, text, clause, event, target)
    item = text.items[event.subject]
    if infinite(target) and (item.phrase or item.lemma) in lexicon.NORM_WORDS:
        grown = _vector_before(text, event)
        if grown is not None:
            return context.lexis.canonical(build.norm(grown))
    if _none_of(text, event, item, target):
        return context.recalled(target) if event.recalls else context.focus
    if item.kind == "word":
        return context.focus
    return item.tree if item.kind != "pronoun" else _pronoun(context, text, clause, event, target)


def _none_of(text: Sentence, event: Event, item: Item, target: Expr | None) -> bool:
    """ "No finite w attains it": a vector attains no number, so a value that the question asks about does."""
    number = target is None or target.kind != "vector"
    if item.kind != "mention" or item.tree.kind != "vector" or not number or event.predicate != "equals":
        return False
    assert event.subject is not None
    before = [i.lemma for i in text.items[max(0, event.subject - _ADJECTIVES) : event.subject]]
    return any(lemma in _NONE for lemma in before)


def _speaks_of_other(text: Sentence, clause: Clause, event: Event) -> bool:
    """Whether a predicate has a subject that is none of the question's: "the second derivative is 0"."""
    before = text.items[clause.start : event.start]
    return any(i.determined and i.kind == "word" and i.lemma not in _NO_SUBJECTS for i in before)


def _vector_before(text: Sentence, event: Event) -> Expr | None:
    """The vector whose "length" goes to infinity: the one mentioned before in the sentence."""
    before = [i.tree for i in text.items[: event.start] if i.kind == "mention"]
    return next((t for t in before if t.kind == "vector" and t.head == "symbol"), None)


def _inherited(context: Context, text: Sentence, clause: Clause, event: Event, target: Expr | None) -> Expr:
    """A clause without a subject goes on about the sentence's own: "goes to 0 but is never 0"."""
    if clause.role == "purpose":
        return context.focus
    made = context.made
    main = [d for d in made if d.role not in _ASIDE or len(made) == 1]
    if main:
        beside = [d for d in main if d.clause == main[-1].clause]
        named = [d for d in beside if d.named] or beside
        subject = _unless_conflict(context, named[-1].subject, target)
        repeats = clause.role == "result" and _repeats(context, event, subject, target)
        return context.focus if repeats else subject
    before = [i for i in text.items[: _before_relative(text, clause)] if i.kind in ("mention", "relation")]
    if before and not made:
        return before[-1].tree
    if target is None or target is build.ZERO:
        return context.focus
    return context.recalled(target)


def _before_relative(text: Sentence, clause: Clause) -> int:
    """ "The gradient, which holds the factor p, goes to 0": where such an insertion begins."""
    lemmas = text.lemmas(0, clause.start - sum(lead in lexicon.ROLES for lead in clause.leads))
    if lemmas[-1:] != (",",) or "which" not in lemmas[:-1]:
        return clause.start
    return len(lemmas) - 1 - lemmas[::-1].index("which")


def _repeats(context: Context, event: Event, subject: Expr, target: Expr | None) -> bool:
    """ "p is never 0, so 0 is never reached": what would only be said once more is said of another."""
    spoken = event.subject is not None or "passive" in event.flags
    if event.predicate != "equals" or subject is context.focus or not spoken:
        return False
    said = [d for d in context.made if d.subject is subject and d.target is target]
    positive = event.denied and any(d.predicate == "greater" and not d.negated for d in said)
    return positive or any(d.predicate == "equals" and d.negated == event.denied for d in said)


def _pronoun(context: Context, text: Sentence, clause: Clause, event: Event, target: Expr | None) -> Expr:
    plural = event.subject is not None and text.items[event.subject].lemma in _PLURAL
    found = _referent(context, clause, target, plural)
    if event.predicate == "tends" and not plural and _told(context, found, target):
        found = context.focus  # what was said to tend there already is not told so once more
    if clause.role == "result" and _repeats(context, event, found, target):
        found = context.focus  # "p > 0, so it is not 0"
    beside: list[Item] = [
        i for i in text.items[clause.start : event.start] if i.kind in ("mention", "relation")
    ]
    return context.focus if any(found is i.tree for i in beside) else found  # "p = 1 makes it ...": not p


def _told(context: Context, subject: Expr, target: Expr | None) -> bool:
    known = [d for d in context.drafts if d.subject is subject and d.predicate == "tends" and not d.negated]
    return any(d.target is target for d in known)


def _referent(context: Context, clause: Clause, target: Expr | None, plural: bool) -> Expr:
    """What "it" is: what was said to have this target, else the sentence's subject, else the focus."""
    recent = [
        d for d in [*context.drafts[-6:], *context.made] if d in context.valued() and d.target is target
    ]
    spoken = [d for d in recent if d.role not in SIDE]
    if target is not None and spoken:
        asked = not plural and any(d.subject is context.focus for d in spoken)
        return context.focus if asked else spoken[-1].subject
    if target is not None and recent and recent[-1].sentence != context.sentence:
        return recent[-1].subject
    main = [d for d in context.made if d.role not in _ASIDE]
    if not main or clause.role == "result":
        return context.focus
    grows = any(infinite(d.target) for d in context.made)
    if grows and target is build.ZERO and main[-1].subject.kind == "vector":
        return context.focus  # "with w = c phi(x) and c -> oo it tends to 0": not w
    return _unless_conflict(context, main[-1].subject, target)


def speaks_of_other(context: Context, text: Sentence, event: Event) -> bool:
    """ "The loss tends to 0. It is never 0": what "it" is may be no quantity of the question."""
    sentence, targets = context.other
    item = None if event.subject is None else text.items[event.subject]
    if event.own is not None or event.attributive or (item is not None and item.kind != "pronoun"):
        return False
    spoken = [d for d in (*context.drafts, *context.made) if d.role not in SIDE]
    known = {d.sentence for d in spoken if d.subject is context.focus or _is_as_written(d)}
    if sentence == context.sentence:
        return sentence not in known
    it = item is not None and item.lemma == "it" and not any(d.role not in SIDE for d in context.made)
    return it and sentence == context.sentence - 1 and sentence not in known and event.trees == targets


def _is_as_written(draft: Draft) -> bool:
    """Said of a quantity itself, not of `1 - p`."""
    return draft.named and (draft.written is None or draft.written is draft.target)


def doubtful(context: Context, text: Sentence, event: Event, subject: Expr) -> bool:
    """Whether an "it" that was taken for another quantity may as well be what the question asks about."""
    if (
        event.subject is None
        and event.trees == (build.ZERO,)
        and _repeats(context, event, subject, build.ZERO)
    ):
        return True
    if event.subject is None or text.items[event.subject].lemma != "it" or subject is context.focus:
        return False
    said = event.predicate in ("equals", "tends") and event.trees == (build.ZERO,)
    return said and not any(d.subject is subject for d in context.made)


def _unless_conflict(context: Context, subject: Expr, target: Expr | None) -> Expr:
    """What tends to 1 does not tend to 0 in the same breath: then it is the question's quantity."""
    said = [d for d in context.made if d.subject is subject and d.predicate == "tends" and not d.negated]
    conflict = target is not None and any(d.target is not target for d in said)
    return context.focus if conflict else subject
