"""Gradescope: a `results.json` for each submission, as an autograder leaves it.

The format: Gradescope, "Autograder Specifications", output format. It knows tests that have passed or failed
and no third kind; but a test needs neither points nor a status where the submission has a score. An answer
that waits for a person has none, and what waits is listed in a test that only instructors see.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from grader.exports.files import plain, write_atomically
from grader.exports.gradebook import Entry, Gradebook, Written
from grader.exports.waiting import NOTE, is_unread, waiting
from grader.printable import one_line
from grader.records import QuestionResult, Result
from grader.reports.naming import file_name

FOLDER = "gradescope"
LONGEST = 300


def write(book: Gradebook, folder: Path) -> Written:
    """Writes gradescope/<submission>/results.json for each."""
    paths = []
    for entry in book.entries:
        path = folder / FOLDER / file_name(entry.result.submission) / "results.json"
        write_atomically(path, json.dumps(gradescope_results(entry), ensure_ascii=False, indent=1) + "\n")
        paths.append(path)
    return Written(tuple(paths))


def gradescope_results(entry: Entry) -> dict[str, Any]:
    """The object of one submission: a test a question. What nobody has read is shown to nobody yet."""
    result = entry.result
    said = ["A person will look at some of this; the points may change."] if result.needs_review else []
    if entry.late.penalty:
        said.append(f"{entry.late.said}: {plain(-entry.late.penalty)} points.")
    tests = [_test(item, number) for number, item in enumerate(result.questions, 1)]
    return {
        "score": plain(entry.score),
        "output": "\n".join(said),
        "output_format": "text",
        "test_output_format": "md",
        "visibility": "hidden" if is_unread(result) else "visible",
        "tests": [*tests, *_for_instructors(result)],
    }


def _test(item: QuestionResult, number: int) -> dict[str, Any]:
    if waiting(item):
        so_far = f"{plain(item.earned)} of {plain(item.possible)} points so far. {NOTE}"
        said: dict[str, Any] = {"output": f"{so_far}\n\n{_unheaded(item)}".strip()}
    else:
        passed = item.earned >= item.possible
        said = {
            "score": plain(item.earned),
            "max_score": plain(item.possible),
            "status": "passed" if passed else "failed",
            "output": f"{NOTE}\n\n{_unheaded(item)}".strip() if item.needs_review else _unheaded(item),
        }
    name = item.title or item.id
    return {
        **said,
        "name": f"{name} (waits for a person)" if waiting(item) else name,
        "name_format": "text",
        "number": str(item.number or number),
        "output_format": "md",
        "visibility": "visible",
    }


def _unheaded(item: QuestionResult) -> str:
    """The feedback, which is Markdown with nothing of the student's in it as markup, without its heading."""
    first, _, rest = item.feedback.partition("\n")
    return rest.strip() if first.startswith("#") else item.feedback


def _for_instructors(result: Result) -> list[dict[str, Any]]:
    """What waits, mark by mark, in a test of its own that no student sees; none where nothing waits."""
    lines = [
        f"{item.id} {mark.id} [{plain(mark.points)}]: {one_line(mark.reason, LONGEST)}"
        for item in result.questions
        for mark in waiting(item)
    ]
    if not lines:
        return []
    return [
        {
            "name": "For instructors: what waits for a person",
            "name_format": "text",
            "number": "0",
            "output": "\n".join(lines),
            "output_format": "text",
            "visibility": "hidden",
        }
    ]
