"""`compare --batch`: many comparisons from a file of JSON lines to another, in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

from grader.comparing import compare
from grader.errors import SpecError
from grader.exports.verdicts import verdict_json
from grader.parallel import map_ordered
from grader.records import Equality, NotationError, Verdict

KEYS = frozenset(["id", "student", "reference", "syntax", "symbols", "options"])


def compare_file(batch: Path, out: Path, jobs: int = 1) -> int:
    """Compares every line of `batch`, writes a line for each to `out`, and says how many there were.

    A line that is no pair gives a line with an error; empty lines are passed over. Raises OSError.
    """
    count = 0
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", errors="backslashreplace") as stream:
        for line in map_ordered(compare_line, _lines(batch), jobs, _lost):
            stream.write(line + "\n")
            count += 1
    return count


def _lines(batch: Path) -> Iterator[str]:
    with batch.open(encoding="utf-8-sig", errors="surrogateescape", newline="\n") as stream:
        yield from (line for line in stream if line.strip())


def compare_line(line: str) -> str:
    """One line in, one line out; nothing that stands in it stops the batch."""
    start = perf_counter()
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as bad:
        return _line(None, _failed(f"the line is not JSON: {bad}"), start)
    if not isinstance(found, dict):
        return _line(None, _failed("the line is not a JSON object"), start)
    try:
        verdict = _compared(found)
    except (SpecError, ValueError, TypeError) as bad:
        verdict = _failed(str(bad))
    except Exception as bad:
        verdict = _failed(f"a fault of the program: {type(bad).__name__}: {bad}")
    return _line(found.get("id"), verdict, start)


def _compared(found: Mapping[str, Any]) -> Verdict:
    for key in ("student", "reference"):
        if not isinstance(found.get(key), str):
            raise ValueError(f"`{key}` should be text")
    for key in ("symbols", "options"):
        if not isinstance(found.get(key) or {}, dict):
            raise ValueError(f"`{key}` should be an object")
    unknown = sorted(set(found) - KEYS)
    if unknown:
        raise ValueError(f"unknown key `{unknown[0]}`")
    return compare(
        found["student"],
        found["reference"],
        syntax=found.get("syntax") or "auto",
        symbols=found.get("symbols"),
        options=found.get("options"),
    )


def _failed(message: str) -> Verdict:
    return Verdict(Equality.UNKNOWN, None, (NotationError(0, "input", message, side="input"),))


def _lost(line: str) -> str:
    try:
        name = json.loads(line).get("id")
    except (ValueError, AttributeError):
        name = None
    return _line(name, _failed("the comparison was stopped: it took its process down"), perf_counter())


def _line(name: Any, verdict: Verdict, start: float) -> str:
    return json.dumps({"id": name, **verdict_json(verdict, perf_counter() - start)}, ensure_ascii=False)
