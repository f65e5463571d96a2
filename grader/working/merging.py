"""Neighbouring `given` links of one row are one step: a definition with its condition is one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from grader.records import StepVerdict
from grader.working.records import Statement, Step


def merge_given(statements: Iterable[Statement]) -> list[Statement]:
    """The row's statements with each run of given steps cut to its first."""
    merged: list[Statement] = []
    running = False
    for statement in statements:
        kept: list[Step] = []
        for step in statement.steps:
            given = step.verdict is StepVerdict.GIVEN
            if not (given and running):
                kept.append(step)
            running = given
        merged.append(replace(statement, steps=tuple(kept)))
    return merged
