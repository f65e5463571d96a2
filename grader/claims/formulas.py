"""Formulas as items: values, mentions of quantities, relations, and relations left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from grader.claims.items import Item
from grader.claims.quantities import Lexis
from grader.expressions import build
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import readings
from grader.expressions.symbols import SymbolTable
from grader.notation import Segment, read, read_rows
from grader.records import Piece

_CONNECTORS = {
    "implies": "then", "therefore": "so", "iff": "iff", "and": "and", "or": "or", "for": "for", "if": "if",
    "where": "where", "when": "when", "as": "as", "since": "since", "because": "because", "with": "with",
    "but": "but", "so": "so", "then": "then", "while": "while", "at": "at", "whenever": "when",
}  # fmt: skip
_VALUE_HEADS = frozenset(["number", "decimal", "constant", "mul", "pow", "add", "plusminus", "interval", "set", "tuple"])
_ARROWS = {"to": "to", "->": "to", "→": "to", "approx": "~"}

Macros = Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class FormulaReader:
    """Reads the formulas of one question; `table` knows the student's own names too."""

    table: SymbolTable
    lexis: Lexis
    macros: Macros

    def of_piece(self, piece: Piece, index: int) -> Iterator[Item]:
        """The items of a math piece, in order, with its connectors as words."""
        for segment in read_rows(piece.text, self.table, piece.syntax if piece.syntax != "text" else "text", self.macros):
            yield from self._joint(segment, index)
            if segment.struck:
                continue
            yield from self._of_segment(segment, index)

    def of_run(self, text: str, index: int, start: int) -> list[Item]:
        """The items of a formula typed into prose; none if it does not read as one."""
        syntax = "latex" if "\\" in text else "text"
        reading = read(text, self.table, syntax, self.macros)  # type: ignore[arg-type]
        if reading.tree is None or reading.errors:
            return []
        return [self._item(reading.tree, text, index, start, start + len(text))]

    def _joint(self, segment: Segment, index: int) -> Iterator[Item]:
        here = (index, segment.offset, segment.offset)
        if segment.connector in _CONNECTORS:
            yield Item("word", "", *here, lemma=_CONNECTORS[segment.connector])
        elif segment.connector or segment.offset:
            yield Item("comma", "", *here, lemma=",")

    def _of_segment(self, segment: Segment, index: int) -> Iterator[Item]:
        span = (index, segment.offset, segment.end)
        if segment.leading:
            yield Item("operator", segment.leading, *span, operators=(_arrow(segment.leading),))
        if segment.tree is not None and not segment.errors:
            yield self._item(segment.tree, segment.source, *span)
        elif "\\nabla" in segment.source and ("∇",) in self.lexis.phrases:
            tree, phrase = self.lexis.phrases[("∇",)]
            yield Item("mention", segment.source, *span, trees=(tree,), phrase=phrase)
        if segment.trailing:
            yield Item("operator", segment.trailing, *span, operators=(_arrow(segment.trailing),))

    def _item(self, tree: Expr, text: str, index: int, start: int, end: int) -> Item:
        tree = readings(tree, 1)[0]
        if tree.head == "chain":
            members = tuple(m if is_value(m) else self.lexis.canonical(m) for m in tree.args)
            operators = tuple(_arrow(o) for o in tree.value)
            return Item("relation", text, index, start, end, trees=members, operators=operators)
        if is_value(tree):
            return Item("value", text, index, start, end, trees=alternatives(tree))
        return Item("mention", text, index, start, end, trees=(self.lexis.canonical(tree),))


def _arrow(operator: str) -> str:
    return _ARROWS.get(operator, operator)


def is_value(tree: Expr) -> bool:
    """Whether a tree is a constant: a number, an infinity, an interval of such."""
    return all(part.head in _VALUE_HEADS for part in walk(tree))


def alternatives(tree: Expr) -> tuple[Expr, ...]:
    """The values that one notation stands for: both signs of +-oo, the members of a set."""
    if tree.head == "plusminus":
        return (tree.args[0], build.neg(tree.args[0]))
    if tree.head in ("set", "tuple") and tree.args:
        return tree.args
    return (tree,)
