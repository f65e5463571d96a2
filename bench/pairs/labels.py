"""Are the labels right? All pairs against an independent evaluation (see `checking`).

python -m bench.pairs.labels
"""

from __future__ import annotations

from collections import Counter

from bench.pairs.checking import checked
from bench.pairs.load import pairs
from grader.processes import Died, Limits, Process

SECONDS = 10.0


def main() -> None:
    """Prints how many labels were checked, and every one that the evaluation contradicts."""
    counts: Counter[str] = Counter()
    worker = Process(checked, Limits(SECONDS))
    for pair in pairs():
        try:
            found = worker.run([pair])[0]
        except Died:
            found, worker = "not checked in time", Process(checked, Limits(SECONDS))
        counts[found] += 1
        if found == "contradicted":
            print(f"{pair.group}: {pair.label}: {pair.student} | {pair.reference}", flush=True)
    worker.close()
    print(", ".join(f"{count} {kind}" for kind, count in sorted(counts.items())))


if __name__ == "__main__":
    main()
