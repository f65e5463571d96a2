"""The index of one example: `2(p_i - y_i)` is `2(p - y)` where nothing is added up over i.

Somebody who learned the formulas with a sum over the examples writes them with an index for a single one.
A component of a vector (`w_j`) is not meant: the index stands at numbers, or inside a function of vectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import rebuild
from grader.expressions.symbols import SymbolTable
from grader.records import Piece

LETTERS = "ijkn"
_INDEX = rf"(?:_\{{?\s*([{LETTERS}])\s*\}}?|\^\{{?\(([{LETTERS}])\)\}}?)(?![A-Za-z0-9])"
_INDEXED = re.compile(rf"([A-Za-z])'?{_INDEX}")
_INSIDE = re.compile(rf"\(\s*([A-Za-z]){_INDEX}\s*\)")
_SUMMED = re.compile(r"(?:\\sum|\\prod|\\max|\\min|sum|prod|∑|∏|Σ)[^$\n]{0,12}?_?\{?\s*([A-Za-z])")
_ABOVE = re.compile(rf"(?P<base>.+)\^\{{\((?P<letter>[{LETTERS}])\)\}}(?P<primes>'*)")


def example_letters(pieces: Iterable[Piece], table: SymbolTable) -> frozenset[str]:
    """The letters that number one example in these pieces: at a declared number, and bound by no sum.

    >>> from grader.expressions.symbols import Symbol, table
    >>> from grader.records import Place
    >>> said = ["2(p_i - y_i)", "\\\\sum_i (p_i - y_i)^2", "p_i + y_j"]
    >>> names = table([Symbol("p"), Symbol("y")])
    >>> [sorted(example_letters([Piece("math", text, Place("a", 1))], names)) for text in said]
    [['i'], [], []]
    """
    kinds = {s.name: s.kind for s in table.symbols.values()}
    of_vectors = any(q.kind == "vector" for s in table.symbols.values() for q in s.parameters)
    found: set[str] = set()
    bound: set[str] = set()
    for piece in pieces:
        if piece.kind == "math" and not piece.struck:
            found |= {m[2] or m[3] for m in _INDEXED.finditer(piece.text) if kinds.get(m[1]) == "scalar"}
            found |= {
                m[2] or m[3]
                for m in _INSIDE.finditer(piece.text)
                if of_vectors and kinds.get(m[1]) == "vector"
            }
            bound |= {m[1] for m in _SUMMED.finditer(piece.text)}
    free = found - bound - table.symbols.keys()
    return frozenset(free) if len(free) == 1 else frozenset()


def of_one_example(tree: Expr, letters: frozenset[str], table: SymbolTable, inside: bool = False) -> Expr:
    """The tree without the index of the one example; `inside` is the argument of a function."""
    if not letters:
        return tree
    name = _unindexed(tree, letters)
    known = table.symbols.get(name) if name else None
    if known is not None and (known.kind == "scalar" or (inside and known.kind == "vector")):
        return known.expr
    args = tuple(
        of_one_example(a, letters, table, _takes_vector(tree, k, table)) for k, a in enumerate(tree.args)
    )
    if tree.head == "index" and args != tree.args:
        return node("index", args, tree.value, tree.kind)
    return rebuild(tree, args)


def _takes_vector(tree: Expr, place: int, table: SymbolTable) -> bool:
    """Whether this argument is one of a declared function that takes a vector there."""
    if tree.head != "apply" or not place or tree.args[0].head != "symbol":
        return False
    known = table.symbols.get(str(tree.args[0].value))
    parameters = known.parameters if known is not None else ()
    return place <= len(parameters) and parameters[place - 1].kind == "vector"


def _unindexed(tree: Expr, letters: frozenset[str]) -> str:
    """The name under the index; empty if there is none."""
    if tree.head == "index" and len(tree.args) == 2 and tree.args[1].head == "symbol":
        return str(tree.args[0].value) if tree.args[1].value in letters else ""
    match = _ABOVE.fullmatch(str(tree.value)) if tree.head == "symbol" else None
    return match["base"] + match["primes"] if match and match["letter"] in letters else ""
