"""Formulas that stand in prose without any delimiters: ``so the gradient is 2(p-y)p(1-p)phi(x).``

A run of tokens without an English word is a candidate. It is cut where its brackets do not
match and where sentences end, trimmed of what dangles at its ends, and kept only if something
in it is found in formulas alone: a relation or an operator between operands, a call, a command.
"""

from __future__ import annotations

import re
from typing import Literal

from grader.documents import mark_styles
from grader.documents.formula_context import tokens_in_context
from grader.documents.formula_groups import INFINITE, asides, balanced, holds_relation, members, sentences
from grader.documents.formula_prose import cut_at_relation, is_listed, is_stated
from grader.documents.formula_tokens import Token
from grader.documents.inline import line_start
from grader.documents.layout import Formula

# Nobody writes a longer line; what has one is no prose.
_LONGEST_LINE = 10_000

_DIFFERENCE = re.compile(r"[ \t>]*\d{1,2}\s+[-–—]\s+[^\n]*[=<>≤≥≈]")
_BULLETS = re.compile(r"(?:[ \t>]+|#{1,6}\s+|[-*+•◦‣–—]\s+)*")
_TABLE_ROW = re.compile(r"\|[ \t].*[ \t]\|[ \t]*$|\|[-:| ]+\|$", re.MULTILINE)
_EQUATION_NUMBER = re.compile(r"(?:\s{2,}|\t)\(\w{1,4}\)\s*$")
_OPERAND_ENDS = ("operand", "close", "postfix", "bar")
_OPERAND_STARTS = ("operand", "open", "function", "bar")
_IMPLIES = frozenset({"=>", "==>", "->", "-->", "→", "⇒", "⟹", "⟶", ">", "<", "~"})
_STRONG = frozenset("^*·×÷∙⋅∘∗⊙⊗⊕∪∩∖∧∨_") | {"**", r"\*", r"\_", r"\^"}
# Commands and brackets of LaTeX; a backslash before other signs is Markdown's.
_LATEX = re.compile(r"\\[A-Za-z{}|,;!]")


def find(text: str, start: int, end: int) -> list[Formula]:
    """The formulas among the lines of ``text[start:end]``, which is prose.

    >>> [(f.start, f.end) for f in find("so p = 1/3.", 0, 11)]
    [(3, 10)]
    """
    found: list[Formula] = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        found += _in_line(text, start, stop)
        start = stop + 1
    return found


def is_formula(text: str) -> bool:
    """Is all of a text one formula?"""
    found = find(text, 0, len(text))
    return len(found) == 1 and text[found[0].start : found[0].end].strip() == text.strip()


def syntax_of(text: str) -> Literal["latex", "text"]:
    """Commands make a formula LaTeX; without any it is plain text."""
    return "latex" if _LATEX.search(text) else "text"


def _in_line(text: str, start: int, end: int) -> list[Formula]:
    if end - start > _LONGEST_LINE:
        return []
    at_line_start = not text[line_start(text, start) : start].strip(" \t>")
    if at_line_start:
        start = _marker_end(text, start, end)
        if _TABLE_ROW.match(text, start, end):
            return _in_table(text, start, end)
    number = _EQUATION_NUMBER.search(text, start, end)
    end = number.start() if number else end
    found: list[Formula] = []
    run: list[Token] = []
    for token in [*tokens_in_context(text, start, end), None]:
        if token is not None and token.kind != "word":
            run.append(token)
            continue
        found += _in_run(text, run, at_line_start and bool(run) and not text[start : run[0].start].strip())
        run = []
    return found


def _marker_end(text: str, start: int, end: int) -> int:
    """Where the text of a line begins, behind bullets and the number of an item or a question."""
    mark = mark_styles.mark_in_line(text, start, end)
    if mark is not None and _is_difference(text, start, end, mark.number):
        mark = None
    bullets = _BULLETS.match(text, mark.end if mark else start, end)
    return bullets.end() if bullets else start


def _is_difference(text: str, start: int, end: int, number: int) -> bool:
    """`10 - 2u = 6`: an equation, and no item 10, where no line counts 9 or 11 in that way."""
    if _DIFFERENCE.match(text, start, end) is None:
        return False
    beside = rf"^[ \t>]*(?:{number - 1}|{number + 1})\s+[-–—]\s"
    return re.search(beside, text, re.MULTILINE) is None


