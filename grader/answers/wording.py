"""Words around a formula that change what it says: `is not`, `twice`, `at least`, `divided by two`.

Such a formula is no plain answer; what is meant is for a person to say.
"""

from __future__ import annotations

import re

from grader.working import Statement, Target

_CLAUSE = re.compile(r"[.;:!?,\n]")
_DENIES = re.compile(r"(?:\b(?:not|never|cannot|neither|nor|unlike|except)\b|n't\b)(?:\W+\w+){0,3}\W*$")
_DISBELIEVES = re.compile(
    r"\b(?:rule out|ruled out|doubt|deny|wrong|false|incorrect|untrue|impossible)\b(?:\W+\w+){0,6}\W*$"
)
_CHANGES = re.compile(
    r"\b(?:twice|thrice|doubl\w+|tripl\w+|half|halv\w+|minus|plus|times|over|at least|exceeds?|below|above"
    r"|(?:square|cube|square root|reciprocal|negative|inverse|opposite|part|fraction|multiple) of"
    r"|(?:less|greater|more|larger|smaller|bigger) than|proportional to)(?: of)?(?: the)?\W*$"
)
_FOLLOWS = re.compile(
    r"^\W*(?:(?:is|are|was)\s+(?:\w+\s+)?(?:not|wrong|false|incorrect)\b"
    r"|divided by|multiplied by|times|plus|minus|squared|cubed|halved|doubled|tripled"
    r"|dozens?|hundreds?|thousands?|millions?|billions?)\b"
)
_LEAST = re.compile(r"\b(?:smallest|minimum|minimal|least|lowest)\b")
STATING = frozenset(["=", "equiv", "approx"])
_INSTANCE = re.compile(r"\b(?:for example|for instance|e\.g|say|suppose|try|trying)\b")


def changed_by_words(statement: Statement, target: Target) -> str:
    """The words before or after a formula that deny it or change its value; empty where there are none."""
    before = _CLAUSE.split(statement.line.intro)[-1]
    for pattern in (_DENIES, _DISBELIEVES, _CHANGES):
        found = pattern.search(before)
        if found is not None:
            return found.group().strip()
    found = _FOLLOWS.search(_CLAUSE.split(statement.line.outro)[0])
    if found is not None:
        return found.group().strip()
    least = _LEAST.search(before) or _LEAST.search(_CLAUSE.split(statement.line.outro)[0])
    return least.group() if least is not None and target.is_largest else ""


def stating(target: Target) -> frozenset[str]:
    """The relations that state a value; of a largest one also the bound that is taken."""
    return STATING | {"<="} if target.is_largest else STATING


def is_instance(statement: Statement) -> bool:
    """Whether a value is only tried or supposed: `for example with p = 1/3`."""
    return bool(_INSTANCE.search(_CLAUSE.split(statement.line.intro)[-1]))
