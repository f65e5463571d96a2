"""`x = t^2` in an integral from 0 to 4: "the limits become t = 0 and t = 2"."""

from __future__ import annotations

from grader.equivalence import decide
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, StepVerdict, Verdict
from grader.working import cues
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial


def changed_limit(trial: Trial) -> Judgement | None:
    """Fails for a limit of the new variable that belongs to neither end of the integral before."""
    link, known = trial.link, trial.known
    if known.integral is None or link.operator != "=" or not link.first or free_symbols(link.right):
        return None
    if link.left.head != "symbol" or not cues.LIMITS.search(link.sentence):
        return None
    verdicts = _verdicts(link.left, link.right, known.integral, known)
    if not verdicts or any(v.verdict is not Equality.DIFFERENT for v in verdicts):
        return None
    return Judgement(StepVerdict.FAILS, verdicts[-1].evidence)


def _verdicts(name: Expr, value: Expr, integral: Expr, known: Knowledge) -> list[Verdict]:
    """A new limit against the two old ones, by how the two variables belong together."""
    _, variable, *ends = integral.args
    old, new = (known.table.symbols.get(str(s.value)) for s in (variable, name))
    if variable is name:
        return []
    if new is not None and new.definition is not None and free_symbols(new.definition) == {variable}:
        pairs = [(replace(new.definition, {variable: end}), value) for end in ends]
    elif old is not None and old.definition is not None and free_symbols(old.definition) == {name}:
        pairs = [(replace(old.definition, {name: value}), end) for end in ends]
    else:
        return []
    return [decide(left, right, known.assumptions()) for left, right in pairs]
