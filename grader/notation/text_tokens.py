"""Plain text cut into the same tokens as LaTeX: known words whole, other letters one by one."""

from __future__ import annotations

import re

from grader.expressions.symbols import SymbolTable
from grader.notation.counting import SHORT
from grader.notation.errors import Problem, too_large
from grader.notation.marks import MARKS, ONE_CHARACTER, SOLIDUS, mark_last
from grader.notation.text_names import word
from grader.notation.text_numbers import number
from grader.notation.text_ranges import BEGIN as RANGES
from grader.notation.text_ranges import ranged_at
from grader.notation.text_reader import TextReader
from grader.notation.text_slopes import BEGIN, slope_at
from grader.notation.tokens import (
    CHARACTERS,
    CURRENCY,
    MAX_SOURCE,
    MAX_TOKENS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    VULGAR,
    Lexed,
    put_vulgar,
    script,
)
from grader.records import Remark

_SCRIPTS = "".join([*SUPERSCRIPTS, *SUBSCRIPTS])
_PIECE = re.compile(
    rf"(?P<newline>[ \t]*\n\s*)|(?P<ws>\s+)|(?P<num>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)"
    rf"|(?P<word>[A-Za-z]+)|(?P<quoted>\x22[A-Za-z][^\x22\n]*\x22)|(?P<prime>['′’]+)|(?P<script>[{_SCRIPTS}]+)"
    rf"|(?P<pair>:=|=:|==|<=>|<=|>=|!=|<>|=/=|=>|\*\*|\|->|\|\||->"
    rf"|-->|~=|\.\.\.|//|\+/?-)|(?P<any>[\s\S])"
)
_PAIRS = {
    ":=": ("rel", "="), "=:": ("rel", "="),
    "==": ("rel", "="), "<=": ("rel", "<="), ">=": ("rel", ">="), "!=": ("rel", "!="),
    "<>": ("rel", "!="), "=/=": ("rel", "!="), "=>": ("logic", "implies"), "<=>": ("logic", "iff"),
    "**": ("^", "^"),
    "|->": ("mapsto", "↦"), "->": ("rel", "to"),
    "-->": ("rel", "to"), "~=": ("rel", "approx"), "...": ("dots", "…"), "+-": ("pm", "+-"),
    "+/-": ("pm", "+-"),
}  # fmt: skip
_ANGLE = re.compile(r"<[^<>=]{1,80},[^<>=]{1,80}>")  # <w, phi(x)>
_SET = re.compile(r"\s*[{\[(]")
_COUNTS = "0123456789nmN"
_AFTER_MARK = re.compile(r"\s*(?:[.·•)\]=,>^ᵀ⊤]|$)")  # what may follow the star of w*
_OPERANDS = frozenset(["num", "name", "word", ")", "]", "}", "|", "!", "'"])


def lex_text(source: str, table: SymbolTable, rows: bool = False) -> Lexed:
    """The tokens of a formula in plain text; with `rows`, a new line is a token."""
    if len(source) > MAX_SOURCE:
        return Lexed(errors=[too_large(f"{len(source)} characters")])
    reader = _Reader(source, table, rows)
    try:
        reader.run()
    except Problem as problem:
        reader.out.errors.append(problem.error)
    return reader.out


