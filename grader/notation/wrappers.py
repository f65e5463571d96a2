"""What stands around a formula: dollar signs, a sentence, a box, a currency sign."""

from __future__ import annotations

import re
from typing import NamedTuple

_WRAPPED = re.compile(r"\s*(\$\$?|\\\(|\\\[)(.*?)(\$\$?|\\\)|\\\])\s*[.,;]?\s*", re.DOTALL)
_INSIDE = re.compile(r"(?<!\\)\$|(?<!\\)\\[()\[\]]")
_FORMULA = re.compile(
    r"(\$\$|(?<!\\)\$|(?<!\\)\\\(|(?<!\\)\\\[)(.*?)((?<!\\)\$\$|(?<!\\)\$|\\\)|\\\])", re.DOTALL
)
_EDGE = re.compile(r"\$\$|(?<!\\)\\[()\[\]]")
_MONEY = re.compile(r"\s*-?\s*(\$)\s*\d[\d,]*(?:\.\d+)?\s*\.?\s*|\s*\d[\d,]*(?:\.\d+)?(\$)\s*")
_PROSE = re.compile(r"[A-Za-z ,]*[A-Za-z]{2,} +[A-Za-z]+[ ,:]*(?=\\boxed)")
_ANNOUNCED = re.compile(
    r"\s*(?:so|thus|hence|therefore)?[,\s]*(?:(?:the|my|our)\s+)?(?:final\s+|correct\s+)?"
    r"(?:answers?|results?|solutions?)\s*(?:\s(?:is|are)(?![A-Za-z]):?|:)\s*",
    re.IGNORECASE,
)
_TEXT = "\\text{"


class Inner(NamedTuple):
    """What is to be read, how far it is shifted against the source, and whether it can only be LaTeX."""

    source: str
    shift: int = 0
    latex: bool = False


def unwrapped(source: str) -> Inner:
    """The source without dollar signs and the like; a sentence with formulas in it as LaTeX's text.

    Where one formula of several has the only box, it is the answer.

    >>> unwrapped("$x^2$").source
    ' x^2 '
    >>> unwrapped("twice $5$").source
    '\\\\text{twice $5$}'
    """
    money = _MONEY.fullmatch(source)
    if money is not None:
        place = money.start(1) if money[1] else money.start(2)
        return Inner(f"{source[:place]} {source[place + 1 :]}")
    found = _WRAPPED.fullmatch(source)
    if found is not None and not _INSIDE.search(found[2]):
        return Inner(_blanked(source, found))
    formulas = list(_FORMULA.finditer(source))
    boxed = [f for f in formulas if "\\boxed" in f[2]]
    if len(boxed) == 1 and boxed[0][2].count("\\boxed") == 1:
        return Inner(_blanked(source, boxed[0]))
    if not formulas and source.count("\\boxed") == 1:
        said = _ANNOUNCED.match(source) or _PROSE.match(source)
        return Inner(" " * said.end() + source[said.end() :]) if said else Inner(source)
    if len(formulas) == 1 and _announces(source, formulas[0]):
        return Inner(_blanked(source, formulas[0]))
    if not formulas or "\\text" in _FORMULA.sub("", source):
        return Inner(source)
    return Inner(_TEXT + _EDGE.sub(_dollar, source) + "}", len(_TEXT), latex=True)


def without_announcement(source: str) -> str:
    """`The answer is 34` with blanks for the words that announce it.

    >>> without_announcement("The answer is 34")
    '              34'
    """
    said = _ANNOUNCED.match(source)
    return source if said is None else " " * said.end() + source[said.end() :]


_STATES = re.compile(r"(?:\b(?:is|are|equals|gives|get|obtain|yields|becomes)|[:=])\s*$")
_CHANGES = re.compile(
    r"\b(?:half|twice|thrice|double|triple|third|quarter|squared?|cubed?|root|reciprocal|inverse|negative|minus"
    r"|opposite|not|never|no|nothing|than|about|roughly|approximately|nearly|almost|least|most|between|up|per"
    r"|times|percent|log|logarithm|power|factor|multiple|magnitude|absolute|if|unless|except|wrong|million|billion"
    r"|thousand|hundred|dozen)\b|n't\b",
    re.IGNORECASE,
)


def _announces(source: str, formula: re.Match[str]) -> bool:
    """`The identity matrix is $I$.`: a sentence that ends in its value, and says nothing that changes it."""
    before, behind = source[: formula.start()], source[formula.end() :]
    stated = _STATES.search(before) is not None and not behind.strip(" .,;!\n")
    return stated and _CHANGES.search(before) is None


def _blanked(source: str, found: re.Match[str]) -> str:
    """The formula alone, with blanks for all the rest, so that offsets stay."""
    return " " * found.start(2) + found[2] + " " * (len(source) - found.end(2))


def _dollar(edge: re.Match[str]) -> str:
    """A dollar sign and a blank for an edge of two characters."""
    return "$ " if edge[0] in ("\\(", "\\[") else " $"
