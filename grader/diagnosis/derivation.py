"""The buggy derivation engine: every derivative (antiderivative) with exactly one faulty application.

After R. R. Burton, "Diagnosing bugs in a simple procedural skill" (1982): a procedure is a set of rules,
and a bug puts one faulty rule in the place of a right one. The derivation is otherwise right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from grader.diagnosis.families import chain, derivatives, integrals
from grader.diagnosis.families.chain import lowered, outer_slope
from grader.diagnosis.families.parts import exchanged, times, total
from grader.diagnosis.malrule import CalculusRule, Slopes
from grader.equivalence.features import features
from grader.expressions.build import (
    MINUS_ONE,
    ONE,
    ZERO,
    call,
    dot,
    mul,
    power,
    sub,
)
from grader.expressions.calculus import differentiate
from grader.expressions.calculus_operators import Expander
from grader.expressions.calculus_tables import RULES as TABLE
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import rebuild, replace, transform
from grader.expressions.symbols import SymbolTable

MAX_FAULTS = 160

Fault = tuple[CalculusRule, Expr]


class NoRule(Exception):
    """There is no rule for a node."""


def faulty_results(tree: Expr, table: SymbolTable) -> list[Fault]:
    """What a derivative, gradient, f'(x) or integral gives with one faulty rule; none for other nodes."""
    return list(islice(_results(tree, table), MAX_FAULTS))


def _results(tree: Expr, table: SymbolTable) -> Iterator[Fault]:
    if tree.head == "integral":
        yield from _faulty_integrals(tree)
        return
    for body, variable, point in _asked(tree, table):
        for rule, slope in faulty_derivatives(body, variable):
            yield rule, slope if point is variable else replace(slope, {variable: point})


def _asked(tree: Expr, table: SymbolTable) -> Iterator[tuple[Expr, Expr, Expr]]:
    """(body, variable, where): what is to be differentiated, as written and with its names spelled out."""
    if tree.head == "apply" and tree.args[0].head == "derived" and len(tree.args) == 2:
        function, order = tree.args[0].args[0], tree.args[0].value
        known = table.symbols.get(function.value) if function.head == "symbol" else None
        if known is not None and known.definition is not None and len(known.parameters) == 1:
            body = _repeated(known.definition, known.parameters[0], order - 1)
            if body is not None:
                yield body, known.parameters[0], tree.args[1]
        return
    if tree.head not in ("derivative", "gradient") or len(tree.args) < 2:
        return
    variable = tree.args[-1]
    if variable.head != "symbol":
        return
    seen: list[Expr] = []
    for opened in _opened(tree.args[0], variable, table):
        body = _repeated(opened, variable, len(tree.args) - 2)
        if body is not None and body not in seen:
            seen.append(body)
            yield body, variable, variable


def _repeated(body: Expr, variable: Expr, times_: int) -> Expr | None:
    for _ in range(times_):
        slope = differentiate(body, variable)
        if slope is None:
            return None
        body = slope
    return body


def _opened(body: Expr, variable: Expr, table: SymbolTable) -> Iterator[Expr]:
    """The body with the names that hide the variable written out: only those, then everything."""
    known = table.symbols.get(variable.value)
    if known is None or known.definition is None:
        yield _names_out(body, variable, table)
    yield Expander(table, frozenset([variable.value])).hold(body, variable)


def _names_out(body: Expr, variable: Expr, table: SymbolTable) -> Expr:
    """Names and functions of the very variable by their definitions; functions of more stay (chain rule)."""

    def change(part: Expr) -> Expr:
        if part.head == "symbol" and part.kind != "function":
            known = table.symbols.get(part.value)
            if known is not None and known.definition is not None and part is not variable:
                return transform(known.definition, change) if known.definition.size < 60 else part
        if part.head == "apply" and part.args[0].head == "symbol":
            known = table.symbols.get(part.args[0].value)
            if known is None or known.definition is None or len(known.parameters) != len(part.args) - 1:
                return part
            if len(part.args) > 2 or part.args[1] is variable:
                return replace(known.definition, dict(zip(known.parameters, part.args[1:], strict=True)))
        return part

    return transform(body, change)


def faulty_derivatives(body: Expr, variable: Expr) -> Iterator[Fault]:
    """Every derivative with one faulty application, the outermost first.

    >>> from grader.expressions.build import symbol
    >>> x = symbol("x")
    >>> rule, found = next(faulty_derivatives(power(x, number(3)), x))
    >>> rule.id
    'power-rule'
    """
    yield from _Deriver(variable).faulty(body)


