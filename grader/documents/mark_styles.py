"""How people number their answers: the spellings of a question's mark at the start of a line.

Styles, from the most to the least specific; the first `STRONG` ones start a question wherever
they stand, the others are also how steps and lists are numbered (see `families`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.documents import mark_words
from grader.documents.mark_words import DIGITS, NUMBER_WORDS, ORDINALS, PART

_STRONG_STYLES = ("circled", "heading", "word", "environment", "parted", "numbered", "bold")
STYLES = (
    *_STRONG_STYLES, "item", "paren", "part", "dot", "sub", "part-letter", "title-letter", "title-roman",
    "lone", "dash", "letter", "roman", "short", "loose", "misread",
)  # fmt: skip
STRONG = frozenset(_STRONG_STYLES)
# Styles that much else looks like: they count only where they run on through the document.
RUNNING = frozenset(
    ("sub", "part-letter", "title-letter", "title-roman", "lone", "dash", "letter", "roman", "short", "loose",
     "misread")
)  # fmt: skip

ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_CIRCLES = "①-⑳❶-❿⓵-⓾➀-➉➊-➓"
_CIRCLED = re.compile(
    rf"(?P<sign>[{_CIRCLES}])(?!\s*[,&+=−-]?\s*[{_CIRCLES}])(?!\s*[-+=−&]\s)"
    r"|(?P<m>\d)\ufe0f?\u20e3"
    r"|\\(?:textcircled|circled|circlednum|circnum|raisebox\{[^{}]*\}\{\\textcircled)\s*"
    r"\{?\s*(?:\\[A-Za-z]+\s*(?:\{[^{}]*\}\s*)?)*\{?\s*(?P<n>\d{1,2})\s*\.?\s*\}*"
)
_BARE = re.compile(rf"\(?(?:(?P<major>\d{{1,2}})\.)?(?P<n>{DIGITS})(?:{PART})?[.):\]/]*(?=\s|$|[-–—*_])")
_PAREN = re.compile(
    r"\(\s?(?P<n>\d{1,2})\s?(?:\.?(?P<part>[a-h])\s?)?\)|(?P<sign>[⑴-⒇])|\[(?P<m>\d{1,2})\](?!\()"
)
# `1.`, `1)`, `1:`, also `1 .` of a scanner; `1a)` and `1(a)`, which are marks without another sign.
_DOT = re.compile(rf"(?P<n>\d{{1,2}})(?:{PART})?(?:\\?[.:]?\)|\\?[.:]|\s[.)](?!\s?\d))(?!\d)|(?P<sign>[⒈-⒛])")
_PARTED = re.compile(
    r"(?P<n>\d{1,2})(?:\.?\s?[(\[](?P<part>[a-h])[)\]]|\.?\s?\((?P<small>i{1,3}|iv|vi{0,3})\))"
)
_PART_ALONE = re.compile(r"(?P<n>\d{1,2})\.?(?P<part>[a-h])(?=\s*$|\*{1,3}|_{1,3}|\s+[A-Z$\\])", re.MULTILINE)
# `3.1` begins an answer where a formula or a sentence follows, but `3.1 is` does not.
_SUB = re.compile(
    r"(?P<major>[1-9]\d?)\.(?P<n>[1-9]\d?)"
    r"(?:[.):](?!\d)|(?=\s+[A-ZÀ-Þ$\\(∇∂‖|\u0391-\u03c9]|\s+(?!is|and|or|to|of|for|in)[a-z]{2}|\s*$|\s*[*_]))(?=\s|$|[*_])",
    re.MULTILINE,
)
# What a scanner makes of `1.`, `2)` and `5.`.
_MISREAD = re.compile(r"(?P<l>[lI|])\s?[.)]|(?P<z>Z)\s?[.)]|(?P<s>[Ss])\s?[.)]")
STEP = re.compile(
    r"[\s*_]*(?:first(?:ly)?,?\s+(?:we|i|let|find|compute|take|note)|(?:then|next|finally|lastly|after\s+that),?\s+\w)",
    re.IGNORECASE,
)
# `a . b = 3` and `a.b = 3` are products.
_PRODUCT = r"(?:(?<=\s\.)\s\(|(?:(?<=\s\.)\s|(?<!\s\.))[A-Za-z]\s*[=+)*/-])"
_LETTER = re.compile(rf"\(?\s?(?P<n>[a-hA-H])\s?(?:\.\)|[.)])(?![A-Za-z]\.|{_PRODUCT})")
_ROMANS = re.compile(r"\(?\s?(?P<n>[ivxIVX]{1,5})\s?(?:\.\)|[.)])")

# What follows a number that begins a formula, or that is a reference and not a mark.
_LONE = re.compile(r"(?P<n>\d{1,2})(?=(?:\*{1,3}|_{1,3})(?:[\s:]|$))")
_DASH = re.compile(r"(?P<n>\d{1,2})(?:(?:\s+[-–—:]|/)(?=\s|$)|[-–—](?=\s*$|\s+[A-Za-z$\\]{2}))", re.MULTILINE)
_RULED = re.compile(r"(?P<n>\d{1,2})(?=\s*[-=~]{2,}\s*$)", re.MULTILINE)
_TITLE_MARK = r"(?:[.):](?=\s|$|[*_])|(?=\s*$|[*_]))"
_TITLE_ROMAN = re.compile(rf"\(?(?P<n>[ivx]{{1,5}}|[IVX]{{1,5}}){_TITLE_MARK}", re.MULTILINE)
_TITLE_LETTER = re.compile(rf"\(?(?P<n>[a-hA-H]){_TITLE_MARK}", re.MULTILINE)
_REFERRED = re.compile(
    r"[=+*/^<>]\s|\(\d+\)|(?:and|or|into|gives?|implies|becomes|yields?|shows?|holds"
    r"|(?i:january|february|march|april|june|july|august|september|october|november|december))\b"
)
# Bullets, arrows, boxes to tick and rules of characters may stand before a mark.
_LEAD = re.compile(
    r"[ \t>]*(?:[-+•●▪◦]\s+|\*\s+|[-=~]{2,}\s*(?=\w))?(?:\[[ xX]\]\s+|(?:[=-]{1,2}>|[→⇒➤►▶»★])\s*)?"
    r"(?P<hashes>#{1,6}\s*(?=\S))?(?P<bold>\*{1,3}|_{1,3})?\s*"
)
_TRAIL = re.compile(
    r"(?:\s*[-=~]{2,}(?=\s*$))?\s*(?:[:.)\]]+(?!\w))?\s*(?P<bold>\*{1,3}|_{1,3})?(?:\s*[:–—](?!\w))?",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A mark in one line: its style and number, and the range of the line that it takes up.

    `major` is the 3 of ``Problem 3.2``: the homework's number, or the question's; `part` the 1 of ``2a``,
    whose number is 2 (see `numbering`). `step`: what follows goes on from a step before.
    """

    style: str
    number: int
    start: int
    end: int
    major: int = 0
    part: int = 0
    step: bool = False


