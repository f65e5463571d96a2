"""A submission from its files to its result: the stages in order, and no logic of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.documents import QuestionMark, read_document, read_text, split
from grader.errors import SpecError, SpecFault
from grader.examined import Examined, own_names, undefined_names
from grader.examining import examine
from grader.expressions.nodes import Expr
from grader.expressions.symbols import Symbol, SymbolTable
from grader.lost_answers import HandedIn, lost_answers
from grader.notation import read
from grader.records import Document, Finding, QuestionResult, Result, Section, Status, Syntax
from grader.results import (
    doubted_result,
    fault_finding,
    fault_result,
    lost_result,
    missing_result,
    notation_findings,
    question_result,
)
from grader.running.discover import one_submission
from grader.spec.model import Homework, Question
from grader.spec.symbols import symbols_table
from grader.working import Knowledge, Step, follow

# Findings that say that what seems to be missing may stand somewhere.
MARKS_IN_DOUBT = frozenset(["question-marks-missing", "question-marks-unsure"])
NOT_RECOGNISED = "it may stand where no mark of the question was recognised"


def grade(submission: Path | str | Sequence[Path], homework: Homework) -> Result:
    """Grade one submission: a file, a folder whose files are read in name order, or the files themselves.

    Nothing in a file raises: what is wrong with it is a finding of the result. Raises SubmissionError
    where there is no such file or folder.

    >>> grade("submissions/homework3/seed", load_homework("problems/homework3"))  # doctest: +SKIP
    """
    if isinstance(submission, (str, Path)):
        found = one_submission(Path(submission), homework.submission)
        return grade_files(found.id, found.files, homework, found.findings)
    return grade_files(submission[0].stem if submission else "", submission, homework)


def grade_files(
    name: str, files: Sequence[Path], homework: Homework, findings: Sequence[Finding] = ()
) -> Result:
    """Grade the files of one submission; `findings` are what is odd about them."""
    result = grade_documents(name, [read_document(path) for path in files], homework, findings)
    return replace(result, findings=tuple(dict.fromkeys((*findings, *result.findings))))


def grade_documents(
    name: str, documents: Sequence[Document], homework: Homework, odd: Sequence[Finding] = ()
) -> Result:
    """Grade what has been read; an error among what is `odd` about the files says that some were not."""
    marks = [QuestionMark(q.id, q.number, q.title, q.phrases) for q in homework.questions]
    sections, findings = split(documents, marks)
    by_question = {section.question: section for section in sections}
    run = _Run(homework, by_question, _preamble(by_question.get(""), homework))
    for question in homework.questions:
        run.answer(question)
    run.again_with_later_names()
    told = [f for d in documents for f in d.findings] + list(findings)
    if any(f.severity == "error" for f in (*odd, *told)):
        run.doubt("a file could not be read; a person must look", "unreadable")
    if any(f.id in MARKS_IN_DOUBT for f in findings):
        run.doubt(NOT_RECOGNISED, "missing")
    if any(f.id == "question-marks-unsure" for f in findings):
        run.doubt_what_lost_marks("it is not sure which part answers which question", homework.questions)
    told += [*run.doubt_lost_answers(), *run.findings()]
    run.doubt_what_follows()
    return _result(name, homework, [run.results[q.id] for q in homework.questions], told)


@dataclass(slots=True)
class _Run:
    """The questions of one submission, one after the other, and what each hands on to the next."""

    homework: Homework
    sections: Mapping[str, Section]
    own: tuple[Symbol, ...]
    results: dict[str, QuestionResult] = field(default_factory=dict)
    examined: dict[str, Examined] = field(default_factory=dict)
    faults: dict[str, Finding] = field(default_factory=dict)
    earlier: dict[str, Expr] = field(default_factory=dict)

    def answer(self, question: Question, more: tuple[Symbol, ...] = ()) -> None:
        """Examine the answer to one question; `more` are names that are defined further on."""
        section = self.sections.get(question.id)
        if section is None or not section.pieces:
            self.results[question.id] = missing_result(question)
            return
        try:
            examined = examine(section, question, self.homework, self.earlier, (*self.own, *more))
            result = question_result(examined)
            names = " and ".join(symbol.name for symbol in examined.unsaid)
            said = f"more is right if {names} is what it seems to be, which nothing here says"
            self.results[question.id] = doubted_result(examined, result, said) if names else result
        except Exception as fault:  # one damaged answer costs the others nothing
            self.results[question.id] = fault_result(question)
            self.faults[question.id] = fault_finding(question, section, fault)
            return
        self.examined[question.id] = examined
        self.earlier |= carried(examined)
        self.own = own_names(examined)

    def again_with_later_names(self) -> None:
        """A name that one answer uses and a later one defines is known to both."""
        names = {symbol.name: symbol for symbol in self.own}
        for question in self.homework.questions:
            found = self.examined.get(question.id)
            lacking = undefined_names(found) & names.keys() if found is not None else frozenset()
            if lacking:
                self.answer(question, tuple(names[name] for name in sorted(lacking)))

    def doubt_lost_answers(self) -> list[Finding]:
        """What is missing and seems to stand in another part, and that part: a person must look at both."""
        lost = lost_answers(HandedIn(self.homework, self.sections, self.examined, self.earlier))
        for one in lost:
            self.doubt(NOT_RECOGNISED, "missing", one.questions)
            holder = [question for question in self.homework.questions if question.id == one.holder]
            self.doubt_what_lost_marks("the answer to another question may stand in this part", holder)
        return [one.finding for one in lost]

    def doubt_what_follows(self) -> None:
        """What builds on an answer that was not found, or not read, may have lost marks through it."""
        lost = {name for name, result in self.results.items() if self._is_unfound(name, result)}
        following = [question for question in self.homework.questions if question.follows(lost)]
        self.doubt_what_lost_marks("the answer that it follows from was not found", following)

    def _is_unfound(self, name: str, result: QuestionResult) -> bool:
        """Whether an answer may have been given, and none was found that others could build on."""
        examined = self.examined.get(name)
        if examined is None:
            return result.needs_review
        return name not in self.earlier and bool(examined.working.statements)

    def doubt(self, reason: str, status: Status, questions: Sequence[str] | None = None) -> None:
        """What is missing may have been handed in all the same: a person must look."""
        for question in self.homework.questions:
            wanted = questions is None or question.id in questions
            result = self.results[question.id]
            if wanted and result.status == "missing" and not result.needs_review:
                self.results[question.id] = lost_result(question, reason, status)

    def doubt_what_lost_marks(self, reason: str, questions: Sequence[Question]) -> None:
        """What was read as an answer may be that of another question: a person must look at what it lost."""
        for question in questions:
            result, examined = self.results[question.id], self.examined.get(question.id)
            if examined is not None and result.earned < result.possible:
                self.results[question.id] = doubted_result(examined, result, reason)

    def findings(self) -> list[Finding]:
        """What could not be read, and what the program failed on."""
        unread = [f for one in self.examined.values() for f in notation_findings(one)]
        return [*self.faults.values(), *unread]


def _preamble(section: Section | None, homework: Homework) -> tuple[Symbol, ...]:
    """The names that are defined before the first question begins."""
    if section is None:
        return ()
    known = Knowledge(homework.table, frozenset(homework.table.symbols))
    return follow(section.pieces, known, section.macros).known.own_symbols()


def carried(examined: Examined) -> dict[str, Expr]:
    """The answer as later questions may use it: without names that only this question's answer knows."""
    answer = examined.answer.answer
    if answer is None or examined.answer.hedged:
        return {}
    known = examined.working.known
    return {examined.question.id: known.coordinates(known.abbreviated(known.spelled(answer.tree)))}


