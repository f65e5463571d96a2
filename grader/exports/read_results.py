"""Reads results.jsonl back into records: the other half of `results_jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.records import (
    AnswerRecord,
    Changed,
    Equality,
    Evidence,
    EvidenceKind,
    Finding,
    FirstError,
    MachineWord,
    MarkRecord,
    Place,
    QuestionResult,
    RemarkRecord,
    Result,
    StepRecord,
    StepVerdict,
)

Json = dict[str, Any]


def read_results(path: Path) -> Iterator[Result]:
    """The results of a file in order. A line that is cut off or is none of ours is passed over."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="surrogateescape") as stream:
        for line in stream:
            try:
                yield from_json(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError):
                continue


def from_json(found: Json) -> Result:
    """The record that `results_jsonl.to_json` was given. Raises KeyError, TypeError or ValueError."""
    return Result(
        submission=found["submission"],
        homework=found["homework"],
        earned=found["earned"],
        possible=found["possible"],
        needs_review=found["needs_review"],
        findings=tuple(_finding(item) for item in found["findings"]),
        questions=tuple(_question(item) for item in found["questions"]),
    )


def _question(found: Json) -> QuestionResult:
    return QuestionResult(
        id=found["id"],
        earned=found["earned"],
        possible=found["possible"],
        status=found["status"],
        needs_review=found["needs_review"],
        answer=_answer(found["answer"]),
        marks=_marks(found["marks"]),
        steps=tuple(_step(item) for item in found["steps"]),
        first_error=FirstError(**found["first_error"]) if found["first_error"] else None,
        misconceptions=tuple(found["misconceptions"]),
        remarks=tuple(RemarkRecord(**item) for item in found["remarks"]),
        feedback=found["feedback"],
        machine=_machine(found["machine"]) if "machine" in found else None,
        number=found.get("number", 0),
        title=found.get("title", ""),
    )


def _marks(found: list[Json]) -> tuple[MarkRecord, ...]:
    return tuple(_mark(item) for item in found)


def _mark(found: Json) -> MarkRecord:
    if "changed" not in found:
        return MarkRecord(**found)
    return MarkRecord(**{**found, "changed": Changed(**found["changed"])})


def _machine(found: Json) -> MachineWord:
    return MachineWord(**{**found, "marks": _marks(found["marks"])})


def _answer(found: Json | None) -> AnswerRecord:
    if found is None:
        return AnswerRecord()
    verdict, evidence = Equality(found["verdict"]), _evidence(found["evidence"])
    return AnswerRecord(**{**found, "verdict": verdict, "evidence": evidence})


def _step(found: Json) -> StepRecord:
    verdict, evidence = StepVerdict(found["verdict"]), _evidence(found["evidence"])
    return StepRecord(**{**found, "verdict": verdict, "evidence": evidence})


def _evidence(found: Json | None) -> Evidence | None:
    if not found:
        return None
    data = {key: value for key, value in found.items() if key not in ("kind", "sentence")}
    return Evidence(EvidenceKind(found["kind"]), found.get("sentence", ""), data)


def _finding(found: Json) -> Finding:
    place = Place(found["file"], found["line"] or 1, cell=found.get("cell")) if found["file"] else None
    crash = "crash" if found["message"].startswith("grading stopped") else ""
    return Finding(found["severity"], found["message"], place, id=crash)
