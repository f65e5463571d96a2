"""math-verify: `verify(parse(reference), parse(student))`, with its own limits on time."""

from __future__ import annotations

from typing import Any

from math_verify import parse, verify
from serving import serve


def judge(pair: dict[str, Any]) -> str:
    gold, answer = (parse(f"${pair[side]}$") for side in ("reference", "student"))
    if not gold or not answer:
        return "unknown"
    return "equal" if verify(gold, answer) else "different"


if __name__ == "__main__":
    serve(judge)
