"""Are two trees equal? A ladder of layers, each with evidence; `decide` climbs it."""

from __future__ import annotations

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.ball import enclose
from grader.equivalence.constants import constant_digits
from grader.equivalence.extrema import Extremum, extrema
from grader.equivalence.normal import NormalForm, normal_form
from grader.equivalence.remembered import (
    Interrupted,
    are_equal,
    constant_ratio,
    decide,
    equivalent_equations,
    follows,
)

__all__ = [
    "Assumptions",
    "Extremum",
    "Interrupted",
    "NormalForm",
    "are_equal",
    "constant_digits",
    "constant_ratio",
    "decide",
    "enclose",
    "equivalent_equations",
    "extrema",
    "follows",
    "normal_form",
]
