"""A sentence as a string of lemmas and marked items, and the predicates found in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.claims.items import Item
from grader.claims.lexicon import COLOURING, DENIALS, EMPTY, KEPT_ADVERBS, NEGATORS, NEUTRAL_NEGATIONS
from grader.claims.phrases import any_phrase, slot
from grader.claims.predicates import Entry, compiled

MARKS = {"mention": "M", "pronoun": "P", "value": "V", "relation": "R", "lead": "L"}
MAX_ITEMS = 300
_NEUTRAL = any_phrase(NEUTRAL_NEGATIONS)
_DENIALS = any_phrase(DENIALS)


@dataclass(frozen=True, slots=True)
class Hit:
    """A predicate in a sentence: the items that it spans (`start` up to `end`) and those in its slots."""

    entry: Entry
    start: int
    end: int
    subject: int | None
    target: int | None


@dataclass(frozen=True, slots=True)
class View:
    """A string of items for phrases to match: where each begins, and which item of the sentence it is."""

    text: str
    offsets: tuple[int, ...]
    indices: tuple[int, ...]

    def item_at(self, offset: int) -> int:
        """The item that a character of `text` belongs to."""
        return self.indices[bisect_right(self.offsets, offset) - 1]

    def spans(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """The items that each match of a phrase covers, as (first, past the last)."""
        found = [m for m in pattern.finditer(self.text) if m.group()]
        return [(self.item_at(m.start()), self.item_at(m.end() - 1) + 1) for m in found]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The items that count: all of them (`full`), and without words that turn or colour a claim (`bare`)."""

    items: tuple[Item, ...]
    full: View
    bare: View

    def lemmas(self, start: int, end: int) -> tuple[str, ...]:
        """The lemmas of the items from `start` up to `end`; marked items have none."""
        return tuple(i.lemma if i.kind in ("word", "comma", "pronoun") else "" for i in self.items[start:end])


def sentence(items: list[Item]) -> Sentence:
    """Encodes a sentence, leaving out words that add nothing."""
    kept = tuple(i for i in items if i.kind != "word" or not _adds_nothing(i.lemma))[:MAX_ITEMS]
    bare = [at for at, i in enumerate(kept) if i.kind != "word" or i.lemma not in COLOURING]
    return Sentence(kept, _view(kept, range(len(kept))), _view(kept, bare))


def spelled(items: Sequence[Item]) -> View:
    """All items of a sentence, also those that `sentence` leaves out."""
    return _view(tuple(items), range(len(items)))


def _view(items: tuple[Item, ...], indices: Sequence[int]) -> View:
    text, offsets = "", []
    for at in indices:
        offsets.append(len(text))
        mark = MARKS.get(items[at].kind)
        text += f"{mark}{at} " if mark else f"{items[at].lemma or '?'} "
    return View(text, tuple(offsets), tuple(indices))


def _adds_nothing(word: str) -> bool:
    if word in EMPTY:
        return True
    return word.endswith("ly") and word not in KEPT_ADVERBS


def hits(text: Sentence) -> list[Hit]:
    """The predicates of a sentence, in order: longest first, none overlapping."""
    found = [
        (match.start() - match.end(), match.start(), rank, _hit(text.bare, entry, match))
        for rank, entry, match in _matches(text.bare.text)
    ]
    taken: set[int] = set()
    chosen: list[Hit] = []
    for *_, hit in sorted(found, key=lambda f: f[:3]):
        span = range(hit.start, hit.end)
        if not taken.intersection(span):
            taken.update(span)
            chosen.append(hit)
    return sorted(chosen, key=lambda h: h.start)


@lru_cache(maxsize=1024)  # a class says the same sentences, and each is tried with some two hundred phrases
def _matches(text: str) -> tuple[tuple[int, Entry, re.Match[str]], ...]:
    return tuple(
        (rank, entry, match)
        for rank, (entry, pattern) in enumerate(compiled())
        for match in pattern.finditer(text)
        if match.group()
    )


def _hit(text: View, entry: Entry, match: re.Match[str]) -> Hit:
    subject, target = slot(match, "subject"), slot(match, "target")
    end = text.item_at(match.end() - 1) + 1
    return Hit(entry, text.item_at(match.start()), end, _index(subject), _index(target))


def _index(mark: str | None) -> int | None:
    return int(mark[1:]) if mark and mark[1:].isdigit() else None


def says_only(text: Sentence, start: int, end: int) -> bool:
    """Whether "only" stands between two items, "not only" left out."""
    idle = {at for first, last in text.full.spans(_NEUTRAL) for at in range(first, last)}
    return any(at not in idle and text.items[at].lemma == "only" for at in range(start, end))


def negators(text: Sentence, found: list[Hit]) -> frozenset[int]:
    """The items that deny: not those of "no matter how", nor those that are part of a predicate's phrase."""
    idle = {at for start, end in text.full.spans(_NEUTRAL) for at in range(start, end)}
    inside = {at for h in found for at in range(h.start, h.end) if text.items[at].lemma not in COLOURING}
    words = {at for at, i in enumerate(text.items) if i.kind == "word" and i.lemma in NEGATORS}
    words |= {start for start, _ in text.full.spans(_DENIALS)}
    return frozenset(words - idle - inside)
