"""Words in plain text: known names whole, signs that are spelled out, other letters one by one."""

from __future__ import annotations

import re

from grader.notation import commands as known
from grader.notation.errors import suggestion
from grader.notation.parser import CONNECTORS
from grader.notation.sayings import SIGNS, SPOKEN, SPOKEN_FIRST
from grader.notation.text_reader import TextReader
from grader.notation.text_words import NEEDS_BRACKET, STOPWORDS, WORDS
from grader.notation.tokens import GREEK_NAMES
from grader.notation.units import is_unit_word
from grader.records import NotationError

_BASED_LOG = re.compile(r"log(10|2)(?=\s*\(|\s+[a-zA-Z])")
_LONGEST_NAME = 40  # a longer run of letters is no name that anybody declared
_ACCENTED = re.compile(r"([A-Za-z])(hat|bar|tilde|vec)")  # yhat
_LABEL = re.compile(r"\d{1,3}(?![\w.(])")
_PREFIXED = ("ln", "log", "sin", "cos", "tan", "exp", "sqrt")  # run together with what follows: sinx
_OPERANDS = frozenset(["num", "name", "word", ")", "]", "}", "|", "!", "'"])
_AWAITING = frozenset(["+", "-", "*", "cdot", "times", "/", "rel", "^", "(", "[", "|"])
_POWER = re.compile(r"[\^²³⁴⁵⁶⁷⁸⁹']|\*\*")
_BINARY = re.compile(r"\s*(?:[+*/·×=<>≤≥)\]]|-\s|$)")


def word(r: TextReader, word: str, start: int) -> None:
    """Puts the tokens of a run of letters: one name, a sign, or letters that multiply."""
    tokens = r.out.tokens
    based = _BASED_LOG.match(r.source, start) if word == "log" else None
    if based is not None:  # log10(x), log2 x: the digits are the base
        r.at = based.end()
        r.put("fn", "lg" if based[1] == "10" else "lb", start)
        return
    if tokens and (
        tokens[-1].kind == "_" or (len(tokens) > 1 and tokens[-1].kind == "{" and tokens[-2].kind == "_")
    ):
        tail = re.compile(r"\w*").match(r.source, r.at)
        assert tail is not None
        r.at = tail.end()
        label = word + tail.group()
        r.put("name" if len(label) == 1 or label in GREEK_NAMES else "word", label, start)
        return
    if _spoken(r, word, start) or _unit(r, word, start) or _whole(r, word, start):
        return
    if not _pieces(r, word, start):
        _unknown(r, word, start)


def _unit(r: TextReader, word: str, start: int) -> bool:
    """`5 km`: a unit behind a number, where its letters are no factors that anybody would write."""
    behind = bool(r.out.tokens) and r.out.tokens[-1].kind == "num" and r.gap
    if not behind or not is_unit_word(word) or r.declared(word) or r.source.startswith("(", r.at):
        return False
    r.put("word", word, start)
    return True


def _spoken(r: TextReader, word: str, start: int) -> bool:
    """`x is at least 3`, `x divided by 2`: a sign in words, behind an operand."""
    behind = r.out.tokens and r.out.tokens[-1].kind in _OPERANDS
    found = SPOKEN.match(r.source, start) if word in SPOKEN_FIRST and behind else None
    if found is None or r.declared(word):
        return False
    r.at = found.end()
    r.put(*SIGNS[" ".join(found.group().split())], start)
    return True


def _whole(r: TextReader, word: str, start: int) -> bool:
    begins = not r.out.tokens and not r.declared(word)  # "Gradient -> 0" at the beginning of a sentence
    if begins and word.istitle() and word.lower() in known.OPTIMA:
        word = word.lower()  # "Max = 8" is no product M a x
    if WORDS.get(word.lower() if begins else word, ("", ""))[0] == "nabla":
        r.put("nabla", "nabla", start)
        return True
    applied = word in known.MOMENTS and r.source[r.at : r.at + 1] in ("(", "[")
    if len(word) == 1 or applied or r.declared(word):
        r.put("name", word, start)
        _number_label(r, word)
        return True
    accented = _ACCENTED.fullmatch(word)
    if accented is not None:
        r.accented(accented[2], accented[1], start)
        return True
    entry = _keyword(r, word)
    if entry is not None:
        r.put(*entry, start)
        return True
    joins = word.lower() in CONNECTORS or word.lower() in ("or", "and")
    if joins and not _beside_signs(r, word, start):
        r.put("word", word.lower(), start)
        return True
    return False


