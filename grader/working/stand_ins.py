"""Letters that an answer uses for what a declared function is applied to, without saying so.

`2(sigma(z) - y) sigma'(z) phi(x)` where the question has `sigma(w . phi(x))`; `dz/dw = phi(x)` after `dp/dz`.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.expressions.symbols import Symbol
from grader.working.arguments.strangers import abbreviations, inner_arguments
from grader.working.completing import rates_in
from grader.working.knowledge import Knowledge
from grader.working.records import Working

_MOST = 3  # letters to try


def stand_ins(working: Working) -> list[tuple[Symbol, ...]]:
    """The readings to try, each the names as it defines them: of all such letters, then of single ones."""
    known = working.known
    arguments = dict.fromkeys(inner_arguments(known).values())
    if len(arguments) != 1:
        return []
    (argument,) = arguments
    used = (name for s in working.statements for m in s.members for name in _used(m, known))
    letters = sorted({name for name in used if name not in known.table.symbols})
    made = [Symbol(letter, argument.kind, definition=argument) for letter in letters]
    return [tuple(made), *((one,) for one in made if len(made) > 1)] if made else []


def possible_readings(working: Working) -> list[tuple[Symbol, ...]]:
    """Each letter that nothing explains as each thing that the question has: a person decides."""
    known = working.known
    used = {s for statement in working.statements for m in statement.members for s in free_symbols(m)}
    open_names = {s.value for s in used if s.kind == "scalar" and _is_open(s.value, known)}
    short = [s.expr for s in abbreviations(known) if s.definition and free_symbols(s.definition)]
    meanings = (*short, *dict.fromkeys(inner_arguments(known).values()))
    letters = sorted(name for name in open_names if "/" not in name)[:_MOST]
    return [(Symbol(name, m.kind, definition=m),) for name in letters for m in meanings]


def _is_open(name: str, known: Knowledge) -> bool:
    """Whether nothing says what a name is, or no more than that it equals another: `h = y`."""
    found = known.table.symbols.get(name)
    bare = found is not None and found.definition is not None and found.definition.head == "symbol"
    return found is None or (bare and name in known.defined)


def _used(tree: Expr, known: Knowledge) -> Iterator[str]:
    """The letters in a tree that stand where the argument would: in `sigma(z)`, `dp/dz`, `dz/dw`."""
    functions = inner_arguments(known)
    for part in walk(tree):
        if part.head == "apply" and len(part.args) == 2 and _base(part.args[0]) in functions:
            yield from _letter(part.args[1])
        elif part.head in ("derivative", "gradient") and part.args[-1].kind == "vector":
            yield from _letter(part.args[0])
    short = {s.name for s in abbreviations(known)}
    yield from (by for _, of, by in rates_in(tree) if of in short)


def _base(function: Expr) -> Expr:
    return function.args[0] if function.head == "derived" else function


def _letter(tree: Expr) -> Iterator[str]:
    if tree.head == "symbol" and tree.kind == "scalar":
        yield str(tree.value)
