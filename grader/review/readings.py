"""What the program reads a line as, written anew from the trees: to be seen beside what stands there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from grader.examining import starting_knowledge
from grader.expressions.nodes import TooLarge
from grader.expressions.rewrite import readings
from grader.expressions.symbols import SymbolTable
from grader.notation import Segment, read_rows, to_latex
from grader.reports.formulas import formula
from grader.spec.model import Homework

NOTHING = Markup("")
KEPT = 20_000  # readings that are remembered
LINES = {
    "or": r"\text{ or }",
    "and": r"\text{ and }",
    "comma": ",\\ ",
    "implies": r"\implies ",
    "iff": r"\iff ",
}
LIMIT = 2000  # characters that are read anew


@dataclass(frozen=True, slots=True)
class Read:
    """How a line was read: the formula as HTML, or why it could not be read."""

    formula: Markup = NOTHING
    trouble: str = ""


Reader = Callable[[str, str], Read]  # of a question's id and a line


def reader_of(homework: Homework | None) -> Reader:
    """Reads lines by the symbols of a homework; without one, nothing is said of any line."""
    tables: dict[str, SymbolTable] = {}
    if homework is not None:
        tables = {item.id: starting_knowledge(item, homework).table for item in homework.questions}

    @lru_cache(maxsize=KEPT)
    def read(question: str, source: str) -> Read:
        if question not in tables or not source.strip() or len(source) > LIMIT:
            return Read()
        try:
            return _read(source, tables[question])
        except (TooLarge, RecursionError):
            return Read(trouble="it is too large")

    return read


def _read(source: str, table: SymbolTable) -> Read:
    segments = read_rows(source, table, "auto")
    for segment in segments:
        for error in segment.errors:
            return Read(trouble=f"{error.message}{f': {error.hint}' if error.hint else ''}")
    parts = [_latex(segment, first=not index) for index, segment in enumerate(segments)]
    text = " ".join(part for part in parts if part)
    return Read(formula(text, "reading.tex")) if text else Read()


def _latex(segment: Segment, first: bool) -> str:
    if segment.tree is None:
        return ""
    joint = "" if first else LINES.get(segment.connector, r"\quad ")
    tree = readings(segment.tree, 1)[0]
    return f"{joint}{_relation(segment.leading)}{to_latex(tree)}{_relation(segment.trailing)}"


def _relation(operator: str | None) -> str:
    return f" {RELATIONS.get(operator, operator)} " if operator else ""


RELATIONS = {
    "<=": r"\le",
    ">=": r"\ge",
    "!=": r"\ne",
    "->": r"\to",
    "in": r"\in",
    "~=": r"\approx",
    "<": r"\lt",
    ">": r"\gt",
}
