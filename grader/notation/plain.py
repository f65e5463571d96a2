"""Trees back into plain text, for sentences and for the text syntax."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from grader.expressions import build
from grader.expressions.nodes import Expr, walk
from grader.notation import printing as p
from grader.notation.tokens import GREEK_NAMES

_RELATIONS = {
    "approx": "≈", "in": "∈", "notin": "∉", "subset": "⊂", "subseteq": "⊆", "to": "->", "propto": "∝",
    "equiv": "≡", "sim": "~",
}  # fmt: skip
_JOINERS = {
    "and": "∧", "or": "∨", "implies": "=>", "iff": "<=>", "union": "∪", "intersection": "∩",
    "difference": "∖",
}  # fmt: skip


def to_text(tree: Expr) -> str:
    """Plain text that reads back as the same tree in the text syntax.

    >>> to_text(build.mul(build.TWO, build.sub(build.symbol("p"), build.symbol("y"))))
    '2*(p - y)'
    """
    handler = _HANDLERS.get(tree.head)
    return handler(tree) if handler else tree.head


def _in(tree: Expr, level: int) -> str:
    text = to_text(tree)
    return text if p.level_of(p.preferred(tree)) >= level else f"({text})"


def _list(args: tuple[Expr, ...]) -> str:
    return ", ".join(to_text(a) for a in args)


def _number(tree: Expr) -> str:
    value: Fraction = tree.value
    return str(value)


def _name(name: str) -> str:
    base, below, above, primes = p.split_name(name)
    accent, inner = p.split_accent(base)
    if accent:
        shown = f"{accent}({_name(inner)})"
    elif " " in base:
        shown = f'"{base}"'
    else:
        shown = base
    return shown + below + above + primes


def _product(factors: tuple[Expr, ...]) -> str:
    out = ""
    for place, factor in enumerate(factors):
        reciprocal = place and factor.head == "pow" and factor.args[1] is build.MINUS_ONE
        if reciprocal:
            out += "/" + _in(factor.args[0], p.PRODUCT + 1)
        else:
            out += ("*" if place else "") + _in(factor, p.PRODUCT + 1)
    return out


def _pow(tree: Expr) -> str:
    base, exponent = tree.args
    if exponent is build.HALF:
        return f"sqrt({to_text(base)})"
    return f"{_in(base, p.ATOM)}^{_raised(exponent)}"


def _raised(exponent: Expr) -> str:
    simple = exponent.head in ("number", "symbol") and p.level_of(exponent) == p.ATOM and exponent.head != "T"
    text = to_text(exponent)
    return text if simple and text.isalnum() and text != "T" else f"({text})"


def _between(symbol: str) -> Callable[[Expr], str]:
    def handler(tree: Expr) -> str:
        left, right = tree.args
        if left.kind == right.kind == "vector":
            return f"{_in(left, p.PRODUCT + 1)}{symbol}{_in(right, p.PRODUCT + 1)}"
        return f"{tree.head}({_list(tree.args)})"

    return handler


def _has_bars(tree: Expr) -> bool:
    return any(
        t.head in ("norm", "setbuilder") or (t.head == "call" and t.value == "abs") for t in walk(tree)
    )


def _norm(tree: Expr) -> str:
    inside, order = tree.args[0], tree.value
    usual = "F" if inside.kind == "matrix" else "2"
    if order != usual and inside.kind in ("vector", "matrix"):
        return f"‖{to_text(inside)}‖_{order}" if len(order) == 1 else f"‖{to_text(inside)}‖_{{{order}}}"
    if inside.kind not in ("vector", "matrix") or _has_bars(inside):
        return f"norm({to_text(inside)})"
    return f"||{to_text(inside)}||"


def _call(tree: Expr) -> str:
    name, args = tree.value, tree.args
    if name == "factorial":
        return _in(args[0], p.ATOM) + "!"
    if name == "abs" and not _has_bars(args[0]) and args[0].kind not in ("vector", "matrix"):
        return f"|{to_text(args[0])}|"
    return f"{name}({_list(args)})"


def _function(function: Expr) -> str:
    if function.head == "derived":
        return _function(function.args[0]) + "'" * int(function.value)
    if function.head == "inverse":
        return _function(function.args[0]) + "^(-1)"
    if function.head == "compose":
        return "(" + " ∘ ".join(_function(f) for f in function.args) + ")"
    return to_text(function) if function.head == "symbol" else f"({to_text(function)})"


def _apply(tree: Expr) -> str:
    signed = p.signed_call(tree, _in, "⊙", "∈")
    if p.takes_square_brackets(tree.args[0]):
        return f"{_function(tree.args[0])}[{_list(tree.args[1:])}]"
    return signed or f"{_function(tree.args[0])}({_list(tree.args[1:])})"


def _index(tree: Expr) -> str:
    family, *indices = tree.args
    if len(indices) == 1 and indices[0].head == "symbol" and len(str(indices[0].value)) == 1:
        return f"{to_text(family)}_{to_text(indices[0])}"
    return f"{to_text(family)}_{{{','.join(to_text(i) for i in indices)}}}"


def _derivative(tree: Expr) -> str:
    body, *variables = tree.args
    name = str(variables[0].value)
    if len(set(variables)) > 1 or not (name in GREEK_NAMES or len(name) == 1) or len(variables) > 9:
        return f"diff({_list(tree.args)})"
    order = f"^{len(variables)}" if len(variables) > 1 else ""
    return f"d{order}/d{name}{order} ({to_text(body)})"


def _gradient(tree: Expr) -> str:
    below = f"_{to_text(tree.args[1])}" if len(tree.args) > 1 else ""
    below += "^2" if len(tree.args) > 2 else ""
    body = tree.args[0]
    return f"grad{below} {to_text(body) if p.level_of(body) == p.ATOM else '(' + to_text(body) + ')'}"


def _function_like(name: str) -> Callable[[Expr], str]:
    return lambda tree: f"{name}({_list(tree.args)})"


def _limit(tree: Expr) -> str:
    side = {"": "", "+": ", 1", "-": ", -1"}[tree.value]
    return f"limit({_list(tree.args)}{side})"


def _quantified(tree: Expr) -> str:
    bound, *sets, body = tree.args
    where = f" ∈ {to_text(sets[0])}" if sets else ""
    return f"{'∀' if tree.head == 'forall' else '∃'} {to_text(bound)}{where} : {_in(body, p.RELATION)}"


def _setbuilder(tree: Expr) -> str:
    element, conditions = p.conditions_of(tree)
    return f"{{{to_text(element)} | {', '.join(to_text(c) for c in conditions)}}}"


def _matrix(tree: Expr) -> str:
    height, width = tree.value
    if width == 1 and height > 2:
        return f"[{_list(tree.args)}]"
    rows = [tree.args[i : i + width] for i in range(0, len(tree.args), width)]
    return "[" + ", ".join(f"[{_list(row)}]" for row in rows) + "]"


_HANDLERS: dict[str, Callable[[Expr], str]] = {
    **dict.fromkeys(_JOINERS, lambda t: p.joined_text(t, _in, _JOINERS)),
    "number": _number,
    "decimal": lambda t: p.plain_digits(*t.value),
    "constant": lambda t: str(t.value),
    "symbol": lambda t: _name(str(t.value)),
    "add": lambda t: p.sum_text(t, _in, p.PRODUCT, ("±", "∓")),
    "mul": lambda t: p.negated_text(t, _in, _product),
    "pow": _pow,
    "call": _call,
    "apply": _apply,
    "inverse": _function,
    "derived": _function,
    "compose": _function,
    "plusminus": lambda t: ("±" if t.value == "+-" else "∓") + _in(t.args[0], p.PRODUCT),
    "dot": _between("·"),
    "cross": _between(" × "),
    "norm": _norm,
    "transpose": lambda t: f"trans({to_text(t.args[0])})",
    "matrix": _matrix,
    "tuple": lambda t: f"({_list(t.args)})",
    "set": lambda t: f"{{{_list(t.args)}}}",
    "interval": lambda t: f"{t.value[0]}{_list(t.args)}{t.value[1]}",
    "setbuilder": _setbuilder,
    "chain": lambda t: p.chain_text(t, _in, _RELATIONS),
    "not": lambda t: f"¬({to_text(t.args[0])})",
    "forall": _quantified,
    "exists": _quantified,
    "derivative": _derivative,
    "gradient": _gradient,
    "at": _function_like("at"),
    "integral": _function_like("integrate"),
    "limit": _limit,
    "sum": _function_like("sum"),
    "product": _function_like("prod"),
    "cases": _function_like("piecewise"),
    "index": _index,
    "choice": lambda t: to_text(t.args[0]),
}
