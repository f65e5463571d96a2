"""`grader problems`: for those who write specs; `test` runs the examples that a spec holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import examples

EXAMPLE = examples("grader problems test problems/homework3")
TEST_EXAMPLE = examples("grader problems test", "grader problems test problems/homework3")
FAULTY = 1

app = typer.Typer(
    name="problems",
    help="Write homework specs: run the examples that they hold.",
    epilog=EXAMPLE,
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("test", short_help="Run the examples of a spec.", epilog=TEST_EXAMPLE)
def run_tests(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="A homework, or a folder of them.")
    ] = None,
) -> None:
    """Grades each example of each question, and says which do not get the marks that their author expects."""
    from grader.authoring.examples import homeworks_in, one_sided, run_examples
    from grader.reports.terminal.trials import show_trials
    from grader.spec.find import problems_folder
    from grader.spec.load import load_homework

    count = faults = 0
    for path in homeworks_in(folder if folder is not None else problems_folder()):
        homework = load_homework(path)
        trials = list(run_examples(homework))
        show_trials(homework.id, trials, one_sided(homework))
        count += len(trials)
        faults += sum(bool(trial.fault) for trial in trials)
    typer.echo(f"{count} examples, {faults} not as expected")
    if faults:
        raise typer.Exit(FAULTY)
