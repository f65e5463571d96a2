"""From the events of a clause to claims: of whom, of which value, and how it is meant."""

from __future__ import annotations

from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.directions import infinite
from grader.claims.drafts import SIDE, Draft
from grader.claims.event import Event
from grader.claims.events import modality, requires
from grader.claims.model import Unclear
from grader.claims.scope import narrowed, reserve
from grader.claims.sentence import Sentence, says_only
from grader.claims.subjects import doubtful, speaks_of_other, subject_of
from grader.expressions import build
from grader.expressions.nodes import Expr

_WEAKER = {"greater": "at-least", "less": "at-most"}
_BRINGS = frozenset(["bring", "drive", "push", "take", "reduce", "force", "pull", "move", "send", "get"])
_WHOLLY = frozenset(["completely", "entirely", "exactly", "identically", "fully"])


def drafted(context: Context, text: Sentence, clause: Clause, event: Event) -> list[Draft]:
    """The claims of one event: one for each target, two for bounds on both sides."""
    if event.blocked:
        aside = clause.role in SIDE and not context.made  # "as p -> 1 the learning rate tends to 0" is none
        if not aside and event.predicate in ("tends", "equals"):
            context.other = (context.sentence, event.trees)
        _note_unknown(context, text, clause, event)
        return []
    if speaks_of_other(context, text, event):
        context.doubt(text, clause, "it is not clear what this speaks of")
        return []
    out: list[Draft] = []
    for tree in _targets(context, text, clause, event):
        subject = subject_of(context, text, clause, event, tree)
        if subject is None:
            _note_unknown(context, text, clause, event)
        if subject is None or subject.head in ("number", "decimal", "constant"):
            continue
        for predicate, target in _spread(event.predicate, tree, event.denied):
            if subject is context.focus and event.predicate == "between" and len(event.trees) == 2:
                predicate = _WEAKER.get(predicate, predicate)  # "between 0 and 1" may be either end
            out.append(_draft(context, text, clause, event, (subject, predicate, target)))
        if doubtful(context, text, event, subject):
            context.doubt(text, clause, "it is not clear what is meant by it")
    return out


def _note_unknown(context: Context, text: Sentence, clause: Clause, event: Event) -> None:
    """ "Let the exponent go to infinity": it may be where to go, in words that are not known."""
    if event.predicate == "tends" and any(infinite(t) for t in event.trees) and not event.denied:
        context.unknown.append(Unclear(*context.where(text, clause), "what is it that grows?"))


def _targets(context: Context, text: Sentence, clause: Clause, event: Event) -> tuple[Expr | None, ...]:
    if event.predicate == "between" and len(event.trees) == 2:
        return (build.interval(*event.trees, "(", ")"),)
    if event.predicate == "tends" and not event.trees and not event.recalls:
        subject = subject_of(context, text, clause, event, None)
        return () if subject is None else context.lexis.ends(subject)
    return event.trees or (context.last_targets() if event.recalls else (None,))


def _draft(
    context: Context, text: Sentence, clause: Clause, event: Event, said: tuple[Expr, str, Expr | None]
) -> Draft:
    subject, predicate, written = said
    target = written
    taken = infinite(target) and predicate == "equals" and not event.denied
    if taken:
        predicate = "tends"  # "w is infinite" can only be meant so
    if predicate == "tends" and event.denied and not infinite(target) and _is_brought(text, clause, event):
        predicate = "equals"
    if target is not None:
        subject, target = context.lexis.solved(subject, target)
    if target is build.ZERO:
        subject = context.lexis.vanishing(subject)
    meant = modality(text, clause, event)
    if predicate == "tends" and meant == "hypothetical" and not event.denied:
        meant = "is"
    side = clause.role in SIDE and "where" not in clause.leads
    if side and predicate == "equals" and not event.denied and subject is context.lexis.focus:
        meant = "hypothetical"  # "when the gradient is zero ..." does not say that it ever is
    draft = context.draft(text, clause, subject, predicate, target, event.denied, meant)
    if "under" in event.flags:
        draft.role = "condition"
    draft.loose, draft.soft = "loose" in event.flags, "soft" in event.flags
    draft.whole = bool(_WHOLLY.intersection(text.lemmas(clause.start, clause.end)))
    draft.soft = draft.soft and not draft.whole
    draft.reached = taken or "reached" in event.flags
    draft.lowest = "lowest" in event.flags
    draft.growth = "growth" in event.flags and predicate == "tends"
    draft.only = says_only(text, clause.start, clause.end)
    draft.requires = requires(text, clause, event)
    draft.named = context.lexis.is_named(subject)
    draft.written = written
    if target is not written and draft.role not in SIDE:
        context.other = (context.sentence, (written,))  # "1 - p tends to 0. It is never 0": is it 1 - p?
    draft.hedge = reserve(text, clause, event, target) or narrowed(text, clause, event, draft, context)
    return draft


def _is_brought(text: Sentence, clause: Clause, event: Event) -> bool:
    """ "It cannot be brought to zero" denies that it is ever there, and not that it gets near."""
    can = "can" in text.lemmas(clause.start, event.end)
    return can and bool(_BRINGS.intersection(text.lemmas(event.start, event.end)))


def _spread(predicate: str, tree: Expr | None, denied: bool) -> list[tuple[str, Expr | None]]:
    """Predicates that say two things: between bounds, in an interval."""
    if predicate == "near":
        return [("tends", tree)] if tree is not None and tree.head != "symbol" else []
    if predicate == "number":  # of solutions: one of them, or more
        if tree is build.ZERO:
            return [("equals", tree)]  # "to have zero gradient"
        one = tree is None or tree is build.ONE
        return [("exists", None), *([("unique", None)] if one else [])]
    if predicate != "between" or tree is None:
        return [(predicate, tree)]
    if tree.head == "interval" and not denied:
        low = "greater" if tree.value[0] == "(" else "at-least"
        high = "less" if tree.value[1] == ")" else "at-most"
        return [(low, tree.args[0]), (high, tree.args[1])]
    return []
