"""Derivations line by line, and short answers with their marks: tests/cases/working/*.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from grader import check_working, grade, load_homework
from grader.derivations import check_file
from grader.documents import read_text
from grader.expressions.symbols import SymbolTable
from grader.pipeline import grade_documents
from grader.records import QuestionResult

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "working"
ANSWERS = (
    "torn_answers.yaml",
    "answers.yaml",
    "one_example.yaml",
    "more_answers.yaml",
    "quantities.yaml",
    "hard_answers.yaml",
    "component_answers.yaml",
    "spoken_answers.yaml",
    "named_answers.yaml",
    "bare_lines.yaml",
    "headed_rows.yaml",
    "mentions.yaml",
    "offered_answers.yaml",
    "rejected_values.yaml",
    "rounded_places.yaml",
    "stated_twice.yaml",
    "described_answers.yaml",
    "scanned_names.yaml",
    "undefined_names.yaml",
    "zero_first.yaml",
    "false_claims.yaml",
    "places_of_maxima.yaml",
    "carried_on.yaml",
    "named_slips.yaml",
)
DERIVATIONS = (
    "measured.yaml",
    "recurrences.yaml",
    "scenes.yaml",
    "open_functions.yaml",
    "rounded_multiples.yaml",
    "derivations.yaml",
    "solution_sets.yaml",
    "values_and_cases.yaml",
    "differential_equations.yaml",
    "anew.yaml",
    "tangents.yaml",
    "regions.yaml",
    "chances.yaml",
    "abstract_matrices.yaml",
    "spoken_values.yaml",
    "expansions.yaml",
    "samples.yaml",
    "slopes.yaml",
    "identities.yaml",
    "ellipses.yaml",
    "helping_angles.yaml",
    "premises.yaml",
    "layouts.yaml",
    "vectors.yaml",
    "intervals.yaml",
    "related_rates.yaml",
    "optimisation.yaml",
    "near_limits.yaml",
    "congruences.yaml",
    "parts.yaml",
    "matrices.yaml",
    "one_sided.yaml",
    "claimed.yaml",
    "told.yaml",
    "told_products.yaml",
    "forms.yaml",
)
OTHERS = ("seed.yaml", "steps.yaml")
HOMEWORKS = {name: load_homework(ROOT / "problems" / name) for name in ("homework3", "curves")}
HOMEWORK = HOMEWORKS["homework3"]


def test_every_file_is_loaded() -> None:
    assert sorted(path.name for path in CASES.glob("*.yaml")) == sorted((*ANSWERS, *DERIVATIONS, *OTHERS))


def load(name: str) -> Any:
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


def numbered(cases: list[dict[str, Any]]) -> list[Any]:
    return [
        pytest.param(case, id=f"{index}-{case['text'].split(chr(10))[0][:40]}")
        for index, case in enumerate(cases)
    ]


def answer_to(
    question: str,
    text: str,
    form: str = "md",
    homework: str = "homework3",
    others: dict[str, str] | None = None,
) -> QuestionResult:
    """The text graded as the answer to one question; those to others stand behind it."""
    asked = HOMEWORKS[homework]
    answers = {question: text} | (others or {})
    whole = "\n".join(f"Question {asked.question(q).number}\n{said}" for q, said in answers.items())
    result = grade_documents("case", [read_text(whole, f"case.{form}")], asked)
    return next(q for q in result.questions if q.id == question)


@pytest.mark.parametrize("case", numbered([case for name in ANSWERS for case in load(name)]))
def test_answer(case: dict[str, Any]) -> None:
    form, homework = case.get("format", "md"), case.get("homework", "homework3")
    result = answer_to(case["question"], case["text"], form, homework, case.get("others"))
    if "steps" in case:
        assert [s.verdict for s in result.steps] == case["steps"]
    if "marks" in case:
        assert [m.earned for m in result.marks] == case["marks"]
    if "first_error" in case:
        line = result.first_error.line - 1 if result.first_error else None
        assert line == case["first_error"]
    if "misconceptions" in case:
        assert list(result.misconceptions) == case["misconceptions"]
    if "remarks" in case:
        assert {r.id for r in result.remarks} == set(case["remarks"])
    assert result.needs_review == case.get("needs_review", False)


@pytest.mark.parametrize("case", numbered([case for name in DERIVATIONS for case in load(name)]))
def test_derivation(case: dict[str, Any]) -> None:
    steps = check_working(case["text"], symbols=case.get("symbols"))
    assert [s.verdict for s in steps] == case["steps"]
    if "first_error" in case:
        assert next(s.line for s in steps if s.verdict == "fails") == case["first_error"]
    if "remarks" in case:
        assert {r.id for s in steps for r in s.remarks} == set(case["remarks"])


@pytest.mark.parametrize("case", numbered(load("abstract_matrices.yaml")))
def test_a_first_error_about_vectors_is_told(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "derivation.md"
    file.write_text(case["text"], encoding="utf-8")
    _, first = check_file(file, SymbolTable())
    assert (first is not None) == ("fails" in case["steps"])


SEED = load("seed.yaml")


@pytest.fixture(scope="module")
def seed() -> Any:
    return grade(ROOT / "submissions" / "homework3" / "seed", HOMEWORK)


def test_seed_marks(seed: Any) -> None:
    assert {q.id: [m.earned for m in q.marks] for q in seed.questions} == SEED["marks"]
    assert seed.earned == seed.possible == 14
    assert not seed.needs_review


@pytest.mark.parametrize("line", SEED["lines"], ids=lambda row: str(row["line"]))
def test_seed_line(seed: Any, line: dict[str, Any]) -> None:
    if "verdicts" in line:
        found = [s.verdict for q in seed.questions for s in q.steps if s.line == line["line"]]
        assert found == line["verdicts"]
    for remark in line.get("remarks", []):
        assert remark in {r.id for q in seed.questions for r in q.remarks if r.line == line["line"]}


def test_seed_is_never_called_wrong(seed: Any) -> None:
    verdicts = [s.verdict for q in seed.questions for s in q.steps]
    assert verdicts.count("holds") > 20
    assert "fails" not in verdicts
