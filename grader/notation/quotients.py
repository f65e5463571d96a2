"""Numbers, constants, fractions, roots, binomials, and derivatives written as fractions."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, Kind
from grader.notation.errors import Problem
from grader.notation.labels import UNKNOWN_FUNCTIONS
from grader.notation.lookup import variable_name
from grader.notation.number_sets import part_of_numbers
from grader.notation.numerals import numeral
from grader.notation.operators import take_differential
from grader.notation.parser import PREFIX, PRODUCT, Parser
from grader.notation.tokens import Token


def _number(p: Parser, tok: Token) -> Expr:
    value = numeral(tok)
    if p.tok.kind == "frac" and value.head == "number" and _is_mixed(p):
        return _mixed(p, value, tok)
    return value


def _is_mixed(p: Parser) -> bool:
    """A whole number directly before a proper fraction of two numbers, with no factor after it."""
    before = p.toks[p.pos - 2].kind if p.pos >= 2 else "end"
    if before in ("num", "frac", "}", "^", "_", "/", "cdot", "times", "*", ")"):
        return False
    place = p.pos + 1
    numbers: list[int] = []
    for _ in range(2):
        if p.toks[place].kind == "{":
            place += 1
            if p.toks[place].kind != "num" or p.toks[place + 1].kind != "}":
                return False
            numbers.append(int(p.toks[place].text) if p.toks[place].text.isdigit() else 0)
            place += 2
        elif p.toks[place].kind == "num" and p.toks[place].text.isdigit() and len(p.toks[place].text) == 2:
            numbers = [int(c) for c in p.toks[place].text]
            place += 1
            break
        else:
            return False
    after = p.toks[place].kind
    factors = ("name", "(", "frac", "fn", "operator", "sqrt", "{", "[", "accent", "^", "cdot", "num")
    return numbers[0] > 0 and numbers[0] < numbers[1] and after not in factors


def _mixed(p: Parser, whole: Expr, tok: Token) -> Expr:
    part = PREFIX["frac"](p, p.advance())
    p.remark("mixed-number", "read as a mixed number; a product is written with a sign", tok.start)
    return build.choice("mixed-number", build.add(whole, part), build.mul(whole, part))


def _constant(p: Parser, tok: Token) -> Expr:
    whole = build.constant(tok.text)
    return part_of_numbers(p, whole) or whole


def digit_argument(p: Parser, owner: Token) -> Expr:
    """An argument of `\\frac` without braces is one digit: `\\frac12` is one half."""
    tok = p.tok
    if tok.kind == "num" and len(tok.text) > 1 and tok.text.isdigit():
        p.toks[p.pos : p.pos + 1] = [
            Token("num", tok.text[0], tok.start, tok.start + 1),
            Token("num", tok.text[1:], tok.start + 1, tok.end),
        ]
        p.seek(p.pos)
        p.advance()
        return build.number(int(tok.text[0]))
    return p.argument(owner)


def _fraction(p: Parser, tok: Token) -> Expr:
    found = _operator_fraction(p, tok)
    if found is not None:
        return found
    inside = p.integrals and p.tok.kind == "{"
    top = _with_differential(p) if inside else digit_argument(p, tok)
    if p.tok.kind == "end":
        raise Problem(
            tok.start, "missing-argument", "`\\frac` has only one argument", "write `\\frac{top}{bottom}`"
        )
    bottom = digit_argument(p, tok)
    _no_neighbour(p)
    return build.div(top, bottom)


def _with_differential(p: Parser) -> Expr:
    """The top of a fraction inside an integral: `\\frac{dx}{x}`, `\\frac{3\\,dx}{x}`."""
    opener = p.advance()
    if take_differential(p) is None:
        inside = p.expr()
        take_differential(p)
    elif p.tok.kind == "}":
        inside = build.ONE
    else:
        inside = p.expr()
    p.expect("}", opener)
    return inside


def _root(p: Parser, tok: Token) -> Expr:
    degree: Expr | None = None if tok.text == "2" else build.number(3)
    if p.tok.kind == "[" and p.latex:
        opener = p.advance()
        degree = p.expr()
        p.expect("]", opener)
    radicand = p.argument(tok, whole=True) if p.tok.kind in ("{", "(") or p.latex else p.expr(PRODUCT + 10)
    return build.sqrt(radicand) if degree is None else build.power(radicand, build.div(build.ONE, degree))


def _binomial(p: Parser, tok: Token) -> Expr:
    top = digit_argument(p, tok)
    made = build.call("binomial", top, digit_argument(p, tok))
    _no_neighbour(p)
    return made


def _no_neighbour(p: Parser) -> None:
    """A number behind a one-digit argument is a factor: `\\binom53 2^2`."""
    if p.latex and p.tok.kind == "num" and p.tok.gap and p.toks[p.pos - 1].kind == "num":
        p.toks[p.pos] = Token("num", p.tok.text, p.tok.start, p.tok.end)
        p.seek(p.pos)


_ARRAYS = ("vector", "matrix")


# -- d/dx ---------------------------------------------------------------------------------------------


def _operator_fraction(p: Parser, tok: Token) -> Expr | None:
    """`\\frac{d}{dx}`, `\\frac{d^2 y}{dx^2}`, `\\frac{\\partial f}{\\partial x}`; None if it is neither."""
    braced = p.tok.kind == "{"
    first = p.peek() if braced else p.tok  # `\\frac d{dx}`
    if not _is_d(p, first):
        return None
    stop = p.group_end(p.pos)
    if p.toks[stop].kind != "{" or not _same_d(first, p.toks[stop + 1]):
        return None
    variables = _denominator(p, stop)
    if variables is None:
        return None
    end = p.group_end(stop)
    p.advance()
    if braced:
        p.advance()
        if p.tok.kind == "^":
            caret = p.advance()
            p.argument(caret)
    if not braced or p.tok.kind == "}":
        p.seek(end)
        if p.tok.kind == "rel" and p.tok.text == "=":
            return _bare_operator(variables)
        if p.tok.kind == "|" and p.peek().kind == "_":
            return _slope_at(p, tok, variables)
        body = operand(p, tok)
    else:
        p.calls = True
        body = p.expr()
        p.calls = False
        if p.tok.kind != "}":
            p.expect("}", tok)
        p.seek(end)
    applied = _applied_slope(p, body, variables)
    return differentiated(body, variables) if applied is None else applied


def _slope_at(p: Parser, tok: Token, variables: list[Expr]) -> Expr:
    """`\\frac{d}{dx} |_{x=0} f`: the place stands before what is differentiated."""
    from grader.notation.evaluation import evaluated

    bar = p.advance()
    place = p.pos
    p.seek(p.group_end(place + 1))
    slope = differentiated(operand(p, tok), variables)
    end = p.pos
    p.seek(place)
    found = evaluated(p, slope, bar)
    p.seek(end)
    return found


def _bare_operator(variables: list[Expr]) -> Expr:
    """`\\frac{d}{dp} = ...`: the slope of what was spoken of, under a name of its own."""
    below = "".join(f"d{v.value}" for v in variables)
    kind: Kind = "vector" if len(variables) == 1 and variables[0].kind == "vector" else "scalar"
    return build.symbol(f"d/{below}", kind)


def _applied_slope(p: Parser, body: Expr, variables: list[Expr]) -> Expr | None:
    """`\\frac{df}{dx}(a)`: the slope of a function, at an argument."""
    if p.tok.kind != "(" or len(set(variables)) != 1:
        return None
    if body.head == "symbol" and body.value in UNKNOWN_FUNCTIONS and p.table.find(body.value) is None:
        body = build.symbol(body.value, "function")
    if body.kind != "function":
        return None
    opener = p.advance()
    argument = p.expr()
    p.expect(")", opener)
    return build.apply(build.derived(body, len(variables)), argument)


def _is_d(p: Parser, tok: Token) -> bool:
    if tok.kind in ("partial", "diff"):
        return True
    return tok.kind == "name" and tok.text == "d" and p.table.find("d") is None


def _same_d(first: Token, second: Token) -> bool:
    plain = ("name", "diff")
    return first.kind == second.kind or (first.kind in plain and second.kind in plain and second.text == "d")


def _denominator(p: Parser, place: int) -> list[Expr] | None:
    """The variables of `dx`, `dx^2`, `dx\\,dy`, each as often as its order; None if it is no such thing."""
    start = p.pos
    stop = p.group_end(place) - 1
    p.seek(place + 1)
    variables: list[Expr] = []
    while p.pos < stop:
        if not _is_d(p, p.tok):
            break
        p.advance()
        if p.tok.kind not in ("name", "accent", "word") or p.pos >= stop:
            break
        one, order = _variable(p)
        variables.extend([one] * order)
    whole = p.pos == stop and variables
    p.seek(start)
    return variables if whole else None


def _variable(p: Parser) -> tuple[Expr, int]:
    """A variable of differentiation and its order: `x^2` is x twice."""
    name = variable_name(p)
    if p.tok.kind != "^":
        return name, 1
    stop = p.group_end(p.pos + 1)
    inside = [t for t in p.toks[p.pos + 1 : stop] if t.kind not in ("{", "}")]
    if (
        len(inside) != 1
        or inside[0].kind != "num"
        or not inside[0].text.isdigit()
        or int(inside[0].text) > 20
    ):
        cause = "derivative" if any(t.kind == "num" for t in inside) else "unsupported"  # d^n/dx^n
        raise Problem(p.tok.start, cause, "the order of the derivative is not a small whole number")
    p.seek(stop)
    return name, int(inside[0].text)


def operand(p: Parser, tok: Token) -> Expr:
    """What an operator such as d/dx or a gradient applies to: the product that follows."""
    if not p.starts() and p.tok.kind not in ("-", "+"):
        raise Problem(
            tok.start,
            "missing-argument",
            "nothing stands after the derivative",
            "write what is differentiated",
        )
    return p.expr(PRODUCT - 1)


def differentiated(body: Expr, variables: list[Expr]) -> Expr:
    """The derivative; in a vector or a matrix as its variable, the gradient."""
    if len(variables) == 1 and variables[0].kind in _ARRAYS and body.kind not in _ARRAYS:
        return build.gradient(body, variables[0])
    return build.derivative(body, *variables)


PREFIX |= {"num": _number, "const": _constant, "frac": _fraction, "sqrt": _root, "binom": _binomial}
