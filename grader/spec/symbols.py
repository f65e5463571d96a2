"""Declared symbols: from their YAML or JSON shape to a symbol table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import Field

from grader.errors import SpecError, SpecFault
from grader.expressions import build
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr, Kind
from grader.expressions.rewrite import free_symbols
from grader.expressions.symbols import Symbol, SymbolTable
from grader.notation import spelling
from grader.spec.domains import NAMED, read_domain
from grader.spec.formulas import UNREAD, Formulas
from grader.spec.schema import Strict, SymbolModel
from grader.spec.source import Data, Path_, Source, read_source
from grader.spec.suggest import did_you_mean
from grader.spec.validate import validate

NO_NAME = frozenset("=+/<>,;()[]|&#%$@!?")
SCALARS = frozenset(["scalar", "integer", "quantity"])


class SymbolsFile(Strict):
    """A mapping of names to symbols, under one key."""

    symbols: dict[str, SymbolModel] = Field(default_factory=dict)


def symbols_table(
    mapping: Mapping[str, Any], *, file: str = "symbols", base: SymbolTable | None = None
) -> SymbolTable:
    """A table of symbols given as data: `{"x": {"kind": "scalar", "domain": "(0, 1)"}}`.

    A name alone may stand for its kind: `{"v": "vector"}`. `base` holds what is declared already.
    Raises SpecError with every fault.
    """
    return _table(Source(file, {"symbols": _texts(mapping)}), base)


def read_symbols(path: Path) -> SymbolTable:
    """The table of a YAML file that maps names to symbols. Raises SpecError."""
    source, faults = read_source(path)
    if faults:
        raise SpecError(faults)
    if not isinstance(source.data, dict):
        raise SpecError([source.fault((), "the file declares no symbols", "write `x: {kind: scalar}`")])
    if set(source.data) == {"symbols"}:
        return _table(source, None)
    lines = {("symbols", *path_): line for path_, line in source.lines.items()}
    return _table(Source(source.file, {"symbols": source.data}, lines), None)


def _texts(value: Any) -> Any:
    """JSON values as the texts that a YAML file would hold; `{"v": "vector"}` in full."""
    if isinstance(value, Mapping):
        return {str(key): _texts(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_texts(item) for item in value]
    return value if value is None or isinstance(value, str) else str(value)


def _table(source: Source, base: SymbolTable | None) -> SymbolTable:
    model, faults = validate(SymbolsFile, _in_full(source))
    if model is None:
        raise SpecError(_bare(faults))
    table, faults = build_table(model.symbols, source, base)
    if faults:
        raise SpecError(_bare(faults))
    return table


def _in_full(source: Source) -> Source:
    declared = source.at(("symbols",))
    if not isinstance(declared, dict):
        return source
    full: dict[str, Data] = {
        name: {"kind": item} if isinstance(item, str) else item for name, item in declared.items()
    }
    return replace(source, data={"symbols": full})


def _bare(faults: tuple[SpecFault, ...]) -> list[SpecFault]:
    """Faults of a bare symbols file: their keys without the `symbols.` that stands for the file."""
    return [replace(fault, key=fault.key.removeprefix("symbols").removeprefix(".")) for fault in faults]


def build_table(
    models: Mapping[str, SymbolModel], source: Source, base: SymbolTable | None = None
) -> tuple[SymbolTable, tuple[SpecFault, ...]]:
    """The table of a spec's `symbols:`, definitions and inverses read, and what is wrong with them."""
    formulas = Formulas(source, base or SymbolTable())
    kinds = {name: _kind(model) for name, model in models.items()}
    bare = {name: _declare(name, model, kinds, formulas) for name, model in models.items()}
    _check_spellings(bare, formulas)
    formulas.table = formulas.table.with_symbols(bare.values())
    full = [_define(bare[name], model, formulas) for name, model in models.items()]
    formulas.table = formulas.table.with_symbols(full)
    _check_circles(full, formulas)
    return formulas.table, tuple(formulas.faults)


def _kind(model: SymbolModel) -> Kind:
    return "scalar" if model.kind == "quantity" else model.kind


