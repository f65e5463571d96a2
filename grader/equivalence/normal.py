"""Layer 2: the normal form of a tree, a quotient of polynomials over kernels (or an array of such)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.field import (
    F_ONE,
    POLY_ONE,
    Beyond,
    Frac,
    Kernel,
    constant,
    key_of,
    rational,
)
from grader.equivalence.normal_arrays import ArrayRules
from grader.equivalence.normal_calls import CALLS, Calls
from grader.equivalence.normal_values import Combination, Value, add_values, multiply_values
from grader.equivalence.prepare import prepare
from grader.expressions.build import E, symbol
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import replace

DomainOf = Callable[[Expr], Domain]


@dataclass(frozen=True, slots=True)
class NormalForm:
    """A normal form and the names of the kernels in it."""

    value: Value
    kernels: tuple[str, ...]


class Normalizer(Calls, ArrayRules):
    """Turns prepared trees into normal forms over one set of kernels."""

    def __init__(self, domain: DomainOf, complexes: bool = False, in_parts: bool = False) -> None:
        super().__init__(complexes)
        self.domain = domain
        self.in_parts = in_parts  # a complex symbol is written as x + i y
        self.done: dict[Expr, Value] = {}

    def forget(self) -> None:
        super().forget()
        self.done.clear()

    def value(self, tree: Expr) -> Value:
        """The normal form; raises `Beyond` where there is none."""
        found = self.done.get(tree)
        if found is None:
            rule = _RULES.get(tree.head)
            if rule is None:
                raise Beyond
            found = self.done[tree] = rule(self, tree)
        return found

    def scalar(self, tree: Expr) -> Frac:
        """The normal form of something that is a number."""
        found = self.value(tree)
        if not isinstance(found, Frac):
            raise Beyond
        return found

    def key(self, tree: Expr) -> str:
        """A canonical spelling of a value of any shape."""
        return spelling(self.value(tree))


def spelling(value: Value) -> str:
    """A canonical spelling within one field."""
    if isinstance(value, Frac):
        return key_of(value)
    if isinstance(value, Combination):
        return f"{value.kind}{{" + ";".join(f"{'*'.join(w)}:{key_of(c)}" for w, c in value.terms) + "}"
    return f"[{value.rows}x{value.columns}:" + ";".join(map(key_of, value.entries)) + "]"


def _number(n: Normalizer, tree: Expr) -> Value:
    return constant(tree.value if tree.head == "number" else tree.value[0])


def _constant(n: Normalizer, tree: Expr) -> Value:
    if tree.value == "pi":
        return Frac(n.pi(), POLY_ONE)
    if tree.value == "e":
        return n.exp(F_ONE)
    if tree.value == "i":
        return Frac(n.imaginary(), POLY_ONE)
    raise Beyond


def _symbol(n: Normalizer, tree: Expr) -> Value:
    if tree.kind in ("vector", "matrix"):
        return Combination(tree.kind, (((f"{tree.value}",), F_ONE),))
    if tree.kind not in ("scalar", "integer", "complex"):
        raise Beyond
    if tree.kind == "complex" and n.in_parts:
        return _in_parts(n, str(tree.value))
    domain = n.domain(tree)
    real = tree.kind != "complex"

    def make() -> Kernel:
        ends = (domain.low, domain.high, domain.open_low, domain.open_high)
        return Kernel(f"symbol:{tree.value}", "symbol", domain.integer, 0, None, *ends, real=real)

    return Frac(n.kernel("symbol", f"{tree.value}/{tree.kind}", make), POLY_ONE)


def _in_parts(n: Normalizer, name: str) -> Frac:
    """z as Re z + i Im z."""
    parts = [
        n.kernel("symbol", f"{part} {name}", lambda key=f"symbol:{part} {name}": Kernel(key, "symbol", False))  # type: ignore[misc]
        for part in ("Re", "Im")
    ]
    return Frac(parts[0] + n.imaginary() * parts[1], POLY_ONE)


def _add(n: Normalizer, tree: Expr) -> Value:
    total = n.value(tree.args[0])
    for part in tree.args[1:]:
        total = add_values(n, total, n.value(part))
    return total


def _mul(n: Normalizer, tree: Expr) -> Value:
    total: Value = F_ONE
    for part in tree.args:
        total = multiply_values(n, total, n.value(part))
    return total


def _pow(n: Normalizer, tree: Expr) -> Value:
    base_tree, exponent_tree = tree.args
    if base_tree is E:
        return (
            n.exp(n.scalar(exponent_tree)) if not _is_log(exponent_tree) else n.value(exponent_tree.args[0])
        )
    base, exponent = n.value(base_tree), n.scalar(exponent_tree)
    power = rational(exponent)
    if not isinstance(base, Frac):
        if power is None or power.denominator != 1:
            raise Beyond
        return n.array_power(base, int(power))
    if power is None:
        exact = rational(base)
        if exact is not None and exact == 0:
            raise Beyond
        return n.formal_power(base, exponent)
    if power.denominator == 1:
        return _whole_power(n, base, int(power))
    return n.root(base, power)


def _whole_power(n: Normalizer, base: Frac, power: int) -> Frac:
    """A power that is too large to be multiplied out stands for itself."""
    try:
        return n.power(base, power)
    except Beyond:
        if base.top.is_constant() and base.bottom.is_one():
            raise
        return Frac(n.kernel("power", f"({key_of(base)})^{power}"), POLY_ONE)


def _is_log(tree: Expr) -> bool:
    return tree.head == "call" and tree.value == "ln"


def _call(n: Normalizer, tree: Expr) -> Value:
    rule = CALLS.get(tree.value)
    if rule is not None:
        return rule(n, tree)
    return n.opaque(tree.value, tree)


def _apply(n: Normalizer, tree: Expr) -> Value:
    arguments = ",".join(n.key(a) for a in tree.args[1:])
    name = f"{tree.head}{tree.value or ''}:{tree.args[0]!r}({arguments})"
    if tree.kind == "vector":
        return Combination("vector", (((name,), F_ONE),))
    if tree.kind not in ("scalar", "integer", "complex"):
        raise Beyond
    return Frac(n.kernel("apply", name), POLY_ONE)


def _index(n: Normalizer, tree: Expr) -> Value:
    places = ",".join(n.key(a) for a in tree.args[1:])
    return Frac(n.kernel("index", f"{tree.args[0]!r}[{places}]"), POLY_ONE)


def _binder(n: Normalizer, tree: Expr) -> Value:
    """A sum, integral ... that is not carried out: a kernel, with its bound letter renamed."""
    bound = tree.args[1]
    common = symbol(f"\u2022{tree.args[0].depth}")
    body = n.key(replace(tree.args[0], {bound: common}))
    ends = ",".join(_end(n, a) for a in tree.args[2:])
    return Frac(n.kernel(tree.head, f"{tree.value}{body}/{common.value}/{ends}"), POLY_ONE)


def _end(n: Normalizer, tree: Expr) -> str:
    return repr(tree) if tree.head == "constant" else n.key(tree)


def _is_mended(tree: Expr) -> bool:
    """A rule for all places but those where something is 0."""
    condition = tree.args[1]
    return len(tree.args) == 4 and condition.head == "chain" and condition.value == ("!=",)


def _cases(n: Normalizer, tree: Expr) -> Value:
    if len(tree.args) == 2 or _is_mended(tree):
        return n.value(tree.args[0])  # its condition is a matter of the domain, which is looked at apart
    parts = [n.key(a) if i % 2 == 0 else repr(a) for i, a in enumerate(tree.args)]
    return Frac(n.kernel("cases", "|".join(parts)), POLY_ONE)


_Rule = Callable[[Normalizer, Expr], Value]
_RULES: dict[str, _Rule] = {
    "number": _number,
    "decimal": _number,
    "constant": _constant,
    "symbol": _symbol,
    "add": _add,
    "mul": _mul,
    "pow": _pow,
    "call": _call,
    "apply": _apply,
    "partial": _apply,
    "index": _index,
    "sum": _binder,
    "product": _binder,
    "integral": _binder,
    "limit": _binder,
    "cases": _cases,
    "matrix": lambda n, t: n.entries_of(t),
    "dot": lambda n, t: n.dot_of(t),
    "norm": lambda n, t: n.norm_of(t),
    "cross": lambda n, t: n.cross_of(t),
    "transpose": lambda n, t: n.transpose_of(t),
}


def is_zero(value: Value) -> bool:
    """Whether a normal form is 0 as it stands."""
    if isinstance(value, Frac):
        return bool(value.top == 0)
    if isinstance(value, Combination):
        return not value.terms
    return all(e.top == 0 for e in value.entries)


def difference(n: Normalizer, left: Expr, right: Expr) -> Value:
    """left - right in normal form."""
    a, b = n.value(left), n.value(right)
    minus = constant(Fraction(-1))
    return add_values(n, a, multiply_values(n, minus, b))


def normal_form(tree: Expr, assumptions: Assumptions) -> NormalForm | None:
    """The normal form of one tree with definitions written out; None where there is none."""
    prepared = prepare((tree,), assumptions)
    n = Normalizer(assumptions.domain)
    try:
        value = n.attempt(lambda: n.value(prepared.trees[0]))
    except Beyond:
        return None
    return NormalForm(value, tuple(k.key for _, k in sorted(n.kernels.items())))
