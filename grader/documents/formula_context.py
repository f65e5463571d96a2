"""What a token of a line is can depend on those around it: brackets of two signs, words inside formulas."""

from __future__ import annotations

import re
from dataclasses import replace

from grader.documents.formula_tokens import Token, tokens_of
from grader.documents.formula_words import ENGLISH, GREEK

# Members of an angle bracket are not longer than this many tokens.
_FURTHEST = 80
_JOINING = ("and", "or", "not", "given")
PROBABILITIES = ("P", "Pr", "Prob", "prob")
_NUMBER_SETS = ("R", "N", "Z", "Q", "C", "ℝ", "ℕ", "ℤ", "ℚ", "ℂ")
_ENDS = ("operand", "close", "postfix", "bar")
_STARTS = ("operand", "function", "open", "bar")
_DEGREES = ("deg", "degrees")
_DIFFERENTIAL = re.compile(rf"d(?:[a-zα-ω]|{'|'.join(sorted(GREEK))})")
_STRONG = ("*", "/", "^", "·", "×", "⋅")


def tokens_in_context(text: str, start: int, end: int) -> list[Token]:
    """The tokens of one line, each as what it is where it stands."""
    tokens = tokens_of(text, start, end)
    _find_angles(tokens)
    _find_operators(tokens)
    _find_differentials(tokens)
    _find_names(tokens)
    return tokens


def partners_of(tokens: list[Token]) -> dict[int, int]:
    """The indices of the brackets that have a partner: opening to closing."""
    opened: list[int] = []
    paired: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.kind == "open":
            opened.append(index)
        elif token.kind == "close" and opened:
            paired[opened.pop()] = index
    return paired


def _find_angles(tokens: list[Token]) -> None:
    """``<w, phi(x)>`` is a product: its signs become brackets where they cannot compare."""
    for index, token in enumerate(tokens):
        if token.kind == "relation" and token.text == "<" and index + 2 < len(tokens):
            close = _angle_end(tokens, index)
            if close:
                tokens[index] = replace(token, kind="open", telling=True)
                tokens[close] = replace(tokens[close], kind="close", telling=True)


def _angle_end(tokens: list[Token], index: int) -> int:
    """The index of the ``>`` that closes the ``<`` at `index` around two members; 0 if there is none."""
    before = tokens[index - 1].kind if index else "word"
    compares = before in _ENDS
    if compares and (tokens[index + 1].spaced or (before != "operand" and not tokens[index].spaced)):
        return 0
    depth = commas = 0
    for place in range(index + 1, min(len(tokens), index + _FURTHEST)):
        token = tokens[place]
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0 and token.text == ">":
            after = tokens[place + 1] if place + 1 < len(tokens) else None
            apart = after is None or after.spaced or after.kind not in _STARTS[:3]
            return place if commas == 1 and apart and not (compares and token.spaced) else 0
        if depth < 0 or token.kind == "word" or (depth == 0 and token.kind == "relation"):
            return 0
        commas += depth == 0 and token.kind == "comma"
    return 0


def _find_operators(tokens: list[Token]) -> None:
    """Words that join what stands beside them: ``{x : x in A}``, ``x in (0, 1)``, ``P(A and B)``."""
    partners = partners_of(tokens)
    for place, opening in enumerate(_enclosing(tokens, partners)):
        word = tokens[place].text
        if opening >= 0 and tokens[opening].text == "{" and word in (":", "in"):
            tokens[place] = replace(tokens[place], kind="relation")
        elif word in _JOINING and opening > 0 and tokens[opening - 1].text in PROBABILITIES:
            tokens[place] = replace(tokens[place], kind="operator")
        elif 0 < place < len(tokens) - 1 and tokens[place - 1].kind in _ENDS[:3]:
            if word == "in" and _is_set(tokens, place + 1, partners.get(place + 1)):
                tokens[place] = replace(tokens[place], kind="relation")
            elif word in ("choose", "mod") and tokens[place + 1].kind in ("operand", "open"):
                tokens[place] = replace(tokens[place], kind="operator", telling=True)


