"""Bytes to text: encodings, line endings, and files that are no text at all."""

from __future__ import annotations

import codecs

from grader.records import Finding, Place

MAX_BYTES = 2_000_000

# How PDF, Word and other zipped files, and RTF begin, though they may decode as text.
_FORMATS = (b"%PDF-", b"PK\x03\x04", b"{\\rtf")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


# Full-width forms (but for those that are markup) and characters without width, as what they stand for.
_LOOKALIKES = {
    **{ord(sign): chr(ord(sign) - 0xFEE0) for sign in "＝（）＋－／．，：；［］｛｝＾｜！％"},
    **{code: chr(code - 0xFEE0) for first in (0xFF10, 0xFF21, 0xFF41) for code in range(first, first + 26)
       if chr(code - 0xFEE0).isalnum()},
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), " "),
}  # fmt: skip


def plain_characters(text: str) -> str:
    """Full-width forms as ASCII, zero-width characters as blanks; every offset stays.

    >>> plain_characters("（1） p＝1")
    '(1) p=1'
    """
    return text if text.isascii() else text.translate(_LOOKALIKES)


def decode(data: bytes, name: str) -> tuple[str, Finding | None]:
    """The text of a file with ``\\n`` line ends, and what is wrong with it, if anything.

    UTF-8 and, with a byte order mark, UTF-16 and UTF-32 are read. Anything else gives
    an empty text and a finding of severity "error".

    >>> decode(b"a\\r\\nb\\rc", "x.txt")
    ('a\\nb\\nc', None)
    """
    if len(data) > MAX_BYTES:
        return "", _too_large(len(data), name)
    if data.startswith(_FORMATS):
        return "", _not_text(data, 0, name)
    mark, encoding = next(((m, e) for m, e in _MARKS if data.startswith(m)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        return "", _not_text(data, len(mark) + error.start, name)
    if "\0" in text:
        return "", _not_text(data, data.find(b"\0"), name)
    if not text.strip():
        return "", Finding("warning", "The file is empty.", Place(name, 1), id="empty-file")
    return text.replace("\r\n", "\n").replace("\r", "\n"), None


def _too_large(size: int, name: str) -> Finding:
    message = (
        f"The file is too large to be read: {size / 1e6:.1f} MB, where {MAX_BYTES / 1e6:.0f} MB are allowed."
    )
    hint = "Hand in the text of the solution only; pictures belong in files of their own."
    return Finding("error", message, Place(name, 1), hint, "file-too-large")


def _not_text(data: bytes, offset: int, name: str) -> Finding:
    line = data.count(b"\n", 0, max(offset, 0)) + 1
    message = "The file is not readable as text (UTF-8)."
    hint = "Save it again as UTF-8 text; a PDF, a picture or a Word file cannot be read here."
    return Finding("error", message, Place(name, line), hint, "not-text")
