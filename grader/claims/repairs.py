"""Formulas that are no expressions for a machine, but say something: `z \\gg 0`, `\\xrightarrow{p \\to 1}`.

What `grader.notation` has no tree for is cut at the one sign it does not know; what it drops in silence
(the condition over an arrow) is taken out before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SIGNS = {
    r"\gg": ">>", r"\ll": "<<", "≫": ">>", "≪": "<<", ">>": ">>", "<<": "<<", r"\not\to": "nto", "↛": "nto",
    r"\nrightarrow": "nto", r"\not\rightarrow": "nto", r"\nexists": "no", r"\gtrsim": ">", r"\lesssim": "<",
}  # fmt: skip
_CUT = re.compile(
    r"\\gg(?![A-Za-z])|\\ll(?![A-Za-z])|≫|≪|>>|<<|\\not\s*\\(?:to|rightarrow)(?![A-Za-z])|\\nrightarrow|↛"
)
_QUANTIFIED = re.compile(r"\\(?:forall|exists|nexists)\b")
_JOINTS = {"f": "forall", "e": "exists", "n": "no"}
_SPACED = re.compile(r"\\[ ,;:!]|\\q?quad(?![A-Za-z])|[:,]")
_OVER = re.compile(
    r"\\x(?:long)?rightarrow\s*(?:\[(?P<below>[^\[\]]*)\])?\s*\{(?P<over>[^{}]*)\}"
    r"|\\(?:over|under)set\s*\{(?P<set>[^{}]*)\}\s*\{\\(?:long)?(?:right)?(?:arrow|to)\}"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a formula: where it stands in the source, its text, and the sign or word before it."""

    start: int
    text: str
    joint: str = ""


def parts_of(source: str) -> tuple[Part, ...]:
    """The parts of a formula that has no tree: its sides, or what its quantifiers bind and govern.

    Empty where nothing of the kind was found.

    >>> [(p.text, p.joint) for p in parts_of(r"z \\gg 0")]
    [('z ', ''), (' 0', '>>')]
    """
    if _QUANTIFIED.search(source):
        return _quantified(source)
    found = _CUT.search(source)
    if found is None:
        return ()
    sign = _SIGNS[re.sub(r"\s", "", found.group())]
    return (Part(0, source[: found.start()]), Part(found.end(), source[found.end() :], sign))


def _quantified(source: str) -> tuple[Part, ...]:
    """`\\forall e > 0 \\exists w: |g| < e` as "for all e > 0 there is w , |g| < e"."""
    out: list[Part] = []
    at = 0
    for found in [*_QUANTIFIED.finditer(source), None]:
        end = found.start() if found else len(source)
        out.extend(_pieces(source, at, end))
        if found is not None:
            out.append(Part(found.start(), "", _JOINTS[found.group()[1]]))
            at = found.end()
    return tuple(out)


def _pieces(source: str, start: int, end: int) -> list[Part]:
    out: list[Part] = []
    at = start
    for found in [*_SPACED.finditer(source, start, end), None]:
        stop = found.start() if found else end
        if source[at:stop].strip():
            out.append(Part(at, source[at:stop]))
        at = found.end() if found else end
    return out


def over_arrow(source: str) -> Part | None:
    """The condition that stands over (or under) an arrow."""
    found = _OVER.search(source)
    if found is None:
        return None
    name = next((n for n in ("over", "below", "set") if (found.group(n) or "").strip()), None)
    return None if name is None else Part(found.start(name), found.group(name))
