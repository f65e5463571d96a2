"""Reads the variants from YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bench.agreement.records import QUESTIONS, UNSPECIFIED, Line, Variant

HERE = Path(__file__).parent / "variants"
_PREFIXES = (("$$! ", "display", True), ("$$ ", "display", False), ("~~ ", "struck", False))


def load_variants() -> dict[str, tuple[Variant, ...]]:
    """All variants by question, in the files' order. Raises ValueError for one that is not well formed."""
    found = {question: tuple(_read(question)) for question in QUESTIONS}
    names = [variant.id for variants in found.values() for variant in variants]
    if len(names) != len(set(names)):
        raise ValueError("two variants share an id")
    return found


def _read(question: str) -> list[Variant]:
    groups = yaml.safe_load((HERE / f"{question}.yaml").read_text(encoding="utf-8"))
    return [_variant(question, group, entry) for group, entries in groups.items() for entry in entries]


def _variant(question: str, group: str, entry: dict[str, Any]) -> Variant:
    known = {"id", "marks", "lines", "first_error", "misconception", "review", "remarks", "why", "boxed"}
    if extra := set(entry) - known - {"needs", "final", "after"}:
        raise ValueError(f"{entry.get('id')}: unknown keys {sorted(extra)}")
    error = entry.get("first_error")
    return Variant(
        id=entry["id"],
        question=question,
        group=group,
        lines=tuple(_line(text) for text in entry["lines"].strip().split("\n")),
        marks=tuple(entry["marks"]),
        first_error=error,
        misconception=_misconception(entry.get("misconception"), error),
        review=entry.get("review", False),
        remarks=tuple(entry.get("remarks", ())),
        why=entry.get("why", ""),
        boxed=entry.get("boxed", False),
        needs=tuple(entry.get("needs", ())) + (("box",) if entry.get("boxed") else ()),
        final=entry.get("final", ""),
        after=tuple(entry.get("after", ())),
    )


def _misconception(given: str | list[str] | None, error: int | str | None) -> tuple[str, ...] | str | None:
    if isinstance(given, list):
        return tuple(given)
    if given is None:
        return None if error is None else UNSPECIFIED
    return given if given == UNSPECIFIED else (given,)


def _line(text: str) -> Line:
    for prefix, kind, final in _PREFIXES:
        if text.startswith(prefix):
            return Line(text.removeprefix(prefix), kind, final)
    return Line(text, "prose")
