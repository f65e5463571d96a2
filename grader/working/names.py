"""Functions introduced under a name which reads as a factor: `let s(z) = ...`, `A(x) = ...`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, symbols_of
from grader.expressions.symbols import Symbol, SymbolTable
from grader.notation import read
from grader.working import cues
from grader.working.knowledge import Knowledge
from grader.working.records import Line, Working

_HEAD = re.compile(
    r"(?:^|\\\\|&|\\qquad|\\quad|\\text\{[^{}]*\}|\}|[,;\n])\s*"
    r"(?P<name>(?:\\mathcal\s*\{\w\}|\\[a-zA-Z]+|[A-Za-z])(?:_(?:\w|\{\w+\}))?)"
    r"(?P<primes>'*)\s*\(\s*(?P<parameter>\\(?:vec|mathbf|boldsymbol|bm)\s*(?:\w|\{\w\})|\\[a-zA-Z]+|[A-Za-z])\s*\)"
    r"\s*&?\s*=(?P<rest>.*)"
)
_ROW_END = re.compile(r"\\\\|\\q?quad|,(?!\s*\\?[a-z])|\\text|\\implies|\\Rightarrow|\\iff")


def functions_in(formula: str, known: Knowledge) -> SymbolTable:
    """The table with `A` a function where a row begins with `A(x) =` and x stands on the right as well."""
    table = known.table
    for match in _HEAD.finditer(formula):
        name, parameter = (read(match[group], table).tree for group in ("name", "parameter"))
        if name is None or parameter is None or name.head != "symbol" or parameter.head != "symbol":
            continue
        moves = dict(known.told.moving).get(str(name.value))
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
    bound = _parameters(working) | _set_again(working)
    for statement in working.statements:
        for member in statement.members[:1]:
            made = working.known.table.symbols.get(_name(member)) if statement.defines else None
            if made is not None and made.name not in made_before and made.name not in bound:
                made_before[made.name] = made
                if any(s.value == made.name for s in used):
                    late.append(made)
        used |= {s for member in statement.members for s in symbols_of(member)}
    return _with_parts(late, made_before)


def _set_again(working: Working) -> frozenset[str]:
    """The names that have one meaning in one case and another in the next: neither holds from the start."""
    made = Counter(_name(s.members[0]) for s in working.statements if s.defines and s.members)
    return frozenset(name for name, times in made.items() if times > 1)


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
