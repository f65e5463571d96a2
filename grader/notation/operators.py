"""Sums, products, quotients, and the other operators between two operands."""

from __future__ import annotations

from fractions import Fraction

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import free_symbols
from grader.notation.ellipses import gone_on, refused
from grader.notation.errors import Problem, not_mathematics
from grader.notation.lookup import number_set
from grader.notation.maps import is_mapped, named_map
from grader.notation.numerals import is_literal, negate
from grader.notation.parser import (
    FACTOR,
    INFIX,
    PREFIX,
    PRODUCT,
    RELATION,
    SUM,
    Parser,
    unexpected,
)
from grader.notation.proportions import clock, is_long, is_ratio, proportion
from grader.notation.side_by_side import bound_tightly
from grader.notation.tokens import Token
from grader.notation.unit_runs import take_unit
from grader.notation.units import is_unit

_ARRAYS = ("vector", "matrix")


def _sum(p: Parser, left: Expr, tok: Token) -> Expr | None:
    if p.integrals and p.differential is not None:
        return None  # the integral ends at its dx
    terms = [left]
    while True:
        kind = p.tok.kind
        if kind in ("+", "-") and p.peek().kind == "dots":
            terms = _up_to(p, terms)
        elif kind == "+":
            p.advance()
            terms.append(p.expr(SUM))
        elif kind == "-":
            p.advance()
            operand = p.expr(SUM)
            whole = number_set(p, terms[0]) if operand.head == "set" else terms[0]
            if len(terms) == 1 and _takes_set(whole, operand):
                terms = [node("difference", (whole, operand), None, "set")]
            else:
                terms.append(negate(operand))
        elif kind == "pm":
            sign = p.advance().text
            terms.append(node("plusminus", (_term := p.expr(SUM),), sign, _term.kind))
        else:
            return build.add(*terms)
        if p.integrals and p.differential is not None:
            return build.add(*terms)


def _up_to(p: Parser, terms: list[Expr]) -> list[Expr]:
    """`1 + 2 + ... + n`, from the sign before the dots on."""
    p.advance()
    dots = p.advance()
    sign = p.advance().kind
    if sign not in ("+", "-"):
        raise refused(dots)
    last = p.expr(SUM)
    return gone_on(terms, dots, negate(last) if sign == "-" else last, "sum")


def _takes_set(left: Expr, right: Expr) -> bool:
    """`R - {0}`: a set without the elements of another; two square brackets may be vectors."""
    sets = left.kind == "set" and right.kind == "set"
    return sets and not (left.head == "interval" and right.head == "interval")


def _minus(p: Parser, tok: Token) -> Expr:
    return negate(p.expr(PRODUCT - 1))


def _plus(p: Parser, tok: Token) -> Expr:
    return p.expr(PRODUCT - 1)


def _plusminus(p: Parser, tok: Token) -> Expr:
    operand = p.expr(PRODUCT - 1)
    return node("plusminus", (operand,), tok.text, operand.kind)


# -- products -----------------------------------------------------------------------------------------


def signed(p: Parser) -> Expr:
    """A factor that may carry a sign: `a \\cdot -b`."""
    tok = p.tok
    if tok.kind == "-":
        p.advance()
        return negate(signed(p))
    if tok.kind == "+":
        p.advance()
        return signed(p)
    if tok.kind == "pm":
        p.advance()
        operand = signed(p)
        return node("plusminus", (operand,), tok.text, operand.kind)
    return p.expr(FACTOR)


