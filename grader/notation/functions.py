"""Built-in functions: sin, ln, exp, max ... with powers, bases, and arguments with or without brackets."""

from __future__ import annotations

from collections.abc import Callable

from grader.expressions import build
from grader.expressions.functions import ARITY
from grader.expressions.nodes import Expr, node
from grader.notation.brackets import read_list
from grader.notation.chances import SPELLED
from grader.notation.errors import Problem
from grader.notation.fields import named_field
from grader.notation.labels import UNKNOWN_FUNCTIONS
from grader.notation.lookup import find
from grader.notation.numerals import negate, numeral, size
from grader.notation.operators import is_differential, multiply
from grader.notation.parser import FACTOR, PREFIX, Parser, unexpected
from grader.notation.powers import exponent_between, read_exponent
from grader.notation.tokens import WIDE, Token

_INVERSES = {
    **{name: "arc" + name for name in ("sin", "cos", "tan", "cot", "sec", "csc")},
    **{name: "ar" + name for name in ("sinh", "cosh", "tanh", "coth", "sech", "csch")},
    "exp": "ln", "ln": "exp", "log": "exp",
}  # fmt: skip
_INVERSES |= {other: name for name, other in _INVERSES.items() if name not in ("exp", "ln", "log")}
_MANY = frozenset(["max", "min", "gcd", "lcm", "argmax", "argmin", "sup", "inf"])
_STOPS = frozenset(
    [
        "fn",
        "(",
        "[",
        "|",
        "||",
        "sum",
        "int",
        "lim",
        "opt",
        "lset",
        "word",
        "diff",
        "nabla",
        "begin",
        "left.",
        "operator",
    ]
)


def _logarithm(argument: Expr, base: Expr) -> Expr:
    return build.call("ln", argument) if base is build.E else build.call("log", argument, base)


def _logit(u: Expr) -> Expr:
    return build.call("ln", build.div(u, build.sub(build.ONE, u)))


def _expit(u: Expr) -> Expr:
    return build.div(build.ONE, build.add(build.ONE, build.call("exp", negate(u))))


def _cis(u: Expr) -> Expr:
    return build.call("exp", build.mul(build.constant("i"), u))


def _softplus(u: Expr) -> Expr:
    return build.call("ln", build.add(build.ONE, build.call("exp", u)))


# Functions that are written out in terms of others as they are read.
_EXPANDED: dict[str, tuple[int, Callable[..., Expr]]] = {
    "logit": (1, _logit),
    "expit": (1, _expit),
    "softplus": (1, _softplus),
    "cis": (1, _cis),
    "relu": (1, lambda u: build.call("max", build.ZERO, u)),
    "sqrt": (1, build.sqrt),
    "cbrt": (1, lambda u: build.power(u, build.div(build.ONE, build.number(3)))),
    "lg": (1, lambda u: _logarithm(u, build.number(10))),
    "lb": (1, lambda u: _logarithm(u, build.TWO)),
    "norm": (1, build.norm),
    "dot": (2, build.dot),
    "cross": (2, build.cross),
    "trans": (1, build.transpose),
    "inv": (1, lambda u: build.power(u, build.MINUS_ONE)),
}
_MATRIX_VALUED = ("conj",)


def call_named(name: str, arguments: tuple[Expr, ...], tok: Token) -> Expr:
    """A built-in function at its arguments, with their number checked."""
    expanded = _EXPANDED.get(name)
    low, high = (expanded[0], expanded[0]) if expanded else ARITY.get(name, (1, 99))
    if not low <= len(arguments) <= high:
        wanted = f"{low}" if low == high else f"{low} to {high}"
        raise Problem(tok.start, "arguments", f"`{name}` takes {wanted} argument(s), not {len(arguments)}")
    if expanded:
        return expanded[1](*arguments)
    if name == "det" and arguments[0].head == "call" and arguments[0].value == "det":
        return arguments[0]  # \det\begin{vmatrix}...: the bars say it already
    kind = arguments[0].kind if name in _MATRIX_VALUED else "scalar"
    if name == "exp" and arguments[0].kind in ("complex", "matrix"):
        kind = arguments[0].kind
    if name == "abs" and arguments[0].kind in ("vector", "matrix"):
        return size(arguments[0])
    return build.call(name, *arguments, kind=kind)


