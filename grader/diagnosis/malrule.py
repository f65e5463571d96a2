"""A mal-rule: a faulty variant of a right step, in the sense of D. Sleeman, "An attempt to understand
students' understanding of basic algebra" (Cognitive Science 8, 1984).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from grader.expressions.nodes import Expr

Slip = Callable[[Expr], Iterator[Expr]]
Slopes = tuple[Expr, ...]
FaultyRule = Callable[[Expr, Expr, Slopes], Iterator[Expr]]


@dataclass(frozen=True, slots=True)
class MalRule:
    """What somebody does at one node of a right tree.

    `id` is the stable name of the misconception, `name` tells the rule from others of its id; `slips`
    gives the faulty versions of a node with one of the `heads` (none where the rule does not apply).
    `mends` gives what a node of the wrong line may have been before the slip, for the rules that can be
    undone without knowing the right line; it is tried at nodes with one of `mend_heads` (else of `heads`).
    """

    id: str
    name: str
    heads: tuple[str, ...]
    slips: Slip
    mends: Slip | None = None
    mend_heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtremeRule:
    """A place that somebody takes for the one of the largest (smallest) value.

    `places` is given the places that were stated, and the ends of the variable's domain (None: no end).
    """

    id: str
    name: str
    places: Callable[[Sequence[Expr], Fraction | None, Fraction | None], Iterator[Expr]]


@dataclass(frozen=True, slots=True)
class CalculusRule:
    """A faulty rule of calculus: what somebody takes for the derivative (or antiderivative) of one node.

    `variants` is given the node, the variable, and for each child what is right for it (its derivative;
    for antiderivatives there are none).
    """

    id: str
    name: str
    heads: tuple[str, ...]
    variants: FaultyRule
