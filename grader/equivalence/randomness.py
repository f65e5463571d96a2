"""Formulas with probabilities and expectations: equal by law, different for every case, or not to be told.

Laws hold for all events and all random variables. What holds only for independent ones, or only for events
that exclude each other, may be meant so: then nobody can tell from the formula alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.chances import Spelled, probabilities, spelled_out_chances
from grader.equivalence.expectations import randomness_of, spelled_out_expectations
from grader.equivalence.features import features
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr, walk
from grader.records import Equality, Evidence, EvidenceKind, Verdict

Decide = Callable[[Expr, Expr, Assumptions], Verdict]


def decide_with_chances(left: Expr, right: Expr, assumptions: Assumptions, decide: Decide) -> Verdict:
    """As `decide`, with the laws of probability; UNKNOWN where it depends on what is not said."""
    if left is right or all("apply" not in features(t).heads for t in (left, right)):
        return decide(left, right, assumptions)
    spelled = spelled_out_chances((left, right), assumptions.table)
    if spelled is not None:
        return _of_events(spelled, assumptions, decide)
    found = decide(left, right, assumptions)
    if found.verdict is not Equality.DIFFERENT or not _by_value(found):
        return found
    doubt = _doubt(left, right, assumptions, decide)
    return found if doubt is None else _unknown(doubt)


def _of_events(spelled: Spelled, assumptions: Assumptions, decide: Decide) -> Verdict:
    first, second = spelled.trees
    found = decide(first, second, _with(assumptions, spelled.domains))
    if found.verdict is not Equality.DIFFERENT or not _by_value(found):
        return found
    names = ", ".join(str(e.value) for e in spelled.events)
    if any(e.head != "symbol" for e in spelled.events):
        return _unknown("How these events depend on each other is not worked out.")
    (one, other), domains = spelled.independent()
    if decide(one, other, _with(assumptions, domains)).verdict is Equality.EQUAL:
        return _unknown(f"They are equal if {names} are independent, which nothing here says.")
    if len(spelled.events) > 1 and not spelled.joint:
        one, other = spelled.exclusive()
        if decide(one, other, _with(assumptions, spelled.domains)).verdict is Equality.EQUAL:
            return _unknown(f"They are equal if {names} exclude each other, which nothing here says.")
    return found


def _with(assumptions: Assumptions, domains: Mapping[str, Domain]) -> Assumptions:
    return replace(assumptions, domains={**assumptions.domains, **domains})


def _by_value(found: Verdict) -> bool:
    """Whether a counterexample is a point, and not two shapes."""
    return found.evidence is not None and bool(found.evidence.data.get("point"))


def _unknown(reason: str) -> Verdict:
    sentence = f"{reason} A person should look at it."
    return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, {}))


def _doubt(left: Expr, right: Expr, assumptions: Assumptions, decide: Decide) -> str | None:
    """Why a counterexample to a formula with expectations may not count; None if it does."""
    table = assumptions.table
    if any(_conditional(t) for t in (left, right)):
        return "What holds for conditional chances and expectations is not worked out."
    if any(True for t in (left, right) for _ in probabilities(t, table)):
        return "The laws of probability are not worked out for these events."
    known = randomness_of((left, right), table)
    if known is None:
        return None
    if not known.certain:
        return "It is not clear which of the letters are random."
    if len(known.letters) > 1:
        trees = spelled_out_expectations((left, right), table, independent=True)
        if decide(trees[0], trees[1], assumptions).verdict is Equality.EQUAL:
            names = ", ".join(sorted(str(s.value) for s in known.letters))
            return f"They are equal if {names} are independent, which nothing here says."
    return None


def _conditional(tree: Expr) -> bool:
    return any(
        part.head == "apply" and part.args[0].head == "symbol" and "|" in str(part.args[0].value)
        for part in walk(tree)
    )
