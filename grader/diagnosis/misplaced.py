"""A largest value that is wrong because it is taken at the wrong place: the line that says where is named.

`The maximum is at p = 1/2. The largest magnitude is 1/4 |v|`: the second line follows from the first.
"""

from __future__ import annotations

import re

from grader.equivalence import decide
from grader.expressions.nodes import Expr
from grader.records import Equality, StepVerdict
from grader.working import Knowledge, Statement, Step, Working
from grader.working.arguments.points import at
from grader.working.arguments.strangers import of_the_abbreviation

_LARGEST = (
    r"(?:largest|greatest|biggest|highest|maximal|maximum|max|maximi[sz]ed|at its (?:max|maximum|largest))"
)
_WHERE = r"(?:at|when|where|for|if)"
_OF_IT = r"\b(?:it|this|that|which|magnitude|gradient|norm|size|length|value)"
_IS = r"\b(?:is|occurs?|lies|happens|attained|reached|taken|found|comes)"
_SAYS = re.compile(
    rf"{_OF_IT} (?:is|becomes|gets) {_LARGEST} {_WHERE}\W*$"
    rf"|\b(?:maximum|max|largest|greatest)\b[\w ]*{_IS}(?: \w+)? {_WHERE}\W*$"
    rf"|\b(?:attains?|reach(?:es)?|takes?|has) (?:its|the) {_LARGEST}(?: value| magnitude)? {_WHERE}\W*$"
    r"|\b(?:maximum|max) at\W*$"
)
_SAYS_AFTER = re.compile(r"^\W*(?:is the (?:maximum|maximi[sz]er)|maximi[sz]es (?:it|this|that|the)\b)")
_DENIED = re.compile(r"\b(?:not|never|isn't|smallest|minimum|minimal|least|lowest)\b|^\W*\?")


def misplaced(working: Working) -> Step | None:
    """The first line that says that what is asked for is largest where its value is not the right one."""
    known = working.known
    if not known.target.is_largest or not known.target.references:
        return None
    before: Statement | None = None
    for statement in working.statements:
        it = before is not None and _is_it(before, known)
        if _says_where(statement, it) and _is_wrong(statement.steps[0].relation, known):
            return statement.steps[0]
        before = statement
    return None


def _is_it(statement: Statement, known: Knowledge) -> bool:
    """Whether a formula is what the largest value is asked of: `the gradient $2p(1-p)^2 |v|$ is ...`."""
    if len(statement.members) != 1:
        return False
    return any(
        decide(quantity, statement.last, known.assumptions()).verdict is Equality.EQUAL
        for quantity in known.target.named
        if quantity.kind == statement.last.kind
    )


def _says_where(statement: Statement, it: bool) -> bool:
    """Whether it gives a value to a name, and words say that this is where the maximum is.

    `it`: the formula before is what the largest value is asked of.
    """
    stated = statement.operators == ("=",) and len(statement.members) == 2
    if not stated or not statement.steps or statement.steps[0].verdict is StepVerdict.FAILS:
        return False
    before, after = statement.line.intro, statement.line.outro
    if _DENIED.search(before) or _DENIED.search(after.split(".")[0]):
        return False
    said = f"it {before}" if it else before
    return bool(_SAYS.search(said) or _SAYS_AFTER.search(after))


def _is_wrong(place: Expr | None, known: Knowledge) -> bool:
    """Whether the quantity, worked out at a place, is certainly not what is asked for."""
    if place is None:
        return False
    place = of_the_abbreviation(place, known)
    if _is_outside(place, known):
        return True
    if known.target.slipped:
        return False
    for quantity in known.target.named:
        there = at(quantity, place, known)
        if there is not known.coordinates(quantity):
            verdict = decide(there, known.target.references[0], known.assumptions())
            return verdict.verdict is Equality.DIFFERENT
    return False


def _is_outside(place: Expr, known: Knowledge) -> bool:
    """Whether the name never has the value: p = 1 where p lies in (0, 1)."""
    name, value = place.args
    declared = known.table.symbols.get(str(name.value)) if name.head == "symbol" else None
    if declared is None or declared.domain is None or value.head != "number":
        return False
    return not declared.domain.holds(value.value)
