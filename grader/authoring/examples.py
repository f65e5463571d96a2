"""Runs a spec's own examples: each is graded as the answer to its question, and must get its marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.documents import read_text
from grader.errors import SpecError, SpecFault
from grader.examined import Examined
from grader.examining import examine
from grader.expressions.nodes import Expr
from grader.pipeline import carried
from grader.records import QuestionResult, Section
from grader.results import question_result
from grader.spec.load import FILE
from grader.spec.model import Example, Homework, Question

SUFFIXES = {"markdown": ".md", "latex": ".tex", "text": ".txt"}
TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Trial:
    """One example as it came out; `fault` says what is not as the author expects, if anything."""

    homework: str
    question: str
    name: str
    expected: tuple[float, ...]
    result: QuestionResult | None
    fault: str = ""

    @property
    def actual(self) -> tuple[float, ...]:
        """The marks that it got."""
        return tuple(mark.earned for mark in self.result.marks) if self.result is not None else ()


def homeworks_in(problems: Path) -> tuple[Path, ...]:
    """The folders with a homework: this one, or those in it. Raises SpecError if there is none."""
    if problems.is_file() and problems.name == FILE:
        return (problems.parent,)
    if (problems / FILE).is_file():
        return (problems,)
    found = tuple(sorted(item.parent for item in problems.glob(f"*/{FILE}")))
    if not found:
        message = f"no {FILE} here, nor in a folder of it" if problems.is_dir() else "there is no such folder"
        raise SpecError([SpecFault(str(problems), 1, "", message, "name the folder of a homework")])
    return found


def run_examples(homework: Homework) -> Iterator[Trial]:
    """Every example of every question, in order."""
    for question in homework.questions:
        for number, example in enumerate(question.examples, 1):
            yield run_example(example, question, homework, example.name or f"example {number}")


def run_example(example: Example, question: Question, homework: Homework, name: str) -> Trial:
    """One example, graded; a crash is a fault of it and of nothing else."""
    try:
        earlier = _earlier(example, homework)
        examined = _examined(example.text, example.syntax, question, homework, earlier)
        result = question_result(examined)
    except Exception as bad:
        said = f"the program broke on it: {type(bad).__name__}: {bad}"
        return Trial(homework.id, question.id, name, example.marks, None, said)
    return Trial(homework.id, question.id, name, example.marks, result, _fault(example, result))


def one_sided(homework: Homework) -> tuple[str, ...]:
    """What no example shows: a mark that none earns, or that none loses; `q2: no example loses A1`."""
    found = []
    for question in homework.questions:
        for place, mark in enumerate(question.marks):
            given = [example.marks[place] for example in question.examples]
            if not any(points >= mark.points for points in given):
                found.append(f"{question.id}: no example earns {mark.id}")
            if not any(points <= 0 for points in given):
                found.append(f"{question.id}: no example loses {mark.id}")
    return tuple(found)


def _earlier(example: Example, homework: Homework) -> dict[str, Expr]:
    """The trees of the answers that the example gives to the questions before."""
    found: dict[str, Expr] = {}
    for question in homework.questions:
        if question.id in example.earlier:
            text = example.earlier[question.id]
            examined = _examined(text, example.syntax, question, homework, found)
            found.update(carried(examined))
    return found


def _examined(
    text: str, syntax: str, question: Question, homework: Homework, earlier: dict[str, Expr]
) -> Examined:
    document = read_text(text, f"example{SUFFIXES[syntax]}")
    return examine(Section(question.id, document.pieces, document.macros), question, homework, earlier)


def _fault(example: Example, result: QuestionResult) -> str:
    faults = list(_wrong_marks(example.marks, result))
    if example.needs_review is not None and example.needs_review is not result.needs_review:
        wanted = "a person should look" if example.needs_review else "nobody should have to look"
        faults.append(wanted)
    return "; ".join(faults)


def _wrong_marks(expected: Sequence[float], result: QuestionResult) -> Iterator[str]:
    for points, mark in zip(expected, result.marks, strict=True):
        if abs(points - mark.earned) > TOLERANCE:
            yield f"{mark.id} is {mark.earned:g} and should be {points:g} ({mark.reason})"
