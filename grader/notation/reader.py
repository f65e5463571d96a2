"""`read`: one formula in, one tree out, and what was wrong with it as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from grader.expressions import build
from grader.expressions.nodes import Expr, TooLarge, node
from grader.expressions.symbols import SymbolTable
from grader.notation.errors import not_mathematics, too_large
from grader.notation.phrases import says_nothing
from grader.notation.reader_core import is_latex, lex, parse
from grader.notation.rows import Segment, read_rows
from grader.notation.sayings import value_of_phrase
from grader.notation.tokens import MAX_SOURCE, Token
from grader.records import NotationError, Remark, Syntax


@dataclass(frozen=True, slots=True)
class Reading:
    """A formula, read: the tree (None if it could not be), errors, remarks, the source as given."""

    tree: Expr | None
    errors: tuple[NotationError, ...] = ()
    remarks: tuple[Remark, ...] = ()
    source: str = ""


_WRAPPED = re.compile(r"\s*(\$\$?|\\\(|\\\[)(.*?)(\$\$?|\\\)|\\\])\s*[.,;]?\s*", re.DOTALL)
_PLAIN = frozenset(
    [
        "num",
        "name",
        "fn",
        "operator",
        "+",
        "-",
        "cdot",
        "*",
        "times",
        "/",
        "^",
        "_",
        "'",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        "||",
        "frac",
        "sqrt",
        "rel",
        "const",
        "accent",
        "!",
        "left.",
        "right.",
        "int",
        "nabla",
        "sum",
        "lim",
        "begin",
        "end_env",
        "\\\\",
        "&",
        "opt",
        "lset",
        "rset",
    ]
)


def read(
    source: str,
    table: SymbolTable,
    syntax: Syntax = "auto",
    macros: Mapping[str, tuple[int, str]] | None = None,
) -> Reading:
    """One formula: an expression, a relation chain, a set ... ; wrappers such as `$..$` are stripped.

    Never raises: what could not be read is in `errors`, and then `tree` is None.

    >>> from grader.expressions.symbols import table
    >>> read("x^2", table()).tree
    pow(symbol('x'), number(Fraction(2, 1)))
    """
    if len(source) > MAX_SOURCE:
        return Reading(None, (too_large(f"{len(source)} characters"),), (), source)
    spoken = value_of_phrase(source) if source[-1:].isalpha() or source[-1:] == "." else None
    if spoken is not None:
        return Reading(spoken, (), (), source)
    latex = is_latex(source, syntax)
    inner = _unwrapped(source) if "$" in source or "\\" in source else source
    lexed = lex(inner, table, latex, macros or {}, rows=False)
    if not lexed.errors and _is_plain(lexed.tokens):
        tokens = lexed.tokens
        tokens.append(Token("end", "", len(source), len(source)))
        tree, errors, remarks = parse(tokens, table, latex)
        return Reading(_finished(tree), tuple(errors), (*lexed.remarks, *remarks), source)
    return _combined(read_rows(inner, table, "latex" if latex else "text", macros), source)


def _unwrapped(source: str) -> str:
    """The source with dollar signs and the like blanked out, so that offsets stay."""
    found = _WRAPPED.fullmatch(source)
    if found is None or _INSIDE.search(found[2]):
        found = _only_formula(source)
    if found is None:
        return source
    return " " * found.start(2) + found[2] + " " * (len(source) - found.end(2))


_INSIDE = re.compile(r"(?<!\\)\$|(?<!\\)\\[()\[\]]")
_FORMULA = re.compile(
    r"(\$\$|(?<!\\)\$|(?<!\\)\\\(|(?<!\\)\\\[)(.*?)((?<!\\)\$\$|(?<!\\)\$|\\\)|\\\])", re.DOTALL
)


def _only_formula(source: str) -> re.Match[str] | None:
    """The formula of an answer given as a sentence: the last boxed one, or the only one."""
    formulas = list(_FORMULA.finditer(source))
    boxed = [f for f in formulas if "\\boxed" in f[2]]
    if boxed:
        return boxed[-1]
    return formulas[0] if len(formulas) == 1 else None


def _is_plain(tokens: list[Token]) -> bool:
    """Whether nothing needs to be cut: no words, columns, lists of statements."""
    env = 0
    for tok in tokens:
        kind = tok.kind
        if kind not in _PLAIN:
            return False
        if kind == "begin":
            env += 1
        elif kind == "end_env":
            env -= 1
        elif kind in ("&", "\\\\") and env <= 0:
            return False
    return bool(tokens) and tokens[0].kind != "rel" and tokens[-1].kind != "rel"


def _finished(tree: Expr | None) -> Expr | None:
    """`(a, b)` alone may be a pair or an interval."""
    if tree is not None and tree.head == "tuple" and len(tree.args) == 2:
        low, high = tree.args
        numbers = low.head == "number" and high.head == "number"
        if all(a.kind in ("scalar", "integer") for a in tree.args) and not (
            numbers and low.value >= high.value
        ):
            return build.choice("pair-or-interval", tree, build.interval(low, high, "(", ")"))
    return tree


_JOINED = {
    "or": "or",
    "and": "and",
    "comma": "comma",
    "implies": "implies",
    "iff": "iff",
    "therefore": "implies",
}


def _combined(segments: tuple[Segment, ...], source: str) -> Reading:
    segments = tuple(s for s in segments if not s.struck) or segments
    errors = [e for s in segments for e in s.errors]
    remarks = [r for s in segments for r in s.remarks]
    if errors:
        return Reading(None, tuple(errors), tuple(remarks), source)
    read_ones = [s for s in segments if s.tree is not None]
    if not read_ones:
        return _words_only(segments, source, remarks)
    for segment in segments:
        words = " ".join(segment.words)
        changing = next((w for w in segment.words if not says_nothing(w)), None)
        if changing is not None:
            return Reading(None, (_refused(changing, segment, source),), tuple(remarks), source)
        if words:
            remarks.append(Remark("words", f"`{words}` is not part of the formula", segment.offset))
        if segment.trailing is not None:
            error = NotationError(segment.end, "missing-operand", "nothing stands after the relation sign")
            return Reading(None, (error,), tuple(remarks), source)
    try:
        tree = _finished(_fold(read_ones))
    except TooLarge as fault:
        return Reading(None, (too_large(str(fault)),), tuple(remarks), source)
    return Reading(tree, (), tuple(remarks), source)


def _refused(words: str, segment: Segment, source: str) -> NotationError:
    place = source.find(words.split()[0], segment.offset)
    return not_mathematics(words, segment.offset if place < 0 else place).error


def _words_only(segments: tuple[Segment, ...], source: str, remarks: list[Remark]) -> Reading:
    words = [w for s in segments for w in s.words]
    spoken = value_of_phrase(" ".join(words))
    if spoken is not None:
        return Reading(spoken, (), tuple(remarks), source)
    if len(words) == 1:
        return Reading(build.symbol(words[0]), (), tuple(remarks), source)
    error = NotationError(0, "empty", "there is no formula here")
    return Reading(None, (error,), tuple(remarks), source)


def _fold(segments: list[Segment]) -> Expr:
    first = segments[0].tree
    assert first is not None
    tree = first
    for segment in segments[1:]:
        right = segment.tree
        assert right is not None
        tree = _joined(tree, right, segment)
    return tree


_EQUALS = frozenset(["is", "equals"])


def _joined(left: Expr, right: Expr, segment: Segment) -> Expr:
    if segment.leading is not None:
        return _extended(left, right, segment.leading)
    how = segment.connector
    if " ".join(segment.words).lower() in _EQUALS:
        sign, right = ("!=", right.args[0]) if right.head == "not" else ("=", right)
        return _extended(left, right, sign)
    if left.kind != "truth" and right.kind != "truth":
        if how == "column":
            return build.mul(left, right)
        items = left.args if left.head == "tuple" and how in ("comma", "or", "and") else (left,)
        return node("or", (left, right), None, "truth") if how == "or" else build.sequence(*items, right)
    if how in ("implies", "iff", "therefore"):
        return node("iff" if how == "iff" else "implies", (left, right), None, "truth")
    if how == "or" or (how in ("comma", "column", "", "and") and _alternatives(left, right)):
        return _flat("or", left, right)
    return _flat("and", left, right)


def _alternatives(left: Expr, right: Expr) -> bool:
    """`x = 1, x = 2`: solutions of one unknown are alternatives."""
    last = left.args[-1] if left.head == "or" else left
    both = all(t.head == "chain" and t.value == ("=",) for t in (last, right))
    return both and last.args[0] is right.args[0] and last.args[0].head == "symbol"


def _flat(head: str, left: Expr, right: Expr) -> Expr:
    parts = left.args if left.head == head else (left,)
    return node(head, (*parts, right), None, "truth")


def _extended(left: Expr, right: Expr, op: str) -> Expr:
    members = left.args if left.head == "chain" else (left,)
    ops = left.value if left.head == "chain" else ()
    more = right.args if right.head == "chain" else (right,)
    more_ops = right.value if right.head == "chain" else ()
    return build.chain((*members, *more), (*ops, op, *more_ops))
