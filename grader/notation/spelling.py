"""The canonical spelling of one name, however it is decorated."""

from __future__ import annotations

import re

from grader.expressions.symbols import SymbolTable
from grader.notation.labels import read_label
from grader.notation.latex_tokens import lex_latex
from grader.notation.parser import Parser
from grader.notation.text_tokens import lex_text
from grader.notation.tokens import GREEK_NAMES, Token

_NOTHING = SymbolTable()
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def spelling(source: str) -> str:
    """One spelling for every way to write a decorated name; used for declared aliases.

    >>> spelling(r"\\vec w") == spelling(r"\\vec{w}")
    True
    >>> spelling(r"\\sigma")
    'sigma'
    """
    text = source.strip().strip("$").strip()
    if _WORD.fullmatch(text):
        return text
    latex = "\\" in text or "{" in text
    if not latex and text[:1].isalpha():
        word = re.match(r"[A-Za-z]+", text)
        if word and len(word[0]) > 1 and word[0] not in GREEK_NAMES:
            text = f"\\text{{{word[0]}}}{text[word.end() :]}"
            latex = True
    lexed = lex_latex(text, _NOTHING, {}) if latex else lex_text(text, _NOTHING)
    if lexed.errors or not lexed.tokens:
        return text
    parser = Parser([*lexed.tokens, Token("end", "", len(text), len(text))], _NOTHING, latex)
    first = parser.advance()
    if first.kind not in ("name", "word", "accent", "diff"):
        return text
    try:
        label = read_label(parser, first)
    except Exception:  # a name that cannot be read is its own spelling
        return text
    return label.spelled() if parser.tok.kind == "end" else text
