"""Which program this is: its version, and a digest of its own source."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

DEPENDENCIES = (
    "sympy",
    "python-flint",
    "numpy",
    "z3-solver",
    "math-core",
    "Jinja2",
)  # what a verdict or a page rests on
PASSED_OVER = frozenset(["__pycache__", ".mypy_cache"])


@cache
def fingerprint() -> str:
    """A digest that is another one whenever the program might say something else: 64 hexadecimal digits.

    It is made of every file of the package and of the versions of what it calculates with.
    """
    digest = hashlib.sha256()
    for name in DEPENDENCIES:
        digest.update(f"{name} {_version(name)}\n".encode())
    root = Path(__file__).parent
    for path in _files(str(root)):
        with open(path, "rb") as stream:
            found = stream.read()
        digest.update(f"{os.path.relpath(path, root)} {len(found)}\n".encode())
        digest.update(found)
    return digest.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_dir():
            if entry.name not in PASSED_OVER:
                yield from _files(entry.path)
        elif not entry.name.startswith(".") and not entry.name.endswith((".pyc", ".pyo")):
            yield entry.path
