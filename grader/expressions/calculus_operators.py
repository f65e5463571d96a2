"""Definitions expanded and operators carried out: f(x), f'(x), f^-1(x), d/dx, gradients, values at points."""

from __future__ import annotations

from grader.expressions.build import add, apply, derived, div, mul, power, symbol
from grader.expressions.calculus_dots import pair_transposes, spread_dot
from grader.expressions.calculus_inverse import inverse_body, peel
from grader.expressions.calculus_members import member_slope
from grader.expressions.calculus_rules import differentiate, jacobian
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols, rebuild, replace
from grader.expressions.symbols import Symbol, SymbolTable

_BINDERS = frozenset(["integral", "sum", "product", "limit"])
_MAX_NESTING = 40
_ARRAYS = ("vector", "matrix")
_MADE = {"add": add, "mul": mul}
_SLOT = symbol("\u2022")


def evaluate_operators(tree: Expr, table: SymbolTable) -> Expr:
    """The tree with derivatives, gradients, f', f^-1 and values at a point carried out where they can be.

    A derivative with respect to a symbol that has a definition holds it as the variable: with
    p = sigma(u), d/dp of sigma(u)^2 is 2 p. What cannot be done stays as it is written.
    """
    return Expander(table, frozenset(table.symbols)).visit(tree)


def expand(tree: Expr, table: SymbolTable, held: frozenset[str] = frozenset()) -> Expr:
    """The tree with every definition of the table written out (but for the symbols named in `held`)."""
    return Expander(table, held).visit(tree)


