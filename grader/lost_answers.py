"""Signs that a question which seems to be missing was answered under the mark of the one before it.

A mark in a spelling that nobody foresaw leaves its answer in the part of the question before, or before the
first mark of all. Then nothing may be taken for missing in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grader.equivalence import decide
from grader.examining import Examined, examine, starting_knowledge
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Finding, Piece, Section
from grader.spec.model import Homework, Question
from grader.stray import has_heading_of, has_words_alone
from grader.working import Knowledge, Statement
from grader.working.arguments.quantity import names

_TELLING = 3  # nodes: a smaller answer may stand anywhere by chance

_HINT = "Begin each answer with its number on a line of its own, such as `Question 2` or `(2)`."


@dataclass(frozen=True, slots=True)
class Lost:
    """Questions without a part, the one whose part may hold their answers ("": none), and why."""

    questions: tuple[str, ...]
    holder: str
    finding: Finding


def lost_answers(
    homework: Homework, sections: Mapping[str, Section], examined: Mapping[str, Examined]
) -> list[Lost]:
    """What is missing and seems to stand in the part of the question before it, or before all marks."""
    found: list[Lost] = []
    holder, gap = "", list[Question]()
    for question in (*homework.questions, None):
        here = sections.get(question.id) if question is not None else None
        if question is not None and (here is None or not here.pieces):
            gap.append(question)
            continue
        found += _lost_in(holder, gap, homework, sections, examined)
        holder, gap = question.id if question is not None else "", []
    return found


def _lost_in(
    holder: str,
    gap: Sequence[Question],
    homework: Homework,
    sections: Mapping[str, Section],
    examined: Mapping[str, Examined],
) -> list[Lost]:
    section = sections.get(holder)
    if section is None or not section.pieces:
        return []
    for question in gap:
        if _holds(section, question, homework, examined.get(holder)):
            message = f"No mark was found for question {question.number}, and its answer may stand here."
            finding = Finding("warning", message, section.pieces[0].place, _HINT, "question-marks-missing")
            return [Lost(tuple(q.id for q in gap), holder, finding)]
    return []


def _holds(section: Section, question: Question, homework: Homework, owner: Examined | None) -> bool:
    """Whether a part, read as the answer to another question, earns a mark or says what is asked for."""
    if _earns(section, question, homework, owner):
        return True
    if owner is None:
        return False
    words = question.answer.type == "claims" != owner.question.answer.type
    if has_heading_of(section.pieces, question.number) or (words and has_words_alone(section.pieces)):
        return True
    working = owner.working
    return seems_answered(question, working.statements, section.pieces, working.known, homework)


def _earns(section: Section, question: Question, homework: Homework, owner: Examined | None) -> bool:
    """Whether it earns a mark there; one mark alone tells nothing if its line earned one where it stands."""
    try:
        earned = [m for m in examine(section, question, homework, {}).awarded.marks if m.earned > 0]
    except Exception:  # what is no answer to this question need not make sense as one
        return False
    used = {(m.line, m.cell) for m in owner.awarded.marks if m.earned > 0} if owner is not None else set()
    return len(earned) > 1 or any((m.line, m.cell) not in used for m in earned)


def seems_answered(
    question: Question,
    statements: Sequence[Statement],
    pieces: Iterable[Piece],
    owner: Knowledge,
    homework: Homework,
) -> bool:
    """Whether another answer's part says what `question` asks for, or uses the words that it is known by.

    `owner` is what is known of the question whose part it is; what is its own business tells nothing.
    """
    known = starting_knowledge(question, homework)
    if any(_gives(statement, known, owner) for statement in statements):
        return True
    prose = " ".join(p.text for p in pieces if p.kind == "prose" and not p.struck).lower()
    return any(phrase.lower() in prose for phrase in question.phrases)


def _gives(statement: Statement, known: Knowledge, owner: Knowledge) -> bool:
    """Whether a statement names the quantity that is asked for, or is the answer itself."""
    first, last = statement.members[:1], statement.members[-1:]
    if not first or ("=" not in statement.operators and len(statement.members) > 1):
        return False
    if len(statement.members) > 1 and names(first[0], known) and not names(first[0], owner):
        return True
    return any(_is_answer(value, known) and not _is_answer(value, owner) for value in last)


def _is_answer(value: Expr, known: Knowledge) -> bool:
    reference = known.target.references[:1]
    if not reference or value.kind != reference[0].kind or min(value.size, reference[0].size) < _TELLING:
        return False
    if not free_symbols(value):
        return False
    return decide(value, reference[0], known.assumptions()).verdict is Equality.EQUAL
