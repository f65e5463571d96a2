"""Pieces of a document into sentences of items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.claims.formulas import FormulaReader
from grader.claims.items import Item
from grader.claims.joining import joined
from grader.claims.lemmas import lemma, singular
from grader.claims.lexicon import PRONOUNS
from grader.claims.prose import OPERATORS, Token, tokens_of
from grader.claims.quantities import Lexis
from grader.claims.questions import asked_first, conditional
from grader.expressions import build
from grader.records import Piece

_NUMBERS = {
    "zero": build.ZERO, "one": build.ONE, "infinity": build.INFINITY, "unity": build.ONE, "0": build.ZERO,
    "two": build.TWO, "half": build.HALF, "oo": build.INFINITY,
}  # fmt: skip
_JOINED_OPERATORS = {"implies": "then", "iff": "iff"}


def sentences(pieces: Sequence[Piece], reader: FormulaReader, names: frozenset[str]) -> list[list[Item]]:
    """The items of each sentence; a stop (with its sign as lemma) ends each that has one."""
    out: list[list[Item]] = [[]]
    for index, piece in enumerate(pieces):
        if piece.struck:
            continue
        for item in _of_piece(piece, index, reader, names):
            out[-1].append(item)
            if item.kind == "stop":
                out.append([])
    whole = [conditional(joined(s)) for s in out if any(i.kind != "stop" for i in s)]
    return [part for s in whole for part in asked_first(s)]


def _of_piece(piece: Piece, index: int, reader: FormulaReader, names: frozenset[str]) -> Iterator[Item]:
    if piece.kind == "math":
        if piece.display:
            yield Item("comma", "", index, 0, 0, lemma=",")
        yield from reader.of_piece(piece, index)
        if piece.display:
            end = len(piece.text)
            yield Item("comma", "", index, end, end, lemma=",")
        return
    tokens = tokens_of(piece.text, names)
    at = 0
    while at < len(tokens):
        width, items = _next(tokens, at, index, reader)
        yield from items
        at += width


def _next(tokens: list[Token], at: int, index: int, reader: FormulaReader) -> tuple[int, list[Item]]:
    """The items that begin at a token, and how many tokens they use up."""
    token = tokens[at]
    named = _phrase(tokens, at, index, reader.lexis)
    if named is not None:
        return named
    if token.kind in ("formula", "command"):
        return 1, _formula(token, index, reader)
    return 1, _simple(token, index)


def _phrase(tokens: list[Token], at: int, index: int, lexis: Lexis) -> tuple[int, list[Item]] | None:
    for width in range(min(lexis.longest, len(tokens) - at), 0, -1):
        window = tokens[at : at + width]
        words = tuple(singular(part) for t in window for part in t.text.split("-"))
        found = lexis.phrases.get(tuple("∇" if w == "\\nabla" else w for w in words))
        if found is not None and all(t.kind in ("word", "sign", "formula", "command") for t in window):
            text = " ".join(t.text for t in window)
            tree, phrase = found
            item = Item("mention", text, index, window[0].start, window[-1].end, trees=(tree,), phrase=phrase)
            return width, [item]
    return None


def _formula(token: Token, index: int, reader: FormulaReader) -> list[Item]:
    items = reader.of_run(token.text, index, token.start)
    if items:
        return items
    if "∇" in token.text or "\\nabla" in token.text or "grad" in token.text.lower():
        found = reader.lexis.phrases.get(("∇",))
        if found is not None:
            tree, phrase = found
            return [Item("mention", token.text, index, token.start, token.end, trees=(tree,), phrase=phrase)]
    return _words(token, index)


def _words(token: Token, index: int) -> list[Item]:
    """A run that is no formula after all, as plain words."""
    return [
        Item("word", part, index, token.start, token.end, lemma=lemma(part))
        for part in token.text.split()
        if part[:1].isalpha()
    ]


def _simple(token: Token, index: int) -> list[Item]:
    span = (index, token.start, token.end)
    if token.kind == "relation":
        operator = OPERATORS.get(token.text, token.text)
        if operator in _JOINED_OPERATORS:
            return [Item("word", token.text, *span, lemma=_JOINED_OPERATORS[operator])]
        return [Item("operator", token.text, *span, operators=(operator,))]
    if token.kind == "stop":
        return [Item("stop", token.text, *span, lemma=token.text.strip() or ".")]
    if token.kind == "comma" or token.text in ("(", ")", "—", "–", "[", "]"):
        return [Item("comma", token.text, *span, lemma=token.text)]
    if token.kind in ("word", "abbreviation", "number"):
        return list(_word(token, span))
    if token.text == "∄":
        return [Item("word", token.text, *span, lemma="no")]
    return (
        [Item("word", token.text, *span, lemma=token.text)] if token.text in ("±", "-", "+", "−", "/") else []
    )


def _word(token: Token, span: tuple[int, int, int]) -> Iterator[Item]:
    form = lemma(token.text)
    for part in form.split():
        if part in _NUMBERS:
            yield Item("value", token.text, *span, lemma=part, trees=(_NUMBERS[part],))
        elif part in PRONOUNS:
            yield Item("pronoun", token.text, *span, lemma=part)
        else:
            yield Item("word", token.text, *span, lemma=part)