class Expander:
    """One walk over a tree; `held` are the names of variables that keep their name."""

    def __init__(self, table: SymbolTable, held: frozenset[str], nesting: int = 0) -> None:
        self.table = table
        self.held = held
        self.nesting = nesting
        self.done: dict[Expr, Expr] = {}

    def visit(self, tree: Expr) -> Expr:
        found = self.done.get(tree)
        if found is None:
            found = self.done[tree] = self._visit(tree)
        return found

    def _visit(self, tree: Expr) -> Expr:
        head = tree.head
        if head == "symbol":
            return self._symbol(tree)
        if not tree.args:
            return tree
        if head == "apply":
            return self.call_function(tree.args[0], tuple(self.visit(a) for a in tree.args[1:]), tree)
        if head in ("derivative", "gradient"):
            return self._differential(tree)
        if head == "at":
            body, variable, point = tree.args
            return self.visit(replace(self.hold(body, variable), {variable: point}))
        if head in _BINDERS:
            return self._binder(tree)
        if head == "index":
            return self._index(tree)
        return self._plain(rebuild(tree, tuple(self.visit(a) for a in tree.args)))

    @staticmethod
    def _plain(tree: Expr) -> Expr:
        if tree.head == "mul":
            tree = pair_transposes(tree)
        if tree.kind in _ARRAYS and tree.head in _MADE and all(a.kind not in _ARRAYS for a in tree.args):
            return _MADE[tree.head](*tree.args)  # numbers, now that transposes found their vectors
        if tree.head == "dot" and all(a.kind == "vector" for a in tree.args):
            return spread_dot(tree)
        return tree

    def _nested(self, tree: Expr, held: frozenset[str] | None = None) -> Expr:
        if self.nesting >= _MAX_NESTING:
            return tree
        keep = self.held if held is None else held
        return Expander(self.table, keep, self.nesting + 1).visit(tree)

    def _symbol(self, tree: Expr) -> Expr:
        known = self.table.symbols.get(tree.value)
        if tree.value in self.held or known is None or not _abbreviates(known, self.table):
            return tree
        assert known.definition is not None
        if known.definition is tree or tree in free_symbols(known.definition):
            return tree
        return self._nested(known.definition)

    def _binder(self, tree: Expr) -> Expr:
        bound = tree.args[1]
        if bound.head == "symbol" and bound.value not in self.held:
            inner = self._nested(tree.args[0], self.held | {bound.value})
        else:
            inner = self.visit(tree.args[0])
        return rebuild(tree, (inner, bound, *(self.visit(a) for a in tree.args[2:])))

    def _index(self, tree: Expr) -> Expr:
        family, *places = tree.args
        known = self.table.symbols.get(family.value) if family.head == "symbol" else None
        args = tuple(self.visit(a) for a in places)
        if known and known.definition is not None and len(known.parameters) == len(args):
            return self._nested(replace(known.definition, dict(zip(known.parameters, args, strict=True))))
        return rebuild(tree, (family, *args))

    def call_function(self, function: Expr, args: tuple[Expr, ...], written: Expr) -> Expr:
        """function(args) with what is known of the function."""
        if function.head == "symbol":
            return self._named(function, args, written)
        if function.head == "inverse":
            return self._inverse(function, args, written)
        if function.head == "derived":
            return self._derived(function, args, written)
        if function.head == "compose":
            inner = args
            for part in reversed(function.args):
                inner = (self.call_function(part, inner, apply(part, *inner)),)
            return inner[0]
        if function.head in ("add", "mul", "pow") and function.kind == "function":
            return self.visit(rebuild_pointwise(function, args))
        return rebuild(written, (function, *args))

    def _named(self, function: Expr, args: tuple[Expr, ...], written: Expr) -> Expr:
        if len(args) == 1 and args[0].head == "apply" and args[0].args[0].head == "inverse":
            undone = args[0].args[0].args[0]
            if undone is function and len(args[0].args) == 2:
                return args[0].args[1]
        known = self.table.symbols.get(function.value)
        if known is None or known.definition is None or len(known.parameters) != len(args):
            return rebuild(written, (function, *args))
        return self._nested(replace(known.definition, dict(zip(known.parameters, args, strict=True))))

    def _inverse(self, function: Expr, args: tuple[Expr, ...], written: Expr) -> Expr:
        original = function.args[0]
        if original.head == "inverse":
            return self.call_function(original.args[0], args, apply(original.args[0], *args))
        plain = rebuild(written, (function, *args))
        if len(args) != 1:
            return plain
        if args[0].head == "apply" and args[0].args[0] is original and len(args[0].args) == 2:
            return args[0].args[1]
        known = self.table.symbols.get(original.value) if original.head == "symbol" else None
        body = None if known is None else inverse_body(known, self.table)
        if known is None or body is None:
            return plain
        return self._nested(replace(body, {known.parameters[0]: args[0]}))

    def _derived(self, function: Expr, args: tuple[Expr, ...], written: Expr) -> Expr:
        inner, order = function.args[0], function.value
        if len(args) != 1 or args[0].kind == "vector":
            return rebuild(written, (function, *args))
        body = self.call_function(inner, (_SLOT,), apply(inner, _SLOT))
        if body.head == "apply" and body.args[0] is inner:
            return node("apply", (derived_of(inner, order), *args), None, written.kind)
        for _ in range(min(order, 12)):
            step = differentiate(body, _SLOT)
            if step is None:
                return rebuild(written, (function, *args))
            body = step
        return replace(body, {_SLOT: args[0]})

    def _differential(self, tree: Expr) -> Expr:
        body, *variables = tree.args
        variables = variables or self._only_vector(body)
        for i, variable in enumerate(variables):
            held = self.hold(body, variable)
            member = member_named(variable, held)
            if member is not None:
                variable, held = member, self.hold(body, member)
            if i and tree.head == "gradient":
                step = jacobian(held, variable)
            elif variable.head == "index" and len(variable.args) == 2:
                step = member_slope(replace(held, {_SLOT: variable}), variable)
            else:
                step = self._slope(held, variable)
            if step is None:
                rest = tuple(variables[i:])
                return node(tree.head, (self.visit(body), *rest), None, tree.kind)
            body = step if variable.head == "symbol" else replace(step, {_SLOT: variable})
        return self.visit(body) if variables else rebuild(tree, (self.visit(body),))

    def _slope(self, held: Expr, variable: Expr) -> Expr | None:
        """d held / d variable; with a variable u(s) of one scalar s, also by way of s: (df/ds) / (du/ds)."""
        if variable.head != "symbol":
            return differentiate(held, _SLOT)
        direct = differentiate(held, variable)
        known = self.table.symbols.get(variable.value)
        if direct is None or known is None or known.definition is None or known.parameters:
            return direct
        definition = expand(known.definition, self.table)
        inside = free_symbols(definition)
        if len(inside) != 1 or not inside <= free_symbols(held):
            return direct
        (inner,) = inside
        if inner.kind != "scalar":
            return direct
        above, below = differentiate(held, inner), differentiate(definition, inner)
        return None if above is None or below is None else add(direct, div(above, below))

    def _only_vector(self, body: Expr) -> list[Expr]:
        inside = free_symbols(self.bare(body, None))
        found = [s for s in inside if s.kind == "vector"]
        return found if len(found) == 1 else []

    def bare(self, body: Expr, variable: Expr | None) -> Expr:
        """A function named alone stands for its value at its own parameters (or at the variable)."""
        if body.kind != "function":
            return body
        if body.head == "symbol":
            known = self.table.symbols.get(body.value)
            if known and known.parameters:
                kind = known.returns
                return node("apply", (body, *known.parameters), None, kind)
        return apply(body, variable) if variable is not None and variable.kind != "vector" else body

    def hold(self, body: Expr, variable: Expr) -> Expr:
        """The body with everything that depends on the variable spelled out in it."""
        body = self.bare(body, variable)
        if variable.head != "symbol":
            everything: frozenset[str] = frozenset()
            spelled = self._nested(body, everything)
            return replace(spelled, {self._nested(variable, everything): _SLOT})
        known = self.table.symbols.get(variable.value)
        spelled = self._nested(body, frozenset([variable.value]))
        if known is None or not _abbreviates(known, self.table):
            return spelled
        return hold_definition(spelled, known, self.table)


