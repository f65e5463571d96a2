"""The records that flow from the variants to the submissions and their labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

UNSPECIFIED = "unspecified"
QUESTIONS = ("q1", "q2", "q3", "q4", "q5")
MARKS = {"q1": ("M1", "A1"), "q2": ("M1", "A1", "A2"), "q3": ("B1", "B2", "B3"), "q4": ("M1", "A1", "A2")}
MARKS["q5"] = ("M1", "M2", "A1")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a variant: its text (LaTeX with placeholders), and what it is."""

    text: str
    kind: str  # "prose", "display", "struck"
    final: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """One answer to one question, with an examiner's labels. The keys are described in variants/README.md."""

    id: str
    question: str
    group: str
    lines: tuple[Line, ...]
    marks: tuple[int | str, ...]
    first_error: int | str | None = None
    misconception: tuple[str, ...] | str | None = None
    review: bool | str = False
    remarks: tuple[str, ...] = ()
    why: str = ""
    boxed: bool = False
    needs: tuple[str, ...] = ()
    final: str = ""
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How one student writes: everything that does not change what is said."""

    kind: str
    notation: str
    loss: str
    gradient: str
    norm: str
    weights: str
    heading: str
    chains: str  # "aligned" or "separate"
    boxes: bool
    local: str = "z"
    stars: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """Names a line of an answer: the question, and the number of the line in its variant."""

    question: str
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an answer, its placeholders not yet filled in; `tag` is None for what carries no label."""

    text: str
    kind: str  # "prose", "display", "struck", "hidden"
    tag: Tag | None = None
    final: bool = False
    box: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """An answer below its question's mark; `question` may stand for more than one answer."""

    question: str
    rows: tuple[Row, ...]
    restated: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's work before it is laid out: files, each a list of sections, and the labels."""

    id: str
    style: Style
    files: tuple[tuple[Section, ...], ...]
    labels: dict[str, Any]
    arrangements: tuple[str, ...] = ()


@dataclass(slots=True)
class Sheet:
    """Lines of a file (or of a notebook's cell) as they are written, and where each tagged line stands."""

    lines: list[str] = field(default_factory=list)
    places: dict[Tag, int] = field(default_factory=dict)

    def add(self, text: str, *tags: Tag | None) -> None:
        """Appends a line (or several, cut at newlines); the tags name the first of them."""
        for tag in tags:
            if tag is not None:
                self.places.setdefault(tag, len(self.lines) + 1)
        self.lines.extend(text.split("\n"))
