"""`z = x + iy`, so `\\bar z = x - iy`: the conjugate of a name of which is known what it is."""

from __future__ import annotations

from grader.equivalence.features import features
from grader.expressions.build import call
from grader.expressions.nodes import Expr
from grader.records import Equality, StepVerdict
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial


def conjugate(trial: Trial) -> Judgement | None:
    """Holds or fails for what is said of a conjugate; None where nothing says what it is one of."""
    link, known = trial.link, trial.known
    meaning = _meaning(link.left, known) if link.operator == "=" and link.first else None
    if meaning is None:
        return None
    verdict = trial.compare(call("conj", meaning), link.right)
    if verdict.verdict is Equality.UNKNOWN:
        return None
    held = verdict.verdict is Equality.EQUAL
    found = StepVerdict.HOLDS if held else StepVerdict.FAILS
    return Judgement(found, verdict.evidence, fact=link.relation if held else None)


def _meaning(tree: Expr, known: Knowledge) -> Expr | None:
    """What z of `bar(z)` was set to, where that is written with i: `z = x + iy`."""
    name = str(tree.value) if tree.head == "symbol" else ""
    letter = name[4:-1] if name.startswith("bar(") else name[:-2] if name.endswith("^*") else ""
    declared = known.table.symbols.get(letter)
    if declared is not None and declared.definition is not None and not declared.parameters:
        return _complex(known.coordinates(declared.definition))
    said = [f.relation for f in known.facts if f.relation.head == "chain" and f.relation.value == ("=",)]
    named = [r.args[1] for r in said if r.args[0].head == "symbol" and r.args[0].value == letter]
    return _complex(named[-1]) if letter and named else None


def _complex(tree: Expr) -> Expr | None:
    return tree if "i" in features(tree).constants else None