def _product(p: Parser, left: Expr, tok: Token) -> Expr:
    """Everything joined by multiplication from here on; `loose` holds the other reading of `a/bc`."""
    factors = [left]
    starts = [0]
    loose: list[Expr] | None = None
    loose_first = False
    while True:
        tok = p.tok
        kind = tok.kind
        if _is_run_on(p):
            factors = _run_on(p, factors)
            starts = [s for s in starts if s < len(factors)]
            continue
        if kind == "cdot" or kind == "*" or (kind == "." and _is_dot(p, factors[-1])):
            p.advance()
            starts.append(len(factors))
            new = [signed(p)]
        elif kind == "times":
            new = _times(p, factors, loose)
        elif kind == "/" or (kind == ":" and is_ratio(p) and not is_mapped(p)):
            tight, spread, loose_first = _divisor(p, factors)
            if spread is not None:
                loose = (loose or factors) + spread
                factors = [*factors, tight]
                continue
            new = [tight]
        elif p.starts():
            if p.integrals and _differential(p, factors):
                if p.differential is not None and (_is_divided(p) or factors == [build.ONE]):
                    continue
                break
            _adjacent(p, tok)
            new = _word(p, factors[-1]) if kind == "word" else [p.expr(FACTOR)]
        else:
            break
        factors.extend(new)
        if loose is not None:
            loose.extend(new)
    made = _made(bound_tightly(factors, starts), tok)
    if loose is None:
        return made
    other = multiply(loose)
    return build.choice("slash-scope", *((other, made) if loose_first else (made, other)))


_DOTS = ("cdot", "*", "times")


def _is_run_on(p: Parser) -> bool:
    return p.tok.kind == "dots" or (p.tok.kind in _DOTS and p.peek().kind == "dots")


def _run_on(p: Parser, factors: list[Expr]) -> list[Expr]:
    """`x_1 x_2 ... x_n`, `1 * 2 * ... * n`, from the dots on."""
    if p.tok.kind != "dots":
        p.advance()
    dots = p.advance()
    if p.tok.kind in _DOTS:
        p.advance()
    if not p.starts():
        return [*factors[:-1], _broken_off(p, factors[-1], dots)]
    return gone_on(factors, dots, signed(p), "product")


CUT_OFF = "cut-off:"


def _broken_off(p: Parser, last: Expr, dots: Token) -> Expr:
    """`2.7182...`: the digits go on, and are either cut off there or rounded; `p = 1...` only trails off."""
    if last.head == "number" and p.peek(-3).kind == "rel" and p.tok.kind == "end":
        return last
    if last.head != "decimal":
        raise refused(dots)
    value, places = last.value
    return build.choice(f"{CUT_OFF}{value}", last, build.decimal(value + Fraction(1, 10**places), places))


def _times(p: Parser, factors: list[Expr], loose: list[Expr] | None) -> list[Expr]:
    """The factor behind a cross; of two vectors, the last factor becomes their vector product."""
    tok = p.advance()
    right = signed(p)
    if all(t.head == "tuple" and len(t.args) == 3 for t in (factors[-1], right)):
        factors[-1], right = (build.matrix(3, 1, *t.args) for t in (factors[-1], right))
    _refuse_sets(factors[-1], right, tok)
    if factors[-1].kind != "vector" or right.kind != "vector":
        return [right]
    factors[-1] = build.cross(factors[-1], right)
    if loose is not None:
        loose[-1] = factors[-1]
    return []


def _made(factors: list[Expr], tok: Token) -> Expr:
    if len(factors) > 1 and any(_is_listed(f) for f in factors):
        raise _product_of_sets(tok)
    return multiply(factors)


def _is_listed(tree: Expr) -> bool:
    """A set of several elements; braces around one expression may be brackets."""
    return tree.head == "set" and len(tree.args) > 1


def _product_of_sets(tok: Token) -> Problem:
    return Problem(tok.start, "unsupported", "a product of sets or pairs cannot be compared")


def _refuse_sets(left: Expr, right: Expr, tok: Token) -> None:
    """`A \\times B` of sets or pairs is no product of numbers: their order matters."""
    pairs = left.head == "tuple" and right.head == "tuple"
    sets = [t for t in (left, right) if t.kind == "set"]
    if len(sets) == 2 or any(t.head != "set" or _is_listed(t) for t in sets) or pairs:
        raise _product_of_sets(tok)


def _adjacent(p: Parser, tok: Token) -> None:
    if tok.kind != "num" or p.toks[p.pos - 1].kind != "num":
        return
    if tok.text[0] == "." or (tok.gap and not _is_raised(p)):
        raise unexpected(tok)


def _is_raised(p: Parser) -> bool:
    """`(x - 1)^2 2x`: the number before this one is the exponent of what is no number."""
    before = p.toks[max(p.pos - 3, 0)]
    bases = (")", "]", "name") if p.latex else (")", "]")
    return p.toks[p.pos - 2].kind == "^" and before.kind in bases


