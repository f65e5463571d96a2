"""The symbol table: what each name in a formula stands for, frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from grader.expressions import build
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr, Kind


@dataclass(frozen=True, slots=True)
class Symbol:
    """One declared name.

    `definition` of a function is its body in `parameters`; of a variable, what it abbreviates.
    `inverse` is the body of the inverse function, in the same (single) parameter.
    `spellings` are canonical spellings (see `notation.spelling`) that mean this symbol.
    """

    name: str
    kind: Kind = "scalar"
    domain: Domain | None = None
    returns: Kind = "scalar"
    parameters: tuple[Expr, ...] = ()
    definition: Expr | None = None
    inverse: Expr | None = None
    spellings: tuple[str, ...] = ()
    about: str = ""

    @property
    def expr(self) -> Expr:
        """The symbol as a leaf of a tree."""
        return build.symbol(self.name, self.kind)


@dataclass(frozen=True, slots=True, eq=False)
class SymbolTable:
    """Declared symbols by name and by spelling; looked up, never changed: `with_symbols` gives a new one.

    Undeclared names get the defaults that `notation` documents.
    """

    symbols: Mapping[str, Symbol] = field(default_factory=dict)
    by_spelling: Mapping[str, Symbol] = field(default_factory=dict)
    log_base: Expr = build.E
    decimal_comma: bool = False

    def find(self, spelling: str) -> Symbol | None:
        """The symbol that a canonical spelling stands for."""
        return self.by_spelling.get(spelling)

    def with_symbols(self, new: Iterable[Symbol]) -> SymbolTable:
        """A table in which `new` stands beside (or in place of) what was declared."""
        symbols, spelled = dict(self.symbols), dict(self.by_spelling)
        for item in new:
            symbols[item.name] = item
            for spelling in (item.name, *item.spellings):
                spelled[spelling] = item
        return replace(self, symbols=symbols, by_spelling=spelled)


class Alike:
    """A table by what it holds: two students who define the same names have the same one."""

    __slots__ = ("held", "table")

    def __init__(self, table: SymbolTable) -> None:
        self.table = table
        names = tuple(table.symbols.items()), tuple(table.by_spelling)
        self.held = (*names, table.log_base, table.decimal_comma)

    def __hash__(self) -> int:
        return hash(self.held)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alike) and self.held == other.held


def table(symbols: Iterable[Symbol] = ()) -> SymbolTable:
    """A symbol table of these symbols."""
    return SymbolTable().with_symbols(symbols)
