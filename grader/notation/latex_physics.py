"""The commands of the package physics: `\\dv{y}{x}`, `\\qty(...)`, `\\eval{x^2}_0^1`, `\\mqty(a & b)`."""

from __future__ import annotations

import re

from grader.notation.errors import Problem
from grader.notation.latex_reader import Handler, Reader
from grader.notation.siunitx import NUMBER, quantity

_CLOSING = {"(": ")", "[": "]", "|": "|"}
_ENVIRONMENT = {"(": "pmatrix", "[": "bmatrix", "|": "vmatrix", "{": "matrix"}
_OF_NAME = {"p": "pmatrix", "b": "bmatrix", "v": "vmatrix", "m": "matrix", "s": "matrix", "d": "matrix"}
_LISTS = re.compile(r"[,:|]|\\mid")
_OPERAND = frozenset(["num", "name", "word", ")", "]", "}", "'"])


def _inside(r: Reader, start: int, name: str) -> tuple[str, int]:
    """The next argument as text, and where its text begins."""
    inside = r.group(start, "\\" + name)
    return inside, r.at - len(inside) - (r.source[r.at - 1] == "}")


def _group_follows(r: Reader) -> bool:
    r.blanks()
    return r.source.startswith("{", r.at)


def _derivative(r: Reader, name: str, start: int) -> None:
    """`\\dv[2]{y}{x}` as `\\frac{d^2 y}{dx^2}`, `\\pdv{f}{x}{y}` as the mixed one, `\\dv{x}` as d/dx."""
    partial = name.startswith("p")
    order = (r.option() or "").strip()
    groups = [_inside(r, start, name)]
    while _group_follows(r) and len(groups) < (3 if partial else 2):
        groups.append(_inside(r, start, name))
    body = groups.pop(0) if len(groups) > 1 else ("", start)
    letters = [(part, base) for text, base in groups for part in text.split(",")]
    total = order or (str(len(letters)) if len(letters) > 1 else "")
    sign = ("partial", "partial") if partial else ("diff", "d")
    r.put("frac", "frac", start)
    r.put("{", "{", start)
    _raised(r, sign, total, start)
    r.splice(body[0], body[1], None)
    r.put("}", "}", start)
    r.put("{", "{", start)
    for text, base in letters:
        r.put(*sign, start)
        r.splice(text, base, None)
        if order and len(letters) == 1:
            _exponent(r, order, start)
    r.put("}", "}", start)


def _raised(r: Reader, sign: tuple[str, str], order: str, start: int) -> None:
    r.put(*sign, start)
    if order:
        _exponent(r, order, start)


def _exponent(r: Reader, order: str, start: int) -> None:
    r.put("^", "^", start)
    r.splice("{" + order + "}", start, r.anchor or (start, r.at))


def _differential(r: Reader, name: str, start: int) -> None:
    """`\\dd x`, `\\dd{x}`."""
    order = r.option()
    _raised(r, ("diff", "d"), order or "", start)
    if _group_follows(r):
        r.splice(*_inside(r, start, name), None)


def _sized(r: Reader, name: str, start: int) -> None:
    """`\\qty(...)`, brackets that grow; `\\qty{5}{\\metre}` is a quantity of siunitx."""
    r.blanks()
    at = r.at
    options = r.option() if re.match(r"\[[^\]]*\]\s*\{", r.source[at:]) else None
    if not _group_follows(r):
        return
    inside, base = _inside(r, start, name)
    if options is not None or (NUMBER.fullmatch(inside) and _group_follows(r)):
        r.at = at
        quantity(r, name, start)
        return
    opens, closes = ("lset", "rset") if _LISTS.search(inside) else ("(", ")")
    r.put(opens, opens, start)
    r.splice(inside, base, None)
    r.put(closes, closes, start)


def _bracketed(opens: str, closes: str) -> Handler:
    """`\\pqty{x}`, `\\bqty{x}`, `\\vqty{x}`."""

    def handler(r: Reader, name: str, start: int) -> None:
        inside = _inside(r, start, name)
        r.put(opens, "l" if opens == "|" else opens, start)
        r.splice(*inside, None)
        r.put(closes, "r" if closes == "|" else closes, start)

    return handler


def _evaluated(r: Reader, name: str, start: int) -> None:
    """`\\eval{x^2}_0^1` as `\\left. x^2 \\right|_0^1`; without an argument it is the bar."""
    if _group_follows(r):
        r.put("left.", "", start)
        r.splice(*_inside(r, start, name), None)
    r.put("|", "r", start)


def _matrix(r: Reader, name: str, start: int) -> None:
    r.blanks()
    opener = r.source[r.at : r.at + 1]
    if opener == "{":
        inside, base = _inside(r, start, name)
        environment = _OF_NAME[name[0]]
    else:
        environment = _ENVIRONMENT.get(opener, "matrix")
        inside, base = _delimited(r, name, opener, start)
    r.put("begin", environment, start)
    r.splice(inside, base, None)
    r.put("end_env", environment, start)


def _delimited(r: Reader, name: str, opener: str, start: int) -> tuple[str, int]:
    """What stands up to the bracket that closes the one that stands here."""
    closer = _CLOSING.get(opener)
    depth, base = 1, r.at + 1
    for at in range(base, len(r.source)):
        letter = r.source[at]
        depth += (letter == opener != closer) - (letter == closer)
        if closer is not None and depth == 0:
            r.at = at + 1
            return r.source[base:at], base
    raise Problem(r.place(start), "missing-argument", f"`\\{name}` has no argument", "write it in brackets")


def _signs(*signs: tuple[str, str]) -> Handler:
    def handler(r: Reader, name: str, start: int) -> None:
        for sign in signs:
            r.put(*sign, start)

    return handler


def _cross(r: Reader, name: str, start: int) -> None:
    """`\\vec a \\cross \\vec b`: a sign between two operands, else a function."""
    between = bool(r.out.tokens) and r.out.tokens[-1].kind in _OPERAND
    r.put(*(("times", "×") if between else ("fn", "cross")), start)


_NABLA = ("nabla", "nabla")
PHYSICS: dict[str, Handler] = {
    **dict.fromkeys(["dv", "odv", "derivative", "pdv", "pderivative", "partialderivative"], _derivative),
    **dict.fromkeys(["dd", "differential"], _differential),
    **dict.fromkeys(["qty", "quantity"], _sized),
    "pqty": _bracketed("(", ")"),
    "bqty": _bracketed("[", "]"),
    "vqty": _bracketed("|", "|"),
    "Bqty": _bracketed("lset", "rset"),
    **dict.fromkeys(["eval", "evaluated"], _evaluated),
    **dict.fromkeys(["mqty", "pmqty", "bmqty", "vmqty", "smqty", "dmqty"], _matrix),
    "laplacian": _signs(_NABLA, ("^", "^"), ("num", "2")),
    "curl": _signs(_NABLA, ("times", "×")),
    "divergence": _signs(_NABLA, ("cdot", "·")),
    "vdot": _signs(("cdot", "·")),
    "dotproduct": _signs(("cdot", "·")),
    "crossproduct": _signs(("times", "×")),
    "cross": _cross,
}
