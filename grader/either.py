"""Notation that two answers may use in two ways, where nothing tells which is meant: both must agree.

`E(X)` is a product by the rule for undeclared letters, and the expectation of X in a course on probability.
"""

from __future__ import annotations

from collections.abc import Callable

from grader.equivalence.features import features
from grader.expressions.build import derived
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace, transform
from grader.records import Equality, Evidence, EvidenceKind, Verdict

EXPECTATION = "either:expectation"  # the tag of the choice between E times X and the expectation of X
_MOMENTS = ("E", "Var", "Cov")


def decide_either(left: Expr, right: Expr, decide: Callable[[Expr, Expr], Verdict]) -> Verdict:
    """As `decide`, in every reading of what may be meant in two ways; UNKNOWN where they do not agree.

    Where an expectation or a variance stands beside it in its own notation, an expectation is meant.
    """
    if not (_is_open(left) or _is_open(right)):
        return _with_antiderivative(left, right, decide)
    meant = decide(_read(left, 1), _read(right, 1))
    if any(_has_moment(t) for t in (left, right)):
        return meant
    written = decide(_read(left, 0), _read(right, 0))
    if written.verdict is meant.verdict:
        return written
    return _unknown("It depends on whether E before a bracket is an expectation.")


def _unknown(reason: str) -> Verdict:
    sentence = f"{reason} A person should look at it."
    return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, {}))


def _with_antiderivative(left: Expr, right: Expr, decide: Callable[[Expr, Expr], Verdict]) -> Verdict:
    """F beside an integral of f may be any function, or what f is the derivative of."""
    found = decide(left, right)
    slopes = _slopes((left, right)) if found.verdict is Equality.DIFFERENT else {}
    if not slopes or decide(replace(left, slopes), replace(right, slopes)).verdict is not Equality.EQUAL:
        return found
    names = ", ".join(f"{slope.args[0].value}' = {f.value}" for f, slope in slopes.items())
    return _unknown(f"They are equal if {names}, which nothing here says.")


def _slopes(trees: tuple[Expr, Expr]) -> dict[Expr, Expr]:
    """Functions under an integral as derivatives of those with the same letter, written large."""
    if all("integral" not in features(t).heads for t in trees):
        return {}
    applied = {p.args[0] for t in trees for p in walk(t) if p.head == "apply" and p.args[0].head == "symbol"}
    names = {str(f.value): f for f in applied}
    return {
        f: derived(names[name.upper()], 1)
        for name, f in sorted(names.items())
        if len(name) == 1 and name.islower() and name.upper() in names
    }


def _is_open(tree: Expr) -> bool:
    known = features(tree).heads
    return "choice" in known and any(p.head == "choice" and p.value == EXPECTATION for p in walk(tree))


def _read(tree: Expr, pick: int) -> Expr:
    def change(part: Expr) -> Expr:
        return part.args[pick] if part.head == "choice" and part.value == EXPECTATION else part

    return transform(tree, change)


def _has_moment(tree: Expr) -> bool:
    """Whether a moment stands in it, but for the brackets that may be a product."""
    return any(
        part.head == "apply" and str(part.args[0].value).rstrip("|").partition("_")[0] in _MOMENTS
        for part in walk(_read(tree, 0))
    )
