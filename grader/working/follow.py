"""Following a derivation: every line is read, given its place in a chain, and judged.

A row that begins with `=` continues a chain; which one is decided by trying the open chains, and the
first that makes it true is taken. Where notation is ambiguous, so is the line: the reading under which
fewest links fail is taken, the preferred one first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.records import Piece
from grader.working import cues
from grader.working.angles import in_degrees, speaks_of_degrees
from grader.working.entailment import unknowns
from grader.working.follower import Follower
from grader.working.knowledge import Knowledge
from grader.working.lines import read_groups
from grader.working.names import (
    late_definitions,
)
from grader.working.records import Working
from grader.working.sides import (
    Macros,
)
from grader.working.splits import split_places
from grader.working.tags import without_tags
from grader.working.telling.whole import told_by


def follow(pieces: Sequence[Piece], known: Knowledge, macros: Macros | None = None) -> Working:
    """The working of one answer: its statements and steps, in reading order.

    A name that is used before it is defined (`L = (q - y)^2 where q = ...`) is known from the start.
    """
    pieces = without_tags(pieces)
    known = told_by(pieces, known)
    found = _walk(pieces, known, macros or {})
    late = late_definitions(found)
    if late:
        known = known.bring(late)
        found = _walk(pieces, known, macros or {})
    solved, split = _solved(found), split_places(found)
    if solved or split:
        return _walk(pieces, replace(known, supposed=solved, split=split), macros or {})
    return found


def _solved(found: Working) -> frozenset[int]:
    """The lines that fail as claimed identities although what follows solves them as equations.

    What still speaks of a name that is defined only rearranges them: `xy - 2x = 1 - 3y` with y = f(x).
    """
    claims = {step.line for step in found.steps if step.claim}
    made = {s.expr for s in found.known.own_symbols() if s.definition is not None and unknowns(s.definition)}
    solving = [s for s in found.steps if s.relation is None or not made & unknowns(s.relation)]
    return frozenset(line for step in solving for line in step.leans if line in claims)


def _walk(pieces: Sequence[Piece], known: Knowledge, macros: Macros) -> Working:
    follower = Follower(known, closing=_closing(pieces), doubted=_doubted(pieces))
    degrees = speaks_of_degrees(pieces)
    for group in read_groups(pieces, follower.table_for, macros):
        follower.take([in_degrees(line) for line in group] if degrees else group)
    return follower.working()


def _closing(pieces: Sequence[Piece]) -> int:
    """The index of the last formula, unless words go on behind it to doubt what it says; else -1."""
    last = max((k for k, piece in enumerate(pieces) if piece.kind == "math"), default=-1)
    behind = " ".join(piece.text.lower() for piece in pieces[last + 1 :])
    return -1 if cues.DOUBTS.search(behind) else last


def _doubted(pieces: Sequence[Piece]) -> int:
    """The index of the last words that may throw out something said before; -1 if none do."""
    said = (k for k, p in enumerate(pieces) if p.kind != "math" and cues.DOUBTS.search(p.text.lower()))
    return max(said, default=-1)
