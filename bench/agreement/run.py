"""Grades a generated set and prints how well the grader agrees with an examiner.

python -m bench.agreement.run --count 320 --seed 1 --failures 20
python -m bench.agreement.run --question q3 --kind ascii --failures 50      # only these
python -m bench.agreement.run --variant q2-cosh --failures 5
python -m bench.agreement.run --problem "false alarm" --failures 40
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import grader
from bench.agreement.generate import generate
from bench.agreement.measure import PROBLEMS, Outcome, compare, plain
from bench.agreement.records import QUESTIONS
from bench.agreement.report import failures, summary

PROBLEM_FILES = Path(__file__).parents[2] / "problems" / "homework3"


@cache
def _homework() -> Any:
    return grader.load_homework(PROBLEM_FILES)


def grade_one(folder: Path) -> dict[str, Any]:
    """What the grader says of one submission, by question; `crash` holds the traceback of one that failed."""
    try:
        result = grader.grade(folder, _homework())
        return {question.id: plain(question) for question in result.questions}
    except Exception:
        return {"crash": traceback.format_exc()}


def outcomes(records: list[dict[str, Any]], root: Path, jobs: int) -> tuple[list[Outcome], dict[str, str]]:
    """The compared answers, and the tracebacks by submission."""
    folders = [root / record["submission"] for record in records]
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            graded = list(pool.map(grade_one, folders, chunksize=8))
    else:
        graded = [grade_one(folder) for folder in folders]
    found: list[Outcome] = []
    crashes: dict[str, str] = {}
    for record, got in zip(records, graded, strict=True):
        if "crash" in got:
            crashes[record["submission"]] = got["crash"]
            continue
        found += [compare(record, question, got[question]) for question in QUESTIONS]
    return found, crashes


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=320)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--failures", type=int, default=0, help="how many disagreements to print in full")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="write the submissions here and leave them")
    parser.add_argument("--json", type=Path, help="write every disagreement here, one object a line")
    parser.add_argument("--problem", choices=PROBLEMS, help="list only these disagreements")
    for name in ("kind", "notation", "question", "variant"):
        parser.add_argument(f"--{name}", help=f"only this {name}")
    return parser.parse_args()


def _wanted(outcome: Outcome, options: argparse.Namespace) -> bool:
    names = ("kind", "notation", "question", "variant")
    return all(getattr(options, name) in (None, getattr(outcome, name)) for name in names)


def _run(root: Path, options: argparse.Namespace) -> None:
    records = generate(root, options.count, options.seed)
    began = time.perf_counter()
    found, crashes = outcomes(records, root, options.jobs)
    took = time.perf_counter() - began
    found = [outcome for outcome in found if _wanted(outcome, options)]
    texts = {(r["submission"], q): r["questions"][q]["text"] for r in records for q in QUESTIONS}
    print(summary(found, len(records), crashes, took))
    print(failures(found, texts, crashes, options.failures, options.problem))
    if options.json:
        lines = (
            json.dumps(
                {"submission": o.submission, "question": o.question, "variant": o.variant, **o.problems}
            )
            for o in found
            if o.problems
        )
        options.json.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    options = _options()
    if options.keep:
        _run(options.keep, options)
        return
    with tempfile.TemporaryDirectory() as folder:
        _run(Path(folder), options)


if __name__ == "__main__":
    main()
