"""What following a derivation gives: lines as read, steps as judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.expressions.nodes import Expr
from grader.notation import Segment
from grader.records import Evidence, Piece, Place, Remark, StepVerdict
from grader.working.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Line:
    """One formula of the student's: a segment of a piece, with the prose around it.

    `order` sorts the lines of an answer (piece, segment); `intro` is the prose since the formula before
    it, `outro` the prose that follows it, both in lower case; `sentence` and `rest` what its sentence
    says before and after it, with the formulas in it; `alone`: it has its line to itself. `row`
    tells the rows of one piece apart.
    `goes_on`: the next row begins with a relation.
    """

    order: tuple[int, int]
    piece: Piece
    segment: Segment
    place: Place
    row: tuple[int, int]
    intro: str = ""
    outro: str = ""
    alone: bool = False
    goes_on: bool = False
    sentence: str = ""
    rest: str = ""

    @property
    def struck(self) -> bool:
        """Whether the line is crossed out."""
        return self.piece.struck or self.segment.struck


@dataclass(frozen=True, slots=True)
class Step:
    """One judged link of the working: `left operator right`, and whether it follows.

    `premises` are line numbers of the file from which it follows. `relation` is the link as it was
    understood, None where it could not be read. `quantity` marks a statement of the question's own;
    `cause` is a misconception that was found in judging it. `claim`: it fails as a claimed identity;
    `leans` are the lines of failed equations that it was solved from.
    """

    place: Place
    source: str
    verdict: StepVerdict
    evidence: Evidence | None = None
    premises: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()
    relation: Expr | None = None
    quantity: bool = False
    redefines: str = ""
    cause: str = ""
    defines: bool = False
    claim: bool = False
    leans: tuple[int, ...] = ()

    @property
    def line(self) -> int:
        """The line in the file as handed in, 1-based."""
        return self.place.line


@dataclass(frozen=True, slots=True)
class Statement:
    """A line as it was understood: its members without ambiguity, and the chain that it belongs to.

    `members` are what the line itself writes; `chain` numbers the chain of relations that it begins
    or continues (a bare expression begins one as well). `defines`: its first link introduces a name.
    """

    line: Line
    members: tuple[Expr, ...]
    operators: tuple[str, ...]
    chain: int
    steps: tuple[Step, ...] = ()
    rejected: bool = False
    defines: bool = False

    @property
    def last(self) -> Expr:
        """The last member: what the line arrives at."""
        return self.members[-1]


@dataclass(frozen=True, slots=True)
class Working:
    """A whole answer, followed: every statement and step in order, and what was learnt on the way.

    `known` holds the student's own definitions and facts; `heads` gives the first member of each chain.
    """

    statements: tuple[Statement, ...]
    steps: tuple[Step, ...]
    known: Knowledge
    heads: Mapping[int, Expr | None] = field(default_factory=dict)
