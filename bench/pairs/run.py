"""One table: right, false equal, false different, unknown and speed, of this project and its peers.

All contestants answer each pair in turn, in one run, so that the load of the machine falls on all alike.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from itertools import product
from statistics import median

from bench.pairs.load import Pair, pairs
from bench.pairs.peers import Answer, Contestant, Process, contestants

SLOWEST = 10
# What is loaded when it is first needed is loaded by these, for all contestants alike.
WARM_UP = tuple(
    Pair("warm-up", student, "7", "different")
    for student in (
        r"x^2 + 3",
        r"\lim_{x\to 0}\frac{x\sin x}{x^2+x^3}",
        r"\int_0^1 x^2\cos x\,dx",
        r"\{1, 2\}",
        "x > 1",
    )
)
Row = tuple[Pair, Answer]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alone", action="store_true", help="this project only, on all pairs")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take each N-th pair only")
    arguments = parser.parse_args()
    everything = pairs()
    chosen = everything if arguments.alone else tuple(p for p in everything if p.is_common)
    chosen = chosen[:: arguments.every]
    found = measured(contestants(with_peers=not arguments.alone), chosen)
    print(f"{len(chosen)} pairs ({sum(p.label == 'equal' for p in chosen)} equal)\n")
    print(table(found))
    print("\n" + faults(found))
    print("\n" + slowest(found[0][1]))


def measured(field: Sequence[Contestant], chosen: Sequence[Pair]) -> list[tuple[Contestant, list[Row]]]:
    """Every contestant's answer to every pair, in alternation."""
    at_work: list[tuple[Contestant, Process, list[Row]]] = [(c, Process(c), []) for c in field]
    try:
        for pair, (_, process, _) in product(WARM_UP, at_work):
            process.ask(pair)
        for pair in chosen:
            for _, process, rows in at_work:
                rows.append((pair, process.ask(pair)))
    finally:
        for _, process, _ in at_work:
            process.close()
    return [(c, rows) for c, _, rows in at_work]


def outcome(pair: Pair, answer: Answer) -> str:
    """`right`, `false equal`, `false different`, `unknown` or `stopped`."""
    if answer.verdict == pair.label:
        return "right"
    if answer.verdict in ("equal", "different"):
        return f"false {answer.verdict}"
    return answer.verdict


def table(found: Sequence[tuple[Contestant, list[Row]]]) -> str:
    """Markdown, one line for each contestant."""
    kinds = ("right", "false equal", "false different", "unknown", "stopped")
    lines = [
        "| | " + " | ".join(kinds) + " | pairs/s | median ms | 95th ms | pairs/s where both decide |",
        "|---|" + "---|" * (len(kinds) + 4),
    ]
    ours = found[0][1]
    for contestant, rows in found:
        counts = Counter(outcome(*row) for row in rows)
        if counts["stopped"] == len(rows):
            lines.append(f"| {contestant.name} | could not be installed here" + " |" * (len(kinds) + 4))
            continue
        times = sorted(answer.seconds for _, answer in rows)
        cells = [str(counts[kind]) for kind in kinds]
        cells += [f"{len(times) / sum(times):.0f}", f"{1e3 * median(times):.2f}"]
        cells += [f"{1e3 * times[int(0.95 * (len(times) - 1))]:.2f}", _together(ours, rows)]
        lines.append(f"| {contestant.name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _together(ours: list[Row], theirs: list[Row]) -> str:
    """Our rate and theirs over the pairs that both decide."""
    both = [
        (a.seconds, b.seconds)
        for (_, a), (_, b) in zip(ours, theirs, strict=True)
        if {a.verdict, b.verdict} <= {"equal", "different"}
    ]
    if not both:
        return "-"
    mine, other = (len(both) / sum(side) for side in zip(*both, strict=True))
    return (
        f"{other:.0f} ({mine / other:.0f} times slower than grader)" if mine > other * 1.01 else f"{mine:.0f}"
    )


def faults(found: Sequence[tuple[Contestant, list[Row]]]) -> str:
    """What this project got wrong."""
    rows = [(p, a) for p, a in found[0][1] if outcome(p, a) != "right"]
    lines = [f"{outcome(p, a)}: {p.group}: {p.student} | {p.reference} ({p.label})" for p, a in rows]
    return "Not right here:\n" + ("\n".join(lines) or "nothing")


def slowest(rows: Sequence[Row]) -> str:
    """The slowest pairs of this project."""
    worst = sorted(rows, key=lambda row: -row[1].seconds)[:SLOWEST]
    return "Slowest here:\n" + "\n".join(
        f"{1e3 * a.seconds:8.1f} ms  {p.group}: {p.student} | {p.reference}" for p, a in worst
    )


if __name__ == "__main__":
    main()
