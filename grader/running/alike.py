"""Which final answers are equal: as `grader.equivalence` decides, or written with the same text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from grader.records import QuestionResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.expressions.nodes import Expr
    from grader.marking.overrides import Alike
    from grader.spec.model import Homework, Question
    from grader.working import Knowledge


Pair = tuple[str, str, str]  # question, and the two answers


def alike_in(homework: Homework | None, known: frozenset[Pair] = frozenset()) -> Alike:
    """Tells whether the final answer of a question equals another one, by this homework's symbols.

    Without the homework: whether both are the same text, blanks apart, or `known` to be equal. No answer
    equals nothing.
    """
    questions = {item.id: item for item in homework.questions} if homework is not None else {}
    asked = cache(lambda name: _knowledge(homework, questions[name]))
    value = cache(lambda name, text: _value(text, asked(name)))
    equal = cache(lambda name, first, second: _equal(value(name, first), value(name, second), asked(name)))

    def alike(answer: str, question: QuestionResult) -> bool:
        first, second = _plain(answer), _plain(question.answer.meant)
        if not first or not second:
            return False
        if first == second or (question.id, answer, question.answer.meant) in known:
            return True
        return question.id in questions and bool(equal(question.id, first, second))

    return alike


def _plain(source: str) -> str:
    return " ".join(source.split())


def _knowledge(homework: Homework | None, question: Question) -> Knowledge:
    from grader.examining import starting_knowledge

    assert homework is not None
    return starting_knowledge(question, homework)


def _equal(left: Expr | None, right: Expr | None, known: Knowledge) -> bool:
    """As `_same`; what is too large to be decided is not equal."""
    from grader.expressions.nodes import TooLarge

    try:
        return _same(left, right, known)
    except (TooLarge, RecursionError):
        return False


def _same(left: Expr | None, right: Expr | None, known: Knowledge) -> bool:
    """Equal, and carried out as far: an operation that is only named is no equal of its result."""
    from grader.answers.check import is_left_open
    from grader.equivalence import decide
    from grader.records import Equality
    from grader.working.arguments.quantity import in_terms

    if left is None or right is None:
        return False
    checks: tuple[Callable[[Expr], bool], ...] = (
        lambda tree: is_left_open(tree, known),
        lambda tree: in_terms(tree, known.target),
    )
    if any(check(left) is not check(right) for check in checks):
        return False
    return decide(left, right, known.assumptions()).verdict is Equality.EQUAL


def _value(source: str, known: Knowledge) -> Expr | None:
    """What a line gives as the answer; nothing where it is too large to be read."""
    from grader.expressions.nodes import TooLarge

    try:
        return _last_value(source, known)
    except (TooLarge, RecursionError):
        return None


def _last_value(source: str, known: Knowledge) -> Expr | None:
    """Of a line, its last member that does not merely name the quantity."""
    from grader.expressions.rewrite import readings
    from grader.notation import read_rows
    from grader.working.arguments.quantity import names

    trees = [s.tree for s in read_rows(source, known.table, "auto") if s.tree is not None and not s.errors]
    if not trees:
        return None
    tree = readings(trees[-1], 1)[0]
    members = tree.args if tree.head == "chain" else (tree,)
    values = [member for member in members if not names(member, known)]
    return values[-1] if values else members[-1]
