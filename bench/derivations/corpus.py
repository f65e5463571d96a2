"""The right derivations: `right/*.yaml`; an item is a text (Markdown) or has `text`, `format`, `symbols`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "right"


@dataclass(frozen=True, slots=True)
class Derivation:
    """One right derivation: `name` is its file and number in it."""

    name: str
    text: str
    format: str = "md"
    symbols: dict[str, Any] | None = field(default=None, hash=False)

    @property
    def area(self) -> str:
        """The file that it stands in."""
        return self.name.partition("-")[0]


def load(only: str = "") -> list[Derivation]:
    """Every derivation whose name contains `only`, in order."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for number, item in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            entry: dict[str, Any] = {"text": item} if isinstance(item, str) else item
            name = f"{path.stem}-{number}"
            if only in name:
                found.append(Derivation(name, entry["text"], entry.get("format", "md"), entry.get("symbols")))
    return found
