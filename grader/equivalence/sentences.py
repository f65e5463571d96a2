"""Evidence in words, for a person."""

from __future__ import annotations

from typing import Any

from flint import acb, fmpq

from grader.equivalence.arrays import Array
from grader.equivalence.points import Space, describe
from grader.equivalence.refute import NO_VALUE, Separation, Trial
from grader.records import Evidence, EvidenceKind

_DIGITS = 12


def value_text(value: Any, digits: int = _DIGITS) -> str:
    """A value as text: exact where it is, else digits that are certain."""
    if value is NO_VALUE:
        return "no value"
    if type(value) is Array:
        return "(" + ", ".join(value_text(v, 8) for v in value.entries) + ")"
    if type(value) is fmpq:
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if type(value) is acb:
        return f"{value_text(value.real)} + {value_text(value.imag)} i"
    return str(value.str(digits, radius=False))


def place_text(point: dict[str, str]) -> str:
    """A point in words: `p = 1/3, y = 1/2`."""
    return ", ".join(f"{name} = {value}" for name, value in point.items())


def separated(found: Separation, space: Space) -> Evidence:
    """The evidence of a counterexample."""
    point = describe(space, found.point)
    place = place_text(point)
    left, right = value_text(found.left), value_text(found.right)
    where = f"At {place} " if place else ""
    if found.kind == "domain":
        who = "the first has no value" if found.left is NO_VALUE else "the second has no value"
        other = right if found.left is NO_VALUE else left
        sentence = f"{where or 'Here '}{who}, and the other is {other}: only where they have a value differs."
    else:
        sentence = f"{where or 'Worked out, '}the first is {left} and the second is {right}."
    data = {"point": point, "left": left, "right": right, "domain_only": found.kind == "domain"}
    return Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data)


def agreed(trial: Trial) -> Evidence:
    """The evidence of agreement without a proof."""
    sentence = (
        f"Not told apart at {trial.agreed} point{'s' if trial.agreed != 1 else ''}"
        f" to {trial.bits} bits; this is not a proof."
    )
    return Evidence(EvidenceKind.CONSISTENT, sentence, {"points": trial.agreed, "bits": trial.bits})


def proven(kernels: tuple[str, ...]) -> Evidence:
    """The evidence of a normal form 0."""
    sentence = "The difference is 0 in normal form."
    return Evidence(EvidenceKind.NORMAL_FORM, sentence, {"kernels": list(kernels)})


def lifted(kernels: tuple[str, ...]) -> Evidence:
    """The evidence of equal exponentials."""
    sentence = "Their exponentials are equal in normal form, and exp is one-to-one."
    return Evidence(EvidenceKind.NORMAL_FORM, sentence, {"kernels": list(kernels)})


def exactly_zero() -> Evidence:
    """The evidence of a constant that is exactly 0."""
    sentence = "The difference is exactly 0, worked out with algebraic numbers."
    return Evidence(EvidenceKind.NORMAL_FORM, sentence, {"kernels": []})


def by_cases(pieces: int) -> Evidence:
    """The evidence of a proof piece by piece."""
    sentence = f"They are equal on each of the {pieces} pieces between the places where a rule changes."
    return Evidence(EvidenceKind.NORMAL_FORM, sentence, {"kernels": [], "pieces": pieces})


def by_slope() -> Evidence:
    """The evidence of equal derivatives and one equal value."""
    sentence = "They have the same derivative, and the same value at a place."
    return Evidence(EvidenceKind.CALCULUS, sentence, {"kernels": []})


def computed() -> Evidence:
    """The evidence of two numbers that were worked out exactly."""
    return Evidence(EvidenceKind.NORMAL_FORM, "Worked out, they are the same number.", {"kernels": []})


def identical() -> Evidence:
    """The evidence of one and the same tree."""
    return Evidence(EvidenceKind.IDENTICAL, "They are the same as written.", {})


def exact_text(value: Any) -> str:
    """A value as text; a ball around a rational with few digits as that rational."""
    if type(value) is fmpq:
        return str(value)
    for q in range(1, 50):
        found = (value * q).unique_fmpz() if hasattr(value, "unique_fmpz") else None
        if found is not None:
            return str(fmpq(found, q))
    return value_text(value)
