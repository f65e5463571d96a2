"""JSON: one object for the class; every submission as in results.jsonl, with who it is of and what counts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from grader.exports.files import plain, write_atomically
from grader.exports.gradebook import Entry, Gradebook, Written
from grader.exports.results_jsonl import to_json

FILE = "class.json"


def write(book: Gradebook, folder: Path) -> Written:
    """Writes class.json: `homework`, `due`, `submissions` (with `person`, `late`, `total` as well)."""
    path = folder / FILE
    found = {
        "homework": book.homework,
        "due": book.due,
        "submissions": [_object(entry) for entry in book.entries],
    }
    write_atomically(path, json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    return Written((path,))


def _object(entry: Entry) -> dict[str, Any]:
    late = {**asdict(entry.late), "penalty": plain(entry.late.penalty)}
    more = {"person": asdict(entry.person), "late": late, "total": plain(entry.score)}
    return {**to_json(entry.result), **more}
