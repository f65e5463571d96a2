"""What the scanners of Markdown and LaTeX share: formulas between delimiters, and those that never end."""

from __future__ import annotations

import re

from grader.documents import formulas, hidden, inline, struck
from grader.documents.layout import Formula, Layout, Trouble

# Unclosed formulas in one file before the rest is taken as prose.
_MOST = 60


class Scanner:
    """One pass over one text. `position` is the next character to be looked at, `end` where the text ends.

    A subclass has an expression `token` whose named groups are the names of its methods: ``_dollars``
    is called for what the group `dollars` matches, and may move `position` on.
    """

    token: re.Pattern[str]

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        self.position = start
        self.end = len(text) if end is None else end
        self.layout = Layout()
        self.unclosed = 0
        self.paragraph = (0, 0)

    def run(self) -> Layout:
        """Scans to the end, and gives what was found."""
        while match := self.token.search(self.text, self.position, self.end):
            self.position = match.end()
            getattr(self, f"_{match.lastgroup}")(match)
        return self.layout

    def _open(self, match: re.Match[str]) -> None:
        r"""``\(`` and ``\[``, also with two backslashes as some Markdown wants them."""
        closer = match.group().replace("[", "]").replace("(", ")")
        display = closer[-1] == "]"
        end = self.end if display else self._paragraph_end(match.end())
        if len(closer) == 3:
            close = self.text.find(closer, match.end(), end)
        else:
            close = inline.closing_command(self.text, closer, match.end(), end)
        if close < 0:
            if len(closer) == 2:
                self._unclosed(match.start(), match.group(), closer)
                self._unended(match.start(), match.end(), display)
        elif not inline.reads_as_prose(self.text[match.end() : close]):
            self._close(match.start(), match.end(), close, close + len(closer), display)

    def _environment(self, match: re.Match[str]) -> None:
        name = match.group("environment")
        close = inline.closing_environment(self.text, name, match.end(), self.end)
        if close is None:
            self._unclosed(match.start(), match.group(), f"\\end{{{name}}}")
            close = (self._paragraph_end(match.end()),) * 2
        delimits = name in inline.DELIMITERS
        inside = (match.end(), close[0]) if delimits else (match.start(), close[1])
        self._close(match.start(), *inside, close[1], display=True)

    def _dollars(self, match: re.Match[str]) -> None:
        count = len(match.group())
        if count == 1:
            self._dollar(match)
        elif count < 4:
            self.position = match.start() + 2
            self._display(match.start())

    def _dollar(self, match: re.Match[str]) -> None:
        close = inline.closing_dollar(self.text, match.end(), self._paragraph_end(match.end()))
        if close >= 0:
            self._close(match.start(), match.end(), close, close + 1)
        elif not self.text[match.end() : match.end() + 1].isdigit():
            self._unclosed(match.start(), "$", "$")
            self.layout.cuts.append(match.span())

    def _display(self, start: int) -> None:
        inside = start + 2
        close = inline.closing_dollars(self.text, inside, self.end)
        if close >= 0:
            self._close(start, inside, close, close + 2, display=True)
            return
        self._unclosed(start, "$$", "$$")
        self._unended(start, inside, True)

    def _unended(self, outer: int, start: int, display: bool) -> None:
        """A display formula that is never closed ends with its paragraph, if that is no prose."""
        self.layout.cuts.append((outer, start))
        close = self._paragraph_end(start)
        if display and not inline.reads_as_prose(self.text[start:close]):
            self._close(outer, start, close, close, display=True)

    def _command(self, match: re.Match[str]) -> None:
        r"""``\phantom{..}`` and white text are hidden, ``\sout{..}`` is struck; others mean nothing here."""
        name = match.group()[1:]
        if name in hidden.COMMANDS:
            found = hidden.hidden_command(self.text, match.start(), self._paragraph_end(match.start()))
            if found:
                hidden.note_hidden(self.layout, (found.start, found.end), found.telling)
                self.position = found.end
        elif name in struck.COMMANDS and self.text[match.end() : match.end() + 1] == "{":
            close = self._brace_end(match.end() + 1)
            if close >= 0:
                self.layout.struck.append((match.end() + 1, close))
                self.layout.cuts += [(match.start(), match.end() + 1), (close, close + 1)]

    def _escape(self, match: re.Match[str]) -> None:
        """An escaped character opens nothing."""

    def _close(self, outer: int, start: int, end: int, stop: int, display: bool = False) -> None:
        """``text[start:end]`` is a formula, and all of ``text[outer:stop]`` is done with."""
        name = inline.name_before(self.text, outer, start, end)
        if name is not None:
            self.layout.blanks.append((outer, start))
        self.layout.formulas.append(Formula(start if name is None else name, end, display))
        self.layout.cuts += [(outer, start), (end, stop)]
        self.position = stop
        for hid in hidden.hidden_commands(self.text, start, end):
            hidden.note_hidden(self.layout, (hid.start, hid.end), hid.telling)

    def _paragraph_end(self, offset: int) -> int:
        """As `inline.paragraph_end`; remembers the last one, since most questions are about the same."""
        if not self.paragraph[0] <= offset < self.paragraph[1]:
            self.paragraph = (offset, inline.paragraph_end(self.text, offset, self.end))
        return self.paragraph[1]

    def _brace_end(self, start: int) -> int:
        """As `inline.closing_brace`; does not go on looking where brace after brace is never closed."""
        close = inline.closing_brace(self.text, start, self.end) if self.unclosed < _MOST else -1
        self.unclosed += close < 0
        return close

    def _code_formula(self, start: int, end: int) -> bool:
        """Takes code that is a formula as one; false if it is none."""
        if not formulas.is_formula(self.text[start:end]):
            return False
        self.layout.formulas.append(Formula(start, end, False, formulas.syntax_of(self.text[start:end])))
        return True

    def _unclosed(self, offset: int, opener: str, closer: str) -> None:
        self.unclosed += 1
        if self.unclosed > _MOST:
            self.position = self.end  # a file that goes on like this is no solution
        message = f"`{opener}` opens a formula that is never closed."
        hint = f"Write `{closer}` where the formula ends."
        self.layout.troubles.append(Trouble(offset, message, hint, "unclosed-formula"))
