"""`LHS = ...`, `= RHS`: the sides of an equation that stands before, under a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from grader.expressions.build import chain, symbol
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.expressions.rewrite import replace as substitute
from grader.expressions.symbols import Symbol, SymbolTable
from grader.notation import Segment, read_rows
from grader.records import Piece, StepVerdict
from grader.working.knowledge import Knowledge
from grader.working.records import Line, Statement

LEFT, RIGHT = symbol("LHS"), symbol("RHS")
_SIDES = frozenset([LEFT, RIGHT])
_SPELLED = re.compile(
    r"(?<![A-Za-z\\])(?P<side>[LRlr])(?:HS|hs|\.H\.S|\. H\. S|(?:eft|ight)(?:[- ]hand)? side)(?![a-zA-Z])\.?"
)
_SAID = re.compile(
    r"(?<![a-z])(?P<side>[lr])(?:\.?h\.?s\b\.?|(?:eft|ight)(?:[- ]hand)? side)\s*(?:is|equals|=|:)?\s*$"
)
_CLAIMS = re.compile(r"\b(prove|show|verify|establish|demonstrate)\b[^.;]*$")
_SAYS_NOTHING = re.compile(
    r"(\b(proof|solution|start\w*|from|with|by|consider|take|expand\w*|we|have|get|now|then|so|and|the|on|of|is"
    r"|left|right|hand|side|l\.?h\.?s\.?|r\.?h\.?s\.?)(?![a-z])|[\s.,:;*_#-])*$"
)
_MOST = 4
Macros = Mapping[str, tuple[int, str]]


def with_sides(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the names of sides where a piece uses them."""
    if not any(_SPELLED.search(piece.text) for piece in pieces):
        return known
    return replace(known, table=known.table.with_symbols([Symbol("LHS"), Symbol("RHS")]))


def rows_read(piece: Piece, table: SymbolTable, macros: Macros) -> tuple[Segment, ...]:
    """The statements of a formula, read with one spelling of the names of sides."""
    text = piece.text
    spelled = _SPELLED.sub(lambda m: f"{m['side'].upper()}HS".ljust(len(m.group())), text)
    segments = read_rows(spelled, table, piece.syntax, macros)
    if spelled == text:
        return segments
    return tuple(replace(s, source=text[s.offset : s.end].strip()) for s in segments)


def with_named_side(line: Line) -> Line:
    """The line with the side that the words before it name: `LHS $= x$`, "the left side is x"."""
    tree, said = line.segment.tree, _SAID.search(line.intro)
    leading = line.segment.leading
    if tree is None or said is None or leading not in (None, "=") or (not leading and tree.kind == "truth"):
        return line
    side = LEFT if said["side"] == "l" else RIGHT
    members, operators = (tree.args, tree.value) if tree.head == "chain" else ((tree,), ())
    whole = chain((side, *members), ("=", *operators))
    return replace(line, segment=replace(line.segment, tree=whole, leading=None))


def speaks_of_sides(line: Line) -> bool:
    """Whether a line names a side of an equation."""
    tree = line.segment.tree
    return tree is not None and bool(_SIDES & free_symbols(tree))


def meanings(line: Line, statements: Sequence[Statement]) -> Iterator[Line]:
    """The line with the sides of each equation before it in their places, the latest first."""
    whole = [s for s in reversed(statements) if len(s.members) > 1 and _is_claim(s.line)]
    for statement in whole[:_MOST]:
        yield _put_in(line, {LEFT: statement.members[0], RIGHT: statement.members[-1]})


def is_certain(line: Line, statements: Sequence[Statement]) -> bool:
    """Whether a line can only mean the equation right before it: an identity that it sets out to prove."""
    before = [s for s in statements if s.members and _is_claim(s.line)]
    if not before or not _SAYS_NOTHING.fullmatch(line.intro):
        return False
    claim = before[-1]
    proven = [s.verdict for s in claim.steps] == [StepVerdict.HOLDS]
    asked = _CLAIMS.search(claim.line.intro) or _CLAIMS.search(claim.line.sentence.lower())
    return proven and bool(asked) and set(claim.operators) <= {"=", "equiv"}


def _is_claim(line: Line) -> bool:
    """Whether a line is a statement of its own, and not about the sides of another."""
    named = _SPELLED.search(line.segment.source) or _SAID.search(line.intro)
    return not line.segment.leading and not named


def unnamed(line: Line) -> Line:
    """The line without a side that nothing explains; unreadable where another part speaks of it."""
    tree = line.segment.tree
    assert tree is not None
    if tree.head == "chain":
        kept = tree.args[1:] if tree.args[0] in _SIDES else tree.args
        kept = kept[:-1] if kept[-1] in _SIDES else kept
        dropped = len(tree.args) - len(kept)
        if kept and not any(_SIDES & free_symbols(m) for m in kept):
            operators = tree.value[1:] if tree.args[0] in _SIDES else tree.value
            operators = operators[: len(kept) - 1]
            tree = chain(kept, operators) if operators else kept[0]
            return replace(line, segment=replace(line.segment, tree=tree)) if dropped else line
    return replace(line, segment=replace(line.segment, tree=None))


def _put_in(line: Line, table: dict[Expr, Expr]) -> Line:
    assert line.segment.tree is not None
    return replace(line, segment=replace(line.segment, tree=substitute(line.segment.tree, table)))
