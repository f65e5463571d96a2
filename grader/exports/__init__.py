"""Exports: results to files, one format a module; they know the records and the pages made of them.

`write_all` writes what `grader grade` leaves in OUT.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.exports import class_report, csv_grades, feedback_files, results_jsonl
from grader.exports.read_results import from_json
from grader.records import Result

WRITERS = (results_jsonl.write, csv_grades.write, feedback_files.write, class_report.write)


def write_all(results: Sequence[Result], out: Path) -> tuple[Path, ...]:
    """Writes every standard export into a folder, made if missing; the paths that were written.

    They tell what results.jsonl tells and no more, so that files made anew from it are the same files.
    """
    told = tuple(from_json(results_jsonl.to_json(result)) for result in results)
    return tuple(write(told, out) for write in WRITERS)
