"""How many formulas of a file are read as their labels say, less the labels that audit.yaml rejects.

    python -m bench.reading.run FILE.jsonl

Each line has `id`, `latex` and `expected`: SymPy's `srepr`, or `ERROR` where a reader must refuse. A formula
is read as its label says when both trees are equal by the project's own ladder, the domain left aside.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import mpmath
import yaml

from bench.pairs.evaluate import NotEvaluated, NoValue, value_of
from bench.reading.labels import NoLabel, tree_of
from grader.answers.alike import alike
from grader.equivalence import Assumptions, decide
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.expressions.symbols import SymbolTable
from grader.notation import read
from grader.notation.latex import to_latex
from grader.records import Equality

AUDIT = Path(__file__).parent / "audit.yaml"


def main() -> None:
    """Prints every formula that is not read as labelled and not rejected, and the figure."""
    rejected = _rejected()
    counts: Counter[str] = Counter()
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        outcome, seen = judged(row["latex"], row["expected"])
        if outcome != "as labelled" and row["id"] in rejected:
            outcome = "rejected"
        elif outcome == "as labelled" and row["id"] in rejected:
            print(f"{row['id']}: rejected, though it is read as labelled")
        elif outcome != "as labelled":
            print(f"{row['id']}: {outcome}: {row['latex']}\n    {row['expected'][:150]}\n    {seen[:150]}")
        counts[outcome] += 1
    judged_rows = sum(counts.values()) - counts["rejected"]
    print(", ".join(f"{n} {kind}" for kind, n in counts.most_common()))
    print(f"{counts['as labelled'] / judged_rows:.1%} of what is mathematics")


def judged(latex: str, label: str) -> tuple[str, str]:
    """`as labelled`, `refused`, `read` (though it must not be), `other` or `unknown`; and what was read."""
    reading = read(latex, SymbolTable(), "latex")
    tree = reading.tree
    seen = to_latex(tree) if tree is not None else "; ".join(e.message for e in reading.errors)
    refused = tree is None or bool(reading.errors)
    if label == "ERROR":
        return ("as labelled" if refused else "read"), seen
    if refused or tree is None:
        return "refused", seen
    try:
        wanted = tree_of(label)
    except NoLabel as bad:
        return "no label", f"{seen} ({bad})"
    return _compared(tree, wanted), seen


def _compared(found: Expr, wanted: Expr) -> str:
    left, right = alike(found, wanted)
    if left is right:
        return "as labelled"
    if not free_symbols(left) and not free_symbols(right) and _near(left, right):
        return "as labelled"
    verdict = decide(left, right, Assumptions(ignore_domain=True)).verdict
    return {Equality.EQUAL: "as labelled", Equality.DIFFERENT: "other"}.get(verdict, "unknown")


def _near(left: Expr, right: Expr) -> bool:
    """Whether two numbers agree in the 12 figures that a float of a label is good for."""
    try:
        with mpmath.workdps(40):
            a, b = (value_of(t, {}, SymbolTable()) for t in (left, right))
            return bool(abs(a - b) <= abs(b) * mpmath.mpf("1e-12"))
    except (NotEvaluated, NoValue, TypeError):
        return False


def _rejected() -> frozenset[str]:
    if not AUDIT.exists():
        return frozenset()
    found = yaml.safe_load(AUDIT.read_text(encoding="utf-8"))
    return frozenset(row["id"] for row in found["rejected"])


if __name__ == "__main__":
    main()