def _function(p: Parser, tok: Token) -> Expr:
    name = tok.text
    if name == "arg" and p.tok.kind == "opt" and p.tok.text in ("max", "min"):
        following = p.advance()
        return _optimum(p, Token("opt", "arg" + following.text, tok.start, following.end))
    if name in _DELIMITED and p.latex and p.tok.kind == "{":
        return _delimited(p, tok)
    base = _base(p, tok) if p.tok.kind == "_" else None
    primes = len(p.advance().text) if p.tok.kind == "'" else 0
    exponent = _power_in_brackets(p)
    if p.tok.kind == "^":
        caret = p.advance()
        exponent = read_exponent(p, caret) if p.latex else exponent_between(p)
        if p.tok.kind == "_" and base is None:
            base = _base(p, tok)
    arguments = _arguments(p, tok)
    return _value(p, tok, name, base, primes, exponent, arguments)


_DELIMITED = frozenset(["abs", "norm"])


def _delimited(p: Parser, tok: Token) -> Expr:
    """`\\abs{x}`, `\\norm{v}_2`: bars around a group, so that what stands behind it belongs to the whole."""
    arguments = (p.braced(),)
    base = _base(p, tok) if p.tok.kind == "_" else None
    return _value(p, tok, tok.text, base, 0, None, arguments)


def _power_in_brackets(p: Parser) -> Expr | None:
    """`\\sin[2](x)` of the package physics: the square of the sine."""
    kinds = [t.kind for t in p.toks[p.pos : p.pos + 4]]
    if not p.latex or kinds != ["[", "num", "]", "("]:
        return None
    p.advance()
    exponent = numeral(p.advance())
    p.remark("power-in-brackets", "the number in square brackets is read as a power", p.advance().start)
    return exponent


def _value(
    p: Parser,
    tok: Token,
    name: str,
    base: Expr | None,
    primes: int,
    exponent: Expr | None,
    arguments: tuple[Expr, ...],
) -> Expr:
    if primes:
        made = build.apply(build.derived(build.symbol(name, "function"), primes), *arguments)
    elif name == "log":
        subject, *others = arguments
        if base is None and len(others) == 1:
            base, others = others[0], []
        if others:
            raise Problem(tok.start, "arguments", f"`log` takes 1 argument, not {len(arguments)}")
        made = _logarithm(subject, base or p.table.log_base)
    elif name == "norm" and base is not None:
        made = build.norm(arguments[0], "oo" if base is build.INFINITY else str(base.value))
    else:
        made = call_named(name, arguments, tok)
    if (exponent is build.MINUS_ONE and name in _INVERSES and (base or p.table.log_base) is build.E) or (
        exponent is build.MINUS_ONE and name in _INVERSES and name != "log"
    ):
        other = call_named(_INVERSES[name], arguments, tok)
        return build.choice(f"inverse-or-reciprocal:{name}", other, build.power(made, build.MINUS_ONE))
    return made if exponent is None else build.power(made, exponent)


def _operator(p: Parser, tok: Token) -> Expr:
    """An upright name that nobody declared, before an operand: `\\operatorname{adj} A` is adj(A)."""
    symbol = find(p.table, tok.text)
    function = (
        symbol.expr if symbol is not None else build.symbol(SPELLED.get(tok.text, tok.text), "function")
    )
    kind = symbol.returns if symbol is not None else "scalar"
    exponent = read_exponent(p, p.advance()) if p.tok.kind == "^" else None
    made = build.apply(function, *_arguments(p, tok), kind=kind)
    made = made if symbol is not None else named_field(made)
    return made if exponent is None else build.power(made, exponent)


def _base(p: Parser, tok: Token) -> Expr:
    mark = p.advance()
    if tok.text not in ("log", "norm"):
        raise Problem(mark.start, "subscript", f"`{tok.text}` takes no subscript")
    return p.argument(mark)


def _arguments(p: Parser, tok: Token) -> tuple[Expr, ...]:
    opener = p.tok
    kind = opener.kind
    if kind == "[" and p.toks[p.pos + 1].kind == "[" and not p.latex:
        return (PREFIX["["](p, p.advance()),)  # det [[1, 2], [3, 4]]
    if kind in ("(", "["):
        p.advance()
        return read_list(p, opener, ")" if kind == "(" else "]")
    if kind == "lset":
        p.advance()
        return read_list(p, opener, "rset")
    if kind == "{" and (
        tok.text in _MANY or (p.toks[p.group_end(p.pos) - 2].kind in (")", "]") and _listed(p))
    ):
        p.advance()
        return read_list(p, opener, "}")
    if kind not in ("-", "+") and not p.starts():
        if opener.kind == "bad":
            raise unexpected(opener)
        raise Problem(
            tok.start,
            "missing-argument",
            f"`\\{tok.text}` has no argument" if p.latex else f"`{tok.text}` has no argument",
        )
    if p.tok.kind == "word" and " " in p.tok.text:
        raise Problem(tok.start, "missing-argument", f"`{tok.text}` has no argument")
    return (loose_argument(p),)


