"""This project."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[3]))

from serving import serve

import grader


def judge(pair: dict[str, Any]) -> str:
    found = grader.compare(
        pair["student"],
        pair["reference"],
        syntax=pair["syntax"],
        symbols=pair["symbols"] or None,
        options=pair["options"] or None,
    )
    return found.verdict.value


if __name__ == "__main__":
    serve(judge)
