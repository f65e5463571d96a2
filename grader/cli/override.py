"""`grader override`: a person's word on a mark, and taking it back."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import Problems, examples, wrong_usage

if TYPE_CHECKING:
    from grader.running.overriding import Difference
    from grader.spec.model import Homework

EXAMPLE = examples(
    'grader override results ana q4 A2=1 --why "a right form that was not recognised"',
    'grader override results ana q4 A1=1 A2=0 --why "as agreed" --equal-answers',
    "grader override results ana q4 --undo",
)
_POINTS = re.compile(r"(?P<mark>[^=\s]+)\s*=\s*(?P<points>[0-9]+(\.[0-9]*)?|\.[0-9]+|-[0-9.]+)")
MOST = 10


def override(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="What `grader grade` has written.")],
    submission: Annotated[str, typer.Argument(metavar="SUBMISSION", help="Whose answer.")],
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Its id, such as q4.")],
    marks: Annotated[
        list[str] | None, typer.Argument(metavar="MARK=POINTS", help="What each mark should be.")
    ] = None,
    why: Annotated[str, typer.Option(metavar="TEXT", help="The reason; it is kept and shown.")] = "",
    equal_answers: Annotated[
        bool, typer.Option("--equal-answers", help="For every submission whose final answer is equal.")
    ] = False,
    undo: Annotated[
        bool, typer.Option("--undo", help="Take back what was last said of this answer.")
    ] = False,
    who: Annotated[str, typer.Option(metavar="NAME", help="Who says so; git's user.name by default.")] = "",
    problems: Problems = None,
) -> None:
    """Changes marks by a person's word: kept in OUT with who, when and why, also when it is graded anew."""
    from datetime import UTC, datetime

    speaker = " ".join(who.split()) or person()
    when = datetime.now(UTC).isoformat(timespec="seconds")
    from grader.running.overriding import Word
    from grader.running.overriding import override as change
    from grader.running.overriding import undo as take_back

    reason = " ".join(why.split())
    if undo:
        named = {text.split("=")[0].strip(): 0.0 for text in marks or ()}
        word = Word(named, reason, speaker, when)
        differences = take_back(out, submission, question, word, finder(out, problems, False))
    else:
        word = Word(_points(marks or ()), reason, speaker, when, equal_answers)
        if not word.why:
            raise wrong_usage("say why: --why TEXT")
        differences = change(out, submission, question, word, finder(out, problems, equal_answers))
    tell(differences)


def _points(marks: Sequence[str]) -> dict[str, float]:
    if not marks:
        raise wrong_usage("say which mark gets how many points: MARK=POINTS, such as A2=1")
    found: dict[str, float] = {}
    for text in marks:
        match = _POINTS.fullmatch(text.strip())
        if match is None:
            raise wrong_usage(f"`{text}` is not MARK=POINTS, such as A2=1")
        if match["mark"] in found:
            raise wrong_usage(f"{match['mark']} is given twice")
        found[match["mark"]] = float(match["points"])
    return found


def person(needed: bool = True) -> str:
    """Who sits here: as git knows them, or as the system does. Wrong usage if nobody does, where `needed`."""
    import subprocess

    try:
        run = subprocess.run(
            ["git", "config", "user.name"], capture_output=True, text=True, check=False, timeout=10
        )
        name = run.stdout.strip()
    except (OSError, subprocess.SubprocessError):
        name = ""
    name = name or os.environ.get("USER", "") or os.environ.get("USERNAME", "")
    if not name and needed:
        raise wrong_usage("say who decides: --who NAME")
    return name


def finder(out: Path, problems: Path | None, wanted: bool) -> Callable[[str], Homework | None]:
    """Finds the homework of OUT by its id; where it is `wanted` and not there, that is said."""
    from grader.running.origin import homework_of

    def find(name: str) -> Homework | None:
        homework = homework_of(out, name, problems)
        if homework is None and wanted:
            said = f"the homework {name} was not found (name it with --problems DIR)"
            typer.echo(f"grader: {said}: only answers of the same text count as equal", err=True)
        return homework

    return find


def tell(differences: Sequence[Difference]) -> None:
    """Says what became different, a line an answer."""
    from grader.printable import one_line

    for item in differences[:MOST]:
        before = {mark.id: mark.earned for mark in item.before.marks}
        marks = [
            f"{mark.id} {before[mark.id]:g} -> {mark.earned:g}"
            for mark in item.after.marks
            if mark != next(old for old in item.before.marks if old.id == mark.id)
        ]
        total = f"{item.after.earned:g} of {item.after.possible:g}"
        typer.echo(one_line(f"{item.submission} {item.after.id}: {', '.join(marks)} ({total})"))
    if len(differences) > MOST:
        typer.echo(f"... and {len(differences) - MOST} more")
    if not differences:
        typer.echo("nothing became different")
