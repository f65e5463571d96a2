"""Numbers in plain text: thousands, decimal commas, mixed numbers, decimals without end."""

from __future__ import annotations

import re

from grader.notation.errors import Problem
from grader.notation.numerals import REPEATING, repeating
from grader.notation.text_reader import TextReader
from grader.notation.tokens import MAX_DIGITS, after_zero, separates_list
from grader.records import Remark

_PROPER = re.compile(r" (\d{1,4})/(\d{1,4})(?![\w(.])")
_BLANK_GROUPS = re.compile(r"(?: \d{3})+(?:\.\d+)?(?!\d|[.,]\d|\s*/)")
_COMMA_GROUPS = re.compile(r"(?:,\d{3})+(?![\d])(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r",(\d+)")


def number(r: TextReader, text: str, start: int) -> None:
    """Puts the tokens of a number that begins with these digits."""
    source = r.source
    if _repeating(r, start) or _mixed(r, text, start):
        return
    below = bool(r.out.tokens) and r.out.tokens[-1].kind == "_"  # log_10 100
    spaced = _BLANK_GROUPS.match(source, r.at) if text.isdigit() and len(text) < 4 and not below else None
    if spaced is not None and text[0] != "0":
        text, r.at = text + spaced.group().replace(" ", ""), spaced.end()
    elif source.startswith(",", r.at) and text.isdigit():
        comma = r.table.decimal_comma or (text == "0" and after_zero(source, r.at, r.out.tokens))
        decimal = _DECIMAL_COMMA.match(source, r.at) if comma else None
        groups = _COMMA_GROUPS.match(source, r.at) if decimal is None else None
        if decimal is not None:
            text, r.at = f"{text}.{decimal.group(1)}", decimal.end()
        elif groups and len(text) < 4 and text[0] != "0":
            closes = source[groups.end() : groups.end() + 1] in (")", "]", "}")
            if not separates_list(r.out.tokens, closes):
                text, r.at = (text + groups.group()).replace(",", ""), groups.end()
    if len(text) > MAX_DIGITS:
        raise Problem(start, "too-large", "this number has too many digits to be read")
    r.put("num", text, start)


def _repeating(r: TextReader, start: int) -> bool:
    """`0.(3)`, `0.333...`: a decimal without end, as a quotient."""
    found = REPEATING.match(r.source, start)
    if found is None:
        return False
    r.at = found.end()
    for kind, text in repeating(found):
        r.put(kind, text, start)
    return True


def _mixed(r: TextReader, whole: str, start: int) -> bool:
    """`1 1/2`: a whole number, a blank, and a proper fraction."""
    found = _PROPER.match(r.source, r.at) if whole.isdigit() else None
    raised = bool(r.out.tokens) and r.out.tokens[-1].kind in ("^", "_", ".")
    if found is None or raised or not 0 < int(found[1]) < int(found[2]):
        return False
    r.at = found.end()
    sum_of = (("num", whole), ("+", "+"), ("num", found[1]), ("/", "/"), ("num", found[2]))
    for kind, text in (("(", "("), *sum_of, (")", ")")):
        r.put(kind, text, start)
    r.out.remarks.append(Remark("mixed-number", "read as a mixed number", start))
    return True
