"""`grader export`: gradebook and CI formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import examples

EXAMPLE = examples(
    "grader export results --to csv --roster roster.csv --dates dates.yaml",
    'grader export results --to canvas --template gradebook.csv --column "Homework 3"',
    "grader export results --to moodle --template worksheet.csv",
)
NAMES = (
    "csv, json, gradescope, canvas, moodle, nbgrader, junit, classroom, feedback, moodle-feedback, "
    "canvas-feedback"
)
MOST_PATHS = 5


def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="What `grader grade` has written.")],
    to: Annotated[str, typer.Option("--to", metavar="NAME", help=f"One of {NAMES}.")],
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The platform's own file, to be filled.")
    ] = None,
    column: Annotated[
        str, typer.Option(metavar="TITLE", help="The assignment's title or number in Canvas.")
    ] = "",
    scale: Annotated[
        bool, typer.Option("--scale", help="Scale the points to the platform's maximum.")
    ] = False,
    roster: Annotated[
        Path | None,
        typer.Option(metavar="FILE.csv", help="Who is who: submission, id, name, email, section."),
    ] = None,
    dates: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.yaml",
            help="Late days: due, grace (minutes), free_days, penalty (a day: points or 10%), most, "
            "handed_in, extensions.",
        ),
    ] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Nobody's name, in a mixed order.")] = False,
    into: Annotated[
        Path | None, typer.Option("--into", metavar="DIR", help="Where to write; OUT/export if not given.")
    ] = None,
) -> None:
    """Writes the marks in the format of a gradebook, a learning platform or a CI system."""
    from grader.printable import one_line
    from grader.running.exporting import Wish, export

    written = export(out, to, Wish(template, column, scale, roster, dates, anonymous, into))
    for note in written.notes:
        typer.echo(f"note: {one_line(note)}", err=True)
    for path in written.paths[:MOST_PATHS]:
        typer.echo(one_line(str(path)))
    if len(written.paths) > MOST_PATHS:
        typer.echo(f"... and {len(written.paths) - MOST_PATHS} more files")
