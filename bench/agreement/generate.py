"""Writes a labelled set of submissions.

    python -m bench.agreement.generate OUT --count 320 --seed 1

OUT/<id>/<file> for each submission, and OUT/labels.jsonl, one line a submission. In a label `first_error` is
`{"file", "line"}` (in a notebook also `cell`), null, or "unspecified"; `text` is the answer as handed in.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.agreement.compose import Composer
from bench.agreement.files import Places, lay_out
from bench.agreement.records import UNSPECIFIED, Submission, Tag

Record = dict[str, Any]


def generate(out: Path, count: int, seed: int) -> list[Record]:
    """Writes the files and labels.jsonl below `out`, and returns the labels."""
    records = []
    for submission, texts, places in submissions(count, seed):
        folder = out / submission.id
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        records.append(_record(submission, texts, places))
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    (out / "labels.jsonl").write_text(lines, encoding="utf-8")
    return records


def submissions(count: int, seed: int) -> Iterator[tuple[Submission, dict[str, str], Places]]:
    """Each submission with its files' texts, and the places of its tagged lines."""
    composer = Composer(seed)
    for index in range(count):
        submission = composer.submission(index)
        texts, places = lay_out(submission, random.Random(f"{seed}-{index}"))
        yield submission, texts, places


def _record(submission: Submission, texts: dict[str, str], places: Places) -> Record:
    questions = {}
    for question, label in submission.labels.items():
        error = label["first_error"]
        where = places[Tag(question, error)] if isinstance(error, int) else error
        remarks = [*label["remarks"]]
        text = _excerpt(question, texts, places)
        questions[question] = {**label, "first_error": where, "remarks": remarks, "text": text}
    return {
        "submission": submission.id,
        "kind": submission.style.kind,
        "notation": submission.style.notation,
        "arrangements": list(submission.arrangements),
        "style": asdict(submission.style),
        "files": sorted(texts),
        "questions": questions,
    }


def _excerpt(question: str, texts: dict[str, str], places: Places) -> list[str]:
    """The lines that belong to a question, as `file:line: text`."""
    found = []
    ours = sorted(
        (p["file"], p.get("cell", 0), p["line"]) for tag, p in places.items() if tag.question == question
    )
    for file in sorted(texts):
        spans = [(cell, line) for name, cell, line in ours if name == file]
        for cell in sorted({cell for cell, _ in spans}):
            lines = [line for at, line in spans if at == cell]
            source = _lines(texts[file], cell, file)
            numbers = range(min(lines), min(max(lines) + 1, len(source)) + 1)
            found += [f"{file}:{n}: {text}" for n in numbers if (text := source[n - 1].rstrip("\n"))]
    return found


def _lines(text: str, cell: int, file: str) -> list[str]:
    if file.endswith(".ipynb"):
        return list(json.loads(text)["cells"][cell]["source"])
    return text.split("\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=320)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    records = generate(options.out, options.count, options.seed)
    marks = [mark for r in records for q in r["questions"].values() for mark in q["marks"]]
    open_marks = sum(mark == UNSPECIFIED for mark in marks)
    print(f"{len(records)} submissions, {len(marks)} marks, {open_marks} of them unspecified")


if __name__ == "__main__":
    main()
