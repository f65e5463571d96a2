"""What people have changed in OUT as YAML: to be looked at, kept, or brought to another OUT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from grader.errors import SubmissionError
from grader.exports.files import plain, write_atomically
from grader.marking.overrides import Change
from grader.running.changes import are_kept, opened
from grader.running.overriding import Difference, FindHomework, Word, changes_of, rewritten
from grader.running.people_yaml import read_yaml
from grader.running.results import find_submission, load_results

_KEYS = {"submission": str, "question": str, "marks": dict, "who": str, "when": str, "why": str}
_MORE = {"equal_answers": bool, "answer": str}


@dataclass(frozen=True, slots=True)
class Imported:
    """How many overrides were taken over, how many stood already, and what became different."""

    taken: int
    standing: int
    differences: tuple[Difference, ...]


def export_overrides(out: Path, file: Path) -> int:
    """Writes every override that counts to a YAML file; how many there are.

    Raises SubmissionError where OUT holds no results.
    """
    homework = load_results(out)[0].homework
    entries: list[dict[str, Any]] = []
    if are_kept(out):
        with opened(out, homework) as changes:
            entries = [_entry(list(said)) for _, said in groupby(changes.standing(), lambda c: c.command)]
    text = yaml.safe_dump(
        {"homework": homework, "overrides": entries}, allow_unicode=True, sort_keys=False, width=110
    )
    write_atomically(file, text)
    return len(entries)


def _entry(said: Sequence[Change]) -> dict[str, Any]:
    first = said[0]
    entry: dict[str, Any] = {
        "submission": first.submission,
        "question": first.question,
        "marks": {change.mark: plain(change.points) for change in said},
        "who": first.who,
        "when": first.when,
        "why": first.why,
    }
    if first.equal:
        entry["equal_answers"] = True
    return {**entry, "answer": first.answer}


def import_overrides(out: Path, file: Path, find: FindHomework) -> Imported:
    """Takes over the overrides of a YAML file, all or none; those that stand already are left as they are.

    Raises SubmissionError for a file that is no such list, another homework, and what OUT does not have.
    """
    results = load_results(out)
    homework = results[0].homework
    entries = list(_read(file, homework))
    taken = 0
    with opened(out, homework) as changes:
        standing = {_identity(change) for change in changes.standing()}
        for number, entry in enumerate(entries, 1):
            made = _made(
                entry, number, file, find_submission(results, entry["submission"]).submission, results
            )
            new = [change for change in made if _identity(change) not in standing]
            if new:
                changes.add(new)
                taken += 1
        return Imported(taken, len(entries) - taken, rewritten(results, out, changes, find))


def _made(
    entry: Mapping[str, Any], number: int, file: Path, submission: str, results: Sequence[Any]
) -> list[Change]:
    word = Word(
        {str(k): float(v) for k, v in entry["marks"].items()}, entry["why"], entry["who"], entry["when"],
        bool(entry.get("equal_answers")),
    )  # fmt: skip
    try:
        made = changes_of(find_submission(results, submission), entry["question"], word)
    except SubmissionError as bad:
        raise SubmissionError(f"{file}: override {number}: {bad}") from bad
    return [replace(change, answer=entry.get("answer", change.answer)) for change in made]


def _identity(change: Change) -> tuple[object, ...]:
    return (
        change.submission, change.question, change.mark, change.points, change.who, change.when, change.why,
        change.equal,
    )  # fmt: skip


def _read(file: Path, homework: str) -> Iterator[dict[str, Any]]:
    """The entries of a file, each with every key that is needed."""
    data = read_yaml(file)
    entries = data.get("overrides") if isinstance(data, dict) else None
    if not isinstance(entries, list):
        raise SubmissionError(
            f"{file}: there is no list `overrides:`", "`grader overrides export` writes one"
        )
    if data.get("homework") != homework:
        raise SubmissionError(f"{file}: it is of {data.get('homework')}, and OUT is of {homework}")
    for number, entry in enumerate(entries, 1):
        fault = _fault(entry)
        if fault:
            raise SubmissionError(f"{file}: override {number}: {fault}")
        yield {key: str(value) if key == "when" else value for key, value in entry.items()}


def _fault(entry: object) -> str:
    """What is wrong with an entry; empty where nothing is."""
    if not isinstance(entry, dict):
        return "it is no mapping"
    for key, kind in _KEYS.items():
        if key not in entry:
            return f"`{key}` is missing"
        if key != "when" and not isinstance(entry[key], kind):
            return f"`{key}` is no {_NAMES[kind]}"
    unknown = sorted(map(str, entry.keys() - _KEYS.keys() - _MORE.keys()))
    if unknown:
        return f"unknown key `{unknown[0]}`"
    if not entry["marks"] or not all(_is_number(v) for v in entry["marks"].values()):
        return "`marks` gives points by mark, such as {A2: 1}"
    return "" if entry["why"].strip() and entry["who"].strip() else "`who` and `why` need some words"


_NAMES = {str: "text", dict: "mapping"}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
