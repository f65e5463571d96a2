"""Matrices, cases and systems: what stands between `\\begin` and `\\end` in columns and rows."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, node
from grader.notation.commands import CASES_ENVIRONMENTS
from grader.notation.errors import Problem
from grader.notation.parser import PREFIX, Parser, unexpected
from grader.notation.tokens import Token

Rows = list[list[Expr]]


def _environment(p: Parser, tok: Token) -> Expr:
    state = p.enter()
    rows = _cases_rows(p, tok) if tok.text in CASES_ENVIRONMENTS else _rows(p, tok)
    p.leave(state)
    closing = p.tok
    if closing.kind != "end_env":
        raise Problem(
            tok.start, "unclosed", f"`\\begin{{{tok.text}}}` is never ended", f"add `\\end{{{tok.text}}}`"
        )
    p.advance()
    if closing.text != tok.text:
        raise Problem(
            closing.start, "mismatch", f"`\\begin{{{tok.text}}}` is ended by `\\end{{{closing.text}}}`"
        )
    if tok.text in CASES_ENVIRONMENTS or _is_system(p, rows):
        return _cases(rows, tok)
    return _matrix(rows, tok)


def _rows(p: Parser, tok: Token) -> Rows:
    rows: Rows = [[]]
    while True:
        kind = p.tok.kind
        if kind in ("end_env", "end"):
            break
        if kind in ("|", "mid") and p.peek().kind == "&" and rows[-1]:
            p.advance()  # the line of an augmented matrix
            p.advance()
            continue
        if kind == "&":
            raise Problem(p.tok.start, "missing-operand", "an entry of the matrix is empty")
        entry = p.expr()
        rows[-1].append(entry)
        _next_entry(p, rows)
    if not rows[-1]:
        rows.pop()
    return rows


def _next_entry(p: Parser, rows: Rows) -> None:
    kind = p.tok.kind
    if kind == "&":
        p.advance()
        if p.tok.kind in ("end_env", "\\\\"):
            raise Problem(p.tok.start, "missing-operand", "an entry of the matrix is empty")
    elif kind == "\\\\":
        p.advance()
        rows.append([])
    elif kind == "," and p.peek().kind in ("&", "\\\\", "end_env"):
        p.advance()
        _next_entry(p, rows)
    elif kind not in ("end_env", "end"):
        raise unexpected(p.tok)


def _is_system(p: Parser, rows: Rows) -> bool:
    return bool(rows) and all(row and row[-1].kind == "truth" for row in rows)


def _matrix(rows: Rows, tok: Token) -> Expr:
    if not rows or not rows[0]:
        raise Problem(tok.start, "empty-group", "the matrix is empty")
    width = len(rows[0])
    for row in rows:
        if len(row) != width:
            raise Problem(tok.start, "matrix", "the rows of the matrix are not of one length")
    made = build.matrix(len(rows), width, *(entry for row in rows for entry in row))
    if tok.text == "vmatrix":
        return build.call("det", made)
    if tok.text == "Vmatrix":
        return build.norm(made, "F")
    return made


# -- cases --------------------------------------------------------------------------------------------

_OTHERWISE = frozenset(["otherwise", "else", "sonst", "elsewhere", "in all other cases"])
_IF = frozenset(["if", "for", "when", "where", "if and only if", "falls", "whenever", "for all"])


def _cases_rows(p: Parser, tok: Token) -> Rows:
    rows: Rows = [[]]
    while p.tok.kind not in ("end_env", "end"):
        kind = p.tok.kind
        if kind == "word" and p.tok.text.strip(" ,:.").lower() in _OTHERWISE:
            p.advance()
            rows[-1].append(build.constant("true"))
        elif (kind == "word" and p.tok.text.strip(" ,:.").lower() in _IF) or kind in (
            "&",
            ",",
            "quad",
            ".",
            ";",
        ):
            p.advance()
        elif kind == "\\\\":
            p.advance()
            rows.append([])
        else:
            rows[-1].append(p.expr())
    return [row for row in rows if row]


def _cases(rows: Rows, tok: Token) -> Expr:
    if not rows:
        raise Problem(
            tok.start, "cases", "these cases are empty", "write a value and a condition in each row"
        )
    if all(len(row) == 1 and row[0].kind == "truth" for row in rows):
        truths = tuple(row[0] for row in rows)
        return truths[0] if len(truths) == 1 else node("and", truths, None, "truth")
    parts: list[Expr] = []
    for number, row in enumerate(rows):
        if len(row) == 1 and number == len(rows) - 1:
            row = [row[0], build.constant("true")]
        if len(row) > 2:
            row = [row[0], node("and", tuple(row[1:]), None, "truth")]
        if len(row) != 2 or row[1].kind != "truth":
            raise Problem(tok.start, "cases", "a row of the cases is not a value and a condition")
        parts.extend(row)
    return node("cases", tuple(parts), None, parts[0].kind)


def _system(p: Parser, tok: Token) -> Expr:
    """Rows inside a bracket: `\\left\\{ \\begin{aligned} ... \\end{aligned} \\right.` is a system."""
    state = p.enter()
    statements: list[Expr] = []
    while p.tok.kind not in ("endrows", "end"):
        if p.tok.kind in ("\\\\", ",", "&", ";", "."):
            p.advance()
            continue
        statements.append(p.expr())
    p.leave(state)
    if p.tok.kind != "endrows":
        raise Problem(
            tok.start, "unclosed", f"`\\begin{{{tok.text}}}` is never ended", f"add `\\end{{{tok.text}}}`"
        )
    p.advance()
    if len(statements) == 1:
        return statements[0]
    if not statements or any(s.kind != "truth" for s in statements):
        raise Problem(tok.start, "cases", "the rows in this bracket are not all equations")
    return node("and", tuple(statements), None, "truth")


PREFIX |= {"begin": _environment, "rows": _system}
