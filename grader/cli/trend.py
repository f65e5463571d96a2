"""`grader trend`: the homeworks of a course on one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import examples

EXAMPLE = examples(
    "grader trend results/hw1 results/hw2 results/hw3 --out course.html",
    "grader trend results/hw1 results/hw2 --roster roster.csv",
)


def trend(
    outs: Annotated[
        list[Path], typer.Argument(metavar="OUT...", help="What `grader grade` has written, in order.")
    ],
    out: Annotated[Path, typer.Option(metavar="FILE.html", help="Where the page goes.")] = Path("trend.html"),
    roster: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Who is who: submission, id, name, email, section."),
    ] = None,
) -> None:
    """How a class does from homework to homework: averages, students, and what keeps coming back."""
    from grader.printable import one_line
    from grader.running.trend import write_trend

    written = write_trend(outs, out, roster)
    for note in written.notes:
        typer.echo(f"note: {one_line(note)}", err=True)
    for path in written.paths:
        typer.echo(path)
