"""Signs that a question which seems to be missing was answered under the mark of the one before it.

A mark in a spelling that nobody foresaw leaves its answer in the part of the question before. Then nothing
may be taken for missing in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.equivalence import decide
from grader.examining import starting_knowledge
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Piece
from grader.spec.model import Homework, Question
from grader.working import Knowledge, Statement
from grader.working.arguments.quantity import names

_TELLING = 3  # nodes: a smaller answer may stand anywhere by chance


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
