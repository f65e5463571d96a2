"""What was found out about one answer, and whether more comes out right in one reading than in another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from grader.answers.records import Checked
from grader.claims import Claim, ClaimReading
from grader.expressions.rewrite import free_symbols
from grader.expressions.symbols import Symbol
from grader.marking import Awarded
from grader.records import Equality, Match, Place, Remark, Section, StepVerdict
from grader.spec.model import Question
from grader.working import Working


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything found out about one answer.

    `assumed` names stand for what nothing in it says; with the `unsaid` ones more would be right. `untrue`
    are claims that certainly are not so.
    """

    question: Question
    section: Section
    working: Working
    answer: Checked
    claims: ClaimReading | None
    matches: Mapping[str, Match]
    awarded: Awarded
    assumed: tuple[Symbol, ...] = ()
    unsaid: tuple[Symbol, ...] = ()
    untrue: tuple[Claim, ...] = ()


def is_lacking(examined: Examined) -> bool:
    """Whether something is wrong or cannot be judged, or not all marks are earned."""
    return bool(_open(examined)) or examined.awarded.earned < examined.question.points


def is_better(one: Examined, other: Examined) -> bool:
    """Whether more comes out right in the one, or fewer lines are wrong or open, and nothing is worse."""
    if _count(one) > _count(other) or (_is_right(other) and not _is_right(one)):
        return False
    pairs = [(a.earned, b.earned) for a, b in zip(one.awarded.marks, other.awarded.marks, strict=True)]
    if any(mine < theirs for mine, theirs in pairs):
        return False
    more = any(mine > theirs for mine, theirs in pairs) or _is_right(one) > _is_right(other)
    return more or len(_open(one)) < len(_open(other))


def doubted(other: Examined, found: Examined, names: tuple[Symbol, ...]) -> Examined:
    """What another reading makes of the answer; a person decides whether it earns more than was found."""
    answer = other.answer
    if _is_right(other) and not _is_right(found):
        answer = replace(answer, verdict=Equality.UNKNOWN, followed=False)
    marks = [(a.earned, b.earned) for a, b in zip(other.awarded.marks, found.awarded.marks, strict=True)]
    unsaid = names if any(a != b for a, b in marks) else ()
    kept = replace(other, answer=answer, matches=found.matches, awarded=found.awarded)
    return replace(kept, assumed=names, unsaid=unsaid)


def _count(examined: Examined) -> int:
    return len({s.place for s in examined.working.steps if s.verdict is StepVerdict.FAILS})


def _open(examined: Examined) -> list[Place]:
    told = (StepVerdict.FAILS, StepVerdict.UNKNOWN)
    return [s.place for s in examined.working.steps if s.verdict in told]


def _is_right(examined: Examined) -> bool:
    return examined.answer.verdict is Equality.EQUAL or examined.answer.followed


def own_names(examined: Examined) -> tuple[Symbol, ...]:
    """The names that the answer defines, or knew from before: not those that it only seems to use."""
    assumed = {symbol.name for symbol in examined.assumed}
    return tuple(s for s in examined.working.known.own_symbols() if s.name not in assumed)


def undefined_names(examined: Examined) -> frozenset[str]:
    """The names that an answer uses and nothing known to it declares or defines."""
    known = examined.working.known.table.symbols.keys() - {s.name for s in examined.assumed}
    used = {s for one in examined.working.statements for m in one.members for s in free_symbols(m)}
    return frozenset(s.value for s in used if s.kind == "scalar" and s.value not in known)


def assumptions(examined: Examined) -> Iterator[tuple[Remark, Place]]:
    """A remark on each assumed name, where it stands first."""
    for name in examined.assumed:
        for statement in examined.working.statements:
            if any(s.value == name.name for m in statement.members for s in free_symbols(m)):
                yield Remark("undefined-name"), statement.line.place
                break
