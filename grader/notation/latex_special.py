"""LaTeX commands with a reading of their own: fonts, phrases, environments, annotations, spaces."""

from __future__ import annotations

import re

from grader.notation import commands as known
from grader.notation.errors import Problem, suggestion
from grader.notation.latex_physics import PHYSICS
from grader.notation.latex_reader import Handler, Reader
from grader.notation.latex_room import ROOM
from grader.notation.phrases import connector_of
from grader.notation.sayings import SIGNS
from grader.notation.siunitx import SIUNITX
from grader.notation.units import is_unit
from grader.records import Remark

_LINED_UP = re.compile(r"&\s*(?:=|<|>|\\(?:le|ge|leq|geq|approx|equiv|neq|ne)\b)\s*&")
# What ends the argument of an upright function before it begins; anything else here begins one.
_NO_ARGUMENT = re.compile(
    r"\\(?:[\\\])&]|(?:le|leq|ge|geq|ne|neq|in|to|end|right|approx|equiv|implies|iff|Rightarrow|cdot|times|q?quad"
    r"|text[a-z]*|mbox)(?![A-Za-z]))"
)
_ARGUMENT = re.compile(r"[\w({\[|^'√\\]")
_OPERANDS = frozenset(["num", "name", "word", ")", "]", "}", "|", "!", "'"])
_LETTERED = re.compile(r"^\(([A-Za-z])\)$")  # (C), a choice
_BLANKS = re.compile(r"(?:[\s~]|\\[,;:! ])*")
_LIST = re.compile(r"[({\[_]|\\(?:left|[{Bb])")
_DOLLARS = re.compile(r"\s*(?:\$|\\\()([^$]*?)(?:\$|\\\))\s*")
_WORD = re.compile(r"[A-Za-z][A-Za-z '\-]*")


def _skip(r: Reader, name: str, start: int) -> None:
    r.gap = True


def _drop(r: Reader, name: str, start: int) -> None:
    r.option()
    for _ in range(known.DROPPED[name]):
        r.group(start, "\\" + name)
    r.gap = True


def _column(r: Reader, name: str, start: int) -> None:
    r.group(start, "\\" + name)
    r.put("quad", "", start)


def _side(r: Reader, name: str, start: int) -> None:
    r.side = known.SIDES[name]
    r.blanks()
    if r.source.startswith(".", r.at):  # the dot of `\\left.5` is no decimal point
        r.at += 1
        r.put(".", ".", r.at - 1)


def _text(r: Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name)
    base = r.at - len(inside) - 1
    _mixed_text(r, name, inside, base, start)
    r.gap = True


def _mixed_text(r: Reader, name: str, inside: str, base: int, start: int) -> None:
    """Prose that may hold formulas between dollars."""
    shift = 0
    for number, part in enumerate(inside.split("$")):
        if number % 2:
            r.splice(part, base + shift, None)
        elif part.strip():
            _words(r, name, part, start)
        shift += len(part) + 1


def _is_upright_d(r: Reader, word: str) -> bool:
    """`\\mathrm{dx}` behind an integral sign, or as what begins a fraction's part: d and a letter."""
    if len(word) != 2 or word[0] != "d" or not word.isalpha() or r.table.find(word) is not None:
        return False
    tokens = r.out.tokens
    part = [t.kind for t in tokens[-2:]] in (["frac", "{"], ["}", "{"])
    return part or any(t.kind == "int" for t in tokens)


def _put_differential(r: Reader, word: str, start: int) -> None:
    r.put("diff", "d", start)
    r.put("name", word[1], start)


def _words(r: Reader, name: str, part: str, start: int) -> None:
    phrase = _LETTERED.sub(r"\1", " ".join(part.replace("\\", " ").split()))
    if name == "textbf" and len(phrase) == 1 and phrase.isalpha():
        r.put("accent", "vec", start)
        r.put("name", phrase, start)
        return
    if _is_upright_d(r, phrase):
        _put_differential(r, phrase, start)
        return
    entry = _SIGNS.get(phrase.lower()) or _operation(r, phrase) or _called(r, phrase)
    entry = entry or _spoken(r, phrase)
    if entry is not None:
        r.put(*entry, start)
    elif (len(phrase) == 1 and not phrase.isalpha()) or re.fullmatch(r"[\d.,\s%]+", phrase):
        r.splice(phrase, start, r.anchor or (start, r.at))
    elif (r.gap or part[:1].isspace() or _in_unit(r)) and _is_unit_letter(r, phrase):
        r.put("word", phrase, start)
    elif len(phrase) == 1 or (phrase[:1].isupper() and part.isalpha() and _is_applied(r)):
        r.put("name", phrase, start)
    else:
        r.put("word", phrase, start)


