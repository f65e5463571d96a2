"""`grader grade`: grades a folder of submissions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import Jobs, Problems, examples, processes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.processes import Limits
    from grader.records import Result
    from grader.spec.model import Homework

EXAMPLE = examples(
    "grader grade submissions/homework3",
    "grader grade submissions/homework3 --problems problems --out results --jobs 4 --resume",
)
MANY = 1000  # taken for the number in an archive that is not opened yet
MOST_FINDINGS = 20
LONGEST_FINDING = 300


def grade(
    submissions: Annotated[Path, typer.Argument(metavar="SUBMISSIONS", help="A folder, a zip, or one file.")],
    problems: Problems = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where results are written.")] = Path("results"),
    jobs: Jobs = 0,
    resume: Annotated[
        bool | None,
        typer.Option(
            "--resume/--fresh",
            help="Keep what OUT already holds, or grade all anew; else what was graded before is known "
            "by its files, spec and program.",
            show_default=False,
        ),
    ] = None,
    time_limit: Annotated[
        float, typer.Option(metavar="SECONDS", min=1, help="When a submission is stopped that hangs.")
    ] = 120.0,
    memory_limit: Annotated[
        int, typer.Option(metavar="MB", min=512, help="Address space of a worker process.")
    ] = 2048,
) -> None:
    """Grades every submission: marks with evidence, feedback, and what a person must look at."""
    from grader.processes import Limits
    from grader.reports.terminal.graded import show_graded
    from grader.running import submissions_in
    from grader.running.archives import holds_archives
    from grader.running.discover import links_in
    from grader.running.overriding import lost_words
    from grader.spec import find_homework, load_homework

    packed = holds_archives(submissions)
    count = 0 if packed else len(submissions_in(submissions))  # a wrong path is said before a wrong spec
    folder = find_homework(problems, submissions)
    homework = load_homework(folder)
    limits = Limits(time_limit, memory_limit)
    results = _graded(submissions, homework, folder, out, processes(jobs, count or MANY), resume, limits)
    show_graded(results)
    _findings(results)
    _lost(lost_words(results, out))
    _linked(() if packed else links_in(submissions, homework.submission))
    noun = "submission" if len(results) == 1 else "submissions"
    typer.echo(f"{len(results)} {noun} graded; results are in {out}/")


def _graded(
    submissions: Path,
    homework: Homework,
    folder: Path,
    out: Path,
    jobs: int,
    resume: bool | None,
    limits: Limits,
) -> Sequence[Result]:
    from grader.reports.terminal.progress import shown_progress
    from grader.reports.terminal.stopping import told_if_stopped
    from grader.running.cache import opened_cache
    from grader.running.grading import Known, Stand, grade_folder

    with (
        opened_cache() as cache,
        shown_progress() as shown,
        told_if_stopped(shown, out, _onward(cache.keeps, resume)) as advance,
    ):

        def progress(stand: Stand) -> None:
            advance(stand.done, stand.known, stand.total)

        return grade_folder(
            submissions,
            homework,
            out,
            jobs=jobs,
            resume=resume is True,
            known=Known(cache, folder, asked=resume is not False),
            limits=limits,
            progress=progress,
        )


def _onward(cached: bool, resume: bool | None) -> str:
    """The command that goes on where this one was stopped; without a cache OUT must be asked."""
    if cached:
        return "the same command" + (" without --fresh" if resume is False else "")
    options = {None: " and --resume", True: "", False: " with --resume for --fresh"}
    return f"the same command{options[resume]}"


def _linked(names: Sequence[str]) -> None:
    """What stands in the folder as a link is nobody's submission, and is said to be none."""
    _say([f"warning: {name} is a link, and not followed" for name in names], "links")


def _findings(results: Sequence[Result]) -> None:
    said = [
        f"{finding.severity}: {result.submission}: {finding.message}"
        + (f" ({finding.place.file}:{finding.place.line})" if finding.place else "")
        for result in results
        for finding in result.findings
        if finding.severity != "note"
    ]
    _say(said, "findings, all in results.jsonl")


def _lost(words: Sequence[str]) -> None:
    _say([f"warning: it counts no more as it was said: {word}" for word in words], "words of people")


def _say(lines: Sequence[str], what: str) -> None:
    from grader.printable import one_line, quiet

    for line in lines[:MOST_FINDINGS]:
        typer.echo(quiet(one_line(line, LONGEST_FINDING)), err=True)
    if len(lines) > MOST_FINDINGS:
        typer.echo(f"... and {len(lines) - MOST_FINDINGS} more {what}", err=True)
