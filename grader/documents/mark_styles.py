"""How people number their answers: the spellings of a question's mark at the start of a line.

Styles, from the most to the least specific; the first `STRONG` ones start a question wherever
they stand, the others are also how steps and lists are numbered (see `families`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_STRONG_STYLES = ("circled", "heading", "word", "environment", "numbered", "bold")
STYLES = (
    *_STRONG_STYLES, "item", "paren", "part", "dot", "title-letter", "title-roman", "lone", "dash",
    "letter", "roman",
)  # fmt: skip
STRONG = frozenset(_STRONG_STYLES)
# Styles that much else looks like: they count only where they run on through the document.
RUNNING = frozenset(["title-letter", "title-roman", "lone", "dash", "letter", "roman"])

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_CIRCLES = "①-⑳❶-❿⓵-⓾➀-➉➊-➓"
_NOUN = r"(?:questions?|ques|qn|q|problems?|prob|pb|exercises?|exc?|tasks?|item|part)"
_DIGITS = r"\d{1,2}(?![\d]|[.,]\d)"

_CIRCLED = re.compile(
    rf"(?P<sign>[{_CIRCLES}])(?!\s*[,&+=−-]?\s*[{_CIRCLES}])(?!\s*[-+=−&]\s)"
    r"|(?P<m>\d)\ufe0f?\u20e3"
    r"|\\(?:textcircled|circled|circlednum|circnum|raisebox\{[^{}]*\}\{\\textcircled)\s*"
    r"\{?\s*(?:\\[A-Za-z]+\s*(?:\{[^{}]*\}\s*)?)*\{?\s*(?P<n>\d{1,2})\s*\.?\s*\}*"
)
_WORD = re.compile(
    r"(?:(?:my\s+)?(?:answers?|ans|solutions?|sol|response|work)\b\s*(?:to|for|of)?\s*)?(?:the\s+)?"
    rf"(?<![A-Za-z0-9])(?P<noun>{_NOUN})(?![A-Za-z])(?:\s*(?:no\b\.?|number|nr\b\.?|№|\#))?\s*[-_.:\#~]?\s*[(\[{{]?\s*"
    rf"(?:(?P<major>\d{{1,2}})\.)?(?P<n>{_DIGITS}|(?:{'|'.join(_NUMBER_WORDS)}|[ivx]+)(?![A-Za-z]))"
    r"(?:[a-h](?![A-Za-z]))?\s*[)\]}]?"
    rf"|(?P<q>[Qq])(?P<k>{_DIGITS})(?:[a-h]\b)?",
    re.IGNORECASE,
)
_AFTER_WORD = re.compile(r"\s*(?:$|[:.)\]\-–—=(\[*_|,;/])|\s+(?=[A-Z$\\\d(∇])", re.MULTILINE)
# Behind a colon, and before an operator, a number is the answer itself: `Answer: 3`, `Answer 2(p - y)`.
_ANSWER = re.compile(
    r"(?:answers?|ans|solutions?|sol)\b\s*(?:to|for)?\s*(?:no\b\.?|\#)?\s*\.?\s*[(\[]?"
    rf"(?P<m>{_DIGITS})(?:[a-h]\b)?[)\]]?"
    r"(?=\s*(?:$|[:.)\]\-–—_|;]|\*{1,3}(?:\s|$)|\([a-h]\))|\s+[A-Z$\\∇])",
    re.IGNORECASE | re.MULTILINE,
)
_HASH = re.compile(rf"(?:n[or]\.?\s*|№\s*|#)(?P<n>{_DIGITS})\b", re.IGNORECASE)
_ORDINAL = re.compile(
    rf"(?:the\s+)?(?:(?P<n>{'|'.join(_ORDINALS)})|(?P<k>\d{{1,2}})(?:st|nd|rd|th))\s+(?P<noun>{_NOUN})(?![A-Za-z])",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\(?(?:(?P<major>\d{{1,2}})\.)?(?P<n>{_DIGITS})(?:[a-h]\b)?[.):\]/]*(?=\s|$|[-–—*_])")
_PAREN = re.compile(r"\((?P<n>\d{1,2})\)|(?P<sign>[⑴-⒇])|\[(?P<m>\d{1,2})\](?!\()")
_DOT = re.compile(r"(?P<n>\d{1,2})(?:[a-h](?=\)))?\\?[.):](?!\d)|(?P<sign>[⒈-⒛])")
_LETTER = re.compile(r"\(?(?P<n>[a-hA-H])[.)](?![A-Za-z]\.)")
_ROMANS = re.compile(r"\(?(?P<n>[ivxIVX]{1,5})[.)]")

# What follows a number that begins a formula, or that is a reference and not a mark.
_LONE = re.compile(r"(?P<n>\d{1,2})(?=(?:\*{1,3}|_{1,3})(?:[\s:]|$))")
_DASH = re.compile(r"(?P<n>\d{1,2})(?:\s+[-–—:]|/)(?=\s|$)")
_TITLE_MARK = r"(?:[.):](?=\s|$|[*_])|(?=\s*$|[*_]))"
_TITLE_ROMAN = re.compile(rf"\(?(?P<n>[ivx]{{1,5}}|[IVX]{{1,5}}){_TITLE_MARK}", re.MULTILINE)
_TITLE_LETTER = re.compile(rf"\(?(?P<n>[a-hA-H]){_TITLE_MARK}", re.MULTILINE)
_REFERRED = re.compile(r"[=+*/^<>]\s|\(\d+\)|(?:and|or|into|gives?|implies|becomes|yields?|shows?|holds)\b")
_LEAD = re.compile(r"[ \t>]*(?:[-+•]\s+|\*\s+)?(?P<hashes>#{1,6}\s*(?=\S))?(?P<bold>\*{1,3}|_{1,3})?\s*")
_TRAIL = re.compile(r"\s*(?:[:.)\]]+(?!\w))?\s*(?P<bold>\*{1,3}|_{1,3})?(?:\s*[:–—](?!\w))?")


@dataclass(frozen=True, slots=True)
class Found:
    """A mark in one line: its style and number, and the range of the line that it takes up.

    `major` is the 3 of ``Problem 3.2``: the homework's number, or the question's (see `families`).
    """

    style: str
    number: int
    start: int
    end: int
    major: int = 0


def mark_in_line(text: str, start: int, end: int) -> Found | None:
    """The mark with which a line of prose begins, if it begins with one.

    >>> mark_in_line("**2.** the gradient", 0, 19)
    Found(style='bold', number=2, start=0, end=6, major=0)
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
    match = _ANSWER.match(text, at, end) or _ORDINAL.match(text, at, end) or _WORD.search(text, at, end)
    if match and (match.start() == at or not text[match.start() - 1].isalnum()):
        return _named("heading", match, text, start, end)
    bare = _BARE.match(text, at, end) or _HASH.match(text, at, end)
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
    if (groups.get("noun") or "").lower() in ("part", "item"):
        style = "part"
    return Found(style, _value(match), start, _end(text, match.end(), end), int(groups.get("major") or 0))


