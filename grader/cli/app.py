"""Puts the commands together."""

from __future__ import annotations

from typing import Annotated

import typer

from grader import __version__
from grader.cli import (
    check,
    compare,
    explain,
    export,
    grade,
    override,
    overrides,
    problems,
    review,
    show,
    trend,
    working,
)
from grader.cli.options import examples

app = typer.Typer(
    name="grader",
    help="Grades written mathematics: reads a whole solution, checks every line, awards marks with evidence.",
    epilog=examples("grader grade submissions/homework3 --out results", 'grader compare "2(x + 1)" "2x + 2"'),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

# Answers may begin with a minus: `grader compare "-x" "x - 2x"`.
DASHES = {"ignore_unknown_options": True}

app.command("grade", short_help="Grade a folder of submissions.", epilog=grade.EXAMPLE)(grade.grade)
app.command("compare", short_help="Are two answers equal?", epilog=compare.EXAMPLE, context_settings=DASHES)(
    compare.compare
)
app.command("working", short_help="Check a derivation line by line.", epilog=working.EXAMPLE)(working.working)

app.command("check", short_help="Check your own work before you hand it in.", epilog=check.EXAMPLE)(
    check.check
)
app.command("show", short_help="Show what was found.", epilog=show.EXAMPLE)(show.show)
app.command("explain", short_help="Justify the marks of one answer.", epilog=explain.EXAMPLE)(explain.explain)
app.command("override", short_help="Change a mark by a person's word.", epilog=override.EXAMPLE)(
    override.override
)
app.command("review", short_help="Look at answers and change marks on a page.", epilog=review.EXAMPLE)(
    review.review
)
app.command("export", short_help="Write gradebook and CI formats.", epilog=export.EXAMPLE)(export.export)

app.command("trend", short_help="The homeworks of a course on one page.", epilog=trend.EXAMPLE)(trend.trend)

app.add_typer(overrides.app, name="overrides", short_help="Overrides as a YAML file, and from one.")
app.add_typer(problems.app, name="problems", short_help="Write homework specs, and try them.")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"grader {__version__}")
        raise typer.Exit()


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """What stands before the verb."""
