"""The tokens that both syntaxes are cut into, so that one parser reads LaTeX and plain text alike.

| kind | text |
|---|---|
| num | digits, perhaps with `.` and an exponent |
| name, word | a letter or Greek name; a word or phrase written upright |
| fn, opt | a built-in function; max, min, sup ... that may stand over a variable |
| accent | vec, bar, hat ... around the next argument |
| rel, logic, setop | the operator, as `expressions.build` spells it |
| const | the name of a constant |
| `|` and `||` | "l" or "r" if its side is known |
| everything else | its own spelling |
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from grader.notation.mathematical_letters import INVISIBLE, PLAIN_LETTERS
from grader.records import NotationError, Remark

MAX_SOURCE = 20_000
MAX_TOKENS = 8_000
MAX_DIGITS = 2_000


WIDE = 2


class Token:
    """One token: `start` and `end` are offsets in the source, `gap` says that blanks stand before it.

    `gap` is WIDE where a space was asked for (`\\,`), which ends an argument without brackets.
    """

    __slots__ = ("end", "gap", "kind", "start", "text")

    def __init__(self, kind: str, text: str, start: int, end: int, gap: int = 0) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end
        self.gap = gap

    def __repr__(self) -> str:
        return f"{self.kind}:{self.text}@{self.start}"


@dataclass(slots=True)
class Lexed:
    """The tokens of a source, and what was wrong or worth saying about its spelling."""

    tokens: list[Token] = field(default_factory=list)
    errors: list[NotationError] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


OPENERS = frozenset(["(", "[", "{", "lset", "langle", "lfloor", "lceil", "begin", "rows", "left."])
CLOSERS = frozenset([")", "]", "}", "rset", "rangle", "rfloor", "rceil", "end_env", "endrows", "right."])

# Characters that mean the same in both syntaxes.
CHARACTERS: dict[str, tuple[str, str]] = {
    "+": ("+", "+"),
    "-": ("-", "-"),
    "−": ("-", "-"),
    "–": ("-", "-"),
    "*": ("*", "*"),
    "∗": ("*", "*"),
    "·": ("cdot", "·"),
    "⋅": ("cdot", "·"),
    "∙": ("cdot", "·"),
    "•": ("cdot", "·"),
    "×": ("times", "×"),
    "÷": ("/", "/"),
    "/": ("/", "/"),
    "∕": ("/", "/"),
    "⁄": ("/", "/"),
    "^": ("^", "^"),
    "_": ("_", "_"),
    "!": ("!", "!"),
    "(": ("(", "("),
    ")": (")", ")"),
    "[": ("[", "["),
    "]": ("]", "]"),
    "{": ("{", "{"),
    "}": ("}", "}"),
    "|": ("|", ""),
    "∣": ("|", ""),
    "‖": ("||", ""),
    "∥": ("||", ""),
    "⟨": ("langle", "⟨"),
    "⟩": ("rangle", "⟩"),
    "⌊": ("lfloor", "⌊"),
    "⌋": ("rfloor", "⌋"),
    "⌈": ("lceil", "⌈"),
    "⌉": ("rceil", "⌉"),
    ",": (",", ","),
    ";": (";", ";"),
    ":": (":", ":"),
    ".": (".", "."),
    "…": ("dots", "…"),
    "⋯": ("dots", "…"),
    "%": ("%", "%"),
    **dict.fromkeys("°º˚", ("deg", "°")),
    "&": ("&", "&"),
    "±": ("pm", "+-"),
    "∓": ("pm", "-+"),
    "=": ("rel", "="),
    "<": ("rel", "<"),
    ">": ("rel", ">"),
    "≤": ("rel", "<="),
    "⩽": ("rel", "<="),
    "≦": ("rel", "<="),
    "≥": ("rel", ">="),
    "⩾": ("rel", ">="),
    "≠": ("rel", "!="),
    "≈": ("rel", "approx"),
    "≃": ("rel", "approx"),
    "≅": ("rel", "approx"),
    "∈": ("rel", "in"),
    "∉": ("rel", "notin"),
    "⊂": ("rel", "subset"),
    "⊆": ("rel", "subseteq"),
    "→": ("rel", "to"),
    "⟶": ("rel", "to"),
    "↦": ("mapsto", "↦"),
    "⊙": ("odot", "⊙"),
    "∝": ("rel", "propto"),
    "≡": ("rel", "equiv"),
    "∼": ("rel", "sim"),
    "≔": ("rel", "="),
    "⇒": ("logic", "implies"),
    "⟹": ("logic", "implies"),
    "⇔": ("logic", "iff"),
    "⟺": ("logic", "iff"),
    "∴": ("logic", "therefore"),
    "↪": ("logic", "therefore"),
    "∵": ("logic", "because"),
    "∧": ("logic", "and"),
    "∨": ("logic", "or"),
    "¬": ("not", "not"),
    "∪": ("setop", "union"),
    "∩": ("setop", "intersection"),
    "∖": ("setop", "difference"),
    "∞": ("const", "oo"),
    "∅": ("const", "emptyset"),
    "ℝ": ("const", "reals"),
    "ℤ": ("const", "integers"),
    "ℕ": ("const", "naturals"),
    "ℚ": ("const", "rationals"),
    "ℂ": ("const", "complexes"),
    "∀": ("forall", "forall"),
    "∃": ("exists", "exists"),
    "∇": ("nabla", "nabla"),
    "∂": ("partial", "partial"),
    "∫": ("int", "int"),
    "∑": ("sum", "sum"),
    "Σ": ("sum", "sum"),
    "∏": ("sum", "product"),
    "√": ("sqrt", "2"),
    "∛": ("sqrt", "3"),
    "⊤": ("name", "top"),
    "∘": ("circ", "∘"),
    "′": ("'", "'"),
    "’": ("'", "'"),
    "″": ("'", "''"),
    "ℓ": ("name", "ell"),
    "ϕ": ("name", "phi"),
    "φ": ("name", "phi"),
    "ϵ": ("name", "epsilon"),
    "ε": ("name", "epsilon"),
    "ϑ": ("name", "vartheta"),
    "ς": ("name", "sigma"),
    "µ": ("name", "mu"),
}
GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ",
    "omicron": "ο", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Xi": "Ξ", "Pi": "Π", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
}  # fmt: skip
CHARACTERS.update({letter: ("name", name) for name, letter in GREEK.items()})
VARIANTS = {
    "varphi": "phi", "phi": "varphi", "varepsilon": "epsilon", "epsilon": "varepsilon",
    "vartheta": "theta", "theta": "vartheta", "varrho": "rho", "rho": "varrho",
    "varsigma": "sigma", "varpi": "pi", "varkappa": "kappa",
}  # fmt: skip
GREEK_NAMES = frozenset(
    [*GREEK, "Sigma", "varphi", "varepsilon", "vartheta", "varrho", "varsigma", "varpi", "varkappa"]
)
SUPERSCRIPTS = {
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
    "⁺": "+", "⁻": "-", "ⁿ": "n", "ᵀ": "T", "⁽": "(", "⁾": ")", "ˣ": "x", "ᵗ": "t", "ⁱ": "i",
    "ʲ": "j", "ᵏ": "k", "ᵐ": "m", "ᵃ": "a", "ᵇ": "b", "ᶜ": "c", "ᵖ": "p", "ʳ": "r",
    "ʸ": "y", "ᶻ": "z", "⁼": "=",
}  # fmt: skip
SUBSCRIPTS = {
    "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8", "₉": "9",
    "ₙ": "n", "ₖ": "k", "ᵢ": "i", "ⱼ": "j", "ₘ": "m", "ₓ": "x", "₊": "+", "₋": "-",
    "ₐ": "a", "ₑ": "e", "ₚ": "p", "ₛ": "s", "ₜ": "t", "ᵣ": "r", "ᵤ": "u",
    "ᵥ": "v", "₌": "=", "₍": "(", "₎": ")",
}  # fmt: skip


CURRENCY = frozenset("€£¥")
VULGAR = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8", "⅕": "1/5"}


# What looks as if it were ASCII, or as if it were not there: full-width forms, characters without width,
# Cyrillic and Greek letters that nobody can tell from Latin ones on paper.
_CYRILLIC = dict(zip("асеорхуіјѕкАВСЕНІЈКМОРЅТХУ", "aceopxyijskABCEHIJKMOPSTXY", strict=True))
_GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo", strict=True))
LOOKALIKES = {
    **{ord(letter): latin for letter, latin in (_CYRILLIC | _GREEK).items()},
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *INVISIBLE), " "),
    **PLAIN_LETTERS,
}


def plain_characters(source: str) -> str:
    """The source with what looks like ASCII as ASCII, and zero-width characters as blanks; offsets stay.

    >>> plain_characters("p＝（1＋x）")
    'p=(1+x)'
    """
    return source if source.isascii() else source.translate(LOOKALIKES)


def put_vulgar(lexed: Lexed, letter: str, start: int) -> None:
    """Appends a fraction that is one character; behind a whole number it makes a mixed number, `2½`."""
    parts, tokens = vulgar(letter, start), lexed.tokens
    whole = tokens[-1] if tokens else None
    raised = len(tokens) > 1 and tokens[-2].kind in ("^", "_", ".")
    if whole is None or whole.kind != "num" or not whole.text.isdigit() or raised:
        tokens.extend(parts)
        return
    tokens[-1:] = [
        Token("(", "(", whole.start, whole.start, whole.gap), whole, Token("+", "+", start, start), *parts,
        Token(")", ")", start, start + 1),
    ]  # fmt: skip
    lexed.remarks.append(Remark("mixed-number", "read as a mixed number", whole.start))


def vulgar(letter: str, start: int) -> list[Token]:
    """A fraction that is one character, as a bracketed quotient."""
    top, bottom = VULGAR[letter].split("/")
    parts = (("(", "("), ("num", top), ("/", "/"), ("num", bottom), (")", ")"))
    return [Token(kind, text, start, start + 1) for kind, text in parts]


def script(run: str, start: int) -> list[Token]:
    """Raised or lowered characters as `^{...}` or `_{...}`."""
    raised = run[0] in SUPERSCRIPTS
    plain = "".join((SUPERSCRIPTS if raised else SUBSCRIPTS)[c] for c in run)
    end = start + len(run)
    mark = "^" if raised else "_"
    out = [Token(mark, mark, start, end), Token("{", "{", start, end)]
    digits = ""
    for letter in [*plain, ""]:
        if letter.isdigit():
            digits += letter
            continue
        if digits:
            out.append(Token("num", digits, start, end))
            digits = ""
        if letter:
            kind = CHARACTERS[letter][0] if letter in CHARACTERS else "name"
            out.append(Token(kind, letter, start, end))
    out.append(Token("}", "}", start, end))
    return out


def separates_list(tokens: list[Token], closes: bool) -> bool:
    """Whether a comma between digits at this place separates a list, not thousands.

    In a set, in the arguments of max, gcd ..., and in a bracket that holds nothing else and is no call.
    `closes` says that the bracket closes directly after the digits.
    """
    depth = 0
    for place in range(len(tokens) - 1, -1, -1):
        kind = tokens[place].kind
        if kind in CLOSERS:
            depth += 1
        elif kind in OPENERS:
            if depth == 0:
                return _list_opener(tokens, place, closes)
            depth -= 1
    return False


_TAKES_GROUP = frozenset(["frac", "^", "sqrt", "{", "}", "fn", "operator", "accent", "boxed"])


def _list_opener(tokens: list[Token], place: int, closes: bool) -> bool:
    before = tokens[place - 1] if place else None
    kind = tokens[place].kind
    if kind == "lset" or kind == "[":
        return True
    if kind == "{":
        return before is None or before.kind not in _TAKES_GROUP
    if before is not None and (before.kind == "opt" or before.text in ("gcd", "lcm")):
        return True
    call = before is not None and before.kind in ("name", "fn", "word", "'")
    return kind == "(" and closes and not call and place == len(tokens) - 1


_AFTER_ZERO = re.compile(r",\d{2,}(?![\d,.])")


def after_zero(source: str, at: int, tokens: list[Token]) -> bool:
    """Whether the comma at `at`, after a lone 0, is a decimal one: `0,296` (no thousands begin with 0).

    One digit after it is left a list, as in `x = 0,1`; so are `0,10,20` and the pair `(0,25)`.
    """
    found = _AFTER_ZERO.match(source, at)
    if found is None or (tokens and tokens[-1].kind == ","):
        return False
    if len(tokens) > 1 and tokens[-1].kind == "(" and tokens[-2].kind in ("name", "word", "'"):
        return False  # N(0,25) has two arguments
    return not separates_list(tokens, source[found.end() : found.end() + 1] in (")", "]", "}", "\\"))
