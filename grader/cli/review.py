"""`grader review`: the instructor's page, on this machine alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.options import Problems, examples, wrong_usage

EXAMPLE = examples(
    "grader review results",
    "grader review results --who Ida --hide-names",
    "grader review results --port 8765 --no-browser",
)


def review(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="What `grader grade` has written.")],
    who: Annotated[str, typer.Option(metavar="NAME", help="Who grades; git's user.name by default.")] = "",
    hide_names: Annotated[bool, typer.Option("--hide-names", help="Nobody sees whose an answer is.")] = False,
    submissions: Annotated[
        Path | None, typer.Option(metavar="DIR", help="What was graded, if it is not where it was.")
    ] = None,
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0: a free one.")] = 0,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in the browser.")] = True,
    problems: Problems = None,
) -> None:
    """Opens a page on which answers are looked at and their marks changed, by one person or several."""
    from importlib.util import find_spec

    if find_spec("starlette") is None or find_spec("uvicorn") is None:
        raise wrong_usage("the page needs two more packages: pip install 'grader[review]'")
    from grader.cli.override import finder, person
    from grader.review.opening import open_page
    from grader.review.serving import serve
    from grader.running.results import load_results

    name = " ".join(who.split()) or person(needed=False)
    homework = finder(out, problems, wanted=True)(load_results(out)[0].homework)

    def ready(address: str) -> None:
        typer.echo(f"the page is at {address}\nit is for whoever holds this address; end it with Ctrl-C")
        if browser:
            open_page(address)

    serve(out, homework, who=name, port=port, anonymous=hide_names, submissions=submissions, ready=ready)