def mark_in_line(text: str, start: int, end: int) -> Found | None:
    """The mark with which a line of prose begins, if it begins with one.

    >>> mark_in_line("**2.** the gradient", 0, 19)
    Found(style='bold', number=2, start=0, end=6, major=0, part=0, step=False)
    """
    lead = _LEAD.match(text, start, end)
    at = lead.end() if lead else start
    heading = bool(lead and lead.group("hashes"))
    bold = bool(lead and lead.group("bold"))
    if heading:
        return _in_heading(text, start, at, end)
    found = _circled(text, start, at, end) or _worded(text, start, at, end, bold)
    return found or _numbered(text, start, at, end, bold)


def mark_in_title(text: str, start: int, end: int) -> Found | None:
    """The mark in a heading whose words are ``text[start:end]``."""
    return _in_heading(text, start, start, end)


def mark_alone(text: str) -> Found | None:
    """The mark that a short text (the inside of ``\\text{..}``) is as a whole."""
    found = mark_in_line(text, 0, len(text))
    return found if found and not text[found.end :].strip(" :.)~") else None


def _in_heading(text: str, start: int, at: int, end: int) -> Found | None:
    circled = _circled(text, start, at, end)
    if circled:
        return circled
    lettered = mark_words.letter_in_line(text, at, end, bold=True)
    if lettered and not mark_words.WORD.match(text, at, end):
        return Found("part-letter", _letter_value(lettered), start, _end(text, lettered.end(), end))
    match = mark_words.ANSWER.match(text, at, end) or mark_words.ORDINAL.match(text, at, end)
    match = match or mark_words.WORD.search(text, at, end)
    if match and (match.start() == at or not text[match.start() - 1].isalnum()):
        return _named("heading", match, text, start, end)
    bare = _BARE.match(text, at, end) or mark_words.HASH.match(text, at, end)
    if bare:
        return _named("numbered", bare, text, start, end)
    return _lettered(text, start, at, end)


def _lettered(text: str, start: int, at: int, end: int) -> Found | None:
    """A heading that begins with a letter or a roman numeral: `## a)`, `## I.`, `## (ii)`."""
    for style, pattern in (("title-roman", _TITLE_ROMAN), ("title-letter", _TITLE_LETTER)):
        match = pattern.match(text, at, end)
        number = 0 if match is None else _letter_value(match) if style == "title-letter" else _value(match)
        if match and number:
            return Found(style, number, start, _end(text, match.end(), end))
    return None


def _letter_value(match: re.Match[str]) -> int:
    return ord(match.group("n").lower()) - 96


