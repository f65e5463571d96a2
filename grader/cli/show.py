"""`grader show`: what was found, in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import examples

EXAMPLE = examples(
    "grader show results",
    "grader show results ana",
    "grader show results --question q4",
    "grader show results --doubts",
)


def show(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="What `grader grade` has written.")],
    submission: Annotated[str | None, typer.Argument(metavar="SUBMISSION", help="One of them only.")] = None,
    question: Annotated[str | None, typer.Option(metavar="ID", help="One question only.")] = None,
    doubts: Annotated[bool, typer.Option("--doubts", help="What a person must look at, and why.")] = False,
) -> None:
    """Shows the class, one submission, one question, or what a person must look at."""
    from grader.running.results import find_question, find_submission, load_results

    results = load_results(out)
    if submission is not None:
        results = (find_submission(results, submission),)
    if question is not None:
        known = max(results, key=lambda result: len(result.questions))
        find_question(known, question)
    if doubts:
        from grader.reports.terminal.doubts import show_doubts

        show_doubts(results, question)
    elif submission is not None and question is not None:
        from grader.reports.terminal.answer import show_answer

        show_answer(results[0], find_question(results[0], question))
    elif submission is not None:
        from grader.reports.terminal.submission import show_submission

        show_submission(results[0])
    elif question is not None:
        from grader.reports.terminal.classroom import show_question

        show_question(results, question)
    else:
        from grader.reports.terminal.classroom import show_class

        show_class(results)