def _listed(p: Parser) -> bool:
    depth = 0
    for tok in p.toks[p.pos : p.group_end(p.pos)]:
        if tok.kind in ("{", "(", "[", "lset"):
            depth += 1
        elif tok.kind in ("}", ")", "]", "rset"):
            depth -= 1
        elif tok.kind == "," and depth == 1:
            return True
    return False


def loose_argument(p: Parser) -> Expr:
    """An argument without brackets: the product that follows, up to a function, sign, bracket or call."""
    tok = p.tok
    if tok.kind in ("-", "+"):
        p.advance()
        inner = loose_argument(p)
        return negate(inner) if tok.kind == "-" else inner
    braced = tok.kind == "{"
    factors = [p.expr(FACTOR)]
    if braced or tok.kind in _STOPS - {"word"} or _ends_in_bracket(p):
        return factors[0]
    while p.starts() and p.tok.kind not in _STOPS and not (_calls(p) or _differential(p) or _is_slope(p)):
        if p.tok.gap == WIDE and factors[-1].head != "number":
            break  # cos x\, e^x: the space ends the argument
        if p.tok.kind == "num" and p.toks[p.pos - 1].kind == "num":
            raise unexpected(p.tok)
        factors.append(p.expr(FACTOR))
    if p.tok.kind == "(" and all(f.head == "number" for f in factors):
        factors.append(p.expr(FACTOR))  # sin 2(x+1)
    return multiply(factors)


def _ends_in_bracket(p: Parser) -> bool:
    return p.toks[p.pos - 1].kind in (")", "]")


def _differential(p: Parser) -> bool:
    """Whether `dx` stands here; outside an integral, apart from what is before it: `du = \\cos x dx`."""
    apart = p.tok.kind == "diff" or (bool(p.tok.gap) and not p.peek().gap)
    return is_differential(p) and (bool(p.integrals) or apart)


def _is_slope(p: Parser) -> bool:
    """Whether a derivative stands here, a factor of its own: `\\cos y \\frac{dy}{dx}`, `\\cos y y'`."""
    if p.tok.kind == "frac" and p.peek().kind == "{":
        below = p.group_end(p.pos + 1)
        return _is_d(p, p.toks[p.pos + 2]) and p.toks[below].kind == "{" and _is_d(p, p.toks[below + 1])
    dotted = p.tok.kind == "accent" and p.tok.text in ("dot", "ddot")
    return dotted or (p.tok.kind == "name" and p.peek().kind == "'" and find(p.table, p.tok.text) is None)


def _is_d(p: Parser, tok: Token) -> bool:
    return tok.kind in ("diff", "partial") or (tok.text == "d" and p.table.find("d") is None)


def _calls(p: Parser) -> bool:
    """Whether the next name is itself called: `\\sin x f(x)`."""
    tok = p.tok
    if tok.kind != "name":
        return False
    symbol = find(p.table, tok.text)
    if symbol is not None:
        return symbol.kind == "function"
    return tok.text in UNKNOWN_FUNCTIONS and p.peek().kind == "("


def _optimum(p: Parser, tok: Token) -> Expr:
    """max, min, sup, inf: of a list, of a set, or of an expression over a variable or a condition."""
    condition = _condition(p) if p.tok.kind == "_" else None
    opener = p.tok
    if opener.kind == "rel" and tok.text in ("max", "min", "sup", "inf"):
        return build.symbol(tok.text)  # `max = 8/27`: the name of what was asked for
    if condition is not None:
        body = p.expr(FACTOR - 11) if p.starts() or p.tok.kind == "-" else None
        if body is None:
            raise Problem(tok.start, "missing-argument", f"`{tok.text}` has no argument")
        return build.call(tok.text, node("setbuilder", (body, condition), None, "set"))
    if opener.kind in ("(", "[", "lset", "{"):
        p.advance()
        arguments = read_list(p, opener, {"(": ")", "[": "]", "lset": "rset", "{": "}"}[opener.kind])
        return build.call(tok.text, *arguments)
    if not p.starts():
        raise Problem(
            tok.start, "missing-argument", f"`{tok.text}` has no argument", "list the values in brackets"
        )
    return build.call(tok.text, p.expr(FACTOR - 11))


def _condition(p: Parser) -> Expr:
    mark = p.advance()
    condition = p.argument(mark)
    if condition.kind == "truth":
        return condition
    return build.chain((condition, build.constant("reals")), ("in",))


PREFIX |= {"fn": _function, "operator": _operator, "opt": _optimum}
