"""What all contestants share: pairs in, verdicts out, one JSON object a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any


def serve(judge: Callable[[dict[str, Any]], str]) -> None:
    """Answers until standard input ends; what a judge raises is `unknown`."""
    answers = sys.stdout
    sys.stdout = sys.stderr  # what a library prints must not come between the answers
    answers.write("ready\n")
    answers.flush()
    for line in sys.stdin:
        pair = json.loads(line)
        start = perf_counter()
        try:
            verdict = judge(pair)
        except Exception:
            verdict = "unknown"
        answers.write(json.dumps({"verdict": verdict, "seconds": perf_counter() - start}) + "\n")
        answers.flush()
