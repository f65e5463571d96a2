"""One loader for tests/cases/compare: pairs of answers and what `compare` has to say of them.

A file holds lists by verdict: `equal`, `proven` (equal, and not only for want of a counterexample),
`different`, `domain_only` (different in domain alone) and `unknown`. A row is student, reference and, if
need be, `{symbols: ..., options: ...}`; `syntax` and `symbols` of a file hold for all its rows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml

import grader
from grader.equivalence import asking, inequalities
from grader.records import Equality, Verdict

ALL = Path(__file__).parent / "cases"
CASES = ALL / "compare"
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


def _sentences() -> list[Any]:
    data: list[Any] = yaml.safe_load((ALL / "sentences.yaml").read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize(("student", "reference", "sentence"), _sentences())
def test_sentences(student: str, reference: str, sentence: str) -> None:
    evidence = grader.compare(student, reference).evidence
    assert evidence is not None
    assert evidence.sentence == sentence


def test_what_is_nested_too_deeply_is_said_in_plain_words() -> None:
    (error,) = grader.compare("\\frac" * 2000, "x").errors
    assert error.message == "this formula is too large to be read (nested too deeply)"


def test_threads_and_tasks_find_the_same() -> None:
    rows = [(a, b) for a, b, _ in _sentences()] * 3
    alone = [grader.compare(a, b) for a, b in rows]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda row: grader.compare(*row), rows)) == alone

    async def tasks() -> list[Verdict]:
        return await asyncio.gather(*(asyncio.to_thread(grader.compare, a, b) for a, b in rows))

    assert asyncio.run(tasks()) == alone


def test_what_hangs_is_stopped_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    asking.ask.cache_clear()
    with monkeypatch.context() as patched:
        patched.setattr(asking, "GUARD_SECONDS", 0.001)
        patched.setattr(asking, "_HELPER", asking.Helper(asking._answered))
        verdict = grader.compare(r"\lim_{n\to\infty}\frac{n!}{n^n}e^n", "1")
    assert verdict.verdict is Equality.UNKNOWN
    assert verdict.evidence is not None
    assert verdict.evidence.data["stopped"] is True


def test_without_the_solver_inequalities_in_several_names_stay_unknown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inequalities, "is_installed", lambda: False)
    verdict = grader.compare(r"x^2 + 3xy + 4y^2 = 0", "x = y = 0")
    assert verdict.verdict is Equality.UNKNOWN


def test_what_is_deep_or_long_is_answered() -> None:
    rows = [
        ("(" * 90 + "x" + ")" * 90, "x"),
        ("(" * 4000 + "x" + ")" * 4000, "x"),
        ("+".join(["x"] * 900), "900x"),
        ("+".join(f"x_{{{k}}}" for k in range(3000)), "1"),
        (r"\sqrt{" * 60 + "x" + "}" * 60, "x^{1/2}"),
        ("1" * 20000, "1"),
        ("x" * 3000, "x^{3000}"),
    ]
    found = [grader.compare(a, b).verdict.value for a, b in rows]
    assert found[0] == found[2] == "equal"
    assert set(found) <= {"equal", "different", "unknown"}