def _named(style: str, match: re.Match[str], text: str, start: int, end: int) -> Found:
    groups = match.groupdict()
    if style != "loose" and (groups.get("noun") or "").lower() in ("part", "item", "teil", "parte", "partie"):
        style = "part"
    major, number = int(groups.get("major") or 0), _value(match)
    return Found(style, number, start, _end(text, match.end(), end), major, _part(match))


def _part(match: re.Match[str]) -> int:
    """The 1 of `2a`, `2(a)`, `2(i)`; 0 without one."""
    groups = match.groupdict()
    letter = groups.get("part") or groups.get("bracketed") or groups.get("letter")
    if letter:
        return ord(letter.lower()) - 96
    small = (groups.get("small") or "").lower()
    return ROMAN.index(small) + 1 if small else 0


def _circled(text: str, start: int, at: int, end: int) -> Found | None:
    match = _CIRCLED.match(text, at, end)
    return Found("circled", _value(match), start, _end(text, match.end(), end)) if match else None


def _worded(text: str, start: int, at: int, end: int, bold: bool) -> Found | None:
    answer = mark_words.ANSWER.match(text, at, end)
    if answer:
        return _named("word", answer, text, start, end)
    match = mark_words.WORD.match(text, at, end) or mark_words.HASH.match(text, at, end)
    match = match or mark_words.ORDINAL.match(text, at, end)
    if match and (bold or mark_words.begins_answer(text, match.end(), end)):
        return _named("word", match, text, start, end)
    if match and mark_words.may_begin_answer(text, match.end(), end):
        return _named("loose", match, text, start, end)
    return _briefly(text, start, at, end, bold)


def _briefly(text: str, start: int, at: int, end: int, bold: bool) -> Found | None:
    """`Part (b)`, and `P2.` for `Problem 2`."""
    lettered = mark_words.letter_in_line(text, at, end, bold)
    if lettered:
        return Found("part-letter", _letter_value(lettered), start, _end(text, lettered.end(), end))
    short = mark_words.SHORT.match(text, at, end)
    return _named("short", short, text, start, end) if short else None


_NUMBERED = (
    ("sub", _SUB),
    ("paren", _PAREN),
    ("dot", _DOT),
    ("dot", _PARTED),
    ("roman", _ROMANS),
    ("letter", _LETTER),
)


def _numbered(text: str, start: int, at: int, end: int, bold: bool) -> Found | None:
    for style, pattern in _NUMBERED:
        match = pattern.match(text, at, end)
        if not match or not _ends_mark(text, match.end(), end):
            continue
        number = _value(match) if style != "letter" else _letter_value(match)
        if number > 0:
            style = "bold" if bold and style in ("paren", "dot") else style
            step = STEP.match(text, match.end(), end) is not None
            major = int(match.groupdict().get("major") or 0)
            return Found(style, number, start, _end(text, match.end(), end), major, _part(match), step)
    return _loosely(text, start, at, end, bold)


def _loosely(text: str, start: int, at: int, end: int, bold: bool) -> Found | None:
    """A number with nothing behind it, `1a` alone, or what a scanner has made of a number."""
    alone = _PART_ALONE.match(text, at, end)
    if alone:
        style = "bold" if bold else "lone"
        return Found(style, _value(alone), start, _end(text, alone.end(), end), 0, _part(alone))
    ruled = _RULED.match(text, at, end) if at > start else None
    loose = ruled or (_LONE if bold else _DASH).match(text, at, end)
    if loose:
        return Found("lone" if bold or ruled else "dash", _value(loose), start, _end(text, loose.end(), end))
    misread = _MISREAD.match(text, at, end)
    if misread and _ends_mark(text, misread.end(), end):
        number = 1 if misread.group("l") else 2 if misread.group("z") else 5
        return Found("misread", number, start, _end(text, misread.end(), end))
    return None


def _ends_mark(text: str, at: int, end: int) -> bool:
    """After a number: a space, the end, or the end of bold; an operator would make it a formula."""
    rest = text[at:end]
    if rest and not rest[0].isspace() and not re.match(r"[*_]{1,3}(?:\s|$)|[:\-–](?:\s|$)", rest):
        return False
    return not _REFERRED.match(rest.lstrip())


def _end(text: str, at: int, end: int) -> int:
    trail = _TRAIL.match(text, at, end)
    return trail.end() if trail else at


def _value(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("sign"):
        return _sign_value(groups["sign"])
    word = next(groups[key] for key in ("n", "m", "k") if groups.get(key)).lower()
    if word in NUMBER_WORDS:
        return NUMBER_WORDS.index(word) + 1
    if word in ORDINALS:
        return ORDINALS.index(word) + 1
    if word in ROMAN:
        return ROMAN.index(word) + 1
    return int(word) if word.isdigit() else 0


def _sign_value(sign: str) -> int:
    for first, last in ("①⑳", "❶❿", "⓵⓾", "➀➉", "➊➓", "⑴⒇", "⒈⒛"):
        if first <= sign <= last:
            return ord(sign) - ord(first) + 1
    return 0
