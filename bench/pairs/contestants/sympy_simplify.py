"""SymPy: `simplify(a - b) == 0`, the LaTeX read by the reader that math-verify uses."""

from __future__ import annotations

from typing import Any

from latex2sympy2_extended import latex2sympy
from serving import serve
from sympy import Expr, simplify


def judge(pair: dict[str, Any]) -> str:
    a, b = latex2sympy(pair["student"]), latex2sympy(pair["reference"])
    if a == b:
        return "equal"
    if not isinstance(a, Expr) or not isinstance(b, Expr):
        return "unknown"
    return "equal" if simplify((a - b).doit()) == 0 else "different"


if __name__ == "__main__":
    serve(judge)
