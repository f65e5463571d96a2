"""Claims while a text is being read: later words may still turn them over."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.claims.lexicon import Role
from grader.claims.model import Claim, Modality
from grader.expressions.nodes import Expr
from grader.records import Place

SIDE: tuple[Role, Role] = ("condition", "with")


@dataclass(slots=True, eq=False)
class Draft:
    """A claim that is not settled yet.

    `sentence` and `clause` are numbers in the whole text. `loose` marks a size and no limit ("very
    large"), `soft` a predicate that means a limit under such a condition ("vanishes"), `growth` a
    condition of growth ("as w grows"), `requires` that it is said only of what would be needed, `answer`
    a short answer, `reached` that infinity is said to be taken ("w = oo"), `whole` that no less is meant
    ("exactly"), `lowest` that it is of the smallest value, `false` that it certainly is not so. `written` is
    the target as written. `hedge` is why it is not to be believed, or "".
    """

    subject: Expr
    predicate: str
    target: Expr | None
    negated: bool
    modality: Modality
    place: Place
    source: str
    role: Role
    sentence: int
    clause: int
    leads: tuple[str, ...] = ()
    loose: bool = False
    soft: bool = False
    growth: bool = False
    only: bool = False
    requires: bool = False
    answer: bool = False
    reached: bool = False
    whole: bool = False
    lowest: bool = False
    named: bool = False
    denied: bool = False
    hedge: str = ""
    false: bool = False
    written: Expr | None = None
    condition: list[Draft] = field(default_factory=list)

    @property
    def attains(self) -> bool:
        """Whether it says that something equals a value."""
        return self.predicate == "equals" and not self.negated

    def deny(self) -> None:
        """Turns the claim over, and makes an assertion of it."""
        self.negated = not self.negated
        self.denied = True
        self.modality = "is"
        self.only = False

    def settled(self, depth: int = 2) -> Claim:
        """The claim as it stands now."""
        under = tuple(c.settled(depth - 1) for c in self.condition) if depth else ()
        return Claim(
            self.subject,
            self.predicate,
            self.target,
            self.negated,
            self.modality,
            self.place,
            self.source,
            under,
        )
