"""`grader grade`: grades a folder of submissions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import Jobs, Problems, examples, processes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.records import Result

EXAMPLE = examples(
    "grader grade submissions/homework3",
    "grader grade submissions/homework3 --problems problems --out results --jobs 4 --resume",
)
MOST_FINDINGS = 20


def grade(
    submissions: Annotated[Path, typer.Argument(metavar="SUBMISSIONS", help="A folder, or one file.")],
    problems: Problems = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where results are written.")] = Path("results"),
    jobs: Jobs = 0,
    resume: Annotated[
        bool, typer.Option("--resume/--fresh", help="Keep what OUT already holds, or grade all anew.")
    ] = False,
) -> None:
    """Grades every submission: marks with evidence, feedback, and what a person must look at."""
    from grader.running import grade_folder, submissions_in
    from grader.spec import find_homework, load_homework

    count = len(submissions_in(submissions))  # a path that is wrong is said before a spec that is
    homework = load_homework(find_homework(problems, submissions))
    results = grade_folder(submissions, homework, out, jobs=processes(jobs, count), resume=resume)
    _summary(results)
    _findings(results)
    typer.echo(f"{len(results)} submissions graded; results are in {out}/")


def _summary(results: Sequence[Result]) -> None:
    """The table: a row a submission, a column a question."""
    if not results:
        return
    from grader.reports.terminal.tables import show, table

    questions = list(dict.fromkeys(item.id for result in results for item in result.questions))
    columns = ["submission", *(f">{name}" for name in questions), ">total", "review"]
    show(table(results[0].homework, columns, [_row(result, questions) for result in results]))


def _row(result: Result, questions: Sequence[str]) -> list[str]:
    from grader.exports.files import plain

    earned = {item.id: f"{plain(item.earned)}/{plain(item.possible)}" for item in result.questions}
    total = f"{plain(result.earned)}/{plain(result.possible)}"
    doubts = [item.id for item in result.questions if item.needs_review]
    review = ", ".join(doubts) or ("yes" if result.needs_review else "")
    return [result.submission, *(earned.get(name, "") for name in questions), total, review]


def _findings(results: Sequence[Result]) -> None:
    from grader.printable import quiet

    said = [
        f"{finding.severity}: {result.submission}: {finding.message}"
        + (f" ({finding.place.file}:{finding.place.line})" if finding.place else "")
        for result in results
        for finding in result.findings
        if finding.severity != "note"
    ]
    for line in said[:MOST_FINDINGS]:
        typer.echo(quiet(line), err=True)
    if len(said) > MOST_FINDINGS:
        typer.echo(f"... and {len(said) - MOST_FINDINGS} more findings, all in results.jsonl", err=True)
