"""`grader check`: grades one repository or file for its author."""

from __future__ import annotations

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import Problems, examples, wrong_usage

if TYPE_CHECKING:
    from grader.running.checking import Check
    from grader.spec.model import Homework

EXAMPLE = examples(
    "grader check",
    "grader check homework3.md --problems problems --min-score 80%",
    "grader check --min-score 11 --format json",
)
BELOW, USAGE, FAULT = 1, 2, 3


class Format(StrEnum):
    """How a check is told."""

    table = "table"
    json = "json"
    github = "github"
    markdown = "markdown"


def check(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="Your repository, or one file.")] = Path(),
    problems: Problems = None,
    min_score: Annotated[
        str | None, typer.Option(metavar="X", help="What is enough: points (11), or a share (80%).")
    ] = None,
    shape: Annotated[Format, typer.Option("--format", metavar="NAME", help=", ".join(Format))] = Format.table,
) -> None:
    """Grades your own work before you hand it in: what is right, and where to look. No answers are told."""
    from grader.running.checking import find_for, points_needed

    homework = _load(find_for(problems, path))
    try:
        needed = points_needed(min_score, homework)
    except ValueError as bad:
        raise wrong_usage(str(bad)) from None
    found = _graded(path, homework, needed)
    _print(found, shape)
    _append_summary(found)
    if not found.passed:
        raise typer.Exit(BELOW)


def _load(folder: Path) -> Homework:
    """The homework; what is wrong with a spec is the instructor's business, and would tell of the answers."""
    from grader.errors import SpecError
    from grader.spec import load_homework

    try:
        return load_homework(folder)
    except SpecError as bad:
        faults = ", ".join(f"{fault.file}:{fault.line}" for fault in bad.faults[:5])
        typer.echo(f"grader: the homework's spec cannot be used ({faults})", err=True)
        typer.echo("grader: its author sees why with `grader problems test`", err=True)
        raise typer.Exit(USAGE) from None


def _graded(path: Path, homework: Homework, needed: float) -> Check:
    """The check; a fault of the program is told without the traceback, which might tell of the answers."""
    from grader.errors import SubmissionError
    from grader.running.checking import check_path

    try:
        return check_path(path, homework, needed)
    except (SubmissionError, OSError):
        raise
    except Exception as bad:
        said = f"a fault of the program itself ({type(bad).__name__}); please tell your instructor"
        typer.echo(f"grader: {said}", err=True)
        raise typer.Exit(FAULT) from None


def _print(found: Check, shape: Format) -> None:
    """Prints the check; in GitHub's CI the annotations as well, beside what a program might read."""
    from grader.exports.github import summary, workflow_commands
    from grader.reports.terminal.check import verdict

    last = verdict(found.result, found.needed, found.passed)
    commands = "\n".join(workflow_commands(found.notices))
    if shape is Format.json:
        typer.echo(json.dumps(_object(found), ensure_ascii=False))
    elif shape is Format.markdown:
        from grader.printable import quiet

        typer.echo(quiet(summary(found.result, found.notices, found.titles, found.needed)), nl=False)
    elif shape is Format.github:
        typer.echo("\n".join(filter(None, [commands, last])))
    else:
        from grader.reports.terminal.check import show_check

        show_check(found.result, found.notices, found.titles)
        typer.echo(last)
    if _is_on_github() and commands and shape is not Format.github:
        typer.echo(commands, err=shape is not Format.table)


def _object(found: Check) -> dict[str, object]:
    from grader.exports.files import plain
    from grader.exports.results_jsonl import to_json

    more = {"needed": plain(found.needed), "passed": found.passed, "files": list(found.files)}
    return {**to_json(found.result), **more}


def _is_on_github() -> bool:
    return os.environ.get("GITHUB_ACTIONS") == "true"


def _append_summary(found: Check) -> None:
    """Adds to the step's summary; that it cannot be written is said, and is no failure of the work."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path or not _is_on_github():
        return
    from grader.exports.github import summary

    text = summary(found.result, found.notices, found.titles, found.needed)
    try:
        with open(path, "a", encoding="utf-8", errors="replace") as stream:
            stream.write(text)
    except OSError as bad:
        typer.echo(f"grader: the step summary cannot be written: {bad.strerror}", err=True)
