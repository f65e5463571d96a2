"""Where a formula ends: delimiters of LaTeX as they stand in any of the formats."""

from __future__ import annotations

import re
from itertools import islice

# Environments that hold display maths by themselves. Those of DELIMITERS only delimit,
# like \[ and \]: their inside is the formula. The others are part of it.
DELIMITERS = frozenset({"equation", "equation*", "displaymath", "math"})
_DISPLAYS = """
align aligned alignat alignedat flalign gather gathered multline multlined split eqnarray IEEEeqnarray
dmath array cases dcases rcases numcases matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix
"""
ENVIRONMENTS = DELIMITERS | frozenset(name + star for name in _DISPLAYS.split() for star in ("", "*"))

# The same as an alternation, longest first.
ENVIRONMENT = "|".join(sorted(map(re.escape, ENVIRONMENTS), key=len, reverse=True))

_NESTED_DOLLARS = 8
_LOOK_BACK = 2_000

_BLANK_LINE = re.compile(r"\n[ \t>]*\n")
_SKIP = re.compile(r"\\.|\$+", re.DOTALL)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_AMOUNT = re.compile(r"\d[\d,]*(?:\.\d+)?\s?(?:[kKmM]|bn|million|thousand|USD|dollars|cents)?\b")
_WORD = re.compile(r"(?<![A-Za-z\\{])[A-Za-z]{3,}(?![A-Za-z}(_^])")
_NAME = re.compile(r"(?<![A-Za-z\\$])[A-Za-z]{1,12}$")
_ARGUMENTS = re.compile(r"\s*(?:\\left\s*)?\((?:[^()=]|\\[()])*\)\s*(?::?=|\\equiv\b|\\coloneqq\b)")
_GROUP = re.compile(r"\\[A-Za-z]+\*?\s*(?:\{[^{}]*\})+|\\[A-Za-z]+")


def paragraph_end(text: str, start: int, end: int) -> int:
    """Where the paragraph that holds `start` ends: at a blank line, or at `end`."""
    found = _BLANK_LINE.search(text, start, end)
    return found.start() if found else end


def line_start(text: str, offset: int) -> int:
    """Where the line that holds `offset` begins; of a very long line, not further back than one looks."""
    back = max(0, offset - _LOOK_BACK)
    return max(text.rfind("\n", back, offset) + 1, back)


def closing_brace(text: str, start: int, end: int) -> int:
    """The offset of the ``}`` that closes a group whose inside begins at `start`, or -1."""
    depth = 1
    for found in _BRACE.finditer(text, start, end):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if not depth:
            return found.start()
    return -1


def closing_environment(text: str, name: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of the ``\\end{name}`` that closes an environment whose inside begins at `start`."""
    depth = 1
    for found in re.compile(r"\\(begin|end)\s*\{" + re.escape(name) + r"\}").finditer(text, start, end):
        depth += 1 if found.group(1) == "begin" else -1
        if not depth:
            return found.span()
    return None


def closing_command(text: str, closer: str, start: int, end: int) -> int:
    """The offset of the next ``\\]`` or ``\\)`` (`closer`) that is not part of ``\\\\``, or -1."""
    for found in _SKIP.finditer(text, start, end):
        if found.group() == closer:
            return found.start()
    return -1


def closing_dollars(text: str, start: int, end: int) -> int:
    """The offset of the ``$$`` that closes a display formula, or -1.

    A blank line inside is forgiven while what follows reads as a formula: some editors
    put one; but prose after a blank line means that the ``$$`` was never closed.
    """
    for found in _SKIP.finditer(text, start, end):
        if found.group().startswith("$$"):
            return -1 if _holds_prose_paragraph(text[start : found.start()]) else found.start()
    return -1


def closing_dollar(text: str, start: int, end: int) -> int:
    """The offset of the ``$`` that closes an inline formula whose inside begins at `start`, or -1.

    `end` is that of the paragraph. None is found where the opening one is an amount of money
    (``$5 and $6``) or where what stands between two dollars is plainly prose.
    """
    matches = (m.start() for m in _SKIP.finditer(text, start, end) if m.group() == "$")
    candidates = list(islice(matches, 1))
    if not candidates:
        return -1
    if _depth(text, start, candidates[0]) > 0:
        candidates += islice(matches, _NESTED_DOLLARS)
    close = next((c for c in candidates if _depth(text, start, c) == 0), candidates[0])
    inside = text[start:close]
    if is_money(inside, text[close + 1 : close + 2]) or _is_lost(inside):
        return -1
    return close


def name_before(text: str, outer: int, start: int, end: int) -> int | None:
    """Where a name begins that stands right before a formula's delimiter, and what it is applied to inside.

    >>> name_before("so Loss$(x, y) = 3$", 7, 8, 18)
    3
    """
    found = _NAME.search(text, max(0, outer - 13), outer)
    return found.start() if found is not None and _ARGUMENTS.match(text, start, end) else None


def is_money(inside: str, after: str) -> bool:
    """Is a dollar before `inside` a sign of currency? `after` follows the next dollar.

    >>> is_money("5 and ", "6"), is_money("5", "."), is_money("5 \\\\cdot 2", " ")
    (True, False, False)
    """
    if not _AMOUNT.match(inside) or "\\" in inside:
        return False
    return inside[-1:].isspace() or inside[-1:] in "(-/–" or after.isdigit()


def reads_as_prose(inside: str) -> bool:
    """Two or more words outside every command, and nothing that only a formula has."""
    bare = _GROUP.sub(" ", inside)
    return len(_WORD.findall(bare)) >= 2 and not re.search(r"[\\^_=]", inside)


def _is_lost(inside: str) -> bool:
    """A dollar that was never closed runs on into prose up to the next opening one."""
    words = _WORD.findall(_GROUP.sub(" ", inside))
    return len(words) >= 2 and inside[-1:].isspace() and not inside[:1].isspace()


def _holds_prose_paragraph(inside: str) -> bool:
    paragraphs = _BLANK_LINE.split(inside)
    return any(len(_WORD.findall(_GROUP.sub(" ", part))) >= 2 for part in paragraphs[1:])


def _depth(text: str, start: int, end: int) -> int:
    marks = [m.group() for m in _BRACE.finditer(text, start, end)]
    return marks.count("{") - marks.count("}")
