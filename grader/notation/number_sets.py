"""Parts of the sets of numbers: `\\mathbb R^+`, `\\mathbb{R}_{>0}`, `\\mathbb{Z}_{\\ge 0}`."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.notation.errors import Problem
from grader.notation.parser import Parser

_PARTS = {"+": ">", "-": "<", ">0": ">", "<0": "<", ">=0": ">=", "<=0": "<=", "*": "!=", "star": "!="}
_OPENS = {">": ("(", ")"), ">=": ("[", ")"), "<": ("(", ")"), "<=": ("(", "]")}


def part_of_numbers(p: Parser, whole: Expr) -> Expr | None:
    """The part of a set of numbers that the script behind it names; None if it names none."""
    if whole.kind != "set" or whole.value in ("emptyset", "complexes") or p.tok.kind not in ("^", "_"):
        return None
    stop = p.group_end(p.pos + 1)
    spelled = "".join(t.text or t.kind for t in p.toks[p.pos + 1 : stop] if t.kind not in ("{", "}"))
    sign = _PARTS.get(spelled)
    if p.tok.kind == "_" and spelled in ("+", "-"):
        hint = "write `\\mathbb{R}_{>0}` or `\\mathbb{R}_{\\ge 0}`"
        raise Problem(p.tok.start, "unsupported", "it is not clear whether this set has 0", hint)
    if sign is None or (p.tok.kind == "_" and spelled in ("*", "star")):
        return None
    p.seek(stop)
    if sign == "!=":
        return node("difference", (whole, build.finite_set(build.ZERO)), None, "set")
    half = _half(sign)
    return half if whole.value == "reals" else node("intersection", (whole, half), None, "set")


def _half(sign: str) -> Expr:
    ends = (build.ZERO, build.INFINITY) if sign[0] == ">" else (build.neg(build.INFINITY), build.ZERO)
    return build.interval(*ends, *_OPENS[sign])
