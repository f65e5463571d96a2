"""`x = 3, y = 4 or x = 4, y = 3`: each alternative is put into what stands before."""

from __future__ import annotations

from grader.equivalence.holding import holds_at
from grader.expressions.nodes import Expr
from grader.records import Evidence, EvidenceKind, StepVerdict
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement


def value_pairs(truth: Expr, known: Knowledge) -> Judgement | None:
    """Holds where every alternative fulfils every equation in its names; fails where one does not."""
    if truth.head != "or" or any(part.head != "and" for part in truth.args):
        return None
    names = unknowns(truth)
    facts = [f for f in known.facts if f.basis and unknowns(known.coordinates(f.relation)) <= names]
    found = [(f, holds_at(known.coordinates(f.relation), _place(p))) for f in facts for p in truth.args]
    wrong = next((fact for fact, true in found if true is False), None)
    if wrong is not None:
        sentence = f"One of these alternatives does not solve line {wrong.line}."
        evidence = Evidence(EvidenceKind.COUNTEREXAMPLE, sentence)
        return Judgement(StepVerdict.FAILS, evidence, (wrong.line,))
    if not facts or any(true is None for _, true in found):
        return Judgement(StepVerdict.UNKNOWN)
    evidence = Evidence(EvidenceKind.CONSISTENT, "Each of these alternatives solves what stands before.")
    return Judgement(StepVerdict.HOLDS, evidence, tuple(sorted({f.line for f in facts})), fact=truth)


def _place(part: Expr) -> dict[Expr, Expr]:
    return {one.args[0]: one.args[1] for one in part.args}
