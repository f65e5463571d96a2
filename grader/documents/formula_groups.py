"""A run of tokens without English words is cut where sentences end, brackets do not match, and at commas."""

from __future__ import annotations

from grader.documents.formula_context import PROBABILITIES, partners_of
from grader.documents.formula_tokens import Token

# A bracket behind one of these belongs to a formula even if it is never closed.
INFINITE = frozenset({"∞", "infinity", "infty", "inf", "oo"})
_ARROWS = frozenset({"->", "-->", "→", "⟶"})
_BEGINS = ("operand", "function")
_LEADS_ON = ("operator", "relation", "function", "open")


def sentences(run: list[Token]) -> list[list[Token]]:
    """Cuts at full stops and after infinite limits.

    A dot between operands without spaces is a product, any other ends a sentence.
    """
    parts: list[list[Token]] = [[]]
    for index, token in enumerate(run):
        after = run[index + 1] if index + 1 < len(run) else None
        if token.kind == "dot" and (after is None or after.spaced != token.spaced):
            parts.append([])
        else:
            parts[-1].append(token)
            if after is not None and _is_endless(run, index) and after.spaced and after.kind in _BEGINS:
                parts.append([])
    return parts


def _is_endless(run: list[Token], index: int) -> bool:
    """Whether an infinity ends a limit: in `s -> infinity p -> 1` it is no factor."""
    before = index - 1 - (index > 1 and run[index - 1].text in ("-", "+", "−"))
    return run[index].text in INFINITE and before >= 0 and run[before].text in _ARROWS


def balanced(run: list[Token]) -> list[list[Token]]:
    """Cuts at brackets and bars without a partner, unless they only make sense inside the formula."""
    pairs = partners_of(run)
    partners = {*pairs, *pairs.values()}
    lost = {i for i, t in enumerate(run) if t.kind in ("open", "close") and i not in partners}
    lost -= {i for i in lost if _leads_on(run, i)}
    lost |= _lone_bars(run, partners)
    parts: list[list[Token]] = [[]]
    for index, token in enumerate(run):
        if index in lost:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def asides(run: list[Token]) -> list[list[Token]]:
    """``w = t*u (t -> 0)``: a relation in brackets behind a formula is no factor but a remark on it."""
    opening = next((o for o, close in partners_of(run).items() if close == len(run) - 1), 0)
    if not opening or not run[opening].spaced or run[opening - 1].text in PROBABILITIES:
        return [run]
    if run[opening - 1].kind in _LEADS_ON or not holds_relation(run[opening + 1 : -1]):
        return [run]
    return [run[:opening], run[opening:]]


def holds_relation(run: list[Token]) -> bool:
    """Does a relation stand outside all brackets of a run whose brackets match?"""
    depth = 0
    relation = False
    for token in run:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth < 0:
            return False
        relation = relation or (token.kind == "relation" and depth == 0)
    return relation


def members(run: list[Token]) -> list[list[Token]]:
    """Cuts at commas outside brackets."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for token in run:
        depth += (token.kind == "open") - (token.kind == "close")
        if token.kind == "comma" and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _leads_on(run: list[Token], index: int) -> bool:
    """Was the bracket at `index` opened in the middle of a formula, and its end forgotten?"""
    return run[index].kind == "open" and index > 1 and run[index - 1].kind in _LEADS_ON


def _lone_bars(run: list[Token], partners: set[int]) -> set[int]:
    """Bars without a partner outside brackets. Inside they are conditions, ``p(y|x)``, and stay."""
    outside: list[int] = []
    depth = 0
    for index, token in enumerate(run):
        if index in partners:
            depth += 1 if token.kind == "open" else -1
        evaluates = index + 1 < len(run) and run[index + 1].text == "_" and not run[index + 1].spaced
        if token.kind == "bar" and depth == 0 and not (evaluates and len(outside) % 2 == 0):
            outside.append(index)
    return set(outside) if len(outside) % 2 else set()
