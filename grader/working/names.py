"""Functions introduced under a name which reads as a factor: `let s(z) = ...`, `A(x) = ...`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, symbols_of
from grader.expressions.symbols import Symbol, SymbolTable
from grader.notation import read
from grader.records import Piece
from grader.working import cues
from grader.working.knowledge import Knowledge
from grader.working.records import Line, Working
from grader.working.spellings import D

_HEAD = re.compile(
    r"(?:^|\\\\|&|\\qquad|\\quad|\\text\{[^{}]*\}|\}|[,;\n])\s*"
    r"(?P<name>(?:\\mathcal\s*\{\w\}|\\[a-zA-Z]+|[A-Za-z])(?:_(?:\w|\{\w+\}))?)"
    r"(?P<primes>'*)\s*\(\s*(?P<parameter>\\(?:vec|mathbf|boldsymbol|bm)\s*(?:\w|\{\w\})|\\[a-zA-Z]+|[A-Za-z])\s*\)"
    r"\s*&?\s*=(?P<rest>.*)"
)
_ROW_END = re.compile(r"\\\\|\\q?quad|,(?!\s*\\?[a-z])|\\text|\\implies|\\Rightarrow|\\iff")

_OWN_E = re.compile(r"\s*e\s*:?=")
_POWER_OF_E = re.compile(r"(?<![a-zA-Z\\])e\s*\^\s*(?!2|\{2\})|\\exp|\\ln|\bexp\b|\bln\b")

_OWN_D = re.compile(r"(?<![A-Za-z\\{])d\s*(?=[-=+)},;.<>]|$)", re.MULTILINE)
_BEHIND_D = re.compile(r"(?<![A-Za-z\\])d[a-z](?![a-z])")
_CALCULUS = re.compile(r"\\int|∫|frac\s*\{\s*d|d\w?\s*/\s*d|\\partial|'")


def with_own_e(pieces: Iterable[Piece], known: Knowledge) -> Knowledge:
    """What is known, with `e` a name where a formula says what it is, and none is a power of e."""
    formulas = [p.text for p in pieces if p.kind == "math"]
    own = any(_OWN_E.match(text) for text in formulas) and not any(_POWER_OF_E.search(t) for t in formulas)
    return replace(known, table=known.table.with_symbols([Symbol("e")])) if own else known


def with_own_d(pieces: Iterable[Piece], known: Knowledge) -> Knowledge:
    """What is known, with `d` a letter where it stands by itself and nothing is differentiated or integrated.

    `b - dy` is then a product, beside `cx + d`.
    """
    text = "\n".join(p.text for p in pieces if p.kind == "math")
    own = _OWN_D.search(text) and _BEHIND_D.search(text) and not _CALCULUS.search(text)
    return replace(known, table=known.table.with_symbols([Symbol("d")])) if own else known


def with_letters(pieces: Iterable[Piece], known: Knowledge) -> Knowledge:
    """What is known, with a declared function as a letter where no formula says of what it is one.

    `y' + 2y = 6` with y declared a function: there y and y' stand for their values.
    """
    functions = [s for s in known.table.symbols.values() if s.kind == "function" and len(s.name) == 1]
    bare = {s.name for s in functions if s.definition is None and s.inverse is None}
    if not bare:
        return known
    text = "\n".join(p.text for p in pieces if p.kind == "math")
    bare = {name for name in bare if _slope_of(name).search(text) and not _applied(name).search(text)}
    if not bare:
        return known
    kept = [s for s in known.table.symbols.values() if s.name not in bare]
    table = replace(known.table, symbols={}, by_spelling={}).with_symbols(kept)
    return replace(known, table=table, declared=known.declared - bare)


def _slope_of(name: str) -> re.Pattern[str]:
    """`y'` without a bracket behind it, or dy/dx."""
    return re.compile(
        rf"(?<![\\A-Za-z]){name}'+(?!'|\s*(\\left)?\()"
        rf"|{D}\s*{name}\s*/\s*{D}|\{{\s*{D}\s*{name}\s*\}}\s*\{{\s*{D}"
    )


def _applied(name: str) -> re.Pattern[str]:
    """`y(x)`: the function of a letter."""
    return re.compile(rf"(?<![\\A-Za-z]){name}'*\s*(\\left)?\(\s*\\?[A-Za-z]")


def functions_in(formula: str, known: Knowledge) -> SymbolTable:
    """The table with `A` a function where a row begins with `A(x) =` and x stands on the right as well."""
    table = known.table
    for match in _HEAD.finditer(formula):
        name, parameter = (read(match[group], table).tree for group in ("name", "parameter"))
        if name is None or parameter is None or name.head != "symbol" or parameter.head != "symbol":
            continue
        moves = dict(known.moving).get(str(name.value))
        if (match["primes"] and moves is None) or moves:  # beside dT/dt, `T(t) = ...` says what T is
            continue
        plain = name.kind == "scalar" and parameter.kind in ("scalar", "vector") and name is not parameter
        mentioned = match["parameter"] in _ROW_END.split(match["rest"])[0]
        if plain and mentioned and _may_be_function(name, known, table):
            table = table.with_symbols([Symbol(name.value, "function")])
    return table


def _may_be_function(name: Expr, known: Knowledge, table: SymbolTable) -> bool:
    """Whether a letter is free, or declared for another question, and nothing has been said of it."""
    declared = table.symbols.get(name.value)
    if declared is None:
        return name not in known.seen
    target = known.target
    asked = frozenset().union(*(free_symbols(t) for t in (*target.references, *target.named)))
    plain = declared.kind == "scalar" and declared.definition is None and not declared.parameters
    return plain and name not in asked | known.seen and bool(target.references)


def declare_functions(lines: Iterable[Line], known: Knowledge) -> Knowledge:
    """What is known, with `s` a function where a definition makes it one."""
    for line in lines:
        tree = line.segment.tree
        if tree is None or tree.head != "chain" or not cues.DEFINES.search(line.intro):
            continue
        made = _as_function(tree.args[0], tree.args[1], known)
        if made is not None:
            known = known.define(made)
    return known


def _as_function(left: Expr, right: Expr, known: Knowledge) -> Symbol | None:
    """`s(z) = body` where `s` was read as a factor of `z`."""
    if left.head != "mul" or len(left.args) != 2 or any(a.head != "symbol" for a in left.args):
        return None
    name, parameter = left.args
    if name is parameter or not known.is_fresh(name) or name.kind != "scalar":
        return None
    return Symbol(name.value, "function", returns=right.kind, parameters=(parameter,), definition=right)


def late_definitions(working: Working) -> list[Symbol]:
    """The symbols that the answer defines after it has used them."""
    late: list[Symbol] = []
    used: set[Expr] = set()
    made_before: dict[str, Symbol] = {}
    bound = _parameters(working)
    for statement in working.statements:
        for member in statement.members[:1]:
            made = working.known.table.symbols.get(_name(member)) if statement.defines else None
            if made is not None and made.name not in made_before and made.name not in bound:
                made_before[made.name] = made
                if any(s.value == made.name for s in used):
                    late.append(made)
        used |= {s for member in statement.members for s in symbols_of(member)}
    return _with_parts(late, made_before)


def _parameters(working: Working) -> frozenset[str]:
    """The letters of which the answer's own functions are functions: `y = x^2` is a condition on f(x, y)."""
    return frozenset(str(p.value) for own in working.known.own_symbols() for p in own.parameters)


def _with_parts(late: list[Symbol], made: Mapping[str, Symbol]) -> list[Symbol]:
    """With the names that their definitions are made of: z of `s = sigma(z)`."""
    for symbol in late:  # grows on the way
        inside = symbols_of(symbol.definition) if symbol.definition is not None else frozenset()
        parts = [made[name] for name in sorted(str(s.value) for s in inside) if name in made]
        late += [part for part in parts if part not in late]
    return late


def _name(member: Expr) -> str:
    """The name that a definition's left side introduces."""
    leaf = member.args[0] if member.head in ("apply", "index") else member
    return str(leaf.value)
