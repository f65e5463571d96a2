"""LaTeX cut into tokens: one compiled expression, a table of commands, macros expanded within bounds."""

from __future__ import annotations

import re

from grader.expressions.symbols import SymbolTable
from grader.notation import commands as known
from grader.notation.errors import Problem, suggestion, too_large
from grader.notation.latex_reader import HANDLERS, Macros, Reader
from grader.notation.latex_special import SPECIAL
from grader.notation.marks import MARKS, ONE_CHARACTER, SOLIDUS, mark_last
from grader.notation.numerals import REPEATING, periodic
from grader.notation.numerals import repeating as repeating_tokens
from grader.notation.tokens import (
    CHARACTERS,
    CURRENCY,
    MAX_DIGITS,
    MAX_SOURCE,
    SUPERSCRIPTS,
    VULGAR,
    WIDE,
    Lexed,
    after_zero,
    put_vulgar,
    script,
    separates_list,
)
from grader.notation.written_slopes import INLINE_SLOPE
from grader.records import NotationError, Remark

_COMMA_GROUPS = re.compile(r"(?:,(?:\\!\s*)?\d{3})+(?!\d)(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"(?:,|\{,\})(\d+)")
_PAIRS = {
    ":=": ("rel", "="), "=:": ("rel", "="),
    "<=": ("rel", "<="), ">=": ("rel", ">="), "!=": ("rel", "!="), "**": ("^", "^"),
    "||": ("|", ""), "->": ("rel", "to"), "=>": ("logic", "implies"), "<-": ("rel", "<"),
    "...": ("dots", "…"),
}  # fmt: skip
_REPEATING = re.compile(r"(\d+)\.(\d*)\\(?:overline|bar|dot)\{?(\d{1,200})\}?")
_WORD = re.compile(r"[A-Za-z][A-Za-z '\-]*")
_GOES_ON = frozenset(",{.\\")  # what a number may go on with


def lex_latex(source: str, table: SymbolTable, macros: Macros) -> Lexed:
    """The tokens of a LaTeX formula; unknown commands are errors, each with a hint."""
    if len(source) > MAX_SOURCE:
        return Lexed(errors=[too_large(f"{len(source)} characters")])
    reader = Reader(source, table, {name.lstrip("\\"): body for name, body in macros.items()})
    try:
        reader.run()
    except Problem as problem:
        reader.out.errors.append(problem.error)
    return reader.out


def _letters(r: Reader, text: str, start: int) -> None:
    """Letters side by side are factors; but `sin`, `sigma` or a declared word lost its backslash."""
    entry: tuple[str, str] | None = None
    if text in r.table.by_spelling:
        entry = ("word", text)
    elif text in known.MOMENTS and r.source[r.at : r.at + 1] in ("(", "["):
        entry = ("name", text)
    elif text in ("or", "and") and r.gap and r.source[r.at : r.at + 1].isspace():
        entry = ("word", text)
    elif text in ("percent", "pct"):
        entry = ("%", "%")
    elif text in known.BARE_WORDS:
        entry = known.COMMANDS[text]
    if entry is not None:
        r.put(*entry, start)
        message = f"`{text}` is read as one name; in LaTeX that is written `\\{text}` or `\\text{{{text}}}`"
        r.out.remarks.append(Remark("missing-backslash", message, r.place(start)))
        return
    for place, letter in enumerate(text, start):
        r.at = place + 1
        r.put("name", letter, place)


def _number(r: Reader, text: str, start: int) -> None:
    source = r.source
    if _ends_here(r, text):
        r.put("num", text, start)  # as nearly all do
        return
    if len(text) > 1 and text.isdigit() and _raises_function(r, start + len(text)):
        text, r.at = text[0], start + 1
    repeating = _REPEATING.match(source, start) if source.startswith((".\\", "\\"), r.at) else None
    if repeating is not None:
        r.at = repeating.end()
        _repeating(r, start, repeating[1], repeating[2], repeating[3])
        return
    endless = REPEATING.match(source, start) if "." in text else None
    if endless is not None:
        r.at = endless.end()
        for kind, part in repeating_tokens(endless):
            r.put(kind, part, start)
        return
    if text[0] != "." and r.at < len(source) and source[r.at] in ",{":
        decimal = _DECIMAL_COMMA.match(source, r.at) if _decimal_comma(r, text) else None
        groups = _COMMA_GROUPS.match(source, r.at) if decimal is None else None
        if decimal is not None:
            text, r.at = f"{text}.{decimal.group(1)}", decimal.end()
        elif groups and text[0] != "0" and text.isdigit() and len(text) < 4:
            closes = source[groups.end() : groups.end() + 1] in ")]}"
            if "\\!" in groups.group() or not separates_list(r.out.tokens, closes):
                text, r.at = text + groups.group(), groups.end()
    if r.table.decimal_comma and text.count("{,}") == 1 and "." not in text:
        text = text.replace("{,}", ".")
    plain = text.isdigit() and text.isascii()
    digits = text if plain else "".join(c for c in text if c in "0123456789.eE+-")
    if len(digits) > MAX_DIGITS:
        raise Problem(r.place(start), "too-large", "this number has too many digits to be read")
    r.put("num", digits, start)


def _ends_here(r: Reader, text: str) -> bool:
    """Whether nothing stands behind plain digits with which a number may go on."""
    after = r.source[r.at : r.at + 1]
    plain = text.isdigit() and text.isascii() and len(text) <= MAX_DIGITS
    return plain and after not in _GOES_ON and not after.isalpha()


def _raises_function(r: Reader, end: int) -> bool:
    """`\\cos^26x`: TeX raises one digit, and the rest is the argument."""
    kinds = [t.kind for t in r.out.tokens[-2:]]
    return kinds == ["fn", "^"] and (r.source[end : end + 1].isalpha() or r.source.startswith("\\", end))


def _decimal_comma(r: Reader, whole: str) -> bool:
    """Whether the comma at this place is a decimal one: `0{,}5` always, `0,25` where no list is meant."""
    if not whole.isdigit():
        return False
    braced = r.source.startswith("{,}", r.at)
    return r.table.decimal_comma or braced or (whole == "0" and after_zero(r.source, r.at, r.out.tokens))


def _repeating(r: Reader, start: int, whole: str, fixed: str, period: str) -> None:
    """`0.1\\overline{6}`: a repeating decimal, as the exact quotient in brackets."""
    for kind, text in periodic(whole, fixed, period):
        r.put(kind, text, start)


def _any(r: Reader, text: str, start: int) -> None:
    entry = CHARACTERS.get(text)
    if entry is not None:
        if text == "%" and _comment(r):
            return
        if text == "=" and r.out.tokens and r.out.tokens[-1].kind == ":":
            start = r.out.tokens.pop().start  # \vcentcolon=
        r.put(entry[0], entry[1], start)
    elif text == "$":
        _wrapper(r, start)
    elif text in CURRENCY:
        _currency(r, text, start)
    elif "①" <= text <= "⓿":
        r.gap = True  # a circled number is a label of the line
    elif text in VULGAR:
        put_vulgar(r.out, text, r.place(start))
    elif text == "?":
        r.put("bad", text, start)
    elif text in ONE_CHARACTER:
        for kind, part in zip(("accent", "{", "name", "}"), _accented(text), strict=True):
            r.put(kind, part, start)
    elif text in MARKS or text == SOLIDUS:
        mark_last(r.out.tokens, text, r.place(start))
    elif text.isalpha():
        r.put("name", text, start)
    else:
        raise Problem(r.place(start), "unknown-character", f"`{text}` cannot be read in a formula")


def _accented(letter: str) -> tuple[str, str, str, str]:
    accent, name = ONE_CHARACTER[letter]
    return (accent, "{", name, "}")


def _comment(r: Reader) -> bool:
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


def _wrapper(r: Reader, start: int) -> None:
    raise Problem(
        r.place(start), "dollar", "a formula begins or ends inside the formula", "give one formula at a time"
    )


def _pair(r: Reader, text: str, start: int) -> None:
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


def _script(r: Reader, text: str, start: int) -> None:
    begin = r.place(start)
    run = ""
    for letter in [*text, ""]:
        if run and (not letter or (letter in SUPERSCRIPTS) != (run[0] in SUPERSCRIPTS)):
            r.out.tokens.extend(script(run, begin))
            run = ""
        run += letter


def _command(r: Reader, text: str, start: int) -> None:
    name = text[1:]
    macro = r.macros.get(name) if r.macros else None
    if macro is not None:
        _expand(r, name, macro, start)
        return
    if not name[0].isalpha():
        _control_symbol(r, name, start)
        return
    slope = INLINE_SLOPE.match(r.source, start) if name in ("partial", "mathrm") else None
    if slope is not None:
        r.at = slope.end()
        r.splice(f"\\frac{{{slope['top']}}}{{{slope['bottom']}}}", start, (r.place(start), r.at))
        return
    entry = known.COMMANDS.get(name)
    if entry is not None and name not in known.TEXT_FONTS:
        if entry[0] == "unsupported":
            raise Problem(r.place(start), "unsupported", f"`{text}` ({entry[1]}) is not supported")
        r.put(entry[0], entry[1], start)
        return
    special = SPECIAL.get(name)
    if special is not None:
        special(r, name, start)
    elif name in _CURRENCY:
        _currency(r, _CURRENCY[name], start)
    elif name.endswith("*"):
        r.at -= name[:-1] not in known.STARRED
        _command(r, text[:-1], start)
    else:
        _unknown(r, name, start)


_CURRENCY = {"pounds": "£", "euro": "€", "texteuro": "€", "yen": "¥"}


def _currency(r: Reader, sign: str, start: int) -> None:
    r.out.remarks.append(Remark("unit", f"the currency sign `{sign}` is left out", r.place(start)))


def _control_symbol(r: Reader, name: str, start: int) -> None:
    if name == "\\":
        if r.source.startswith("*", r.at):
            r.at += 1
        if re.match(r"\s*\[-?[\d.]+\s*[a-z]{2}\]", r.source[r.at :]):
            r.option()
    entry = known.SYMBOLS.get(name)
    if entry is not None:
        r.put(*entry, start)
    elif name in known.SYMBOL_SPACES:
        r.gap = WIDE
    elif name in "()[]":
        _wrapper(r, start)
    elif name == "$":
        _currency(r, name, start)
    else:
        raise Problem(r.place(start), "unknown-command", f"`\\{name}` is not a known command")


def _unknown(r: Reader, name: str, start: int) -> None:
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


def _expand(r: Reader, name: str, macro: tuple[int, str], start: int) -> None:
    count, body = macro
    r.budget[0] -= 1
    arguments = [r.group(start, "\\" + name) for _ in range(count)]
    for number, argument in enumerate(arguments, 1):
        body = body.replace(f"#{number}", argument)
    r.budget[1] -= len(body)
    if r.budget[0] < 0 or r.budget[1] < 0:
        raise Problem(r.place(start), "too-large", f"the macro `\\{name}` grows without end")
    r.splice(body, start, r.anchor or (start, r.at))


HANDLERS |= {
    "letter": _letters,
    "num": _number,
    "any": _any,
    "pair": _pair,
    "script": _script,
    "command": _command,
    "prime": lambda r, text, start: r.put("'", "'" * len(text), start),
}
