"""Options that several commands share."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class SyntaxName(StrEnum):
    """How a formula is written."""

    latex = "latex"
    text = "text"
    auto = "auto"


Problems = Annotated[
    Path | None,
    typer.Option("--problems", metavar="DIR", help="Folder with homework.yaml, or of such folders."),
]
Symbols = Annotated[
    Path | None,
    typer.Option("--symbols", metavar="FILE.yaml", help="Declared symbols: `x: {kind: scalar}`, one a key."),
]
Jobs = Annotated[int, typer.Option("--jobs", metavar="N", min=0, help="Processes; 0: as many as pay off.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

WORTH_A_PROCESS = 8  # items; starting a process costs about as much as grading so many


def processes(jobs: int, items: int) -> int:
    """How many processes to use: `jobs`, or for 0 as many as pay off on this machine."""
    return jobs or max(1, min(os.cpu_count() or 1, items // WORTH_A_PROCESS))


def examples(*lines: str) -> str:
    """What stands below a command's help: the lines as they would be typed."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def wrong_usage(message: str) -> typer.BadParameter:
    """What to raise for wrong usage: printed with the command's usage, exit code 2."""
    return typer.BadParameter(message)
