"""The words for each finding: one file a finding, first what it is, then a hint as a question."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Text:
    """What is said of a finding, and the question that hints at the way on."""

    principle: str
    hint: str


@cache
def text_for(finding: str) -> Text:
    """The words for a finding; the general ones where it has none of its own."""
    folder = files("grader.feedback") / "texts"
    path = folder / f"{finding}.md"
    if not path.is_file():
        path = folder / "unclear.md"
    principle, _, hint = path.read_text(encoding="utf-8").strip().partition("\n\n")
    return Text(principle.strip(), hint.strip())


@cache
def known_findings() -> frozenset[str]:
    """The findings that have words of their own."""
    return frozenset(
        p.name[:-3] for p in (files("grader.feedback") / "texts").iterdir() if p.name.endswith(".md")
    )