_OPERATIONS = {"plus": ("+", "+"), "minus": ("-", "-"), "times": ("times", "times")}
_SIGNS = {"percent": ("%", "%"), "degrees": ("deg", "deg"), "degree": ("deg", "deg")}


def _operation(r: Reader, phrase: str) -> tuple[str, str] | None:
    """A sign in words between operands: `5 \\text{ times } x`."""
    return _OPERATIONS.get(phrase.lower()) if _has_argument(r) else None


def _spoken(r: Reader, phrase: str) -> tuple[str, str] | None:
    """A sign in words, between two operands: `x \\text{ is at least } 3`."""
    behind = bool(r.out.tokens) and r.out.tokens[-1].kind in _OPERANDS
    begins = _has_argument(r) or r.source.startswith("-", _next(r))
    return SIGNS.get(phrase.lower()) if behind and begins else None


def _called(r: Reader, phrase: str) -> tuple[str, str] | None:
    """The function that an upright word such as `\\text{ln}` is, where an argument follows it."""
    if not _has_argument(r) or r.table.find(phrase) is not None:
        return None
    if phrase in known.OPTIMA:
        return ("opt", known.OPTIMA[phrase]) if _LIST.match(r.source, _next(r)) else None
    if phrase in ("grad", "nabla"):
        return ("nabla", "nabla")
    return ("fn", known.FUNCTIONS[phrase]) if phrase in known.FUNCTIONS else None


def _next(r: Reader) -> int:
    """Where the next thing begins that is no blank."""
    blanks = _BLANKS.match(r.source, r.at)
    return blanks.end() if blanks else r.at


def _joined(unit: str) -> str:
    """`m\\,s^{-1}` as `m*s^-1`."""
    return re.sub(r"[{}\s]", "", re.sub(r"\\cdot\b|\\[,;]", "*", unit))


def _is_unit_letter(r: Reader, letter: str) -> bool:
    """An upright `m`, `g` or `m/s^2` behind a number, where nothing that it could multiply follows."""
    tokens = r.out.tokens
    behind = bool(tokens) and (tokens[-1].kind in ("num", "}") or _in_unit(r))
    ends = _in_unit(r) or not _has_argument(r) or _UPRIGHT.match(r.source, _next(r))
    return behind and is_unit(letter) and r.table.find(letter) is None and bool(ends)


_UPRIGHT = re.compile(r"\\(?:mathrm|text[a-z]*)(?![A-Za-z])")


def _in_unit(r: Reader) -> bool:
    """Whether a unit was just begun: behind `kg`, `kg\\cdot` or `m/`."""
    last = [t for t in r.out.tokens[-2:] if t.kind not in ("cdot", "/", "times")]
    return bool(last) and last[-1].kind == "word" and is_unit(last[-1].text)


def _has_argument(r: Reader) -> bool:
    """Whether an operand follows what was just read, which is no index itself."""
    at = _next(r)
    index = bool(r.out.tokens) and r.out.tokens[-1].kind in ("_", "^")
    begins = _ARGUMENT.match(r.source, at) and not _NO_ARGUMENT.match(r.source, at)
    return not index and bool(begins)


