"""What is found out about a final answer."""

from __future__ import annotations

from dataclasses import dataclass

from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, Place, Remark


@dataclass(frozen=True, slots=True)
class FinalAnswer:
    """The answer that counts, as a tree without ambiguity, and where it stands.

    `rivals` are other final answers that nobody withdrew and that differ from it; `earlier` are wholly
    separate statements before it that say something else; `words` are words around it that change it;
    `components`: only single components of it are given. `unnamed`: it stands behind a name of which
    nothing says that it is what is asked for. `undecided`: its line goes on to something else, of which
    nothing tells whether it is the same.
    """

    tree: Expr
    place: Place
    source: str
    rivals: tuple[Expr, ...] = ()
    earlier: tuple[Expr, ...] = ()
    words: str = ""
    unsolved: bool = False
    components: bool = False
    unnamed: bool = False
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a final answer.

    `followed`: it is wrong by itself, but right by follow-through from an earlier answer; `easier`: it would
    be so, but the slip before made the question easier, and the spec withholds it. `rounded`: it is
    right in the figures that are asked for, and not exactly. `unread`: a formula that cannot be read stands
    where the answer would.
    """

    answer: FinalAnswer | None
    verdict: Equality
    evidence: Evidence | None = None
    remarks: tuple[Remark, ...] = ()
    followed: bool = False
    easier: bool = False
    rounded: bool = False
    unread: bool = False

    @property
    def hedged(self) -> bool:
        """Whether several different final answers stand."""
        if self.answer is None:
            return False
        lucky = self.verdict is Equality.EQUAL and bool(self.answer.earlier)
        return lucky or bool(self.answer.rivals)
