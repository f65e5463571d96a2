"""`dy/dx` of a bare name: a quantity of its own, since y depends on x in a way that is not written.

So is the gradient of a name, or of a function of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import permutations

from grader.equivalence.features import features
from grader.expressions.build import apply, derived, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, replace
from grader.expressions.symbols import SymbolTable
from grader.moving import carried_out, flattened
from grader.records import Equality, Verdict

Decide = Callable[[Expr, Expr], Verdict]
_HEADS = ("derivative", "gradient")
_CONSTANTS = frozenset("abcdkmnABCK")


def decide_with_rates(left: Expr, right: Expr, table: SymbolTable, decide: Decide) -> Verdict:
    """As `decide`, with every `dy/dx` as a name (`y'` or `\\dot y`, where that stands beside it).

    A letter that may as well be a constant has the derivative 0: then both readings have to agree.
    """
    if all(features(t).heads.isdisjoint(_HEADS) for t in (left, right)):
        return decide(left, right)
    left, right = flattened(left), flattened(right)
    free, applied = free_symbols(left) | free_symbols(right), _applied((left, right))
    ours, theirs = carried_out((left, right), table, _CONSTANTS, lambda rate: _name(rate, free, applied))
    found = _with_names(ours, theirs, table, decide, (free, applied))
    if (ours, theirs) == (left, right) or found.verdict is not Equality.DIFFERENT:
        return found
    still = _with_names(left, right, table, decide, (free, applied))
    return Verdict(Equality.UNKNOWN) if still.verdict is Equality.EQUAL else found


def _with_names(
    left: Expr, right: Expr, table: SymbolTable, decide: Decide, known: tuple[frozenset[Expr], frozenset[str]]
) -> Verdict:
    free, applied = known
    found = [p for t in (left, right) if not features(t).heads.isdisjoint(_HEADS) for p in walk(t)]
    rates = {part: _name(part, free, applied) for part in found if _is_rate(part, table)}
    slopes = {p: s for p in found if (s := _slope(p, table)) is not None}
    if not rates and not slopes:
        return decide(left, right)
    verdict = decide(*(replace(t, {**rates, **slopes}) for t in (left, right)))
    if verdict.verdict is Equality.EQUAL or not any(p.args[0].value in _CONSTANTS for p in rates):
        return verdict
    plain = decide(left, right)
    return verdict if plain.verdict is verdict.verdict else Verdict(Equality.UNKNOWN)


def _is_rate(part: Expr, table: SymbolTable) -> bool:
    if part.head != "derivative" or part.args[0] in part.args[1:]:
        return False
    body, *variables = part.args
    if body.head != "symbol" or body.kind != "scalar" or any(v.kind != "scalar" for v in variables):
        return False
    known = table.symbols.get(body.value)
    return known is None or known.definition is None


def _applied(trees: Sequence[Expr]) -> frozenset[str]:
    """The functions of one argument whose names are all that is known of them."""
    calls = [p for t in trees for p in walk(t) if p.head == "apply" and len(p.args) == 2]
    names = (p.args[0].args[0] if p.args[0].head == "derived" else p.args[0] for p in calls)
    return frozenset(str(name.value) for name in names if name.head == "symbol")


def _name(part: Expr, free: Collection[Expr], applied: frozenset[str]) -> Expr:
    body, *variables = part.args
    if body.value in applied and len(set(variables)) == 1:
        return apply(derived(symbol(str(body.value), "function"), len(variables)), variables[0])
    short = [symbol(str(body.value) + "'" * len(variables))]
    for places in permutations([str(v.value) for v in variables]) if len(variables) < 4 else ():
        index = "".join(places)
        short.append(symbol(f"{body.value}_{index}" if len(index) == 1 else f"{body.value}_{{{index}}}"))
    if variables[0].value == "t":
        short.append(symbol(f"{'d' * (len(variables) - 1)}dot({body.value})"))
    single = len(set(variables)) == 1
    for name in short:
        if name in free and (single or "_" in str(name.value)):
            return name
    order = str(len(variables)) if len(variables) > 1 else ""
    below = "".join(sorted(f"d{_spelled(v)}" for v in variables))
    return symbol(f"d{order}{body.value}/{below}")


def _spelled(variable: Expr) -> str:
    return str(variable.value) if variable.head == "symbol" else "".join(str(a.value) for a in variable.args)


def _slope(part: Expr, table: SymbolTable) -> Expr | None:
    """The gradient of a name, or of an unknown function of one vector, as a vector of its own."""
    if part.head != "gradient":
        return None
    body, *variables = part.args
    below = "".join(f"_{v.value}" for v in variables)
    if body.head == "symbol" and body.kind == "scalar" and body.value not in table.symbols:
        return symbol(f"\u2207{below}{body.value}", "vector")
    if body.head != "apply" or len(body.args) != 2 or body.args[0].head != "symbol":
        return None
    function, argument = body.args
    known = table.symbols.get(function.value)
    plain = (known is None or known.definition is None) and argument.kind == "vector"
    if not plain or argument.head != "symbol" or any(v is not argument for v in variables):
        return None
    return apply(symbol(f"\u2207{function.value}", "function"), argument, kind="vector")
