"""Prose into tokens, and the formulas that people type into prose without marking them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from grader.claims.lemmas import lemma
from grader.claims.lexicon import VERBS

_TOKEN = re.compile(
    r"""(?P<abbreviation>\b(?:w\.r\.t\.|i\.e\.|e\.g\.|s\.t\.|resp\.|etc\.|vs\.|w/o(?=\s)|w/(?=\s)|b/c\b))
    |(?P<command>\\langle(?!\w).{1,80}?\\rangle(?!\w)|⟨[^⟨⟩\n]{1,80}⟩
        |(?<![\w.])[d∂](?:[A-Za-zℒℓ]+|\s?\([^()\n]{1,40}\))(?:\([^()\n]{1,40}\))?\s?/\s?[d∂]\s?\\?[A-Za-z\u0370-\u03ff]+
        |\\[A-Za-z]+(?:\s*\{(?:[^{}]|\{[^{}]*\})*\})*)
    |(?P<onto>(?:(?<=is\s)|(?<=be\s)|(?<=not\s)|(?<=and\s)|(?<=or\s)|(?<=t\s))1-1(?!\s?[\w(=+*/^]))
    |(?P<number>\d+(?:\.\d+)?)
    |(?P<greek>[\u0370-\u03ff\U0001d400-\U0001d7ff])
    |(?P<word>[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)*(?:-[A-Za-z]{2,}(?:-[A-Za-z]{2,})*)?)
    |(?P<relation><=>|=>|>>|<<|[-−–]+>|<=|>=|!=|=/=|≔|:=|[=<>≤≥≠≈∈→⟶↦⇒⟹∝↛⇏⇔↓↑≫≪])
    |(?P<sign>[-+*/^_(){}\[\]|‖∥·•×∙⋅∇∞±∓−–—'′ᵀ⊤~√²³⁰])
    |(?P<stop>\n\s*\n|[.!?;])
    |(?P<comma>[,:…"“”])
    |(?P<other>\S)""",
    re.X,
)
OPERATORS = {
    "->": "to", "-->": "to", "−>": "to", "–>": "to", "→": "to", "⟶": "to", "↓": "to", "↑": "to", "=": "=",
    "<": "<",     ">": ">", "<=": "<=", "≤": "<=", ">=": ">=", "≥": ">=", "!=": "!=", "=/=": "!=", "≠": "!=",
    "≈": "~", "∈": "in", ":=": "=", "≔": "=", "=>": "implies", "⇒": "implies", "⟹": "implies",
    "⇔": "iff", "<=>": "iff", "∝": "propto", "↛": "nto", "⇏": "nimplies", "↦": "mapsto", "≫": ">>", "≪": "<<",
}  # fmt: skip
_ATOMS = "∇∞"
_JOINING = "+·×∙⋅/"
_ANGLES = re.compile(r"(?<![\w)\]}])<(?=\s?[A-Za-z\\])([^<>=,\n]{1,24}),([^<>=\n]{1,40}[^\s<>=-])>(?![=>])")
_BOTH = re.compile(r"\+/?-(?=\s?(?:inf|oo|∞|\\infty))")
_OPENERS = "([{|‖∥"
_CLOSERS = ")]}|‖∥'′ᵀ⊤²³⁰"
_ENGLISH = frozenset(["a", "i", "A", "I", "s", "S"])


@dataclass(frozen=True, slots=True)
class Token:
    """A run of characters: `kind` is the name of its pattern, or "formula" for a run of several.

    `joined` is whether no blank stands before it, `fresh` whether it begins a line.
    """

    kind: str
    text: str
    start: int
    end: int
    joined: bool
    fresh: bool = False


def tokens_of(text: str, names: frozenset[str]) -> list[Token]:
    """The tokens of a piece of prose; runs that read as formulas are joined.

    `names` are the declared multi-letter names ("phi", "sigma"): they belong to a formula when they
    stand beside an operator or before a bracket; single letters always do.
    """
    text = _angled(text)
    plain = list(_plain(text))
    out: list[Token] = []
    at = 0
    while at < len(plain):
        end = _run_end(plain, at, names)
        if end > at:
            first, last = plain[at], plain[end - 1]
            source = text[first.start : last.end]
            out.append(Token("formula", source, first.start, last.end, first.joined, first.fresh))
            at = end
        else:
            out.append(plain[at])
            at += 1
    return out


def _angled(text: str) -> str:
    """The text with scalar products typed as `<w, x>` in angle brackets, and +- as one sign; offsets stay."""
    text = _BOTH.sub(lambda m: "±".ljust(len(m.group())), text)
    return _ANGLES.sub(r"⟨\1,\2⟩", text)


_VERBAL = re.compile(
    r"\s+(?:not|never|always|only|just|also|exactly|strictly|positive|nonzero|non-zero|zero|impossible|small|near)\b"
)


def _plain(text: str) -> Iterator[Token]:
    end = 0
    for found in _TOKEN.finditer(text):
        kind = {"onto": "word"}.get(found.lastgroup or "other", found.lastgroup or "other")
        word = found.group()
        if word.lower() == "its" and _VERBAL.match(text, found.end()):
            word = "it's"  # the apostrophe is often left out
        fresh = "\n" in text[end : found.start()]
        yield Token(kind, word, found.start(), found.end(), found.start() == end, fresh)
        end = found.end()


def _is_atom(tokens: list[Token], at: int, names: frozenset[str]) -> bool:
    token = tokens[at]
    if token.kind in ("greek", "number", "command"):
        return True
    if token.kind == "sign":
        return token.text in _ATOMS
    if token.kind != "word":
        return False
    if len(token.text) == 1:
        return token.text not in _ENGLISH or _beside_operator(tokens, at) or _is_named(tokens, at)
    return token.text in names and _beside_operator(tokens, at)


def _is_named(tokens: list[Token], at: int) -> bool:
    """ "a -> 0", "as s goes to 0": a word that a relation or a verb follows is no article."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None:
        return False
    verb = after.text.endswith("s") and lemma(after.text) in VERBS
    follows = verb or after.text in ("to", "toward", "towards", "must")
    return after.kind == "relation" or (follows and tokens[at].text in ("a", "s"))


def _beside_operator(tokens: list[Token], at: int) -> bool:
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    before = tokens[at - 1] if at else None
    if after is not None and after.joined and after.text in ("(", "_", "^", "'", "′", "·", "*"):
        return True
    if before is not None and before.text in ("·", "*", "⋅", "∙", "∇", "‖", "||", "×", "|", "^"):
        return True
    tight_dot = before is not None and before.text == "." and at > 1 and tokens[at - 2].kind != "other"
    return tight_dot and (tokens[at].joined or not tokens[at - 1].joined)


def _glues(tokens: list[Token], at: int, names: frozenset[str]) -> bool:
    """Whether a token that is no atom may stand inside a run."""
    token = tokens[at]
    if token.text == ".":
        return 0 < at < len(tokens) - 1 and _is_dot(tokens, at, names)
    return token.kind == "sign" and token.text not in "—"


def _is_dot(tokens: list[Token], at: int, names: frozenset[str]) -> bool:
    after = tokens[at + 1]
    if tokens[at].joined != after.joined:  # "p goes to 1. Then": the end of a sentence
        return False
    return after.kind in ("greek", "command") or after.text in names or after.text in ("x", "φ", "phi")


def _run_end(tokens: list[Token], at: int, names: frozenset[str]) -> int:
    if not _may_open(tokens, at, names):
        return at
    end = at
    while end < len(tokens) and (_is_atom(tokens, end, names) or _glues(tokens, end, names)):
        if end > at and _breaks(tokens, end, names):
            break
        end += 1
    return _trimmed(tokens, at, end, names)


def _breaks(tokens: list[Token], at: int, names: frozenset[str]) -> bool:
    """After a blank a bracket opens a remark, unless a formula stands in it; nothing follows infinity.

    A line goes on with the formula of the line before only where it begins with a sign that joins.
    """
    if tokens[at].joined:
        return False
    if tokens[at].fresh and tokens[at].text not in _JOINING:
        return True
    if tokens[at - 1].text in ("∞", "oo", "\\infty"):
        return tokens[at].kind != "sign" or tokens[at].text in _OPENERS
    return tokens[at].text == "(" and not _holds_formula(tokens, at, names)


def _holds_formula(tokens: list[Token], at: int, names: frozenset[str]) -> bool:
    end = at + 1
    while end < len(tokens) and tokens[end].text != ")":
        if not (_is_atom(tokens, end, names) or _glues(tokens, end, names)):
            return False
        end += 1
    return 3 < end - at + 1 < 40


def _may_open(tokens: list[Token], at: int, names: frozenset[str]) -> bool:
    if _is_atom(tokens, at, names):
        return True
    token = tokens[at]
    follows = at + 1 < len(tokens)
    if token.text in ("-", "+", "±", "∓", "−", "–"):
        tight = (
            follows and tokens[at + 1].joined and not (token.joined and at and tokens[at - 1].kind == "word")
        )
        return tight and _is_atom(tokens, at + 1, names)
    if token.text in ("|", "‖", "∥", "√"):
        return follows and (
            tokens[at + 1].text in _OPENERS
            or _is_atom(tokens, at + 1, names)
            or tokens[at + 1].kind == "word"
        )
    return token.text in ("(", "[") and follows and _is_interval(tokens, at)


def _is_interval(tokens: list[Token], at: int) -> bool:
    return _interval_end(tokens, at) > at


def _interval_end(tokens: list[Token], at: int) -> int:
    """Behind the interval that opens here, `(0, 1/2)`; `at` where there is none."""
    commas = 0
    for place in range(at + 1, min(len(tokens), at + 12)):
        token = tokens[place]
        if token.text in (")", "]"):
            return place + 1 if commas == 1 and tokens[place - 1].kind == "number" else at
        commas += token.text == ","
        if token.kind != "number" and token.text not in (",", "/", "-"):
            return at
    return at


def _trimmed(tokens: list[Token], at: int, end: int, names: frozenset[str]) -> int:
    if tokens[at].text in ("(", "["):
        return _interval_end(tokens, at)
    while end > at:
        last = tokens[end - 1]
        if (_is_atom(tokens, end - 1, names) or last.text in _CLOSERS) and _balanced(tokens[at:end]):
            return end
        end -= 1
    return at


def _balanced(tokens: list[Token]) -> bool:
    depth = {"(": 0, "[": 0, "{": 0}
    pairs = {")": "(", "]": "[", "}": "{"}
    bars = 0
    for token in tokens:
        if token.text in depth:
            depth[token.text] += 1
        elif token.text in pairs:
            depth[pairs[token.text]] -= 1
            if depth[pairs[token.text]] < 0:
                return False
        elif token.text in ("|", "‖", "∥"):
            bars += 1
    return not any(depth.values()) and bars % 2 == 0
