"""YAML that people write beside a class: dates, and overrides.

A key is the text that was written, since it may be a student's id: `0017` is not 15, and `no` is no truth
value. A key that is given twice is a fault, since nobody can tell which of the two was meant.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, ScalarNode

from grader.errors import SubmissionError


class _Twice(Exception):
    """A key that stands there again: the key, its line, and the line of the first."""


class _Loader(yaml.SafeLoader):
    """Safe, with keys as they were written, and each of them once."""

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        """The mapping of a node. Raises _Twice."""
        first: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key, ScalarNode):
                continue  # it is refused below: nothing but a text can be a key
            line = key.start_mark.line + 1
            if key.value in first:
                raise _Twice(key.value, line, first[key.value])
            first[key.value] = line
            key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep)


def read_yaml(path: Path) -> Any:
    """What stands in a YAML file. Raises SubmissionError where it cannot be read, or says a key twice."""
    try:
        # The loader is a safe one: it makes texts, numbers, dates, lists and mappings, and nothing else.
        return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except _Twice as bad:
        name, line, first = bad.args
        where = f", first in line {first}" if first != line else ""
        raise SubmissionError(
            f"{path}:{line}: `{name}` is given twice{where}", "keep one of the two"
        ) from bad
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as bad:
        raise SubmissionError(f"{path}: it cannot be read as YAML", " ".join(str(bad).split())) from bad
