"""`f''(1) = 18 > 0, so it is a maximum`: what words draw from the sign of a second derivative."""

from __future__ import annotations

import re

from grader.equivalence import follows
from grader.expressions.build import ZERO, chain
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working.links import Judgement, Link, Trial

_SECOND = re.compile(r"\w''$|d2.+/d.+2$|[A-Za-z]_\{?(\w)\1\}?$")
_ANOTHER = re.compile(r"\$[^$]*(?:[<>]|''|\\[lg]e|\^2|_\{)[^$]*\$|\b(?:and|but|while|whereas)\b|[;:]")
_COMPARED = re.compile(r"\$[^$]*(?:[<>]|\\[lg]t\b)[^$]*\$")
_LEADS = re.compile(r"^\W*and (?=so|hence|thus|therefore)")
_DENIED = re.compile(r"\b(?:not|no|cannot|can't|isn't|neither|nor|rather|if|unless|inconclusive)\b")
_MAXIMUM, _MINIMUM = re.compile(r"\bmaxim(?:um|a)\b"), re.compile(r"\bminim(?:um|a)\b")
_DOWN = re.compile(r"\bconcave\b(?! up)|\bconvex down")
_UP = re.compile(r"\bconvex\b(?! down)|\bconcave up")
_SAID = {
    ">": (
        _MAXIMUM,
        _MINIMUM,
        "positive, there can be a minimum, and no maximum",
    ),
    "<": (
        _MINIMUM,
        _MAXIMUM,
        "negative, there can be a maximum, and no minimum",
    ),
}
_BENT = {">": (_DOWN, _UP), "<": (_UP, _DOWN)}


def bending(trial: Trial) -> Judgement | None:
    """Fails where a positive second derivative is said to show a maximum, or a negative one a minimum."""
    link = trial.link
    sign = _sign(trial) if _is_second(link.head) or _is_second(link.left) else None
    words = _ANOTHER.split(_LEADS.sub("", link.rest))[0]
    if sign is None or _DENIED.search(words):
        return None
    for wrong, right in ((_SAID[sign][0], _SAID[sign][1]), _BENT[sign]):
        if wrong.search(words) and not right.search(_COMPARED.split(link.rest)[0]):
            evidence = Evidence(EvidenceKind.CLAIM, f"Where the second derivative is {_SAID[sign][2]}.")
            return Judgement(StepVerdict.FAILS, evidence, cause="wrong-critical-point")
    return None


def _sign(trial: Trial) -> str | None:
    """The sign that a line gives, or shows where it ends in a number."""
    link = trial.link
    if link.operator in (">", "<"):
        return link.operator if link.right is ZERO else None
    if link.operator != "=" or not _ends(link) or free_symbols(link.right) or link.right.kind != "scalar":
        return None
    for sign in (">", "<"):
        found = follows([], chain((link.right, ZERO), (sign,)), trial.known.assumptions())
        if found.verdict is Equality.EQUAL:
            return sign
    return None


def _ends(link: Link) -> bool:
    return link.single and bool(link.rest)


def _is_second(tree: Expr) -> bool:
    """Whether a tree is a second derivative, or its value somewhere."""
    for part in walk(tree):
        if part.head == "derived" and part.value == 2:
            return True
        if part.head == "derivative" and len(part.args) == 3 and part.args[1] is part.args[2]:
            return True
        if part.head == "symbol" and _SECOND.match(str(part.value)):
            return True
    return False
