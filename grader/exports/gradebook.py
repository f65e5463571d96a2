"""What every named export is made of: results, who they are of, and what lateness costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from grader.records import Result


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the roster; what is not known is empty."""

    id: str = ""
    name: str = ""
    email: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    """When it was handed in (ISO 8601; empty: not known), how many days late, and the points that it costs.

    `free` are the late days that were used and cost nothing.
    """

    handed_in: str = ""
    days: int = 0
    free: int = 0
    penalty: float = 0.0

    @property
    def said(self) -> str:
        """How late, in words.

        >>> Late(days=1).said, Late(days=3).said
        ('1 day late', '3 days late')
        """
        return f"{self.days} day{'' if self.days == 1 else 's'} late"


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission in a gradebook."""

    result: Result
    person: Person = field(default_factory=Person)
    late: Late = field(default_factory=Late)

    @property
    def score(self) -> float:
        """The points that count: what was earned, less what lateness costs, and never below 0."""
        return max(0.0, self.result.earned - self.late.penalty)

    @property
    def student(self) -> str:
        """The student's id: the roster's, else the submission's."""
        return self.person.id or self.result.submission


@dataclass(frozen=True, slots=True)
class Gradebook:
    """A class: its entries, and what an export may need beside them.

    `homework` is its id, `title` what the instructor calls it. `template` is the file of a learning platform
    that is to be filled, `column` the title of the assignment in it, `scale` allows another maximum there.
    `feedback` is the folder with the pages.
    """

    homework: str
    title: str = ""
    due: str = ""
    entries: tuple[Entry, ...] = ()
    template: Path | None = None
    column: str = ""
    scale: bool = False
    feedback: Path = Path("feedback")


@dataclass(frozen=True, slots=True)
class Written:
    """The files that an export wrote, and what somebody should know about it."""

    paths: tuple[Path, ...]
    notes: tuple[str, ...] = ()
