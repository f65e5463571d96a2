"""What a comparison may assume: domains, definitions, side conditions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from grader.expressions.build import chain
from grader.expressions.domains import REALS, Domain
from grader.expressions.nodes import Expr
from grader.expressions.symbols import SymbolTable

_MIRROR = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, eq=False, slots=True)
class Assumptions:
    """Where two trees are compared.

    `domains` by symbol name wins over the domain in the table; `conditions` are further relations
    (x > 0, x != 1) that hold; `ignore_domain` compares on the common natural domain only.
    """

    domains: Mapping[str, Domain] = field(default_factory=dict)
    table: SymbolTable = field(default_factory=SymbolTable)
    conditions: tuple[Expr, ...] = ()
    ignore_domain: bool = False

    def domain(self, symbol: Expr) -> Domain:
        """The declared domain of a symbol; all reals if nothing is declared."""
        found = self.domains.get(symbol.value)
        if found is None:
            known = self.table.symbols.get(symbol.value)
            found = known.domain if known is not None else None
        if found is None:
            return Domain(integer=True) if symbol.kind == "integer" else REALS
        return found


NOTHING = Assumptions(MappingProxyType({}))


@lru_cache(maxsize=1 << 11)
def narrowed(assumptions: Assumptions) -> Assumptions:
    """Conditions such as x > 0 and 1 >= x taken into the domains; the others stay conditions."""
    if not assumptions.conditions:
        return assumptions
    domains = dict(assumptions.domains)
    rest: list[Expr] = []
    for condition in assumptions.conditions:
        for part in condition.args if condition.head == "and" else (condition,):
            rest.extend(_take_in(part, domains, assumptions))
    return replace(assumptions, domains=domains, conditions=tuple(rest))


def _take_in(condition: Expr, domains: dict[str, Domain], assumptions: Assumptions) -> list[Expr]:
    if condition.head != "chain":
        return [condition]
    rest = []
    for operator, left, right in zip(condition.value, condition.args, condition.args[1:], strict=False):
        bound = _bound(operator, left, right)
        if bound is None:
            rest.append(chain((left, right), (operator,)))
            continue
        name, operator, value = bound
        symbol = left if left.head == "symbol" else right
        before = domains.get(name) or assumptions.domain(symbol)
        domains[name] = cut(before, operator, value)
    return rest


def _bound(operator: str, left: Expr, right: Expr) -> tuple[str, str, Fraction] | None:
    if operator not in _MIRROR:
        return None
    if left.head == "symbol" and right.head in ("number", "decimal"):
        return left.value, operator, _value(right)
    if right.head == "symbol" and left.head in ("number", "decimal"):
        return right.value, _MIRROR[operator], _value(left)
    return None


def _value(tree: Expr) -> Fraction:
    found: Fraction = tree.value if tree.head == "number" else tree.value[0]
    return found


def cut(domain: Domain, operator: str, value: Fraction) -> Domain:
    """The part of a domain where `x operator value`.

    >>> cut(REALS, ">", Fraction(0)).low
    Fraction(0, 1)
    """
    open_end = operator in ("<", ">")
    if operator in (">", ">="):
        if domain.low is not None and (domain.low > value or (domain.low == value and domain.open_low)):
            return domain
        return replace(domain, low=value, open_low=open_end)
    if domain.high is not None and (domain.high < value or (domain.high == value and domain.open_high)):
        return domain
    return replace(domain, high=value, open_high=open_end)