def _is_dot(p: Parser, left: Expr) -> bool:
    """`w . v`; but no number ends in a point, and a full stop ends a sentence or a row."""
    ends = p.peek().kind in ("end", ".", "end_env", "endrows", "\\\\")
    return not ends and left.kind != "truth" and not is_literal(left)


def _divisor(p: Parser, factors: list[Expr]) -> tuple[Expr, list[Expr] | None, bool]:
    """What stands after a slash: the reciprocal; where factors follow (`a/bc`), the other reading as well,
    and whether that one is preferred (`1/2 x`, `a/b(c+d)`)."""
    slash = p.advance()
    first = signed(p)
    if not p.starts() or (p.integrals and is_differential(p)) or _is_unit(p):
        return build.power(first, build.MINUS_ONE), None, False
    plain = len(factors) == 1 and is_literal(factors[0]) and is_literal(first)
    spaced = p.tok.gap and not slash.gap
    bracket = p.tok.kind in ("(", "[", "|", "||")
    run = [first]
    while p.starts() and not (p.integrals and is_differential(p)) and not _is_unit(p):
        _adjacent(p, p.tok)
        run.append(p.expr(FACTOR))
    loose = [build.power(first, build.MINUS_ONE), *run[1:]]
    return build.power(multiply(run), build.MINUS_ONE), loose, plain or spaced or bracket


def multiply(factors: list[Expr]) -> Expr:
    """The product of factors, by kind: two vectors side by side are a dot product."""
    if any(f.kind in _ARRAYS or f.kind == "set" for f in factors):
        factors = _pair([f.args[0] if f.head == "set" and len(f.args) == 1 else f for f in factors])
    return build.mul(*factors)


def _pair(factors: list[Expr]) -> list[Expr]:
    out: list[Expr] = []
    waiting = -1  # where the last vector without a partner stands
    for factor in factors:
        if waiting >= 0 and factor.kind == "vector":
            left = out[waiting]
            left = left.args[0] if left.head == "transpose" else left
            out[waiting] = build.dot(left, factor)
            waiting = -1
            continue
        if factor.kind == "vector" or (factor.head == "transpose" and factor.args[0].kind == "vector"):
            waiting = len(out)
        elif factor.kind == "matrix":
            waiting = -1
        out.append(factor)
    return out


# -- differentials ------------------------------------------------------------------------------------


def is_differential(p: Parser) -> bool:
    """`dx` stands here, with x a name."""
    tok = p.tok
    if tok.kind != "diff" and not (tok.kind == "name" and tok.text == "d" and "d" not in p.table.by_spelling):
        return False
    after = p.peek()
    return after.kind in ("name", "accent", "word") and "d" not in p.bound


def take_differential(p: Parser) -> Expr | None:
    """Reads `dx` inside an integral and keeps its variable."""
    if not p.integrals or p.differential is not None or not is_differential(p):
        return None
    p.advance()
    tok = p.advance()
    p.differential = PREFIX[tok.kind](p, tok)
    return p.differential


def _is_divided(p: Parser) -> bool:
    """`x dx/(1 + x^2)`: the quotient belongs to the integrand."""
    return p.tok.kind == "/"


def divided(p: Parser) -> Expr:
    """`dx/(1 + x^2)`: what stands behind the differential, as one over it."""
    return _product(p, build.ONE, p.tok)


def _differential(p: Parser, factors: list[Expr]) -> bool:
    return take_differential(p) is not None or (p.differential is not None and is_differential(p))


# -- words after a quantity ---------------------------------------------------------------------------


def _is_unit(p: Parser) -> bool:
    """`pi/2 rad`: a unit stands here, which is no part of a divisor."""
    tok = p.tok
    return tok.kind == "word" and p.table.find(tok.text) is None and is_unit(tok.text)


