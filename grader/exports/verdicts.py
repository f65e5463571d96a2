"""Verdicts of `compare` as JSON objects, one alone or one a line."""

from __future__ import annotations

from typing import Any

from grader.exports.results_jsonl import evidence_json
from grader.records import NotationError, Verdict


def verdict_json(verdict: Verdict, seconds: float) -> dict[str, Any]:
    """The object that `compare --json` prints; `seconds` is what the comparison took."""
    return {
        "verdict": str(verdict.verdict),
        "evidence": evidence_json(verdict.evidence),
        "errors": [_error(error) for error in verdict.errors],
        "seconds": round(seconds, 6),
    }


def _error(error: NotationError) -> dict[str, Any]:
    return {"side": error.side, "offset": error.offset, "message": error.message, "hint": error.hint}
