"""LaTeX formulas of the variants as ASCII or Unicode text. Reads only the LaTeX that the variants use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from bench.agreement.spelling import PLACEHOLDER

_TOKEN = re.compile(rf"{PLACEHOLDER.pattern}|@@u|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\s+|.")
_NAMES = {  # command: ascii, unicode
    "sigma": ("sigma", "σ"), "phi": ("phi", "φ"), "delta": ("delta", "δ"), "lambda": ("lambda", "λ"),
    "ln": ("ln", "ln"), "log": ("log", "log"), "tanh": ("tanh", "tanh"), "cosh": ("cosh", "cosh"),
    "max": ("max", "max"),
    "infty": ("infinity", "∞"), "partial": ("d", "∂"), "nabla": ("grad", "∇"), "lim": ("lim", "lim"),
}  # fmt: skip
_SIGNS = {"cdot": ("*", "·"), "times": ("*", "×"), "to": ("->", "→"), "pm": ("+-", "±"), "le": ("<=", "≤")}
_SIGNS |= {"ge": (">=", "≥"), "ne": ("!=", "≠"), "approx": ("~=", "≈")}
_FUNCTIONS = {
    "sigma",
    "σ",
    "phi",
    "φ",
    "ln",
    "log",
    "tanh",
    "cosh",
    "artanh",
    "logit",
    "f",
    "g",
    "h",
    "sqrt",
    "√",
}
_SINGLE = re.compile(r"\d+(?:\.\d+)?|[^\W\d]\w*|\?|[^\W\d][\w']*\(\w+\)|@(n|N|L|w|phi)|√?\(.*\)|sqrt\(\w+\)")
_SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(slots=True)
class _Piece:
    text: str
    kind: str  # "factor", "function", "open", "close", "sign", "fraction", "post", "word"


def to_text(formula: str, syntax: str, stars: bool = False) -> str:
    """The formula in "ascii" or "unicode"; with `stars` every product has its sign. Placeholders stay."""
    tokens = [match[0] for match in _TOKEN.finditer(formula)]
    return _Writer(tokens, 0 if syntax == "ascii" else 1, stars).all()


class _Writer:
    def __init__(self, tokens: list[str], index: int, stars: bool) -> None:
        self.tokens, self.index, self.stars, self.at = tokens, index, stars, 0

    def all(self) -> str:
        pieces: list[_Piece] = []
        bars = 0
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token in ("|", r"\|"):
                bars += 1
                text = "|" if token == "|" else ("||", "‖")[self.index]
                pieces.append(_Piece(text, "open" if bars % 2 else "close"))
            elif (piece := self._piece(token)) is not None:
                pieces.append(piece)
        return self._join(pieces)

    def _argument(self) -> str:
        return _Writer(self._braced(), self.index, self.stars).all()

    def _braced(self) -> list[str]:
        """The tokens of a command's argument: what stands in braces, or the next token."""
        while self.tokens[self.at].isspace():
            self.at += 1
        if self.tokens[self.at] != "{":
            self.at += 1
            return [self.tokens[self.at - 1]]
        depth, start = 1, self.at + 1
        while depth:
            self.at += 1
            depth += {"{": 1, "}": -1}.get(self.tokens[self.at], 0)
        self.at += 1
        return self.tokens[start : self.at - 1]

    def _piece(self, token: str) -> _Piece | None:
        if token.isspace() or token in (r"\left", r"\right", r"\,", r"\;", r"\!", "{", "}"):
            return None
        if token.startswith("@"):
            return _Piece(token, "factor")
        if token.startswith("\\"):
            return self._command(token[1:])
        if token in "([":
            return _Piece(token, "open")
        if token in ")]":
            return _Piece(token, "close")
        if token == "^":
            return _Piece(self._power(self._argument()), "post")
        if token == "_":
            return _Piece(self._subscript(self._argument()), "post")
        if token == "'":
            return _Piece("'", "post")
        if token in "+-=<>,/?":
            return _Piece(token, "factor" if token == "?" else "sign")
        return _Piece(token, "function" if token in _FUNCTIONS else "factor")

    def _command(self, name: str) -> _Piece | None:
        if name in ("frac", "tfrac", "dfrac"):
            return self._fraction(self._argument(), self._argument())
        if name == "sqrt":
            return _Piece(f"{('sqrt', '√')[self.index]}({self._argument()})", "factor")
        if name == "hat":
            letter = self._argument()
            return _Piece((letter + "hat", normalize("NFC", letter + "\u0302"))[self.index], "factor")
        if name == "boxed":
            return _Piece(self._argument(), "factor")
        if name == "text":
            return _Piece("".join(self._braced()), "word")
        if name == "operatorname":
            return _Piece("".join(self._braced()), "function")
        if name == "lim":
            return _Piece("lim" + self._attached().replace(" ", "").translate({40: "{", 41: "}"}), "word")
        if name == "nabla":
            return _Piece(_NAMES[name][self.index] + self._attached(), "word")
        if name in _SIGNS:
            return _Piece(_SIGNS[name][self.index], "sign")
        text = _NAMES[name][self.index]
        return _Piece(text, "function" if text in _FUNCTIONS else "word" if name == "max" else "factor")

    def _attached(self) -> str:
        """The subscript that belongs to the command just read."""
        if self.at < len(self.tokens) and self.tokens[self.at] == "_":
            self.at += 1
            return self._subscript(self._argument())
        return ""

    def _fraction(self, top: str, bottom: str) -> _Piece:
        if re.match(r"[d∂]", bottom) and re.match(r"[d∂]", top):
            return _Piece(f"{top}/{bottom}".replace(" ", "").replace("*", ""), "function")
        return _Piece(f"{_bracketed(top)}/{_bracketed(bottom)}", "fraction")

    def _power(self, exponent: str) -> str:
        if self.index and re.fullmatch(r"-?\d+", exponent):
            return exponent.translate(_SUPERSCRIPTS)
        plain = re.fullmatch(r"-1|\d+|[A-Za-z*]", exponent)
        return f"^{exponent}" if plain else f"^({exponent})"

    def _subscript(self, text: str) -> str:
        return f"_{text}" if re.fullmatch(r"\w+|@w", text) else f"_({text})"

    def _join(self, pieces: list[_Piece]) -> str:
        out = ""
        for at, piece in enumerate(pieces):
            before = pieces[at - 1] if at else None
            text = piece.text
            if piece.kind == "fraction" and self._in_product(pieces, at):
                text = f"({text})"
            if piece.kind == "sign":
                out = self._signed(out, piece, before)
            elif before is not None and self._multiplied(pieces, at):
                out += self._product(out, text) + text
            else:
                out += (" " if self._spaced(before, piece) else "") + text
        return out.strip()

    def _signed(self, out: str, piece: _Piece, before: _Piece | None) -> str:
        unary = before is None or before.kind in ("open", "sign", "word") or before.text == ""
        if piece.text == ",":
            return out + ", "
        if piece.text in "*/·×":
            return out + (piece.text if piece.text in "*/" else f" {piece.text} ")
        return out + piece.text if unary and piece.text in "+-" else f"{out} {piece.text} ".replace("  ", " ")

    def _spaced(self, before: _Piece | None, piece: _Piece) -> bool:
        """A space after a word, and between a function and an argument without brackets."""
        if before is None or piece.kind == "post":
            return False
        return (
            (piece.kind == "word" and before.kind != "open")
            or before.kind == "word"
            or (before.kind == "function" and piece.kind in ("factor", "function"))
        )

    def _in_product(self, pieces: list[_Piece], at: int) -> bool:
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        near = at > 0 and (
            pieces[at - 1].kind in ("factor", "close", "post", "function") or pieces[at - 1].text in "*·-"
        )
        return near or (
            after is not None and (after.kind in ("factor", "open", "function", "post") or after.text in "*·")
        )

    def _multiplied(self, pieces: list[_Piece], at: int) -> bool:
        """Is there a product between this piece and the one before it?"""
        start = at - 1
        while start > 0 and pieces[start].kind == "post":
            start -= 1
        if pieces[at - 1].kind in ("open", "sign", "word") or pieces[start].kind == "function":
            return False
        return pieces[at].kind in ("factor", "open", "function", "fraction")

    def _product(self, out: str, text: str) -> str:
        if self.stars:
            return "*"
        if text[0] in "([" and (
            out[-1] in ")]0123456789⁰¹²³⁴⁵⁶⁷⁸⁹" or re.search(r"(?<![@A-Za-z])[^\W\d]$", out)
        ):
            return ""
        if re.search(r"(?<!\^)\b\d+$", out) and not text[0].isdigit() and text not in ("@n", "@N"):
            return ""
        return (
            " "
            if text.startswith("@") or not (out[-1].isalpha() and text[0].isalpha())
            else ("*", " ")[self.index]
        )


def _bracketed(text: str) -> str:
    """A numerator or denominator, in brackets unless it is one thing (a name, a call, a power of one)."""
    base = re.fullmatch(r"(.*?)(?:\^\w+|\^\(@?[^()]*\)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", text)
    simple = base and re.fullmatch(
        r"\d+(?:\.\d+)?|[^\W\d]\w*|\?|[^\W\d][\w']*\(\w+\)|@(n|N|L|w|phi)|√?\(.*\)|sqrt\(\w+\)", base[1]
    )
    return text if simple and base and _one_bracket(base[1]) else f"({text})"


def _one_bracket(text: str) -> bool:
    """Does the bracket that ends the text begin at its front, if it has one?"""
    depth = 0
    for at, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == ")" and depth == 0 and at < len(text) - 1:
            return False
    return True
