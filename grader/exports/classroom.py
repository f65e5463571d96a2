"""GitHub Classroom: the result that an autograding step hands to Classroom's reporter.

The format is that of classroom-resources' graders: an object with `tests`, each with `name`, `status` and
`score`, as JSON and, in the variable `<STEP>_RESULTS` that `autograding-grading-reporter` reads, in base64.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from grader.exports.files import plain, write_atomically
from grader.exports.gradebook import Entry, Gradebook, Written
from grader.exports.waiting import NOTE
from grader.printable import one_line
from grader.records import QuestionResult
from grader.reports.naming import file_name

FOLDER = "classroom"
LONGEST = 1000


def write(book: Gradebook, folder: Path) -> Written:
    """Writes classroom/<submission>.json, and .b64 with the same for the reporter's variable."""
    paths = []
    for entry in book.entries:
        text = json.dumps(classroom_result(entry), ensure_ascii=True)
        name = file_name(entry.result.submission)
        plain_path, coded = folder / FOLDER / f"{name}.json", folder / FOLDER / f"{name}.b64"
        write_atomically(plain_path, text + "\n")
        write_atomically(coded, base64.b64encode(text.encode()).decode())
        paths += [plain_path, coded]
    return Written(tuple(paths))


def classroom_result(entry: Entry) -> dict[str, Any]:
    """The object of one submission: a test a question."""
    tests = [_test(item) for item in entry.result.questions]
    if entry.late.penalty:
        late = entry.late.said
        tests.append(_line("late", "fail", plain(entry.score - entry.result.earned), late, 0))
    passed = entry.score >= entry.result.possible
    return {
        "version": 1,
        "status": "pass" if passed else "fail",
        "max_score": plain(entry.result.possible),
        "tests": tests,
    }


def _test(item: QuestionResult) -> dict[str, Any]:
    message = one_line(item.first_error.message, LONGEST) if item.first_error is not None else item.status
    line = item.first_error.line if item.first_error is not None else 0
    if item.needs_review:  # the reporter knows pass, fail and error: what waits is said in words
        message = NOTE
    passed = "pass" if item.earned >= item.possible else "fail"
    return _line(item.id, passed, plain(item.earned), message, line)


def _line(name: str, status: str, score: float, message: str, line: int) -> dict[str, Any]:
    return {
        "name": name,
        "status": status,
        "score": score,
        "message": "" if status == "pass" else message,
        "test_code": "",
        "filename": "",
        "line_no": line,
        "execution_time": "0",
    }
