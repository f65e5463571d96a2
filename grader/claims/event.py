"""One predicate of a clause, before it is known who the clause speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from grader.expressions.nodes import Expr


@dataclass(frozen=True, slots=True)
class Event:
    """One predicate in a clause. `subject` is the item that it is about (None: not in the clause).

    `trees` are the targets (several for "0 or 1"), empty for a property or when the target is the last
    one mentioned (`recalls`).
    """

    start: int
    end: int
    predicate: str
    trees: tuple[Expr, ...]
    denied: bool
    subject: int | None
    own: Expr | None = None
    flags: frozenset[str] = frozenset()
    recalls: bool = False
    blocked: bool = False
    attributive: bool = False