def _word(p: Parser, before: Expr) -> list[Expr]:
    """An upright word as a factor: a declared name, a name before a bracket, or a unit that is left out."""
    tok = p.tok
    known = p.table.by_spelling
    declared = tok.text in known or tok.text.lower() in known or tok.text.capitalize() in known
    if (
        declared
        or p.peek().kind in ("(", "_", "'")
        or (free_symbols(before) and " " not in tok.text and not is_unit(tok.text))
    ):
        return [p.expr(FACTOR)]
    if not is_unit(tok.text):
        raise not_mathematics(tok.text, tok.start)
    unit = take_unit(p)
    p.remark("unit", f"`{unit}` is read as a unit and left out of the value", tok.start)
    return []


# -- other operators ---------------------------------------------------------------------------------


def _modulo(p: Parser, left: Expr, tok: Token) -> Expr:
    """`a \\bmod 3x`: what multiplies without a sign belongs to the modulus."""
    p.advance()
    return build.call("mod", left, p.expr(PRODUCT - 1))


def _congruent(p: Parser, left: Expr, tok: Token) -> Expr:
    """`a \\equiv b \\pmod{3}`: the remainders are equal."""
    p.advance()
    modulus = p.argument(tok)
    if left.head != "chain" or not set(left.value) <= {"equiv", "="}:
        return build.call("mod", left, modulus)
    return build.chain(tuple(build.call("mod", m, modulus) for m in left.args), ("=",) * len(left.value))


def _compose(p: Parser, left: Expr, tok: Token) -> Expr:
    """`f \\circ g`; an argument behind the last function is one of the whole: `f \\circ g(x)` is f(g(x))."""
    p.advance()
    calls, p.calls = p.calls, True
    right = p.expr(FACTOR)
    p.calls = calls
    arguments = right.args[1:] if right.head == "apply" and left.head != "apply" else ()
    left, right = (_as_function(t) for t in (left, right.args[0] if arguments else right))
    if left.kind != "function" or right.kind != "function":
        raise Problem(tok.start, "unsupported", "`∘` joins two functions")
    parts = [q for t in (left, right) for q in (t.args if t.head == "compose" else (t,))]
    made = node("compose", tuple(parts), None, "function")
    return build.apply(made, *arguments) if arguments else made


def _as_function(tree: Expr) -> Expr:
    return build.symbol(str(tree.value), "function") if tree.head == "symbol" else tree


def _colon(p: Parser, left: Expr, tok: Token) -> Expr | None:
    """A ratio, or the name before a map `f: x \\mapsto x^2`; None where the colon means something else."""
    if p.mid:
        return None
    if is_mapped(p):
        return named_map(p, left)
    if is_long(p):
        return proportion(p, left)
    return (clock(p, left) or _product(p, left, tok)) if is_ratio(p) else None


def _entrywise(p: Parser, left: Expr, tok: Token) -> Expr:
    """`u \\odot v`: carried out where the entries stand there; else an operation by name, in one order."""
    p.advance()
    right = signed(p)
    shapes = [t.value if t.head == "matrix" else None for t in (left, right)]
    if shapes[0] is not None and shapes[0] == shapes[1]:
        return build.matrix(
            *shapes[0], *(build.mul(a, b) for a, b in zip(left.args, right.args, strict=True))
        )
    parts = [q for t in (left, right) for q in (t.args[1:] if _is_entrywise(t) else (t,))]
    arrays = [t for t in parts if t.kind in _ARRAYS]
    return build.apply(_ODOT, *sorted(parts, key=repr), kind=(arrays or parts)[0].kind)


_ODOT = build.symbol("odot", "function")


def _is_entrywise(tree: Expr) -> bool:
    return tree.head == "apply" and tree.args[0] is _ODOT


def _dot(p: Parser, left: Expr, tok: Token) -> Expr | None:
    return _product(p, left, tok) if _is_dot(p, left) else None


PREFIX |= {"-": _minus, "+": _plus, "pm": _plusminus}
INFIX |= {
    "+": (SUM, _sum), "-": (SUM, _sum), "pm": (SUM, _sum),
    "cdot": (PRODUCT, _product), "*": (PRODUCT, _product), "times": (PRODUCT, _product),
    "/": (PRODUCT, _product),
    ".": (PRODUCT, _dot), ":": (PRODUCT, _colon), "mod": (PRODUCT - 2, _modulo), "circ": (PRODUCT, _compose),
    "odot": (PRODUCT, _entrywise),
    "pmod": (RELATION - 1, _congruent),
}  # fmt: skip
