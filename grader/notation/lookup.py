"""Which declared symbol a name means."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, Kind
from grader.expressions.symbols import Symbol, SymbolTable
from grader.notation.commands import SETS
from grader.notation.labels import BOLD, Label, read_label
from grader.notation.parser import Parser
from grader.notation.tokens import VARIANTS

FADED = ("cal", "frak")  # fonts that a declared name may also be written in


def find(table: SymbolTable, spelled: str) -> Symbol | None:
    """The declared symbol that a spelling means: as it is, by another font, Greek variant or capital."""
    known = table.by_spelling
    found = known.get(spelled)
    if found is not None or not known:
        return found
    base, mark, tail = spelled.partition("(")
    if mark and tail.endswith(")"):
        inner = tail[:-1]
        if base == BOLD:
            plain = find(table, inner)
            return plain if plain is not None and plain.kind in ("vector", "matrix", "function") else None
        if base in FADED:
            return find(table, inner)
        return None
    variant = VARIANTS.get(spelled)
    if variant is not None:
        return known.get(variant)
    if len(spelled) > 2 and spelled.isalpha():
        return known.get(spelled.lower()) or known.get(spelled.capitalize()) or known.get(spelled.upper())
    return None


def by_parts(table: SymbolTable, label: Label) -> tuple[Symbol | None, str]:
    """The longest declared part of a name, and the decorations left over."""
    primes = "'" * label.primes
    for kept, rest in (
        (label.base + label.below + label.above + primes, ""),
        (label.base + label.below + label.above, primes),
        (label.base + label.below, label.above + primes),
        (label.base, label.below + label.above + primes),
    ):
        found = find(table, kept)
        if found is not None:
            return found, rest
    return None, ""


def default_kind(table: SymbolTable, base: str) -> Kind:
    """Bold and arrowed letters are vectors; an accent over a declared name keeps its kind."""
    accent, mark, inner = base.partition("(")
    if not mark:
        return "scalar"
    if accent == BOLD:
        return "vector"
    symbol = find(table, inner[:-1])
    return symbol.kind if symbol is not None else default_kind(table, inner[:-1])


def variable_name(p: Parser) -> Expr:
    """The name that stands here as a variable: never applied, never a constant."""
    tok = p.advance()
    label = read_label(p, tok)
    symbol, rest = by_parts(p.table, label)
    if symbol is not None and not rest:
        return symbol.expr
    return build.symbol(label.spelled(), "vector" if label.base.startswith(BOLD + "(") else "scalar")


def number_set(p: Parser, tree: Expr) -> Expr:
    """`x in R`: the letter of a set of numbers, where a set is wanted; C is left, many sets are called so."""
    letter = str(tree.value) if tree.head == "symbol" and tree.kind == "scalar" else ""
    known = letter in SETS and letter != "C" and find(p.table, letter) is None
    return build.constant(SETS[letter]) if known else tree
