"""Where that which was graded stands: kept in OUT, so that nobody has to say it again.

Paths are kept as seen from OUT, so that a course may be moved as a whole.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grader.errors import SpecError
from grader.exports.files import write_atomically
from grader.spec import find_homework, load_homework
from grader.spec.model import Homework

NAME = "graded-from.json"


@dataclass(frozen=True, slots=True)
class Origin:
    """The submissions and the spec that OUT was graded from; None where that is not known."""

    submissions: Path | None = None
    problems: Path | None = None


def keep_origin(out: Path, origin: Origin) -> None:
    """Notes it in OUT. Raises OSError where OUT cannot be written."""
    told = {"submissions": origin.submissions, "problems": origin.problems}
    found = {key: _seen_from(out, path) for key, path in told.items() if path is not None}
    write_atomically(out / NAME, json.dumps(found, indent=1) + "\n")


def _seen_from(out: Path, path: Path) -> str:
    try:
        return os.path.relpath(path.resolve(), out.resolve())
    except ValueError:  # another drive
        return str(path.resolve())


def origin_of(out: Path) -> Origin:
    """What OUT was graded from, whether it still stands there or not."""
    root = out.parent if out.is_file() else out
    try:
        told = json.loads((root / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Origin()
    if not isinstance(told, dict):
        return Origin()
    return Origin(*(_path(root, told.get(key)) for key in ("submissions", "problems")))


def homework_of(out: Path, name: str, problems: Path | None) -> Homework | None:
    """The homework of an id: where a person says, else what OUT was graded by, else in the nearest problems.

    None where none of that id is there. Raises SpecError where a person names a place that cannot be used.
    """
    if problems is not None:
        return _of_id(name, load_homework(find_homework(problems, Path(name))))
    noted = origin_of(out).problems
    for where in (noted, None) if noted is not None else (None,):
        with suppress(SpecError):
            found = _of_id(name, load_homework(find_homework(where, Path(name))))
            if found is not None:
                return found
    return None


def _of_id(name: str, found: Homework) -> Homework | None:
    return found if found.id == name else None


def _path(root: Path, told: object) -> Path | None:
    if not isinstance(told, str) or not told or "\0" in told:
        return None
    return Path(os.path.normpath(root.resolve() / told))
