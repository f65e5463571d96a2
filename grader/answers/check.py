"""Is the final answer right? By the ladder, up to notation, in the figures asked for, or followed."""

from __future__ import annotations

from grader.answers.alike import alike
from grader.answers.records import Checked, FinalAnswer
from grader.equivalence import decide
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import symbols_of
from grader.records import Equality, Evidence, EvidenceKind, Remark, Verdict
from grader.working import Knowledge
from grader.working.arguments.figures import rounds_to
from grader.working.arguments.norms import MISSING_NORM, as_norms
from grader.working.arguments.proportional import up_to_factor
from grader.working.arguments.quantity import in_terms, is_unknown, is_worked_out, names
from grader.working.arguments.slips import carry
from grader.working.arguments.strangers import explained

_ROUNDED = "it rounds to the value in the figures asked for"


def check(answer: FinalAnswer | None, known: Knowledge, followed: Expr | None = None) -> Checked:
    """The verdict on a final answer against the reference; `followed` is that of follow-through."""
    target = known.target
    if answer is None or not target.references:
        return Checked(answer, Equality.NONE)
    reference = target.references[0]
    if is_unknown(known) and not in_terms(known.spelled(answer.tree), target):
        evidence = Evidence(EvidenceKind.CLAIM, "it is not written in the terms that are asked for")
        return Checked(answer, Equality.DIFFERENT, evidence)
    if _says_itself(answer.tree, known):
        evidence = Evidence(EvidenceKind.CLAIM, "it says the quantity in terms of itself")
        return Checked(answer, Equality.DIFFERENT, evidence)
    if is_left_open(answer.tree, known):
        evidence = Evidence(EvidenceKind.CLAIM, f"{_left(answer.tree)} in it is left to be worked out")
        right = _against(answer.tree, reference, known)[0].verdict is Equality.EQUAL
        return Checked(answer, Equality.UNKNOWN if right else Equality.DIFFERENT, evidence)
    meant = _as_meant(answer.tree, known)
    if meant is not answer.tree and _against(meant, reference, known)[0].verdict is not Equality.EQUAL:
        evidence = Evidence(EvidenceKind.CLAIM, "it is not right with what is said here of the inverse")
        return Checked(answer, Equality.UNKNOWN, evidence)
    verdict, remarks = _against(answer.tree, reference, known)
    if verdict.verdict is not Equality.EQUAL and followed is not None:
        again, more = _against(answer.tree, followed, known)
        if again.verdict is Equality.EQUAL:
            return Checked(answer, verdict.verdict, verdict.evidence, more, followed=True)
    for tree, said in explained(answer.tree, known) if verdict.verdict is Equality.DIFFERENT else ():
        if _against(tree, reference, known)[0].verdict is Equality.EQUAL:
            evidence = Evidence(EvidenceKind.CLAIM, f"it is right if {said}, which nothing here says")
            return Checked(answer, Equality.UNKNOWN, evidence)
    functions = [s for s in symbols_of(answer.tree) if s.kind == "function"]
    strange = [s for s in functions if s.value not in known.table.symbols]
    if strange and verdict.verdict is Equality.DIFFERENT:
        evidence = Evidence(EvidenceKind.CLAIM, f"nothing here says what {strange[0].value} is")
        return Checked(answer, Equality.UNKNOWN, evidence)
    rounded = verdict.evidence is not None and verdict.evidence.sentence == _ROUNDED
    return Checked(answer, verdict.verdict, verdict.evidence, remarks, rounded=rounded)


def _as_meant(tree: Expr, known: Knowledge) -> Expr:
    """The answer with what the student wrongly says of an inverse in it: `sigma^-1(y) = ln((1 - y)/y)`."""
    for slip in known.own:
        pattern = slip.relation.args[0] if slip.relation.head == "chain" and slip.line else None
        if pattern is not None and pattern.head == "apply" and pattern.args[0].head == "inverse":
            tree = carry(tree, slip.relation, known)
    return tree


def _says_itself(tree: Expr, known: Knowledge) -> bool:
    """Whether the quantity's own name stands in what it is said to be."""
    inside = walk(known.spelled(tree))
    return any(part.head == "symbol" and part.kind != "function" and names(part, known) for part in inside)


def _left(tree: Expr) -> str:
    """What is left to be worked out."""
    integral = any(part.head in ("integral", "at") for part in walk(tree))
    return "an integral" if integral else "a derivative"


def is_left_open(tree: Expr, known: Knowledge) -> bool:
    """Whether something is left to be worked out: an operation, or the derivative of a known function."""
    return not is_worked_out(known.spelled(tree)) or _left_derived(tree, known)


def _left_derived(tree: Expr, known: Knowledge) -> bool:
    """Whether the derivative of a function that is known in closed form is left standing (sigma'(u))."""
    for part in walk(tree):
        if part.head == "derived" and part.args[0].head == "symbol":
            declared = known.table.symbols.get(part.args[0].value)
            if declared is not None and declared.definition is not None:
                return True
    return False


def _against(tree: Expr, reference: Expr, known: Knowledge) -> tuple[Verdict, tuple[Remark, ...]]:
    """The verdict on one reference, and the remarks that it costs."""
    tree, reference = alike(tree, reference)
    pairs: list[tuple[Expr, Expr, tuple[Remark, ...]]] = [(tree, reference, ())]
    normed = as_norms(tree, reference)
    if normed is not None:
        pairs.append((*normed, (MISSING_NORM,)))
    first: Verdict | None = None
    for left, right, remarks in pairs:
        verdict = decide(left, right, known.assumptions())
        if verdict.verdict is Equality.DIFFERENT and rounds_to(left, right, known):
            verdict = Verdict(Equality.EQUAL, Evidence(EvidenceKind.COUNTEREXAMPLE, _ROUNDED))
        if verdict.verdict is not Equality.EQUAL:
            verdict = up_to_factor(left, right, known) or verdict
        if verdict.verdict is Equality.EQUAL:
            return verdict, remarks
        first = first or verdict
    assert first is not None
    return first, ()
