"""Formulas as items: values, mentions of quantities, relations, and relations left open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from grader.claims.items import Item, is_value
from grader.claims.quantities import Lexis
from grader.claims.repairs import over_arrow, parts_of
from grader.claims.spoken import spoken
from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import readings
from grader.expressions.symbols import SymbolTable
from grader.notation import Segment, read, read_rows
from grader.notation.one_example import of_one_example
from grader.records import Piece, Syntax

_CONNECTORS = {"implies": "then", "therefore": "so"}
BOUNDS = frozenset(["inf", "sup", "min", "max"])
_WORDS = frozenset(
    [
        "and",
        "or",
        "for",
        "if",
        "where",
        "when",
        "as",
        "since",
        "because",
        "with",
        "but",
        "so",
        "then",
        "while",
        "at",
        "iff",
    ]
)
_ARROWS = {
    "to": "to",
    "->": "to",
    "→": "to",
    "approx": "~",
    "sim": "~",
    "≫": ">>",
    "≪": "<<",
    "gg": ">>",
    "ll": "<<",
    "\\gg": ">>",
    "\\ll": "<<",
}
_LED = re.compile(r"\s*\\(?:text|mbox|textrm|mathrm)\s*\{([^{}]*)\}")
_NO_SUCH = re.compile(r"\\nexists|\\not\s*\\exists|\\neg\s*\\exists|∄")
_ONE_SIDED = re.compile(r"\^\s*(?:\{\s*[+\-−]\s*\}|[+\-−](?=\s*(?:$|[^\w\\(\s])))")

Macros = Mapping[str, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class FormulaReader:
    """Reads the text and the formulas of one question; `table` is the homework's symbols, `names` those of
    them that have several letters, `examples` index one example.
    """

    table: SymbolTable
    lexis: Lexis
    macros: Macros
    names: frozenset[str]
    examples: frozenset[str] = frozenset()

    def of_prose(self, text: str, index: int) -> Iterator[Item]:
        """The items of a piece of prose, with those of the formulas typed into it."""
        return spoken(text, index, self.lexis, self.names, self.of_run)

    def of_piece(self, piece: Piece, index: int) -> Iterator[Item]:
        """The items of a math piece, in order, with its connectors as words."""
        if piece.text.strip() in ("1-1", "1–1"):
            yield Item("word", piece.text, index, 0, len(piece.text), lemma="1-1")  # one-to-one
            return
        if _NO_SUCH.search(piece.text):
            yield Item("word", "", index, 0, 0, lemma="no")
        rows = read_rows(_prepared(piece.text), self.table, piece.syntax, self.macros)
        for number, segment in enumerate(rows):
            yield from self._joint(segment, index, first=not number)
            if not segment.struck:
                yield from self._of_segment(segment, index)

    def of_run(self, text: str, index: int, start: int) -> list[Item]:
        """The items of a formula typed into prose; none if it does not read as one."""
        syntax: Syntax = "latex" if "\\" in text else "text"
        source = _prepared(text)
        reading = read(source, self.table, syntax, self.macros)
        if reading.tree is None or reading.errors:
            return list(self._repaired(source, syntax, index, start))
        return list(self._items(reading.tree, text, (index, start, start + len(text))))

    def _repaired(self, source: str, syntax: Syntax, index: int, start: int) -> Iterator[Item]:
        """The items of a formula that has no tree but has parts; none if one of them cannot be read."""
        out: list[Item] = []
        for part in parts_of(source):
            span = (index, start + part.start, start + part.start + len(part.text))
            out.extend(_joints(part.joint, span))
            if not part.text.strip():
                continue
            reading = read(part.text, self.table, syntax, self.macros)
            if reading.tree is None or reading.errors:
                return
            out.extend(self._items(reading.tree, part.text, span))
        yield from out

    def _joint(self, segment: Segment, index: int, first: bool) -> Iterator[Item]:
        """What joins a segment to the one before: its words in front, or its connector."""
        here, whole = (index, segment.offset, segment.offset), (index, segment.offset, segment.end)
        front = _front(segment)
        word = _CONNECTORS.get(segment.connector, segment.connector)
        if not first and (segment.connector == "comma" or (word not in _WORDS and not front)):
            yield Item("comma", "", *here, lemma=",")
        if word in _WORDS and not front:
            yield Item("word", "", *here, lemma=word)
        for words in front:
            yield from self._words(words, whole)

    def _of_segment(self, segment: Segment, index: int) -> Iterator[Item]:
        span = (index, segment.offset, segment.end)
        if segment.leading:
            yield Item("operator", segment.leading, *span, operators=(_arrow(segment.leading),))
        if segment.tree is not None and not segment.errors:
            yield from self._items(segment.tree, segment.source, span)
            yield from self._over_arrow(segment, index)
        elif repaired := list(self._repaired(segment.source, "latex", index, segment.offset)):
            yield from repaired
        elif "\\nabla" in segment.source and ("∇",) in self.lexis.phrases:
            tree, phrase = self.lexis.phrases[("∇",)]
            yield Item("mention", segment.source, *span, trees=(tree,), phrase=phrase)
        if segment.trailing:
            yield Item("operator", segment.trailing, *span, operators=(_arrow(segment.trailing),))
        for words in segment.words[len(segment.words) - segment.behind :]:
            yield from self._words(words, span)

    def _words(self, text: str, span: tuple[int, int, int]) -> Iterator[Item]:
        """The items of words inside a formula; they stand where the formula does."""
        index, start, end = span
        for item in self.of_prose(text, index):
            yield replace(item, start=start, end=end)

    def _over_arrow(self, segment: Segment, index: int) -> Iterator[Item]:
        """What stands over an arrow is under what the limit is taken: "as p -> 1"."""
        part = over_arrow(segment.source)
        reading = None if part is None else read(part.text, self.table, "latex", self.macros)
        if part is None or reading is None or reading.tree is None or reading.tree.head != "chain":
            return
        start = segment.offset + part.start
        span = (index, start, start + len(part.text))
        yield Item("word", "", *span, lemma="as")
        yield from self._items(reading.tree, part.text, span)

    def _items(self, tree: Expr, text: str, span: tuple[int, int, int]) -> Iterator[Item]:
        tree = of_one_example(readings(tree, 1)[0], self.examples, self.table)
        if tree.head in ("forall", "exists"):
            yield from self._items(tree.args[-1], text, span)
        elif tree.head == "symbol" and " " in str(tree.value) and str(tree.value) not in self.table.symbols:
            yield from self._words(str(tree.value), span)  # words alone in their row
        elif tree.head == "not":
            yield Item("word", "", *span, lemma="not")
            yield from self._items(tree.args[0], text, span)
        elif tree.head in ("and", "or", "implies", "iff"):
            for number, part in enumerate(tree.args):
                if number:
                    yield Item("word", "", *span, lemma="then" if tree.head == "implies" else tree.head)
                yield from self._items(part, text, span)
        else:
            yield self._item(tree, text, span)

    def _item(self, tree: Expr, text: str, span: tuple[int, int, int]) -> Item:
        if tree.head == "chain":
            *before, last = tree.args
            if last.head == "set" and tree.value[-1] == "in":
                tree = build.chain(tree.args, (*tree.value[:-1], "="))
            members = tuple(self._member(m) for m in (*before, *alternatives(last)))
            return Item("relation", text, *span, trees=members, operators=tuple(map(_arrow, tree.value)))
        if is_value(tree):
            return Item("value", text, *span, trees=alternatives(tree))
        return Item("mention", text, *span, trees=(self.lexis.canonical(tree),))

    def _member(self, tree: Expr) -> Expr:
        kept = tree.head in ("limit", "at") or (tree.head == "call" and tree.value in BOUNDS)
        return tree if kept or is_value(tree) else self.lexis.canonical(tree)


def _prepared(text: str) -> str:
    """The source with `\\nexists` read as `\\exists` and one-sided limits (0^+) as limits; offsets stay."""
    text = _NO_SUCH.sub(lambda m: "\\exists".rjust(len(m.group())), text)
    return _ONE_SIDED.sub(lambda m: " " * len(m.group()), text)


def _front(segment: Segment) -> list[str]:
    """The words before a segment's formula, those that were read as its connector first."""
    words = list(segment.words[: len(segment.words) - segment.behind])
    led = _LED.match(segment.source)
    known = led is None or led.group(1).strip() in (w.strip() for w in words)
    return words if led is None or known or segment.tree is None else [led.group(1), *words]


_QUANTIFIERS = {"forall": "for every", "exists": "there be", "no": "there be no"}


def _joints(joint: str, span: tuple[int, int, int]) -> Iterator[Item]:
    """The sign between two parts of a formula, or the words for a quantifier."""
    if joint in _QUANTIFIERS:
        yield Item("comma", "", *span, lemma=",")
        for word in _QUANTIFIERS[joint].split():
            yield Item("word", "", *span, lemma=word)
    elif joint:
        yield Item("operator", joint, *span, operators=(joint,))
    elif span[1]:
        yield Item("comma", "", *span, lemma=",")


def _arrow(operator: str) -> str:
    return _ARROWS.get(operator, operator)


def alternatives(tree: Expr) -> tuple[Expr, ...]:
    """The values that one notation stands for: both signs of +-oo, the members of a set."""
    if tree.head == "plusminus":
        return (tree.args[0], build.neg(tree.args[0]))
    if tree.head in ("set", "tuple") and tree.args and is_value(tree):
        return tree.args
    return (tree,)
