"""Measures the rates: formulas read, pairs decided, submissions graded, derivations of 100 lines followed.

    python -m bench.throughput [--count 300] [--seed 7]

Seconds are of the processor, on one core, after a warm-up, with the cycle collector as the command line and
its workers have it. Run by hand: the figures are of the machine.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench.agreement.generate import generate
from bench.pairs.load import Pair, pairs
from grader import check_working, compare, load_homework
from grader.equivalence.features import features
from grader.expressions.symbols import SymbolTable
from grader.notation import read
from grader.running.discover import submissions_in
from grader.running.work import grade_line
from grader.worker import collect_seldom

PROBLEMS = Path(__file__).parents[1] / "problems" / "homework3"


def timed(calls: Sequence[Callable[[], Any]]) -> list[float]:
    """Processor seconds of each call, in order."""
    out: list[float] = []
    for call in calls:
        start = time.process_time()
        call()
        out.append(time.process_time() - start)
    return out


def shown(name: str, seconds: Sequence[float], unit: str) -> str:
    """A line with rate, median and 95th percentile."""
    ranked = sorted(seconds)
    rate = len(ranked) / sum(ranked)
    middle, high = 1000 * statistics.median(ranked), 1000 * ranked[int(0.95 * len(ranked))]
    return (
        f"{name:32} {len(ranked):6} {unit:12} {rate:9.0f}/s   median {middle:8.2f} ms   95th {high:8.2f} ms"
    )


def unseen(pair: Pair, turn: int) -> tuple[str, str]:
    """The pair with a sum of its own on both sides, so that no cache has seen it."""
    return f"{pair.student} + {turn + 3}", f"{pair.reference} + {turn + 3}"


def reading_and_deciding() -> Iterator[str]:
    """The lines of the table for formulas and for pairs without symbols of their own."""
    plain = [p for p in pairs() if p.is_common and "=" not in p.student and "=" not in p.reference]
    sources = [s for p in plain for s in (p.student, p.reference)]
    timed([partial(read, s, SymbolTable(), "latex") for s in sources])
    again = [f"{s} + {i + 7}" for i, s in enumerate(sources)]
    yield shown("formulas read", timed([partial(read, s, SymbolTable(), "latex") for s in again]), "formulas")
    timed([partial(compare, *unseen(p, i), syntax="latex") for i, p in enumerate(plain)])
    collect_seldom()
    seconds = timed([partial(compare, *unseen(p, i + 3), syntax="latex") for i, p in enumerate(plain)])
    yield shown("pairs decided, all", seconds, "pairs")
    lower = [s for s, p in zip(seconds, plain, strict=True) if not asks_calculus(p)]
    yield shown("pairs decided, layers 0 to 2", lower, "pairs")


def asks_calculus(pair: Pair) -> bool:
    """Whether layer 3 is asked: a derivative, an integral, a limit, a sum or a product stands in it."""
    trees = (read(s, SymbolTable(), "latex").tree for s in (pair.student, pair.reference))
    return any(tree is not None and features(tree).has_binder for tree in trees)


def submissions(count: int, seed: int) -> Iterator[str]:
    """The line for whole submissions of homework3."""
    homework = load_homework(PROBLEMS)
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), count, seed)
        found = submissions_in(Path(folder))
        calls = [partial(grade_line, s, homework, None) for s in found]
        timed(calls[: count // 3])
        yield shown("submissions graded", timed(calls[count // 3 :]), "submissions")


def quadratics(lines: int) -> str:
    """Quadratic equations, completed and solved, four lines each."""
    rows = [
        f"$$x^2-{2 * a}x+{a * a - 1}=0$$\n\n$$(x-{a})^2=1$$\n\n$$x-{a}=\\pm1$$\n\n"
        f"$$x={a + 1}\\text{{ or }}x={a - 1}$$"
        for a in range(2, 2 + lines // 4)
    ]
    return "\n\nNew exercise.\n\n".join(rows)


def one_chain(lines: int) -> str:
    """One chain whose members are the same polynomial."""
    rows = "\\\\\n".join(f"&=(x+1)^2(x+1)+{k}-{k}" for k in range(lines - 1))
    return "$$\\begin{aligned}y&=(x+1)^3\\\\\n" + rows + "\\end{aligned}$$"


def slopes(lines: int) -> str:
    """Derivatives by the product rule."""
    rows = (
        f"$$\\frac{{d}}{{dx}}\\left(x^{{{k + 2}}}e^{{{k + 1}x}}\\right)"
        f"={k + 2}x^{{{k + 1}}}e^{{{k + 1}x}}+{k + 1}x^{{{k + 2}}}e^{{{k + 1}x}}$$"
        for k in range(lines)
    )
    return "\n\n".join(rows)


def derivations() -> Iterator[str]:
    """The lines for derivations of 100 lines."""
    for made in (quadratics, one_chain, slopes):
        check_working(made(8))
        (seconds,) = timed([partial(check_working, made(100))])
        yield f"100 lines: {made.__name__:21} {seconds:9.3f} s"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    collect_seldom()
    for rows in (reading_and_deciding(), submissions(given.count, given.seed), derivations()):
        for row in rows:
            print(row, flush=True)


if __name__ == "__main__":
    main()
