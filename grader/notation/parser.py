"""The core of the reader: a Pratt parser over tokens, with sums, products and chains kept n-ary.

The families of notation (fractions, calculus, brackets ...) add handlers to two tables: `PREFIX`, by the
token that begins an operand, and `INFIX`, by the token that follows one.

V. Pratt, "Top down operator precedence" (1973).
"""

from __future__ import annotations

from collections.abc import Callable

from grader.expressions.nodes import Expr
from grader.expressions.symbols import Symbol, SymbolTable
from grader.notation.errors import Problem
from grader.notation.tokens import CLOSERS, Token
from grader.records import Remark

MAX_NESTING = 100

# How tightly operators bind; an operand read with `expr(bp)` takes everything that binds tighter.
LOGIC, RELATION, SETS, SUM, PRODUCT, FACTOR, POWER, POSTFIX = 2, 10, 14, 20, 30, 40, 50, 60

Prefix = Callable[["Parser", Token], Expr]
Infix = Callable[["Parser", Expr, Token], "Expr | None"]

PREFIX: dict[str, Prefix] = {}
INFIX: dict[str, tuple[int, Infix]] = {}
# What makes one thing of the whole group before it and the whole of it behind: `{a \\over b}`.
GROUP: dict[str, Callable[[Parser, Expr], Expr]] = {}
# Tokens that begin an operand even directly after another one (an implicit product).
STARTERS = frozenset(
    [
        "num",
        "name",
        "word",
        "fn",
        "operator",
        "opt",
        "accent",
        "diff",
        "(",
        "[",
        "{",
        "lset",
        "langle",
        "lfloor",
        "lceil",
        "const",
        "frac",
        "sqrt",
        "binom",
        "int",
        "sum",
        "lim",
        "nabla",
        "left.",
        "begin",
        "|",
        "||",
        "dots",
        "binder",
        "counted",
        "rows",
    ]
)


class Parser:
    """Reads one list of tokens (the last of kind `end`) against a symbol table."""

    __slots__ = (
        "bare", "bars", "bound", "calls", "depth", "differential", "integrals", "latex", "memo", "mid", "pos",
        "remarks", "table", "tok", "toks",
    )  # fmt: skip

    def __init__(self, toks: list[Token], table: SymbolTable, latex: bool = True) -> None:
        self.toks = toks
        self.pos = 0
        self.tok = toks[0]
        self.table = table
        self.latex = latex
        self.depth = 0
        self.calls = False  # an undeclared name before a bracket is a function here: dy(x)/dx
        self.bars = 0  # open `|` in the bracket that is being read
        self.mid = False  # a `|` separates a set from its condition here
        self.bound: list[str] = []  # names bound by sums and integrals around this place
        self.integrals = 0
        self.differential: Expr | None = None
        self.bare: set[str] = set()  # declared functions that were written without an argument
        self.remarks: list[Remark] = []
        self.memo: dict[str, tuple[Expr, Symbol | None]] = {}

    # -- moving about -------------------------------------------------------------------------------

    def advance(self) -> Token:
        tok = self.tok
        if tok.kind != "end":
            self.pos += 1
            self.tok = self.toks[self.pos]
        return tok

    def seek(self, pos: int) -> None:
        self.pos = pos
        self.tok = self.toks[pos]

    def peek(self, ahead: int = 1) -> Token:
        place = self.pos + ahead
        return self.toks[place] if place < len(self.toks) else self.toks[-1]

    def accept(self, kind: str) -> Token | None:
        return self.advance() if self.tok.kind == kind else None

    def expect(self, kind: str, opener: Token) -> Token:
        """The token that closes `opener`; anything else is an error at the right place."""
        if self.tok.kind == kind:
            return self.advance()
        if self.tok.kind == "end":
            raise Problem(
                opener.start,
                "unclosed",
                f"a `{shown(opener)}` opened here is never closed",
                f"add a `{_SHOWN.get(kind, kind)}`",
            )
        raise unexpected(self.tok)

    def group_end(self, pos: int) -> int:
        """The position after the argument that starts at `pos`: a brace group, or one token."""
        toks = self.toks
        if toks[pos].kind != "{":
            return min(pos + 1, len(toks) - 1)
        depth = 0
        for place in range(pos, len(toks)):
            kind = toks[place].kind
            if kind == "{":
                depth += 1
            elif kind == "}":
                depth -= 1
                if depth == 0:
                    return place + 1
        raise Problem(toks[pos].start, "unclosed", "a `{` opened here is never closed", "add a `}`")

    def remark(self, name: str, message: str, offset: int) -> None:
        self.remarks.append(Remark(name, message, offset))

    # -- expressions --------------------------------------------------------------------------------

    def expr(self, limit: int = 0) -> Expr:
        """An expression of everything that binds tighter than `limit`."""
        tok = self.tok
        handler = PREFIX.get(tok.kind)
        if handler is None:
            raise missing(self, tok)
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise Problem(tok.start, "too-large", "this formula is nested too deeply to be read")
        self.advance()
        left = handler(self, tok)
        while True:
            tok = self.tok
            before = self.pos
            entry = INFIX.get(tok.kind)
            if entry is not None:
                if entry[0] <= limit:
                    break
                out = entry[1](self, left, tok)
                if out is None:
                    if limit < PRODUCT and self.starts():
                        left = INFIX["cdot"][1](self, left, tok) or left
                        continue
                    break
                left = out
            elif limit < PRODUCT and self.starts():
                left = INFIX["cdot"][1](self, left, tok) or left
            else:
                break
            if self.pos == before:
                raise unexpected(tok)  # every turn consumes something
        self.depth -= 1
        return left

    def starts(self) -> bool:
        """Whether an operand begins here (and so multiplies what stands before it)."""
        tok = self.tok
        kind = tok.kind
        if kind not in STARTERS:
            return kind == "partial" and self.peek().kind == "_"
        if kind == "|" or kind == "||":
            if tok.text == "r" or (self.mid and self.bars == 0):
                return False
            return tok.text == "l" or (self.bars == 0 and self.peek().kind not in ("_", "end"))
        if self.integrals and self.differential is not None and tok.text == "d" and kind in ("name", "diff"):
            return False
        return not (kind == "word" and tok.text.lower() in CONNECTORS)

    def argument(self, owner: Token, whole: bool = False) -> Expr:
        """The argument of a command: a brace group, or the one token that follows.

        With `whole`, a name takes its subscript along, as in a sloppy `\\sqrt x_1`.
        """
        tok = self.tok
        if tok.kind == "{":
            return self.braced()
        if tok.kind == "end" or tok.kind in CLOSERS or tok.kind not in PREFIX:
            raise Problem(
                owner.start, "missing-argument", f"`{shown(owner)}` has no argument", "write it in braces"
            )
        self.advance()
        return PREFIX["plain" if tok.kind == "name" and not whole else tok.kind](self, tok)

    def braced(self) -> Expr:
        """The inside of `{...}` as one expression."""
        opener = self.advance()
        if self.tok.kind == "}":
            raise Problem(opener.start, "empty-group", "nothing stands between `{` and `}`")
        state = self.enter()
        inside = self.group()
        self.leave(state)
        self.expect("}", opener)
        return inside

    def group(self) -> Expr:
        """All that a group holds: an expression, or two that stand over each other."""
        inside = self.expr()
        stack = GROUP.get(self.tok.kind)
        return inside if stack is None else stack(self, inside)

    def enter(self) -> tuple[int, bool, int]:
        """A bracket opens: bars inside it are its own, and so are sums after a differential."""
        state = (self.bars, self.mid, self.integrals)
        self.bars, self.mid = 0, False
        if self.differential is not None:
            self.integrals = 0
        return state

    def leave(self, state: tuple[int, bool, int]) -> None:
        self.bars, self.mid, self.integrals = state


