"""Pieces of a document into sentences of items."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.claims.formulas import FormulaReader
from grader.claims.items import Item
from grader.claims.lemmas import lemma, singular
from grader.claims.lexicon import PRONOUNS
from grader.claims.prose import OPERATORS, Token, tokens_of
from grader.claims.quantities import Lexis
from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.records import Piece

_NUMBERS = {
    "zero": build.ZERO, "one": build.ONE, "infinity": build.INFINITY, "unity": build.ONE, "0": build.ZERO,
    "two": build.TWO, "half": build.HALF, "oo": build.INFINITY,
}  # fmt: skip
_SIGNS = {"negative": -1, "minus": -1, "positive": 1, "plus": 1, "-": -1, "+": 1, "−": -1, "–": -1}
_BOTH = frozenset(["±", "plus minus", "plus or minus", "plus/minus", "positive or negative", "either"])
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
    return [_tidied(s) for s in out if any(i.kind != "stop" for i in s)]


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


def _tidied(items: list[Item]) -> list[Item]:
    return _relations(_lists(_signed(_people(items))))


_PARTICLES = frozenset(["no", "nope", "yes"])
_ONE_DOES = frozenset(
    [
        "can",
        "would",
        "may",
        "want",
        "get",
        "like",
        "wish",
        "need",
        "will",
        "take",
        "might",
        "must",
        "let",
        "should",
        "please",
        "desire",
        "make",
        "choose",
        "have",
        "see",
    ]
)


def _people(items: list[Item]) -> list[Item]:
    """ "as close as one wants": this one is no value; "no it can not": this no is an answer."""
    out: list[Item] = []
    for at, item in enumerate(items):
        if item.lemma in _PARTICLES and at + 1 < len(items) and items[at + 1].kind == "pronoun":
            out.extend([item, Item("comma", "", item.piece, item.end, item.end, lemma=",")])
            continue
        if item.kind == "value" and item.lemma == "one":
            after = items[at + 1].lemma if at + 1 < len(items) else ""
            before = out[-1].lemma if out else ""
            if after in _ONE_DOES or before in ("as", "only", "any", "no", "that", ""):
                item = replace(item, kind="word", trees=())
        out.append(item)
    return out


def _signed(items: list[Item]) -> list[Item]:
    """ "negative infinity", "plus or minus infinity", "- oo": the sign joins the value."""
    out: list[Item] = []
    for item in items:
        if item.kind == "value" and item.tree is build.INFINITY:
            for width in (3, 1, 2):
                words = " ".join(i.lemma for i in out[-width:]) if len(out) >= width else ""
                sign = _SIGNS.get(words)
                both = words in _BOTH
                if sign is None and not both:
                    continue
                trees = (
                    (build.INFINITY, build.neg(build.INFINITY)) if both else (_signed_infinity(sign or 1),)
                )
                item = Item("value", item.text, out[-width].piece, out[-width].start, item.end, "oo", trees)
                del out[-width:]
                break
        out.append(item)
    return out


def _signed_infinity(sign: int) -> Expr:
    return build.INFINITY if sign > 0 else build.neg(build.INFINITY)


def _lists(items: list[Item]) -> list[Item]:
    """ "0 or 1", "0 (or 1)", "0, 1": one value with alternatives."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        if item.kind == "value" and out:
            back = _joint_width(out)
            if back:
                before = out[-back - 1]
                del out[-back - 1 :]
                if at + 1 < len(items) and items[at + 1].lemma == ")" and back > 1:
                    at += 1
                item = Item(
                    "value", before.text, before.piece, before.start, item.end, "", before.trees + item.trees
                )
        out.append(item)
        at += 1
    return out


def _joint_width(out: list[Item]) -> int:
    """How many items before the end join two values ("or", "( or", "/"); 0 for none."""
    for joint in (
        ("or",),
        ("and",),
        ("/",),
        ("(", "or"),
        (",", "or"),
        ("and", "/", "or"),
        ("or", "to"),
        ("or", "toward"),
    ):
        width = len(joint)
        fits = len(out) > width and out[-width - 1].kind == "value"
        if fits and tuple(i.lemma for i in out[-width:]) == joint:
            return width
    return 0


def _relations(items: list[Item]) -> list[Item]:
    """Joins "the magnitude" `->` "0" across prose and formulas into relations and open relations."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        after = items[at + 1] if at + 1 < len(items) else None
        if item.kind == "operator" and after is not None and after.kind in ("value", "mention"):
            before = out[-1] if out else None
            if before is not None and before.kind in ("mention", "value", "relation"):
                out[-1] = _linked(before, item, after)
            else:
                out.append(
                    Item(
                        "lead", item.text, item.piece, item.start, after.end, "", after.trees, item.operators
                    )
                )
            at += 2
            continue
        if item.kind == "operator" and after is not None and after.kind == "relation":
            out.append(
                Item(
                    "lead", item.text, item.piece, item.start, after.end, "", after.trees[:1], item.operators
                )
            )
            at += 1
            continue
        if item.kind != "operator":
            out.append(item)
        at += 1
    return out


def _linked(before: Item, operator: Item, after: Item) -> Item:
    trees = before.trees + after.trees
    operators = before.operators + operator.operators if before.kind == "relation" else operator.operators
    if before.kind != "relation":
        trees = before.trees[:1] + after.trees
    end = after.end if after.piece == before.piece else before.end
    return Item("relation", before.text, before.piece, before.start, end, "", trees, operators)
