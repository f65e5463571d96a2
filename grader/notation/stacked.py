"""What stands over what without braces of its own: `{a \\over b}`, `{n \\choose k}`, `n choose k`."""

from __future__ import annotations

from collections.abc import Callable

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.notation.errors import Problem
from grader.notation.parser import GROUP, Parser
from grader.notation.tokens import CLOSERS, OPENERS


def _choose(p: Parser, above: Expr) -> Expr:
    return _stacked(p, above, lambda n, k: build.call("binomial", n, k))


def _over(p: Parser, above: Expr) -> Expr:
    return _stacked(p, above, build.div)


def _stacked(p: Parser, above: Expr, made: Callable[[Expr, Expr], Expr]) -> Expr:
    """The whole of the group that is being read: TeX puts everything before the sign over what follows."""
    bare = not p.latex and not _bracketed(p)
    tok = p.advance()
    below = p.expr()
    if p.tok.kind in GROUP:
        raise Problem(p.tok.start, "ambiguous", f"a second `{p.tok.text}` stands in this group", _BRACKETS)
    if "truth" in (above.kind, below.kind) or (bare and (above.args or below.args)):
        raise Problem(tok.start, "ambiguous", f"I can't tell what `{tok.text}` stands between", _BRACKETS)
    return made(above, below)


def _bracketed(p: Parser) -> bool:
    """Whether a bracket is open at this place."""
    kinds = [tok.kind for tok in p.toks[: p.pos]]
    return sum(k in OPENERS for k in kinds) > sum(k in CLOSERS for k in kinds)


_BRACKETS = "put brackets around what belongs together"
GROUP |= {"choose": _choose, "over": _over}
