"""A derivation in a file of its own: its steps, and the first line that is wrong."""

from __future__ import annotations

from pathlib import Path

from grader.answers.records import Checked
from grader.diagnosis.first_error import Failure, first_failure, misconception
from grader.documents import read_document
from grader.examining import examine
from grader.expressions.symbols import SymbolTable
from grader.feedback.texts import text_for
from grader.records import Document, Equality, FirstError, Section, StepRecord
from grader.results import question_result
from grader.spec.model import Homework, Question
from grader.working import Knowledge, Step, Working, follow

Found = tuple[tuple[StepRecord, ...], FirstError | None]


def check_file(path: Path, table: SymbolTable) -> Found:
    """The steps of a derivation in which `table` declares the names, and its first error."""
    document = read_document(path)
    working = follow(document.pieces, Knowledge.of_table(table), document.macros)
    failure = first_failure(working, Checked(None, Equality.NONE))
    return tuple(_step(step) for step in working.steps), _first_error(failure, working)


def check_file_as(path: Path, question: Question, homework: Homework) -> Found:
    """The same for a file that holds the answer to one question, and nothing else."""
    document = read_document(path)
    result = question_result(examine(_section(document, question), question, homework, {}))
    return result.steps, result.first_error


def _section(document: Document, question: Question) -> Section:
    return Section(question.id, document.pieces, document.macros)


def _step(step: Step) -> StepRecord:
    place = step.place
    return StepRecord(
        place.file, place.line, step.source, step.verdict, step.evidence, step.premises, place.cell
    )


def _first_error(failure: Failure | None, working: Working) -> FirstError | None:
    if failure is None:
        return None
    cause = misconception(failure, working, Checked(None, Equality.NONE), ())
    place = failure.place
    return FirstError(place.file, place.line, cause, text_for(cause or "unclear").principle, place.cell)
