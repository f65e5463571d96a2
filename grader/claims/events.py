"""What one clause claims: its predicates and relations, each with subject, target, negation and modality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from grader.claims.clauses import Clause
from grader.claims.event import Event
from grader.claims.items import Item
from grader.claims.lexicon import ADJECTIVES, CAN, COLOURING, MUST, OPAQUE, PLAIN_NOUNS, VERBS, WOULD
from grader.claims.model import Modality
from grader.claims.relations import OPERATORS, links
from grader.claims.sentence import Hit, Sentence
from grader.expressions import build
from grader.expressions.nodes import Expr

_PREPOSITIONS = frozenset(["of", "between", "wrt", "than", "on", "like", "from", "along", "into"])


_PEOPLE = frozenset(["we", "you", "one", "i"])
_SIDES = frozenset(["greater", "less", "at-least", "at-most"])  # "it stays above it", above the last value
_NEEDED = frozenset(["need", "necessary", "require"])
_CAUSES = frozenset(["make", "cause", "give", "force", "drive", "send", "yield", "produce", "lead", "bring"])
_AUXILIARIES = frozenset(["would", "will", "can", "do", "must"])
_SOLUTIONS = frozenset(["solution", "solutions", "root", "roots", "only", "iff"])
_NEEDS = frozenset(["require", "need", "necessitate", "demand", "imply", "mean"])


def events(text: Sentence, clause: Clause, denying: frozenset[int]) -> list[Event]:
    """The events of a clause, in order, with negation counted since the event before."""
    found = sorted([*_of_hits(text, clause), *_of_relations(text, clause)], key=lambda e: (e.start, e.end))
    found = _with_verbs(found)
    out: list[Event] = []
    since = clause.start - sum(lead not in ("new", "purpose") for lead in clause.leads)
    for number, event in enumerate(found):
        if event.own is not None and _is_cause(text, event, found[number + 1 :]):
            out.append(_as_condition(event))
            continue
        count = sum(since <= at < event.end for at in denying)
        if event is found[-1]:
            count += sum(event.end <= at < clause.end and text.items[at].lemma == "nowhere" for at in denying)
        flip = bool(count % 2)
        out.append(_turned(event) if flip else event)
        same = event.own is not None and any(e.start == event.start and e is not event for e in found)
        since = since if same else event.end
    return out


def _with_verbs(found: list[Event]) -> list[Event]:
    """ "a zero slope | is not obtained": what is said of an outcome is no event of its own."""
    out: list[Event] = []
    for event in found:
        before = out[-1] if out else None
        beside = before is not None and before.attributive and before.end == event.start
        if (
            before is not None
            and beside
            and "passive" in event.flags
            and event.subject in (None, before.subject)
        ):
            out[-1] = replace(before, end=event.end)
        else:
            out.append(event)
    return out


def _is_cause(text: Sentence, event: Event, later: list[Event]) -> bool:
    """ "nor does p = 1 make it zero": what is denied is what the relation brings about."""
    after = (i.lemma for i in text.items[event.end : event.end + 3])
    verb = next((word for word in after if word not in _AUXILIARIES), "")
    return bool(later) and verb in _CAUSES


def _as_condition(event: Event) -> Event:
    """ "p -> 1 makes the gradient vanish": what brings something about is what it happens under."""
    return replace(event, flags=event.flags | {"under"})


def _turned(event: Event) -> Event:
    return replace(event, denied=not event.denied)


def _of_hits(text: Sentence, clause: Clause) -> Iterator[Event]:
    hits = [h for n, h in enumerate(clause.hits) if not _is_frame(text, clause, h, clause.hits[n + 1 :])]
    for hit in hits:
        if "bare" in hit.entry.flags and not _large_counts(text, clause, hit):
            continue
        growth = "growth" in hit.entry.flags and clause.role not in ("condition", "with", "reason")
        subject, blocked, attributive = _subject(text, clause, hit)
        trees, recalls = _targets(text, hit)
        predicate = hit.entry.predicate
        if growth:
            predicate, trees = ("increasing" if hit.entry.target == "oo" else "decreasing"), ()
        yield Event(
            hit.start, hit.end, predicate, trees, "not" in hit.entry.flags, subject,
            None, hit.entry.flags, recalls, blocked, attributive,
        )  # fmt: skip


def _is_frame(text: Sentence, clause: Clause, hit: Hit, later: tuple[Hit, ...]) -> bool:
    """ "There exists no w for which ...": what counts is what is said of it."""
    related = any(i.kind in ("relation", "lead") for i in text.items[hit.end : clause.end])
    return hit.entry.predicate == "exists" and (bool(later) or related)


def _large_counts(text: Sentence, clause: Clause, hit: Hit) -> bool:
    """ "large" is a condition ("for large w") or something to bring about ("make w large")."""
    if clause.role in ("condition", "with", "reason", "purpose"):
        return True
    if hit.start == clause.start and hit.end + 1 == clause.end == sum(i.kind != "stop" for i in text.items):
        return text.items[hit.end].kind == "mention"  # "large w", and nothing else
    words = text.lemmas(clause.start, hit.end)
    return bool(
        {
            "make",
            "choose",
            "take",
            "need",
            "must",
            "get",
            "have",
            "want",
            "pick",
            "set",
            "should",
            "let",
        }.intersection(words)
    )


def _targets(text: Sentence, hit: Hit) -> tuple[tuple[Expr, ...], bool]:
    fixed = hit.entry.target
    if fixed == "0":
        return (build.ZERO,), False
    if fixed in ("oo", "-oo", "+-oo"):
        high, low = build.INFINITY, build.neg(build.INFINITY)
        return {"oo": (high,), "-oo": (low,), "+-oo": (high, low)}[fixed], False
    if hit.target is not None and text.items[hit.target].kind in ("value", "mention"):
        return _interval(text.items[hit.target], hit), False
    above_it = hit.entry.predicate in _SIDES and text.items[hit.end - 1].kind == "pronoun"
    return (), hit.entry.predicate == "equals" or "recall" in hit.entry.flags or above_it


def _interval(item: Item, hit: Hit) -> tuple[Expr, ...]:
    """ "lies in (0, 1)": a pair in brackets is an interval there, which says what its ends are."""
    source = item.text.strip()
    pair = hit.entry.predicate == "between" and len(item.trees) == 2
    if not pair or source[:1] not in ("(", "[") or source[-1:] not in (")", "]"):
        return item.trees
    low, high = item.trees
    return (build.interval(low, high, source[0], source[-1]),)


def _subject(text: Sentence, clause: Clause, hit: Hit) -> tuple[int | None, bool, bool]:
    """The item that a predicate is about; whether the clause speaks of something else; "zero gradient"."""
    if hit.subject is not None:
        return hit.subject, False, False
    if "outcome" in hit.entry.flags:
        inside = [at for at in range(hit.start, hit.end) if text.items[at].kind == "mention"]
        return (inside[0] if inside else None), False, True
    inside = [at for at in range(hit.start, hit.end) if at != hit.target and text.items[at].kind == "mention"]
    inside = [at for at in inside if text.items[at - 1].lemma != "over"]
    first = text.items[hit.start]
    if inside or (first.determined and first.lemma in PLAIN_NOUNS):
        return (inside[0] if inside else hit.start), False, False
    after = text.items[hit.end] if hit.end < clause.end else None
    if hit.target is None and after is not None and after.kind == "mention":
        return hit.end, False, False
    return _preceding(text, clause.start, hit.start)


def _preceding(text: Sentence, start: int, end: int) -> tuple[int | None, bool, bool]:
    at = end - 1
    while at >= start:
        item = text.items[at]
        if item.kind == "word" and item.lemma in _PEOPLE and at + 1 == end:
            return None, False, False  # "letting p -> 1 we get close to 0"
        if item.kind == "word" and item.determined and _is_noun(item.lemma):
            linked = at > start and text.items[at - 1].lemma in (*_PREPOSITIONS, "in", "to", "with", "at")
            if not linked and item.lemma in PLAIN_NOUNS:
                return at, False, False
            if not linked and item.lemma not in OPAQUE:
                return None, True, False
        if item.kind in ("mention", "pronoun", "relation"):
            before = text.items[at - 1].lemma if at > start else ""
            if before not in _PREPOSITIONS:
                return at, False, False
            head = text.items[at - 2] if at - 2 >= start else None
            if before == "of" and head is not None and head.lemma in OPAQUE:
                return None, True, False
            if before == "of" and (head is None or head.kind == "word"):
                return at, False, False
        at -= 1
    return None, False, False


def _is_noun(word: str) -> bool:
    return word not in COLOURING and word not in VERBS and word not in ADJECTIVES


def _of_relations(text: Sentence, clause: Clause) -> Iterator[Event]:
    inside = {at for h in clause.hits for at in range(h.start, h.end)}
    for at in range(clause.start, clause.end):
        item = text.items[at]
        if item.kind == "lead" and at not in inside:
            shared = _shared(text, at)
            if shared is not None:
                yield from links((shared, *item.trees), item.operators, at)
                continue
            predicate, denied = OPERATORS.get(item.operators[0], ("", False))
            subject, blocked, _ = _preceding(text, clause.start, at)
            if predicate:
                yield Event(at, at + 1, predicate, item.trees, denied, subject, blocked=blocked)
        elif item.kind == "relation":
            yield from links(item.trees, item.operators, at)


def _shared(text: Sentence, at: int) -> Expr | None:
    """ "p -> 0 or -> 1": what the relation before is about."""
    before = text.items[max(0, at - 2) : at]
    joined = len(before) == 2 and before[1].lemma in ("or", "and") and before[0].kind == "relation"
    return before[0].trees[0] if joined else None


def modality(text: Sentence, clause: Clause, event: Event) -> Modality:
    """How a clause means an event: from its role and the verbs before it."""
    if clause.role == "question":
        return "question"
    words = set(text.lemmas(clause.start, event.start))
    words.update(clause.leads)
    words.update(COLOURING.intersection(text.lemmas(event.start, event.end)))
    if clause.role == "purpose":
        return "purpose"
    if words & MUST or ("have" in words and _has_to(text, clause, event)):
        idle = event.denied and bool(words & _NEEDED)  # "need not be zero" denies nothing
        return "hypothetical" if idle else "must"
    attained = event.predicate == "equals" and not event.denied
    if attained and "if" in clause.leads:
        return "hypothetical"
    if attained and text.items[event.start].lemma == "set" and not words & CAN:
        return "purpose"  # "setting the gradient to zero" is a step, not a finding
    if attained and requires(text, clause, event):
        return "hypothetical"
    if words & WOULD and attained:
        return "hypothetical"
    return "can" if words & CAN else "is"


def requires(text: Sentence, clause: Clause, event: Event) -> bool:
    """ "a zero gradient requires p = 1": what is said only of what would be needed."""
    needs = clause.end < len(text.items) and text.items[clause.end].lemma in _NEEDS  # "mean" begins a clause
    words = text.lemmas(event.end, min(clause.end + needs, event.end + 5))
    if event.own is not None and words[:1] in (("have",), ("hold",)):
        return bool(_SOLUTIONS.intersection(words))
    words = words[:3]
    return (event.attributive or event.own is not None) and bool(_NEEDS.intersection(words))


def _has_to(text: Sentence, clause: Clause, event: Event) -> bool:
    words = text.lemmas(clause.start, event.end)
    return any(a == "have" and b == "to" for a, b in pairwise(words))
