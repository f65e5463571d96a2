"""SymPy: `a.equals(b)`, the LaTeX read by the reader that math-verify uses."""

from __future__ import annotations

from typing import Any

from latex2sympy2_extended import latex2sympy
from serving import serve
from sympy import Expr


def judge(pair: dict[str, Any]) -> str:
    a, b = latex2sympy(pair["student"]), latex2sympy(pair["reference"])
    if not isinstance(a, Expr) or not isinstance(b, Expr):
        return "equal" if a == b else "unknown"
    return {True: "equal", False: "different", None: "unknown"}[a.doit().equals(b.doit())]


if __name__ == "__main__":
    serve(judge)
