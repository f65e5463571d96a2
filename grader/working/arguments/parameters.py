"""What the answer is asked in terms of may have any value: an equation that would fix it cannot be meant.

After `sigma(z) = y`, with an answer asked for in terms of y, the line `z = sigma(y)` is no second condition.
"""

from __future__ import annotations

from collections.abc import Sequence

from grader.expressions.build import ZERO
from grader.expressions.nodes import Expr
from grader.working.entailment import deep_unknowns, unknowns
from grader.working.knowledge import Fact, Knowledge


def fixes_parameter(relation: Expr, supposed: Sequence[Fact], known: Knowledge, cue: str) -> bool:
    """Whether a relation, which does not follow, would be a condition on nothing but such names.

    Words before it may make another condition of it, and so may a side that is 0.
    """
    if relation.head != "chain" or relation.value != ("=",) or ZERO in relation.args or cue.strip():
        return False
    free = frozenset[Expr]().union(*(unknowns(known.coordinates(t)) for t in known.target.in_terms_of))
    names = deep_unknowns(relation, known)
    given = [known.coordinates(f.relation) for f in supposed if f.relation.head == "chain"]
    equations = [e for e in given if e.value == ("=",) and unknowns(e) & free]
    if not names & free or not names - free:
        return False
    inside = [unknowns(e) for e in equations]
    return all(any(name in tied <= free | {name} for tied in inside) for name in names - free)
