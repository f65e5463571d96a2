"""What is asked for, worked out wrongly at a place: `At p = 1/3 the norm is 2 * 1/3 * 2/3 |v| = 4/9 |v|`.

Each link of such a line may be true; what its words say of its first member is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.equivalence import decide
from grader.expressions.build import equation, norm
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import contains, free_symbols
from grader.records import Equality, Evidence, StepVerdict
from grader.working import Knowledge, Statement, Step, Working
from grader.working.arguments.points import at
from grader.working.arguments.quantity import names
from grader.working.arguments.strangers import of_the_abbreviation
from grader.working.headings import heading_of

_OF_ANOTHER = re.compile(r"\bof (?!the gradient|this gradient|it\b|the loss gradient)[^.;,]*$")


def misstated(working: Working) -> Step | None:
    """The first line whose words name what is asked for, where it is not that at the value stated before."""
    known = working.known
    if known.target.slipped or not known.target.references:
        return None
    for number, statement in enumerate(working.statements):
        point = _latest_value(working.statements[:number])
        if point is not None and _names_it(statement, known):
            wrong = _against(statement, point, known)
            if wrong is not None:
                return wrong
    return None


def _names_it(statement: Statement, known: Knowledge) -> bool:
    """Whether the words before a formula name the quantity, and the formula is no name of it itself."""
    if not statement.members or statement.rejected or names(statement.members[0], known):
        return False
    noun = heading_of(statement.line)
    return bool(noun) and noun in known.target.asked and not _OF_ANOTHER.search(statement.line.intro)


def _latest_value(before: Sequence[Statement]) -> Expr | None:
    """The last `name = number` that stands before."""
    stated = [s.members for s in before if s.operators == ("=",) and len(s.members) == 2]
    values = [equation(*m) for m in stated if m[0].head == "symbol" and not free_symbols(m[1])]
    return values[-1] if values else None


def _against(statement: Statement, point: Expr, known: Knowledge) -> Step | None:
    """The failing step, where the first member certainly is no value of the quantity at the point."""
    said, point = statement.members[0], of_the_abbreviation(point, known)
    named = [q for q in known.target.named if contains(known.coordinates(q), point.args[0])]
    values = [at(quantity, point, known) for quantity in named]
    found = [_difference(value, said, known) for value in values]
    if not found or None in found:
        return None
    place, source = statement.line.place, statement.line.segment.source
    relation = equation(values[0], said)
    return Step(place, source, StepVerdict.FAILS, found[0], relation=relation, quantity=True)


def _difference(right: Expr, said: Expr, known: Knowledge) -> Evidence | None:
    """The evidence that two values differ; a vector is meant by its length, whatever its sign."""
    if said.kind == "vector" and right.kind == "scalar":
        said = norm(said)
    verdict = decide(right, said, known.assumptions())
    return verdict.evidence if verdict.verdict is Equality.DIFFERENT else None
