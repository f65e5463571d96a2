"""`read`: one formula in, one tree out, and what was wrong with it as values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from grader.expressions import build
from grader.expressions.nodes import Expr, TooLarge, node
from grader.expressions.symbols import SymbolTable
from grader.notation.errors import not_mathematics, too_large
from grader.notation.phrases import says_nothing
from grader.notation.reader_core import is_latex, lex, parse
from grader.notation.rows import Segment, read_rows
from grader.notation.sayings import value_of_phrase
from grader.notation.tokens import MAX_SOURCE, Token
from grader.notation.wrappers import Inner, unwrapped, without_announcement
from grader.records import NotationError, Remark, Syntax


@dataclass(frozen=True, slots=True)
class Reading:
    """A formula, read: the tree (None if it could not be), errors, remarks, the source as given."""

    tree: Expr | None
    errors: tuple[NotationError, ...] = ()
    remarks: tuple[Remark, ...] = ()
    source: str = ""


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
    spoken = value_of_phrase(source, table) if source[-1:].isalpha() or source[-1:] == "." else None
    if spoken is not None:
        return Reading(spoken, (), (), source)
    latex = is_latex(source, syntax)
    inner, shift, only_latex = unwrapped(source) if "$" in source or "\\" in source else Inner(source)
    inner = without_announcement(inner)
    latex = latex or only_latex
    lexed = lex(inner, table, latex, macros or {}, rows=False)
    if not lexed.errors and _is_plain(lexed.tokens):
        tokens = lexed.tokens
        tokens.append(Token("end", "", len(source), len(source)))
        tree, errors, remarks = parse(tokens, table, latex)
        return Reading(_finished(tree, source), tuple(errors), (*lexed.remarks, *remarks), source)
    reading = _combined(read_rows(inner, table, "latex" if latex else "text", macros), source)
    return _shifted(reading, shift) if shift else reading


def _shifted(reading: Reading, shift: int) -> Reading:
    """Offsets in the source instead of in what was read."""
    errors = tuple(replace(e, offset=max(e.offset - shift, 0)) for e in reading.errors)
    remarks = tuple(replace(r, offset=max(r.offset - shift, 0)) for r in reading.remarks)
    return replace(reading, errors=errors, remarks=remarks)


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


def _finished(tree: Expr | None, source: str, joined: bool = False) -> Expr | None:
    """`(a, b)` may be a pair or an interval, `1, 2, 3` a list or a set; `1 and 2` is a set first."""
    if tree is not None and tree.head == "tuple" and not _bracketed(source):
        readings = (tree, build.finite_set(*tree.args))
        return build.choice("list-or-set", *(reversed(readings) if joined else readings))
    if tree is not None and tree.head == "tuple" and len(tree.args) == 2:
        low, high = tree.args
        numbers = low.head == "number" and high.head == "number"
        if all(a.kind in ("scalar", "integer") for a in tree.args) and not (
            numbers and low.value >= high.value
        ):
            return build.choice("pair-or-interval", tree, build.interval(low, high, "(", ")"))
    return tree


_EDGES = re.compile(r"\\left|\\right|\\[bB]igg?[lr]?|[$\s.]")


def _bracketed(source: str) -> bool:
    """Whether one round or angle bracket holds the whole of it."""
    plain = _EDGES.sub("", source).replace("\\langle", "<").replace("\\rangle", ">")
    depth = 0
    for place, letter in enumerate(plain):
        depth += (letter in "([<{") - (letter in ")]>}")
        if depth <= 0 and place < len(plain) - 1:
            return False
    return plain[:1] in ("(", "[", "<")


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
        tree = _finished(_fold(read_ones), source, any(s.connector == "and" for s in read_ones))
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
        goes_on = left.head == "tuple" and (right.head != "tuple" or left.args[0].head == "tuple")
        items = left.args if goes_on and how in ("comma", "or", "and") else (left,)
        return node("or", (left, right), None, "truth") if how == "or" else build.sequence(*items, right)
    if how in ("and", "or", "comma") and _goes_on(left, right):
        return build.chain((*left.args[:-1], build.sequence(left.args[-1], right)), left.value)
    if how in ("implies", "iff", "therefore"):
        return node("iff" if how == "iff" else "implies", (left, right), None, "truth")
    if how == "or" or (how in ("comma", "column", "", "and") and _alternatives(left, right)):
        return _flat("or", left, right)
    return _flat("and", left, right)


def _goes_on(left: Expr, right: Expr) -> bool:
    """`(x, y) = (5, 8) and (8, 5)`: a further value of what the equation names, of the same shape."""
    if left.head != "chain" or set(left.value) != {"="} or right.kind == "truth":
        return False
    named, last = left.args[0], left.args[-1]
    pairs = named.head == last.head == right.head == "tuple" and len(named.args) == len(right.args)
    return pairs or (named.head == "symbol" and last.kind == right.kind == "scalar" and last.head != "tuple")


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
