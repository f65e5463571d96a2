"""`(a + bi)^2 = 5 + 12i`, so `a^2 - b^2 = 5` and `2ab = 12`: real parts equated, and imaginary ones."""

from __future__ import annotations

from grader.equivalence.polynomial import coefficients_of
from grader.expressions.build import ZERO, add, constant, equation, neg, sub, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working.entailment import entails
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial

_I = constant("i")
_UNIT = symbol("\u2148")
_SAID = "It is the real or the imaginary part of the equation of line {line}."


def parts_equated(trial: Trial) -> Judgement | None:
    """Holds where a relation of real letters is one of the parts of an equation with i in it."""
    link, known = trial.link, trial.known
    if link.operator != "=" or _I in walk(link.relation):
        return None
    for fact in reversed(known.facts):
        if fact.relation.head != "chain" or fact.relation.value != ("=",) or _I not in walk(fact.relation):
            continue
        for part in _parts(fact.relation, known):
            if entails([part], link.relation, known.with_facts(())).verdict is Equality.EQUAL:
                evidence = Evidence(EvidenceKind.NORMAL_FORM, _SAID.format(line=fact.line))
                return Judgement(StepVerdict.HOLDS, evidence, (fact.line,), fact=link.relation)
    return None


def _parts(relation: Expr, known: Knowledge) -> list[Expr]:
    """Real part = 0 and imaginary part = 0, of the difference of the sides as a polynomial in i."""
    put = {f.relation.args[0]: f.relation.args[1] for f in known.facts if _says_in_parts(f.relation)}
    gap = replace(replace(sub(*map(known.coordinates, relation.args)), put), {_I: _UNIT})
    found = coefficients_of(gap, _UNIT)
    if found is None:
        return []
    signs = [c if k % 4 < 2 else neg(c) for k, c in enumerate(found)]
    sums = [add(*signs[start::2]) if signs[start::2] else ZERO for start in (0, 1)]
    return [equation(part, ZERO) for part in sums if part is not ZERO]


def _says_in_parts(relation: Expr) -> bool:
    """`z = a + bi`: what a name is in real letters."""
    plain = relation.head == "chain" and relation.value == ("=",) and relation.args[0].head == "symbol"
    return plain and _I in walk(relation.args[1]) and relation.args[0] not in walk(relation.args[1])
