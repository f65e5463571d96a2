"""Divergence, curl and Laplacian: carried out where the components stand there, else operators by name."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.calculus_rules import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.notation.errors import Problem
from grader.notation.parser import PREFIX, Parser, missing
from grader.notation.quotients import operand
from grader.notation.tokens import Token

_AXES = tuple(build.symbol(letter) for letter in "xyz")
_CURVED = frozenset(["r", "rho", "theta", "phi", "varphi", "s"])  # of coordinates that are no x, y, z
_NAMES = {"div": "div", "curl": "curl", "rot": "curl"}


def of_nabla(p: Parser, tok: Token) -> Expr | None:
    """What `\\nabla\\cdot`, `\\nabla\\times` or `\\nabla^2` makes of what follows; None for a gradient."""
    sign = p.tok
    if sign.kind in ("cdot", ".", "*"):
        p.advance()
        body = operand(p, tok)
        return (
            laplacian(body.args[0]) if body.head == "gradient" and len(body.args) == 1 else divergence(body)
        )
    if sign.kind == "times":
        p.advance()
        return curl(operand(p, tok))
    if sign.kind == "^":
        stop = p.group_end(p.pos + 1)
        if [t.text for t in p.toks[p.pos + 1 : stop] if t.kind not in ("{", "}")] != ["2"]:
            raise Problem(sign.start, "unsupported", "only `∇^2` is a power of ∇ that is read")
        p.seek(stop)
        return laplacian(operand(p, tok))
    return None


def divergence(field: Expr) -> Expr:
    """The sum of the slopes of the components in x, y, z; of a name, `div` of it."""
    parts = _components(field)
    if parts is None:
        return build.apply(build.symbol("div", "function"), field)
    return build.add(*(_slope(part, axis) for part, axis in zip(parts, _AXES, strict=False)))


def curl(field: Expr) -> Expr:
    """The curl of three components; of a name, `curl` of it."""
    parts = _components(field)
    if parts is None or len(parts) != 3:
        return build.apply(build.symbol("curl", "function"), field, kind="vector")
    d, (x, y, z), (a, b, c) = _slope, _AXES, parts
    rows = (build.sub(d(c, y), d(b, z)), build.sub(d(a, z), d(c, x)), build.sub(d(b, x), d(a, y)))
    return build.matrix(3, 1, *rows)


def laplacian(body: Expr) -> Expr:
    """The sum of the second slopes in x, y, z; of what is not written out in them, `laplacian` of it."""
    names = free_symbols(body)
    if not names & set(_AXES) or not _is_written_out(body):
        return build.apply(build.symbol("laplacian", "function"), body, kind=body.kind)
    slopes = ((axis, _slope(body, axis)) for axis in _AXES if axis in names)
    return build.add(*(_slope(slope, axis) for axis, slope in slopes))


def named_field(tree: Expr) -> Expr:
    """`\\operatorname{div}(P, Q, R)` as what `\\nabla\\cdot (P, Q, R)` is; any other tree as it is."""
    if tree.head != "apply" or tree.args[0].value not in _NAMES:
        return tree
    field = tree.args[1] if len(tree.args) == 2 else build.sequence(*tree.args[1:])
    return divergence(field) if _NAMES[tree.args[0].value] == "div" else curl(field)


def _slope(part: Expr, axis: Expr) -> Expr:
    """The partial slope: carried out at once, since the other axes do not depend on this one."""
    found = differentiate(part, axis)
    return build.derivative(part, axis) if found is None else found


def _components(field: Expr) -> tuple[Expr, ...] | None:
    """The two or three components of a field that is written out in x, y and z."""
    listed = field.head == "tuple" or (field.head == "matrix" and 1 in field.value)
    whole = listed and 2 <= len(field.args) <= 3 and _is_written_out(field)
    return field.args if whole else None


def _is_written_out(body: Expr) -> bool:
    plain = all(part.head not in ("apply", "gradient") for part in walk(body))
    return plain and not any(s.value in _CURVED or s.kind != "scalar" for s in free_symbols(body))


def _divided(p: Parser, tok: Token) -> Expr:
    """`\\div \\vec F` where nothing stands before it: the divergence."""
    before = p.toks[p.pos - 2].kind if p.pos > 1 else ""
    if tok.text != "div" or before in ("/", "cdot", "times", "*", "^"):
        p.seek(p.pos - 1)
        raise missing(p, p.tok)
    return divergence(operand(p, tok))


PREFIX["/"] = _divided
