"""Flat programs for the evaluation of trees: each step may use the results of the steps before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from grader.equivalence.scalars import Undefined
from grader.expressions.nodes import Expr

Environment = Mapping[Any, Any]
Maker = Callable[["Compiler", Expr], "Step"]
_SYMBOL, _ONE, _TWO, _MANY, _WITH_ENVIRONMENT = range(5)


class Unsupported(Exception):
    """There is no evaluation for a node (an integral, a limit ...)."""


class Step(NamedTuple):
    """How one value comes about: fixed, looked up, or by a function of values at other places."""

    sort: int
    function: Any = None
    places: tuple[int, ...] = ()


_FIXED = -1


@dataclass(frozen=True, slots=True)
class Tape:
    """The steps that evaluate a tree, and the values that are fixed before they run."""

    fixed: tuple[Any, ...]
    steps: tuple[tuple[int, int, Any, Any], ...]

    def run(self, environment: Environment) -> Any:
        """The value at a point; raises `Undefined` or `Unclear`."""
        values = [*self.fixed]
        for here, sort, function, places in self.steps:
            if sort == _TWO:
                a, b = places
                values[here] = function(values[a], values[b])
            elif sort == _ONE:
                values[here] = function(values[places])
            elif sort == _SYMBOL:
                if function not in environment:
                    raise Undefined
                values[here] = environment[function]
            elif sort == _MANY:
                values[here] = function(*[values[i] for i in places])
            else:
                values[here] = function(environment, *[values[i] for i in places])
        return values[-1]


class Compiler:
    """Places the steps of one tree; a part that occurs twice is evaluated once."""

    def __init__(self, complexes: bool, makers: Mapping[str, Maker]) -> None:
        self.steps: list[Step] = []
        self.places: dict[Expr, int] = {}
        self.complexes = complexes
        self.makers = makers

    def tape(self, tree: Expr) -> Tape:
        """The whole program; raises `Unsupported`."""
        self.place(tree)
        fixed: list[Any] = []
        code = []
        for here, (sort, function, places) in enumerate(self.steps):
            if sort == _FIXED:
                fixed.append(function)
                continue
            fixed.append(None)
            code.append((here, sort, function, places[0] if sort == _ONE else places))
        return Tape(tuple(fixed), tuple(code))

    def place(self, tree: Expr) -> int:
        """The number of the step that gives the value of a part."""
        found = self.places.get(tree)
        if found is None:
            make = self.makers.get(tree.head)
            if make is None:
                raise Unsupported(tree.head)
            step = make(self, tree)
            self.steps.append(step)
            found = self.places[tree] = len(self.steps) - 1
        return found

    @staticmethod
    def fixed(value: Any) -> Step:
        """A value that is the same at every point."""
        return Step(_FIXED, value)

    @staticmethod
    def looked_up(symbol: Expr) -> Step:
        """The value of a symbol."""
        return Step(_SYMBOL, symbol)

    def plain(self, function: Callable[..., Any], tree: Expr) -> Step:
        """A step that gives the values of the children to the function."""
        return of_values(function, tuple([self.place(a) for a in tree.args]))

    def with_environment(self, function: Callable[..., Any], *trees: Expr) -> Step:
        """A step that gives the environment, and the values of some trees, to the function."""
        return Step(_WITH_ENVIRONMENT, function, tuple(self.place(t) for t in trees))


def of_values(function: Callable[..., Any], places: tuple[int, ...]) -> Step:
    """A function of the values at places."""
    sort = _ONE if len(places) == 1 else (_TWO if len(places) == 2 else _MANY)
    return Step(sort, function, places)
