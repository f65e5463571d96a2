"""One loader for tests/cases/compare: pairs of answers and what `compare` has to say of them.

A file holds lists by verdict: `equal`, `proven` (equal, and not only for want of a counterexample),
`different`, `domain_only` (different in domain alone) and `unknown`. A row is student, reference and, if
need be, `{symbols: ..., options: ...}`; `syntax` and `symbols` of a file hold for all its rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import grader
from grader.records import Equality, Verdict

CASES = Path(__file__).parent / "cases" / "compare"
WORDS = ("equal", "proven", "different", "domain_only", "unknown")


def rows() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for wanted in WORDS:
            for student, reference, *more in data.get(wanted, []):
                given = more[0] if more else {}
                symbols = {**data.get("symbols", {}), **given.get("symbols", {})}
                arguments = {
                    "syntax": data.get("syntax", "latex"),
                    "symbols": symbols or None,
                    "options": given.get("options"),
                }
                name = f"{path.stem}:{student}|{reference}"
                yield pytest.param(str(student), str(reference), arguments, wanted, id=name)


def word(verdict: Verdict) -> str:
    """The word that the files use for a verdict."""
    if verdict.verdict is Equality.DIFFERENT:
        assert verdict.evidence is not None
        return "domain_only" if verdict.evidence.data.get("domain_only") else "different"
    if verdict.verdict is Equality.EQUAL:
        assert verdict.evidence is not None
        return "equal" if verdict.evidence.kind == "consistent" else "proven"
    return "unknown"


@pytest.mark.parametrize(("student", "reference", "arguments", "wanted"), list(rows()))
def test_pairs(student: str, reference: str, arguments: dict[str, Any], wanted: str) -> None:
    verdict = grader.compare(student, reference, **arguments)
    found = word(verdict)
    assert found == wanted or (wanted == "equal" and found == "proven"), verdict
