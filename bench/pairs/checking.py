"""Is a label right? Both sides of a pair evaluated with mpmath, at points of its own.

The evaluation shares the reading of formulas with the project, and nothing else. Statements, sets and
matrices, and what mpmath cannot evaluate, are counted as not checked.
"""

from __future__ import annotations

from collections.abc import Iterator

import mpmath

from bench.pairs.evaluate import NotEvaluated, NoValue, free_names, value_of
from bench.pairs.load import Pair
from grader.comparing import _counting, _table
from grader.expressions.domains import REALS, Domain
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import readings
from grader.expressions.symbols import SymbolTable
from grader.notation import read

DIGITS = 160
FEW_DIGITS = 25  # for integrals and limits, which take long
ROUGH = frozenset(["limit", "integral", "derivative"])  # what mpmath gives a few digits of only
POINTS = 12
FEW_POINTS = 3
STEPS = ("0.37", "-1.63", "2.71", "-0.52", "1.19", "-2.83", "0.083", "3.9", "-4.41", "0.77", "7.3", "-0.11")


def checked(pair: Pair) -> str:
    """`confirmed`, `contradicted` or `not checked`."""
    table = _table(pair.symbols or None)
    sides = [read(s, table, pair.syntax).tree for s in (pair.student, pair.reference)]  # type: ignore[arg-type]
    if pair.label == "unknown" or sides[0] is None or sides[1] is None:
        return "not checked"
    trees = [readings(s, 1)[0] for s in sides if s is not None]
    try:
        rough = any(part.head in ROUGH for t in trees for part in walk(t))
        with mpmath.workdps(FEW_DIGITS if rough else DIGITS):
            outcomes = set(_outcomes(trees, table, pair))
    except (NotEvaluated, RecursionError):
        return "not checked"
    outcomes.discard("none")
    if not outcomes:
        return "not checked"
    if pair.label == "equal":
        return "contradicted" if "apart" in outcomes else "confirmed"
    wanted = {"apart", "one"} if not pair.options else {"apart"}
    return "confirmed" if outcomes & wanted else "not checked"


def _outcomes(trees: list[Expr], table: SymbolTable, pair: Pair) -> Iterator[str]:
    """At each point: the values are the `same`, `apart`, only `one` is there, or `none`."""
    names = sorted({n for t in trees for n in free_names(t, table)}, key=lambda s: str(s.value))
    counting = _counting(trees[0], trees[1], table)
    heads = {part.head for t in trees for part in walk(t)}
    edge = (
        mpmath.mpf("0.05" if "limit" in heads else "1e-3")
        if heads & ROUGH
        else mpmath.mpf(10) ** (-DIGITS // 3)
    )
    domains = {n: counting.get(str(n.value)) or _declared(n, table) for n in names}
    many = FEW_POINTS if heads & ROUGH else POINTS
    for k in range(many if names else 1):
        point = {n: _value(domains[n], n, k + 5 * j) for j, n in enumerate(names)}
        values = [_at(t, point, table) for t in trees]
        if values[0] is None or values[1] is None:
            yield "none" if values[0] is values[1] else "one"
        else:
            gap, size = abs(values[0] - values[1]), max(1, abs(values[0]))
            fine = pair.label != "equal" and not heads & ROUGH
            yield "apart" if gap > (0 if fine else size * edge) else "same"


def _at(tree: Expr, point: dict[Expr, mpmath.mpf], table: SymbolTable) -> mpmath.mpf | None:
    try:
        return value_of(tree, point, table)
    except NoValue:
        return None


def _declared(name: Expr, table: SymbolTable) -> Domain:
    known = table.symbols.get(name.value)
    if known is not None and known.domain is not None:
        return known.domain
    return Domain(integer=True) if name.kind == "integer" else REALS


def _value(domain: Domain, name: Expr, k: int) -> mpmath.mpf | mpmath.mpc:
    """The k-th of some unremarkable numbers in the domain."""
    step = mpmath.mpf(STEPS[k % len(STEPS)])
    if domain.integer:
        low = 0 if domain.low is None else int(domain.low)
        return mpmath.mpf(low + k % 7)
    if name.kind == "complex":
        return mpmath.mpc(step, mpmath.mpf(STEPS[(k + 4) % len(STEPS)]))
    if domain.low is not None and domain.high is not None:
        share = (abs(step) % 1) or mpmath.mpf("0.5")
        return mpmath.mpf(float(domain.low)) + share * mpmath.mpf(float(domain.high - domain.low))
    if domain.low is not None:
        return mpmath.mpf(float(domain.low)) + abs(step)
    if domain.high is not None:
        return mpmath.mpf(float(domain.high)) - abs(step)
    return step
