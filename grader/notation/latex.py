"""Trees back into LaTeX."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.notation import printing as p
from grader.notation.numerals import is_literal
from grader.notation.tokens import GREEK_NAMES

_COMMANDS = frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
        "coth",
        "ln",
        "det",
        "gcd",
        "max",
        "min",
        "sup",
        "inf",
    ]
)
_CONSTANTS = {
    "pi": r"\pi", "e": "e", "i": "i", "oo": r"\infty", "emptyset": r"\emptyset", "reals": r"\mathbb{R}",
    "integers": r"\mathbb{Z}", "naturals": r"\mathbb{N}", "rationals": r"\mathbb{Q}",
    "complexes": r"\mathbb{C}",
    "true": r"\text{true}", "false": r"\text{false}",
}  # fmt: skip
_RELATIONS = {
    "!=": r"\neq", "<=": r"\le", ">=": r"\ge", "approx": r"\approx", "in": r"\in", "notin": r"\notin",
    "subset": r"\subset", "subseteq": r"\subseteq", "to": r"\to", "propto": r"\propto", "equiv": r"\equiv",
    "sim": r"\sim",
}  # fmt: skip
_JOINERS = {
    "and": r"\land", "or": r"\lor", "implies": r"\implies", "iff": r"\iff", "union": r"\cup",
    "intersection": r"\cap", "difference": r"\setminus",
}  # fmt: skip
_NEW_ROW = r" \\ "
_ACCENTS = {"cal": "mathcal", "frak": "mathfrak", "ring": "mathring"}


def to_latex(tree: Expr) -> str:
    """LaTeX that reads back as the same tree (of ambiguous notation, the preferred reading is printed).

    >>> to_latex(build.div(build.ONE, build.symbol("x")))
    '\\\\frac{1}{x}'
    """
    handler = _HANDLERS.get(tree.head)
    return handler(tree) if handler else rf"\text{{{tree.head}}}"


def _in(tree: Expr, level: int) -> str:
    """The tree, in brackets if it binds less tightly than `level`."""
    text = to_latex(tree)
    return text if p.level_of(p.preferred(tree)) >= level else _brackets(text)


def _brackets(text: str) -> str:
    tall = "\\frac" in text or "\\begin" in text
    return rf"\left({text}\right)" if tall else f"({text})"


# -- leaves -------------------------------------------------------------------------------------------


def _number(tree: Expr) -> str:
    value: Fraction = tree.value
    sign = "-" if value < 0 else ""
    top, bottom = abs(value.numerator), value.denominator
    return f"{sign}{top}" if bottom == 1 else rf"{sign}\frac{{{top}}}{{{bottom}}}"


def symbol_latex(name: str) -> str:
    """A symbol's name as LaTeX: `loss_{D'}` is a word with a subscript.

    >>> symbol_latex("vec(w)'")
    "\\\\vec{w}'"
    """
    base, below, above, primes = p.split_name(name)
    return _base(base) + _below(below) + above + primes


def _base(base: str) -> str:
    accent, inner = p.split_accent(base)
    if accent:
        return rf"\{_ACCENTS.get(accent, accent)}{{{symbol_latex(inner)}}}"
    if base in GREEK_NAMES or base in ("nabla", "ell", "hbar"):
        return "\\" + base
    return base if len(base) == 1 else rf"\text{{{base}}}"


def _below(below: str) -> str:
    if len(below) < 3:
        return below
    inside = below[2:-1] if below[1] == "{" else below[1:]
    if inside in GREEK_NAMES:
        return rf"_{{\{inside}}}"
    return rf"_{{\text{{{inside}}}}}" if len(inside) > 2 and inside.isalpha() else f"_{{{inside}}}"


# -- arithmetic ---------------------------------------------------------------------------------------


def _product(factors: tuple[Expr, ...]) -> str:
    parts = p.fraction_parts(factors)
    if parts is None:
        return _run(factors)
    top, bottom, rest = parts
    fraction = rf"\frac{{{_top(top)}}}{{{to_latex(bottom)}}}"
    if not rest:
        return fraction
    tail = _run(rest)
    return f"{fraction} {tail}" if not tail[0].isdigit() and tail[0] != "-" else rf"{fraction} \cdot {tail}"


def _top(factors: tuple[Expr, ...]) -> str:
    return to_latex(factors[0]) if len(factors) == 1 else _run(factors)


def _run(factors: tuple[Expr, ...]) -> str:
    out = ""
    for place, factor in enumerate(factors):
        text = _in(factor, p.PRODUCT + 1)
        if not place:
            out = text
            continue
        before = factors[place - 1]
        word = text.startswith("\\text") or p.takes_next(before)
        numeric = text[0].isdigit() or (is_literal(before) and text.startswith("\\frac"))
        out += rf" \cdot {text}" if word or numeric else f" {text}"
    return out


def _pow(tree: Expr) -> str:
    base, exponent = tree.args
    if exponent is build.HALF:
        return rf"\sqrt{{{to_latex(base)}}}"
    held = _in(base, p.ATOM)
    if (
        base.head == "symbol"
        and base.kind != "function"
        and exponent.head == "symbol"
        and exponent.value == "T"
    ):
        held = "{" + held + "}"
    return f"{held}^{{{to_latex(exponent)}}}"


def _plusminus(tree: Expr) -> str:
    return (r"\pm " if tree.value == "+-" else r"\mp ") + _in(tree.args[0], p.OPERATOR)


def _dot(tree: Expr) -> str:
    left, right = tree.args
    if left.kind == right.kind == "vector":
        return rf"{_in(left, p.PRODUCT + 1)} \cdot {_in(right, p.PRODUCT + 1)}"
    return rf"\langle {_in(left, p.SUM)}, {_in(right, p.SUM)} \rangle"


def _cross(tree: Expr) -> str:
    left, right = tree.args
    if left.kind == right.kind == "vector":
        return rf"{_in(left, p.PRODUCT + 1)} \times {_in(right, p.PRODUCT + 1)}"
    return rf"\operatorname{{cross}}({to_latex(left)}, {to_latex(right)})"


def _norm(tree: Expr) -> str:
    inside, order = tree.args[0], tree.value
    usual = "F" if inside.kind == "matrix" else "2"
    if inside.kind not in ("vector", "matrix"):
        return rf"\operatorname{{norm}}({to_latex(inside)})"
    return rf"\left\|{to_latex(inside)}\right\|" + ("" if order == usual else rf"_{{{_order(order)}}}")


def _order(order: str) -> str:
    return r"\infty" if order == "oo" else order


# -- functions ----------------------------------------------------------------------------------------


def _list(args: tuple[Expr, ...]) -> str:
    return ", ".join(to_latex(a) for a in args)


def _call(tree: Expr) -> str:
    name, args = tree.value, tree.args
    special = _CALLS.get(name)
    if special is not None:
        return special(args)
    if p.level_of(tree) == p.OPERATOR:
        body, condition = args[0].args
        return rf"{_function(name)}_{{{to_latex(condition)}}} {_brackets(to_latex(body))}"
    return _function(name) + _brackets(_list(args))


def _function(name: str) -> str:
    return "\\" + name if name in _COMMANDS else rf"\operatorname{{{name}}}"


_CALLS: dict[str, Callable[[tuple[Expr, ...]], str]] = {
    "exp": lambda a: rf"e^{{{to_latex(a[0])}}}",
    "abs": lambda a: rf"\left|{to_latex(a[0])}\right|",
    "floor": lambda a: rf"\left\lfloor {to_latex(a[0])} \right\rfloor",
    "ceil": lambda a: rf"\left\lceil {to_latex(a[0])} \right\rceil",
    "factorial": lambda a: _in(a[0], p.ATOM) + "!",
    "binomial": lambda a: rf"\binom{{{to_latex(a[0])}}}{{{to_latex(a[1])}}}",
    "log": lambda a: rf"\log_{{{to_latex(a[1])}}}{_brackets(to_latex(a[0]))}",
    "gamma": lambda a: rf"\Gamma{_brackets(to_latex(a[0]))}",
    "mod": lambda a: rf"\operatorname{{mod}}({_list(a)})",
}


def function_latex(function: Expr) -> str:
    """A function without its arguments: `\\sigma'`, `f^{-1}`."""
    if function.head == "derived":
        order = function.value
        return function_latex(function.args[0]) + ("'" * order if order <= 3 else f"^{{({order})}}")
    if function.head == "inverse":
        return function_latex(function.args[0]) + "^{-1}"
    if function.head == "compose":
        return "(" + r" \circ ".join(function_latex(f) for f in function.args) + ")"
    if function.head == "symbol":
        name = str(function.value)
        return rf"\{name}" if name in _COMMANDS else symbol_latex(name)
    return _brackets(to_latex(function))


