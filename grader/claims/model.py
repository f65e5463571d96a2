"""What reading prose gives: claims, and the clauses that a person should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from grader.expressions.nodes import Expr
from grader.records import Place

Modality = Literal["is", "can", "must", "purpose", "hypothetical", "question"]

ASSERTED: frozenset[Modality] = frozenset(["is", "can", "must"])


class QuantityLike(Protocol):
    """Something that prose may talk of: its name, the phrases for it, and its value, if it has one."""

    @property
    def name(self) -> str:
        """The name that patterns use for it."""

    @property
    def phrases(self) -> tuple[str, ...]:
        """Words, or a LaTeX command such as `\\nabla`, that stand for it."""

    @property
    def value(self) -> Expr | None:
        """What it equals."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is said of one quantity.

    `subject` is a quantity's symbol where a phrase or a formula names one, else the formula's own tree.
    `predicate` is "tends", "equals", "less", "at-most", "greater", "at-least" (with a `target`) or a
    property such as "exists", "unique", "increasing". `modality` says how it is meant: asserted ("is",
    "can", "must"), as something to bring about ("purpose"), supposed ("hypothetical") or asked
    ("question"). `condition` holds the claims under which it is made: "-> 0 as p -> 1" is a claim that
    the one tends to 0, under the claim that the other tends to 1. `source` is the clause as written.
    """

    subject: Expr
    predicate: str
    target: Expr | None
    negated: bool
    modality: Modality
    place: Place
    source: str
    condition: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Unclear:
    """A clause about a quantity of the question that was not understood, and why."""

    place: Place
    source: str
    why: str


@dataclass(frozen=True, slots=True)
class ClaimReading:
    """What a section's prose and formulas claim, in the order written, and what stayed unclear.

    `false` are the claims, clear or not, that certainly are not so.
    """

    claims: tuple[Claim, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    false: tuple[Claim, ...] = ()
