"""Plain text cut into the same tokens as LaTeX: known words whole, other letters one by one."""

from __future__ import annotations

import re

from grader.expressions.symbols import SymbolTable
from grader.notation import commands as known
from grader.notation.counting import SHORT
from grader.notation.errors import Problem, suggestion, too_large
from grader.notation.numerals import REPEATING, repeating
from grader.notation.parser import CONNECTORS
from grader.notation.phrases import is_unit_word
from grader.notation.sayings import SIGNS, SPOKEN, SPOKEN_FIRST
from grader.notation.text_slopes import BEGIN, slope_at
from grader.notation.text_words import NEEDS_BRACKET, STOPWORDS, WORDS
from grader.notation.tokens import (
    ACCENTED,
    CHARACTERS,
    GREEK_NAMES,
    MAX_DIGITS,
    MAX_SOURCE,
    MAX_TOKENS,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    VULGAR,
    Lexed,
    Token,
    after_zero,
    put_vulgar,
    script,
    separates_list,
)
from grader.records import NotationError, Remark

_SCRIPTS = "".join([*SUPERSCRIPTS, *SUBSCRIPTS])
_PIECE = re.compile(
    rf"(?P<newline>[ \t]*\n\s*)|(?P<ws>\s+)|(?P<num>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)"
    rf"|(?P<word>[A-Za-z]+)|(?P<quoted>\x22[A-Za-z][^\x22\n]*\x22)|(?P<prime>['′’]+)|(?P<script>[{_SCRIPTS}]+)"
    rf"|(?P<pair>:=|==|<=>|<=|>=|!=|=/=|=>|\*\*|\|\||->"
    rf"|-->|~=|\.\.\.|//|\+/?-)|(?P<any>[\s\S])"
)
_PROPER = re.compile(r" (\d{1,4})/(\d{1,4})(?![\w(.])")
_BLANK_GROUPS = re.compile(r"(?: \d{3})+(?:\.\d+)?(?!\d|[.,]\d|\s*/)")
_COMMA_GROUPS = re.compile(r"(?:,\d{3})+(?![\d])(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r",(\d+)")
_PAIRS = {
    ":=": ("rel", "="), "==": ("rel", "="), "<=": ("rel", "<="), ">=": ("rel", ">="), "!=": ("rel", "!="),
    "=/=": ("rel", "!="), "=>": ("logic", "implies"), "<=>": ("logic", "iff"), "**": ("^", "^"),
    "->": ("rel", "to"),
    "-->": ("rel", "to"), "~=": ("rel", "approx"), "...": ("dots", "…"), "+-": ("pm", "+-"),
    "+/-": ("pm", "+-"),
}  # fmt: skip
_BASED_LOG = re.compile(r"log(10|2)(?=\s*\(|\s+[a-zA-Z])")
_LONGEST_NAME = 40  # a longer run of letters is no name that anybody declared
_ACCENTED = re.compile(r"([A-Za-z])(hat|bar|tilde|vec)")  # yhat
_ANGLE = re.compile(r"<[^<>=]{1,80},[^<>=]{1,80}>")  # <w, phi(x)>
_SET = re.compile(r"\s*[{\[(]")
_COUNTS = "0123456789nmN"
_LABEL = re.compile(r"\d{1,3}(?![\w.(])")
_AFTER_MARK = re.compile(r"\s*(?:[.·•)\]=,>^ᵀ⊤]|$)")  # what may follow the star of w*
_PREFIXED = ("ln", "log", "sin", "cos", "tan", "exp", "sqrt")  # run together with what follows: sinx
_OPERANDS = frozenset(["num", "name", "word", ")", "]", "}", "|", "!", "'"])
_AWAITING = frozenset(["+", "-", "*", "cdot", "times", "/", "rel", "^", "(", "[", "|"])
_POWER = re.compile(r"[\^²³⁴⁵⁶⁷⁸⁹']|\*\*")
_BINARY = re.compile(r"\s*(?:[+*/·×=<>≤≥)\]]|-\s|$)")


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


class _Reader:
    __slots__ = ("at", "closers", "gap", "out", "rows", "source", "table")

    def __init__(self, source: str, table: SymbolTable, rows: bool) -> None:
        self.source = source
        self.table = table
        self.rows = rows
        self.at = 0
        self.gap = False
        self.closers: set[int] = set()
        self.out = Lexed()

    def put(self, kind: str, text: str, start: int, end: int | None = None) -> None:
        self.out.tokens.append(Token(kind, text, start, self.at if end is None else end, self.gap))
        self.gap = False

    def run(self) -> None:
        source, tokens = self.source, self.out.tokens
        while self.at < len(source):
            start = self.at
            if source[start] in BEGIN and self._derivative(start):
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

    def _counted(self, start: int) -> bool:
        """`5C2`, `nCr`: one token, where C is no declared name and nothing touches it before."""
        found = SHORT.match(self.source, start)
        before = self.source[start - 1 : start]
        if found is None or before.isalnum() or before in ("_", ".", "^") or self._declared(found[3]):
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
            self._number(text, start)
        elif kind == "word":
            self._word(text, start)
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

    def _number(self, text: str, start: int) -> None:
        source = self.source
        if self._repeating(start) or self._mixed(text, start):
            return
        spaced = _BLANK_GROUPS.match(source, self.at) if text.isdigit() and len(text) < 4 else None
        if spaced is not None and text[0] != "0":
            text, self.at = text + spaced.group().replace(" ", ""), spaced.end()
        elif source.startswith(",", self.at) and text.isdigit():
            comma = self.table.decimal_comma or (text == "0" and after_zero(source, self.at, self.out.tokens))
            decimal = _DECIMAL_COMMA.match(source, self.at) if comma else None
            groups = _COMMA_GROUPS.match(source, self.at) if decimal is None else None
            if decimal is not None:
                text, self.at = f"{text}.{decimal.group(1)}", decimal.end()
            elif groups and len(text) < 4 and text[0] != "0":
                closes = source[groups.end() : groups.end() + 1] in (")", "]", "}")
                if not separates_list(self.out.tokens, closes):
                    text, self.at = (text + groups.group()).replace(",", ""), groups.end()
        if len(text) > MAX_DIGITS:
            raise Problem(start, "too-large", "this number has too many digits to be read")
        self.put("num", text, start)

    def _repeating(self, start: int) -> bool:
        """`0.(3)`, `0.333...`: a decimal without end, as a quotient."""
        found = REPEATING.match(self.source, start)
        if found is None:
            return False
        self.at = found.end()
        for kind, text in repeating(found):
            self.put(kind, text, start)
        return True

    def _mixed(self, whole: str, start: int) -> bool:
        """`1 1/2`: a whole number, a blank, and a proper fraction."""
        found = _PROPER.match(self.source, self.at) if whole.isdigit() else None
        raised = bool(self.out.tokens) and self.out.tokens[-1].kind in ("^", "_", ".")
        if found is None or raised or not 0 < int(found[1]) < int(found[2]):
            return False
        self.at = found.end()
        sum_of = (("num", whole), ("+", "+"), ("num", found[1]), ("/", "/"), ("num", found[2]))
        for kind, text in (("(", "("), *sum_of, (")", ")")):
            self.put(kind, text, start)
        self.out.remarks.append(Remark("mixed-number", "read as a mixed number", start))
        return True

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
        elif "①" <= text <= "⓿":
            self.gap = True
        elif text == "\\" and _SET.match(self.source, self.at):
            self.put("setop", "difference", start)
        elif text in VULGAR:
            put_vulgar(self.out, text, start)
        elif text in ACCENTED:
            self._accented(*ACCENTED[text], start)
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

    def _accented(self, accent: str, letter: str, start: int) -> None:
        """ŷ and yhat as \\hat{y}."""
        for kind, text in (("accent", accent), ("{", "{"), ("name", letter), ("}", "}")):
            self.put(kind, text, start)

    # -- words --------------------------------------------------------------------------------------

    def _word(self, word: str, start: int) -> None:
        tokens = self.out.tokens
        based = _BASED_LOG.match(self.source, start) if word == "log" else None
        if based is not None:  # log10(x), log2 x: the digits are the base
            self.at = based.end()
            self.put("fn", "lg" if based[1] == "10" else "lb", start)
            return
        if tokens and (
            tokens[-1].kind == "_" or (len(tokens) > 1 and tokens[-1].kind == "{" and tokens[-2].kind == "_")
        ):
            tail = re.compile(r"\w*").match(self.source, self.at)
            assert tail is not None
            self.at = tail.end()
            label = word + tail.group()
            self.put("name" if len(label) == 1 or label in GREEK_NAMES else "word", label, start)
            return
        if self._spoken(word, start) or self._unit(word, start) or self._whole(word, start):
            return
        if not self._pieces(word, start):
            self._unknown(word, start)

    def _declared(self, word: str) -> bool:
        if word in self.table.by_spelling:
            return True
        return len(word) > 2 and any(
            w in self.table.by_spelling for w in (word.lower(), word.capitalize(), word.upper())
        )

    def _unit(self, word: str, start: int) -> bool:
        """`5 km`: a unit behind a number, where its letters are no factors that anybody would write."""
        behind = bool(self.out.tokens) and self.out.tokens[-1].kind == "num" and self.gap
        if (
            not behind
            or not is_unit_word(word)
            or self._declared(word)
            or self.source.startswith("(", self.at)
        ):
            return False
        self.put("word", word, start)
        return True

    def _spoken(self, word: str, start: int) -> bool:
        """`x is at least 3`, `x divided by 2`: a sign in words, behind an operand."""
        behind = self.out.tokens and self.out.tokens[-1].kind in _OPERANDS
        found = SPOKEN.match(self.source, start) if word in SPOKEN_FIRST and behind else None
        if found is None or self._declared(word):
            return False
        self.at = found.end()
        self.put(*SIGNS[" ".join(found.group().split())], start)
        return True

    def _whole(self, word: str, start: int) -> bool:
        if WORDS.get(word, ("", ""))[0] == "nabla":
            self.put("nabla", "nabla", start)
            return True
        applied = word in known.MOMENTS and self.source[self.at : self.at + 1] in ("(", "[")
        if len(word) == 1 or applied or self._declared(word):
            self.put("name", word, start)
            self._number_label(word)
            return True
        accented = _ACCENTED.fullmatch(word)
        if accented is not None:
            self._accented(accented[2], accented[1], start)
            return True
        entry = self._keyword(word)
        if entry is not None:
            self.put(*entry, start)
            return True
        joins = word.lower() in CONNECTORS or word.lower() in ("or", "and")
        if joins and not self._beside_signs(word, start):
            self.put("word", word.lower(), start)
            return True
        return False

    def _beside_signs(self, word: str, start: int) -> bool:
        """Whether a short word stands where letters multiply (`2at`, `at + b`, `v = u + at`), not prose."""
        if len(word) > 3:
            return False
        end = start + len(word)
        tokens = self.out.tokens
        before = tokens[-1].kind if tokens else ""
        touches = self.source[start - 1 : start].strip() != "" and before in _OPERANDS
        if touches or before in _AWAITING or _POWER.match(self.source, end):
            return True
        return before not in _OPERANDS and _BINARY.match(self.source, end) is not None

    def _number_label(self, word: str) -> None:
        """The digits of x1, w2: a label, where no letter follows (2x2y is a product)."""
        found = _LABEL.match(self.source, self.at)
        cross = word == "x" and found is not None and found.group() == "10" and self._raised(found.end())
        if len(word) == 1 and found is not None and word not in ("e", "i") and not cross:
            start, self.at = self.at, found.end()
            self.put("_", "_", start, start)
            self.put("num", found.group(), start)

    def _raised(self, at: int) -> bool:
        """Whether a power of ten is written here, behind a number: `3x10^4`."""
        behind = len(self.out.tokens) > 1 and self.out.tokens[-2].kind == "num"
        return behind and self.source.startswith(("^", "**"), at)

    def _keyword(self, word: str) -> tuple[str, str] | None:
        bracket = self.source[self.at :].lstrip()[:1] == "("
        if word == "int" and bracket and self._has_comma():
            return ("binder", "integral")
        if bracket and word in ("gamma", "Gamma"):
            return ("fn", "gamma")
        if word == "choose" and self.out.tokens and self.out.tokens[-1].kind in _OPERANDS:
            return ("choose", "choose")
        if word == "mod" and bracket and (not self.out.tokens or self.out.tokens[-1].kind not in _OPERANDS):
            return ("fn", "mod")
        if word == "dot" and bracket and not self._has_comma():
            return ("accent", "dot")
        if word == "inf" and (bracket or self.source.startswith("_", self.at)):
            return ("opt", "inf")
        entry = WORDS.get(word)
        if entry is None or (
            word in NEEDS_BRACKET and word not in GREEK_NAMES and not bracket and word != "sum"
        ):
            return None
        if entry[0] == "binder" and not bracket:
            return {"sum": ("sum", "sum"), "prod": ("sum", "product"), "lim": ("lim", "lim")}.get(word)
        return entry

    def _has_comma(self) -> bool:
        depth = 0
        for letter in self.source[self.at :]:
            if letter in "([{":
                depth += 1
            elif letter in ")]}":
                depth -= 1
                if depth == 0:
                    return False
            elif letter == "," and depth == 1:
                return True
        return False

    def _pieces(self, word: str, start: int) -> bool:
        """A run of letters cut into known names and single letters: xy, 2pir, xsin(x)."""
        cuts: list[str] = []
        at = 0
        while at < len(word):
            for end in range(min(len(word), at + _LONGEST_NAME), at + 1, -1):
                part = word[at:end]
                usable = self._declared(part) or part in GREEK_NAMES
                usable = usable or (part in WORDS and end == len(word) and end - at > 2)
                usable = usable or (part in _PREFIXED and 0 < len(word) - end < 3)
                if usable and part.lower() not in CONNECTORS:
                    break
            else:
                end = at + 1
            cuts.append(word[at:end])
            at = end
        singles = [c for c in cuts if len(c) == 1]
        all_declared = all(c in self.table.by_spelling for c in singles)
        known_part = len(singles) < len(cuts) and len(singles) <= 2
        if (
            not all_declared
            and not known_part
            and (len(word) > 3 or (word.lower() in STOPWORDS and not self._beside_signs(word, start)))
        ):
            return False
        stop = self.at
        for cut in cuts:
            self.at = start + len(cut)
            if len(cut) == 1 or self._declared(cut) or not self._whole(cut, start):
                self.put("name", cut, start)
            start += len(cut)
        self.at = stop
        return True

    def _unknown(self, word: str, start: int) -> None:
        names = {name for name in self.table.by_spelling if name.isalpha() and len(name) > 1}
        hint = (
            suggestion(word[:_LONGEST_NAME], [*WORDS, *names])
            or "write `*` between letters that are multiplied"
        )
        self.out.errors.append(NotationError(start, "unknown-word", f"`{word}` is not a known name", hint))
        self.put("bad", word, start)

    def _derivative(self, start: int) -> bool:
        declared = "d" in self.table.by_spelling
        slope = slope_at(self.source, start, declared, lambda part: lex_text(part, self.table).tokens)
        if slope is None:
            return False
        self.out.tokens.extend(slope.tokens)
        self.at = slope.end
        return True
