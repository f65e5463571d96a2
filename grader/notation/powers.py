"""Powers, and the signs that follow what they act on: factorial, percent, degree, prime."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import free_symbols
from grader.notation.errors import Problem
from grader.notation.numerals import negate
from grader.notation.parser import INFIX, POSTFIX, POWER, PREFIX, Parser, missing, shown
from grader.notation.tokens import Token

_TRANSPOSE = ("T", "top", "intercal")
TRANSPOSED = "transpose-or-power"  # the tag of `A^T` where T is declared


def _power(p: Parser, base: Expr, tok: Token) -> Expr:
    p.advance()
    primes = _raised_primes(p)
    if primes:
        return _primed(p, base, primes, tok)
    special = _raised_sign(p, base)
    if special is not None:
        return special
    exponent = read_exponent(p, tok)
    if p.tok.kind == "'" and p.latex:
        raise Problem(
            p.tok.start,
            "unexpected",
            "a prime stands after an exponent",
            "write the prime before the exponent",
        )
    return raised(base, exponent)


def raised(base: Expr, exponent: Expr) -> Expr:
    """A power; a power of e is the exponential function."""
    if base is build.E:
        return build.call("exp", exponent, kind="complex" if exponent.kind == "complex" else "scalar")
    return build.power(base, exponent)


def read_exponent(p: Parser, caret: Token) -> Expr:
    """What stands after `^`: a group, one token, or (sloppily) a signed factor."""
    tok = p.tok
    if tok.kind == "{":
        return p.braced()
    if tok.kind in ("-", "+"):
        p.advance()
        inner = read_exponent(p, caret)
        return negate(inner) if tok.kind == "-" else inner
    if not p.latex:
        return p.expr(POWER - 1)
    exponent = _leaf(p) if tok.kind in ("name", "num") else p.argument(caret)
    return raised(exponent, read_exponent(p, p.advance())) if p.tok.kind == "^" else exponent


def _leaf(p: Parser) -> Expr:
    """One token as an exponent: `x^n!` is (x^n)!, `e^x y` is e^x y."""
    tok = p.tok
    if tok.kind not in PREFIX:
        raise missing(p, tok)
    p.advance()
    if tok.kind == "name" and p.tok.kind in ("(", "^", "["):
        return PREFIX["plain"](p, tok)
    return PREFIX[tok.kind](p, tok)


def exponent_between(p: Parser) -> Expr:
    """In plain text, an exponent between a function and its bracket: one number, or a bracket."""
    if p.tok.kind == "-":
        p.advance()
        return negate(exponent_between(p))
    tok = p.tok
    if tok.kind == "{":
        return p.braced()
    if tok.kind == "(":
        p.advance()
        return PREFIX[tok.kind](p, tok)
    return _leaf(p)


def _raised_primes(p: Parser) -> int:
    """How many primes stand as the exponent, `^\\prime` or `^{\\prime\\prime}`; they are passed over."""
    inside = p.toks[p.pos : p.group_end(p.pos)]
    bare = inside[1:-1] if inside and inside[0].kind == "{" else inside
    if not bare or any(tok.kind != "'" for tok in bare):
        return 0
    p.seek(p.group_end(p.pos))
    return sum(len(tok.text) for tok in bare)


def _raised_sign(p: Parser, base: Expr) -> Expr | None:
    """A transpose (`^{-T}`: of the inverse), a degree sign or a conjugate written as an exponent."""
    start = p.pos
    wrapped = p.tok.kind == "{"
    if wrapped:
        p.advance()
    if wrapped and p.tok.kind == "-" and base.kind == "matrix" and p.peek().text in _TRANSPOSE:
        p.advance()
        base = build.power(base, build.MINUS_ONE)
    tok = p.tok
    out: Expr | None = None
    if tok.kind in ("name", "word") and tok.text in _TRANSPOSE:
        out = _transposed(p, base, tok)
    elif tok.kind == "circ":
        out = _in_degrees(base)
    elif (
        tok.kind in ("dagger", "*", "star")
        or tok.text == "ast"
        or (tok.kind == "name" and tok.text == "H" and base.kind == "matrix")
    ):
        bar = build.call("conj", base, kind=base.kind)
        out = build.transpose(bar) if base.kind == "matrix" or tok.kind == "dagger" else bar
    if out is not None:
        p.advance()
        if not wrapped:
            return out
        if p.tok.kind == "}":
            p.advance()
            return out
    p.seek(start)
    return None


def _transposed(p: Parser, base: Expr, tok: Token) -> Expr | None:
    """The transpose; where T is declared, of a matrix the power as well, and of a number the power alone."""
    symbol = p.table.find("T") if tok.text == "T" else None
    if symbol is None or base.kind == "vector" or (base.kind == "matrix" and symbol.kind not in _NUMBERS):
        return build.transpose(base)
    if base.kind != "matrix":
        return None
    return build.choice(TRANSPOSED, build.transpose(base), build.power(base, symbol.expr))


_NUMBERS = ("scalar", "integer")


def _in_degrees(base: Expr) -> Expr:
    return build.mul(base, build.power(build.number(180), build.MINUS_ONE), build.PI)


def _degree(p: Parser, left: Expr, tok: Token) -> Expr:
    p.advance()
    return _in_degrees(left)


def _factorial(p: Parser, left: Expr, tok: Token) -> Expr:
    p.advance()
    if p.tok.kind == "!" and not p.tok.gap:
        found = _double_factorial(left)
        if found is None:
            raise Problem(tok.start, "unsupported", "a double factorial is not supported")
        p.advance()
        return found
    if p.tok.kind == "rel" and p.tok.text == "=" and not p.tok.gap and tok.gap:
        raise Problem(tok.start, "unexpected", "`!` cannot stand here", "write `\\neq`")
    return build.call("factorial", left)


def _double_factorial(left: Expr) -> Expr | None:
    """`(2n)!!` and `(2n - 1)!!` in factorials; None where it is not seen whether the number is even."""
    terms = left.args if left.head == "add" else (left,)
    odd = [t for t in terms if t.head == "number" and abs(t.value) == 1]
    doubled = [t for t in terms if t.head == "mul" and t.args[0] is build.number(2)]
    if (
        len(odd) + len(doubled) != len(terms)
        or len(odd) > 1
        or len(doubled) != 1
        or len(doubled[0].args) != 2
    ):
        return None
    half = doubled[0].args[1]
    if odd and odd[0].value == 1:
        half = build.add(half, build.ONE)
    even = build.mul(build.power(build.number(2), half), build.call("factorial", half))
    return build.div(build.call("factorial", build.mul(build.number(2), half)), even) if odd else even


def _percent(p: Parser, left: Expr, tok: Token) -> Expr:
    p.advance()
    return build.div(left, build.number(100))


def _prime(p: Parser, left: Expr, tok: Token) -> Expr:
    p.advance()
    return _primed(p, left, len(tok.text), tok)


def _primed(p: Parser, left: Expr, primes: int, tok: Token) -> Expr:
    """Primes after a bracket: the derivative in the only variable there is; of a matrix, the transpose."""
    if left.kind == "matrix":
        return build.transpose(left) if primes % 2 else left
    if left.kind == "function" and p.tok.kind == "(":
        from grader.notation.brackets import read_list

        return build.apply(build.derived(left, primes), *read_list(p, p.advance(), ")"))  # (f + g)'(x)
    names = sorted(
        free_symbols(left) - {s for s in free_symbols(left) if s.kind == "function"},
        key=lambda s: str(s.value),
    )
    if len(names) != 1:
        raise Problem(
            tok.start, "prime", "it is not clear what the prime differentiates by", "write `\\frac{d}{dx}`"
        )
    return build.derivative(left, *names * primes)


def _subscript(p: Parser, left: Expr, tok: Token) -> Expr:
    """`(a + b)_j`, `phi(x)_j`: a component of a vector, and nothing else."""
    stop = p.group_end(p.pos + 1)
    inside = [t for t in p.toks[p.pos + 1 : stop] if t.kind not in ("{", "}")]
    if left.kind == "vector" and len(inside) == 1 and inside[0].kind in ("name", "num"):
        p.seek(stop)
        text = inside[0].text
        place = build.number(int(text)) if text.isdigit() else build.symbol(text)
        return node("index", (left, place), None, "scalar")
    raise Problem(tok.start, "subscript", "a subscript cannot stand here", f"`{shown(tok)}` goes with a name")


INFIX |= {
    "^": (POWER, _power), "!": (POSTFIX, _factorial), "%": (POSTFIX, _percent), "deg": (POSTFIX, _degree),
    "'": (POSTFIX, _prime), "_": (POSTFIX, _subscript),
}  # fmt: skip
