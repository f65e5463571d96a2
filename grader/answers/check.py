"""Is the final answer right? By the ladder, up to notation, in the figures asked for, or followed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from grader.answers.records import Checked, FinalAnswer
from grader.equivalence import constant_ratio, decide
from grader.expressions.build import ONE
from grader.expressions.nodes import Expr, walk
from grader.records import Equality, Evidence, EvidenceKind, Remark, Verdict
from grader.working import Knowledge
from grader.working.arguments.norms import MISSING_NORM, as_norms
from grader.working.arguments.quantity import in_terms, is_worked_out


def check(answer: FinalAnswer | None, known: Knowledge, followed: Expr | None = None) -> Checked:
    """The verdict on a final answer against the reference; `followed` is that of follow-through."""
    target = known.target
    if answer is None or not target.references:
        return Checked(answer, Equality.NONE)
    reference = target.references[0]
    if not in_terms(answer.tree, target):
        evidence = Evidence(EvidenceKind.CLAIM, "it is not written in the terms that are asked for")
        return Checked(answer, Equality.DIFFERENT, evidence)
    if not is_worked_out(answer.tree):
        evidence = Evidence(EvidenceKind.CLAIM, "an operation in it is not carried out")
        return Checked(answer, Equality.DIFFERENT, evidence)
    verdict, remarks = _against(answer.tree, reference, known)
    if verdict.verdict is not Equality.EQUAL and followed is not None:
        again, more = _against(answer.tree, followed, known)
        if again.verdict is Equality.EQUAL:
            return Checked(answer, verdict.verdict, verdict.evidence, more, followed=True)
    return Checked(answer, verdict.verdict, verdict.evidence, remarks)


def _against(tree: Expr, reference: Expr, known: Knowledge) -> tuple[Verdict, tuple[Remark, ...]]:
    """The verdict on one reference, and the remarks that it costs."""
    pairs: list[tuple[Expr, Expr, tuple[Remark, ...]]] = [(tree, reference, ())]
    normed = as_norms(tree, reference)
    if normed is not None:
        pairs.append((*normed, (MISSING_NORM,)))
    first: Verdict | None = None
    for left, right, remarks in pairs:
        verdict = decide(left, right, known.assumptions())
        if verdict.verdict is Equality.DIFFERENT and rounds_to(left, right, known):
            sentence = "it rounds to the value in the figures asked for"
            verdict = Verdict(Equality.EQUAL, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence))
        if verdict.verdict is Equality.EQUAL:
            return verdict, remarks
        first = first or verdict
    assert first is not None
    return first, ()


def rounds_to(tree: Expr, reference: Expr, known: Knowledge) -> bool:
    """Whether a decimal coefficient agrees with the exact one in the figures that the question asks for.

    >>> # 0.296*norm(phi(x)) against 8/27*norm(phi(x)), three figures
    """
    target = known.target
    if target.figures is None or not any(part.head == "decimal" for part in walk(tree)):
        return False
    ours, exact = (_coefficient(t, target.scale or ONE, known) for t in (tree, reference))
    if ours is None or exact is None:
        return False
    return _figures(ours, target.figures) == _figures(exact, target.figures)


def _coefficient(tree: Expr, scale: Expr, known: Knowledge) -> Fraction | None:
    """c where the tree is c*scale with a rational c (or one known to be as good as rational)."""
    ratio = constant_ratio(tree, scale, known.assumptions())
    return ratio if isinstance(ratio, Fraction) else None


def _figures(value: Fraction, figures: int) -> str:
    """The value in so many significant figures, halves rounded away from zero as examiners do."""
    number = Decimal(value.numerator) / Decimal(value.denominator)
    quantum = Decimal(1).scaleb(number.adjusted() - figures + 1)
    return str(number.quantize(quantum, ROUND_HALF_UP))
