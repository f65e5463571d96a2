"""Reading a text sentence by sentence: each clause's claims, and what they do to one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.claims import lexicon
from grader.claims.clauses import Clause, clauses
from grader.claims.compose import composed
from grader.claims.conditional import hanging
from grader.claims.context import Context
from grader.claims.corrections import contradicts_shortly, corrected, doubts, turn
from grader.claims.denials import suppositions, takebacks
from grader.claims.directions import directions
from grader.claims.drafting import drafted
from grader.claims.drafts import SIDE, Draft
from grader.claims.events import events
from grader.claims.fragments import limit_mark, read_fragment
from grader.claims.items import Item, place_in
from grader.claims.limits import arbitrary_bounds, bounded, conditions, limits
from grader.claims.model import Unclear
from grader.claims.phrases import any_phrase
from grader.claims.restricted import restricted
from grader.claims.scope import alternatives, one_case
from grader.claims.sentence import MAX_ITEMS, Sentence, hits, negators, sentence
from grader.claims.silence import denies_unread, mute

_ADJECTIVES = frozenset(["true", "actual", "correct", "predicted", "whole", "resulting"])
_ENDING = lexicon.ROLES.keys() | {"we", "you", "i", "one"}  # the end of a noun phrase with an article
_AUXILIARIES = frozenset(["be", "can", "will", "would", "do", "must", "should"])
_ASIDES = frozenset(
    ["however", "therefore", "thus", "hence", "though", "nevertheless", "nonetheless", "still"]
)
_COMMANDS = any_phrase(lexicon.COMMANDS)


@dataclass(slots=True)
class Discourse:
    """Reads sentences into a context. `commanded` is whether the sentence before went on after a ";"
    and spoke to the grader. `turn` is where the sentence begins to correct what stands before it, and
    `turned` the number of the first clause after that.
    """

    context: Context
    commanded: bool = False
    turn: tuple[int, int] | None = None
    turned: int = 0

    def add(self, items: list[Item]) -> None:
        """Reads one sentence."""
        context = self.context
        context.sentence += 1
        context.made = []
        stop = items[-1].lemma if items and items[-1].kind == "stop" else ""
        self.turn = turn(items)
        self.turned = 0
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
        noted, any_event = len(context.unclear), False
        parts = clauses(text, found)
        for clause in parts:
            context.clause += 1
            first = text.items[clause.start]
            if self.turn is not None and not self.turned and (first.piece, first.start) >= self.turn:
                self.turned = context.clause
            any_event = self._read_clause(text, clause, denying) or any_event
        if stop == "?":
            del context.unclear[noted:]
        elif not any_event and len(context.unclear) == noted:
            context.mute.extend(m for m in [mute(context, text)] if m is not None)
        self._finish(text, parts, stop)

    def _read_clause(self, text: Sentence, clause: Clause, denying: frozenset[int]) -> bool:
        """Reads one clause; whether anything in it was understood."""
        context = self.context
        found = events(text, clause, denying)
        before = list(context.made)
        for event in found:
            context.made.extend(drafted(context, text, clause, event))
        own = context.made[len(before) :]
        if takebacks(text, clause, found, own, before, context):
            return True
        if not found:
            said = read_fragment(context, text, clause, denying)
            doubted = not said and (
                doubts(text, clause, context) or contradicts_shortly(text, clause, context)
            )
            context.made.extend(said)
            if not said and not doubted and denies_unread(text, clause):
                context.doubt(text, clause, "what it denies was not understood")
            return bool(said) or doubted
        if not own and denies_unread(text, clause):
            context.doubt(text, clause, "what it denies was not understood")
        if any(d.attains for d in own) and _in_limit(text, clause):
            context.made.append(limit_mark(context, text, clause))
        elif text.lemmas(clause.start, clause.start + 2) == ("in", "limit"):
            for draft in own:  # "in the limit of infinite weights": what the rest is said under
                draft.role, draft.reached = "condition", False
        return True

    def _finish(self, text: Sentence, parts: Sequence[Clause], stop: str) -> None:
        context = self.context
        made = context.made
        if stop == "?" or any(d.modality == "question" for d in made):
            asked = [d for d in made if d.predicate in ("equals", "tends")]
            context.asked = [d for d in asked if d.role not in SIDE] or asked or context.asked
            made = [d for d in made if stop != "?" and d.modality != "question"]
        elif made:
            context.asked = []
        made = _without_echoes(_with_growth(made, context))
        made.extend(arbitrary_bounds(text, made))
        made.extend(directions(text, made, context.lexis))
        conditions(made)
        suppositions(text, made, context)
        made.extend(limits(made))
        one_case(made, context)
        hanging(text, parts, made, context)
        restricted(text, parts, made, context)
        alternatives(made, context)
        made.extend(bounded(made))
        if self.turned:
            after = [d for d in made if d.clause >= self.turned]
            corrected(after, [d for d in (*context.drafts, *made) if d.clause < self.turned])
        context.drafts.extend(d for d in made if d.predicate != "limit")
        context.made = []


def _kept(items: list[Item]) -> list[Item]:
    """The items without empty words; nouns with an article are marked, and nouns used as verbs are words."""
    out: list[Item] = []
    determined = False
    for at, item in enumerate(items):
        if item.kind == "word":
            determined = (determined or item.lemma in lexicon.DETERMINERS) and item.lemma not in _ENDING
            follows = items[at + 1] if at + 1 < len(items) else None
            plain = item.lemma in _ADJECTIVES and follows is not None and follows.kind == "mention"
            aside = item.lemma in _ASIDES and bool(out) and out[-1].lemma in _AUXILIARIES  # "is however not"
            if item.lemma not in lexicon.EMPTY and not plain and not aside:
                out.append(replace(item, determined=determined))
            continue
        follows = items[at + 1] if at + 1 < len(items) else None
        if item.kind == "mention" and at and items[at - 1].lemma in lexicon.DETERMINERS:
            item = replace(item, determined=True)
        determined = item.kind == "pronoun" and item.lemma in lexicon.DETERMINERS
        if item.phrase in lexicon.NOUN_VERBS and follows is not None and follows.kind == "value" and out:
            item = replace(item, kind="word", lemma=item.phrase, trees=(), phrase="")
        out.append(item)
    return out


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
    tends = draft.predicate == "tends" and not draft.negated and draft.subject is answer.subject
    if tends and answer.attains and draft.clause == answer.clause + 1:
        return True  # "Yes, arbitrarily small."
    same = draft.subject is answer.subject and draft.target is answer.target and not draft.hedge
    return same and draft.predicate == answer.predicate and draft.negated == answer.negated
