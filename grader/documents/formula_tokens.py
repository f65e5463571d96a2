"""The tokens of a line of mixed prose and formulas."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from grader.documents.formula_words import CALLED, COMMANDS, ENGLISH, FUNCTIONS, GREEK, NAMES
from grader.documents.inline import closing_brace

Kind = Literal[
    "operand", "function", "operator", "relation", "open", "close", "bar", "postfix", "comma", "dot", "word"
]

_LEXER = re.compile(
    r"""
      (?P<word>https?://\S+ | www\.\S+ | \S+@\w+\.\S+
        | \]\((?:https?:|\.{0,2}/|\#|[\w/-]+\.\w{2,5}\))[^)\s]*\)?
        | (?<![\w.])(?:i\.e|e\.g|w\.r\.t|a\.k\.a|s\.t|q\.e\.d|a\.s|i\.i\.d|n/a|N/A|b/c|and/or|w/o)(?![\w])\.?
        | (?<!\w)[wW]/(?=\s)
        | \d+(?:st|nd|rd|th)\b | [A-Za-z]+['’](?:s|t|re|ve|ll|d|m)\b
        | \d{1,4}-\d{1,2}-\d{1,4}\b | \d+/\d+/\d+ | \d{1,2}:\d\d\b
        | [A-Za-z]{2,}[\w-]*\.(?:py|md|tex|txt|ipynb|pdf|png|jpg|csv)\b
        | \d+/\d+(?=\s*(?:points?|pts|marks?)\b)
        | [\[(]\s?[xX ]\s?\](?=\s) )
    | (?P<command>\\[A-Za-z]+)
    | (?P<space>\\[,;:!>\ ] | [ \t]+)
    | (?P<brace>\\[{}|])
    | (?P<number>\d+(?:[.,]\d+)*(?:[eE][-+]?\d+\b)?|\.\d+)
    | (?P<name>[A-Za-z]{2,}(?:_[A-Za-z0-9]+)+
        | (?:log2|log10|atan2)\b | [A-Za-z](?:\d+)?(?![A-Za-z]) | [A-Za-z]+)
    | (?P<symbol>[α-ωϕϑϵΑ-Ωℓℝℕℤ∞∅𝔼\U0001d400-\U0001d7ff][\u0300-\u036f\u20d7]?)
    | (?P<prefix>[∇∂√∛∑∏∫])
    | (?P<postfix>['’′″]+ | [⁰¹²³⁴-⁹ⁿ⁺⁻ᵀ]+ | [₀-₉ᵢⱼₙₖ]+)
    | (?P<relation><=>|<->|<=|>=|!=|==?>|=>|==|:=|->|-->|=|<|>|[→⇒⟹⟶⇔≤≥≠≈≅∈∉⊂⊆≡∝↦∼])
    | (?P<operator>\*\*|[-+*/^_·×÷−±∓∙⋅∘⊤&])
    | (?P<dots>\.\.\.|…)
    | (?P<open>[(\[{⟨]) | (?P<close>[)\]}⟩])
    | (?P<factorial>!)
    | (?P<bar>\|\||\||‖)
    | (?P<comma>[,;]) | (?P<dot>\.) | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_MATRIX = re.compile(r"A\s[a-z]\s*=")
_BESIDE_RIGHT = re.compile(r"[(\[]|['’′]*\s*(?:[*/^_=<>≤≥≠≈→·×]|:=|[-+−](?![A-Za-z]{2}|\s[A-Za-z]{2})|->|!=)")
_BESIDE_LEFT = re.compile(r"[*/^_=<>≤≥≠≈→·×+−(|‖\d]\s*$|-\s*$|(?:grad|nabla|∇)\s*$")
_STARRED = re.compile(r"\s*(?:[.,;:)\]=<>≤≥]|[-+*/]\s|\s[A-Za-z]{2,}|$)")
_HYPHENATED = re.compile(
    r"(?:[A-Za-z]{2,}(?:-[A-Za-z]+){0,4}-[A-Za-z]{2,}|[A-Za-z0-9]-[A-Za-z]{4,})(?![A-Za-z(_^])"
)
_FACTORIAL = re.compile(r"(?:\)|(?<![A-Za-z])[a-z])\Z")
_LISTED = re.compile(r"\((?:\d+|[ivx]+(?<!x)|[abc])\)")
_PLURAL = re.compile(r"\((?:s|es|ies|\d+|[ivx]+|[a-z])\)")


@dataclass(frozen=True, slots=True)
class Token:
    """One token. `spaced`: a space stands before it; `telling`: it stands in formulas only."""

    kind: Kind
    start: int
    end: int
    text: str
    spaced: bool
    telling: bool = False


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The tokens of one line. English words, addresses, dates and abbreviations are of kind "word"."""
    found: list[Token] = []
    spaced, position, whole = True, start, True
    while position < end:
        compound = _compound(text, position, end)
        if compound:
            found.append(Token("word", position, compound, text[position:compound], spaced))
            position, spaced = compound, False
            continue
        match = _LEXER.match(text, position, end)
        if match is None:
            break
        position = match.end()
        if match.lastgroup == "space":
            spaced = True
            continue
        if match.lastgroup == "command" and whole:
            position, whole = _arguments_end(text, position, end)
        kind, telling = _kind(text, match, start, end)
        if (
            kind == "operator"
            and match.group() == "*"
            and not spaced
            and _STARRED.match(text, match.end(), end)
        ):
            kind = "postfix" if found and found[-1].kind == "operand" and found[-1].text.isalpha() else kind
        found.append(Token(kind, match.start(), position, text[match.start() : position], spaced, telling))
        spaced = False
    return found


def _compound(text: str, position: int, end: int) -> int:
    """Where a hyphenated English word (``p-value``) that begins here ends; 0 if none does."""
    match = _HYPHENATED.match(text, position, end) if text[position].isalnum() else None
    parts = match.group().split("-") if match else []
    if not match or any(part in GREEK or part in FUNCTIONS or part.lower() in NAMES for part in parts):
        return 0
    return match.end()


def _kind(text: str, match: re.Match[str], start: int, end: int) -> tuple[Kind, bool]:
    group = match.lastgroup
    if group == "command":
        known = match.group()[1:] in COMMANDS
        return ("operand" if known else "word"), known
    if group == "name":
        return _name_kind(text, match, start, end)
    if group == "prefix":
        return "function", match.group() not in "∇"
    if group == "postfix":
        return "postfix", match.group()[0] not in "'’′″"
    if group == "factorial":
        factor = match.start() > start and _FACTORIAL.search(text[start : match.start()])
        return ("postfix" if factor else "word"), False
    if group == "brace":
        return ("bar" if "|" in match.group() else "open" if "{" in match.group() else "close"), False
    if group in ("number", "symbol", "dots"):
        return "operand", match.group() == "∞"
    if group in ("relation", "operator", "open", "close", "bar", "comma", "dot"):
        return group, False  # type: ignore[return-value]
    return "word", False


def _name_kind(text: str, match: re.Match[str], start: int, end: int) -> tuple[Kind, bool]:
    name = match.group()
    head = name.split("_")[0]
    after = text[match.end() : end].lstrip("'’′")
    called = after.startswith("(") and not (_PLURAL if len(name) > 3 else _LISTED).match(after)
    if name in FUNCTIONS or head in FUNCTIONS:
        return "function", True
    if name in GREEK or head in GREEK:
        return "operand", after.startswith("(")
    if name in CALLED:
        bars = re.match(r"\s*(?:\||‖|_)", after)
        if called or bars or name not in NAMES:
            return ("function", called) if called or bars else ("word", False)
    if len(name) == 1 and name not in "aAI":
        return "operand", called
    beside = bool(_BESIDE_RIGHT.match(after)) or bool(
        _BESIDE_LEFT.search(text, max(start, match.start() - 8), match.start())
    )
    beside = beside or bool(_MATRIX.match(text, match.start(), end))
    if head.lower() in NAMES:
        grad = head in ("grad", "nabla") and re.match(r"\s*\(?[A-Z_{]", after)
        return ("operand" if beside or grad else "word"), False
    if name.lower() in ENGLISH or len(head) > 3:
        return ("operand" if called and len(name) > 3 and name.lower() not in ENGLISH else "word"), False
    titled = name.istitle() and re.match(r"\s+[-+−/*]", after)
    return ("operand" if beside and not titled else "word"), False


def _arguments_end(text: str, position: int, end: int) -> tuple[int, bool]:
    """A command takes the brace groups that follow it; false if one of them never ends."""
    while text.startswith("{", position) and position < end:
        close = closing_brace(text, position + 1, end)
        if close < 0:
            return position, False
        position = close + 1
    return position, True
