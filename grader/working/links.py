"""One link of a derivation, and what a judgement of it says."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.equivalence import decide
from grader.expressions.build import ZERO, chain
from grader.expressions.nodes import Expr, walk
from grader.expressions.symbols import Symbol
from grader.records import Equality, Evidence, Place, Remark, StepVerdict, Verdict
from grader.working import cues
from grader.working.knowledge import Knowledge
from grader.working.tuples import alike

CONCLUDES = frozenset(["implies", "iff", "therefore"])
OPERATORS = frozenset(["derivative", "gradient", "integral", "limit", "sum", "product", "derived", "at"])


@dataclass(frozen=True, slots=True)
class Link:
    """`left operator right` in its chain.

    `earlier` are members of the chain before `left` that stand; `head` is the first member;
    `first` says that `left` opens the statement; `single` that the statement has no other link;
    `continuing` that the line begins with the relation; `stationary` that the chain holds a
    derivative, so that `= 0` is a condition; `ordered` that the statement holds no
    equation; `zeroed` that slopes alone stand before a 0 at its end; `everywhere` that it is said
    "for all x"; `cue` is the prose and `connector` the sign that leads up to it; `rest` is what its
    sentence goes on to say.
    """

    left: Expr
    operator: str
    right: Expr
    place: Place
    head: Expr
    earlier: tuple[Expr, ...] = ()
    first: bool = True
    single: bool = True
    continuing: bool = False
    stationary: bool = False
    ordered: bool = False
    everywhere: bool = False
    zeroed: bool = False
    cue: str = ""
    connector: str = ""
    sentence: str = ""
    outro: str = ""
    rest: str = ""

    @property
    def claimed(self) -> bool:
        """Whether a word or an arrow says that it follows from what stands before."""
        return self.connector in CONCLUDES or bool(cues.CONCLUDES.search(self.cue))

    @property
    def relation(self) -> Expr:
        """The link as a tree."""
        return chain((self.left, self.right), (self.operator,))

    @property
    def to_zero(self) -> bool:
        """Whether the right side is a literal 0."""
        return self.operator == "=" and self.right is ZERO


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on a link and what is learnt from it.

    `fact` is a relation that later lines may use; `point` a stated value; `symbol` a definition;
    `slip` a wrong equation that later lines may build on; `cause` a misconception that the argument
    itself has found. `claim`: it fails as a claimed identity, and may be an equation to be solved after
    all; `leans` are the lines of failed equations that it was solved from; `anew`:
    what was known of its unknowns is forgotten. `solution`: it solves a differential equation before it;
    `said` is what it says of a function that nothing defines.
    """

    verdict: StepVerdict
    evidence: Evidence | None = None
    premises: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()
    fact: Expr | None = None
    point: Expr | None = None
    symbol: Symbol | None = None
    slip: Expr | None = None
    quantity: bool = False
    redefines: str = ""
    cause: str = ""
    claim: bool = False
    leans: tuple[int, ...] = ()
    anew: bool = False
    solution: bool = False
    said: Expr | None = None


@dataclass(slots=True)
class Trial:
    """A link on trial: the judgement as an identity is made once and shared by the explanations."""

    link: Link
    known: Knowledge
    _verdict: Verdict | None = field(default=None, init=False)

    @property
    def identity(self) -> Verdict:
        """Are the two sides equal for every value, in the question's context?"""
        if self._verdict is None:
            self._verdict = self.compare(self.link.left, self.link.right)
        return self._verdict

    def compare(self, left: Expr, right: Expr) -> Verdict:
        """Two trees under what is known."""
        return decide(*alike(left, right), self.known.assumptions_on(left, right))

    def equal(self, left: Expr, right: Expr) -> bool:
        """Whether two trees are equal under what is known."""
        return self.compare(left, right).verdict is Equality.EQUAL


def is_operator(tree: Expr) -> bool:
    """Whether a tree asks for a computation, so that `tree = x` is a claim and not a condition."""
    return any(
        part.head in OPERATORS or (part.head == "call" and part.value in ("det", "tr")) for part in walk(tree)
    )


def holds(evidence: Evidence | None, *lines: int, remarks: tuple[Remark, ...] = ()) -> Judgement:
    """The link follows."""
    return Judgement(StepVerdict.HOLDS, evidence, lines, remarks)