def _plain_font(r: Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name)
    base = r.at - len(inside) - 1
    phrase = inside.strip(" ~\n").strip("{}")
    if inside[:1] == "~":
        r.gap = r.gap or 1  # scanners put the blank inside: `\\mathrm{~d} x`, `5 \\mathrm{~cm}`
    if phrase == "d":
        r.put("diff", "d", start)
    elif _is_upright_d(r, phrase):
        _put_differential(r, phrase, start)
    elif phrase in known.UPRIGHT and _is_applied(r):
        r.put("name", _upright(r, phrase), start)
    elif (r.gap or _in_unit(r)) and _is_unit_letter(r, _joined(phrase)):
        r.put("word", _joined(phrase), start)
    elif len(phrase) == 1:
        r.splice(phrase, start, r.anchor or (start, r.at))
    elif phrase in known.FUNCTIONS and not r.table.find(phrase):
        r.put("fn", known.FUNCTIONS[phrase], start)
    elif _WORD.fullmatch(phrase):
        letters = phrase.rstrip("'")
        r.put("name" if _is_applied(r) else "word", letters, start)
        if letters != phrase:
            r.put("'", "'" * (len(phrase) - len(letters)), start)
    else:
        r.splice("{" + inside + "}", base - 1, None)


def _operator(r: Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name)
    word = re.sub(r"\\[,;:! ]|\\\w+|[{}\s]", "", inside)
    symbol = r.table.find(word)
    if symbol is None and word in known.OPTIMA:
        r.put("opt", known.OPTIMA[word], start)
    elif symbol is None and word in known.FUNCTIONS:
        r.put("fn", known.FUNCTIONS[word], start)
    elif symbol is None and word in ("grad", "nabla"):
        r.put("nabla", "nabla", start)
    elif not word and name == "mathop":
        r.gap = True  # \mathop{}\!d x: room before the d
    elif word == ":":
        r.put(":", ":", start)  # \mathrel{\mathop:}=
    elif not word:
        raise Problem(r.place(start), "missing-argument", f"`\\{name}` has no name in it")
    elif word == "d":
        r.put("diff", "d", start)
    elif _is_upright_d(r, word):
        _put_differential(r, word, start)
    elif word == "E" and symbol is None and _put_mean(r, known.MEANS[word], start):
        pass
    elif word in known.UPRIGHT and _is_applied(r):
        r.put("name", _upright(r, word), start)
    elif len(word) == 1 or _is_applied(r):
        r.put("name", word, start)
    else:
        value = symbol is not None and symbol.kind != "function"  # a declared quantity takes no argument
        takes = not value and connector_of(word) is None and _has_argument(r)
        r.put("operator" if takes else "word", word, start)


_RANDOM = re.compile(r"[A-Z]|e\^|\\(?:[lv]ert|left\|?|mathbf|ln|log|exp|bar|hat)(?![A-Za-z])")
_APPLIED = re.compile(
    r"(?:\s|\\[,;:! ]|~)*(?:[_^](?:\{[^{}]*\}|\w)\s*)*(?:\\(?:left|[bB]igg?l?)\s*)?[\[(]", re.ASCII
)


def _is_applied(r: Reader) -> bool:
    """Whether a bracket follows what was just read, perhaps after an index or an exponent."""
    return _APPLIED.match(r.source, r.at) is not None


def _upright(r: Reader, name: str) -> str:
    """An upright or blackboard E or P before a bracket, unless it is declared."""
    return known.UPRIGHT[name] if r.table.find(name) is None else name


def _probability(r: Reader, name: str, start: int) -> None:
    if not _is_applied(r) and r.table.find(name) is None:
        hint = "write the event in brackets: `\\Pr(A)`"
        raise Problem(r.place(start), "missing-argument", f"`\\{name}` has no bracket behind it", hint)
    r.put("name", _upright(r, name), start)


def _blackboard(r: Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name).strip()
    if inside in known.SETS:
        r.put("const", known.SETS[inside], start)
    elif inside in known.MEANS and r.table.find(inside) is None and _put_mean(r, known.MEANS[inside], start):
        pass
    elif inside in known.UPRIGHT and _is_applied(r):
        r.put("name", _upright(r, inside), start)
    else:
        r.put("name" if len(inside) == 1 else "word", inside or "?", start)


def _put_mean(r: Reader, operator: str, start: int) -> bool:
    """`\\mathbb{E}X^2` and `\\mathbb V[X]`: the expectation and the variance of what follows."""
    applied = _is_applied(r)
    if applied or _RANDOM.match(r.source, _next(r)):
        r.put("name" if applied else "operator", operator, start)
        return True
    return False


