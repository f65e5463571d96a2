"""A relation that is one slip away from one that follows: it was meant to follow, and is no new hypothesis.

So a rearrangement gone wrong is told from the second equation of a system.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain as chain_of
from itertools import combinations, islice

from grader.equivalence import constant_ratio
from grader.expressions.build import MINUS_ONE, ZERO, add, chain, div, mul, neg, number, power, sub, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols, rebuild, replace
from grader.records import Equality
from grader.working import cues
from grader.working.arguments.cancelled import cancelled
from grader.working.entailment import entails, unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Trial, is_operator
from grader.working.sampling import Place, confirmed, is_monomial, sample, solutions_of
from grader.working.whole_vectors import is_unit

_MAX_VARIANTS = 250
_MAX_PLACES = 40
_SWAPS = {
    "sin": ("cos",),
    "cos": ("sin",),
    "ln": ("exp",),
    "exp": ("ln",),
    "sinh": ("cosh",),
    "cosh": ("sinh",),
}


def nearly_follows(relation: Expr, premises: Sequence[Expr], known: Knowledge, derived: bool) -> bool:
    """Whether a variant of the relation, one slip away, follows from one of the premises.

    `derived`: something has been worked out already, so that one lost term is slip enough.
    """
    if relation.head != "chain" or relation.value != ("=",) or cancelled(relation) is not None:
        return False
    wanted = unknowns(known.coordinates(relation))
    for premise in premises:
        given = known.coordinates(premise)
        inside = unknowns(given)
        if (
            premise.head != "chain"
            or premise.value != ("=",)
            or (len(inside & wanted) < 2 and inside != wanted)
        ):
            continue
        places = sample((given,), wanted, known.assumptions())
        if places and _follows_nearly(relation, premise, places, known):
            return True
        if wanted <= inside and len(wanted) > 1 and (derived or len(inside) > 2):
            table = next(iter(solutions_of(given, known.assumptions())), {})
            if table and one_term_short(relation, table, known):
                return True
    return False


def _follows_nearly(relation: Expr, premise: Expr, places: Sequence[Place], known: Knowledge) -> bool:
    names = sorted(free_symbols(premise) | free_symbols(relation), key=lambda s: str(s.value))
    scalars = tuple(n for n in names if n.kind == "scalar")
    exchanged = () if known.target.references else _exchanged(relation)
    tried = chain_of(exchanged, variants(relation, scalars))
    for variant in islice(tried, _MAX_VARIANTS):
        likely = _says_something(variant) and confirmed(known.coordinates(variant), places)
        if likely and entails([premise], variant, known).verdict is Equality.EQUAL:
            return True
    return False


def _exchanged(relation: Expr) -> Iterator[Expr]:
    """Two letters in each other's place (p = n/k for k/n, A beside the other one's denominator)."""
    if any(is_operator(side) for side in relation.args):
        return
    inside = sorted((s for s in free_symbols(relation) if s.kind == "scalar"), key=lambda s: str(s.value))
    for one, other in combinations(inside[:4], 2):
        yield replace(relation, {one: other, other: one})


def meant_as_identity(trial: Trial) -> bool:
    """Whether a relation that opens a statement is a claim for all values with one slip in it.

    `(x+1)^2 = x^2 + 3x + 1` is; `(x+1)^2 = x^2 + 7` is an equation. It is one as well where later lines
    solve it, and where the words before it say so.
    """
    link, known = trial.link, trial.known
    values = values_of(known)
    if link.operator != "=" or link.place.line in known.supposed or cues.supposes(link.cue):
        return False
    if _is_reckoned(link.left) and constant_ratio(link.left, link.right, known.assumptions()) is not None:
        return trial.identity.verdict is Equality.DIFFERENT
    sides = [replace(known.coordinates(side), values) for side in (link.left, link.right)]
    free = [unknowns(side) for side in sides]
    plain = link.left is not sides[0] or link.right is not sides[1]
    if (
        not free[0] & free[1]
        or cancelled(chain(tuple(sides), ("=",))) is not None
        or not (plain or _needs_work(link.left) or _needs_work(link.right))
    ):
        return False
    if any(part.head == "index" or is_unit(part) for part in walk(link.relation)):
        return False
    if link.right is ZERO or trial.identity.verdict is not Equality.DIFFERENT:
        return False
    places = sample((), free[0] | free[1], known.assumptions())
    apart = has_products(link.left) or has_products(link.right) or plain
    names = tuple(
        sorted((s for s in free_symbols(link.relation) if s.kind == "scalar"), key=lambda s: str(s.value))
    )
    for variant in islice(variants(link.relation, names, not apart), _MAX_VARIANTS):
        left, right = variant.args
        there = replace(known.coordinates(variant), values)
        if left is not right and (not places or confirmed(there, places)) and trial.equal(*there.args):
            return True
    return one_term_short(link.relation, values, known)


def _is_reckoned(side: Expr) -> bool:
    """`0.9 * 1.2 p`: numbers that are multiplied, beside a letter; what it comes to is no equation for it."""
    factors = side.args if side.head == "mul" else ()
    numbers = [f for f in factors if f.head in ("number", "decimal") and f is not MINUS_ONE]
    return len(numbers) > 1 and bool(free_symbols(side))


def values_of(known: Knowledge) -> dict[Expr, Expr]:
    """The names to which facts give a value."""
    facts = [f.relation for f in known.facts if f.relation.head == "chain" and f.relation.value == ("=",)]
    return {r.args[0]: r.args[1] for r in facts if r.args[0].head == "symbol" and not free_symbols(r.args[1])}


def _needs_work(tree: Expr) -> bool:
    """A product or power of sums, a sum of fractions, functions: something to carry out."""
    return has_products(tree) or any(
        part.head in ("call", "dot", "norm", "cases", "pow", "sum", "product") and _varies(part)
        for part in walk(tree)
    )


def _varies(part: Expr) -> bool:
    """Whether a function is applied to, or an exponent made of, more than a number."""
    if part.head == "pow":
        return bool(free_symbols(part.args[1])) or part.args[0].head in ("call", "norm")
    return bool(free_symbols(part))


def has_products(tree: Expr) -> bool:
    """A product or power of sums, or a sum of fractions."""
    for part in walk(tree):
        if part.head in ("mul", "pow") and any(a.head == "add" for a in part.args):
            return True
        if part.head == "add" and sum(_is_fraction(t) for t in part.args) > 1:
            return True
    return False


def _is_fraction(term: Expr) -> bool:
    return any(part.head == "pow" and part.args[1] is MINUS_ONE and free_symbols(part) for part in walk(term))


_SLOT = symbol("what should stand here")


def one_term_short(relation: Expr, values: Mapping[Expr, Expr], known: Knowledge) -> bool:
    """Whether one term added at one place, or one factor there, would make the sides equal.

    The place is given a name; the gap between the sides is linear in it, so what should stand there is known.
    `values` are put in first: what a premise says.
    """
    assumptions = known.assumptions()
    gap = replace(known.coordinates(sub(*relation.args)), values)
    for part, opened in islice(_places_in(sub(*relation.args)), _MAX_PLACES):
        slope = differentiate(replace(known.coordinates(opened), values), _SLOT)
        if slope is None or slope is ZERO or _SLOT in free_symbols(slope):
            continue
        term = neg(div(gap, slope))
        if is_monomial(term, assumptions):
            return True
        here = replace(known.coordinates(part), values)
        if part.head in ("symbol", "number") and is_monomial(div(add(here, term), here), assumptions):
            return True
    return False


def _places_in(tree: Expr) -> Iterator[tuple[Expr, Expr]]:
    """Every scalar part that is not an exponent or a bound, with the tree in which its place has a name."""
    if tree.kind == "scalar" and tree.head in ("symbol", "number", "add"):
        yield tree, _SLOT
    if tree.head in ("add", "mul", "pow", "call", "chain"):
        for index, part in enumerate(tree.args if tree.head != "pow" else tree.args[:1]):
            for inner, opened in _places_in(part):
                yield inner, rebuild(tree, (*tree.args[:index], opened, *tree.args[index + 1 :]))


def _says_something(relation: Expr) -> bool:
    """Not a relation such as x = x, which follows from anything."""
    return relation.args[0] is not relation.args[-1] and bool(unknowns(relation))


def variants(tree: Expr, names: Sequence[Expr] = (), whole_calls: bool = False) -> Iterator[Expr]:
    """The trees that are one slip away: one number, sign, exponent, factor, term or function is another.

    `whole_calls`: what functions are applied to stays as it is (sin 2x = sin x is an equation).
    """
    yield from _here(tree, names)
    if whole_calls and (tree.head == "call" or (tree.head == "pow" and free_symbols(tree.args[1]))):
        return
    for index, part in enumerate(tree.args):
        for other in variants(part, names, whole_calls):
            yield rebuild(tree, (*tree.args[:index], other, *tree.args[index + 1 :]))


def _here(tree: Expr, names: Sequence[Expr]) -> Iterator[Expr]:
    if tree.head == "number":
        yield from (number(value) for value in _numbers(tree.value))
        yield from (mul(tree, name) for name in names)
    elif tree.head == "add":
        for index, term in enumerate(tree.args):
            rest = (*tree.args[:index], *tree.args[index + 1 :])
            yield node("add", (*tree.args[:index], _negated(term), *tree.args[index + 1 :]), None, tree.kind)
            yield rest[0] if len(rest) == 1 else node("add", rest, None, tree.kind)
    elif tree.head == "call" and tree.value in _SWAPS:
        yield from (node("call", tree.args, name, tree.kind) for name in _SWAPS[tree.value])
    elif tree.head == "mul" and MINUS_ONE in tree.args:
        yield mul(*(a for a in tree.args if a is not MINUS_ONE))
    if tree.head == "mul":
        yield from _as_sums(tree.args)
    if tree.kind == "scalar" and tree.head in ("symbol", "mul", "pow", "apply", "call", "dot", "norm"):
        yield from (mul(number(k), tree) for k in (-1, 2, 3))
        yield from (power(tree, number(k)) for k in (2, 3))
        yield from (mul(name, tree) for name in names)


def _as_sums(factors: Sequence[Expr]) -> Iterator[Expr]:
    """A dot for a plus between two products with functions: `k ln p * (n - k) ln q`."""
    for index in range(1, len(factors)):
        parts = mul(*factors[:index]), mul(*factors[index:])
        if all(any(inner.head == "call" for inner in walk(part)) for part in parts):
            yield add(*parts)


def _numbers(value: Fraction) -> Iterator[Fraction]:
    if value == -1:
        yield Fraction(1)
        return
    yield from dict.fromkeys((value - 1, value + 1, -value, 2 * value, value / 2, value - 2, value + 2))


def _negated(term: Expr) -> Expr:
    if term.head == "number":
        return number(-term.value)
    if term.head == "mul" and term.args[0] is MINUS_ONE:
        return mul(*term.args[1:])
    return mul(MINUS_ONE, term)
