"""Letters that an answer uses for what a declared function is applied to, without saying so.

`2(sigma(z) - y) sigma'(z) phi(x)` where the question has `sigma(w . phi(x))`; `dz/dw = phi(x)` after `dp/dz`.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.expressions.nodes import Expr, walk
from grader.expressions.symbols import Symbol
from grader.working.arguments.strangers import abbreviations, inner_arguments
from grader.working.completing import rates_in
from grader.working.knowledge import Knowledge
from grader.working.records import Working


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
