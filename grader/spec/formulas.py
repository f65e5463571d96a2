"""Reads the formulas of a spec: every fault becomes a `SpecFault` at the key that holds the formula."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from grader.errors import SpecFault
from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, readings
from grader.expressions.symbols import Symbol, SymbolTable
from grader.notation import read
from grader.notation.chances import OPERATORS
from grader.records import NotationError
from grader.spec.source import Path_, Source
from grader.spec.suggest import nearest

UNREAD = build.constant("false")  # stands for a formula that could not be read; never leaves the loader


@dataclass(slots=True)
class Formulas:
    """A file whose formulas are being read; `faults` gathers what is wrong with them."""

    source: Source
    table: SymbolTable
    faults: list[SpecFault] = field(default_factory=list)

    def fault(self, path: Path_, message: str, hint: str = "") -> None:
        """Notes a fault at a path."""
        self.faults.append(self.source.fault(path, message, hint))

    def read(self, text: str, path: Path_, extra: Iterable[Symbol] = (), written: str = "") -> Expr:
        """The tree of a formula in which `extra` is declared beside the table.

        Ambiguous notation is read the preferred way. After a fault: a placeholder. `written` is what
        the author wrote, where `text` is not that.
        """
        table = self.table.with_symbols(extra)
        tree, errors = attempt(text, table)
        if tree is None:
            self.fault(path, *_explain(text, errors, table))
            return UNREAD
        unknown = unknown_names(tree, table)
        for name in unknown:
            near = nearest(name, table.by_spelling)
            hint = f"did you mean `{near}`?" if near else "declare it under `symbols:` in homework.yaml"
            self.fault(path, f"unknown symbol `{name}` in `{written or text}`", hint)
        return UNREAD if unknown else tree

    def chain(self, text: str, path: Path_, extra: Iterable[Symbol] = ()) -> Expr | None:
        """As `read`, for one relation such as `p = 1/3`; None (and a fault) if it is something else."""
        tree = self.read(text, path, extra)
        if tree is UNREAD:
            return None
        if tree.head != "chain" or len(tree.args) != 2:
            self.fault(path, f"`{text}` is not one relation", "write `left = right`")
            return None
        return tree


def attempt(text: str, table: SymbolTable) -> tuple[Expr | None, tuple[NotationError, ...]]:
    """A formula read without complaint: its tree in the preferred reading, or None and the reasons."""
    reading = read(text, table, syntax="latex" if "\\" in text else "text")
    if reading.tree is None or reading.errors:
        return None, reading.errors
    return readings(reading.tree, 1)[0], ()


def chances(text: str, table: SymbolTable) -> tuple[Expr, ...]:
    """The readings of a probability or a moment (`P(A | B)`, `E[X]`), that one first; none of anything else.

    What is random in it needs no declaration.
    """
    tree = read(text, table, syntax="latex" if "\\" in text else "text").tree if text else None
    found = readings(tree) if tree is not None else ()
    meant = [t for t in found if t.head == "apply" and t.args[0].value in OPERATORS]
    return (*meant, *(t for t in found if t not in meant)) if meant else ()


def unknown_names(tree: Expr, table: SymbolTable) -> list[str]:
    """The names in a tree that the table does not declare, bound variables apart, sorted."""
    return sorted({leaf.value for leaf in free_symbols(tree)} - set(table.symbols))


def _explain(text: str, errors: tuple[NotationError, ...], table: SymbolTable) -> tuple[str, str]:
    if not text.strip():
        return "is empty", "give a formula, or leave the key out"
    if not errors:
        return f"cannot read `{text}`", ""
    first = errors[0]
    word = _word_at(text, first.offset)
    near = nearest(word, table.by_spelling) if len(word) > 1 else None
    hint = f"did you mean `{near}`?" if near else first.hint
    return f"cannot read `{text}` at character {first.offset + 1}: {first.message}", hint


def _word_at(text: str, offset: int) -> str:
    end = offset
    while end < len(text) and (text[end].isalnum() or text[end] in "_'"):
        end += 1
    return text[offset:end]
