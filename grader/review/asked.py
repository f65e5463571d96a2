"""What was asked, and the right answer: beside a student's, for those who decide."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from grader.notation import to_latex
from grader.reports.formulas import formula
from grader.spec.model import Homework, Question


@dataclass(frozen=True, slots=True)
class Asked:
    """A question's text, the reference as HTML, and what each mark is for."""

    text: str
    reference: Markup
    marks: tuple[tuple[str, str], ...]


def asked_of(homework: Homework | None, question: str) -> Asked | None:
    """What a homework says of a question; None where the homework, or the question in it, is not at hand."""
    found = next((q for q in homework.questions if q.id == question), None) if homework is not None else None
    return None if found is None else _asked(found)


@lru_cache(maxsize=256)
def _asked_of(text: str, reference: str, marks: tuple[tuple[str, str], ...]) -> Asked:
    return Asked(text, formula(reference) if reference else Markup(""), marks)


def _asked(question: Question) -> Asked:
    reference = question.answer.reference
    source = to_latex(reference) if reference is not None else ""
    return _asked_of(question.text, source, tuple((m.id, m.purpose) for m in question.marks))
