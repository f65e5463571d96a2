"""`grader working`: checks a derivation line by line."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli.options import Json, Problems, Symbols, examples, wrong_usage

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    steps = _steps(file, symbols, problems, question)
    first = _first_error(steps)
    typer.echo(_json(steps, first) if as_json else _table(steps, first))


def _steps(file: Path, symbols: Path | None, problems: Path | None, question: str | None) -> list[StepRecord]:
    from grader import check_working

    text = file.read_text(encoding="utf-8", errors="replace")
    arguments = _context(file, problems, question) if question is not None else {}
    if symbols is not None:
        from grader.spec import read_symbols

        arguments["symbols"] = read_symbols(symbols)
    return [replace(step, file=file.name) for step in check_working(text, **arguments)]


def _context(file: Path, problems: Path | None, question: str) -> dict[str, Any]:
    """The symbols and the context of a homework's question."""
    from grader.spec import find_homework, load_homework
    from grader.spec.suggest import did_you_mean

    homework = load_homework(find_homework(problems, file.parent))
    known = {item.id: item for item in homework.questions}
    if question not in known:
        raise wrong_usage(f"there is no question `{question}`: {did_you_mean(question, known)}")
    return {"symbols": homework.table, "context": known[question].context}


def _first_error(steps: Sequence[StepRecord]) -> FirstError | None:
    from grader.records import FirstError, StepVerdict

    for step in steps:
        if step.verdict is StepVerdict.FAILS:
            evidence = step.evidence
            cause = evidence.data.get("misconception") if evidence else None
            said = evidence.sentence if evidence else "this does not follow"
            return FirstError(step.file, step.line, cause, said, step.cell)
    return None


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
        lines.append(f"first error: line {first.line}: {first.message}")
    return "\n".join(lines)


def _row(step: StepRecord) -> str:
    sentence = f"  {step.evidence.sentence}" if step.evidence and step.evidence.sentence else ""
    return f"{step.line:>4}  {step.verdict!s:<7}  {' '.join(step.source.split())}{sentence}"
