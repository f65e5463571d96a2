"""Exports: results to files, one format a module; they know the records and the pages made of them.

`write_all` writes what `grader grade` leaves in OUT.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.exports import class_report, csv_grades, feedback_files, results_jsonl
from grader.records import Result

WRITERS = (results_jsonl.write, csv_grades.write, feedback_files.write, class_report.write)


def write_all(results: Sequence[Result], out: Path) -> tuple[Path, ...]:
    """Writes every standard export into a folder, made if missing; the paths that were written."""
    return tuple(write(results, out) for write in WRITERS)
