"""Reading a text sentence by sentence: who "it" is, what "No." answers, what "which is impossible" denies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from grader.claims import lexicon
from grader.claims.clauses import Clause, clauses
from grader.claims.compose import composed
from grader.claims.drafts import Draft
from grader.claims.events import Event, events, modality
from grader.claims.formulas import is_value
from grader.claims.items import Item, place_in
from grader.claims.model import Unclear
from grader.claims.phrases import any_phrase
from grader.claims.quantities import Lexis
from grader.claims.resolve import conditions, directions, limits, takebacks
from grader.claims.sentence import Sentence, hits, negators, sentence
from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.records import Piece, Place

_BEARING = frozenset(["arbitrarily", "vanish", "infinitesimally", "limit", "asymptote", "zero", "infinity"])
_ANSWERS = frozenset(["no", "never", "not", "yes", "nope"])


@dataclass(slots=True)
class Discourse:
    """What was read so far. `asked` is the last yes/no question's claims, as supposed."""

    pieces: Sequence[Piece]
    lexis: Lexis
    drafts: list[Draft] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    asked: list[Draft] = field(default_factory=list)
    commanded: bool = False
    sentence_number: int = 0
    clause_number: int = 0

    def add(self, items: list[Item]) -> None:
        """Reads one sentence."""
        self.sentence_number += 1
        stop = items[-1].lemma if items[-1].kind == "stop" else ""
        kept = [i for i in items if i.kind != "word" or i.lemma not in lexicon.EMPTY]
        text = sentence(composed(kept, self.lexis))
        self.commanded = bool(text.full.spans(_pattern(lexicon.COMMANDS))) or self.commanded
        if not text.items or self.commanded:
            self.commanded = self.commanded and stop in (";", ":")
            return
        found = hits(text)
        denying = negators(text, found)
        made: list[Draft] = []
        for clause in clauses(text, found):
            self.clause_number += 1
            made.extend(self._clause(text, clause, denying, made, stop))
        self._finish(text, made, stop)

    def _finish(self, text: Sentence, made: list[Draft], stop: str) -> None:
        if stop == "?" or any(d.modality == "question" for d in made):
            self.asked = [d for d in made if d.predicate in ("equals", "tends")] or self.asked
            made = [d for d in made if stop != "?" and d.modality != "question"]
        made.extend(directions(text, made, self.lexis))
        conditions(made)
        made.extend(limits(made))
        self.drafts.extend(d for d in made if d.predicate != "limit")

    def _clause(
        self, text: Sentence, clause: Clause, denying: frozenset[int], made: list[Draft], stop: str
    ) -> list[Draft]:
        found = events(text, clause, denying)
        hedge = self._hedge(text, clause)
        out: list[Draft] = []
        for event in found:
            out.extend(self._drafts(text, clause, event, [*made, *out], hedge))
        if takebacks(text, clause, found, out, made, self._previous()):
            return out
        if not found:
            out.extend(self._without_event(text, clause, denying, made))
        elif any(d.attains for d in out) and _in_limit(text, clause):
            out.append(self._limit_mark(text, clause))
        return out

    def _previous(self) -> list[Draft]:
        return [d for d in self.drafts if d.sentence == self.sentence_number - 1]

    def _hedge(self, text: Sentence, clause: Clause) -> str:
        spans = text.full.spans(_pattern(lexicon.REPORTED))
        if any(s < clause.end and e > clause.start for s, e in spans):
            return "told"
        hedges = text.full.spans(_pattern(lexicon.HEDGES))
        return "it is said with doubt" if any(clause.start <= s < clause.end for s, _ in hedges) else ""

    def _drafts(
        self, text: Sentence, clause: Clause, event: Event, made: list[Draft], hedge: str
    ) -> list[Draft]:
        if event.blocked:
            return []
        trees = event.trees or (self._last_targets(made) if event.recalls else (None,))
        out: list[Draft] = []
        for tree in trees:
            if event.own is not None and is_value(event.own):
                continue
            subject = (
                self._subject(text, clause, event, tree, made)
                if event.own is None
                else self.lexis.canonical(event.own)
            )
            for predicate, target in _spread(event.predicate, tree, event.denied):
                draft = self._draft(text, clause, event, subject, predicate, target)
                draft.hedge = hedge
                out.append(draft)
        return out

    def _draft(
        self, text: Sentence, clause: Clause, event: Event, subject: Expr, predicate: str, target: Expr | None
    ) -> Draft:
        if target is not None and target is build.ZERO:
            subject = self.lexis.vanishing(subject)
        place, source = self._where(text, clause)
        words = text.lemmas(clause.start, clause.end)
        role = "condition" if "under" in event.flags else clause.role
        return Draft(
            subject, predicate, target, event.denied, modality(text, clause, event), place, source, role,
            self.sentence_number, self.clause_number, clause.leads, "loose" in event.flags,
            "only" in words, relation=event.own is not None, attributive=event.attributive,
        )  # fmt: skip

    def _where(self, text: Sentence, clause: Clause) -> tuple[Place, str]:
        items = text.items[clause.start : clause.end]
        parts: list[str] = []
        for index in dict.fromkeys(i.piece for i in items):
            inside = [i for i in items if i.piece == index]
            start, end = min(i.start for i in inside), max(i.end for i in inside)
            parts.append(self.pieces[index].text[start:end].strip())
        return place_in(self.pieces[items[0].piece], items[0].start), " ".join(parts)

    def _last_targets(self, made: list[Draft]) -> tuple[Expr, ...]:
        """The value mentioned last, with those beside it ("0 or 1"); 0 if there is none."""
        known = [d for d in [*self.drafts, *made] if d.target is not None and d.predicate in ("tends", "equals")]
        if not known:
            return (build.ZERO,)
        last = known[-1]
        beside = [d.target for d in known if d.clause == last.clause and d.subject is last.subject]
        return tuple(dict.fromkeys(t for t in beside if t is not None))

    def _subject(
        self, text: Sentence, clause: Clause, event: Event, target: Expr | None, made: list[Draft]
    ) -> Expr:
        focus = self._focus()
        if event.subject is None:
            if event.attributive or event.recalls:
                return focus if event.attributive else self._recalled(target, made)
            return self._inherited(clause, event, target, made, text)
        item = text.items[event.subject]
        if item.kind != "pronoun":
            return item.trees[0]
        found = self._referent(clause, item, target, event.predicate, made)
        others = [i.trees[0] for i in text.items[clause.start : event.start] if i.kind in ("mention", "relation")]
        return self._focus() if any(found is tree for tree in others) else found

    def _focus(self) -> Expr:
        return self.lexis.focus if self.lexis.focus is not None else build.symbol("it")

    def _recalled(self, target: Expr | None, made: list[Draft]) -> Expr:
        """The last subject that was said to tend to (or equal) the target."""
        for draft in reversed([*self.drafts, *made]):
            if draft.target is target and draft.predicate in ("tends", "equals"):
                return draft.subject
        return self._focus()

    def _inherited(
        self, clause: Clause, event: Event, target: Expr | None, made: list[Draft], text: Sentence
    ) -> Expr:
        """A clause without a subject goes on about the sentence's own: "goes to 0 but is never 0"."""
        before = [i for i in text.items[: clause.start] if i.kind in ("mention", "relation")]
        main = [d for d in made if d.role not in ("condition", "with", "purpose") or len(made) == 1]
        if main:
            return self._unless_conflict(main[-1].subject, event.predicate, target, made)
        if before and not made:
            return before[-1].trees[0]
        return self._recalled(target, made) if target is not None else self._focus()

    def _referent(self, clause: Clause, item: Item, target: Expr | None, predicate: str, made: list[Draft]) -> Expr:
        recent = [*self.drafts[-6:], *made]
        for draft in reversed(recent):
            if target is not None and draft.target is target and draft.predicate in ("tends", "equals"):
                return draft.subject
        main = [d for d in made if d.role not in ("condition", "with", "purpose")]
        if not main or clause.role == "result":
            return self._focus()
        return self._unless_conflict(main[-1].subject, predicate, target, made)

    def _unless_conflict(self, subject: Expr, predicate: str, target: Expr | None, made: list[Draft]) -> Expr:
        """What tends to 1 does not tend to 0 in the same breath: then it is the question's quantity."""
        for draft in made:
            if draft.subject is subject and draft.predicate == "tends" and target is not None:
                if draft.target is not target and not draft.negated:
                    return self._focus()
        return subject

    def _without_event(
        self, text: Sentence, clause: Clause, denying: frozenset[int], made: list[Draft]
    ) -> list[Draft]:
        """Short answers ("No, never.", "it cannot"), or a clause that was not understood."""
        words = text.lemmas(clause.start, clause.end)
        plain = [w for w in words if w and w not in lexicon.COLOURING and w not in (",", "no", "yes", "be", "it", "this", "that", "does", "nope", "get", "answer", "so", "possible", "impossible")]
        only = not plain and not any(i.kind in ("mention", "value") for i in text.items[clause.start : clause.end])
        if only and _ANSWERS.intersection(words):
            return self._answer(text, clause, denying, made)
        if _names_limit(text, clause):
            return [self._limit_mark(text, clause)]
        if any(clause.start <= s < clause.end for s, _ in text.full.spans(_pattern(lexicon.IMPOSSIBLE))):
            return self._impossible_value(text, clause, made)
        self._look_at(text, clause, words)
        return []

    def _limit_mark(self, text: Sentence, clause: Clause) -> Draft:
        """ "in the limit", "at infinity": a condition without a claim of its own."""
        place, source = self._where(text, clause)
        words = text.lemmas(clause.start, clause.end)
        return Draft(
            self._focus(), "limit", None, False, "is", place, source, "condition",
            self.sentence_number, self.clause_number, clause.leads, only="only" in words,
        )  # fmt: skip

    def _impossible_value(self, text: Sentence, clause: Clause, made: list[Draft]) -> list[Draft]:
        """ "exactly zero is impossible"."""
        items = text.items[clause.start : clause.end]
        values = [i for i in items if i.kind == "value"]
        if not values:
            return []
        named = [i for i in items if i.kind == "mention"]
        place, source = self._where(text, clause)
        subject = named[0].tree if named else self._recalled(values[0].tree, made)
        return [
            Draft(subject, "equals", t, True, "is", place, source, "main", self.sentence_number, self.clause_number)
            for t in values[0].trees
        ]

    def _answer(self, text: Sentence, clause: Clause, denying: frozenset[int], made: list[Draft]) -> list[Draft]:
        words = text.lemmas(clause.start, clause.end)
        denied = any(clause.start <= at < clause.end for at in denying)
        if words in (("no",), ("yes",)) and clause.end < len(text.items) - 1:
            return []  # what follows says it in full
        place, source = self._where(text, clause)
        asked = [d for d in self.asked if not d.negated][-1:]
        target = asked[0].target if asked else self._last_targets(made)[-1]
        subject = asked[0].subject if asked else self._recalled(target, made)
        predicate = asked[0].predicate if asked else "equals"
        self.asked = []
        return [Draft(subject, predicate, target, denied, "is", place, source, "main", self.sentence_number, self.clause_number)]

    def _look_at(self, text: Sentence, clause: Clause, words: tuple[str, ...]) -> None:
        items = text.items[clause.start : clause.end]
        about = any(i.kind == "pronoun" or (i.kind == "mention" and self.lexis.is_named(i.tree)) for i in items)
        value = any(i.kind == "value" and i.trees[0] in (build.ZERO, build.INFINITY) for i in items)
        if about and (value or _BEARING.intersection(words)):
            place, source = self._where(text, clause)
            self.unclear.append(Unclear(place, source, "what is said of it was not understood"))


