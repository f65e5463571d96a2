"""Answers in words: that there is no value (`DNE`, `undefined`, `diverges`), and T or F for a truth."""

from __future__ import annotations

from grader.expressions.nodes import Expr, walk
from grader.notation.sayings import MISSING
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_PLAIN = frozenset(["number", "decimal", "symbol", "add", "mul"])


def decide_words(left: Expr, right: Expr) -> Verdict | None:
    """The verdict where one answer says that there is no value, or may; None where neither does.

    The same saying is EQUAL, and beside what surely has a value it is DIFFERENT. Infinity, or a limit that
    nobody has worked out, may be called so too: a person decides.
    """
    if any(_is_letter_of(*pair) for pair in ((left, right), (right, left))):
        said = "I can't tell whether the letter stands for a truth. A person should look at it."
        return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.COUNTEREXAMPLE, said, {}))
    if left not in MISSING and right not in MISSING:
        return None
    if left is right:
        return Verdict(
            Equality.EQUAL, Evidence(EvidenceKind.IDENTICAL, "Both say that there is no value.", {})
        )
    other = right if left in MISSING else left
    if other not in MISSING and all(_has_value(part) for part in walk(other)):
        said = "One says that there is no value, the other has one."
        data = {"point": {}, "left": "", "right": "", "domain_only": False}
        return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, said, data))
    said = "One says that there is no value. A person should look at it."
    return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.COUNTEREXAMPLE, said, {}))


def _has_value(part: Expr) -> bool:
    if part.head == "pow":
        base, exponent = part.args
        return base.head == "number" and base.value != 0 and exponent.head == "number"
    return part.head in _PLAIN or (part.head == "constant" and part.value in ("pi", "e", "true", "false"))


def _is_letter_of(letter: Expr, truth: Expr) -> bool:
    """T, F, Y or N beside `true` or `false`."""
    known = truth.head == "constant" and truth.value in ("true", "false")
    return known and letter.head == "symbol" and letter.value in ("T", "F", "Y", "N", "t", "f", "y", "n")
