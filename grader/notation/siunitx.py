"""The commands of the package siunitx: `\\num{1.5e3}`, `\\qty{5}{\\kilo\\metre}`, `\\SI{5}{km}`."""

from __future__ import annotations

import re

from grader.notation.errors import Problem
from grader.notation.latex_reader import Handler, Reader

NUMBER = re.compile(r"\s*([-+]?)\s*([\d\s]*[.,]?[\d\s]*\d|\d[\d\s]*[.,]?)\s*(?:[eEdD]\s*([-+]?\s*\d+))?\s*")
_PREFIXES = {
    "kilo": "k", "centi": "c", "milli": "m", "micro": "u", "nano": "n", "mega": "M", "giga": "G",
    "deci": "d", "hecto": "h",
}  # fmt: skip
_UNITS = {
    "metre": "m", "meter": "m", "gram": "g", "kilogram": "kg", "second": "s", "minute": "min", "hour": "h",
    "newton": "N", "joule": "J", "watt": "W", "volt": "V", "ampere": "A", "kelvin": "K", "hertz": "Hz",
    "pascal": "Pa", "mole": "mol", "litre": "l", "liter": "l", "radian": "rad", "degree": "deg",
    "per": "/", "squared": "^2", "square": "", "cubed": "^3", "percent": "%",
}  # fmt: skip
_RAISED = re.compile(r"\^\d$")  # the power of a last unit
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")


def _number(r: Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name)
    found = NUMBER.fullmatch(inside)
    if found is None:
        hint = "write one number in it, such as `1.5e3`"
        raise Problem(r.place(start), "number", f"`{inside}` in `\\{name}` is not a number", hint)
    sign, digits, power = found.groups()
    text = re.sub(r"\s", "", digits).replace(",", ".")
    if sign == "-":
        r.put("(", "(", start)
        r.put("-", "-", start)
    r.put("num", text + (f"e{re.sub(chr(32), '', power)}" if power else ""), start)
    if sign == "-":
        r.put(")", ")", start)


def _unit(r: Reader, name: str, start: int) -> None:
    inside = r.group(start, "\\" + name)
    spelled = _COMMAND.sub(lambda m: _PREFIXES.get(m[1], _UNITS.get(m[1], "?")), inside)
    unit = re.sub(r"[\s{}~]|\\[,;!]", "", spelled).replace(".", "*")
    if unit in ("%", "deg"):
        r.put(unit, unit, start)
        return
    base, raised, power = unit.rpartition("^") if _RAISED.search(unit) else (unit, "", "")
    r.put("word", base, start)
    if raised:
        r.put("^", "^", start)
        r.put("num", power, start)


def quantity(r: Reader, name: str, start: int) -> None:
    """A number and its unit."""
    r.option()
    _number(r, name, start)
    _unit(r, name, start)


def _angle(r: Reader, name: str, start: int) -> None:
    """`\\ang{45}`; minutes and seconds are refused."""
    _number(r, name, start)
    r.put("deg", "deg", start)


SIUNITX: dict[str, Handler] = {
    "num": _number,
    "ang": _angle,
    "SI": quantity,
    **dict.fromkeys(["si", "unit"], _unit),
}