class _Reader(TextReader):
    __slots__ = ()

    def run(self) -> None:
        source, tokens = self.source, self.out.tokens
        while self.at < len(source):
            start = self.at
            if source[start] in BEGIN and self._derivative(start):
                continue
            if source[start] in RANGES and self._ranged(start):
                continue
            if source[start] in _COUNTS and self._counted(start):
                continue
            found = _PIECE.match(source, start)
            assert found is not None
            self.at = found.end()
            self._piece(found.lastgroup or "any", found.group(), start)
            if len(tokens) > MAX_TOKENS:
                raise Problem(
                    start, "too-large", "this formula has too many parts to be read", "split it into parts"
                )

    def _ranged(self, start: int) -> bool:
        """`lim x->0`, `sum k=1 to n of`: an operator with its bounds."""
        ranged = ranged_at(self.source, start, lambda part: lex_text(part, self.table).tokens)
        if ranged is None or self.declared(self.source[start : ranged.tokens[0].end]):
            return False
        ranged.tokens[0].gap = int(self.gap)
        self.gap = False
        self.out.tokens.extend(ranged.tokens)
        self.at = ranged.end
        return True

    def _counted(self, start: int) -> bool:
        """`5C2`, `nCr`: one token, where C is no declared name and nothing touches it before."""
        found = SHORT.match(self.source, start)
        before = self.source[start - 1 : start]
        if found is None or before.isalnum() or before in ("_", ".", "^") or self.declared(found[3]):
            return False
        self.at = found.end()
        self.put("counted", found.group(), start)
        return True

    def _piece(self, kind: str, text: str, start: int) -> None:
        if kind == "ws" or (kind == "newline" and not self.rows):
            self.gap = True
        elif kind == "newline":
            self.put("\\\\", "", start)
        elif kind == "num":
            number(self, text, start)
        elif kind == "word":
            word(self, text, start)
        elif kind == "quoted":
            self.put("word", text.strip('"'), start)
        elif kind == "prime":
            self.put("'", "'" * len(text), start)
        elif kind == "script":
            self._script(text, start)
        elif kind == "pair":
            self._pair(text, start)
        else:
            self._any(text, start)

    def _script(self, text: str, start: int) -> None:
        run = ""
        for letter in [*text, ""]:
            if run and (not letter or (letter in SUPERSCRIPTS) != (run[0] in SUPERSCRIPTS)):
                self.out.tokens.extend(script(run, start))
                run = ""
            run += letter

    def _pair(self, text: str, start: int) -> None:
        if text == "||":
            self.put("|", "", start, start + 1)
            self.put("|", "", start + 1, start + 2)
        elif text == "//":
            raise Problem(start, "missing-operand", "nothing stands between the two `/`")
        elif (
            text == "+-"
            and self.at < len(self.source)
            and self.out.tokens
            and not self.source.startswith("+-", start - 2)
        ):
            self.put(*_PAIRS[text], start)
        else:
            self.put(*_PAIRS[text], start)

    def _any(self, text: str, start: int) -> None:
        entry = CHARACTERS.get(text)
        if text == "*" and self._is_mark(start):
            self.put("^", "^", start, start)
            self.put("*", "*", start)
        elif text == "<" and self._opens_angle(start):
            self.put("langle", "⟨", start)
        elif text == "⊤":
            self.put("^", "^", start, start)
            self.put("name", "top", start)
        elif text == ">" and start in self.closers:
            self.put("rangle", "⟩", start)
        elif entry is not None:
            self.put(*entry, start)
        elif text == "?":
            self.put("bad", text, start)
        elif text == "~":
            self.put("rel", "sim", start)
        elif text in CURRENCY:
            self.out.remarks.append(Remark("unit", f"the currency sign `{text}` is left out", start))
        elif "①" <= text <= "⓿":
            self.gap = True
        elif text == "\\" and _SET.match(self.source, self.at):
            self.put("setop", "difference", start)
        elif text in VULGAR:
            put_vulgar(self.out, text, start)
        elif text in ONE_CHARACTER:
            self.accented(*ONE_CHARACTER[text], start)
        elif text in MARKS or text == SOLIDUS:
            mark_last(self.out.tokens, text, start)
        elif text.isalpha():
            self.put("name", text, start)
        else:
            raise Problem(start, "unknown-character", f"`{text}` cannot be read in a formula")

    def _is_mark(self, start: int) -> bool:
        """Whether the star of `w* . phi(x)` belongs to the name before it."""
        last = self.out.tokens[-1] if self.out.tokens else None
        beside = last is not None and last.kind == "name" and last.end == start
        return beside and bool(_AFTER_MARK.match(self.source, self.at))

    def _opens_angle(self, start: int) -> bool:
        """Whether `<` opens a scalar product: a comma before the `>`, and no operand before it.

        Or one that stands apart while the first factor does not: `y <w, phi(x)>`.
        """
        last = self.out.tokens[-1] if self.out.tokens else None
        found = _ANGLE.match(self.source, start)
        apart = self.gap and self.source[start + 1 : start + 2].isalpha()
        if found is None or (last is not None and last.kind in _OPERANDS and not apart):
            return False
        self.closers.add(found.end() - 1)
        return True

    def _derivative(self, start: int) -> bool:
        declared = "d" in self.table.by_spelling
        slope = slope_at(self.source, start, declared, lambda part: lex_text(part, self.table).tokens)
        if slope is None:
            return False
        self.out.tokens.extend(slope.tokens)
        self.at = slope.end
        return True
