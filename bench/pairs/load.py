"""The pairs: those of tests/cases/compare, and the ones in bench/pairs/more, in one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "tests" / "cases" / "compare", Path(__file__).parent / "more")
LABELS = {
    "equal": "equal",
    "proven": "equal",
    "different": "different",
    "domain_only": "different",
    "unknown": "unknown",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two answers, whether they are equal, and what is declared."""

    group: str
    student: str
    reference: str
    label: str
    syntax: str = "latex"
    symbols: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    domain_only: bool = False

    @property
    def is_common(self) -> bool:
        """Whether a peer can be asked: LaTeX, nothing declared, and no difference in domain alone."""
        plain = not self.symbols and not self.options and not self.domain_only
        return plain and self.syntax == "latex" and self.label != "unknown"


def pairs() -> tuple[Pair, ...]:
    """Every pair once, in the order of the files."""
    found = {(p.student, p.reference, repr(p.symbols), repr(p.options), p.syntax): p for p in _all()}
    return tuple(found.values())


def _all() -> Iterator[Pair]:
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.yaml")):
            yield from _of_file(path)


def _of_file(path: Path) -> Iterator[Pair]:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    for word, label in LABELS.items():
        for student, reference, *more in data.get(word, []):
            given = more[0] if more else {}
            symbols = {**data.get("symbols", {}), **given.get("symbols", {})}
            yield Pair(
                path.stem,
                str(student),
                str(reference),
                label,
                data.get("syntax", "latex"),
                symbols,
                given.get("options", {}),
                word == "domain_only",
            )
