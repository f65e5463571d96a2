"""results.jsonl: one line a submission, with everything found; read back by `--resume` and the reports."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from grader.exports.files import plain, said, write_atomically
from grader.records import (
    AnswerRecord,
    Changed,
    Evidence,
    Finding,
    FirstError,
    MachineWord,
    MarkRecord,
    QuestionResult,
    RemarkRecord,
    Result,
    StepRecord,
)

NAME = "results.jsonl"
Json = dict[str, Any]


def write(results: Iterable[Result], out: Path) -> Path:
    """Writes OUT/results.jsonl and returns its path."""
    return write_lines((to_line(result) for result in results), out)


def write_lines(lines: Iterable[str], out: Path) -> Path:
    """The same for lines as `to_line` makes them."""
    path = out / NAME
    write_atomically(path, "".join(lines))
    return path


def to_line(result: Result) -> str:
    """A result as one line of JSON, the newline included."""
    return json.dumps(to_json(result), ensure_ascii=False) + "\n"


def to_json(result: Result) -> Json:
    """The keys that others rely on, in a fixed order; points are whole numbers where they can be."""
    return {
        "submission": result.submission,
        "homework": result.homework,
        "earned": plain(result.earned),
        "possible": plain(result.possible),
        "needs_review": result.needs_review,
        "findings": [_finding(item) for item in result.findings],
        "questions": [question_json(item) for item in result.questions],
    }


def question_json(item: QuestionResult) -> Json:
    """One question of a result; with the program's own word where a person has changed it."""
    found: Json = {
        "id": item.id,
        "earned": plain(item.earned),
        "possible": plain(item.possible),
        "status": item.status,
        "needs_review": item.needs_review,
        "answer": _answer(item.answer),
        "marks": [_mark(mark) for mark in item.marks],
        "steps": [step_json(step) for step in item.steps],
        "first_error": first_error_json(item.first_error),
        "misconceptions": list(item.misconceptions),
        "remarks": [_remark(remark) for remark in item.remarks],
        "feedback": item.feedback,
    }
    if item.title:
        found |= {"number": item.number, "title": item.title}
    return found if item.machine is None else {**found, "machine": _machine(item.machine)}


def _machine(item: MachineWord) -> Json:
    return {
        "earned": plain(item.earned),
        "status": item.status,
        "needs_review": item.needs_review,
        "marks": [_mark(mark) for mark in item.marks],
        "feedback": item.feedback,
    }


def step_json(item: StepRecord, premises: bool = False) -> Json:
    """One step; with the lines that it follows from where they are asked for."""
    found = {
        "file": item.file,
        "line": item.line,
        "source": item.source,
        "verdict": str(item.verdict),
        "evidence": evidence_json(item.evidence),
    }
    if item.expanded:
        found["expanded"] = item.expanded
    return _in_cell({**found, "premises": list(item.premises)} if premises else found, item.cell)


def first_error_json(item: FirstError | None) -> Json | None:
    """The first line that fails, or null."""
    if item is None:
        return None
    found = {
        "file": item.file,
        "line": item.line,
        "misconception": item.misconception,
        "message": item.message,
        **{key: said for key in ("source", "fact", "hint", "fix") if (said := getattr(item, key))},
    }
    return _in_cell(found, item.cell)


def evidence_json(item: Evidence | None) -> Json:
    """Evidence as one flat object: its kind, its sentence, then its data; empty where there is none."""
    if item is None:
        return {}
    head = {"kind": str(item.kind), **({"sentence": item.sentence} if item.sentence else {})}
    return {**head, **{str(key): _value(value) for key, value in item.data.items() if str(key) not in head}}


def _answer(item: AnswerRecord) -> Json:
    found = {
        "file": item.file,
        "line": item.line,
        "source": item.source,
        "verdict": str(item.verdict),
        "evidence": evidence_json(item.evidence),
    }
    if item.expanded:
        found["expanded"] = item.expanded
    return _in_cell(found, item.cell)


def _mark(item: MarkRecord) -> Json:
    found: Json = {
        "id": item.id,
        "points": plain(item.points),
        "earned": plain(item.earned),
        "reason": item.reason,
        "line": item.line,
        "follow_through": item.follow_through,
    }
    if item.unsure:
        found["unsure"] = True
    if item.changed is not None:
        found["changed"] = _changed(item.changed)
    return _in_cell(found, item.cell)


def _changed(item: Changed) -> Json:
    found = {"who": item.who, "when": item.when, "why": item.why}
    return {**found, "like": item.like} if item.like else found


def _remark(item: RemarkRecord) -> Json:
    found = {"id": item.id, "line": item.line, "message": item.message}
    return _in_cell({**found, "hint": item.hint} if item.hint else found, item.cell)


def _finding(item: Finding) -> Json:
    place = item.place
    found = {
        "severity": item.severity,
        "message": said(item),
        "file": place.file if place else None,
        "line": place.line if place else None,
    }
    return _in_cell(found, place.cell if place else None)


def _in_cell(found: Json, cell: int | None) -> Json:
    return found if cell is None else {**found, "cell": cell}


def _value(value: Any) -> Any:
    """What JSON cannot hold becomes text: an exact number "8/27", a tree its own words."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else str(value)
    if isinstance(value, Mapping):
        return {str(key): _value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    return str(value)