CONNECTORS = frozenset(
    [
        "or",
        "and",
        "so",
        "then",
        "where",
        "for",
        "if",
        "when",
        "with",
        "since",
        "because",
        "hence",
        "thus",
        "therefore",
        "but",
        "otherwise",
        "while",
        "let",
        "given",
        "that",
        "as",
        "on",
        "at",
        "implies",
        "iff",
        "whenever",
        "unless",
        "is",
        "are",
        "in",
    ]
)
_SHOWN = {
    "lset": "\\{", "rset": "\\}", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉",
    "frac": "\\frac", "sqrt": "\\sqrt", "binom": "\\binom", "int": "\\int", "lim": "\\lim", "nabla": "∇",
    "begin": "\\begin",
    "left.": "\\left.", "right.": "\\right.", "cdot": "·", "times": "×", "'": "'", "partial": "∂",
    "quad": "\\quad",
    "cancel": "\\cancel", "boxed": "\\boxed", "mid": "\\mid", "dots": "…", "forall": "∀", "exists": "∃",
}  # fmt: skip


def shown(tok: Token) -> str:
    """The token as a person would name it."""
    if tok.kind in ("fn", "opt", "accent", "sum", "rel", "logic", "setop"):
        return ("\\" + tok.text) if tok.text.isalpha() else tok.text
    if tok.kind in _SHOWN:
        return _SHOWN[tok.kind]
    return tok.text or tok.kind


def unexpected(tok: Token) -> Problem:
    """A token that cannot stand where it stands."""
    if tok.kind == "end":
        return Problem(tok.start, "incomplete", "the formula ends too early")
    if tok.kind == "bad":
        return bad(tok)
    if tok.kind in CLOSERS:
        return Problem(
            tok.start, "unopened", f"the `{shown(tok)}` here closes nothing", "remove it, or open it before"
        )
    if tok.kind == "num":
        return Problem(
            tok.start, "adjacent-numbers", "two numbers stand side by side", "write the operator between them"
        )
    return Problem(tok.start, "unexpected", f"`{shown(tok)}` cannot stand here")


def bad(tok: Token) -> Problem:
    """A token that stands for something unreadable."""
    return Problem(tok.start, "unreadable", f"`{tok.text}` cannot be read", "write out what it stands for")


def missing(p: Parser, tok: Token) -> Problem:
    """An operand was expected where `tok` stands."""
    if tok.kind == "bad":
        return bad(tok)
    before = p.toks[p.pos - 1] if p.pos else None
    if before is not None and tok.kind in ("end", *CLOSERS, ",", ";", "rel", "&", "\\\\"):
        return Problem(before.start, "missing-operand", f"nothing stands after `{shown(before)}`")
    if tok.kind in CLOSERS:
        return unexpected(tok)
    if tok.kind == "end":
        return Problem(tok.start, "empty", "there is no formula here")
    return Problem(tok.start, "missing-operand", f"nothing stands before `{shown(tok)}`")
