"""Labels such as `Add(Integer(1), Symbol('x'))` as trees: parsed as Python's grammar, never evaluated."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.expressions.symbols import SymbolTable
from grader.notation import read
from grader.notation.tokens import GREEK_NAMES

_CALLS = {
    "sin": "sin", "cos": "cos", "tan": "tan", "exp": "exp", "asin": "arcsin", "acos": "arccos",
    "atan": "arctan", "sinh": "sinh", "cosh": "cosh", "tanh": "tanh", "asinh": "arsinh", "acosh": "arcosh",
    "atanh": "artanh", "Abs": "abs", "floor": "floor", "ceiling": "ceil", "factorial": "factorial",
    "binomial": "binomial", "Max": "max", "Min": "min", "Mod": "mod", "conjugate": "conj", "Trace": "tr",
}  # fmt: skip
_CONSTANTS = {
    "pi": build.PI, "E": build.E, "I": build.constant("i"), "oo": build.INFINITY,
    "EmptySet": build.constant("emptyset"), "Naturals": build.constant("naturals"),
    "Integers": build.constant("integers"), "Rationals": build.constant("rationals"),
    "Reals": build.constant("reals"),
}  # fmt: skip
_RELATIONS = {
    "Equality": "=", "Unequality": "!=", "LessThan": "<=", "GreaterThan": ">=", "StrictLessThan": "<",
    "StrictGreaterThan": ">",
}  # fmt: skip
_OPERATORS = {
    ast.Add: build.add, ast.Sub: build.sub, ast.Mult: build.mul, ast.Div: build.div, ast.Pow: build.power,
}  # fmt: skip
_SPELLED = GREEK_NAMES | {"bar", "hat", "tilde", "vec", "dot"}
_JOINS = {"Union": "union", "Intersection": "intersection", "Complement": "difference"}
_WORD = re.compile(r"[A-Za-z]+")


class NoLabel(Exception):
    """The label holds what has no counterpart among our trees."""


def tree_of(label: str) -> Expr:
    """The tree of a label; raises `NoLabel`.

    >>> tree_of("Add(Integer(1), Symbol('x'))") is build.add(build.ONE, build.symbol("x"))
    True
    """
    try:
        return _tree(ast.parse(label, mode="eval").body)
    except SyntaxError as bad:
        raise NoLabel(label) from bad


def _tree(tree: ast.expr) -> Expr:
    if isinstance(tree, ast.Name) and tree.id in _CONSTANTS:
        return _CONSTANTS[tree.id]
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        return build.neg(_tree(tree.operand))
    if isinstance(tree, ast.Constant) and isinstance(tree.value, bool):
        raise NoLabel(str(tree.value))
    if isinstance(tree, ast.Constant) and isinstance(tree.value, int | float):
        return build.number(Fraction(str(tree.value)))
    if isinstance(tree, ast.Set):
        return node("set", tuple(map(_tree, tree.elts)), None, "set")
    if isinstance(tree, ast.BinOp) and type(tree.op) in _OPERATORS:
        return _OPERATORS[type(tree.op)](_tree(tree.left), _tree(tree.right))
    if not isinstance(tree, ast.Call):
        raise NoLabel(ast.dump(tree))
    if isinstance(tree.func, ast.Call):  # Function('f')(x)
        name = _text(tree.func.args[0])
        return build.apply(build.symbol(name, "function"), *map(_tree, tree.args))
    if not isinstance(tree.func, ast.Name):
        raise NoLabel(ast.dump(tree.func))
    maker = _MAKERS.get(tree.func.id)
    if maker is not None:
        return maker(tree.args)
    return _known(tree.func.id, [_tree(a) for a in tree.args])


def _known(name: str, args: list[Expr]) -> Expr:
    if name in _CALLS:
        return build.call(_CALLS[name], *args)
    if name in _RELATIONS:
        return build.chain((args[0], args[1]), (_RELATIONS[name],))
    if name in _JOINS:
        return node(_JOINS[name], tuple(args), None, "set")
    raise NoLabel(name)


def _text(tree: ast.expr) -> str:
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str | int):
        return str(tree.value)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        return "-" + _text(tree.operand)
    raise NoLabel(ast.dump(tree))


def _symbol(args: Sequence[ast.expr]) -> Expr:
    """A name as it would be typed, read by the project: how names are spelled is not what is measured."""
    name = _text(args[0]).replace("\\", "")
    if len(name) == 1 or (name.rstrip("'").isalpha() and name.rstrip("'") not in _SPELLED):
        return build.symbol(name)
    spelled = _WORD.sub(lambda m: _typed(m[0]), name)
    found = read(spelled, SymbolTable(), "latex").tree
    if found is None:
        raise NoLabel(spelled)
    return found


def _typed(word: str) -> str:
    if word in _SPELLED:
        return f"\\{word} "
    return word


def _number(args: Sequence[ast.expr]) -> Expr:
    return build.number(Fraction(int(_text(args[0])), int(_text(args[1])) if len(args) > 1 else 1))


def _decimal(args: Sequence[ast.expr]) -> Expr:
    """A float of the label stands for the decimal that was typed, of at most 15 figures."""
    return build.number(Fraction(f"{float(_text(args[0])):.15g}"))


def _logarithm(args: Sequence[ast.expr]) -> Expr:
    inside, *base = map(_tree, args)
    if not base or base[0] is build.E:
        return build.call("ln", inside)
    return build.call("log", inside, base[0])


def _bounded(head: str) -> Callable[[Sequence[ast.expr]], Expr]:
    def make(args: Sequence[ast.expr]) -> Expr:
        body = _tree(args[0])
        for bounds in args[1:]:
            assert isinstance(bounds, ast.Call)
            body = node(head, (body, *map(_tree, bounds.args)), None, "scalar")
        return body

    return make


def _derivative(args: Sequence[ast.expr]) -> Expr:
    variables: list[Expr] = []
    for pair in args[1:]:
        assert isinstance(pair, ast.Call)
        variables += [_tree(pair.args[0])] * int(_text(pair.args[1].args[0]))  # type: ignore[attr-defined]
    return node("derivative", (_tree(args[0]), *variables), None, "scalar")


def _limit(args: Sequence[ast.expr]) -> Expr:
    way = _text(args[3].args[0]) if len(args) > 3 else "+-"  # type: ignore[attr-defined]
    return node("limit", tuple(map(_tree, args[:3])), "" if way == "+-" else way, "scalar")


def _matrix(args: Sequence[ast.expr]) -> Expr:
    rows = [[_tree(cell) for cell in row.elts] for row in args[0].elts]  # type: ignore[attr-defined]
    return build.matrix(len(rows), len(rows[0]), *(cell for row in rows for cell in row))


def _interval(args: Sequence[ast.expr]) -> Expr:
    ends = [isinstance(a, ast.Name) and a.id == "true" for a in args[2:]]
    left, right = [*ends, False, False][:2]
    return build.interval(_tree(args[0]), _tree(args[1]), "(" if left else "[", ")" if right else "]")


_MAKERS: dict[str, Callable[[Sequence[ast.expr]], Expr]] = {
    "Symbol": _symbol,
    "Integer": _number,
    "Rational": _number,
    "Float": _decimal,
    "Add": lambda a: build.add(*map(_tree, a)),
    "MatAdd": lambda a: build.add(*map(_tree, a)),
    "Mul": lambda a: build.mul(*map(_tree, a)),
    "MatMul": lambda a: build.mul(*map(_tree, a)),
    "Pow": lambda a: build.power(*map(_tree, a)),
    "MatPow": lambda a: build.power(*map(_tree, a)),
    "UnevaluatedExpr": lambda a: _tree(a[0]),
    "log": _logarithm,
    "Integral": _bounded("integral"),
    "Sum": _bounded("sum"),
    "Product": _bounded("product"),
    "Derivative": _derivative,
    "Limit": _limit,
    "ImmutableDenseMatrix": _matrix,
    "MutableDenseMatrix": _matrix,
    "Transpose": lambda a: build.transpose(_tree(a[0])),
    "FiniteSet": lambda a: node("set", tuple(map(_tree, a)), None, "set"),
    "Tuple": lambda a: build.sequence(*map(_tree, a)),
    "Interval": _interval,
    "InnerProduct": lambda a: build.dot(*map(_tree, a)),
    "Bra": lambda a: _tree(a[0]),
    "Ket": lambda a: _tree(a[0]),
    "Not": lambda a: node("not", (_tree(a[0]),), None, "truth"),
}
