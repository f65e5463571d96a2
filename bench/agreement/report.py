"""The runner's text: the figures, where they are worst, and the disagreements one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from bench.agreement.measure import PROBLEMS, Outcome

_FIGURES = (  # counter, what it says
    ("marks", "marks that agree"),
    ("too much in silence", "marks in silence that an examiner would not give"),
    ("too little in silence", "right marks refused in silence"),
    ("first errors", "first errors that agree (none included)"),
    ("errors found", "first errors found, of those that there are"),
    ("misconceptions", "misconceptions that agree, where the line does"),
    ("false alarms", "false alarms, of wholly right answers"),
    ("sent to review", "answers sent to review"),
    ("reviews due", "sent to review, of those that should be"),
    ("reviews not due", "sent to review, of those that need not be"),
    ("remarks", "answers with the expected remarks"),
)


def summary(found: Sequence[Outcome], submissions: int, crashes: dict[str, str], seconds: float) -> str:
    """The figures, then the same by kind of file, notation and question, then the worst variants."""
    total = _total(found)
    lines = [f"{submissions} submissions, {len(found)} answers, {len(crashes)} crashes, {seconds:.1f} s"]
    causes = Counter(text.strip().split("\n")[-1] for text in crashes.values())
    lines += [f"  {count:5} crashed with {cause}" for cause, count in causes.most_common()]
    lines += [f"  {_share(total, name):>22}  {text}" for name, text in _FIGURES]
    keys: tuple[tuple[str, Callable[[Outcome], str]], ...] = (
        ("kind of file", lambda o: o.kind),
        ("notation", lambda o: o.notation),
        ("question", lambda o: o.question),
        ("group", lambda o: str(o.label["group"])),
    )
    for title, key in keys:
        lines += ["", *_table(title, found, key)]
    lines += ["", "kinds of disagreement, and the variants with most of them"]
    for problem in PROBLEMS:
        variants = Counter(o.variant for o in found if problem in o.problems)
        if variants:
            worst = ", ".join(f"{name} {n}" for name, n in variants.most_common(8))
            lines.append(f"  {sum(variants.values()):5} {problem:24} {worst}")
    return "\n".join(lines)


def _total(found: Sequence[Outcome]) -> Counter[str]:
    total: Counter[str] = Counter()
    for outcome in found:
        total.update(outcome.counts)
    return total


def _share(total: Counter[str], name: str) -> str:
    count, of = total[f"{name}:yes"], total[name]
    return f"{count} of {of} = {100 * count / of:.1f} %" if of else "none"


def _table(title: str, found: Sequence[Outcome], key: Callable[[Outcome], str]) -> list[str]:
    heads = ("marks", "too much", "too little", "first err", "alarms", "review")
    names = (
        "marks",
        "too much in silence",
        "too little in silence",
        "first errors",
        "false alarms",
        "sent to review",
    )
    lines = [f"{title:16}" + "".join(f"{head:>12}" for head in heads)]
    for value in sorted({key(outcome) for outcome in found}):
        total = _total([outcome for outcome in found if key(outcome) == value])
        cells = (
            f"{100 * total[f'{name}:yes'] / total[name]:.1f} %" if total[name] else "-" for name in names
        )
        lines.append(f"  {value:14}" + "".join(f"{cell:>12}" for cell in cells))
    return lines


def failures(
    found: Sequence[Outcome],
    texts: dict[tuple[str, str], list[str]],
    crashes: dict[str, str],
    limit: int,
    problem: str | None,
) -> str:
    """Up to `limit` disagreements in full, the worst kinds first, those of one variant together."""
    if not limit:
        return ""
    parts = [f"\n== {name}: crash\n{text}" for name, text in list(crashes.items())[:limit]]
    wrong = [o for o in found if (problem in o.problems if problem else o.problems)]
    frequent = Counter(o.variant for o in wrong)
    wrong.sort(key=lambda o: (_worst(o), -frequent[o.variant], o.variant, o.submission))
    parts += [_one(outcome, texts[outcome.submission, outcome.question]) for outcome in wrong[:limit]]
    return "\n".join(parts)


def _worst(outcome: Outcome) -> int:
    return min(PROBLEMS.index(name) for name in outcome.problems)


def _one(outcome: Outcome, text: list[str]) -> str:
    label, got = outcome.label, outcome.got
    lines = [
        f"\n== {outcome.submission} {outcome.question} {outcome.variant} ({outcome.kind}, {outcome.notation})"
    ]
    lines += [f"   {name.upper()}: {said}" for name, said in outcome.problems.items()]
    lines += [f"   | {line}" for line in text]
    lines.append(
        f"   expected: marks {label['marks']}, first error {label['first_error']}, "
        f"review {label['needs_review']}" + (f"; {label['reason']}" if label["reason"] else "")
    )
    lines.append(f"   got:      marks {got['marks']}, review {got['needs_review']}, answer {got['answer']}")
    lines += [f"     {reason}" for reason in got["reasons"]]
    lines += [f"     step {step}" for step in got["steps"]]
    return "\n".join(lines)
