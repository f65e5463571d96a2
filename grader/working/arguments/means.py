"""`\\bar x` is the mean of the `x_i`, and mu that of X, though no line says so."""

from __future__ import annotations

from collections.abc import Iterator

from grader.expressions.build import ONE, apply, div, symbol
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, StepVerdict
from grader.working.links import Judgement, Trial, holds

_BAR = "bar("
MU = symbol("mu")


def mean_of_sample(trial: Trial) -> Judgement | None:
    """Holds with the mean put in; unknown where nothing tells of what, and how many, it is the mean."""
    link, known = trial.link, trial.known
    bars = [s for s in free_symbols(link.relation) if _is_mean(s) and s.value not in known.table.symbols]
    if link.operator != "=" or not bars:
        return None
    sums = list(_sums(trial))
    means = {bar: mean for bar in bars for mean in _means(bar, sums)}
    if len(means) < len(bars):
        return Judgement(StepVerdict.UNKNOWN)
    verdict = trial.compare(replace(link.left, means), replace(link.right, means))
    return holds(verdict.evidence) if verdict.verdict is Equality.EQUAL else None


def usual_letters(trial: Trial) -> Judgement | None:
    """Holds with mu for the mean of the only random variable, where nothing says what mu is."""
    link, known = trial.link, trial.known
    trees = (link.relation, *link.earlier)
    means = {p for t in trees for p in walk(t) if p.head == "apply" and p.args[0].value == "E"}
    variables = {p.args[1] for p in means if p.args[1].head == "symbol"} | {
        p.args[1] for t in trees for p in walk(t) if p.head == "apply" and p.args[0].value == "Var"
    }
    told = set().union(*(free_symbols(f.relation) for f in known.facts if f.relation not in trees))
    if link.operator != "=" or len(variables) != 1 or MU in told or "mu" in known.table.symbols:
        return None
    table = {MU: apply(symbol("E", "function"), next(iter(variables)))}
    sides = replace(link.left, table), replace(link.right, table)
    if sides == (link.left, link.right):
        return None
    verdict = trial.compare(*sides)
    return holds(verdict.evidence) if verdict.verdict is Equality.EQUAL else None


def _is_mean(name: Expr) -> bool:
    return name.kind == "scalar" and str(name.value).startswith(_BAR)


def _sums(trial: Trial) -> Iterator[Expr]:
    """The sums of which the link, its chain and the lines before it speak."""
    link, known = trial.link, trial.known
    for tree in (link.relation, *link.earlier, *(f.relation for f in reversed(known.facts))):
        yield from (part for part in walk(known.spelled(tree)) if part.head == "sum")


def _means(bar: Expr, sums: list[Expr]) -> Iterator[Expr]:
    """The mean over the range of the first sum in which the family of that name stands."""
    name = str(bar.value)[len(_BAR) :].rstrip(")")
    for one in sums:
        family = next((p for p in walk(one.args[0]) if p.head == "index" and p.args[0].value == name), None)
        if family is not None:
            count = one.args[3] if len(one.args) == 4 and one.args[2] is ONE else symbol("n")
            yield div(node("sum", (family, *one.args[1:])), count)
            return
