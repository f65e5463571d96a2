"""A mal-rule: a faulty variant of a right step, in the sense of D. Sleeman, "An attempt to understand
students' understanding of basic algebra" (Cognitive Science 8, 1984).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from grader.expressions.nodes import Expr

Slip = Callable[[Expr], Iterator[Expr]]


@dataclass(frozen=True, slots=True)
class MalRule:
    """What somebody does at one node of a right tree.

    `id` is the stable name of the misconception, `name` tells the rule from others of its id; `slips`
    gives the faulty versions of a node (none where the rule does not apply).
    """

    id: str
    name: str
    slips: Slip