def _apply(tree: Expr) -> str:
    signed = p.signed_call(tree, _in, r"\odot", r"\in")
    if p.takes_square_brackets(tree.args[0]):
        return rf"{function_latex(tree.args[0])}\left[{_list(tree.args[1:])}\right]"
    return signed or function_latex(tree.args[0]) + _brackets(_list(tree.args[1:]))


def _index(tree: Expr) -> str:
    return f"{to_latex(tree.args[0])}_{{{','.join(to_latex(a) for a in tree.args[1:])}}}"


# -- calculus -----------------------------------------------------------------------------------------


def _derivative(tree: Expr) -> str:
    body, *variables = tree.args
    d = "d" if len(set(variables)) == 1 else r"\partial"
    order = len(variables)
    top = d if order == 1 else f"{d}^{{{order}}}"
    if len(set(variables)) == 1:
        bottom = f"{d}{_wide(d)}{to_latex(variables[0])}" + ("" if order == 1 else f"^{{{order}}}")
    else:
        bottom = " ".join(f"{d}{_wide(d)}{to_latex(v)}" for v in variables)
    return rf"\frac{{{top}}}{{{bottom}}}{_brackets(to_latex(body))}"


def _wide(d: str) -> str:
    return " " if len(d) > 1 else ""


def _gradient(tree: Expr) -> str:
    below = f"_{{{to_latex(tree.args[1])}}}" if len(tree.args) > 1 else ""
    below += "^2" if len(tree.args) > 2 else ""
    body = tree.args[0]
    return rf"\nabla{below} {to_latex(body) if p.level_of(body) == p.ATOM else _brackets(to_latex(body))}"


