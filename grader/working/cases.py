"""`Case 1: 2x - 1 = 5 ... Case 2: 2x - 1 = -5`: where another case is supposed, the one before is over."""

from __future__ import annotations

import re
from dataclasses import replace

from grader.expressions.build import chain
from grader.expressions.nodes import Expr
from grader.records import Equality
from grader.working.clashes import without_lapsed
from grader.working.entailment import deep_unknowns, entails
from grader.working.knowledge import Fact, Knowledge

_NUMBERED = re.compile(r"(?P<base>\D+)_\{?\d+\}?$")
_HEADS = re.compile(r"(^|[.;:\n*-]\s*)(for|case|when|if|(the )?eigenvalue)( the eigenvalue)?\s*$")


def with_case(known: Knowledge, new: Expr) -> Knowledge:
    """What is known where a relation is supposed: the cases that it excludes are over."""
    known = _without_ends(known, without_lapsed(known, new))
    names = deep_unknowns(new, known)
    if len(names) != 1 or not _is_equation(new):
        return known
    own = [f for f in known.facts if f.basis and _is_equation(f.relation)]
    own = [f for f in own if deep_unknowns(f.relation, known) == names]
    over = [f for f in own[1:] if _excludes(f, new, known)]  # the first is what is to be solved
    return known.with_facts(f for f in known.facts if f not in over) if over else known


def _without_ends(before: Knowledge, known: Knowledge) -> Knowledge:
    """What is known once a case is over: what was solved in it and does not follow without it has ended."""
    gone = [f for f in before.facts if f not in known.facts and f.basis]
    names = frozenset().union(*(deep_unknowns(f.relation, known) for f in gone))
    if len(names) != 1:
        return known
    since = before.facts.index(gone[0])
    solved = [f for f in before.facts[since:] if f in known.facts and _is_solved(f, names, known)]
    rest = [f for f in known.facts if f not in solved and deep_unknowns(f.relation, known) == names]
    ended = [f for f in solved if not any(_follows(r, f, known) for r in rest)]
    closed = replace(known, ended=known.ended | {f.relation for f in ended})
    return closed.with_facts(f for f in known.facts if f not in ended) if ended else known


def _is_solved(fact: Fact, names: frozenset[Expr], known: Knowledge) -> bool:
    own = not fact.basis and deep_unknowns(fact.relation, known) == names
    return own and (fact.relation.head == "or" or _is_equation(fact.relation))


def _follows(premise: Fact, conclusion: Fact, known: Knowledge) -> bool:
    return entails([premise.relation], conclusion.relation, known).verdict is Equality.EQUAL


def with_part(known: Knowledge, name: str, line: int, intro: str) -> Knowledge:
    """What is known where `For lambda_2 = 1:` begins another part: the part of lambda_1 is over."""
    if not _HEADS.search(intro):
        return known
    found = _NUMBERED.match(name)
    base, before = found["base"] if found is not None else name, dict(known.headed)
    kept = [f for f in known.facts if base not in before or f.line < before[base]]
    headed = tuple({**before, base: line}.items())
    return replace(known.with_facts(kept) if len(kept) < len(known.facts) else known, headed=headed)


def _excludes(fact: Fact, new: Expr, known: Knowledge) -> bool:
    opposite = chain(new.args, ("!=",))
    return entails([fact.relation], opposite, known).verdict is Equality.EQUAL


def _is_equation(relation: Expr) -> bool:
    return relation.head == "chain" and relation.value == ("=",) and relation.args[0].kind == "scalar"
