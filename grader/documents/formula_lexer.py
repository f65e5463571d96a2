"""The expression that cuts a line of mixed prose and formulas into raw tokens."""

from __future__ import annotations

import re
from unicodedata import normalize

from grader.documents.formula_words import GREEK

# Letters of Latin alphabets with and without accents.
_LETTER = "A-Za-zÀ-ÖØ-öø-ɏ"
_MARKS = "\u0300-\u036f\u20d0-\u20f0"
_MATHS_MARKS = ("\u0302", "\u0303", "\u0304", "\u0307")  # hat, tilde, bar, dot


def _accented() -> str:
    """The characters that are one letter with a mark that formulas use: ŷ, x̄'s like ȳ, ẋ."""
    letters = map(chr, [*range(0xC0, 0x250), *range(0x1E00, 0x1EFA)])
    parts = ((letter, normalize("NFD", letter)) for letter in letters)
    return "".join(letter for letter, p in parts if len(p) == 2 and p[0].isascii() and p[1] in _MATHS_MARKS)


HATTED = _accented()
# Greek, script, double-struck and mathematical letters, and letters with a mark.
SYMBOL = rf"(?:[α-ωϕϑϵϱΑ-Ωℂℊ-ℓℕℙ-ℝℤℨℬℭℯ-ℴ\U0001d400-\U0001d7ff]|[{HATTED}]|[A-Za-z](?=[{_MARKS}]))[{_MARKS}]*"

_DIFFERENTIAL = r"(?:d|∂[ ]?|partial[ ]?)"
_POWER = r"(?:(?:\^|\*\*)?[2-9]|[²³ⁿ])?"
_VARIABLE = (
    rf"(?:{'|'.join(sorted(GREEK, key=len, reverse=True))}|{SYMBOL}|[A-Za-z])(?:_\w+|[₀-₉]|['’′](?!\w))*"
)
_DERIVATIVE = rf"""
    (?<![\w\\]){_DIFFERENTIAL}{_POWER}
    (?P<of>(?:{SYMBOL}|[A-Za-z]){{1,12}}\d?(?:_\w+)?['’′]*(?:\([^()]{{0,40}}\))?)?
    [ ]?/[ ]?{_DIFFERENTIAL}{_VARIABLE}{_POWER}(?:{_DIFFERENTIAL}{_VARIABLE}{_POWER})*(?![{_LETTER}])
"""
_OTHER_WORD = rf"""
    https?://\S+ | www\.\S+ | \S+@\w+\.\S+
    | \]\((?:https?:|\.{{0,2}}/|\#|[\w/-]+\.\w{{2,5}}\))[^)\s]*\)?
    | (?<![\w.])(?:i\.e|e\.g|w\.r\.t|a\.k\.a|s\.t|q\.e\.d|Q\.E\.D|a\.s|i\.i\.d)(?![\w])\.?
    | (?<![\w.])(?:n/a|N/A|b/c|and/or|w/o)(?![\w])
    | (?<!\w)[wW]/(?=\s)
    | \d+(?:st|nd|rd|th)\b | [A-Za-z]+['’](?:s|t|re|ve|ll|d|m)\b
    | \d{{1,4}}-\d{{1,2}}-\d{{1,4}}\b | \d+/\d+/\d+ | \d{{1,2}}:\d\d\b
    | [A-Za-z]{{2,}}[\w-]*\.(?:py|md|tex|txt|ipynb|pdf|png|jpg|csv)\b
    | \d+/\d+(?=\s*(?:points?|pts|marks?)\b)
    | (?<![\w)\]])[\[(]\s?[xX ]\s?\](?=\s)
    | (?<=\s)\((?:i{{1,3}}|iv|vi{{1,3}}|ix|[b-e])\)(?=\s+[A-Za-z0-9(\\|‖∇∂√])
    | (?![A-Za-z]?[{HATTED}][A-Za-z]?(?![{_LETTER}]))(?=[A-Za-z]*[À-ÖØ-öø-ɏ])[{_LETTER}]{{2,}}
"""

LEXER = re.compile(
    rf"""
      (?P<word>{_OTHER_WORD})
    | (?P<derivative>{_DERIVATIVE})
    | (?P<command>\\[A-Za-z]+)
    | (?P<space>\\[,;:!>\ ] | [ \t]+)
    | (?P<brace>\\[{{}}|])
    | (?P<number>\d+(?:[.,]\d+)*(?:[eE][-+]?\d+\b)?|\.\d+|[½⅓⅔¼¾⅛⅕])
    | (?P<symbol>{SYMBOL}|[∞∅⊤†])
    | (?P<name>[A-Za-z]{{2,}}(?:_[A-Za-z0-9]+)+ | [A-Za-z]\\?_(?:\d+|[A-Za-z]+)
        | (?:log2|log10|atan2)\b | [A-Za-z](?:\d+)?(?![A-Za-z]) | [A-Za-z]+)
    | (?P<prefix>[∇∂√∛∑∏∫])
    | (?P<postfix>['’′″]+ | (?<=\d)% | (?<=[\w)])[°º˚] | [⁰¹²³⁴-⁹ⁱⁿ⁺⁻⁽⁾ᵀᵗˣ]+ | [₀-₉₊₋ᵢⱼₙₖₘₓ]+)
    | (?P<relation><=>|<->|<=|>=|!=|=/=|==?>|=>|==|:=|~=|->|-->|=|<|>|[→⇒⟹⟶⇔⟺↔≤≥≠≈≃≅∈∉⊂⊆≡∝↦∼≔≪≫]
        | (?<=[ \t])~(?=[ \t]))
    | (?P<operator>\*\*|\\[-+*_^]|[-+*/^_·×÷−–±∓∙⋅∘∗⊙⊗⊕∪∩∖∧∨⁄∕&])
    | (?P<dots>\.\.\.|[…⋯])
    | (?P<open>[(\[{{⟨⌊⌈]) | (?P<close>[)\]}}⟩⌋⌉])
    | (?P<factorial>!) | (?P<hole>\?)
    | (?P<bar>\|\||[|‖∥∣])
    | (?P<comma>[,;]) | (?P<dot>\.) | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
