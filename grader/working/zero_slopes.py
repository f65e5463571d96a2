"""`Setting this to 0 and dividing by $2(1 - p)$:`: the derivative that was found last is 0 from here on.

What follows is an equation to be solved, in a variable that the question has declared, and no identity.
"""

from __future__ import annotations

import re
from dataclasses import replace

from grader.expressions.build import ONE, ZERO, equation
from grader.expressions.nodes import Expr, walk
from grader.records import Equality
from grader.working.entailment import entails
from grader.working.knowledge import Knowledge
from grader.working.records import Line

_NOUGHT = r"(?:0|zero|nought|nil|\$\s*=?\s*0\s*\$)"
_IT = r"(?:this|it|that|which|derivative|slope|gradient|expression|result)"
_SAYS = re.compile(
    rf"\b(?:set|sets|setting|put|putting|equat\w*|make|making|require|want|need)\b[^.]*\b(?:to|equal(?:s|ling)?|be|=)\s*{_NOUGHT}"
    rf"|\b(?:set|setting|put|putting)\b[^.]*=\s*{_NOUGHT}"
    rf"|\b{_IT}\b(?:[^.$]|\$[^$]*\$)*\b(?:is|be|equals?|becomes)(?: equal to)? {_NOUGHT}"
    rf"|\b(?:vanish\w*|stationary|critical|turning point|zeros? of the (?:derivative|slope))\b"
    rf"|\bfor (?:a|the|an) (?:max\w*|min\w*|extrem\w*|optim\w*)\b"
)
_SLOPES = frozenset(["derivative", "derived", "gradient"])
_FALSE = equation(ZERO, ONE)
_DENIED = re.compile(r"\b(?:never|not|nowhere|cannot|can't|isn't|doesn't)\b")


def says_zero_slope(line: Line) -> bool:
    """Whether the words before an equation say that the derivative is 0 there.

    A value that is only named (`p = 1/3`) is held against the slope by itself.
    """
    said = " ".join(f"{line.intro} {line.sentence.lower()}".split())
    return bool(_SAYS.search(said)) and not _DENIED.search(said) and not _is_value(line)


def with_zero_slope(line: Line, known: Knowledge) -> Knowledge:
    """The knowledge with the latest slope, if there is one, equal to 0."""
    slope = known.slope
    before = replace(line.place, column=0)  # the words stand before the formula, which is held against this
    return known if slope is None else known.learn(equation(slope, ZERO), before)


def may_be_condition(tree: Expr, known: Knowledge) -> bool:
    """Whether an equation without words may be one for where the latest slope is 0.

    What works out a slope itself is none, and of a slope that is nowhere 0 anything would follow.
    """
    if known.slope is None or not known.target.references or any(p.head in _SLOPES for p in walk(tree)):
        return False
    nowhere = entails([equation(known.slope, ZERO)], _FALSE, known).verdict is Equality.EQUAL
    return not nowhere


def _is_value(line: Line) -> bool:
    tree = line.segment.tree
    return tree is not None and tree.head == "chain" and tree.args[0].head == "symbol"