def _at(tree: Expr) -> str:
    body, variable, point = tree.args
    return rf"\left. {to_latex(body)} \right|_{{{to_latex(variable)} = {to_latex(point)}}}"


def _integral(tree: Expr) -> str:
    body, variable, *bounds = tree.args
    limits = rf"_{{{to_latex(bounds[0])}}}^{{{to_latex(bounds[1])}}}" if bounds else ""
    return rf"\int{limits} {_in(body, p.OPERATOR + 1)} \, d{_wide(to_latex(variable))}{to_latex(variable)}"


def _limit(tree: Expr) -> str:
    body, variable, point = tree.args
    side = f"^{{{tree.value}}}" if tree.value else ""
    where = _in(point, p.ATOM) if side else to_latex(point)
    return rf"\lim_{{{to_latex(variable)} \to {where}{side}}} {_in(body, p.OPERATOR + 1)}"


def _series(tree: Expr) -> str:
    body, variable, *bounds = tree.args
    sign = r"\sum" if tree.head == "sum" else r"\prod"
    if bounds:
        limits = rf"_{{{to_latex(variable)}={to_latex(bounds[0])}}}^{{{to_latex(bounds[1])}}}"
    else:
        limits = rf"_{{{to_latex(variable)}}}"
    return rf"{sign}{limits} {_in(body, p.OPERATOR + 1)}"


# -- relations, sets, arrays --------------------------------------------------------------------------


def _quantified(tree: Expr) -> str:
    bound, *sets, body = tree.args
    where = rf" \in {to_latex(sets[0])}" if sets else ""
    return rf"\{tree.head} {to_latex(bound)}{where} : {_in(body, p.RELATION)}"


def _setbuilder(tree: Expr) -> str:
    element, conditions = p.conditions_of(tree)
    return rf"\{{{to_latex(element)} \mid {', '.join(to_latex(c) for c in conditions)}\}}"


def _interval(tree: Expr) -> str:
    left, right = tree.value
    return f"{left}{to_latex(tree.args[0])}, {to_latex(tree.args[1])}{right}"


def _matrix(tree: Expr) -> str:
    width = tree.value[1]
    cells = [to_latex(a) for a in tree.args]
    rows = [" & ".join(cells[i : i + width]) for i in range(0, len(cells), width)]
    return rf"\begin{{pmatrix}}{_NEW_ROW.join(rows)}\end{{pmatrix}}"


def _cases(tree: Expr) -> str:
    rows = []
    for value, condition in zip(tree.args[::2], tree.args[1::2], strict=True):
        when = r"\text{otherwise}" if condition.head == "constant" else to_latex(condition)
        rows.append(f"{to_latex(value)} & {when}")
    return rf"\begin{{cases}}{_NEW_ROW.join(rows)}\end{{cases}}"


_HANDLERS: dict[str, Callable[[Expr], str]] = {
    **dict.fromkeys(_JOINERS, lambda t: p.joined_text(t, _in, _JOINERS)),
    "number": _number,
    "decimal": lambda t: p.plain_digits(*t.value),
    "constant": lambda t: _CONSTANTS[t.value],
    "symbol": lambda t: symbol_latex(str(t.value)),
    "add": lambda t: p.sum_text(t, _in, p.OPERATOR, (r"\pm", r"\mp")),
    "mul": lambda t: p.negated_text(t, _in, _product),
    "pow": _pow,
    "call": _call,
    "apply": _apply,
    "inverse": function_latex,
    "derived": function_latex,
    "compose": function_latex,
    "plusminus": _plusminus,
    "dot": _dot,
    "cross": _cross,
    "norm": _norm,
    "transpose": lambda t: _in(t.args[0], p.ATOM) + r"^{\top}",
    "matrix": _matrix,
    "tuple": lambda t: _brackets(_list(t.args)),
    "set": lambda t: rf"\{{{_list(t.args)}\}}",
    "interval": _interval,
    "setbuilder": _setbuilder,
    "chain": lambda t: p.chain_text(t, _in, _RELATIONS),
    "not": lambda t: rf"\lnot {_brackets(to_latex(t.args[0]))}",
    "forall": _quantified,
    "exists": _quantified,
    "derivative": _derivative,
    "gradient": _gradient,
    "at": _at,
    "integral": _integral,
    "limit": _limit,
    "sum": _series,
    "product": _series,
    "cases": _cases,
    "index": _index,
    "choice": lambda t: to_latex(t.args[0]),
}