def _environment(r: Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name).strip()
    if inside in known.ROW_ENVIRONMENTS:
        if name == "begin" and inside.startswith("align") and "at" in inside:
            r.group(start, "\\begin{" + inside + "}")
        kind = "rows" if name == "begin" else "endrows"
        r.put(kind, inside, start)
    elif inside == "array" and _aligns(r, name):
        r.put("rows" if name == "begin" else "endrows", inside, start)
        if name == "begin":
            r.option()
            r.group(start, "\\begin{array}")
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


def _aligns(r: Reader, name: str) -> bool:
    """Whether an `array` lines up relations (`a &=& b`), as `eqnarray` does, and is no matrix."""
    if name == "begin":
        body = r.source[r.at :].partition("\\end{array}")[0]
        return _LINED_UP.search(body) is not None
    arrays = [t.kind for t in r.out.tokens if t.text == "array"]
    return arrays.count("rows") > arrays.count("endrows")


def _arrow(r: Reader, name: str, start: int) -> None:
    r.option()
    r.group(start, "\\" + name)
    r.put("rel", "to", start)


def _label_over(r: Reader, name: str, start: int) -> None:
    """`\\overset{!}{=}`: the note goes, what it stands on stays; under `\\max` it is the condition."""
    note = r.group(start, "\\" + name)
    inside = r.group(start, "\\" + name)
    base = r.at - len(inside) - 1
    r.splice(inside, base, None)
    if r.out.tokens and r.out.tokens[-1].kind in ("opt", "lim", "sum"):
        mark = "_" if name == "underset" else "^"
        r.splice(f"{mark}{{{note}}}", start, r.anchor or (start, r.at))
    elif note.strip():
        r.out.remarks.append(
            Remark("annotation", f"the note `{note}` is not part of the formula", r.place(start))
        )


def _brace(r: Reader, name: str, start: int) -> None:
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


def _coloured(r: Reader, name: str, start: int) -> None:
    r.option()
    r.group(start, "\\" + name)
    r.gap = True


def _coloured_box(r: Reader, name: str, start: int) -> None:
    """`\\colorbox{yellow}{$x$}`: a box of text, so that its formula may stand in dollars of its own."""
    for _ in range(1 + (name == "fcolorbox")):
        _coloured(r, name, start)
    inside = r.group(start, "\\" + name)
    base = r.at - len(inside) - 1
    whole = _DOLLARS.fullmatch(inside)
    if whole is not None:
        inside, base = whole[1], base + whole.start(1)
    if "$" not in inside:
        r.splice("{" + inside + "}", base - 1, None)
    else:
        _mixed_text(r, name, inside, base, start)
    r.gap = True


def _prose_row(r: Reader, name: str, start: int) -> None:
    """`\\intertext{so that}`: prose between two rows."""
    r.put("\\\\", "", start)
    inside = r.group(start, "\\" + name)
    _mixed_text(r, name, inside, r.at - len(inside) - 1, start)
    r.gap = True


SPECIAL: dict[str, Handler] = {
    **dict.fromkeys(known.SKIPPED, _skip),
    **dict.fromkeys(known.DROPPED, _drop),
    **dict.fromkeys(known.COLUMN_SPACE, _column),
    **ROOM,
    **dict.fromkeys(known.SIDES, _side),
    **dict.fromkeys(known.TEXT_FONTS, _text),
    **dict.fromkeys(known.PLAIN_FONTS, _plain_font),
    **dict.fromkeys(["operatorname", "DeclareMathOperator", "mathop"], _operator),
    **dict.fromkeys(["mathbb", "Bbb", "mathds"], _blackboard),
    "Pr": _probability,
    **dict.fromkeys(["begin", "end"], _environment),
    **dict.fromkeys(["xrightarrow", "xlongrightarrow"], _arrow),
    **dict.fromkeys(["overset", "stackrel", "underset"], _label_over),
    **dict.fromkeys(["underbrace", "overbrace"], _brace),
    **dict.fromkeys(["color", "textcolor"], _coloured),
    **dict.fromkeys(["colorbox", "fcolorbox"], _coloured_box),
    **SIUNITX,
    **PHYSICS,
    **dict.fromkeys(["intertext", "shortintertext"], _prose_row),
}
