"""One-token slips in a line of LaTeX or plain text: every place where one could be made, with its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\\begin\{\w+\*?\}(?:\{[rcl|]+\})?|\\end\{\w+\*?\}|\\tag\{[^}]*\}|\\text\{[^}]*\}|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[A-Za-z]+|\S"
)
_FUNCTIONS = {
    "sin": "cos", "cos": "sin", "tan": "sin", "sec": "csc", "ln": "exp", "exp": "ln", "log": "exp",
    "sinh": "cosh", "cosh": "sinh", "tanh": "sinh", "arctan": "tan", "arcsin": "arctan", "sqrt": "",
}  # fmt: skip
_RELATIONS = {"<": ">", ">": "<", "\\le": "\\ge", "\\ge": "\\le", "\\leq": "\\geq", "\\geq": "\\leq"}
_STOPS = frozenset(
    ["=", "<", ">", ",", ")", "]", "&", "\\\\", "\\right", "}", "\\le", "\\ge", "\\text", "\\implies"]
)


@dataclass(frozen=True, slots=True)
class Slip:
    """`text[start:end]` becomes `new`."""

    kind: str
    start: int
    end: int
    new: str

    def applied(self, text: str) -> str:
        """The text with the slip."""
        return text[: self.start] + self.new + text[self.end :]


def slips(source: str, latex: bool) -> Iterator[Slip]:
    """Every slip of one token that the source of a line allows."""
    tokens = _tokens(source, latex)
    for index, (start, end, token) in enumerate(tokens):
        before = tokens[index - 1][2] if index else ""
        after = tokens[index + 1][2] if index + 1 < len(tokens) else ""
        for kind, new in _changes(token, before, after):
            yield Slip(kind, start, end, new)
        if token == "^" and after and after != "{":
            yield Slip("exponent dropped", start, tokens[index + 1][1], "")
        if token in "+-" and index:
            stop = _term_end(tokens, index + 1)
            if stop > index + 1:
                yield Slip("term dropped", start, tokens[stop - 1][1], "")


def _tokens(source: str, latex: bool) -> list[tuple[int, int, str]]:
    found = []
    for match in _TOKEN.finditer(source):
        text = match.group()
        if latex and len(text) > 1 and text.isalpha():
            found += [(match.start() + i, match.start() + i + 1, c) for i, c in enumerate(text)]
        else:
            found.append((match.start(), match.end(), text))
    return found


def _changes(token: str, before: str, after: str) -> Iterator[tuple[str, str]]:
    exponent = before == "^" or (before == "{" and after == "}")
    if token in ("+", "-") and (before or token == "-"):
        yield "sign", {"+": "-", "-": "+" if before not in ("", "=", "(", "{", "&", "[") else ""}[token]
    elif re.fullmatch(r"\d+", token):
        yield ("exponent" if exponent else "constant"), str(int(token) + 1)
        if int(token) > 2:
            yield ("exponent" if exponent else "constant"), str(int(token) - 1)
        if after and (after[0].isalpha() or after[0] in "(\\") and before not in ("^", "_", "{", "\\frac"):
            yield "factor dropped", ""
    elif re.fullmatch(r"\d+\.\d+", token):
        yield "constant", token[:-1] + str((int(token[-1]) + 1) % 10)
    elif token.lstrip("\\") in _FUNCTIONS and len(token) > 1:
        name = _FUNCTIONS[token.lstrip("\\")]
        if name or token == "\\sqrt":
            yield "function", ("\\" if token[0] == "\\" and name else "") + name
    elif len(token) == 1 and token.isalpha() and _operand(before) and _operand(after):
        yield "factor dropped", ""
    elif token in _RELATIONS:
        yield "relation", _RELATIONS[token]


def _operand(token: str) -> bool:
    return bool(token) and (token[-1].isalnum() or token in (")", "}", "(", "{", "]"))


def _term_end(tokens: list[tuple[int, int, str]], index: int) -> int:
    depth = 0
    while index < len(tokens):
        token = tokens[index][2]
        if depth == 0 and (token in _STOPS or token in ("+", "-")):
            break
        depth += token in ("(", "{", "[") or token == "\\left"
        depth -= token in (")", "}", "]") or token == "\\right"
        if depth < 0:
            break
        index += 1
    return index
