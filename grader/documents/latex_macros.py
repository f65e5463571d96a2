"""Macros that a document defines: name to number of arguments and body."""

from __future__ import annotations

import re

from grader.documents.inline import closing_brace
from grader.documents.layout import Span

Macros = dict[str, tuple[int, str]]

_DEFINITION = re.compile(
    r"\\(?:(?P<command>(?:re|provide)?newcommand|providecommand|DeclareRobustCommand)\*?\s*(?:\{\s*\\(?P<name>[A-Za-z]+)\s*\}|\\(?P<bare>[A-Za-z]+))"
    r"\s*(?:\[(?P<count>\d)\])?\s*(?:\[(?P<default>[^\]]*)\])?\s*(?=\{)"
    r"|(?P<operator>DeclareMathOperator)\*?\s*\{?\s*\\(?P<operated>[A-Za-z]+)\s*\}?\s*(?=\{)"
    r"|[gex]?def\s*\\(?P<defined>[A-Za-z]+)\s*(?P<parameters>(?:#\d)*)\s*(?=\{)"
    r"|let\s*\\(?P<alias>[A-Za-z]+)\s*=?\s*(?P<target>\\[A-Za-z]+)"
    r"|NewDocumentCommand\s*\{?\s*\\(?P<document>[A-Za-z]+)\s*\}?\s*\{(?P<signature>[^}]*)\}\s*(?=\{)"
    r"|DeclarePairedDelimiter\s*\{?\s*\\(?P<pair>[A-Za-z]+)\s*\}?\s*\{(?P<left>[^{}]*)\}\s*\{(?P<right>[^{}]*)\})"
)

# Definitions without an end, after which no more are looked for.
_MOST_LOST = 50


def collect(text: str) -> tuple[Macros, list[Span]]:
    r"""The macros defined in a text, and where their definitions stand.

    A later definition replaces an earlier one. Of an optional argument the default is taken.

    >>> collect(r"\newcommand{\half}[1]{\frac{#1}{2}}")[0]
    {'half': (1, '\\frac{#1}{2}')}
    """
    macros: Macros = {}
    spans: list[Span] = []
    position = lost = 0
    while match := _DEFINITION.search(text, position):
        position = match.end()
        body = ""
        if text.startswith("{", position):
            close = closing_brace(text, position + 1, len(text))
            lost += close < 0
            if close < 0 and lost < _MOST_LOST:
                continue
            if close < 0:
                break
            body = text[position + 1 : close].strip()
            position = close + 1
        name, definition = _define(match, body)
        macros[name] = definition
        spans.append((match.start(), position))
    return macros, spans


def _define(match: re.Match[str], body: str) -> tuple[str, tuple[int, str]]:
    groups = match.groupdict()
    if groups["operator"]:
        return groups["operated"], (0, rf"\operatorname{{{body}}}")
    if groups["defined"]:
        return groups["defined"], (groups["parameters"].count("#"), body)
    if groups["alias"]:
        return groups["alias"], (0, groups["target"])
    if groups["document"]:
        return groups["document"], (len(re.findall(r"[mvr]", groups["signature"])), body)
    if groups["pair"]:
        return groups["pair"], (1, rf"\left{groups['left']} #1 \right{groups['right']}")
    count = int(groups["count"] or 0)
    if groups["default"] is not None and count:
        return groups["name"] or groups["bare"], (count - 1, _with_default(body, groups["default"]))
    return groups["name"] or groups["bare"], (count, body)


def _with_default(body: str, default: str) -> str:
    """The body with its first argument filled in and the others counted from one."""

    def argument(found: re.Match[str]) -> str:
        number = int(found.group(1))
        return default if number == 1 else f"#{number - 1}"

    return re.sub(r"#(\d)", argument, body)