def _result(
    name: str, homework: Homework, results: Sequence[QuestionResult], findings: Sequence[Finding]
) -> Result:
    return Result(
        submission=name,
        homework=homework.id,
        earned=sum(r.earned for r in results),
        possible=sum(q.points for q in homework.questions),
        needs_review=any(r.needs_review for r in results),
        findings=tuple(findings),
        questions=tuple(results),
    )


def check_working(
    text: str,
    *,
    syntax: Syntax = "auto",
    symbols: Mapping[str, Any] | None = None,
    context: Mapping[str, str] | None = None,
) -> list[Step]:
    """Follow a derivation: each step has `.line`, `.source`, `.verdict`, `.evidence` and `.premises`.

    `symbols` is a mapping as in a spec's `symbols:`, `context` gives values that hold throughout
    ({"y": "1"}). Raises SpecError for symbols that cannot be understood.

    >>> [step.verdict.value for step in check_working("$$(a+b)^2 = a^2 + 2ab + b^2$$")]
    ['holds']
    """
    table = symbols_table(symbols or {})
    document = read_text(text, "working" + (".txt" if syntax == "text" else ".md"))
    table = table.with_symbols(_fixed(context or {}, table))
    known = Knowledge.of_table(table)
    return list(follow(document.pieces, known, document.macros).steps)


def _fixed(context: Mapping[str, str], table: SymbolTable) -> list[Symbol]:
    """Names with values that hold throughout, as definitions."""
    fixed: list[Symbol] = []
    for name, text in context.items():
        value = read(text, table).tree
        if value is None:
            raise SpecError([SpecFault("", 0, f"context.{name}", f"`{text}` cannot be read")])
        fixed.append(replace(table.symbols.get(name, Symbol(name)), definition=value))
    return fixed
