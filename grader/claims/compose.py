"""Noun phrases: "the dot product of w and phi(x)" is one mention, "the norm of w" is norm(w)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from grader.claims.items import Item
from grader.claims.lexicon import COMPOUNDS, NORM_WORDS
from grader.claims.quantities import Lexis
from grader.expressions import build
from grader.expressions.nodes import Expr

_LINKS = frozenset(["of", "between", "wrt", "from", "in"])


_OTHER = build.symbol("gradient in another variable")


def composed(items: list[Item], lexis: Lexis) -> list[Item]:
    """The items with complements drawn into the mention that they complete."""
    items = _with_shared_value(items)
    out: list[Item] = []
    at = 0
    while at < len(items):
        item = items[at]
        width = 1
        if item.kind == "mention":
            item, width = _compound(items, at) or _with_complement(items, at, lexis)
            before = out[-1] if out else None
            if before is not None and before.kind == "mention" and not _begins_anew(items[at]):
                out.pop()
                item = _apposition(before, item, lexis)
        elif item.lemma in NORM_WORDS | {"value"} and item.kind == "word":
            made = _norm_of(items, at, lexis)
            if made is not None:
                item, width = made
                if item.kind == "mention" and out and out[-1].lemma == "absolute":
                    out.pop()
        out.append(item)
        at += width
    return out


_CONTRASTS = frozenset(["but", "yet", "though", "although", "without", "and", "or"])


def _with_shared_value(items: list[Item]) -> list[Item]:
    """ "it shrinks towards, but never attains, zero": the value belongs to both verbs."""
    commas = [at for at, item in enumerate(items) if item.kind == "comma"]
    for first, second in pairwise(commas):
        value = items[second + 1] if second + 1 < len(items) else None
        ends = second + 2 >= len(items) or items[second + 2].kind in ("stop", "comma")
        opens = 0 < first < second - 1 and items[first + 1].lemma in _CONTRASTS
        if value is not None and value.kind == "value" and ends and opens and items[first - 1].kind == "word":
            return [*items[:first], value, *items[first + 1 : second], *items[second + 1 :]]
    return items


def _with_complement(items: list[Item], at: int, lexis: Lexis) -> tuple[Item, int]:
    item = items[at]
    words = [i.lemma for i in items[at + 1 : at + 4]]
    skip = 3 if words[:3] == ["with", "respect", "to"] else 1 if words[:1] and words[0] in _LINKS else 0
    if words[:1] == ["in"] and not item.phrase:
        skip = 0
    follows = at + 1 + skip
    if not skip or follows >= len(items) or items[follows].kind != "mention":
        return item, 1
    inner, width = _with_complement(items, follows, lexis)
    if skip == 3 or words[0] == "wrt":
        own = lexis.varies((inner.tree,))
        return (item if own else replace(item, trees=(_OTHER,), phrase="")), 1 + skip + width
    second = items[follows + width + 1] if follows + width + 1 < len(items) else None
    joined = (
        second is not None
        and items[follows + width].lemma in ("and", "with")
        and words[0] in ("of", "between")
    )
    if second is not None and joined and (second.kind == "mention" or second.determined):
        return item, 1 + skip + width + 2
    made = _norm(item, inner, lexis) if words[0] == "of" else None
    return (made or item), 1 + skip + width


def _norm(head: Item, inner: Item, lexis: Lexis) -> Item | None:
    """ "the norm of w" where "norm" alone names another quantity."""
    if head.phrase not in NORM_WORDS or inner.tree is head.tree:
        return None
    tree = _size(inner.tree, lexis)
    return None if tree is None else replace(inner, trees=(tree,), phrase="")


def _size(tree: Expr, lexis: Lexis) -> Expr | None:
    if tree.kind == "vector":
        return lexis.canonical(build.norm(tree))
    return build.call("abs", tree) if tree.kind == "scalar" and _has_value(tree, lexis) else None


def _has_value(tree: Expr, lexis: Lexis) -> bool:
    return tree.head in ("dot", "symbol") and tree is not lexis.focus


def _norm_of(items: list[Item], at: int, lexis: Lexis) -> tuple[Item, int] | None:
    if at + 2 >= len(items) or items[at + 1].lemma != "of" or items[at + 2].kind != "mention":
        return None
    absolute = at > 0 and items[at - 1].lemma == "absolute"
    if items[at].lemma == "value" and not absolute:
        return None
    inner, width = _with_complement(items, at + 2, lexis)
    tree = _size(inner.tree, lexis)
    return (replace(inner, trees=(tree or inner.tree,)), 2 + width)


def _compound(items: list[Item], at: int) -> tuple[Item, int] | None:
    """ "the prediction error": a thing of its own."""
    item, after = items[at], items[at + 1] if at + 1 < len(items) else None
    if not item.phrase or after is None or after.lemma not in COMPOUNDS:
        return None
    return replace(item, trees=(build.symbol(f"{item.phrase} {after.lemma}"),), phrase=""), 2


def _begins_anew(second: Item) -> bool:
    """ "for infinite z the gradient is 0", "for all weights the norm": an article begins a noun phrase."""
    return second.determined and bool(second.phrase)


def _apposition(first: Item, second: Item, lexis: Lexis) -> Item:
    """Two mentions side by side: "the score z", "the weight norm", "the gradient 2p(1 - p)^2 phi(x)"."""
    whole = replace(first, text=second.text, end=second.end if first.piece == second.piece else first.end)
    if first.tree is second.tree:
        return whole
    if second.phrase:
        if second.phrase in NORM_WORDS and first.tree.kind == "vector":
            return replace(second, trees=(lexis.canonical(build.norm(first.tree)),), phrase="")
        return second
    if first.phrase in NORM_WORDS and second.tree.head == "norm":
        return second
    return second if lexis.is_named(second.tree) or not first.phrase else whole
