"""Is a link a definition? A fresh name, function or sequence set equal to something; or a symbol restated."""

from __future__ import annotations

import re
from dataclasses import replace

from grader.expressions.build import matrix, mul, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import contains, free_symbols
from grader.expressions.symbols import Symbol
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working import cues
from grader.working.arguments.chances import is_chance
from grader.working.arguments.quantity import names
from grader.working.completing import is_rate, slopes_in
from grader.working.differentials import is_differential
from grader.working.initial import is_instant, is_moving
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial
from grader.working.restating import pattern, restated

_BESIDE = re.compile(r"\b(where|with|for)\b[^.;]*$|^(,|and|, and)$")


def explain_definition(trial: Trial) -> Judgement | None:
    """`given` for a fresh name; for a declared one `given` if it says the same, `fails` if not."""
    link, known = trial.link, trial.known
    if link.operator not in ("=", "equiv") or link.continuing:
        return None
    if not link.first:
        return _defined_on_the_way(trial)
    if str(link.left.value) in known.told.updated and link.left in free_symbols(link.right):
        return Judgement(StepVerdict.UNKNOWN)  # `w := w - 0.2 g`: what is done, and no equation
    if names(link.left, known):
        said = restated(trial)
        return replace(said, redefines="", quantity=True) if said is not None else None
    if _is_brought(link.left, known) and not cues.DEFINES.search(link.cue):
        return restated(trial)
    if any(part.head == "plusminus" for part in walk(link.right)):
        return None
    if link.left in known.seen and not free_symbols(link.right) and not _writes_out(trial):
        return restated(trial)
    if cues.LINE.search(link.cue) and link.left.head == "symbol" and known.is_fresh(link.left):
        return None  # one of several lines: what y is there, it is nowhere else
    made = defined_symbol(link.left, link.right, known) or _defined_behind(trial) or _described(trial)
    if made is not None:
        wrong = _against_differential(trial)
        if wrong is not None:
            return wrong
        evidence = Evidence(EvidenceKind.IDENTICAL, "a definition")
        return Judgement(StepVerdict.GIVEN, evidence, symbol=made)
    return restated(trial)


def _defined_on_the_way(trial: Trial) -> Judgement | None:
    """`p = sigma(z) = 1/(1 + e^(-z))`: what a function is stands behind what it is put in for."""
    link = trial.link
    known = trial.known.with_facts(f for f in trial.known.facts if f.place != link.place)
    declared = known.table.symbols.get(str(link.left.args[0].value)) if link.left.head == "apply" else None
    bare = declared is None or (declared.definition is None and declared.name not in known.declared)
    made = defined_symbol(link.left, link.right, known) if bare and link.left.head == "apply" else None
    if made is None:
        return None
    return Judgement(StepVerdict.GIVEN, Evidence(EvidenceKind.IDENTICAL, "a definition"), symbol=made)


def _writes_out(trial: Trial) -> bool:
    """`Let $A$ be the matrix ...`: the entries of a matrix that has only been spoken of."""
    left, right = trial.link.left, trial.link.right
    spoken = left.kind == "matrix" and trial.known.is_fresh(left)
    return right.head == "matrix" and (spoken or bool(_BESIDE.search(trial.link.cue)))


def _against_differential(trial: Trial) -> Judgement | None:
    """Fails for `v = cos x` beside `dv = sin x dx`."""
    link, known = trial.link, trial.known
    chosen = known.table.symbols.get(f"d{link.left.value}") if link.left.head == "symbol" else None
    if chosen is None or chosen.definition is None:
        return None
    differentials = [s for s in free_symbols(chosen.definition) if is_differential(s)]
    if len(differentials) != 1:
        return None
    (along,) = differentials
    slope = differentiate(link.right, symbol(str(along.value)[1:]))
    verdict = trial.compare(mul(slope, along), chosen.definition) if slope is not None else None
    if verdict is None or verdict.verdict is not Equality.DIFFERENT:
        return None
    return Judgement(StepVerdict.FAILS, verdict.evidence)


def _defined_behind(trial: Trial) -> Symbol | None:
    """`Write |v| = c`: the new name stands behind what it is short for."""
    link = trial.link
    if (
        not (link.single and cues.DEFINES.search(link.cue))
        or link.right.head != "symbol"
        or not free_symbols(link.left)
    ):
        return None
    return (
        defined_symbol(link.right, link.left, trial.known)
        if link.left.head in ("norm", "apply", "dot")
        else None
    )


