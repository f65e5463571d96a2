"""Functions by name at their arguments: powers and primes between, inverses, and names left bare."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, Kind, walk
from grader.expressions.symbols import Symbol
from grader.notation.brackets import has_given, read_given, read_list
from grader.notation.functions import loose_argument
from grader.notation.labels import Label
from grader.notation.parser import STARTERS, Parser
from grader.notation.powers import exponent_between, read_exponent
from grader.notation.tokens import Token

_OPEN = frozenset(["(", "["])


def apply_name(p: Parser, label: Label, function: Expr, symbol: Symbol | None) -> Expr:
    """A declared or unknown function after its name: `f^2(x)`, `f'(x)`, `f^{-1}(y)`, or without argument."""
    exponent: Expr | None = None
    if (
        symbol is None
        and p.tok.kind not in _OPEN
        and not (p.tok.kind == "^" and p.toks[after_exponent(p)].kind == "(")
    ):
        return build.symbol(label.spelled(), "function" if label.base.endswith(")") else "scalar")
    if p.tok.kind == "^" and not _is_transposed(p):
        caret = p.advance()
        exponent = exponent_between(p) if not p.latex else read_exponent(p, caret)
    if p.tok.kind in _OPEN:
        start = p.pos
        made = _applied(p, function, symbol, exponent)
        if symbol is None and exponent is build.TWO and _is_of_matrix(made):
            p.seek(start)
            return build.power(build.symbol(label.spelled()), exponent)
        return made
    return _unapplied(p, function, symbol, exponent, label.start)


def _is_of_matrix(squared: Expr) -> bool:
    """`\\sigma^2(X^TX)^{-1}`: the square of a number, and no function of a matrix, stands before a matrix."""
    return squared.head == "pow" and any(a.kind == "matrix" for a in squared.args[0].args)


def after_exponent(p: Parser) -> int:
    """The position after the exponent that stands here: `^2`, `^{-1}`, `^-1`, in plain text `^(-1)`."""
    place = p.pos + 1
    while p.toks[place].kind in ("-", "+"):
        place += 1
    if p.latex or p.toks[place].kind != "(":
        return p.group_end(place)
    depth = 0
    for end in range(place, len(p.toks)):
        depth += (p.toks[end].kind == "(") - (p.toks[end].kind == ")")
        if depth == 0:
            return min(end + 1, len(p.toks) - 1)
    return len(p.toks) - 1


def bare_or_applied(p: Parser, function: Expr, symbol: Symbol, tok: Token) -> Expr:
    """A declared function whose name is followed by neither bracket nor decoration."""
    if p.tok.kind == "[":
        return _applied(p, function, symbol, None)
    return _unapplied(p, function, symbol, None, tok.start)


def _is_transposed(p: Parser) -> bool:
    inside = [t for t in p.toks[p.pos + 1 : p.group_end(p.pos + 1)] if t.kind not in ("{", "}")]
    raised = inside[0].text if len(inside) == 1 else ""
    return raised in ("top", "intercal") or (raised == "T" and p.table.find("T") is None)


def _takes_vector(symbol: Symbol) -> bool:
    """Whether a function is one of vectors; a feature map without declared parameters is."""
    if symbol.parameters:
        return any(q.kind == "vector" for q in symbol.parameters)
    return symbol.returns == "vector"


def _kind(symbol: Symbol | None) -> Kind:
    return symbol.returns if symbol is not None else "scalar"


def _applied(p: Parser, function: Expr, symbol: Symbol | None, exponent: Expr | None) -> Expr:
    opener = p.advance()
    before = set(p.bare)
    p.bare = set()
    closer = ")" if opener.kind == "(" else "]"
    if has_given(p):
        first, second = read_given(p, opener, closer)
        function, arguments = _conditional(function, len(first)), (*first, *second)
    else:
        arguments = read_list(p, opener, closer)
    inside, p.bare = p.bare, before | p.bare
    kind = _kind(symbol)
    made = _raised(build.apply(function, *arguments, kind=kind), function, exponent, arguments, kind)
    name = root(function)
    if symbol is not None and name in inside and len(arguments) == 1:
        written = function if exponent is None else raised_function(function, exponent)
        return build.choice(f"abbreviation:{name}", build.mul(written, arguments[0]), made)
    return made


def _conditional(function: Expr, before: int) -> Expr:
    """`P(A | B)` is a function of its own of A and B; so is `P(A, B | C)`, with `before` = 2."""
    return build.symbol(f"{root(function)}|{before if before > 1 else ''}", "function")


def root(function: Expr) -> str:
    """The name under primes and inverses."""
    while function.head in ("derived", "inverse"):
        function = function.args[0]
    return str(function.value)


def _raised(
    value: Expr, function: Expr, exponent: Expr | None, arguments: tuple[Expr, ...], kind: Kind
) -> Expr:
    if exponent is None:
        return value
    if exponent is build.MINUS_ONE:
        tag = f"inverse-or-reciprocal:{root(function)}"
        backward = build.apply(build.inverse(function), *arguments, kind=kind)
        return build.choice(tag, backward, build.power(value, build.MINUS_ONE))
    return build.power(value, exponent)


def raised_function(function: Expr, exponent: Expr) -> Expr:
    """`\\sigma^2` and `\\sigma^{-1}` without an argument."""
    if exponent is build.MINUS_ONE:
        tag = f"inverse-or-reciprocal:{root(function)}"
        return build.choice(tag, build.inverse(function), build.power(function, build.MINUS_ONE))
    return build.power(function, exponent)


def _at_usual_argument(p: Parser, function: Expr, symbol: Symbol | None) -> Expr | None:
    """`\\phi` for `\\phi(x)`: a vector-valued function named alone is its value at its usual argument."""
    if symbol is None or symbol.returns != "vector" or not symbol.parameters or function.head != "symbol":
        return None
    if any(q.value not in p.table.symbols for q in symbol.parameters):
        return None
    named = p.table.find(p.tok.text) if p.tok.kind == "name" else None
    if named is not None and named.expr in symbol.parameters:
        return None
    return build.apply(function, *symbol.parameters, kind="vector")


def _unapplied(p: Parser, function: Expr, symbol: Symbol | None, exponent: Expr | None, start: int) -> Expr:
    """A declared function without brackets: at the factor that follows, or short for its usual argument."""
    name = root(function)
    usual = _at_usual_argument(p, function, symbol)
    if usual is not None and exponent is None:
        return usual
    written = function if exponent is None else raised_function(function, exponent)
    tok = p.tok
    if tok.kind not in STARTERS or not p.starts() or tok.kind in ("word", "diff", "begin", "[", "|", "||"):
        p.bare.add(name)
        return written
    if name in p.bare:
        return written
    before = set(p.bare)
    place = p.pos
    argument = loose_argument(p)
    vectors = argument.kind in ("vector", "function") or any(
        a.head == "symbol" and a is function for a in walk(argument)
    )
    value = build.apply(function, argument, kind=_kind(symbol))
    value = _raised(value, function, exponent, (argument,), _kind(symbol))
    takes_vector = symbol is not None and _takes_vector(symbol)
    if vectors and not takes_vector:
        p.seek(place)
        p.bare = before | {name}
        return written
    p.remark("unbracketed-argument", f"the argument of {name} is not in brackets", start)
    return value
