"""`grader check`: grades what stands in a repository, for the one who wrote it."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grader.errors import SpecError
from grader.records import Finding, Notice, Place, Result
from grader.running.repository import repository_files
from grader.spec.find import find_homework
from grader.spec.model import Homework

_SCORE = re.compile(r"\s*(?P<number>\d+(?:\.\d*)?|\.\d+)\s*(?P<share>%?)\s*")
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Check:
    """A submission as its author may see it: the result, what to point at, the points that are needed.

    `titles` are the questions' titles by id; `files` what was read, as paths from the working directory.
    """

    result: Result
    notices: tuple[Notice, ...]
    needed: float
    titles: dict[str, str]
    files: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether enough was earned."""
        return self.result.earned + TOLERANCE >= self.needed


def check_path(path: Path, homework: Homework, needed: float) -> Check:
    """Grades a file, or a repository as one submission, and keeps what would give an answer away.

    Raises SubmissionError where there is no such path; what is wrong in a file is a notice.
    """
    from grader.documents import read_document
    from grader.feedback.student import for_student, notices
    from grader.pipeline import grade_documents

    files = repository_files(path, homework.submission)
    names = [_shown(file) for file in files]
    documents = [read_document(file, name) for file, name in zip(files, names, strict=True)]
    graded = grade_documents(_name(path), documents, homework)
    if not files:
        graded = replace(graded, findings=(_nothing(homework), *graded.findings))
    result = for_student(graded, homework)
    titles = {item.id: item.title for item in homework.questions}
    found = sorted((_placed(notice, names) for notice in notices(result)), key=_reading_order)
    return Check(result, tuple(found), needed, titles, tuple(names))


def _nothing(homework: Homework) -> Finding:
    patterns = ", ".join(homework.submission)
    return Finding("warning", "no solution was found here", hint=f"the files that are read: {patterns}")


def find_for(problems: Path | None, path: Path) -> Path:
    """The folder of the homework that a repository belongs to.

    It is named like the repository, like a file in it (`homework3.md`), or begins the repository's name
    (`homework3-ana`, as GitHub Classroom names them). Raises SpecError if there is none.
    """
    try:
        return find_homework(problems, path)
    except SpecError as bad:
        names = [file for file in repository_files(path) if file != path]
        parts = path.absolute().resolve().name.split("-")
        names += [Path("-".join(parts[:count])) for count in range(len(parts) - 1, 0, -1)]
        found = [folder for name in names if (folder := _found(problems, name)) is not None]
        if not found:
            raise bad from None
        return found[0]


def _found(problems: Path | None, name: Path) -> Path | None:
    try:
        return find_homework(problems, name)
    except SpecError:
        return None


def points_needed(score: str | None, homework: Homework) -> float:
    """The points that a check asks for: `11`, or `80%` of what is possible; None: as the homework says.

    Raises ValueError for anything else.
    """
    possible = sum(question.points for question in homework.questions)
    if score is None:
        return homework.threshold * possible
    match = _SCORE.fullmatch(score)
    number = float(match["number"]) if match is not None else math.inf
    if match is None or not math.isfinite(number):
        raise ValueError(f"`{score}` is neither points, such as 11, nor a share, such as 80%")
    if match["share"] and number > 100:
        raise ValueError(f"`{score}` is more than all")
    return number / 100 * possible if match["share"] else number


def _shown(file: Path) -> str:
    """The path from the working directory, as annotations name files."""
    try:
        return Path(os.path.relpath(file)).as_posix()
    except ValueError:  # on another drive
        return file.as_posix()


def _name(path: Path) -> str:
    return path.stem if path.is_file() else path.absolute().resolve().name


def _placed(notice: Notice, names: Sequence[str]) -> Notice:
    """A line without its file is in the only file that there is, or nowhere."""
    place = notice.place
    if place is None or place.file:
        return notice
    where = Place(names[0], place.line, cell=place.cell) if len(names) == 1 else None
    return replace(notice, place=where)


def _reading_order(notice: Notice) -> tuple[bool, str, int, int]:
    place = notice.place
    if place is None:
        return (True, "", 0, 0)
    return (False, place.file, place.cell or 0, place.line)
