"""What a text is cut into: words, values, mentions of quantities, relations, and stops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grader.expressions.nodes import Expr, walk
from grader.records import Piece, Place

ItemKind = Literal[
    "word", "value", "mention", "pronoun", "relation", "lead", "operator", "comma", "stop", "break"
]

_VALUE_HEADS = frozenset(
    ["number", "decimal", "constant", "mul", "pow", "add", "plusminus", "interval", "set", "tuple"]
)


@dataclass(frozen=True, slots=True)
class Item:
    """One unit of a sentence, with where it stands: `piece` counts pieces, `start` and `end` characters.

    `lemma` is what the lexicon sees of a word; `trees` are a value's alternatives, a mention's one tree,
    or a relation's members; `operators` the relation's operators. `phrase` is the wording of a mention by
    phrase ("norm"), "" for a formula.
    """

    kind: ItemKind
    text: str
    piece: int
    start: int
    end: int
    lemma: str = ""
    trees: tuple[Expr, ...] = ()
    operators: tuple[str, ...] = ()
    phrase: str = ""
    determined: bool = False  # a noun phrase with an article begins before it

    @property
    def tree(self) -> Expr:
        """The only tree of a mention, the first of others."""
        return self.trees[0]


def place_in(piece: Piece, offset: int) -> Place:
    """The file's line and column of a character of a piece."""
    before = piece.text[:offset]
    lines = before.count("\n")
    column = offset - before.rfind("\n") if lines else piece.place.column + offset
    return Place(piece.place.file, piece.place.line + lines, column, piece.place.cell)


def is_value(tree: Expr) -> bool:
    """Whether a tree is a constant: a number, an infinity, an interval of such."""
    return all(part.head in _VALUE_HEADS for part in walk(tree))
