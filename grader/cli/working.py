"""`grader working`: checks a derivation line by line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.options import Json, Problems, Symbols, examples, wrong_usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.derivations import Found
    from grader.records import FirstError, StepRecord

EXAMPLE = examples(
    "grader working derivation.md --symbols symbols.yaml",
    "grader working hw3.md --problems problems/homework3 --question q2 --json",
)


def working(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The derivation: .md, .tex, .ipynb or .txt.")],
    symbols: Symbols = None,
    problems: Problems = None,
    question: Annotated[str | None, typer.Option(metavar="ID", help="Check it as this question.")] = None,
    as_json: Json = False,
) -> None:
    """Checks a derivation line by line: which lines hold, which fail, and where it first goes wrong."""
    if not file.is_file():
        raise wrong_usage(f"{file}: there is no such file")
    if problems is not None and question is None:
        raise wrong_usage("--problems goes with --question ID")
    if symbols is not None and question is not None:
        raise wrong_usage("--symbols goes without --question: the homework declares its own")
    from grader.printable import printable

    found = _free(file, symbols) if question is None else _of_question(file, problems, question)
    typer.echo(_json(*found) if as_json else printable(_table(*found)))


def _free(file: Path, symbols: Path | None) -> Found:
    from grader.derivations import check_file
    from grader.expressions.symbols import SymbolTable
    from grader.spec import read_symbols

    return check_file(file, SymbolTable() if symbols is None else read_symbols(symbols))


def _of_question(file: Path, problems: Path | None, name: str) -> Found:
    from grader.derivations import check_file_as
    from grader.spec import find_homework, load_homework
    from grader.spec.suggest import did_you_mean

    homework = load_homework(find_homework(problems, file.parent))
    known = {item.id: item for item in homework.questions}
    if name not in known:
        raise wrong_usage(f"there is no question `{name}`: {did_you_mean(name, known)}")
    return check_file_as(file, known[name], homework)


def _json(steps: Sequence[StepRecord], first: FirstError | None) -> str:
    from grader.exports.results_jsonl import first_error_json, step_json

    found = {
        "steps": [step_json(step, premises=True) for step in steps],
        "first_error": first_error_json(first),
    }
    return json.dumps(found, ensure_ascii=False)


def _table(steps: Sequence[StepRecord], first: FirstError | None) -> str:
    lines = [_row(step) for step in steps] or ["no line with a formula was found"]
    if first is not None:
        cause = f" ({first.misconception})" if first.misconception else ""
        lines.append(f"first error: line {first.line}{cause}: {first.message}")
    return "\n".join(lines)


def _row(step: StepRecord) -> str:
    sentence = f"  {step.evidence.sentence}" if step.evidence and step.evidence.sentence else ""
    return f"{step.line:>4}  {step.verdict!s:<7}  {' '.join(step.source.split())}{sentence}"
