"""One answer: what stands there, what it was read as, what was found, and the marks as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.marking.overrides import as_graded
from grader.records import Evidence, MarkRecord, QuestionResult, StepRecord
from grader.reports.lines import MARGIN, Line, lines_of
from grader.reports.wording import where
from grader.review.forms import state_of
from grader.review.items import Item, doubts_of, version_of
from grader.review.pages.naming import Names
from grader.review.readings import Read, Reader

KEYS = 9  # digits on a keyboard that toggle a mark


@dataclass(frozen=True, slots=True)
class Proof:
    """What is said of one step: its verdict as symbol and word, the evidence, a sentence, the data."""

    kind: str
    symbol: str
    word: str
    evidence: str
    sentence: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the answer with everything that is said of it."""

    line: Line
    file: str
    read: Read
    rendered: Markup
    proofs: tuple[Proof, ...]
    marks: tuple[str, ...]

    @property
    def set(self) -> bool:
        """Whether what is shown is other than the characters that stand there."""
        return self.rendered.startswith("<math")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the scheme: its key, the program's word and the person's side by side."""

    key: str
    id: str
    points: float
    machine: float
    reason: str
    where: str
    unsure: bool
    followed: bool
    earned: float
    who: str
    when: str
    why: str
    like: str
    like_key: str
    was: str

    @property
    def whole(self) -> bool:
        """Whether it is given or not, with nothing in between."""
        return self.earned in (0, self.points)


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One answer of one submission."""

    key: str
    name: str
    id: str
    number: str
    title: str
    earned: float
    possible: float
    machine_earned: float | None
    status: str
    needs_review: bool
    doubts: tuple[str, ...]
    version: str
    rows: tuple[Row, ...]
    marks: tuple[Mark, ...]
    error: tuple[str, str]
    remarks: tuple[str, ...]
    misconceptions: tuple[str, ...]
    own_word: bool
    has_answer: bool
    unread: bool


def answer_of(item: Item, reader: Reader, names: Names, key_of_name: Mapping[str, str]) -> AnswerPage:
    """The page of an item; `key_of_name` leads to the answers that a word was brought from."""
    question = item.question
    return AnswerPage(
        key=item.key,
        name=names.of(item.submission),
        id=question.id,
        number=str(question.number or ""),
        title=question.title or question.id,
        earned=question.earned,
        possible=question.possible,
        machine_earned=question.machine.earned if question.machine is not None else None,
        status=question.status,
        needs_review=question.needs_review,
        doubts=tuple(doubts_of(question)),
        version=version_of(question),
        rows=tuple(rows_of(question, reader, names)),
        marks=tuple(marks_of(question, names, key_of_name)),
        error=_error(question),
        remarks=tuple(dict.fromkeys(_remark(question))),
        misconceptions=question.misconceptions,
        own_word=any(m.changed is not None and not m.changed.like for m in question.marks),
        has_answer=bool(question.answer.source.strip()),
        unread=item.unread,
    )


def rows_of(question: QuestionResult, reader: Reader, names: Names) -> Iterator[Row]:
    """The lines in order, each with its evidence."""
    lines = lines_of(question)
    files: dict[str, int] = {}
    for line in lines:
        files.setdefault(line.file, len(files) + 1)
    for line in lines:
        steps = [
            s for s in question.steps if (s.file, s.cell, s.line) == line.spot and s.source == line.source
        ]
        proofs = [_proof(step) for step in steps]
        if line.final:
            proofs.extend(_of_answer(question, bool(steps)))
        yield Row(
            line=line,
            file=names.file(line.file, files) if line.fresh else "",
            read=reader(question.id, line.meant),
            rendered=line.formula,
            proofs=tuple(proofs),
            marks=tuple(_earned_at(question, line)),
        )


def _earned_at(question: QuestionResult, line: Line) -> Iterator[str]:
    """The marks whose reason is this line."""
    _, cell, number = line.spot
    for mark in as_graded(question).marks:
        if mark.line is not None and (mark.cell, mark.line) == (cell, number):
            yield mark.id


def _proof(step: StepRecord) -> Proof:
    symbol, word = MARGIN[step.verdict]
    kind, sentence, details = _told(step.evidence)
    if step.premises:
        details = (*details, ("follows from", ", ".join(f"line {line}" for line in step.premises)))
    return Proof(str(step.verdict), symbol, word, kind, sentence, details)


def _of_answer(question: QuestionResult, beside: bool) -> Iterator[Proof]:
    answer = question.answer
    symbols = {"equal": "✓", "different": "✗", "unknown": "?", "none": "–"}
    words = {"equal": "equals the reference", "different": "differs from the reference"}
    kinds = {"equal": "holds", "different": "fails", "unknown": "unknown", "none": "none"}
    verdict = str(answer.verdict)
    kind, sentence, details = _told(answer.evidence)
    word = words.get(verdict, "not decided")
    if beside or verdict != "none":
        yield Proof(kinds[verdict], symbols[verdict], f"final answer: {word}", kind, sentence, details)


def _told(evidence: Evidence | None) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    if evidence is None:
        return "", "", ()
    details = tuple(
        (key.replace("_", " "), _short(value))
        for key, value in evidence.data.items()
        if value not in (None, False, "", (), [], {})
    )
    return str(evidence.kind), evidence.sentence, details


def _short(value: object) -> str:
    if isinstance(value, dict):
        value = ", ".join(f"{name} = {item}" for name, item in value.items())
    text = str(value)
    return text if len(text) <= 300 else f"{text[:299]}…"


def marks_of(
    question: QuestionResult, names: Names, key_of_name: Mapping[str, str], first: int = 1
) -> Iterator[Mark]:
    """The marks of a question with both words; `first` is the digit of the first."""
    plain = as_graded(question)
    for index, (now, old) in enumerate(zip(question.marks, plain.marks, strict=True), first):
        said = now.changed
        like = said.like if said is not None else ""
        yield Mark(
            key=str(index) if index <= KEYS else "",
            id=now.id,
            points=now.points,
            machine=old.earned,
            reason=old.reason,
            where=_where(old),
            unsure=old.unsure,
            followed=old.follow_through,
            earned=now.earned,
            who=said.who if said is not None else "",
            when=said.when if said is not None else "",
            why=said.why if said is not None else "",
            like=names.of(like) if like else "",
            like_key=key_of_name.get(like, "") if like else "",
            was=state_of(now),
        )


def _where(mark: MarkRecord) -> str:
    return where(mark.line, mark.cell) if mark.line is not None else ""


def _error(question: QuestionResult) -> tuple[str, str]:
    """The first wrong line: where, and what is said of it."""
    first = question.first_error
    if first is None:
        return "", ""
    return where(first.line, first.cell), f"{first.message} {first.fact}".strip()


def _remark(question: QuestionResult) -> Iterator[str]:
    for remark in question.remarks:
        place = where(remark.line, remark.cell) if remark.line is not None else ""
        yield f"{place}: {remark.message}" if place else remark.message


def reasons_of(questions: Sequence[QuestionResult], most: int = 8) -> list[str]:
    """The reasons that people gave in such questions, the most frequent first: to be given again."""
    counts: dict[str, int] = {}
    for question in questions:
        for why in {mark.changed.why for mark in question.marks if mark.changed is not None}:
            counts[why] = counts.get(why, 0) + 1
    return sorted(counts, key=lambda why: -counts[why])[:most]
