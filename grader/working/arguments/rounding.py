"""`a approx b`: an approximation holds when it rounds to the figures that are written."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence import constant_digits, constant_ratio, follows
from grader.expressions.build import call, chain, mul, number, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.notation import to_text
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working.arguments.figures import rounds_to
from grader.working.entailment import candidates, search, unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial


def approximation(trial: Trial) -> Judgement | None:
    """Holds when the two sides differ by at most half a unit of the last figure written."""
    link = trial.link
    places = _places(link.right)
    if link.operator == "=":
        return _written_as_equal(trial, places)
    if link.operator != "approx":
        return None
    if places is None:
        return _of_multiple(trial) or _nearly(trial)
    close = _close(trial, places)
    if unknowns(trial.known.coordinates(link.left)):
        return _of_unknown(trial, close)
    verdict = follows([], close, trial.known.assumptions_on(close))
    if verdict.verdict is Equality.UNKNOWN:
        return None
    if verdict.verdict is Equality.EQUAL:
        return Judgement(StepVerdict.HOLDS, verdict.evidence)
    told = _told(trial, places, link.left, link.right)
    return Judgement(StepVerdict.FAILS, told or verdict.evidence)


def _of_multiple(trial: Trial) -> Judgement | None:
    """`8/27 x ~ 0.296 x`: the same is multiplied, and the decimal is rounded from what stood by it."""
    left, right = trial.link.left, trial.link.right
    decimals = [f for f in (right.args if right.head == "mul" else ()) if f.head == "decimal"]
    if len(decimals) != 1 or decimals[0].value[1] < 2 or not unknowns(left):
        return None
    ratio = constant_ratio(left, right, trial.known.assumptions())
    if ratio is None:
        return None
    exact = mul(number(ratio) if isinstance(ratio, Fraction) else ratio, decimals[0])
    if is_rounded_from(decimals[0], exact, trial.known):
        sentence = "The decimal is rounded from the exact factor."
        return Judgement(StepVerdict.HOLDS, Evidence(EvidenceKind.CONSISTENT, sentence))
    told = _told(trial, decimals[0].value[1], exact, decimals[0])
    return Judgement(StepVerdict.FAILS, told) if told is not None else None


def _close(trial: Trial, places: int) -> Expr:
    half_unit = number(Fraction(1, 2 * 10**places))
    return chain((call("abs", sub(trial.link.left, trial.link.right)), half_unit), ("<=",))


def is_rounded_from(written: Expr, exact: Expr, known: Knowledge) -> bool:
    """Whether a decimal is a number rounded to the figures that are written: 0.333 of 1/3."""
    half = half_unit(written)
    if half is None or unknowns(known.coordinates(exact)):
        return False
    close = chain((call("abs", sub(exact, written)), half), ("<=",))
    return follows([], close, known.assumptions()).verdict is Equality.EQUAL


def half_unit(written: Expr) -> Expr | None:
    """Half a unit of the last figure of a decimal, `-0.69` as well."""
    return number(Fraction(1, 2 * 10 ** written.value[1])) if written.head == "decimal" else None


def _written_as_equal(trial: Trial, places: int | None) -> Judgement | None:
    """`8/27 = 0.2963`: holds where the decimals are rounded from the number before."""
    link = trial.link
    if rounds_to(link.right, link.left, trial.known):
        return Judgement(StepVerdict.HOLDS)
    multiple = _of_multiple(trial)
    if multiple is not None and multiple.verdict is StepVerdict.HOLDS:
        return multiple
    if link.right.head != "decimal" or places is None or places < 2 or link.left.head == "decimal":
        return None
    if unknowns(trial.known.coordinates(link.left)) or link.left.kind not in ("scalar", "integer"):
        return None
    close = _close(trial, places)
    verdict = follows([], close, trial.known.assumptions_on(close))
    return Judgement(StepVerdict.HOLDS, verdict.evidence) if verdict.verdict is Equality.EQUAL else None


def _of_unknown(trial: Trial, close: Expr) -> Judgement | None:
    """`x ~ 3.54`: holds where it follows; where nothing is known of x, it is given."""
    link, known = trial.link, trial.known
    found = search(close, known)
    if found is not None:
        return Judgement(StepVerdict.HOLDS, found.verdict.evidence, found.lines, point=None)
    if candidates(close, known) or link.left.head != "symbol":
        return None
    return Judgement(StepVerdict.GIVEN)


def _told(trial: Trial, places: int, exact: Expr, written: Expr) -> Evidence | None:
    """What the number is, with two more figures."""
    digits = constant_digits(trial.known.coordinates(exact), places + 2)
    if digits is None:
        return None
    data = {"point": {}, "left": digits, "right": to_text(written), "domain_only": False}
    return Evidence(EvidenceKind.COUNTEREXAMPLE, f"It is {digits}, which does not round to this.", data)


def _nearly(trial: Trial) -> Judgement | None:
    """An expression for a number (1 + 0.1 + 0.005 for exp(0.1)) holds within half a percent."""
    link = trial.link
    if free_symbols(link.left) or free_symbols(link.right):
        return None
    gap = call("abs", sub(link.left, link.right))
    close = chain((gap, mul(number(Fraction(1, 200)), call("abs", link.left))), ("<=",))
    verdict = follows([], close, trial.known.assumptions_on(close))
    return Judgement(StepVerdict.HOLDS, verdict.evidence) if verdict.verdict is Equality.EQUAL else None


def _places(tree: Expr) -> int | None:
    """How many decimals a rounded number shows; None for anything but a literal number."""
    if tree.head == "decimal":
        places: int = tree.value[1]
        return places
    return 0 if tree.head == "number" and tree.value.denominator == 1 else None
