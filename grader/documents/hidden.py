"""Text that a reader of the finished page would not see: it is no part of the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.documents.inline import closing_brace
from grader.documents.layout import Layout, Span, Trouble

_WHITE = r"(?:white|#fff(?:fff)?(?:ff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255\b[^)]*\)|transparent)"
_STYLE = re.compile(
    rf"(?<![-\w])color\s*[:=]\s*[\"']?\s*{_WHITE}|display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|font-size\s*:\s*0(?![.\d]*[1-9])|\shidden(?=[\s>=/])",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"\\(?P<phantom>[hv]?phantom)\s*\{"
    r"|\\textcolor\s*(?:\[\w+\]\s*)?\{\s*(?:white|1\s*,\s*1\s*,\s*1)\s*\}\s*\{"
    r"|\\color\s*(?:\[\w+\]\s*)?\{?\s*(?P<color>white)\b\s*\}?"
    r"|\\color\s*\[\w+\]\s*\{(?P<code>1\s*,\s*1\s*,\s*1|FFFFFF|255\s*,\s*255\s*,\s*255)\}"
)
# The commands that `hidden_commands` looks for.
COMMANDS = frozenset({"phantom", "hphantom", "vphantom", "textcolor", "color"})

_RECOLOUR = re.compile(r"\\color(?![A-Za-z])|\\.|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A range of text that is not shown; `telling` when it holds something that could be an answer."""

    start: int
    end: int
    telling: bool


def hides(tag: str) -> bool:
    """Does an opening HTML tag hide what it holds?

    >>> hides('<span style="color:white">'), hides('<span style="background-color:white">')
    (True, False)
    """
    return bool(_STYLE.search(tag)) or tag[1:].split(" ")[0].rstrip(">").lower() in ("script", "style")


def hidden_commands(text: str, start: int, end: int) -> list[Hidden]:
    """``\\phantom{..}``, ``\\textcolor{white}{..}`` and ``{\\color{white} ..}`` in a range of text."""
    found: list[Hidden] = []
    position = start
    while match := _COMMAND.search(text, position, end):
        found.append(_extent(text, match, end))
        position = found[-1].end
    return found


def hidden_command(text: str, start: int, end: int) -> Hidden | None:
    """What the command at `start` hides, or None if it hides nothing."""
    match = _COMMAND.match(text, start, end)
    return _extent(text, match, end) if match else None


def _extent(text: str, match: re.Match[str], end: int) -> Hidden:
    if match.group("color") or match.group("code"):
        stop = _colour_end(text, match.end(), end)
    else:
        close = closing_brace(text, match.end(), end)
        stop = close + 1 if close >= 0 else end
    telling = match.group("phantom") != "vphantom" and bool(re.search(r"\w", text[match.end() : stop]))
    return Hidden(match.start(), stop, telling)


def note_hidden(layout: Layout, span: Span, telling: bool = True) -> None:
    """Takes a range out of the answer, and says so if it is telling."""
    layout.hidden.append(span)
    if telling:
        message = "Hidden text: it does not show on the page, so it is not read as part of the answer."
        hint = "Write what should count so that a reader can see it."
        layout.troubles.append(Trouble(span[0], message, hint, "hidden-text"))


def _colour_end(text: str, start: int, end: int) -> int:
    """A colour lasts until its group ends or another colour is chosen."""
    depth = 0
    for found in _RECOLOUR.finditer(text, start, end):
        depth += {"{": 1, "}": -1}.get(found.group(), 0)
        if depth < 0 or (depth == 0 and found.group().startswith("\\color")):
            return found.start()
    return end
