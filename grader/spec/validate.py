"""Holds data against a schema and says what is wrong in an author's words, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from grader.errors import SpecFault
from grader.spec.source import Path_, Source
from grader.spec.suggest import did_you_mean

Model = TypeVar("Model", bound=BaseModel)
Said = tuple[str, str]  # message, hint


def validate(model: type[Model], source: Source) -> tuple[Model | None, tuple[SpecFault, ...]]:
    """The source's data as this model, or None and every fault of it."""
    if not isinstance(source.data, dict):
        return None, (source.fault((), "the file holds no keys", "begin with `id: ...`"),)
    try:
        return model.model_validate(source.data), ()
    except ValidationError as bad:
        return None, tuple(_fault(model, source, dict(error)) for error in bad.errors(include_url=False))


def _fault(model: type[BaseModel], source: Source, error: Mapping[str, Any]) -> SpecFault:
    path = _real(source, error["loc"], error["type"])
    message, hint = _say(model, path, error)
    if error["type"] == "missing":
        return source.fault(path[:-1], message, hint)
    return source.fault(path, message, hint)


def _real(source: Source, loc: tuple[str | int, ...], kind: str) -> Path_:
    """The path in the file: without the parts that pydantic adds for the branch of a union."""
    path: Path_ = ()
    for depth, part in enumerate(loc):
        here = source.at(path)
        known = isinstance(here, dict | list) and part in (
            here if isinstance(here, dict) else range(len(here))
        )
        if known or (kind == "missing" and depth == len(loc) - 1):
            path = (*path, part)
    return path


def _say(model: type[BaseModel], path: Path_, error: Mapping[str, Any]) -> Said:
    kind, given = error["type"], error.get("input")
    if kind == "missing":
        return f"`{path[-1]}` is missing", ""
    if kind == "extra_forbidden":
        return f"unknown key `{path[-1]}`", did_you_mean(str(path[-1]), _keys(model, path[:-1]))
    if given is None:
        return "is empty", "give a value, or leave the key out"
    if kind == "literal_error":
        known = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return f"`{given}` is not known here", did_you_mean(str(given), [word for word in known if word])
    return _MESSAGES.get(kind, _plain)(error)


def _plain(error: Mapping[str, Any]) -> Said:
    context = error.get("ctx", {}).get("error")
    return str(context if context is not None else error["msg"]), ""


def _shape(word: str, hint: str = "") -> Callable[[Mapping[str, Any]], Said]:
    def say(error: Mapping[str, Any]) -> Said:
        return f"should be {word}, not {_shape_of(error.get('input'))}", hint

    return say


def _shape_of(value: Any) -> str:
    if isinstance(value, str):
        return f"`{value if len(value) < 40 else value[:37] + '...'}`"
    return "a list" if isinstance(value, list) else "a mapping"


_NUMBER = _shape("a number")
_MAPPING = _shape("a mapping of keys")
_MESSAGES: dict[str, Callable[[Mapping[str, Any]], Said]] = {
    "string_type": _shape("text", "a value that begins with { or [ needs quotes"),
    "string_pattern_mismatch": _shape("a name of letters, digits, `-`, `_` and `.`"),
    "string_too_short": lambda error: ("is empty", ""),
    "list_type": _shape("a list", "write `[one, two]`, or one item a line after `- `"),
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "int_parsing": _shape("a whole number"),
    "int_type": _shape("a whole number"),
    "bool_parsing": _shape("true or false"),
    "bool_type": _shape("true or false"),
    "too_short": lambda error: ("is an empty list", "at least one is needed"),
    "greater_than": lambda error: (f"should be more than {error['ctx']['gt']:g}", ""),
    "greater_than_equal": lambda error: (f"should be at least {error['ctx']['ge']:g}", ""),
    "less_than_equal": lambda error: (f"should be at most {error['ctx']['le']:g}", ""),
}


def _keys(model: type[BaseModel], path: Path_) -> list[str]:
    """The keys that may stand at a path of a model."""
    here: type[BaseModel] = model
    for part in path:
        fields = _fields(here)
        if part in fields:  # else an index, or a key that the author chose: its model is held already
            here = next(_models(fields[str(part)]), here)
    return list(_fields(here))


def _fields(model: type[BaseModel]) -> dict[str, Any]:
    """The keys of a model as an author writes them, each with its type."""
    return {str(info.validation_alias or name): info.annotation for name, info in model.model_fields.items()}


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
