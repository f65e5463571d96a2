"""Calculus on trees: `differentiate`, and `evaluate_operators`, which carries out d/dx, gradients, f'."""

from __future__ import annotations

from grader.expressions.calculus_operators import evaluate_operators
from grader.expressions.calculus_rules import differentiate

__all__ = ["differentiate", "evaluate_operators"]
