"""Sets what the grader said beside what an examiner says, one answer at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bench.agreement.records import MARKS, UNSPECIFIED

# What can be wrong with one answer, worst first; the runner's counters carry these names.
PROBLEMS = (
    "crash",
    "false alarm",
    "mark in silence",
    "mark refused in silence",
    "mark, in review",
    "first error",
    "misconception",
    "review missing",
    "review needless",
    "remark missing",
)


@dataclass(slots=True)
class Outcome:
    """One answer to one question: the labels, what the grader said, and where they differ."""

    submission: str
    kind: str
    notation: str
    question: str
    label: dict[str, Any]
    got: dict[str, Any]
    counts: dict[str, int] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def variant(self) -> str:
        return str(self.label["variant"])

    def count(self, name: str, value: bool = True) -> None:
        """`name` is counted, and `name:yes` if it holds."""
        self.counts[name] = self.counts.get(name, 0) + 1
        self.counts[f"{name}:yes"] = self.counts.get(f"{name}:yes", 0) + bool(value)


def plain(question: Any) -> dict[str, Any]:
    """What is compared, from a question's result."""
    error = question.first_error
    return {
        "marks": [int(mark.earned == mark.points) for mark in question.marks],
        "reasons": [f"{mark.id} {mark.earned:g}/{mark.points:g}: {mark.reason}" for mark in question.marks],
        "needs_review": question.needs_review,
        "first_error": None if error is None else _place(error),
        "misconception": None if error is None else error.misconception,
        "message": "" if error is None else error.message,
        "fails": [
            f"{s.file}:{s.line}"
            for s in question.steps
            if str(getattr(s.verdict, "value", s.verdict)) == "fails"
        ],
        "steps": [
            f"{step.line}: {getattr(step.verdict, 'value', step.verdict)} ({_kind(step)}) {step.source}"
            for step in question.steps
        ],
        "remarks": [remark.id for remark in question.remarks],
        "answer": "" if question.answer is None else f"{question.answer.line}: {question.answer.source}",
        "status": question.status,
    }


def _place(error: Any) -> dict[str, Any]:
    place = {"file": error.file, "line": error.line}
    return place if getattr(error, "cell", None) is None else {**place, "cell": error.cell}


def _kind(step: Any) -> str:
    return str(getattr(step.evidence.kind, "value", step.evidence.kind)) if step.evidence is not None else ""


def compare(record: dict[str, Any], question: str, got: dict[str, Any]) -> Outcome:
    """Counts and names what differs for one question."""
    label = record["questions"][question]
    outcome = Outcome(record["submission"], record["kind"], record["notation"], question, label, got)
    _marks(outcome)
    _first_error(outcome)
    _review(outcome)
    missing = [remark for remark in label["remarks"] if remark not in got["remarks"]]
    if label["remarks"]:
        outcome.count("remarks", not missing)
        if missing:
            outcome.problems["remark missing"] = ", ".join(missing)
    return outcome


def _marks(outcome: Outcome) -> None:
    silent = not outcome.got["needs_review"]
    for name, wanted, given in zip(
        MARKS[outcome.question], outcome.label["marks"], outcome.got["marks"], strict=True
    ):
        if wanted == UNSPECIFIED:
            continue
        outcome.count("marks", wanted == given)
        outcome.count("too much in silence", given > wanted and silent)
        outcome.count("too little in silence", given < wanted and silent)
        if wanted != given:
            problem = (
                ("mark in silence" if given else "mark refused in silence") if silent else "mark, in review"
            )
            said = f"{name}: {given} for {wanted}"
            outcome.problems[problem] = ", ".join(filter(None, (outcome.problems.get(problem), said)))


def _first_error(outcome: Outcome) -> None:
    wanted, given = outcome.label["first_error"], outcome.got["first_error"]
    if all(mark == 1 for mark in outcome.label["marks"]) and wanted is None:
        alarm = given is not None or bool(outcome.got["fails"])
        outcome.count("false alarms", alarm)
        if alarm:
            outcome.problems["false alarm"] = (
                f"{given} {outcome.got['message']} fails: {outcome.got['fails']}"
            )
    if wanted == UNSPECIFIED:
        return
    outcome.count("first errors", wanted == given)
    if wanted is not None:
        outcome.count("errors found", wanted == given)
    if wanted != given and "false alarm" not in outcome.problems:
        outcome.problems["first error"] = f"{given} for {wanted}"
    misconception = outcome.label["misconception"]
    if wanted is not None and isinstance(misconception, list) and wanted == given:
        outcome.count("misconceptions", outcome.got["misconception"] in misconception)
        if outcome.got["misconception"] not in misconception:
            outcome.problems["misconception"] = (
                f"{outcome.got['misconception']} for {' or '.join(misconception)}"
            )


def _review(outcome: Outcome) -> None:
    wanted, given = outcome.label["needs_review"], outcome.got["needs_review"]
    outcome.count("sent to review", given)
    if wanted == UNSPECIFIED:
        return
    if wanted:
        outcome.count("reviews due", given)
        if not given:
            outcome.problems["review missing"] = "a person should look"
    else:
        outcome.count("reviews not due", given)
        if given:
            outcome.problems["review needless"] = "no person need look"
