"""Exports: results to files, one format a module; they know the records and the pages made of them.

`write_all` writes what `grader grade` leaves in OUT.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from grader.exports import class_report, csv_grades, feedback_files, results_jsonl
from grader.exports.read_results import from_json
from grader.records import Result


def write_all(results: Sequence[Result], out: Path) -> tuple[Path, ...]:
    """Writes every standard export into a folder, made if missing; the paths that were written.

    They tell what results.jsonl tells and no more, so that files made anew from it are the same files.
    """
    return write_lines([results_jsonl.to_line(result) for result in results], out)[1]


def write_lines(lines: Sequence[str], out: Path) -> tuple[tuple[Result, ...], tuple[Path, ...]]:
    """The same for lines of results.jsonl; what they say, and the paths that were written."""
    told = tuple(from_json(json.loads(line)) for line in lines)
    paths = (
        results_jsonl.write_lines(lines, out),
        csv_grades.write(told, out),
        feedback_files.write_pages(zip(told, lines, strict=True), out),
        class_report.write_page(told, lines, out),
    )
    return told, paths
