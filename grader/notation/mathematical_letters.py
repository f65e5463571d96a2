"""Letters of the mathematical alphabets of Unicode, as word processors and web pages write them."""

from __future__ import annotations

import unicodedata

_GREEK_FIRST, _DIGITS_FIRST, _LAST = 0x1D6A8, 0x1D7CE, 0x1D7FF
_BOLD = (range(0x1D400, 0x1D434), range(0x1D468, 0x1D49C))
_ITALIC = (range(0x1D434, 0x1D468), range(0x1D5A0, 0x1D5D4), range(0x1D608, 0x1D63C))


def _plain(code: int) -> str:
    return unicodedata.normalize("NFKC", chr(code))


# Italic and sans-serif Latin letters, Greek ones and digits of every sort; h has a place of its own.
PLAIN_LETTERS: dict[int, str] = {
    code: plain
    for codes in (*_ITALIC, range(_GREEK_FIRST, _LAST + 1))
    for code in codes
    if len(plain := _plain(code)) == 1 and plain != chr(code)
} | {0x210E: "h", 0x2206: "Δ"}
INVISIBLE = (0x2061, 0x2062, 0x2063, 0x2064)  # "applied to", "times" ... of MathML
BOLD_LETTERS: dict[str, tuple[str, str]] = {
    chr(code): ("vec", _plain(code)) for codes in _BOLD for code in codes if len(_plain(code)) == 1
}
