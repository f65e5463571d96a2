"""Puts submissions together from variants: which, in what order, and what else stands in them."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from bench.agreement.arrange import ARRANGEMENTS, Draft
from bench.agreement.catalogue import load_variants
from bench.agreement.checking import largest, same, worlds
from bench.agreement.dialects import DIALECTS, KINDS
from bench.agreement.headings import HEADINGS, RESTATED
from bench.agreement.records import QUESTIONS, Row, Section, Style, Submission, Tag, Variant
from bench.agreement.spelling import GRADIENTS, LOSSES, NORMS, NOTATIONS, WEIGHTS, local_definition

_SHARE_RIGHT = 0.5
_REDEFINES = "q1-redefined-sigma"


class Deck:
    """Deals its variants in a random order, each once before any twice."""

    def __init__(self, variants: list[Variant], rng: random.Random) -> None:
        self.all, self.rng, self.left = variants, rng, list[Variant]()

    def draw(self, fits: Any) -> Variant:
        for _ in range(2):
            for at, variant in enumerate(self.left):
                if fits(variant):
                    return self.left.pop(at)
            self.left += self.rng.sample(self.all, len(self.all))
        raise LookupError("no variant fits")


class Composer:
    """Makes submissions, one after another; the same seed makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        variants = load_variants()
        self.follow = [variant for variant in variants["q4"] if variant.group == "follow"]
        self.right = {q: Deck([v for v in variants[q] if v.group == "right"], self.rng) for q in QUESTIONS}
        self.other = {
            q: Deck([v for v in variants[q] if v.group in ("wrong", "odd")], self.rng) for q in QUESTIONS
        }
        self.harmless = {v.id: _same_size(v) for v in variants["q2"]}

    def submission(self, index: int) -> Submission:
        style = self._style(index)
        chosen = {question: self._choose(question, style, {}) for question in ("q1", "q2", "q3", "q5")}
        chosen["q4"] = self._choose("q4", style, chosen)
        draft = Draft(style, {q: chosen[q] for q in QUESTIONS}, self.rng)
        if chosen["q1"].id == _REDEFINES:
            draft.redefined()
        names = []
        for name, (share, arrange) in ARRANGEMENTS.items():
            if self.rng.random() < share and arrange(draft):
                names.append(name)
        files = tuple(tuple(self._section(q, draft, style) for q in file) for file in draft.files())
        if style.notation == "local":
            files = self._define(files, style)
        labels = {q: draft.labels[q] for q in QUESTIONS}
        return Submission(f"s{index:04d}", style, files, labels, tuple(names))

    def _style(self, index: int) -> Style:
        kind = KINDS[index % len(KINDS)]
        notation = list(NOTATIONS)[(index + index // len(KINDS)) % len(NOTATIONS)]
        pick = self.rng.choice
        return Style(
            kind=kind,
            notation=notation,
            loss=pick(list(LOSSES)),
            gradient=pick(list(GRADIENTS)),
            norm=pick(list(NORMS)),
            weights=pick(list(WEIGHTS)),
            heading=pick(list(HEADINGS[kind])),
            chains=pick(["aligned", "separate"]),
            boxes=self.rng.random() < 0.5,
            local=pick(["z", "z", "s", "t", "a"]),
            stars=kind == "ascii" and self.rng.random() < 0.4,
        )

    def _choose(self, question: str, style: Style, chosen: dict[str, Variant]) -> Variant:
        gradient = chosen.get("q2")
        if question == "q4" and gradient is not None and gradient.final and self.rng.random() < 0.7:
            fitting = [v for v in self.follow if gradient.id in v.after]
            if fitting:
                return self.rng.choice(fitting)
        plain = gradient is None or self.harmless[gradient.id]
        right = self.rng.random() < _SHARE_RIGHT or (question == "q4" and not plain)
        deck = (self.right if right else self.other)[question]
        return deck.draw(lambda variant: _possible(variant, style))

    def _section(self, key: str, draft: Draft, style: Style) -> Section:
        question = key[:2]
        rows = [
            replace(row, box=row.final and (style.boxes or row.box)) if row.kind == "display" else row
            for row in draft.rows[key]
        ]
        return Section(question, tuple(rows), RESTATED[question] if key in draft.restated else "")

    def _define(
        self, files: tuple[tuple[Section, ...], ...], style: Style
    ) -> tuple[tuple[Section, ...], ...]:
        """The local name is defined where it is first used, and by some students again and again."""
        text, again = local_definition(style), self.rng.random() < 0.4
        made, first = [], True
        for file in files:
            sections = []
            for section in file:
                if section.rows and (first or again):
                    row = Row(text, "prose", Tag(section.question, 0))
                    section, first = replace(section, rows=(row, *section.rows)), False
                sections.append(section)
            made.append(tuple(sections))
        return tuple(made)


def _possible(variant: Variant, style: Style) -> bool:
    dialect = DIALECTS[style.kind]
    if "strike" in variant.needs and not dialect.strike[0]:
        return False
    return "box" not in variant.needs or dialect.syntax == "latex"


def _same_size(variant: Variant) -> bool:
    """Does the gradient arrived at have the right largest magnitude, so that nothing is followed through?"""
    if not variant.final:
        return variant.marks[-1] == 1 or variant.first_error is None
    if variant.final == "open" or "phi" not in variant.final:
        return False
    return all(same(largest(world, variant.final), largest(world, "")) for world in worlds("q4", 2))
