"""The figures in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from bench.derivations.records import Followed, Mutant


def summary(found: Sequence[Followed]) -> str:
    """False alarms, unknowns, slips located, time."""
    return "\n".join([*_right(found), "", *_slips(found)])


def _right(found: Sequence[Followed]) -> Iterator[str]:
    verdicts = Counter(v for f in found for _, v, _, _ in f.steps)
    total = sum(verdicts.values())
    alarmed = sum(any(v == "fails" for _, v, _, _ in f.steps) for f in found)
    seconds = sorted(f.seconds for f in found)
    yield f"right derivations: {len(found)}, steps: {total}"
    yield f"  with a false alarm: {alarmed} derivations, {verdicts['fails']} steps"
    unknown = f"{verdicts['unknown']} ({_share(verdicts['unknown'], total)})"
    yield f"  holds {verdicts['holds']}, given {verdicts['given']}, unknown {unknown}"
    yield f"  without a step: {sum(not f.steps for f in found)}"
    claims, given, unchecked = (sum(counts) for counts in zip(*_counts(found), strict=True))
    yield f"  by numbers alone: {claims} lines are claims, {given} given, {unchecked} not checked"
    yield f"  time for one: median {1000 * median(seconds):.1f} ms, longest {1000 * seconds[-1]:.0f} ms"


def _counts(found: Sequence[Followed]) -> Iterator[tuple[int, int, int]]:
    return ((f.claims, f.given, f.unchecked) for f in found)


def _slips(found: Sequence[Followed]) -> Iterator[str]:
    mutants = [m for f in found for m in f.mutants]
    yield f"single-slip mutants: {len(mutants)}"
    yield _line("all", mutants)
    for kind in sorted({m.kind for m in mutants}):
        yield _line(kind, [m for m in mutants if m.kind == kind])
    yield "by area"
    for area in sorted({m.name.partition("-")[0] for m in mutants}):
        yield _line(area, [m for m in mutants if m.name.partition("-")[0] == area])


def _line(label: str, mutants: Sequence[Mutant]) -> str:
    outcomes = Counter(m.outcome for m in mutants)
    n = len(mutants)
    parts = [f"{outcome} {_share(outcomes[outcome], n)}" for outcome in ("located", "elsewhere", "missed")]
    return f"  {label:<20}{n:>6}   {'   '.join(parts)}"


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


def details(found: Sequence[Followed], what: str, limit: int) -> str:
    """Single cases: false alarms, unknowns, or slips with an outcome."""
    rows = list(_cases(found, what))
    return "\n".join([f"{len(rows)} {what}", *rows[:limit]])


def _cases(found: Sequence[Followed], what: str) -> Iterator[str]:
    for f in found:
        if what in ("alarms", "unknown"):
            wanted = "fails" if what == "alarms" else "unknown"
            for line, verdict, source, sentence in f.steps:
                if verdict == wanted:
                    yield f"{f.name} {line}: {' '.join(source.split())[:100]}  {sentence[:80]}"
        elif what == "unchecked" and f.unchecked:
            yield f"{f.name}: {f.unchecked}"
        for m in f.mutants:
            if m.outcome == what:
                yield f"{m.name} {m.line} [{m.kind}] {m.source[:110]}  {','.join(m.here)} first={m.first}"
