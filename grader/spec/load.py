"""Loads a homework: homework.yaml, its questions' files, every formula read, everything cross-checked."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from grader.errors import SpecError, SpecFault
from grader.expressions.nodes import Kind
from grader.expressions.symbols import SymbolTable
from grader.spec.checks import check_question
from grader.spec.formulas import UNREAD, Formulas
from grader.spec.model import Homework, Question
from grader.spec.questions import build_question, reference_kind, scope_of
from grader.spec.schema import HomeworkModel, QuestionModel
from grader.spec.source import Source, read_source
from grader.spec.suggest import did_you_mean
from grader.spec.symbols import build_table
from grader.spec.validate import validate

FILE = "homework.yaml"


def load_homework(path: Path | str) -> Homework:
    """The homework in a folder that holds homework.yaml, or in that file.

    Raises SpecError with every fault that is found, not only the first.

    >>> load_homework(Path("problems/homework3")).question("q2").points  # doctest: +SKIP
    3.0
    """
    file = Path(path)
    file = file / FILE if file.is_dir() else file
    source, faults = read_source(file)
    if faults:
        raise SpecError(faults)
    model, faults = validate(HomeworkModel, source)
    if model is None:
        raise SpecError(faults)
    return _Loader(source, file.parent, model).load()


class _Loader:
    """One homework on its way from files to records."""

    def __init__(self, source: Source, folder: Path, model: HomeworkModel) -> None:
        self.source, self.folder, self.model = source, folder, model
        self.faults: list[SpecFault] = []

    def load(self) -> Homework:
        table = self.symbols()
        read = self.read_questions()
        questions = self.build_questions(read, table)
        if self.faults:
            raise SpecError(self.faults)
        return Homework(
            id=self.model.id,
            title=self.model.title or self.model.id,
            questions=tuple(questions),
            table=table,
            submission=tuple(self.model.submission),
            threshold=self.model.policy.passes,
            folder=self.folder,
        )

    def symbols(self) -> SymbolTable:
        base = SymbolTable(decimal_comma=self.model.notation.decimal_comma)
        table, faults = build_table(self.model.symbols, self.source, base)
        self.faults.extend(faults)
        if not self.model.notation.log_base:
            return table
        formulas = Formulas(self.source, table, self.faults)
        log_base = formulas.read(self.model.notation.log_base, ("notation", "log_base"))
        return replace(table, log_base=log_base) if log_base is not UNREAD else table

    def read_questions(self) -> list[tuple[QuestionModel | None, Source]]:
        """Each question's file in order; None for one that cannot be used."""
        counts = Counter(self.model.questions)
        twice = [name for name in counts if counts[name] > 1]
        for name in twice:
            path = ("questions", self.model.questions.index(name))
            self.fault(path, f"`{name}` is named twice", "name each question once")
        return [self.read_question(i, name) for i, name in enumerate(self.model.questions)]

    def read_question(self, index: int, name: str) -> tuple[QuestionModel | None, Source]:
        file = self.folder / f"{name}.yaml"
        if not file.is_file():
            there = sorted(item.stem for item in self.folder.glob("*.yaml") if item.name != FILE)
            self.fault(("questions", index), f"there is no file `{name}.yaml`", did_you_mean(name, there))
            return None, Source(str(file))
        source, faults = read_source(file)
        self.faults.extend(faults)
        if faults:
            return None, source
        item, faults = validate(QuestionModel, source)
        self.faults.extend(faults)
        if item is not None and item.id != name:
            self.faults.append(
                source.fault(
                    ("id",), f"the id is `{item.id}`, but the file is `{name}.yaml`", "give both one name"
                )
            )
        return item, source

    def build_questions(
        self, read: list[tuple[QuestionModel | None, Source]], table: SymbolTable
    ) -> list[Question]:
        questions: list[Question] = []
        earlier: dict[str, Kind] = {}
        for number, (name, (item, source)) in enumerate(zip(self.model.questions, read, strict=True), 1):
            if item is None:
                earlier[name] = "scalar"
                continue
            formulas = Formulas(source, table, self.faults)
            scope = scope_of(item, formulas, earlier, self.model.questions)
            question = build_question(item, number, scope)
            policy = self.model.policy
            hints = item.hints or policy.hints
            questions.append(replace(question, hints=hints, isw=policy.isw))
            check_question(item, formulas)
            earlier[name] = reference_kind(item, formulas)
        return questions

    def fault(self, path: tuple[str | int, ...], message: str, hint: str) -> None:
        self.faults.append(self.source.fault(path, message, hint))
