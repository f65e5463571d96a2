"""The records that flow between the stages: frozen, typed, and free of behaviour.

Every stage takes records and returns records. What it found wrong is a `Finding`,
a value with a place, never an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

Severity = Literal["error", "warning", "note"]
Syntax = Literal["latex", "text", "auto"]


class Equality(StrEnum):
    """What can be said of two answers."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNKNOWN = "unknown"
    NONE = "none"


class StepVerdict(StrEnum):
    """What can be said of one step of a derivation."""

    HOLDS = "holds"
    FAILS = "fails"
    GIVEN = "given"
    UNKNOWN = "unknown"


class EvidenceKind(StrEnum):
    """How a verdict was reached; the stable names that results.jsonl uses."""

    IDENTICAL = "identical"
    NORMAL_FORM = "normal-form"
    COUNTEREXAMPLE = "counterexample"
    CALCULUS = "calculus"
    INEQUALITY = "inequality"
    CONSISTENT = "consistent"
    CLAIM = "claim"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class Place:
    """A point in a file as handed in: 1-based line and column, and the notebook cell (0-based)."""

    file: str
    line: int
    column: int = 1
    cell: int | None = None

    @property
    def at(self) -> tuple[str, int, int, int]:
        """What orders places: the file, the cell, the line, the column."""
        return self.file, self.cell or 0, self.line, self.column


@dataclass(frozen=True, slots=True)
class Finding:
    """Something worth telling a person: what, where, and what could be done about it."""

    severity: Severity
    message: str
    place: Place | None = None
    hint: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a verdict stands: its kind, one sentence for a person, and data that can be replayed."""

    kind: EvidenceKind
    sentence: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotationError:
    """One reason why a formula could not be read.

    `offset` counts characters in the formula as written; `cause` is a stable name
    such as `unknown-command`; `message` and `hint` are for the person who wrote it.
    """

    offset: int
    cause: str
    message: str
    hint: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A true thing worth saying that costs nothing; `offset` counts in the formula, if it is in one."""

    id: str
    message: str = ""
    offset: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer of `compare`: are the two equal, why, and what could not be read."""

    verdict: Equality
    evidence: Evidence | None = None
    errors: tuple[NotationError, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a document: prose, or the inside of one formula, verbatim.

    `text` is what stands in the file, so an offset in it is a place (see `documents.places`).
    `struck` marks crossed-out work.
    """

    kind: Literal["prose", "math"]
    text: str
    place: Place
    display: bool = False
    syntax: Literal["latex", "text"] = "latex"
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read: its pieces in order, the macros it defines, and what was wrong with it."""

    name: str
    pieces: tuple[Piece, ...] = ()
    macros: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """What stands in the documents for one question; at `breaks` it is answered once more in a file."""

    question: str
    pieces: tuple[Piece, ...] = ()
    macros: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    breaks: tuple[Place, ...] = ()


class Met(StrEnum):
    """Whether a condition of a mark scheme is met; `unsure` asks a person."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Match:
    """What a condition found: where it is met and why, or what makes it unsure.

    `followed`: it is met by follow-through from an earlier answer only.
    """

    met: Met
    reason: str = ""
    place: Place | None = None
    evidence: Evidence | None = None
    remarks: tuple[Remark, ...] = ()
    followed: bool = False


Status = Literal["correct", "partial", "incorrect", "missing", "unreadable"]


@dataclass(frozen=True, slots=True)
class StepRecord:
    """One step of a derivation as results.jsonl tells it.

    `line` is 1-based in the file (in a notebook: within the cell). `premises` are the lines that it
    follows from. `cell`, here and below, is set for notebooks only; `expanded` is the source without the
    document's own macros, where it uses any.
    """

    file: str
    line: int
    source: str
    verdict: StepVerdict
    evidence: Evidence | None = None
    premises: tuple[int, ...] = ()
    cell: int | None = None
    expanded: str = ""

    @property
    def meant(self) -> str:
        """The source as it can be read without the document."""
        return self.expanded or self.source


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """The final answer of a question; without arguments: there is none."""

    file: str | None = None
    line: int | None = None
    source: str = ""
    verdict: Equality = Equality.NONE
    evidence: Evidence | None = None
    cell: int | None = None
    expanded: str = ""

    @property
    def meant(self) -> str:
        """The source as it can be read without the document."""
        return self.expanded or self.source


@dataclass(frozen=True, slots=True)
class Changed:
    """A person's word on a mark: who said it, when (UTC, ISO 8601), and why.

    `like` is the submission that it was said of, where an equal answer brought it here.
    """

    who: str
    when: str
    why: str
    like: str = ""


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """One mark of the scheme as awarded, the reason, and the line that earned or lost it.

    `unsure`: nothing was earned because a person must look. `changed`: a person has decided it.
    """

    id: str
    points: float
    earned: float
    reason: str = ""
    line: int | None = None
    follow_through: bool = False
    cell: int | None = None
    unsure: bool = False
    changed: Changed | None = None


@dataclass(frozen=True, slots=True)
class FirstError:
    """The first line that fails, and the misconception that explains it, if one is known.

    `message` says what is wrong, `fact` what can be checked (a counterexample), `hint` asks a question;
    `source` is the line as written, `fix` (LaTeX) what it says once it is put right: only if the spec allows.
    """

    file: str
    line: int
    misconception: str | None = None
    message: str = ""
    cell: int | None = None
    source: str = ""
    fact: str = ""
    hint: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class RemarkRecord:
    """A true thing worth saying that costs nothing, with its line."""

    id: str
    line: int | None = None
    message: str = ""
    cell: int | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True)
class MachineWord:
    """What the program said of a question before a person changed it: enough to take the change back."""

    earned: float
    status: Status
    needs_review: bool
    marks: tuple[MarkRecord, ...]
    feedback: str


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """Everything found about one question of one submission.

    `machine` is there only where a person has changed a mark.
    """

    id: str
    earned: float
    possible: float
    status: Status
    needs_review: bool = False
    answer: AnswerRecord = field(default_factory=AnswerRecord)
    marks: tuple[MarkRecord, ...] = ()
    steps: tuple[StepRecord, ...] = ()
    first_error: FirstError | None = None
    misconceptions: tuple[str, ...] = ()
    remarks: tuple[RemarkRecord, ...] = ()
    feedback: str = ""
    machine: MachineWord | None = None
    number: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A graded submission: one line of results.jsonl."""

    submission: str
    homework: str
    earned: float
    possible: float
    needs_review: bool = False
    findings: tuple[Finding, ...] = ()
    questions: tuple[QuestionResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to point at in a student's file: what it is called, what is to be said, the text there."""

    level: Literal["error", "warning"]
    title: str
    text: str
    place: Place | None = None
    source: str = ""
    hint: str = ""