def _declare(name: str, model: SymbolModel, kinds: Mapping[str, Kind], formulas: Formulas) -> Symbol:
    """The symbol without what needs the others: its definition and inverse."""
    path: Path_ = ("symbols", name)
    spellings = [_spelling(text, (*path, *rest), formulas) for text, rest in _written(name, model)]
    return Symbol(
        name=name,
        kind=_kind(model),
        domain=_domain(model, path, formulas),
        returns=model.returns,
        parameters=tuple(build.symbol(item, kinds.get(item, "scalar")) for item in model.parameters),
        spellings=tuple(dict.fromkeys(item for item in spellings if item)),
        about=model.about,
    )


def _written(name: str, model: SymbolModel) -> list[tuple[str, Path_]]:
    return [(name, ()), *((text, ("aliases", i)) for i, text in enumerate(model.aliases))]


def _spelling(text: str, path: Path_, formulas: Formulas) -> str:
    if not any(letter.isalpha() for letter in text) or NO_NAME & set(text):
        formulas.fault(path, f"`{text}` cannot be a name", "a letter or a word, perhaps decorated")
        return ""
    return spelling(text)


def _domain(model: SymbolModel, path: Path_, formulas: Formulas) -> Domain | None:
    if not model.domain:
        return Domain(integer=True) if model.kind == "integer" else None
    if model.kind not in SCALARS:
        formulas.fault((*path, "domain"), f"a {model.kind} takes no domain", "leave it out")
        return None
    try:
        found = read_domain(model.domain)
    except ValueError as bad:
        hint = (
            did_you_mean(model.domain, NAMED) if model.domain.isalpha() else 'such as "(0, 1)" or "[0, oo)"'
        )
        formulas.fault((*path, "domain"), str(bad), hint)
        return None
    return replace(found, integer=True) if model.kind == "integer" else found


def _define(symbol: Symbol, model: SymbolModel, formulas: Formulas) -> Symbol:
    if _misdefined(symbol, model, formulas):
        return symbol
    path: Path_ = ("symbols", symbol.name)
    local = [Symbol(item.value, item.kind) for item in symbol.parameters]
    local = [item for item in local if item.name not in formulas.table.symbols]
    definition = _body(model.definition, (*path, "definition"), local, formulas)
    inverse = _body(model.inverse, (*path, "inverse"), local, formulas)
    return replace(symbol, definition=definition, inverse=inverse)


def _misdefined(symbol: Symbol, model: SymbolModel, formulas: Formulas) -> bool:
    """Notes keys that do not go with the kind; whether there were any."""
    path: Path_ = ("symbols", symbol.name)
    before = len(formulas.faults)
    if model.kind not in ("function", "quantity") and model.parameters:
        hint = "make it `kind: function`"
        formulas.fault((*path, "parameters"), f"a {model.kind} takes no parameters", hint)
    if model.inverse and (model.kind != "function" or len(symbol.parameters) != 1):
        formulas.fault((*path, "inverse"), "only a function of one parameter has an inverse")
    if model.kind == "function" and model.definition and not symbol.parameters:
        hint = "write `parameters: [x]`"
        formulas.fault((*path, "definition"), "a defined function needs `parameters`", hint)
    return len(formulas.faults) > before


def _body(text: str, path: Path_, local: list[Symbol], formulas: Formulas) -> Expr | None:
    if not text:
        return None
    tree = formulas.read(text, path, local)
    return None if tree is UNREAD else tree


def _check_spellings(symbols: Mapping[str, Symbol], formulas: Formulas) -> None:
    taken: dict[str, str] = {}
    for symbol in symbols.values():
        for text in symbol.spellings:
            other = taken.setdefault(text, symbol.name)
            if other != symbol.name:
                message = f"`{text}` is written for `{other}` and for `{symbol.name}`"
                formulas.fault(("symbols", symbol.name), message, "one spelling, one symbol")


def _check_circles(symbols: list[Symbol], formulas: Formulas) -> None:
    """A definition must not lead back to its own name."""
    uses = {
        item.name: sorted({leaf.value for leaf in free_symbols(item.definition) - set(item.parameters)})
        for item in symbols
        if item.definition is not None
    }
    for name in uses:
        circle = find_circle(name, uses)
        if circle and circle[0] == min(circle):  # once a circle
            message = "defined by itself: " + " -> ".join(circle)
            formulas.fault(
                ("symbols", name, "definition"), message, "one of these must do without the others"
            )


def find_circle(start: str, uses: Mapping[str, list[str]]) -> list[str]:
    """The shortest way from a name back to itself, both ends included; empty if there is none."""
    ways: list[list[str]] = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for name in uses.get(way[-1], ()):
            if name == start:
                return [*way, start]
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []
