"""What went wrong in a class: misconceptions with the answers behind them, and the lines that fail first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.records import QuestionResult, Result
from grader.reports.formulas import formula

MOST = 12  # rows of one question
MOST_SOURCES = 4  # different texts shown in a row
MOST_NAMES = 6  # submissions that a row links to


@dataclass(frozen=True, slots=True)
class Written:
    """A text that several may have written, and how many did."""

    shown: Markup
    count: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """One kind of mistake in one question: how often, what was written, and where to look."""

    question: str
    name: str
    count: int
    written: tuple[Written, ...]
    more: int
    submissions: tuple[str, ...]


def misconceptions_of(results: Sequence[Result]) -> tuple[Mistake, ...]:
    """Each misconception that was named in each question, the most frequent first."""

    def named(item: QuestionResult) -> Iterator[tuple[str, str, str]]:
        first = item.first_error
        source = first.source if first is not None and first.source else item.answer.source
        file = first.file if first is not None else item.answer.file or ""
        yield from ((name, source, file) for name in item.misconceptions)

    return _counted(results, named)


def first_lines_of(results: Sequence[Result]) -> tuple[Mistake, ...]:
    """The lines that fail first and that several wrote alike, the most frequent first."""

    def failing(item: QuestionResult) -> Iterator[tuple[str, str, str]]:
        first = item.first_error
        if first is not None and first.source.strip():
            yield " ".join(first.source.split()), first.source, first.file

    return tuple(sorted(_counted(results, failing, least=2), key=lambda row: row.question))


def _counted(
    results: Sequence[Result],
    keys: Callable[[QuestionResult], Iterator[tuple[str, str, str]]],
    least: int = 1,
) -> tuple[Mistake, ...]:
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for result in results:
        for item in result.questions:
            for name, source, file in keys(item):
                found.setdefault((item.id, name), []).append((result.submission, source, file))
    ordered = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    per_question: dict[str, int] = {}
    made = []
    for (question, name), rows in ordered:
        per_question[question] = per_question.get(question, 0) + 1
        if len(rows) >= least and per_question[question] <= MOST:
            made.append(_mistake(question, name, rows))
    return tuple(made)


def _mistake(question: str, name: str, rows: Sequence[tuple[str, str, str]]) -> Mistake:
    texts: dict[str, list[str]] = {}
    for _, source, file in rows:
        if source.strip():
            texts.setdefault(" ".join(source.split()), []).append(file)
    ordered = sorted(texts.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    shown = tuple(Written(formula(text, files[0]), len(files)) for text, files in ordered[:MOST_SOURCES])
    names = tuple(dict.fromkeys(submission for submission, _, _ in rows))
    return Mistake(question, name, len(rows), shown, max(0, len(ordered) - MOST_SOURCES), names[:MOST_NAMES])