def _find_differentials(tokens: list[Token]) -> None:
    """What only stands behind a factor: the dx of ``du = -2x dx``, the unit of ``A = 60 degrees``."""
    for place in range(1, len(tokens)):
        token, before = tokens[place], tokens[place - 1]
        if token.kind != "word" or before.kind not in _ENDS:
            continue
        if _DIFFERENTIAL.fullmatch(token.text) and token.text not in ENGLISH:
            tokens[place] = replace(token, kind="operand")
        elif token.text in _DEGREES and (before.text[-1].isdigit() or before.kind == "close"):
            tokens[place] = replace(token, kind="postfix")


def _enclosing(tokens: list[Token], partners: dict[int, int]) -> list[int]:
    """For every token the index of the innermost bracket around it that has a partner, or -1."""
    around: list[int] = []
    opened: list[int] = [-1]
    for index in range(len(tokens)):
        if index == partners.get(opened[-1]):
            opened.pop()
        around.append(opened[-1])
        if index in partners:
            opened.append(index)
    return around


def _is_set(tokens: list[Token], start: int, close: int | None) -> bool:
    """Do the tokens from `start` on name a set: ``(0, 1)``, ``{1, 2, 3}``, ``R^d``?"""
    if close is None:
        return tokens[start].text in _NUMBER_SETS
    inside = tokens[start + 1 : close]
    commas = sum("," in token.text for token in inside)
    return all(t.kind != "word" for t in inside) and (tokens[start].text == "{" or commas == 1)


def _find_names(tokens: list[Token]) -> None:
    """A long word is a name where it is a factor, or a term in a formula's brackets: ``(pred - y)^2``."""
    partners = partners_of(tokens)
    around = _enclosing(tokens, partners)
    inside = _in_formula_brackets(tokens, partners, around)
    for index, token in enumerate(tokens):
        if token.kind != "word" or not token.text.isalpha() or token.text.lower() in ENGLISH:
            continue
        left, right = _operator_before(tokens, index), _operator_after(tokens, index)
        opens = index > 0 and tokens[index - 1].kind == "open"
        ends = index + 1 == len(tokens) or tokens[index + 1].kind in ("close", "relation")
        joined = (left and (right or ends)) or (opens and right)
        listed = around[index] >= 0 and len(token.text) < 4 and _is_listed(tokens, index)
        if listed or (joined and (left in _STRONG or right in _STRONG or inside[index])):
            tokens[index] = replace(token, kind="operand")


def _is_listed(tokens: list[Token], index: int) -> bool:
    """Does a token stand alone between commas or brackets: the `xn` and `yn` of ``(xn, yn)``?"""
    return tokens[index - 1].kind in ("open", "comma") and tokens[index + 1].kind in ("close", "comma")


def _operator_before(tokens: list[Token], index: int) -> str:
    """The operator that joins a token to an operand before it, evenly spaced; "" if there is none."""
    if index < 2 or tokens[index - 1].kind != "operator" or tokens[index - 2].kind not in _ENDS:
        return ""
    return tokens[index - 1].text if tokens[index - 1].spaced == tokens[index].spaced else ""


def _operator_after(tokens: list[Token], index: int) -> str:
    """The operator that joins a token to an operand behind it, evenly spaced; "" if there is none."""
    if (
        index + 2 >= len(tokens)
        or tokens[index + 1].kind != "operator"
        or tokens[index + 2].kind not in _STARTS
    ):
        return ""
    return tokens[index + 1].text if tokens[index + 1].spaced == tokens[index + 2].spaced else ""


def _in_formula_brackets(tokens: list[Token], partners: dict[int, int], around: list[int]) -> list[bool]:
    """For every token: do brackets stand around it that an operator or a power shows to be a formula's?"""
    shown: dict[int, bool] = {-1: False}
    inside: list[bool] = []
    for index, opening in enumerate(around):
        inside.append(shown[opening])
        if index in partners:
            shown[index] = shown[opening] or _is_formula_bracket(tokens, index, partners[index])
    return inside


def _is_formula_bracket(tokens: list[Token], opening: int, close: int) -> bool:
    before = tokens[opening - 1] if opening else None
    after = tokens[close + 1] if close + 1 < len(tokens) else None
    leads = before is not None and (
        before.kind in ("operator", "relation", "function")
        or (before.kind in _ENDS and not tokens[opening].spaced)
    )
    raised = after is not None and not after.spaced and (after.text == "^" or after.kind == "postfix")
    return leads or raised
