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
BELOW = 1


class Format(StrEnum):
    """How a check is told."""

    table = "table"
    json = "json"
    github = "github"
    markdown = "markdown"


def check(
    path: Annotated[Path, typer.Argument(metavar="[PATH]", help="Your repository, or one file.")] = Path(),
    problems: Problems = None,
    min_score: Annotated[
        str | None, typer.Option(metavar="X", help="What is enough: points (11), or a share (80%).")
    ] = None,
    shape: Annotated[Format, typer.Option("--format", metavar="NAME", help=", ".join(Format))] = Format.table,
) -> None:
    """Grades your own work before you hand it in: what is right, and where to look. No answers are told."""
    from grader.running.checking import check_path, points_needed
    from grader.spec import find_homework

    homework = _load(find_homework(problems, path))
    try:
        needed = points_needed(min_score, homework)
    except ValueError as bad:
        raise wrong_usage(str(bad)) from None
    found = check_path(path, homework, needed)
    _print(found, shape)
    _append_summary(found)
    if not found.passed:
        raise typer.Exit(BELOW)
