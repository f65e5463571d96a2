"""What the conditions of a mark scheme are evaluated over, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.answers.records import Checked
from grader.claims import ClaimReading
from grader.equivalence import decide
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, Match, Met
from grader.spec.model import Quantity
from grader.working import Knowledge, Statement, Working


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that was found out about one answer.

    `earlier` are the student's final answers to other questions, by id; `followed` the values that a
    `follow:` of the spec gives for them, by kind ("maximum", "maximiser").
    """

    working: Working
    answer: Checked
    claims: ClaimReading | None = None
    quantities: tuple[Quantity, ...] = ()
    earlier: Mapping[str, Expr] = field(default_factory=dict)
    followed: Mapping[str, Expr] = field(default_factory=dict)

    @property
    def known(self) -> Knowledge:
        """What is known at the end of the answer."""
        return self.working.known

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that count."""
        return tuple(s for s in self.working.statements if s.members and not s.rejected)

    def same(self, left: Expr, right: Expr) -> bool:
        """Whether two trees are equal in the question's context."""
        known = self.known
        verdict = decide(left, right, known.assumptions())
        return verdict.verdict is Equality.EQUAL


NOT_MET = Match(Met.NO)


def met(
    statement: Statement, reason: str, *, followed: bool = False, evidence: Evidence | None = None
) -> Match:
    """The condition is met at a statement."""
    return Match(Met.YES, reason, statement.line.place, evidence, followed=followed)