def _in_table(text: str, start: int, end: int) -> list[Formula]:
    found: list[Formula] = []
    for cell in re.compile(r"[^|]+").finditer(text, start, end):
        for run in _runs(tokens_in_context(text, *cell.span())):
            found += _in_run(text, run, first=False)
    return found


def _runs(tokens: list[Token]) -> list[list[Token]]:
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind == "word":
            runs.append([])
        else:
            runs[-1].append(token)
    return runs


def _in_run(text: str, run: list[Token], first: bool) -> list[Formula]:
    found: list[Formula] = []
    for half in cut_at_relation(text, run):
        for part in sentences(half):
            for group in balanced(part):
                for piece in asides(group):
                    found += _in_group(text, piece, first and piece[0] is run[0])
    return found


def _in_group(text: str, run: list[Token], first: bool) -> list[Formula]:
    """Commas outside brackets part formulas; neighbours that are statements stay one piece."""
    found: list[Formula] = []
    joined = False
    for index, part in enumerate(members(run)):
        kept, stated = _trimmed(part, first and index == 0)
        listed = joined and bool(kept) and is_listed(text, members(run)[index - 1], kept)
        if not kept or not (_shows(kept) or stated or listed or is_stated(text, kept)):
            joined = False
            continue
        start, end = _whole_name(text, kept[0].start), kept[-1].end
        if joined and kept[0] is part[0]:
            start = found.pop().start
        found.append(Formula(start, end, False, syntax_of(text[start:end])))
        joined = kept[-1] is part[-1] and (listed or any(token.kind == "relation" for token in kept))
    return found


def _whole_name(text: str, start: int) -> int:
    """Where the name begins whose number stands at `start`: half of `ds1` is no formula."""
    first = start
    while text[start : start + 1].isdigit() and first > 0 and text[first - 1].isalpha():
        first -= 1
    return first


def _trimmed(run: list[Token], first: bool) -> tuple[list[Token], bool]:
    """Takes away what dangles at both ends; true if a relation after an English name was among it."""
    low, high = 0, len(run)
    stated = False
    while low < high and not _may_begin(run, low, first):
        stated = stated or (run[low].kind == "relation" and run[low].text in ("=", "≈", ":=") and low == 0)
        low += 1
    while low < high and run[high - 1].kind not in _OPERAND_ENDS:
        high -= 1
    kept = run[low:high]
    if len(kept) > 2 and kept[0].kind == "open" and kept[-1].kind == "close" and holds_relation(kept[1:-1]):
        kept = kept[1:-1]
    return kept, stated and bool(kept)


def _may_begin(run: list[Token], index: int, first: bool) -> bool:
    token = run[index]
    if token.kind in _OPERAND_STARTS:
        return True
    after = run[index + 1] if index + 1 < len(run) else None
    if token.kind == "operator" and token.text in "-−±∓+" and after is not None and not after.spaced:
        if token.text == "+":
            return after.text in (*INFINITE, "-", "−")
        return after.kind in _OPERAND_STARTS
    return (
        first and index == 0 and token.kind == "relation" and token.text not in _IMPLIES and after is not None
    )


def _shows(run: list[Token]) -> bool:
    """Is there anything in a run that only formulas have?"""
    if any(token.telling for token in run) or (run[0].kind == "operator" and run[1].text in INFINITE):
        return True
    if run[0].kind == "relation":
        return len(run) > 1
    bars = [i for i, token in enumerate(run) if token.kind == "bar"]
    if bars and bars[-1] - bars[0] > 1:
        return True
    return any(_joins(run, index) for index in range(1, len(run) - 1))


def _joins(run: list[Token], index: int) -> bool:
    """Does the token at `index` join two operands as only a formula does?"""
    before, token, after = run[index - 1 : index + 2]
    if before.kind not in _OPERAND_ENDS or after.kind not in (*_OPERAND_STARTS, "operator"):
        return False
    if token.kind == "relation":
        return True
    if token.kind == "dot":
        return before.kind == "close" or after.kind == "open" or not before.text[-1:].isdigit()
    if token.kind != "operator":
        return False
    if token.text in _STRONG:
        return True
    if token.text == "–":
        return False
    numbers = before.text[:1].isdigit() + after.text[:1].isdigit()
    if token.text == "/":
        return (
            numbers > 0
            or "close" in before.kind
            or after.kind == "open"
            or before.text[0] == after.text[0] == "d"
        )
    if (token.spaced and after.spaced) or len(run) > 3:
        return True
    return numbers == 1 or before.kind == "close" or after.kind in ("open", "function")
