"""A name said again: the same, another case, a new meaning, or wrongly."""

from __future__ import annotations

from dataclasses import replace

from grader.expressions.nodes import Expr
from grader.expressions.rewrite import contains, free_symbols
from grader.expressions.symbols import Symbol
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working import cues
from grader.working.arguments.slips import own_slip
from grader.working.differentials import is_differential
from grader.working.links import Judgement, Trial


def restated(trial: Trial) -> Judgement | None:
    """A declared symbol or function with a definition of its own, said again."""
    link, known = trial.link, trial.known
    if _is_inverse(link.left) and cues.SETS.search(link.cue):
        return _inverse_restated(trial)
    name = link.left if link.left.head == "symbol" else pattern(link.left)[0]
    declared = known.table.symbols.get(name.value) if name is not None else None
    if declared is None or declared.definition is None:
        return None
    updated = link.left.head == "symbol" and str(link.left.value) in known.told.updated
    if declared.name in known.defined and (updated or _is_another_case(trial, declared)):
        made = replace(declared, definition=link.right, returns=link.right.kind)
        said = Evidence(EvidenceKind.IDENTICAL, "another case")
        return Judgement(StepVerdict.GIVEN, said, symbol=made, anew=True)
    if not _speaks_of(link.left, link.right, declared) and link.right.head != "matrix":
        return None
    verdict = trial.identity
    if verdict.verdict is Equality.EQUAL:
        return Judgement(StepVerdict.GIVEN, verdict.evidence)
    if verdict.verdict is not Equality.DIFFERENT:
        return None
    followed = own_slip(trial)
    if followed is not None:
        return replace(followed, verdict=StepVerdict.GIVEN)
    if declared.name not in known.defined:
        return Judgement(StepVerdict.FAILS, verdict.evidence, redefines=declared.name)
    return _anew(trial, declared)


def another_value(trial: Trial) -> Judgement | None:
    """Fails for another value of an own function; an equation (f(x) = x + 2) is what later lines solve."""
    link, known = trial.link, trial.known
    name, parameters = pattern(link.left)
    declared = known.table.symbols.get(name.value) if name is not None and parameters else None
    if declared is None or declared.definition is None or declared.name not in known.defined:
        return None
    inside = free_symbols(known.coordinates(declared.definition))
    settled = {s for s in inside if s.kind != "function"} <= set(declared.parameters)
    if not settled or not _speaks_of(link.left, link.right, declared) or link.operator != "=":
        return None
    supposed = cues.SUPPOSES.search(link.cue) or cues.SOLVED_BEHIND.match(link.outro)
    if link.place.line in known.supposed or supposed:
        return None
    if trial.identity.verdict is not Equality.DIFFERENT:
        return None
    return Judgement(StepVerdict.FAILS, trial.identity.evidence, claim=True)


def _anew(trial: Trial, declared: Symbol) -> Judgement | None:
    """A name of the student's own given another meaning, where a new part or a word says so."""
    link = trial.link
    plain = declared.definition is None or declared.definition.head in ("matrix", "tuple")
    written_out = link.right.head in ("matrix", "tuple") and not free_symbols(link.right) and link.single
    written_out &= plain  # what was worked out from others has that value only
    if link.claimed or contains(link.right, declared.expr):
        return None
    if not (cues.ANEW.search(link.cue) or written_out or is_differential(link.left)):
        return None
    _, parameters = pattern(link.left)
    made = replace(declared, parameters=parameters, definition=link.right, returns=link.right.kind)
    return Judgement(StepVerdict.GIVEN, Evidence(EvidenceKind.IDENTICAL, "a definition"), symbol=made)


def _is_another_case(trial: Trial, declared: Symbol) -> bool:
    """`when x = 0 ... when x = 1`, `x = 2 ... or x = 3`: one value, and then another."""
    link = trial.link
    values = (declared.definition, link.right)
    named = bool(cues.AT.search(link.cue) or cues.ALTERNATIVE.match(link.cue) or link.connector == "or")
    return named and link.single and not any(v is None or free_symbols(v) for v in values)


def _is_inverse(left: Expr) -> bool:
    """Whether the left side is f^-1(y) for a plain y."""
    return left.head == "apply" and left.args[0].head == "inverse" and left.args[1].head == "symbol"


def _inverse_restated(trial: Trial) -> Judgement | None:
    """`define sigma^-1(y) = y`: the inverse of a declared function is not free to be defined."""
    function = trial.link.left.args[0].args[0]
    declared = trial.known.table.symbols.get(function.value)
    verdict = trial.identity
    if declared is None or verdict.verdict is not Equality.DIFFERENT:
        return None
    return Judgement(StepVerdict.FAILS, verdict.evidence, redefines=declared.name)


def _speaks_of(left: Expr, right: Expr, declared: Symbol) -> bool:
    """Whether `right` is made of what the definition is made of; else it is a value or a hypothesis."""
    inside = free_symbols(right)
    if left.head == "symbol":
        assert declared.definition is not None
        body = {s for s in free_symbols(declared.definition) if s.kind != "function"}
        return bool(body & inside)
    parameters = frozenset(left.args[1:])
    return bool(parameters) and {s for s in inside if s.kind != "function"} == parameters


def pattern(left: Expr) -> tuple[Expr | None, tuple[Expr, ...]]:
    """`f(x, y)` or `a_n` as (f, (x, y)) or (a, (n,)); (None, ()) for anything else."""
    if left.head not in ("apply", "index") or left.args[0].head != "symbol":
        return None, ()
    parameters = left.args[1:]
    distinct = len(set(parameters)) == len(parameters)
    return (
        (left.args[0], parameters) if distinct and all(p.head == "symbol" for p in parameters) else (None, ())
    )
