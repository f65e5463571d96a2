"""Evidence in words, for a person."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import acb, arb, fmpq

from grader.equivalence.arrays import Array
from grader.equivalence.expectations import told_outcomes
from grader.equivalence.points import Space, describe
from grader.equivalence.precision import bits
from grader.equivalence.refute import Separation, Trial
from grader.equivalence.settled import NO_VALUE
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_DIGITS = 12
_IN_DATA = 200  # characters of an exact number; a longer one is rounded
_IN_SENTENCE = 40
_NAMES = 6
_CLOSE_BITS = 8192


def value_text(value: Any, digits: int = _DIGITS, longest: int = _IN_DATA) -> str:
    """A value as text: exact where it is and is not too long, else digits that are certain."""
    if value is NO_VALUE:
        return "no value"
    if type(value) is Array:
        return "(" + ", ".join(value_text(v, 8, longest) for v in value.entries) + ")"
    if type(value) is fmpq:
        return _rational(value, digits, longest)
    if isinstance(value, bool):
        return "true" if value else "false"
    if type(value) is acb:
        return _complex_text(value, digits)
    return _decimal(value, digits)


def _rational(value: fmpq, digits: int, longest: int) -> str:
    size = max(abs(value.numerator), value.denominator)
    text = str(value) if size.bit_length() < 4 * longest else ""
    return text if text and len(text) <= longest else _decimal(arb(value), digits)


def _decimal(ball: Any, digits: int) -> str:
    """The digits of a ball, without zeros behind."""
    text = str(ball.str(digits, radius=False))
    mantissa, mark, exponent = text.partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return "0" if mantissa in ("0", "-0", "") else mantissa + mark + exponent  # no digit is certain


def _complex_text(value: Any, digits: int) -> str:
    real, imaginary = value.real, value.imag
    if imaginary.is_zero():
        return _decimal(real, digits)
    sign = "-" if imaginary < 0 else "+"
    size = _decimal(abs(imaginary), digits)
    if size == "0":
        return _decimal(real, digits)
    shown = "i" if size == "1" else f"{size} i"
    if _decimal(real, digits) == "0":
        return shown if sign == "+" else f"-{shown}"
    return f"{_decimal(real, digits)} {sign} {shown}"


def place_text(point: dict[str, str]) -> str:
    """A point in words: `p = 1/3, y = 1/2`, cut short where it is long."""
    told, rest = told_outcomes(point)
    parts = [f"{name} = {_cut(value)}" for name, value in rest.items()]
    if len(parts) > _NAMES + 1:
        parts = [*parts[: _NAMES - 1], f"{parts[_NAMES - 1]} and so on ({len(point)} names)"]
    return ", ".join(parts) + "; ".join(["", *told] if parts else told)


def _cut(text: str) -> str:
    return text if len(text) <= _IN_SENTENCE or not text.isdigit() else f"{text[:8]}... ({len(text)} digits)"


def separated(found: Separation, space: Space) -> Evidence:
    """The evidence of a counterexample."""
    point = describe(space, found.point)
    left, right = _texts(found, _IN_DATA)
    data = {"point": point, "left": left, "right": right, "domain_only": found.kind == "domain"}
    if Array not in (type(found.left), type(found.right)):
        left, right = (value_text(v, longest=_IN_SENTENCE) for v in (found.left, found.right))
    return Evidence(EvidenceKind.COUNTEREXAMPLE, _parted(place_text(point), left, right, found), data)


def apart_by(gap: Fraction) -> Evidence:
    """The evidence of a constant difference, where the values themselves are out of reach."""
    more = "larger" if gap > 0 else "smaller"
    sentence = f"The first is {more} than the second by {abs(gap)}."
    data = {"point": {}, "left": str(gap), "right": "0", "domain_only": False}
    return Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data)


def _texts(found: Separation, longest: int) -> tuple[str, str]:
    """Both values, with so many digits that they differ."""
    left = right = ""
    for digits in (_DIGITS, 4 * _DIGITS, 16 * _DIGITS, 64 * _DIGITS):
        left, right = (value_text(v, digits, max(longest, digits)) for v in (found.left, found.right))
        if left != right:
            break
    return left, right


def _parted(place: str, left: str, right: str, found: Separation) -> str:
    where = f"At {place} the" if place else "The"
    shapes = _shape(found.left), _shape(found.right)
    if shapes[0] != shapes[1] and found.kind == "value":
        return f"The first is {shapes[0]} and the second is {shapes[1]}."
    if found.kind == "value":
        return _close(where, left, found) or f"{where} first is {left} and the second is {right}."
    if found.left is NO_VALUE:
        return f"{where} first has no value and the second is {right}; only the domain differs."
    return f"{where} first is {left} and the second has no value; only the domain differs."


def _close(where: str, shown: str, found: Separation) -> str:
    """In words that two real numbers are so near that their digits do not tell them apart."""
    if any(type(v) not in (fmpq, arb) for v in (found.left, found.right)):
        return ""
    rounded = [_decimal(arb(v), _DIGITS) for v in (found.left, found.right)]
    exact = shown == str(found.left) and value_text(found.right, longest=_IN_SENTENCE) == str(found.right)
    if exact or rounded[0] != rounded[1]:
        return ""
    with bits(_CLOSE_BITS):
        gap = found.left - found.right
    more = "larger" if gap > 0 else "smaller"
    return f"{where} first is about {shown}, and is {more} than the second by {value_text(abs(gap), 3, 10)}."


def _shape(value: Any) -> str:
    """What an array is, in words."""
    if type(value) is not Array:
        return "a single value"
    if value.columns == 1:
        return f"a column of {value.rows}"
    return f"a row of {value.columns}" if value.rows == 1 else f"a {value.rows} by {value.columns} matrix"


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


def stopped() -> Verdict:
    """Unknown, since a calculation was ended by the guard against hanging."""
    sentence = "A calculation took too long and was stopped; a person should look at it."
    return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.CALCULUS, sentence, {"stopped": True}))


def undecided(reason: str) -> Verdict:
    """Unknown for a reason that a person has to judge."""
    sentence = f"{reason} A person should look at it."
    return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, {}))
