"""A file of foreign labels against this project's verdicts, less the labels that audit.yaml rejects.

    python -m bench.pairs.expressions FILE.jsonl

Each line has `id`, `student`, `reference`, `syntax`, `equal` and `params`. What a test suite declares of its
symbols is passed on; its tolerances are not, since an answer is equal or it is not.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

import grader
from grader.errors import SpecError

AUDIT = Path(__file__).parent / "audit.yaml"
_CLASSES = {
    "RealMatrices": "matrix",
    "RealVectors": "vector",
    "ComplexRectangle": "complex",
    "ComplexSector": "complex",
}


def main() -> None:
    """Prints how many labels are met, rejected and not met, and those that are not met."""
    rejected = _rejected()
    counts: Counter[str] = Counter()
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        verdict = _verdict(row)
        met = verdict == ("equal" if row["equal"] else "different")
        kind = "met" if met else ("rejected" if row["id"] in rejected else f"not met: {verdict}")
        counts[kind] += 1
        if kind.startswith("not met"):
            print(
                f"{row['id']}: {row['student'][:80]!r} | {row['reference'][:80]!r}:"
                f" {verdict}, label {row['equal']}"
            )
        if met and row["id"] in rejected:
            print(f"{row['id']}: rejected, though it is met")
    print(", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())))


def _rejected() -> frozenset[str]:
    found = yaml.safe_load(AUDIT.read_text(encoding="utf-8"))
    return frozenset(row["id"] for row in found["rejected"])


def _verdict(row: dict[str, Any]) -> str:
    try:
        verdict = grader.compare(
            row["student"], row["reference"], syntax=row["syntax"], symbols=_symbols(row)
        )
    except SpecError:
        verdict = grader.compare(row["student"], row["reference"], syntax=row["syntax"])
    return verdict.verdict.value


def _symbols(row: dict[str, Any]) -> dict[str, Any] | None:
    """What a grader of mitx-grading-library declares: kinds, and names of functions and variables."""
    params = row.get("params", {})
    sampled = params.get("sample_from", {})
    found: dict[str, Any] = {}
    for name in params.get("variables", []):
        chosen = sampled.get(name, {})
        kind = _CLASSES.get(chosen.get("class", ""), "scalar") if isinstance(chosen, dict) else "scalar"
        found[name] = {"kind": kind}
    for name in params.get("user_functions", {}):
        found[name] = {"kind": "function"}
    return found or None


if __name__ == "__main__":
    main()