def member_named(variable: Expr, held: Expr) -> Expr | None:
    """The member of a family in a tree that a variable `z_i` is meant to be."""
    name, _, place = str(variable.value).partition("_") if variable.head == "symbol" else ("", "", "")
    if len(place) != 1 or not place.isalpha():
        return None
    families = (p.args[0] for p in walk(held) if p.head == "index" and len(p.args) == 2)
    family = next((f for f in families if f.head == "symbol" and f.value == name), None)
    return None if family is None else node("index", (family, symbol(place)))


def _abbreviates(known: Symbol, table: SymbolTable) -> bool:
    """Whether a name alone stands for its definition.

    So does a quantity written without the declared symbols that it depends on (Loss for Loss(x, y, w)).
    """
    if known.definition is None or known.kind == "function":
        return False
    return all(p.value in table.symbols for p in known.parameters)


def hold_definition(tree: Expr, known: Symbol, table: SymbolTable) -> Expr:
    """An expanded tree with what the symbol's definition is made of expressed in the symbol."""
    inside, value = coordinate(known, table)
    return replace(tree, {inside: value})


def coordinate(known: Symbol, table: SymbolTable) -> tuple[Expr, Expr]:
    """(T, G(s)) for a symbol s defined as F(T): the T that it stands for, and T written in s."""
    assert known.definition is not None
    inside, value = peel(known.definition, known.expr, table)
    while True:
        wider = expand(inside, table)
        if wider is inside:
            break
        inside, value = peel(wider, value, table)
    return inside, expand(value, table, frozenset([known.name]))


def derived_of(function: Expr, order: int) -> Expr:
    """(f')' is f''."""
    if function.head == "derived":
        return derived(function.args[0], function.value + order)
    return derived(function, order)


def rebuild_pointwise(function: Expr, args: tuple[Expr, ...]) -> Expr:
    """(f + g)(x) as f(x) + g(x)."""
    parts = [apply(a, *args) if a.kind == "function" else a for a in function.args]
    if function.head == "add":
        return add(*parts)
    return mul(*parts) if function.head == "mul" else power(parts[0], parts[1])