class _Deriver:
    def __init__(self, variable: Expr) -> None:
        self.x = variable
        self.known: dict[Expr, Expr] = {}

    def right(self, tree: Expr) -> Expr:
        """The right derivative, in the shape that the rules give; raises `NoRule`."""
        if tree is self.x and self.x.kind != "vector":
            return ONE
        if self.x not in features(tree).free:
            return ZERO
        found = self.known.get(tree)
        if found is None:
            found = self.known[tree] = self.combine(tree, self.slopes(tree))
        return found

    def slopes(self, tree: Expr) -> Slopes:
        """The right derivatives of the children."""
        return tuple(self.right(a) if self._moves(tree, k) else ZERO for k, a in enumerate(tree.args))

    def _moves(self, tree: Expr, index: int) -> bool:
        part = tree.args[index]
        inside = tree.head in ("add", "mul", "pow", "call", "matrix", "tuple") or (
            tree.head == "apply" and index == 1
        )
        inside = inside or (tree.head == "dot" and self.x.kind != "vector")
        return inside and part.kind != "function" and self.x in features(part).free

    def combine(self, tree: Expr, slopes: Slopes) -> Expr:
        """The right rule for a node, applied to slopes of its children; raises `NoRule`."""
        head = tree.head
        if head == "add":
            return total(*slopes)
        if head == "mul":
            moving = [i for i, s in enumerate(slopes) if s is not ZERO]
            return total(*(times(*exchanged(tree.args, i, slopes[i])) for i in moving))
        if head == "pow" and slopes[1] is ZERO and tree.kind != "matrix":
            return times(tree.args[1], lowered(tree), slopes[0])
        if head == "pow" and slopes[0] is ZERO:
            return times(tree, call("ln", tree.args[0]), slopes[1])
        if head == "call" and len(tree.args) == 1 and tree.value in TABLE:
            return times(TABLE[tree.value](tree.args[0]), slopes[0])
        if head == "apply" and len(tree.args) == 2 and tree.args[0].head in ("symbol", "derived"):
            outer = outer_slope(tree)
            if outer is not None:
                return times(outer, slopes[1])
        if head == "dot" and self.x.kind != "vector":
            left, right = tree.args
            sides = (
                dot(slopes[0], right) if slopes[0] is not ZERO else ZERO,
                dot(left, slopes[1]) if slopes[1] is not ZERO else ZERO,
            )
            return total(*sides)
        if head in ("matrix", "tuple"):
            return rebuild(tree, slopes)
        found = differentiate(tree, self.x)
        if found is None:
            raise NoRule(head)
        return found

    def faulty(self, tree: Expr) -> Iterator[Fault]:
        """Every derivative of the tree with one fault, here or in one of its parts."""
        if tree.kind == "function" or self.x not in features(tree).free or tree is self.x:
            return
        try:
            slopes = self.slopes(tree)
        except NoRule:
            return
        for rule in _BY_HEAD.get(tree.head, ()):
            for variant in rule.variants(tree, self.x, slopes):
                yield rule, variant
        for index, part in enumerate(tree.args):
            if self._moves(tree, index):
                for rule, slope in self.faulty(part):
                    try:
                        yield rule, self.combine(tree, exchanged(slopes, index, slope))
                    except NoRule:
                        return


def _by_head(rules: Sequence[CalculusRule]) -> dict[str, tuple[CalculusRule, ...]]:
    heads = {head for rule in rules for head in rule.heads}
    return {head: tuple(r for r in rules if head in r.heads) for head in sorted(heads)}


_BY_HEAD = _by_head((*derivatives.RULES, *chain.RULES))
_INTEGRALS_BY_HEAD = _by_head(integrals.RULES)


def _faulty_integrals(tree: Expr) -> Iterator[Fault]:
    """Antiderivatives (or their differences at the ends) with one term integrated wrongly."""
    body, x, *ends = tree.args
    terms = body.args if body.head == "add" else (body,)
    right = [_antiderivative(t, x) for t in terms]
    for k, term in enumerate(terms):
        if any(r is None for i, r in enumerate(right) if i != k):
            continue
        rest = [r for i, r in enumerate(right) if i != k and r is not None]
        coefficient, inner = _without_constant(term, x)
        for rule in _INTEGRALS_BY_HEAD.get(inner.head, ()):
            for variant in rule.variants(inner, x, ()):
                yield rule, _between(total(times(coefficient, variant), *rest), x, ends)


def _between(found: Expr, x: Expr, ends: list[Expr]) -> Expr:
    if len(ends) != 2:
        return found
    return sub(replace(found, {x: ends[1]}), replace(found, {x: ends[0]}))


def _without_constant(term: Expr, x: Expr) -> tuple[Expr, Expr]:
    """A term as a factor free of the variable times the rest."""
    factors = term.args if term.head == "mul" else (term,)
    still = [f for f in factors if x not in features(f).free]
    return mul(*still) if still else ONE, mul(*(f for f in factors if f not in still))


def _antiderivative(term: Expr, x: Expr) -> Expr | None:
    coefficient, inner = _without_constant(term, x)
    if inner is ONE:
        return times(coefficient, x)
    found = integrals.base_antiderivative(inner, x)
    if found is None:
        return None
    whole, _, slope = found
    return times(coefficient, whole) if slope is ONE else times(coefficient, whole, power(slope, MINUS_ONE))
