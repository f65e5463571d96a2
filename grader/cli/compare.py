"""`grader compare`: are two answers equal?"""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli.options import Jobs, Json, Symbols, SyntaxName, examples, wrong_usage

if TYPE_CHECKING:
    from grader.records import NotationError, Verdict

EXAMPLE = examples(
    'grader compare "2(x + 1)" "2x + 2"',
    r'grader compare "\frac{x^2-1}{x-1}" "x + 1" --json',
    "grader compare --batch pairs.jsonl --out verdicts.jsonl --jobs 4",
)


def compare(
    student: Annotated[str | None, typer.Argument(metavar="STUDENT", help="The student's answer.")] = None,
    reference: Annotated[str | None, typer.Argument(metavar="REFERENCE", help="The right answer.")] = None,
    syntax: Annotated[SyntaxName, typer.Option(help="How both are written.")] = SyntaxName.auto,
    symbols: Symbols = None,
    as_json: Json = False,
    batch: Annotated[Path | None, typer.Option(metavar="IN.jsonl", help="Compare many, one a line.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="OUT.jsonl", help="Where the verdicts go.")] = None,
    jobs: Jobs = 1,
) -> None:
    """Are two answers equal, by value and by domain? Says why, or what could not be read."""
    if batch is not None:
        _many(batch, out, jobs, (student, reference, symbols))
    elif student is None or reference is None:
        raise wrong_usage("needs STUDENT and REFERENCE, or --batch IN.jsonl --out OUT.jsonl")
    else:
        _one(student, reference, syntax, symbols, as_json)


def _many(batch: Path, out: Path | None, jobs: int, others: tuple[object, ...]) -> None:
    if out is None:
        raise wrong_usage("--batch needs --out OUT.jsonl")
    if any(other is not None for other in others):
        raise wrong_usage("--batch stands alone: answers and symbols are in its lines")
    if not batch.is_file():
        raise wrong_usage(f"{batch}: there is no such file")
    if out.exists() and out.samefile(batch):
        raise wrong_usage("--out must not be the file that is read")
    from grader.cli.options import processes
    from grader.running.comparisons import compare_file
    from grader.worker import collect_seldom

    collect_seldom()
    with batch.open("rb") as stream:
        lines = sum(1 for _ in stream) if jobs == 0 else 0
    count = compare_file(batch, out, processes(jobs, lines // 100))
    typer.echo(f"{count} pairs compared: {out}", err=True)


def _one(student: str, reference: str, syntax: SyntaxName, symbols: Path | None, as_json: bool) -> None:
    from grader.comparing import compare as decide

    table = None
    if symbols is not None:
        from grader.spec import read_symbols

        table = read_symbols(symbols)
    start = perf_counter()
    verdict = decide(student, reference, syntax=syntax.value, symbols=table)
    seconds = perf_counter() - start
    if as_json:
        typer.echo(json.dumps(_object(verdict, seconds), ensure_ascii=False))
    else:
        from grader.printable import printable

        typer.echo(printable(_sentences(verdict, {"student": student, "reference": reference})))


def _object(verdict: Verdict, seconds: float) -> dict[str, Any]:
    from grader.exports.verdicts import verdict_json

    return verdict_json(verdict, seconds)


def _sentences(verdict: Verdict, sources: dict[str, str]) -> str:
    lines = [str(verdict.verdict)]
    if verdict.evidence is not None:
        lines[0] += f" ({verdict.evidence.kind})"
        lines.extend([verdict.evidence.sentence] if verdict.evidence.sentence else [])
    lines.extend(pointed(error, sources.get(error.side, "")) for error in verdict.errors)
    return "\n".join(lines)


def pointed(error: NotationError, source: str) -> str:
    """An error under the text that it is about, a caret at its place."""
    before = source[: error.offset]
    row = source.splitlines()[before.count("\n")] if source.strip() else ""
    column = error.offset - (before.rfind("\n") + 1)
    hint = f"\n  {error.hint}" if error.hint else ""
    return f"{error.side}: {error.message}\n  {row}\n  {' ' * column}^{hint}"
