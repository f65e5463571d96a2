"""Kernels in plain text, for evidence: `exp(x)`, `sqrt(x^2 + 1)`, `|x - 1|`, `f'(x)`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

from grader.equivalence.field import Kernel

_GENERATOR = re.compile(r"\bk(\d+)\b")
_FUNCTION = re.compile(r"symbol\('([^']*)'\)")
_DERIVED = re.compile(r"derived\((\d+), ([^()]*)\)")
_INVERSE = re.compile(r"inverse\(([^()]*)\)")
_LOGARITHM = re.compile(r"ln\(([^()]*)\)")
_MAX_TEXT = 60
_WHOLE = {
    "sum": "a sum", "product": "a product", "integral": "an integral", "limit": "a limit", "cases": "cases",
}  # fmt: skip
_BARE = ("pi", "i")


def kernel_names(kernels: Mapping[int, Kernel]) -> tuple[str, ...]:
    """The kernels that are no plain symbols, each as a person would write it."""
    found = [_text(slot, kernels) for slot in sorted(kernels) if kernels[slot].sort != "symbol"]
    return tuple(
        dict.fromkeys(text if len(text) <= _MAX_TEXT else text[:_MAX_TEXT] + "..." for text in found)
    )


def _text(slot: int, kernels: Mapping[int, Kernel], nesting: int = 0) -> str:
    kernel = kernels[slot]
    sort, _, key = kernel.key.partition(":")
    if kernel.sort == "symbol":
        return key.partition("/")[0]
    if kernel.sort in _BARE:
        return kernel.sort
    if nesting > 4:
        return "..."
    inside = _GENERATOR.sub(lambda m: _part(int(m[1]), kernels, nesting), key)
    return _written(sort, kernel, _readable(inside))


def _part(slot: int, kernels: Mapping[int, Kernel], nesting: int) -> str:
    return _text(slot, kernels, nesting + 1) if slot in kernels else f"k{slot}"


def _readable(inside: str) -> str:
    """Functions by name, and a fraction for a key `top|bottom`."""
    inside = _FUNCTION.sub(r"\1", inside)
    inside = _DERIVED.sub(lambda m: m[2] + "'" * int(m[1]), inside)
    inside = _INVERSE.sub(r"\1^-1", inside)
    top, bar, bottom = inside.rpartition("|")
    if not bar or top.count("(") != top.count(")"):
        return inside
    if bottom == "1":
        return top
    return f"({top})/({bottom})"


def _exponential(inside: str, unit: Fraction) -> str:
    """exp(u m); a root where m is one logarithm."""
    logarithm = _LOGARITHM.fullmatch(inside)
    if logarithm is None or unit == 1:
        return f"exp({inside})" if unit == 1 else f"exp({unit}*({inside}))"
    return f"sqrt({logarithm[1]})" if unit == Fraction(1, 2) else f"({logarithm[1]})^({unit})"


def _written(sort: str, kernel: Kernel, inside: str) -> str:
    if kernel.sort in ("root", "oddroot"):
        return f"sqrt({inside})" if kernel.order == 2 else f"({inside})^(1/{kernel.order})"
    if kernel.sort == "exp":
        return _exponential(inside, kernel.data[1] if kernel.data else Fraction(1))
    if kernel.sort in _WHOLE:
        return _WHOLE[kernel.sort]
    if kernel.sort in ("abs", "cabs"):
        return f"|{inside}|"
    if kernel.sort in ("ln", "flog", "cln"):
        return f"ln({inside})"
    if kernel.sort == "norm":
        return f"|{inside}|"
    if kernel.sort == "dot":
        return inside.replace("*", " . ")
    if kernel.sort in ("apply", "index"):
        return inside.partition(":")[2] if inside.startswith(("apply:", "partial")) else inside
    return f"{sort}({inside})"
