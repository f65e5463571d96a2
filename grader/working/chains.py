"""Open chains of relations: what a row that begins with `=` may continue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from grader.expressions.nodes import Expr, walk
from grader.working.arguments.conditions import has_slope

_MADE_FROM = frozenset(["apply", "derived", "inverse", "derivative", "gradient", "partial", "norm", "at"])


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain so far. A member is None where it could not be read; `stands` says which did not fail.

    `row` and `column` tell where it was last continued.
    """

    number: int
    members: tuple[Expr | None, ...]
    stands: tuple[bool, ...]
    row: tuple[int, int]
    column: int

    @property
    def last(self) -> Expr | None:
        """The latest member."""
        return self.members[-1]

    @property
    def head(self) -> Expr | None:
        """The first member."""
        return self.members[0]

    @property
    def earlier(self) -> tuple[Expr, ...]:
        """The members before the last that were read and stand."""
        pairs = zip(self.members[:-1], self.stands[:-1], strict=True)
        return tuple(member for member, stands in pairs if member is not None and stands)

    @property
    def has_slope(self) -> bool:
        """Whether a member is a derivative."""
        return any(m is not None and has_slope(m) for m in self.members)

    def grown(self, member: Expr | None, stands: bool) -> Chain:
        """The chain with one more member."""
        return replace(self, members=(*self.members, member), stands=(*self.stands, stands))

    def moved(self, row: tuple[int, int], column: int) -> Chain:
        """The chain as continued in another row."""
        return replace(self, row=row, column=column)


def candidates(chains: Sequence[Chain], row: tuple[int, int], column: int) -> Iterator[Chain]:
    """The chains that a row may continue: its own column's in the rows above first, then the most recent."""
    recent = list(reversed(chains))
    if recent:
        newest = recent[0].row
        above = [c for c in recent if c.row == newest and c.column == column and newest != row]
        own = above[:1] if len([c for c in recent if c.row == newest]) > 1 else []
        yield from own
        yield from (c for c in recent if c not in own)


def is_spoken_of(newer: Chain, older: Chain) -> bool:
    """Whether what a newer chain begins with stands in an older one: `|x + 2|` in `|x - 2| |x + 2|`."""
    head = newer.head
    return head is None or any(head is part for m in older.members if m is not None for part in walk(m))


def is_aside(newer: Chain, older: Chain) -> bool:
    """Whether a newer chain may be a calculation beside an older one, after which the older one goes on.

    It is, when the older one speaks of it (`2(p - y) sigma'(z)`, then `sigma'(z) = ...`); it is not when it
    is about what the older one says (`h(x) = ...`, then `h'(x) = ...`).
    """
    if newer.head is None or older.head is None:
        return True
    if is_spoken_of(newer, older):
        return True
    subject = _subject(older.head)
    return subject is None or all(subject is not part for part in walk(newer.head))


def _subject(head: Expr) -> Expr | None:
    """The name of which a chain speaks: of f in `f'(x)`, of L in `dL/dw`; None if it is a formula."""
    while head.head in _MADE_FROM:
        head = head.args[0]
    return head if head.head == "symbol" else None
