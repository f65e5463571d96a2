"""What was read so far, and what can be looked up in it while the next clause is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from grader.claims.clauses import Clause
from grader.claims.drafts import SIDE, Draft
from grader.claims.items import Item, place_in
from grader.claims.model import Modality, Unclear
from grader.claims.quantities import Lexis
from grader.claims.sentence import Sentence
from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.records import Piece, Place


@dataclass(frozen=True, slots=True)
class Mute:
    """A sentence that nothing was read from; `about` is whether it speaks of a quantity of the question."""

    noted: Unclear
    about: bool


@dataclass(slots=True)
class Context:
    """The text so far. `drafts` are those of finished sentences, `made` those of the sentence being read;
    `asked` are the claims of the last yes/no question, `topic` those of the question that is answered;
    `supposed` those of a supposition ("suppose it were
    0") that is not yet refuted. `other` is the last sentence that spoke of something that the question does
    not know, and what that tends to or equals; `unknown` are the clauses that send such a thing to infinity.
    """

    pieces: Sequence[Piece]
    lexis: Lexis
    drafts: list[Draft] = field(default_factory=list)
    made: list[Draft] = field(default_factory=list)
    asked: list[Draft] = field(default_factory=list)
    topic: list[Draft] = field(default_factory=list)
    supposed: list[Draft] = field(default_factory=list)
    other: tuple[int, tuple[Expr | None, ...]] = (-1, ())
    unclear: list[Unclear] = field(default_factory=list)
    mute: list[Mute] = field(default_factory=list)
    unknown: list[Unclear] = field(default_factory=list)
    sentence: int = 0
    clause: int = 0

    @property
    def focus(self) -> Expr:
        """The quantity that the question is about."""
        return self.lexis.focus if self.lexis.focus is not None else build.symbol("it")

    @property
    def previous(self) -> list[Draft]:
        """The drafts of the sentence before."""
        return [d for d in self.drafts if d.sentence == self.sentence - 1]

    def valued(self) -> list[Draft]:
        """Everything said so far that something tends to or equals, in order."""
        return [
            d
            for d in (*self.drafts, *self.made)
            if d.target is not None and d.predicate in ("tends", "equals")
        ]

    def last_targets(self) -> tuple[Expr, ...]:
        """The value mentioned last, with those beside it ("0 or 1"); 0 if there is none."""
        known = self.valued()
        known = [d for d in known if d.role not in SIDE] or known
        if not known:
            return (build.ZERO,)
        last = known[-1]
        since = last.clause - ("or" in last.leads)
        beside = [d.target for d in known if since <= d.clause <= last.clause and d.subject is last.subject]
        return tuple(dict.fromkeys(t for t in beside if t is not None))

    def recalled(self, target: Expr | None) -> Expr:
        """The last subject that was said to tend to (or equal) a value; the focus if none was."""
        said = [d for d in self.valued() if d.target is target]
        beside = [d for d in said if d.clause == said[-1].clause]
        named = [d for d in beside if d.named] or beside
        return named[-1].subject if named else self.focus

    def where(self, text: Sentence, clause: Clause) -> tuple[Place, str]:
        """The place of a clause, and the clause as written."""
        return self.spot(text.items[clause.start : clause.end])

    def spot(self, items: Sequence[Item]) -> tuple[Place, str]:
        """The place of some items of a sentence, and what is written there."""
        parts: list[str] = []
        for index in dict.fromkeys(i.piece for i in items):
            inside = [i for i in items if i.piece == index]
            start, end = min(i.start for i in inside), max(i.end for i in inside)
            parts.append(self.pieces[index].text[start:end].strip())
        return place_in(self.pieces[items[0].piece], items[0].start), " ".join(parts)

    def draft(
        self,
        text: Sentence,
        clause: Clause,
        subject: Expr,
        predicate: str,
        target: Expr | None,
        negated: bool,
        modality: Modality = "is",
    ) -> Draft:
        """A draft of the clause being read."""
        place, source = self.where(text, clause)
        role, leads = clause.role, clause.leads
        return Draft(
            subject,
            predicate,
            target,
            negated,
            modality,
            place,
            source,
            role,
            self.sentence,
            self.clause,
            leads,
        )

    def doubt(self, text: Sentence, clause: Clause, why: str) -> None:
        """Notes a clause that a person should look at."""
        self.unclear.append(Unclear(*self.where(text, clause), why))
