"""A largest value that is wrong because it is taken at the wrong place: the line that says where is named.

`The maximum is at p = 1/2. The largest magnitude is 1/4 |v|`: the second line follows from the first.
"""

from __future__ import annotations

import re

from grader.equivalence import decide
from grader.expressions.build import equation
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import contains
from grader.expressions.rewrite import replace as substitute
from grader.records import Equality, StepVerdict
from grader.working import Knowledge, Statement, Step, Working
from grader.working.arguments.points import at
from grader.working.arguments.strangers import abbreviations

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
    if not known.target.is_largest or not known.target.references or any(not f.line for f in known.own):
        return None
    for statement in working.statements:
        if _says_where(statement) and _is_wrong(statement.steps[0].relation, known):
            return statement.steps[0]
    return None


def _says_where(statement: Statement) -> bool:
    """Whether it gives a value to a name, and words say that this is where the maximum is."""
    stated = statement.operators == ("=",) and len(statement.members) == 2
    if not stated or not statement.steps or statement.steps[0].verdict is StepVerdict.FAILS:
        return False
    before, after = statement.line.intro, statement.line.outro
    if _DENIED.search(before) or _DENIED.search(after.split(".")[0]):
        return False
    return bool(_SAYS.search(before) or _SAYS_AFTER.search(after))


def _is_wrong(place: Expr | None, known: Knowledge) -> bool:
    """Whether the quantity, worked out at a place, is certainly not what is asked for."""
    if place is None:
        return False
    place = _of_the_abbreviation(place, known)
    if _is_outside(place, known):
        return True
    for quantity in known.target.named:
        there = at(quantity, place, known)
        if there is not known.coordinates(quantity):
            verdict = decide(there, known.target.references[0], known.assumptions())
            return verdict.verdict is Equality.DIFFERENT
    return False


def _of_the_abbreviation(place: Expr, known: Knowledge) -> Expr:
    """`w . phi(x) = 0` as what it says of p, which is short for `sigma(w . phi(x))`."""
    name, value = place.args
    for own in abbreviations(known):
        if own.definition is not None and contains(own.definition, name):
            return equation(own.expr, substitute(own.definition, {name: value}))
    return place


def _is_outside(place: Expr, known: Knowledge) -> bool:
    """Whether the name never has the value: p = 1 where p lies in (0, 1)."""
    name, value = place.args
    declared = known.table.symbols.get(str(name.value)) if name.head == "symbol" else None
    if declared is None or declared.domain is None or value.head != "number":
        return False
    return not declared.domain.holds(value.value)