def _circled(text: str, start: int, at: int, end: int) -> Found | None:
    match = _CIRCLED.match(text, at, end)
    return Found("circled", _value(match), start, _end(text, match.end(), end)) if match else None


def _worded(text: str, start: int, at: int, end: int, bold: bool) -> Found | None:
    answer = _ANSWER.match(text, at, end)
    if answer:
        return _named("word", answer, text, start, end)
    match = _WORD.match(text, at, end) or _HASH.match(text, at, end) or _ORDINAL.match(text, at, end)
    if not match or not (bold or _AFTER_WORD.match(text, match.end(), end) or match.end() == end):
        return None
    return _named("word", match, text, start, end)


def _numbered(text: str, start: int, at: int, end: int, bold: bool) -> Found | None:
    for style, pattern in (("paren", _PAREN), ("dot", _DOT), ("roman", _ROMANS), ("letter", _LETTER)):
        match = pattern.match(text, at, end)
        if not match or not _ends_mark(text, match.end(), end):
            continue
        number = _value(match) if style != "letter" else _letter_value(match)
        if number > 0:
            style = "bold" if bold and style in ("paren", "dot") else style
            return Found(style, number, start, _end(text, match.end(), end))
    loose = (_LONE if bold else _DASH).match(text, at, end)
    if loose:
        return Found("lone" if bold else "dash", _value(loose), start, _end(text, loose.end(), end))
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
    if word in _NUMBER_WORDS:
        return _NUMBER_WORDS.index(word) + 1
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    if word in _ROMAN:
        return _ROMAN.index(word) + 1
    return int(word) if word.isdigit() else 0


def _sign_value(sign: str) -> int:
    for first, last in ("①⑳", "❶❿", "⓵⓾", "➀➉", "➊➓", "⑴⒇", "⒈⒛"):
        if first <= sign <= last:
            return ord(sign) - ord(first) + 1
    return 0
