"""Reads a YAML file safely, and remembers where every key and value stands.

The file is composed, never constructed: no tag, no Python object, no date or octal number is ever
made of what an author writes. A scalar stays the text that was written (`0.10` is not `0.1`), and the
schema says what it should be. Files, depth and aliases are capped, so that no file can take the
machine ("billion laughs").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from grader.errors import SpecFault

MAX_BYTES = 1_000_000
MAX_VALUES = 50_000
MAX_DEPTH = 40
NULLS = frozenset(["", "~", "null", "Null", "NULL"])
CORE = "tag:yaml.org,2002:"
KNOWN_TAGS = ["str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge", "value"]
TAGS = frozenset(CORE + name for name in KNOWN_TAGS)

Path_ = tuple[str | int, ...]
Data = str | None | list["Data"] | dict[str, "Data"]


@dataclass(frozen=True, slots=True)
class Source:
    """A YAML file as data of texts, lists and mappings, with the line of each key path.

    `lines` maps a path such as ("marks", 0, "points") to the 1-based line of its key.
    """

    file: str
    data: Data = None
    lines: Mapping[Path_, int] = field(default_factory=dict)

    def line(self, path: Path_) -> int:
        """The line of a path, or of the nearest one above it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def at(self, path: Path_) -> Data:
        """The value at a path; None where there is none."""
        found: Data = self.data
        for part in path:
            if isinstance(found, dict) and isinstance(part, str):
                found = found.get(part)
            elif isinstance(found, list) and isinstance(part, int) and part < len(found):
                found = found[part]
            else:
                return None
        return found

    def key(self, path: Path_) -> str:
        """A path for people: `marks.A1.points` where the item has an id, `examples[2]` (the second) else."""
        said = ""
        for depth, part in enumerate(path):
            if isinstance(part, int):
                item = self.at((*path[: depth + 1], "id"))
                said += f".{item}" if isinstance(item, str) else f"[{part + 1}]"
            else:
                said += f".{part}"
        return said.removeprefix(".")

    def fault(self, path: Path_, message: str, hint: str = "") -> SpecFault:
        """A fault that stands at a path."""
        return SpecFault(self.file, self.line(path), self.key(path), message, hint)


def read_source(path: Path) -> tuple[Source, tuple[SpecFault, ...]]:
    """The file's data with places, and what is wrong with it as YAML. Never raises for a bad file."""
    file = str(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            return _broken(file, 1, "the file is too large", f"at most {MAX_BYTES:,} bytes")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        line = 1 + bad.object[: bad.start].count(b"\n")
        return _broken(file, line, "the file is not UTF-8 text", "save it with the encoding UTF-8")
    except OSError as bad:
        return _broken(file, 1, f"the file cannot be read: {bad.strerror or bad}")
    return parse_source(text, file)


def parse_source(text: str, file: str) -> tuple[Source, tuple[SpecFault, ...]]:
    """As `read_source`, for text that is at hand."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as bad:
        return _broken(file, *_explain(bad, text))
    except RecursionError:
        return _broken(file, 1, "the file is nested too deeply", f"at most {MAX_DEPTH} levels")
    reader = _Reader(file)
    data = reader.value(root, (), 0) if root is not None else None
    return Source(file, data, reader.lines), tuple(reader.faults)


def _broken(file: str, line: int, message: str, hint: str = "") -> tuple[Source, tuple[SpecFault, ...]]:
    return Source(file), (SpecFault(file, line, "", message, hint),)


def _explain(bad: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """Line, message and hint for a fault of YAML's own syntax."""
    mark = getattr(bad, "problem_mark", None) or getattr(bad, "context_mark", None)
    line = mark.line + 1 if mark is not None else 1
    problem = str(getattr(bad, "problem", None) or getattr(bad, "reason", None) or "cannot be read")
    written = text.splitlines()[line - 1] if 0 < line <= len(text.splitlines()) else ""
    indent = written[: len(written) - len(written.lstrip())]
    if "\t" in indent or "'\\t'" in problem:
        return line, "a tab stands where YAML wants spaces", "indent with spaces"
    if "mapping values are not allowed" in problem:
        return line, "a colon inside a value", 'put the value in quotes: "..."'
    if "cannot start any token" in problem or "unknown escape" in problem:
        return line, f"not YAML: {problem}", "put formulas in single quotes: '\\vec w'"
    if "another document" in problem:
        return line, "a second document in one file", "leave out the line `---`"
    if "could not find expected ':'" in problem:
        return line, "not YAML: a line without its colon", "each line is `key: value` or `- item`"
    if "expected <block end>" in problem:
        return line, "not YAML: the indentation does not fit", "what belongs together begins in one column"
    return line, f"not YAML: {problem}", ""


class _Reader:
    """Turns nodes into data, noting lines and faults on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path_, int] = {}
        self.faults: list[SpecFault] = []
        self.count = 0

    def value(self, node: Node, path: Path_, depth: int) -> Data:
        self.lines.setdefault(path, node.start_mark.line + 1)
        self.count += 1
        if self.count > MAX_VALUES or depth > MAX_DEPTH:
            if self.count < 2 * MAX_VALUES:  # say it once
                self.fault(node, path[:4], "too many or too deeply nested values", "aliases count where used")
                self.count = 2 * MAX_VALUES
            return None
        if node.tag not in TAGS:
            self.fault(node, path, f"the tag `{node.tag.removeprefix(CORE)}` is not allowed", "leave it out")
        if isinstance(node, MappingNode):
            return self.mapping(node, path, depth)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, i), depth + 1) for i, item in enumerate(node.value)]
        return self.scalar(node)

    def mapping(self, node: MappingNode, path: Path_, depth: int) -> Data:
        found: dict[str, Data] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self.fault(key, path, "a key must be a single word", "a formula with { or [ needs quotes")
                continue
            name = str(key.value)
            if name in found:
                self.fault(key, (*path, name), f"`{name}` is given twice", "keep one of the two")
                continue
            self.lines[(*path, name)] = key.start_mark.line + 1
            found[name] = self.value(value, (*path, name), depth + 1)
        return found

    @staticmethod
    def scalar(node: Node) -> str | None:
        plain = isinstance(node, ScalarNode) and node.style is None
        return None if plain and node.value in NULLS else str(node.value)

    def fault(self, node: Node, path: Path_, message: str, hint: str) -> None:
        key = Source(self.file).key(path)
        self.faults.append(SpecFault(self.file, node.start_mark.line + 1, key, message, hint))
