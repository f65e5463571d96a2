"""Text of unknown origin made fit for a terminal or a build log: shown as it is, able to command nothing."""

from __future__ import annotations

import unicodedata

LOG_COMMANDS = ("::", "##[")  # how GitHub's runner recognises a command: at the start of a line, anywhere
_KEPT = frozenset("\n")
_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])


def printable(text: str) -> str:
    """The text without what is not seen: escapes, control and direction marks, halves of characters.

    Line ends stay; a tab becomes a space, every other such character is left out (a lone surrogate, which
    stands for a byte that is no text, becomes a question mark).

    >>> printable("a\\x1b[31mb\\u202ec\\td")
    'a[31mbc d'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_shown, text.replace("\r\n", "\n")))


def one_line(text: str, limit: int = 0) -> str:
    """The printable text on one line, blanks run together; cut at `limit` characters, if there is one.

    >>> one_line(" a\\n  b ", 3), one_line("abcdef", 4)
    ('a b', 'abc…')
    """
    line = " ".join(printable(text).split())
    return f"{line[: limit - 1]}…" if 0 < limit < len(line) else line


def quiet(text: str) -> str:
    """Printable text in which a build log finds no command.

    GitHub's runner obeys a line that begins with `::`, blanks before it included, and the older form with
    `##[` wherever it stands (actions/runner, ActionCommand.cs).

    >>> quiet("::error::x"), quiet("a ##[error]x")
    (': :error::x', 'a ## [error]x')
    """
    return "\n".join(map(_quiet_line, printable(text).replace("##[", "## [").split("\n")))


def _quiet_line(line: str) -> str:
    stripped = line.lstrip()
    if not stripped.startswith("::"):
        return line
    return f"{line[: len(line) - len(stripped)]}: {stripped[1:]}"


def _shown(letter: str) -> str:
    if letter in _KEPT or letter.isprintable():
        return letter
    if letter == "\t":
        return " "
    kind = unicodedata.category(letter)
    if kind == "Cs":
        return "?"
    return "" if kind in _UNSEEN else " " if kind == "Zs" else letter
