"""LaTeX cut into tokens: one compiled expression, a table of commands, macros expanded within bounds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from grader.expressions.symbols import SymbolTable
from grader.notation import commands as known
from grader.notation.errors import Problem, suggestion, too_large
from grader.notation.tokens import (
    CHARACTERS,
    MAX_DIGITS,
    MAX_SOURCE,
    MAX_TOKENS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    VULGAR,
    Lexed,
    Token,
    script,
    separates_list,
    vulgar,
)
from grader.records import NotationError, Remark

Macros = Mapping[str, tuple[int, str]]
MAX_EXPANSIONS = 200

_SCRIPTS = "".join([*SUPERSCRIPTS, *SUBSCRIPTS])
_SPACED = r"(?:\{,\}|,\\!|\\!,|\\,|\\\ |\\;|\\:|~|\ |\{\\,\})"
_NUMBER = (
    rf"\d{{1,3}}(?:{_SPACED}\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?(?:E[-+]?\d+|e\d+)?|\.\d+(?:E[-+]?\d+)?"
)
_PIECE = re.compile(
    rf"(?P<ws>[\s~]+)|(?P<command>\\(?:[A-Za-z]+\*?|[\s\S]))|(?P<num>{_NUMBER})|(?P<letter>[A-Za-z])"
    rf"|(?P<prime>['′’]+)|(?P<script>[{_SCRIPTS}]+)|(?P<pair>:=|<=|>=|!=|\*\*|\|\||[-=]>|<-|//)|(?P<any>[\s\S])"
)
_COMMA_GROUPS = re.compile(r"(?:,\d{3})+(?!\d)(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"(?:,|\{,\})(\d+)")
_PAIRS = {
    ":=": ("rel", "="), "<=": ("rel", "<="), ">=": ("rel", ">="), "!=": ("rel", "!="), "**": ("^", "^"),
    "||": ("|", ""), "->": ("rel", "to"), "=>": ("logic", "implies"), "<-": ("rel", "<"),
}  # fmt: skip
_WORD = re.compile(r"[A-Za-z][A-Za-z '\-]*")


def lex_latex(source: str, table: SymbolTable, macros: Macros) -> Lexed:
    """The tokens of a LaTeX formula; unknown commands are errors, each with a hint."""
    if len(source) > MAX_SOURCE:
        return Lexed(errors=[too_large(f"{len(source)} characters")])
    reader = _Reader(source, table, {name.lstrip("\\"): body for name, body in macros.items()})
    try:
        reader.run()
    except Problem as problem:
        reader.out.errors.append(problem.error)
    return reader.out


class _Reader:
    """The state of one tokenization: where it stands, and the side that `\\left` or `\\right` announced."""

    __slots__ = ("anchor", "at", "budget", "gap", "macros", "out", "side", "source", "table")

    def __init__(self, source: str, table: SymbolTable, macros: Macros) -> None:
        self.source = source
        self.at = 0
        self.table = table
        self.macros = macros
        self.out = Lexed()
        self.gap = False
        self.side: str | None = None
        self.anchor: tuple[int, int] | None = None
        self.budget = [MAX_EXPANSIONS, MAX_SOURCE]

    def run(self) -> None:
        match = _PIECE.match
        tokens = self.out.tokens
        source = self.source
        stop = len(source)
        while self.at < stop:
            found = match(source, self.at)
            assert found is not None
            start, self.at = found.span()
            kind = found.lastgroup
            text = found.group()
            if kind == "ws":
                self.gap = True
            elif kind == "letter":
                self.put("name", text, start)
            else:
                _HANDLERS[kind or "any"](self, text, start)
            if len(tokens) > MAX_TOKENS:
                raise Problem(
                    start, "too-large", "this formula has too many parts to be read", "split it into parts"
                )
        self.side = None

    def put(self, kind: str, text: str, start: int) -> None:
        if self.side is not None:
            kind, text = _sided(kind, text, self.side)
            self.side = None
        begin, end = self.anchor or (start, self.at)
        self.out.tokens.append(Token(kind, text, begin, end, self.gap))
        self.gap = False

    def place(self, start: int) -> int:
        return self.anchor[0] if self.anchor else start

    # -- arguments that are read as text ------------------------------------------------------------

    def blanks(self) -> None:
        while self.at < len(self.source) and self.source[self.at].isspace():
            self.at += 1

    def group(self, start: int, command: str) -> str:
        """The raw text of the next argument, without its braces."""
        self.blanks()
        source = self.source
        if self.at >= len(source):
            raise Problem(self.place(start), "missing-argument", f"`{command}` has no argument")
        if source[self.at] != "{":
            found = _PIECE.match(source, self.at)
            assert found is not None
            self.at = found.end()
            return found.group()
        open_at = self.at
        depth = 0
        while self.at < len(source):
            letter = source[self.at]
            if letter == "\\":
                self.at += 1
            elif letter in "{}":
                depth += 1 if letter == "{" else -1
                if depth == 0:
                    self.at += 1
                    return source[open_at + 1 : self.at - 1]
            self.at += 1
        self.at = len(source)
        raise Problem(self.place(open_at), "unclosed", "a `{` opened here is never closed", "add a `}`")

    def option(self) -> str | None:
        """The raw text in square brackets, if they come next."""
        self.blanks()
        if self.source.startswith("[", self.at):
            end = self.source.find("]", self.at)
            if end >= 0:
                inside = self.source[self.at + 1 : end]
                self.at = end + 1
                return inside
        return None

    def splice(self, text: str, start: int, anchor: tuple[int, int] | None) -> None:
        """Tokens of other text put here: the inside of an argument, or the body of a macro."""
        outer = (self.source, self.at, self.anchor)
        base = len(self.out.tokens)
        self.source, self.at = text, 0
        if anchor is not None:
            self.anchor = anchor
        self.run()
        if anchor is None and self.anchor is None:
            for token in self.out.tokens[base:]:
                token.start += start
                token.end += start
        self.source, self.at, self.anchor = outer


def _sided(kind: str, text: str, side: str) -> tuple[str, str]:
    if kind in ("|", "||"):
        return ("mid", "|") if side == "m" else (kind, side)
    if kind == ".":
        return ("left." if side == "l" else "right.", "")
    if kind == "rel" and text in "<>":
        return ("langle", "<") if text == "<" else ("rangle", ">")
    return (kind, text)


def _number(r: _Reader, text: str, start: int) -> None:
    source = r.source
    if text[0] != "." and r.at < len(source) and source[r.at] in ",{":
        decimal = _DECIMAL_COMMA.match(source, r.at) if r.table.decimal_comma else None
        groups = _COMMA_GROUPS.match(source, r.at) if decimal is None else None
        if decimal is not None:
            text, r.at = f"{text}.{decimal.group(1)}", decimal.end()
        elif groups and text[0] != "0" and text.isdigit() and len(text) < 4:
            closes = source[groups.end() : groups.end() + 1] in ")]}"
            if not separates_list(r.out.tokens, closes):
                text, r.at = text + groups.group(), groups.end()
    digits = "".join(c for c in text if c in "0123456789.eE+-")
    if len(digits) > MAX_DIGITS:
        raise Problem(r.place(start), "too-large", "this number has too many digits to be read")
    r.put("num", digits, start)


def _any(r: _Reader, text: str, start: int) -> None:
    entry = CHARACTERS.get(text)
    if entry is not None:
        if text == "%" and _comment(r):
            return
        r.put(entry[0], entry[1], start)
    elif text == "$":
        _wrapper(r, start)
    elif "①" <= text <= "⓿":
        r.gap = True  # a circled number is a label of the line
    elif text in VULGAR:
        r.out.tokens.extend(vulgar(text, r.place(start)))
    elif text == "?":
        r.put("bad", text, start)
    elif text.isalpha():
        r.put("name", text, start)
    else:
        raise Problem(r.place(start), "unknown-character", f"`{text}` cannot be read in a formula")


def _comment(r: _Reader) -> bool:
    """An unescaped `%` after a number is a percent sign; elsewhere it starts a comment, if one follows."""
    before = r.source[: r.at - 1]
    if before and (before[-1].isdigit() or before[-1] in ")}"):
        return False
    end = r.source.find("\n", r.at)
    if not r.source[r.at :].strip() and end < 0:
        return False
    r.at = len(r.source) if end < 0 else end
    r.gap = True
    return True


def _wrapper(r: _Reader, start: int) -> None:
    raise Problem(
        r.place(start), "dollar", "a formula begins or ends inside the formula", "give one formula at a time"
    )


def _pair(r: _Reader, text: str, start: int) -> None:
    if text == "||":
        r.at = start + 1
        r.put("|", "", start)
        r.at = start + 2
        r.put("|", "", start + 1)
    elif text == "<-":
        r.at = start + 1
        r.put("rel", "<", start)
    elif text == "//":
        raise Problem(r.place(start), "missing-operand", "nothing stands between the two `/`")
    else:
        r.put(*_PAIRS[text], start)


def _script(r: _Reader, text: str, start: int) -> None:
    begin = r.place(start)
    run = ""
    for letter in [*text, ""]:
        if run and (not letter or (letter in SUPERSCRIPTS) != (run[0] in SUPERSCRIPTS)):
            r.out.tokens.extend(script(run, begin))
            run = ""
        run += letter


def _command(r: _Reader, text: str, start: int) -> None:
    name = text[1:]
    macro = r.macros.get(name) if r.macros else None
    if macro is not None:
        _expand(r, name, macro, start)
        return
    if not name[0].isalpha():
        _control_symbol(r, name, start)
        return
    entry = known.COMMANDS.get(name)
    if entry is not None and name not in known.TEXT_FONTS:
        if entry[0] == "unsupported":
            raise Problem(r.place(start), "unsupported", f"`{text}` ({entry[1]}) is not supported")
        r.put(entry[0], entry[1], start)
        return
    special = _SPECIAL.get(name)
    if special is not None:
        special(r, name, start)
    elif name.endswith("*"):
        r.at -= 1
        _command(r, text[:-1], start)
    else:
        _unknown(r, name, start)


def _control_symbol(r: _Reader, name: str, start: int) -> None:
    if name == "\\":
        if r.source.startswith("*", r.at):
            r.at += 1
        if re.match(r"\s*\[-?[\d.]+\s*[a-z]{2}\]", r.source[r.at :]):
            r.option()
    entry = known.SYMBOLS.get(name)
    if entry is not None:
        r.put(*entry, start)
    elif name in known.SYMBOL_SPACES:
        r.gap = True
    elif name in "()[]":
        _wrapper(r, start)
    elif name == "$":
        r.out.remarks.append(Remark("unit", "a currency sign is left out of the number", r.place(start)))
    else:
        raise Problem(r.place(start), "unknown-command", f"`\\{name}` is not a known command")


def _unknown(r: _Reader, name: str, start: int) -> None:
    symbol = r.table.find(name)
    if symbol is not None:
        r.put("word", name, start)
        return
    where = r.place(start)
    hint = suggestion(name, known.COMMANDS, "\\")
    for length in range(len(name) - 1, 1, -1):
        if name[:length] in known.COMMANDS and len(name) - length <= 2:
            hint = f"did you mean `\\{name[:length]} {name[length:]}`?"
            break
    error = NotationError(where, "unknown-command", f"`\\{name}` is not a known command", hint)
    r.out.errors.append(error)
    r.put("bad", "\\" + name, start)


def _expand(r: _Reader, name: str, macro: tuple[int, str], start: int) -> None:
    count, body = macro
    r.budget[0] -= 1
    arguments = [r.group(start, "\\" + name) for _ in range(count)]
    for number, argument in enumerate(arguments, 1):
        body = body.replace(f"#{number}", argument)
    r.budget[1] -= len(body)
    if r.budget[0] < 0 or r.budget[1] < 0:
        raise Problem(r.place(start), "too-large", f"the macro `\\{name}` grows without end")
    r.splice(body, start, r.anchor or (start, r.at))


def _skip(r: _Reader, name: str, start: int) -> None:
    r.gap = True


def _drop(r: _Reader, name: str, start: int) -> None:
    r.option()
    for _ in range(known.DROPPED[name]):
        r.group(start, "\\" + name)
    r.gap = True


def _column(r: _Reader, name: str, start: int) -> None:
    r.group(start, "\\" + name)
    r.put("quad", "", start)


def _side(r: _Reader, name: str, start: int) -> None:
    r.side = known.SIDES[name]


def _text(r: _Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name)
    base = r.at - len(inside) - 1
    shift = 0
    for number, part in enumerate(inside.split("$")):
        if number % 2:
            r.splice(part, base + shift, None)
        elif part.strip():
            _words(r, name, part, start)
        shift += len(part) + 1
    r.gap = True


def _words(r: _Reader, name: str, part: str, start: int) -> None:
    phrase = " ".join(part.replace("\\", " ").split())
    if name == "textbf" and len(phrase) == 1 and phrase.isalpha():
        r.put("accent", "vec", start)
        r.put("name", phrase, start)
        return
    if (len(phrase) == 1 and not phrase.isalpha()) or re.fullmatch(r"[\d.,\s%]+", phrase):
        r.splice(phrase, start, r.anchor or (start, r.at))
    elif len(phrase) == 1:
        r.put("name", phrase, start)
    else:
        r.put("word", phrase, start)


def _plain_font(r: _Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name)
    base = r.at - len(inside) - 1
    phrase = inside.strip().strip("{}")
    if phrase == "d":
        r.put("diff", "d", start)
    elif len(phrase) == 1:
        r.splice(phrase, start, r.anchor or (start, r.at))
    elif phrase in known.FUNCTIONS and not r.table.find(phrase):
        r.put("fn", known.FUNCTIONS[phrase], start)
    elif _WORD.fullmatch(phrase):
        letters = phrase.rstrip("'")
        r.put("word", letters, start)
        if letters != phrase:
            r.put("'", "'" * (len(phrase) - len(letters)), start)
    else:
        r.splice("{" + inside + "}", base - 1, None)


def _operator(r: _Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name)
    word = re.sub(r"\\[,;:! ]|\\\w+|[{}\s]", "", inside)
    symbol = r.table.find(word)
    if symbol is None and word in known.OPTIMA:
        r.put("opt", known.OPTIMA[word], start)
    elif symbol is None and word in known.FUNCTIONS:
        r.put("fn", known.FUNCTIONS[word], start)
    elif symbol is None and word in ("grad", "nabla"):
        r.put("nabla", "nabla", start)
    elif not word:
        raise Problem(r.place(start), "missing-argument", f"`\\{name}` has no name in it")
    elif word == "d":
        r.put("diff", "d", start)
    else:
        r.put("word" if len(word) > 1 else "name", word, start)


def _blackboard(r: _Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name).strip()
    if inside in known.SETS:
        r.put("const", known.SETS[inside], start)
    else:
        r.put("name" if len(inside) == 1 else "word", inside or "?", start)


def _environment(r: _Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name).strip()
    if inside in known.ROW_ENVIRONMENTS:
        if name == "begin" and inside.startswith("align") and "at" in inside:
            r.group(start, "\\begin{" + inside + "}")
        kind = "rows" if name == "begin" else "endrows"
        r.put(kind, inside, start)
    elif inside in known.MATRIX_ENVIRONMENTS or inside in known.CASES_ENVIRONMENTS:
        r.put("begin" if name == "begin" else "end_env", inside, start)
        if name == "begin" and inside == "array":
            r.option()
            r.group(start, "\\begin{array}")
    else:
        hint = suggestion(
            inside, known.MATRIX_ENVIRONMENTS | known.CASES_ENVIRONMENTS | known.ROW_ENVIRONMENTS
        )
        raise Problem(r.place(start), "unknown-environment", f"`{inside}` is not a known environment", hint)


def _arrow(r: _Reader, name: str, start: int) -> None:
    r.option()
    r.group(start, "\\" + name)
    r.put("rel", "to", start)


def _label_over(r: _Reader, name: str, start: int) -> None:
    """`\\overset{..}{=}`: the annotation goes, what it stands on stays."""
    r.group(start, "\\" + name)
    inside = r.group(start, "\\" + name)
    r.splice(inside, r.at - len(inside) - 1, None)


def _brace(r: _Reader, name: str, start: int) -> None:
    """`\\underbrace{x}_{note}`: the note goes, with a remark."""
    inside = r.group(start, "\\" + name)
    r.splice("{" + inside + "}", r.at - len(inside) - 2, None)
    r.blanks()
    if r.source[r.at : r.at + 1] in ("_", "^") and r.at < len(r.source):
        r.at += 1
        note = r.group(start, "\\" + name)
        r.out.remarks.append(
            Remark("annotation", f"the note `{note}` is not part of the formula", r.place(start))
        )


def _coloured(r: _Reader, name: str, start: int) -> None:
    r.option()
    r.group(start, "\\" + name)
    r.gap = True


_Handler = Callable[[_Reader, str, int], None]
_HANDLERS: dict[str, _Handler] = {
    "num": _number,
    "any": _any,
    "pair": _pair,
    "script": _script,
    "command": _command,
    "prime": lambda r, text, start: r.put("'", "'" * len(text), start),
}
_SPECIAL: dict[str, _Handler] = {
    **dict.fromkeys(known.SKIPPED, _skip),
    **dict.fromkeys(known.DROPPED, _drop),
    **dict.fromkeys(known.COLUMN_SPACE, _column),
    **dict.fromkeys(known.SIDES, _side),
    **dict.fromkeys(known.TEXT_FONTS, _text),
    **dict.fromkeys(known.PLAIN_FONTS, _plain_font),
    **dict.fromkeys(["operatorname", "DeclareMathOperator", "mathop"], _operator),
    **dict.fromkeys(["mathbb", "Bbb", "mathds"], _blackboard),
    **dict.fromkeys(["begin", "end"], _environment),
    **dict.fromkeys(["xrightarrow", "xlongrightarrow"], _arrow),
    **dict.fromkeys(["overset", "stackrel", "underset"], _label_over),
    **dict.fromkeys(["underbrace", "overbrace"], _brace),
    **dict.fromkeys(["color", "textcolor", "colorbox"], _coloured),
}
