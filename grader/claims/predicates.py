"""The phrases of `predicates.yaml`: what clauses claim."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from grader.claims.lexicon import load
from grader.claims.phrases import phrase


@dataclass(frozen=True, slots=True)
class Entry:
    """One family of phrases: the predicate, its fixed target ("" for none), and its flags."""

    predicate: str
    target: str
    flags: frozenset[str]


@cache
def compiled() -> tuple[tuple[Entry, re.Pattern[str]], ...]:
    """Every phrase with its entry, in the order of the file: of equally long matches the first is taken."""
    data = load("predicates.yaml")
    macros: dict[str, str] = data["macros"]
    return tuple((_entry(e), phrase(p.format(**macros))) for e in data["entries"] for p in e["phrases"])


def _entry(data: dict[str, Any]) -> Entry:
    return Entry(data["predicate"], str(data.get("target", "")), frozenset(data.get("flags", ())))
