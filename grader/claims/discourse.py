"""Reading a text sentence by sentence: each clause's claims, and what they do to one another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from grader.claims import lexicon
from grader.claims.clauses import Clause, clauses
from grader.claims.compose import composed
from grader.claims.context import Context
from grader.claims.directions import directions, infinite
from grader.claims.drafts import SIDE, Draft
from grader.claims.event import Event
from grader.claims.events import events, modality, requires
from grader.claims.fragments import limit_mark, read_fragment
from grader.claims.items import Item, place_in
from grader.claims.model import Unclear
from grader.claims.phrases import any_phrase
from grader.claims.resolve import arbitrary_bounds, conditions, limits, suppositions, takebacks
from grader.claims.sentence import MAX_ITEMS, Sentence, hits, negators, says_only, sentence
from grader.claims.subjects import doubtful, subject_of
from grader.expressions import build
from grader.expressions.nodes import Expr

_COMMANDS = any_phrase(lexicon.COMMANDS)
_REPORTED = any_phrase(lexicon.REPORTED)
_HEDGES = any_phrase(lexicon.HEDGES)


@dataclass(slots=True)
class Discourse:
    """Reads sentences into a context. `commanded` is whether the sentence before went on after a ";"
    and spoke to the grader.
    """

    context: Context
    commanded: bool = False

    def add(self, items: list[Item]) -> None:
        """Reads one sentence."""
        context = self.context
        context.sentence += 1
        context.made = []
        stop = items[-1].lemma if items and items[-1].kind == "stop" else ""
        kept = composed(_kept(items), context.lexis)
        text = sentence(kept)
        if len(kept) > MAX_ITEMS:
            place = place_in(context.pieces[kept[0].piece], kept[0].start)
            context.unclear.append(Unclear(place, kept[0].text, "a sentence too long to read to its end"))
        self.commanded = bool(text.full.spans(_COMMANDS)) or self.commanded
        if not text.items or self.commanded:
            self.commanded = self.commanded and stop == ";"
            return
        found = hits(text)
        denying = negators(text, found)
        for clause in clauses(text, found):
            context.clause += 1
            self._read_clause(text, clause, denying)
        self._finish(text, stop)

    def _read_clause(self, text: Sentence, clause: Clause, denying: frozenset[int]) -> None:
        context = self.context
        found = events(text, clause, denying)
        before = list(context.made)
        for event in found:
            context.made.extend(_drafts(context, text, clause, event))
        own = context.made[len(before) :]
        if takebacks(text, clause, found, own, before, context):
            return
        if not found:
            context.made.extend(read_fragment(context, text, clause, denying))
        elif any(d.attains for d in own) and _in_limit(text, clause):
            context.made.append(limit_mark(context, text, clause))

    def _finish(self, text: Sentence, stop: str) -> None:
        context = self.context
        made = context.made
        if stop == "?" or any(d.modality == "question" for d in made):
            context.asked = [d for d in made if d.predicate in ("equals", "tends")] or context.asked
            made = [d for d in made if stop != "?" and d.modality != "question"]
        elif made:
            context.asked = []
        made = _without_echoes(_with_growth(made, context))
        made.extend(arbitrary_bounds(text, made))
        made.extend(directions(text, made, context.lexis))
        conditions(made)
        suppositions(text, made, context)
        made.extend(limits(made))
        context.drafts.extend(d for d in made if d.predicate != "limit")
        context.made = []


def _kept(items: list[Item]) -> list[Item]:
    """The items without empty words; nouns with an article are marked, and nouns used as verbs are words."""
    out: list[Item] = []
    determined = False
    for at, item in enumerate(items):
        if item.kind == "word":
            determined = (determined or item.lemma in lexicon.DETERMINERS) and item.lemma not in lexicon.ROLES
            if item.lemma not in lexicon.EMPTY:
                out.append(replace(item, determined=determined))
            continue
        follows = items[at + 1] if at + 1 < len(items) else None
        determined = item.kind == "pronoun" and item.lemma in lexicon.DETERMINERS
        if item.phrase in lexicon.NOUN_VERBS and follows is not None and follows.kind == "value" and out:
            item = replace(item, kind="word", lemma=item.phrase, trees=(), phrase="")
        out.append(item)
    return out


def _drafts(context: Context, text: Sentence, clause: Clause, event: Event) -> list[Draft]:
    """The claims of one event: one for each target, two for bounds on both sides."""
    if event.blocked:
        return []
    out: list[Draft] = []
    for tree in _targets(context, text, clause, event):
        subject = subject_of(context, text, clause, event, tree)
        if subject is None or subject.head in ("number", "decimal", "constant"):
            continue
        for predicate, target in _spread(event.predicate, tree, event.denied):
            out.append(_draft(context, text, clause, event, (subject, predicate, target)))
        if doubtful(context, text, event, subject):
            context.doubt(text, clause, "it is not clear what is meant by it")
    return out


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
    if infinite(target) and predicate == "equals" and not event.denied:
        predicate = "tends"  # "w is infinite" can only be meant so
    if target is not None:
        subject, target = context.lexis.solved(subject, target)
    if target is build.ZERO:
        subject = context.lexis.vanishing(subject)
    meant = modality(text, clause, event)
    if predicate == "tends" and meant == "hypothetical" and not event.denied:
        meant = "is"
    if clause.role in SIDE and predicate == "equals" and not event.denied and subject is context.lexis.focus:
        meant = "hypothetical"  # "when the gradient is zero ..." does not say that it ever is
    draft = context.draft(text, clause, subject, predicate, target, event.denied, meant)
    if "under" in event.flags:
        draft.role = "condition"
    draft.loose, draft.soft = "loose" in event.flags, "soft" in event.flags
    draft.growth = "growth" in event.flags and predicate == "tends"
    draft.only = says_only(text, clause.start, clause.end)
    draft.requires = requires(text, clause, event)
    draft.named = context.lexis.is_named(subject)
    draft.written = written
    draft.hedge = _hedge(text, clause, event, target)
    return draft


def _hedge(text: Sentence, clause: Clause, event: Event, target: Expr | None) -> str:
    """Why a claim is not to be believed: told of others ("told"), said with doubt, or "" if it is meant.

    "w may grow without bound" restates what is allowed; "it may be zero" is a doubt.
    """
    if any(start < clause.end and end > clause.start for start, end in text.full.spans(_REPORTED)):
        return "told"
    if "may" in text.lemmas(clause.start, event.end) and infinite(target):
        return "told"
    doubts = any(clause.start <= start < clause.end for start, _ in text.full.spans(_HEDGES))
    return "it is said with doubt" if doubts else ""


def _spread(predicate: str, tree: Expr | None, denied: bool) -> list[tuple[str, Expr | None]]:
    """Predicates that say two things: between bounds, in an interval."""
    if predicate == "near":
        return [("tends", tree)] if tree is not None and tree.head != "symbol" else []
    if predicate != "between" or tree is None:
        return [(predicate, tree)]
    if tree.head == "interval" and not denied:
        low = "greater" if tree.value[0] == "(" else "at-least"
        high = "less" if tree.value[1] == ")" else "at-most"
        return [(low, tree.args[0]), (high, tree.args[1])]
    return []


def _in_limit(text: Sentence, clause: Clause) -> bool:
    words = text.lemmas(clause.start, clause.end)
    return "limit" in words or "asymptotically" in words


def _with_growth(made: list[Draft], context: Context) -> list[Draft]:
    """ "As w grows" is a limit only where the sentence claims one."""
    limit = any(d.predicate in ("tends", "decreasing", "increasing") and not d.growth for d in made)
    return [d for d in made if not d.growth or (limit and not context.lexis.ends(d.subject))]


def _without_echoes(made: list[Draft]) -> list[Draft]:
    """Leaves out the "No," that the rest of its sentence says in full."""
    return [d for d in made if not d.answer or not any(_says_in_full(e, d) for e in made)]


def _says_in_full(draft: Draft, answer: Draft) -> bool:
    if draft.answer or draft.modality in ("purpose", "hypothetical") or draft.role in SIDE:
        return False
    same = draft.subject is answer.subject and draft.target is answer.target and not draft.hedge
    return same and draft.predicate == answer.predicate and draft.negated == answer.negated