def _in_limit(text: Sentence, clause: Clause) -> bool:
    words = text.lemmas(clause.start, clause.end)
    return "limit" in words or "asymptotically" in words


def _names_limit(text: Sentence, clause: Clause) -> bool:
    items = text.items[clause.start : clause.end]
    infinite = any(i.kind == "value" and i.tree in (build.INFINITY, build.neg(build.INFINITY)) for i in items)
    words = text.lemmas(clause.start, clause.end)
    mention = any(i.kind in ("mention", "pronoun") for i in items)
    return not mention and ((infinite and clause.role in ("condition", "with")) or "limit" in words)


def _spread(predicate: str, tree: Expr | None, denied: bool) -> list[tuple[str, Expr | None]]:
    """Predicates that say two things: between bounds, in an interval."""
    if predicate == "near":
        return [("tends", tree)] if tree is not None and tree.head != "symbol" else []
    if predicate != "between" or tree is None or denied:
        return [(predicate, tree)]
    if tree.head == "interval":
        low, high = ("greater" if tree.value[0] == "(" else "at-least"), ("less" if tree.value[1] == ")" else "at-most")
        return [(low, tree.args[0]), (high, tree.args[1])]
    return []


@cache
def _pattern(sources: tuple[str, ...]):  # type: ignore[no-untyped-def]
    return any_phrase(sources)
