"""Items that belong together: signs and infinities, "0 or 1", "the magnitude -> 0"."""

from __future__ import annotations

from dataclasses import replace

from grader.claims.items import Item, is_value
from grader.claims.lexicon import CONNECTIVES, ONE_DOES
from grader.expressions import build
from grader.expressions.nodes import Expr

_SIGNS = {"negative": -1, "minus": -1, "positive": 1, "plus": 1, "-": -1, "+": 1, "−": -1, "–": -1}
_BOTH = frozenset(["±", "plus minus", "plus or minus", "plus/minus", "positive or negative", "either"])


def joined(items: list[Item]) -> list[Item]:
    """The items of a sentence with signs, lists of values and relations put together."""
    return _named_values(
        _relations(_consequences(_lists(_signed(_people(_connectives(_unbracketed(items)))))))
    )


def _unbracketed(items: list[Item]) -> list[Item]:
    """ "(almost) zero": brackets round one word are no pause."""
    lemmas = [i.lemma for i in items]
    words = {
        at
        for at in range(1, len(items) - 1)
        if items[at].kind == "word" and lemmas[at - 1] == "(" and lemmas[at + 1] == ")"
    }
    adverbs = [at for at in words if lemmas[at].endswith("ly") or lemmas[at] in ("almost", "never", "not")]
    idle = {at + step for at in adverbs for step in (-1, 1)}
    return [i for at, i in enumerate(items) if at not in idle]


def _connectives(items: list[Item]) -> list[Item]:
    """ "as long as", "on condition that": words that are one connective are one item."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        found = next((words for words in CONNECTIVES if _stands(words, items, at)), None)
        last = at if found is None else at + len(found) - 1
        out.append(
            items[at]
            if found is None
            else replace(items[last], kind="word", lemma=CONNECTIVES[found], trees=(), phrase="")
        )
        at = last + 1
    return out


def _stands(words: tuple[str, ...], items: list[Item], at: int) -> bool:
    return tuple(i.text.lower() for i in items[at : at + len(words)]) == words


_PARTICLES = frozenset(["no", "nope", "yes"])


def _people(items: list[Item]) -> list[Item]:
    """ "as close as one wants": this one is no value; "no it can not": this no is an answer; "the inf over w"
    is no infinity.
    """
    out: list[Item] = []
    for at, item in enumerate(items):
        if item.lemma in _PARTICLES and at + 1 < len(items) and items[at + 1].kind == "pronoun":
            out.extend([item, Item("comma", "", item.piece, item.end, item.end, lemma=",")])
            continue
        if item.text.lower() == "inf" and item.kind == "value" and _is_infimum(items, at):
            out.append(replace(item, kind="word", lemma="infimum", trees=()))
            continue
        if item.lemma == "nothing" and out and out[-1].lemma == "exactly":
            item = replace(item, kind="value", trees=(build.ZERO,))
        if item.kind == "value" and item.lemma == "one":
            after = items[at + 1].lemma if at + 1 < len(items) else ""
            before = out[-1].lemma if out else ""
            if after in ONE_DOES or before in ("as", "only", "any", "no", "that", ""):
                item = replace(item, kind="word", trees=())
        out.append(item)
    return out


def _is_infimum(items: list[Item], at: int) -> bool:
    before = items[at - 1].lemma if at else ""
    after = items[at + 1] if at + 1 < len(items) else None
    named = after is not None and (after.kind == "mention" or after.lemma in ("of", "over"))
    return before in ("the", "its", "an", "this", "whose") or (before not in ("to", "toward") and named)


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


_CLOSE = frozenset(["close", "closer", "near", "nearer", "approach"])


def _named_values(items: list[Item]) -> list[Item]:
    """ "close to y = 1": the value that a label has."""
    out: list[Item] = []
    for item in items:
        words = [i.lemma for i in out[-2:]]
        near = words[-1:] in (["near"], ["approach"]) or (words[-1:] == ["to"] and words[0] in _CLOSE)
        label = item.kind == "relation" and item.operators == ("=",) and item.tree.head == "symbol"
        if near and label and is_value(item.trees[1]) and any(i.kind in ("mention", "relation") for i in out):
            item = replace(item, kind="value", trees=item.trees[1:], operators=())
        out.append(item)
    return out


def _consequences(items: list[Item]) -> list[Item]:
    """ "p never reaches 1 -> the gradient is never 0": an arrow after a clause is no limit."""
    out: list[Item] = []
    for at, item in enumerate(items):
        after = next((i for i in items[at + 1 : at + 3] if i.lemma not in ("the", "its")), None)
        clause = len(out) > 1 and out[-1].kind == "value" and out[-2].kind == "word"
        named = after is not None and (after.kind == "pronoun" or bool(after.phrase))
        if item.operators == ("to",) and item.kind == "operator" and clause and named:
            item = replace(item, kind="word", lemma="then", operators=())
        out.append(item)
    return out


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
                out[-1] = _linked(_bound(out, before), item, after)
            else:
                out.append(
                    Item(
                        "lead", item.text, item.piece, item.start, after.end, "", after.trees, item.operators
                    )
                )
            at += 2
            continue
        before = out[-1] if out else None
        chained = before is not None and before.kind == "mention" and item.operators[:1] in (("=",), ("~",))
        if chained and before is not None and after is not None and after.kind == "relation":
            whole = _linked(_bound(out, before), item, after)
            out[-1] = replace(whole, operators=(*item.operators, *after.operators))
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


def _bound(out: list[Item], before: Item) -> Item:
    """ "inf |g|" is no |g|, also where only |g| was typed as a formula."""
    word = out[-2].lemma if len(out) > 1 else ""
    name = {"infimum": "inf", "supremum": "sup"}.get(word)
    if name is None or before.kind != "mention":
        return before
    return replace(before, trees=(build.call(name, before.tree),))


def _linked(before: Item, operator: Item, after: Item) -> Item:
    trees = before.trees + after.trees
    operators = before.operators + operator.operators if before.kind == "relation" else operator.operators
    if before.kind != "relation":
        trees = before.trees[:1] + after.trees
    end = after.end if after.piece == before.piece else before.end
    return Item("relation", before.text, before.piece, before.start, end, "", trees, operators)
