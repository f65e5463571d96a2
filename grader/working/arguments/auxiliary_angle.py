"""`tan(alpha) = 1/sqrt(3)`, so `alpha = pi/6`: of an angle that only helps one value is enough.

The unknown of the question is another one; all of its solutions are wanted, and not all of these.
"""

from __future__ import annotations

from grader.expressions.nodes import walk
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working.entailment import entails, unknowns
from grader.working.links import Judgement, Trial

_WAVES = frozenset(["sin", "cos", "tan"])
_SAID = "It is one of the angles that fit, and one is enough."


def auxiliary_angle(trial: Trial) -> Judgement | None:
    """Holds for one value of an angle of which the first equation says nothing, and which its own fits."""
    link, known = trial.link, trial.known
    names = unknowns(link.left)
    told = [f for f in known.facts if unknowns(f.relation)]
    if link.operator != "=" or link.left.head != "symbol" or unknowns(link.right) or not told:
        return None
    if names & unknowns(told[0].relation):
        return None
    for fact in reversed(told):
        waves = any(part.head == "call" and part.value in _WAVES for part in walk(fact.relation))
        if waves and unknowns(fact.relation) == names:
            fits = entails([link.relation], fact.relation, known.with_facts(())).verdict is Equality.EQUAL
            evidence = Evidence(EvidenceKind.CONSISTENT, _SAID)
            return Judgement(StepVerdict.HOLDS, evidence, (fact.line,), point=link.relation) if fits else None
    return None
