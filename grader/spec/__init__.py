"""Specs: homework YAML becomes typed records (`model`), or faults with file, line and key.

The loader is imported when it is first used, so that `grader.spec.model` costs nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.spec.find import find_homework
    from grader.spec.load import load_homework
    from grader.spec.symbols import read_symbols, symbols_table

__all__ = ["find_homework", "load_homework", "read_symbols", "symbols_table"]

_HOMES = {
    "find_homework": "find",
    "load_homework": "load",
    "read_symbols": "symbols",
    "symbols_table": "symbols",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = found  # asked for once
    return found
