"""The conditions of a mark scheme, one kind a file: each looks for its evidence in what was gathered.

To add one: a record in `spec.model`, its reader in `spec`, and a file here with a function registered
in `EVALUATORS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from grader.criteria.answer_is import answer_is
from grader.criteria.claim_is import claim_is
from grader.criteria.derivative_of import derivative_of
from grader.criteria.earlier import carried
from grader.criteria.equation_is import equation_is
from grader.criteria.line_equals import line_equals
from grader.criteria.line_factor import line_factor
from grader.criteria.line_form import line_form
from grader.criteria.records import Gathered
from grader.criteria.states import states
from grader.criteria.value_taken import value_taken
from grader.records import Match, Met
from grader.spec.model import (
    AllOf,
    AnswerIs,
    AnyOf,
    ClaimIs,
    Condition,
    DerivativeOf,
    EquationIs,
    LineEquals,
    LineFactor,
    LineForm,
    States,
    ValueTaken,
)

__all__ = ["EVALUATORS", "Gathered", "Match", "Met", "evaluate"]

EVALUATORS: Mapping[type, Callable[[Any, Gathered], Match]] = {
    AnswerIs: answer_is,
    ClaimIs: claim_is,
    DerivativeOf: derivative_of,
    EquationIs: equation_is,
    LineEquals: line_equals,
    LineFactor: line_factor,
    LineForm: line_form,
    States: states,
    ValueTaken: value_taken,
}


def evaluate(condition: Condition, gathered: Gathered) -> Match:
    """Whether a condition is met by an answer.

    `any` takes the first condition that is met, else the first that is unsure; `all` the first that is
    not met.
    """
    if isinstance(condition, AnyOf):
        return _first(condition, gathered, (Met.YES, Met.UNSURE))
    if isinstance(condition, AllOf):
        return _first(condition, gathered, (Met.NO, Met.UNSURE))
    found = carried(condition, gathered, _evaluated)
    return found if found is not None else _evaluated(condition, gathered)


def _evaluated(condition: Condition, gathered: Gathered) -> Match:
    return EVALUATORS[type(condition)](condition, gathered)


def _first(condition: AnyOf | AllOf, gathered: Gathered, wanted: tuple[Met, ...]) -> Match:
    matches = [evaluate(part, gathered) for part in condition.conditions]
    for state in wanted:
        for match in matches:
            if match.met is state:
                return match
    return matches[-1]