def _described(trial: Trial) -> Symbol | None:
    """`Ax = b where A = (1 1; 1 2)`: the entries of a matrix or a column of which something was said."""
    left, right = trial.link.left, trial.link.right
    named = left.head == "symbol" and right.head == "matrix" and not free_symbols(right)
    if not named or left.value in trial.known.declared | trial.known.defined:
        return None
    return Symbol(left.value, right.kind, definition=right) if _BESIDE.search(trial.link.cue) else None


def _is_brought(left: Expr, known: Knowledge) -> bool:
    """Whether a name has a meaning from an earlier answer, which only words can change."""
    return left.head == "symbol" and left.value in known.brought


def defined_symbol(left: Expr, right: Expr, known: Knowledge) -> Symbol | None:
    """The symbol that `left = right` defines, if `left` is a name that is still free.

    >>> # f(x) = x^2, a_n = 2n + 1, p = sigma(u), A = (1 2; 3 4)
    """
    if left.head == "symbol" and left.kind != "function":
        if is_rate(left) or is_moving(left, known) or _is_asked_for(left, known) or right.head == "chain":
            return None
        if _of_rates(left, right, known) or is_instant(left, right, known) or _is_parameter(left, known):
            return None
        if not (known.is_fresh(left) or _explains(left, right, known) or _gives(left, right, known)):
            return None
        if _is_slope_of(left, right) or contains(right, left) or contains(known.coordinates(right), left):
            return None
        if left.kind == "vector" and right.head == "tuple" and len(right.args) > 1:
            right = matrix(len(right.args), 1, *right.args)
        return Symbol(left.value, right.kind, definition=right)
    name, parameters = pattern(left)
    if name is None or not known.is_free(name) or contains(right, name):
        return None
    of_letters = all(str(p.value)[:1].islower() for p in parameters) and free_symbols(right).issuperset(
        parameters
    )
    if is_chance(name) and not of_letters:
        return None  # `E[X] = 1/lambda` says nothing of `E[X^2]`; `P(q) = 80q - q^2` is a function
    if not known.is_fresh(name) and left.head != "apply":
        return None
    if parameters and not free_symbols(right) and left.head == "apply":
        return None
    return Symbol(name.value, name.kind, returns=right.kind, parameters=parameters, definition=right)


def _is_parameter(left: Expr, known: Knowledge) -> bool:
    """`y = x^2` after `f(x, y) = ...`: a condition on the place, and not what y is in f from now on."""
    own = (made.parameters for made in known.own_symbols() if len(made.parameters) > 1)
    return any(left in parameters for parameters in own)


def _is_asked_for(left: Expr, known: Knowledge) -> bool:
    """Whether an equation before speaks of its slope: what it is then is claimed, not chosen."""
    return any(of == left.value for fact in known.facts for _, of, _, _ in slopes_in(fact.relation))


def _is_slope_of(left: Expr, right: Expr) -> bool:
    """`y' = 3y`: a differential equation, and no name y' for something."""
    name = str(left.value)
    return name.endswith("'") and any(str(s.value) == name.rstrip("'") for s in free_symbols(right))


def _of_rates(left: Expr, right: Expr, known: Knowledge) -> bool:
    """`dt = 2 dx` of a declared t: says how two names belong together, and not what dt is from now on."""
    declared = known.table.symbols.get(str(left.value)[1:]) if is_differential(left) else None
    own = declared is not None and declared.name in known.declared and declared.kind == "scalar"
    return own and any(is_differential(s) for s in free_symbols(right))


def _explains(left: Expr, right: Expr, known: Knowledge) -> bool:
    """`s = sigma(z)` where `z = w . phi(x)`: a name in a definition is said in the question's own terms."""
    inside = free_symbols(right)
    names = {s.value for s in inside}
    return bool(inside) and names <= known.declared | known.defined and known.is_free(left)


def _gives(left: Expr, right: Expr, known: Knowledge) -> bool:
    """`a = (2, -1)` of a declared vector, where no question asks about every a."""
    declared = known.table.symbols.get(left.value)
    said = declared is not None and declared.definition is None and declared.kind == "vector"
    entries = right.head in ("tuple", "matrix") and not free_symbols(right)
    return said and entries and not known.target.references and left not in known.constrained() | known.used