def _beside_signs(r: TextReader, word: str, start: int) -> bool:
    """Whether a short word stands where letters multiply (`2at`, `at + b`, `v = u + at`), not prose."""
    if len(word) > 3:
        return False
    end = start + len(word)
    tokens = r.out.tokens
    before = tokens[-1].kind if tokens else ""
    touches = r.source[start - 1 : start].strip() != "" and before in _OPERANDS
    if touches or before in _AWAITING or _POWER.match(r.source, end):
        return True
    return before not in _OPERANDS and _BINARY.match(r.source, end) is not None


def _number_label(r: TextReader, word: str) -> None:
    """The digits of x1, w2: a label, where no letter follows (2x2y is a product)."""
    found = _LABEL.match(r.source, r.at)
    cross = word == "x" and found is not None and found.group() == "10" and _raised(r, found.end())
    if len(word) == 1 and found is not None and word not in ("e", "i") and not cross:
        start, r.at = r.at, found.end()
        r.put("_", "_", start, start)
        r.put("num", found.group(), start)


def _raised(r: TextReader, at: int) -> bool:
    """Whether a power of ten is written here, behind a number: `3x10^4`."""
    behind = len(r.out.tokens) > 1 and r.out.tokens[-2].kind == "num"
    return behind and r.source.startswith(("^", "**"), at)


def _keyword(r: TextReader, word: str) -> tuple[str, str] | None:
    bracket = r.source[r.at :].lstrip()[:1] == "("
    if word == "int" and bracket and _has_comma(r):
        return ("binder", "integral")
    if bracket and word in ("gamma", "Gamma"):
        return ("fn", "gamma")
    if word == "choose" and r.out.tokens and r.out.tokens[-1].kind in _OPERANDS:
        return ("choose", "choose")
    if word == "mod" and bracket and (not r.out.tokens or r.out.tokens[-1].kind not in _OPERANDS):
        return ("fn", "mod")
    if word == "dot" and bracket and not _has_comma(r):
        return ("accent", "dot")
    if word == "inf" and (bracket or r.source.startswith("_", r.at)):
        return ("opt", "inf")
    entry = WORDS.get(word)
    if entry is None or (word in NEEDS_BRACKET and word not in GREEK_NAMES and not bracket and word != "sum"):
        return None
    if entry[0] == "binder" and not bracket:
        return {"sum": ("sum", "sum"), "prod": ("sum", "product"), "lim": ("lim", "lim")}.get(word)
    return entry


def _has_comma(r: TextReader) -> bool:
    depth = 0
    for letter in r.source[r.at :]:
        if letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
            if depth == 0:
                return False
        elif letter == "," and depth == 1:
            return True
    return False


def _pieces(r: TextReader, word: str, start: int) -> bool:
    """A run of letters cut into known names and single letters: xy, 2pir, xsin(x)."""
    cuts: list[str] = []
    at = 0
    while at < len(word):
        for end in range(min(len(word), at + _LONGEST_NAME), at + 1, -1):
            part = word[at:end]
            usable = r.declared(part) or part in GREEK_NAMES
            usable = usable or (part in WORDS and end == len(word) and end - at > 2)
            usable = usable or (part in _PREFIXED and 0 < len(word) - end < 3)
            if usable and part.lower() not in CONNECTORS:
                break
        else:
            end = at + 1
        cuts.append(word[at:end])
        at = end
    singles = [c for c in cuts if len(c) == 1]
    all_declared = all(c in r.table.by_spelling for c in singles)
    known_part = len(singles) < len(cuts) and len(singles) <= 2
    if (
        not all_declared
        and not known_part
        and (len(word) > 3 or (word.lower() in STOPWORDS and not _beside_signs(r, word, start)))
    ):
        return False
    stop = r.at
    for cut in cuts:
        r.at = start + len(cut)
        if len(cut) == 1 or r.declared(cut) or not _whole(r, cut, start):
            r.put("name", cut, start)
        start += len(cut)
    r.at = stop
    return True


_PROSE = "write it in signs, or leave the words out"
_HINTS = {
    "base": "write `log_2(x)`, or `log base 2 of x`",
    **dict.fromkeys(
        ["the", "then", "there", "this", "that", "these", "of", "from", "to", "does", "not", "exist",
         "than", "by",
         "is", "are", "it", "its", "was", "has", "can", "but", "all", "any"],
        _PROSE,
    ),
}  # fmt: skip


def _unknown(r: TextReader, word: str, start: int) -> None:
    names = {name for name in r.table.by_spelling if name.isalpha() and len(name) > 1}
    hint = _HINTS.get(word.lower(), "") or suggestion(word[:_LONGEST_NAME], [*WORDS, *names])
    hint = hint or "write `*` between letters that are multiplied"
    r.out.errors.append(NotationError(start, "unknown-word", f"`{word}` is not a known name", hint))
    r.put("bad", word, start)
