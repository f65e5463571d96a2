"""Reading a text sentence by sentence: who "it" is, what "No." answers, what "which is impossible" denies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from grader.claims import lexicon
from grader.claims.clauses import Clause, clauses
from grader.claims.compose import composed
from grader.claims.drafts import Draft
from grader.claims.events import Event, events, modality, requires
from grader.claims.formulas import is_value
from grader.claims.items import Item, place_in
from grader.claims.model import Unclear
from grader.claims.phrases import any_phrase
from grader.claims.quantities import Lexis
from grader.claims.directions import directions, infinite
from grader.claims.resolve import conditions, limits, takebacks
from grader.claims.sentence import Sentence, hits, negators, sentence
from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.records import Piece, Place

_BEARING = frozenset(["arbitrarily", "vanish", "infinitesimally", "limit", "asymptote", "zero", "infinity"])
_NO_SUBJECTS = lexicon.PLAIN_NOUNS | lexicon.COLOURING | frozenset(lexicon.VERBS) | frozenset(["absolute"])
_SIDE = ("condition", "with")
_LIKEWISE = frozenset("do be will too also well can same would".split())
_OPEN_ENDS = (("approach",), ("tend", "to"), ("go", "to"), ("converge", "to"), ("close", "to"), ("near",))
_PARTICLES = frozenset(["no", "nope", "yes"])
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
        text = sentence(composed(_kept(items), self.lexis))
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
        elif made:
            self.asked = []
        limit = any(d.predicate in ("tends", "decreasing", "increasing") and not d.growth for d in made)
        made = [d for d in made if not d.growth or (limit and not self.lexis.ends(d.subject))]
        made = [d for d in made if not d.answer or not any(_says_in_full(e, d) for e in made)]
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
        trees = self._trees(text, clause, event, made)
        out: list[Draft] = []
        for tree in trees:
            if event.own is not None and is_value(event.own):
                continue
            subject = (
                self._subject(text, clause, event, tree, made)
                if event.own is None
                else self.lexis.canonical(event.own)
            )
            if subject is None:
                continue
            for predicate, target in _spread(event.predicate, tree, event.denied):
                draft = self._draft(text, clause, event, subject, predicate, target)
                draft.hedge = _permitted(draft) if "may" in text.lemmas(clause.start, event.end) else hedge
                out.append(draft)
        return out

    def _trees(
        self, text: Sentence, clause: Clause, event: Event, made: list[Draft]
    ) -> tuple[Expr | None, ...]:
        if event.predicate == "between" and len(event.trees) == 2:
            return (build.interval(*event.trees, "(", ")"),)
        if event.predicate == "tends" and not event.trees and not event.recalls:
            subject = self._subject(text, clause, event, None, made)
            return () if subject is None else self.lexis.ends(subject)
        return event.trees or (self._last_targets(made) if event.recalls else (None,))

    def _draft(
        self, text: Sentence, clause: Clause, event: Event, subject: Expr, predicate: str, target: Expr | None
    ) -> Draft:
        written = target
        if infinite(target) and predicate == "equals" and not event.denied:
            predicate = "tends"  # "w is infinite" can only be meant so
        if target is not None:
            subject, target = self.lexis.solved(subject, target)
        if target is build.ZERO:
            subject = self.lexis.vanishing(subject)
        place, source = self._where(text, clause)
        words = text.lemmas(clause.start, clause.end)
        role = "condition" if "under" in event.flags else clause.role
        return Draft(
            subject, predicate, target, event.denied, modality(text, clause, event), place, source, role,
            self.sentence_number, self.clause_number, clause.leads, "loose" in event.flags,
            "only" in words, relation=event.own is not None, attributive=event.attributive,
            requires=requires(text, clause, event), soft="soft" in event.flags,
            named=self.lexis.is_named(subject), growth="growth" in event.flags and predicate == "tends",
            written=written,
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
        known = [d for d in known if d.role not in _SIDE] or known
        if not known:
            return (build.ZERO,)
        last = known[-1]
        beside = [d.target for d in known if d.clause == last.clause and d.subject is last.subject]
        return tuple(dict.fromkeys(t for t in beside if t is not None))

    def _subject(
        self, text: Sentence, clause: Clause, event: Event, target: Expr | None, made: list[Draft]
    ) -> Expr | None:
        if event.subject is None:
            if event.attributive:
                return self._focus()
            if _speaks_of_other(text, clause, event):
                return None
            if event.recalls:
                return self._recalled(target, made)
            return self._inherited(clause, event, target, made, text)
        item = text.items[event.subject]
        grown = _grown_vector(text, event) if infinite(target) and _is_size(item) else None
        if grown is not None:
            return self.lexis.canonical(build.norm(grown))
        if item.kind == "word":
            return self._focus()
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
        if clause.role == "purpose":
            return self._focus()
        main = [d for d in made if d.role not in ("condition", "with", "purpose") or len(made) == 1]
        if main:
            return self._unless_conflict(main[-1].subject, event.predicate, target, made)
        if before and not made:
            return before[-1].trees[0]
        return self._recalled(target, made) if target is not None else self._focus()

    def _referent(self, clause: Clause, item: Item, target: Expr | None, predicate: str, made: list[Draft]) -> Expr:
        recent = [d for d in [*self.drafts[-6:], *made] if d.target is target and d.predicate in ("tends", "equals")]
        spoken = [d for d in recent if d.role not in _SIDE]
        if target is not None and spoken:
            return spoken[-1].subject
        if target is not None and recent and recent[-1].sentence != self.sentence_number:
            return recent[-1].subject
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
        if not plain and any(clause.start <= at < clause.end for at in denying):
            return self._denied_value(text, clause, made)
        if (same := self._likewise(text, clause, made)) is not None:
            return same
        if (gapped := self._gapped(text, clause, made)) is not None:
            return gapped
        if (shared := self._shared_object(text, clause, made)) is not None:
            return shared
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

    def _shared_object(self, text: Sentence, clause: Clause, made: list[Draft]) -> list[Draft] | None:
        """ "approaches but never equals 0": the object stands in the next clause."""
        words = text.lemmas(clause.start, clause.end)
        coming = [i for i in text.items[clause.end :] if i.kind == "value"]
        if not coming or not any(words[-len(end) :] == end for end in _OPEN_ENDS):
            return None
        named = [i.trees[0] for i in text.items[clause.start : clause.end] if i.kind in ("mention", "relation")]
        place, source = self._where(text, clause)
        return [
            Draft(
                named[-1] if named else self._recalled(t, made), "tends", t, False, "is", place, source,
                clause.role, self.sentence_number, self.clause_number,
            )  # fmt: skip
            for t in coming[0].trees
        ]

    def _gapped(self, text: Sentence, clause: Clause, made: list[Draft]) -> list[Draft] | None:
        """ "p tends to 1 and the gradient to 0": the verb is left out."""
        items = text.items[clause.start : clause.end]
        shape = [i.kind if i.kind != "word" else i.lemma for i in items]
        if shape not in (["mention", "to", "value"], ["mention", "toward", "value"]):
            return None
        if not made or made[-1].predicate != "tends" or made[-1].negated:
            return None
        place, source = self._where(text, clause)
        return [
            Draft(
                items[0].tree, "tends", t, False, made[-1].modality, place, source, made[-1].role,
                self.sentence_number, self.clause_number,
            )  # fmt: skip
            for t in items[2].trees
        ]

    def _likewise(self, text: Sentence, clause: Clause, made: list[Draft]) -> list[Draft] | None:
        """ "and so does the gradient": the last claim again, of something else."""
        items = text.items[clause.start : clause.end]
        named = [i for i in items if i.kind == "mention"]
        others = {i.lemma for i in items if i.kind == "word"}
        told = [d for d in [*self.drafts, *made] if d.role not in _SIDE and d.target is not None]
        if len(named) != 1 or not told or not others or not others <= _LIKEWISE or len(items) != len(others) + 1:
            return None
        if "do" not in others and "likewise" not in clause.leads:
            return None
        place, source = self._where(text, clause)
        last = [d for d in told if d.clause == told[-1].clause]
        return [
            replace(d, subject=named[0].trees[0], target=d.written or d.target, place=place, source=source, clause=self.clause_number, condition=[])
            for d in last
        ]

    def _denied_value(self, text: Sentence, clause: Clause, made: list[Draft]) -> list[Draft]:
        """ "small, but never zero": a value denied without a verb."""
        items = text.items[clause.start : clause.end]
        values = [t for i in items if i.kind == "value" for t in i.trees]
        named = [i.trees[0] for i in items if i.kind == "mention"]
        place, source = self._where(text, clause)
        main = [d.subject for d in made if d.role not in _SIDE]
        return [
            Draft(
                named[0] if named else self._denied_subject(t, main, made), "equals", t, True, "is",
                place, source, clause.role, self.sentence_number, self.clause_number,
            )  # fmt: skip
            for t in values
        ]

    def _denied_subject(self, target: Expr, main: list[Expr], made: list[Draft]) -> Expr:
        same = [d.subject for d in made if d.target is target]
        return [self._recalled(target, made), *main[-1:], *same[-1:]][-1]

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
        place, source = self._where(text, clause)
        supposed = [d for d in [*self.drafts[-6:], *made] if d.attains and d.modality in ("purpose", "hypothetical")]
        asked = [d for d in self.asked if not d.negated][-1:] or supposed[-1:]
        particle = bool(_PARTICLES.intersection(words))
        target = asked[0].target if asked else build.ZERO if particle else self._last_targets(made)[-1]
        subject = asked[0].subject if asked else self._focus() if particle else self._recalled(target, made)
        predicate = asked[0].predicate if asked else "equals"
        return [
            Draft(
                subject, predicate, target, denied, "is", place, source, "main",
                self.sentence_number, self.clause_number, answer=True,
                hedge="" if denied or asked else "it is not clear what this answers",
            )  # fmt: skip
        ]

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


def _speaks_of_other(text: Sentence, clause: Clause, event: Event) -> bool:
    """Whether a predicate has a subject that is none of the question's: "the second derivative is 0"."""
    before = text.items[clause.start : event.start]
    return any(i.determined and i.kind == "word" and i.lemma not in _NO_SUBJECTS for i in before)


def _is_size(item: Item) -> bool:
    return (item.phrase or item.lemma) in lexicon.NORM_WORDS


def _grown_vector(text: Sentence, event: Event) -> Expr | None:
    """The vector whose "length" goes to infinity: the one mentioned before in the sentence."""
    before = [i.tree for i in text.items[: event.start] if i.kind == "mention" and i.tree.kind == "vector"]
    symbols = [t for t in before if t.head == "symbol"]
    return symbols[0] if symbols else None


def _permitted(draft: Draft) -> str:
    """ "w may grow without bound" restates what is allowed; "it may be zero" is a doubt."""
    return "told" if infinite(draft.target) else "it is said with doubt"


def _says_in_full(draft: Draft, answer: Draft) -> bool:
    """Whether a claim makes the "No," before it superfluous."""
    same = draft.predicate == answer.predicate and draft.target is answer.target
    if draft.answer or draft.modality in ("purpose", "hypothetical"):
        return False
    return same and draft.role not in ("condition", "with")


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
