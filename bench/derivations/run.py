"""Follows every right derivation and thousands of single-slip mutants, and prints how well that goes.

python -m bench.derivations.run                            # the figures
python -m bench.derivations.run --only equations --show missed --limit 20
python -m bench.derivations.run --right                    # the right ones alone
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from bench.derivations.corpus import Derivation, load
from bench.derivations.mutate import Slip, slips
from bench.derivations.numeric import Beyond, true_at
from bench.derivations.oracle import Claim, Oracle, relations_of
from bench.derivations.records import Followed, Mutant
from bench.derivations.report import details, summary
from grader.documents import read_text
from grader.records import StepVerdict
from grader.spec import symbols_table
from grader.working import Knowledge, Working, follow


def followed(item: Derivation, text: str) -> Working:
    """The derivation's working, with another text perhaps."""
    table = symbols_table(item.symbols or {})
    document = read_text(text, f"working.{item.format}")
    return follow(document.pieces, Knowledge(table, frozenset(table.symbols)), document.macros)


def examined(item: Derivation, per_claim: int, seed: int) -> Followed:
    """One right derivation and its mutants."""
    followed(item, item.text)
    start = time.process_time()
    working = followed(item, item.text)
    seconds = time.process_time() - start
    oracle = Oracle(item.name)
    oracle.walk(working)
    steps = tuple((s.line, str(s.verdict), s.source, _sentence(s.evidence)) for s in working.steps)
    chance = random.Random(f"{seed} {item.name}")
    mutants = [m for claim in oracle.claims for m in _mutants(item, working, claim, per_claim, chance)]
    return Followed(
        item.name, seconds, steps, len(oracle.claims), oracle.given, oracle.unchecked, tuple(mutants)
    )


def _sentence(evidence: object) -> str:
    return str(getattr(evidence, "sentence", ""))


def _mutants(
    item: Derivation, working: Working, claim: Claim, count: int, chance: random.Random
) -> Iterator[Mutant]:
    """At most `count` slips in the line of a claim that are really wrong there."""
    segment = working.statements[claim.index].line.segment
    begins = _offset(item.text, claim.line, segment.source)
    if begins < 0:
        return
    ways = list(slips(segment.source, item.format != "txt"))
    chance.shuffle(ways)
    for slip in ways:
        if count == 0:
            return
        moved = Slip(slip.kind, begins + slip.start, begins + slip.end, slip.new)
        mutant = _mutant(item, working, claim, moved)
        if mutant is not None:
            count -= 1
            yield mutant


def _offset(text: str, line: int, source: str) -> int:
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return text.find(source, start)


def _mutant(item: Derivation, working: Working, claim: Claim, slip: Slip) -> Mutant | None:
    """The mutant as followed; None unless numbers show that its line is wrong."""
    text = slip.applied(item.text)
    found = followed(item, text)
    if len(found.statements) != len(working.statements):
        return None
    relations = relations_of(found.statements, claim)
    if not relations or relations == claim.relations or not _false(relations, claim):
        return None
    failing = [s.line for s in found.steps if s.verdict is StepVerdict.FAILS]
    here = [str(s.verdict) for s in found.steps if s.line == claim.line]
    source = text.splitlines()[claim.line - 1].strip()
    return Mutant(item.name, claim.line, slip.kind, source, failing[0] if failing else None, tuple(here))


def _false(relations: tuple[object, ...], claim: Claim) -> bool:
    for place in claim.places:
        try:
            if not all(true_at(r, place) for r in relations):  # type: ignore[arg-type]
                return True
        except Beyond:
            continue
    return False


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="derivations whose name contains this")
    parser.add_argument("--per-claim", type=int, default=5, help="mutants of one line, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--right", action="store_true", help="the right derivations alone")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", choices=["alarms", "unknown", "missed", "elsewhere", "unchecked"])
    parser.add_argument("--limit", type=int, default=40)
    chosen = parser.parse_args()
    one = partial(examined, per_claim=0 if chosen.right else chosen.per_claim, seed=chosen.seed)
    with ProcessPoolExecutor(chosen.jobs) as workers:
        found = list(workers.map(one, load(chosen.only), chunksize=4))
    print(summary(found))
    if chosen.show:
        print(details(found, chosen.show, chosen.limit))


if __name__ == "__main__":
    main()
