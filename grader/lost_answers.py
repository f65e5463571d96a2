"""Signs that a question which seems to be missing was answered under the mark of the one before it.

A mark in a spelling that nobody foresaw leaves its answer in the part of the question before, or before the
first mark of all. Then nothing may be taken for missing in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from grader.answers.records import Checked
from grader.claims import read_claims
from grader.criteria.records import Gathered
from grader.criteria.terms import match_mark
from grader.equivalence import decide
from grader.examined import Examined
from grader.examining import examine, starting_knowledge
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Finding, MarkRecord, Met, Piece, Section
from grader.spec.model import ClaimIs, Homework, Question
from grader.stray import has_heading_of, has_words_alone, later_paragraphs
from grader.working import Knowledge, Statement, Working
from grader.working.arguments.quantity import names

_TELLING = 3  # nodes: a smaller answer may stand anywhere by chance

_HINT = "Begin each answer with its number on a line of its own, such as `Question 2` or `(2)`."


@dataclass(frozen=True, slots=True)
class Lost:
    """Questions without a part, the one whose part may hold their answers ("": none), and why."""

    questions: tuple[str, ...]
    holder: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What there is of a submission: the part of each question, what was found in it, and the answers."""

    homework: Homework
    sections: Mapping[str, Section]
    examined: Mapping[str, Examined]
    earlier: Mapping[str, Expr]

    def has(self, question: str) -> bool:
        """Whether a question has a part of its own."""
        return question in self.sections and bool(self.sections[question].pieces)


def lost_answers(paper: HandedIn) -> list[Lost]:
    """What is missing and seems to stand in another part, or before the first mark."""
    found: list[Lost] = []
    holder, gap = "", list[Question]()
    for question in (*paper.homework.questions, None):
        if question is not None and not paper.has(question.id):
            gap.append(question)
            continue
        found += _lost_before(holder, gap, paper)
        holder, gap = question.id if question is not None else "", []
    named = {name for one in found for name in one.questions}
    missing = [q for q in paper.homework.questions if not paper.has(q.id) and q.id not in named]
    return found + [lost for question in missing for lost in _lost_anywhere(question, paper)]


def _lost_before(holder: str, gap: Sequence[Question], paper: HandedIn) -> list[Lost]:
    """The questions that are missing behind `holder`, if one of them seems to stand in its part."""
    if not paper.has(holder):
        return []
    held = (question for question in gap if _holds(paper, holder, question, question is gap[0]))
    names = tuple(question.id for question in gap)
    return [_lost(question, names, holder, paper.sections[holder]) for question in islice(held, 1)]


def _lost_anywhere(question: Question, paper: HandedIn) -> list[Lost]:
    """Answers may stand in any order: whether a later paragraph of some part is all of this answer."""
    for other in paper.homework.questions:
        tail = later_paragraphs(paper.sections[other.id].pieces) if paper.has(other.id) else ()
        if not tail or not _may_tell(question, tail, paper.examined.get(other.id), paper):
            continue
        section = replace(paper.sections[other.id], pieces=tail)
        if sum(m.earned for m in _marks(section, question, paper)) >= question.points:
            return [_lost(question, (question.id,), other.id, section)]
    return []


def _may_tell(question: Question, tail: Sequence[Piece], owner: Examined | None, paper: HandedIn) -> bool:
    """Whether paragraphs speak of what a question asks for; whole answers are looked for only there."""
    if question.answer.type == "claims" and all(isinstance(mark.when, ClaimIs) for mark in question.marks):
        return _claims_enough(question, tail, paper)
    if owner is None or question.answer.type == "claims":
        return True
    places = {piece.place for piece in tail}
    statements = [s for s in owner.working.statements if s.line.piece.place in places]
    return seems_answered(question, statements, tail, owner.working.known, paper.homework)


def _claims_enough(question: Question, tail: Sequence[Piece], paper: HandedIn) -> bool:
    """Whether what paragraphs claim would earn every mark by itself, before their lines are followed."""
    known = starting_knowledge(question, paper.homework)
    focus, quantities = question.answer.focus, question.quantities
    claims = read_claims(tail, known.table, quantities, focus, restated=question.text)
    bare = Gathered(Working((), (), known), Checked(None, Equality.NONE), claims, quantities)
    return all(match_mark(mark, bare).met is not Met.NO for mark in question.marks)


def _lost(question: Question, questions: tuple[str, ...], holder: str, section: Section) -> Lost:
    message = f"No mark was found for question {question.number}, and its answer may stand here."
    place = section.pieces[0].place
    return Lost(questions, holder, Finding("warning", message, place, _HINT, "question-marks-missing"))


def _holds(paper: HandedIn, holder: str, question: Question, is_next: bool) -> bool:
    """Whether a part, read as the answer to another question, earns marks or says what is asked for.

    For the next question one mark is enough; further on one may be earned by chance.
    """
    section, owner = paper.sections[holder], paper.examined.get(holder)
    if _earns(section, question, paper, owner) >= (1 if is_next or not holder else 2):
        return True
    if owner is None:
        return False
    words = question.answer.type == "claims" != owner.question.answer.type
    if has_heading_of(section.pieces, question.number) or (words and has_words_alone(section.pieces)):
        return True
    working = owner.working
    return seems_answered(question, working.statements, section.pieces, working.known, paper.homework)


def _earns(section: Section, question: Question, paper: HandedIn, owner: Examined | None) -> int:
    """How many marks it earns there; one alone tells nothing if its line earned one where it stands."""
    earned = [mark for mark in _marks(section, question, paper) if mark.earned > 0]
    used = {(m.line, m.cell) for m in owner.awarded.marks if m.earned > 0} if owner is not None else set()
    return len(earned) if len(earned) != 1 or (earned[0].line, earned[0].cell) not in used else 0


def _marks(section: Section, question: Question, paper: HandedIn) -> tuple[MarkRecord, ...]:
    try:
        return examine(section, question, paper.homework, paper.earlier).awarded.marks
    except Exception:  # what is no answer to this question need not make sense as one
        return ()


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
