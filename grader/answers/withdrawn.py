"""What a student takes back in so many words: it does not count, neither for nor against."""

from __future__ import annotations

import re

from grader.records import StepVerdict
from grader.working import Statement, Step, Working

_RETRACTS = re.compile(
    r"\b(scratch that|correction|oops|sorry|no wait|(?:that|this|it) (?:is|was) wrong|mistake|disregard"
    r"|ignore (?:the )?(?:above|previous|that)|let me try again|start(?:ing)? over)\b"
)


def standing_steps(working: Working) -> tuple[Step, ...]:
    """The steps without the wrong ones of lines that are taken back right after them."""
    back = _taken_back(working.statements)
    return tuple(
        step
        for index, statement in enumerate(working.statements)
        for step in statement.steps
        if not (index in back and step.verdict is StepVerdict.FAILS)
    )


def first_failure_of(working: Working) -> Step | None:
    """The first step that fails and stands."""
    return next((s for s in standing_steps(working) if s.verdict is StepVerdict.FAILS), None)


def _taken_back(statements: tuple[Statement, ...]) -> frozenset[int]:
    """The places of the statements before words that retract, with the chain that they end."""
    found: set[int] = set()
    for index in range(1, len(statements)):
        if _RETRACTS.search(statements[index].line.intro):
            last = statements[index - 1]
            found |= {i for i in range(index) if i == index - 1 or statements[i].chain == last.chain >= 0}
    return frozenset(found)
