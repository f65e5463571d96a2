"""Prose into items: words, values, pronouns, mentions by phrase, and the formulas typed among them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from grader.claims.items import Item
from grader.claims.lemmas import lemma, singular
from grader.claims.lexicon import PRONOUNS
from grader.claims.lines import line_break
from grader.claims.prose import OPERATORS, Token, tokens_of
from grader.claims.quantities import Lexis
from grader.expressions import build

_NUMBERS = {
    "zero": build.ZERO, "one": build.ONE, "infinity": build.INFINITY, "unity": build.ONE, "0": build.ZERO,
    "two": build.TWO, "three": build.number(3), "four": build.number(4), "half": build.HALF,
    "oo": build.INFINITY,
}  # fmt: skip
_JOINED_OPERATORS = {"implies": "then", "iff": "iff"}

OfRun = Callable[[str, int, int], list[Item]]


def spoken(text: str, index: int, lexis: Lexis, names: frozenset[str], of_run: OfRun) -> Iterator[Item]:
    """The items of a piece of prose; `of_run` reads a formula typed into it.

    Where a line begins, an item "break" says so: whether it ends a sentence is seen from what stands there.
    """
    tokens = tokens_of(text, names)
    at = 0
    while at < len(tokens):
        if tokens[at].fresh:
            yield line_break(text[tokens[at].start :], index, tokens[at].start)
        width, items = _next(tokens, at, index, lexis, of_run)
        yield from items
        at += width


def _next(tokens: list[Token], at: int, index: int, lexis: Lexis, of_run: OfRun) -> tuple[int, list[Item]]:
    """The items that begin at a token, and how many tokens they use up."""
    token = tokens[at]
    named = _phrase(tokens, at, index, lexis)
    if named is not None:
        return named
    if token.kind in ("formula", "command"):
        return 1, _formula(token, index, lexis, of_run)
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


def _formula(token: Token, index: int, lexis: Lexis, of_run: OfRun) -> list[Item]:
    items = of_run(token.text, index, token.start)
    if items:
        return items
    if "∇" in token.text or "\\nabla" in token.text or "grad" in token.text.lower():
        found = lexis.phrases.get(("∇",))
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
