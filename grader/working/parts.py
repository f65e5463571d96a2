"""`Solve (a) ... and (b) ...`: parts of a question, each with what it states, to which a label comes back."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.working.entailment import unknowns
from grader.working.knowledge import Fact, Knowledge
from grader.working.records import Line

# At the start of a sentence or a row (nothing stands between it and the formula in the row above), or
# behind a word that does not speak of a part: "from (a)".
_WORD = r"\b(?!(?:from|into|by|using|equations?|in|of|to|with|parts?|and|or)\b)[a-z]+:?\s+"
_LABEL = re.compile(
    rf"(?:^|\n\s*|\$(?=\S)|{_WORD}|\$,? and )\(?(?P<label>[a-h]|i{{1,3}}|iv|vi?)\)(?=\s|$)[^$]*$"
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What stood before the first part, what each part states, and which part is being worked at."""

    common: tuple[Fact, ...] = ()
    stated: tuple[tuple[str, tuple[Fact, ...]], ...] = ()
    current: str = ""


def label_of(line: Line) -> str:
    """The label of the part that begins with a line; empty if none does."""
    found = _LABEL.search(line.sentence.lower())
    return found["label"] if found is not None else ""


def at_part(parts: Parts, label: str, known: Knowledge) -> tuple[Parts, Knowledge]:
    """The parts and what is known where one of them begins.

    Parts that are listed one after another say nothing of each other; what was worked out in one may be
    used in the next. Where a part is come back to, what it states holds again.
    """
    if not parts.current:
        return Parts(known.facts, (), label), known
    own = tuple(f for f in known.facts if f not in parts.common)
    stated = dict(parts.stated)
    listed = all(f.basis for f in own)
    if listed and parts.current not in stated:
        stated[parts.current] = own
    now = Parts(parts.common, tuple(stated.items()), label)
    if stated.get(label):
        return now, _come_back(parts.common, stated[label], known)
    return now, known.with_facts(parts.common) if listed else known


def _come_back(common: tuple[Fact, ...], own: tuple[Fact, ...], known: Knowledge) -> Knowledge:
    names = frozenset().union(*(unknowns(f.relation) for f in own))
    others = [f for f in known.facts if f not in common and f not in own]
    kept = [f for f in others if not names & unknowns(f.relation)]
    return known.with_facts((*common, *kept, *own))
