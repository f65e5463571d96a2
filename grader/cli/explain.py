"""`grader explain`: one answer justified, line by line and mark by mark."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import examples

EXAMPLE = examples("grader explain results ana q4")


def explain(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="What `grader grade` has written.")],
    submission: Annotated[str, typer.Argument(metavar="SUBMISSION", help="Whose answer.")],
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Its id, such as q4.")],
) -> None:
    """Justifies the marks of one answer: every line, its verdict and evidence, and what earned each mark."""
    from grader.reports.terminal.answer import show_answer
    from grader.running.results import find_question, find_submission, load_results

    result = find_submission(load_results(out), submission)
    show_answer(result, find_question(result, question))
