"""Gradescope: a `results.json` for each submission, as an autograder leaves it.

The format: Gradescope, "Autograder Specifications", output format.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from grader.exports.files import plain, write_atomically
from grader.exports.gradebook import Entry, Gradebook, Written
from grader.records import QuestionResult
from grader.reports.naming import file_name

FOLDER = "gradescope"


def write(book: Gradebook, folder: Path) -> Written:
    """Writes gradescope/<submission>/results.json for each."""
    paths = []
    for entry in book.entries:
        path = folder / FOLDER / file_name(entry.result.submission) / "results.json"
        write_atomically(path, json.dumps(gradescope_results(entry), ensure_ascii=False, indent=1) + "\n")
        paths.append(path)
    return Written(tuple(paths))


def gradescope_results(entry: Entry) -> dict[str, Any]:
    """The object of one submission: a test a question; text, so that nothing in it is markup."""
    result = entry.result
    said = ["A person will look at some of this; the points may change."] if result.needs_review else []
    if entry.late.penalty:
        said.append(f"{entry.late.days} days late: {plain(-entry.late.penalty)} points.")
    return {
        "score": plain(entry.score),
        "output": "\n".join(said),
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "tests": [_test(item, number) for number, item in enumerate(result.questions, 1)],
    }


def _test(item: QuestionResult, number: int) -> dict[str, Any]:
    return {
        "score": plain(item.earned),
        "max_score": plain(item.possible),
        "status": "passed" if item.earned >= item.possible else "failed",
        "name": item.title or item.id,
        "name_format": "text",
        "number": str(item.number or number),
        "output": item.feedback,
        "output_format": "text",
        "visibility": "visible",
    }
