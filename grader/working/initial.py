"""Initial values: `y(0) = 3` beside `dy/dx = 2y` is the value of y at a place, and no product.

What ties y and x together is true at every place; so the place may be put in: `y = A e^(2x)` gives `3 = A`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from grader.equivalence import decide
from grader.expressions.build import ZERO, apply, chain, mul, symbol
from grader.expressions.calculus import differentiate
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, rebuild, transform
from grader.expressions.rewrite import replace as substitute
from grader.records import Equality, Evidence, Place
from grader.working.knowledge import Fact, Knowledge
from grader.working.records import Line
from grader.working.telling.rates import VALUE, of_variable
from grader.working.total import is_indefinite

_VALUE_OF = "value of "
_USUAL = ("t", "x")


def is_instant(name: Expr, value: Expr, known: Knowledge) -> bool:
    """Whether a number is what a letter that changes is at one instant: `when r = 5` says nothing of V."""
    return name.head == "symbol" and str(name.value) in known.told.changing and not free_symbols(value)


def with_value_read(line: Line, known: Knowledge) -> Line:
    """The line with `y(0)` at its head as the value of y at 0, and `y(x)` as y, where y moves."""
    tree, source = line.segment.tree, line.segment.source.lstrip("& ")
    if (
        not known.told.moving
        or tree is None
        or tree.head != "chain"
        or tree.args[0].head not in ("mul", "apply")
    ):
        return line
    name, *rest = tree.args[0].args
    if name.head != "symbol":
        return line
    name = symbol(str(name.value))
    letter, place = str(name.value).rstrip("'"), mul(*rest)
    by = dict(known.told.moving).get(letter)
    declared = known.table.symbols.get(letter)
    if by is None or (
        declared is not None and (declared.kind != "scalar" or declared.definition is not None)
    ):
        return line
    if by and str(place.value) == by and of_variable(letter, by).match(source):
        return _headed(line, name)
    if free_symbols(place) or VALUE.match(source) is None:
        return line
    return _headed(line, apply(_value_of(str(name.value)), place))


def _headed(line: Line, head: Expr) -> Line:
    tree = line.segment.tree
    assert tree is not None
    changed = rebuild(tree, (head, *tree.args[1:]))
    return replace(line, segment=replace(line.segment, tree=changed))


def with_places(relation: Expr, known: Knowledge) -> Knowledge:
    """The knowledge with every place at which a value is spoken of put into what ties the names together."""
    said = [f.relation for f in (*known.facts, *known.points) if _says_a_value(f.relation)]
    if not said:
        return known
    # The first word counts: `y(0) = 3` before `y(0) = A`.
    values = {one.args[0]: one.args[1] for one in reversed(said)}
    places = dict.fromkeys((*_places(relation), *values))
    spoken = any(True for _ in _places(relation))
    found = [
        replace(fact, relation=_settled(substitute(made, table), known))
        for fact in (*known.facts, *_defined(known), *_slopes(known))
        for made in _at_places(fact.relation, tuple(places), dict(known.told.moving))
        for table in ([{}, values] if spoken else [values])
    ]
    if not spoken:  # what is only known as `the value of y' at 0` says nothing of numbers
        found = [one for one in found if not any(is_value_at(part) for part in walk(one.relation))]
    kept = [f for f in known.facts if spoken or not _says_a_value(f.relation)]
    return known.with_facts((*kept, *found))


def _slopes(known: Knowledge) -> Iterator[Fact]:
    """What y' is where a line gives y in full: `y'(0) = 1` is put into that."""
    for fact in known.facts:
        slope = _slope(fact.relation, known)
        if slope is not None:
            yield replace(fact, relation=slope)


def _slope(relation: Expr, known: Knowledge) -> Expr | None:
    """`y' = 2A e^(2x)` for `y = A e^(2x)`, where y moves."""
    left, right = relation.args[0], relation.args[-1]
    names = {str(s.value): s for s in free_symbols(right)}
    by = dict(known.told.moving).get(str(left.value)) if left.head == "symbol" else None
    variable = names.get(by or next((usual for usual in _USUAL if usual in names), ""))
    if by is None or variable is None or relation.value != ("=",) or left in free_symbols(right):
        return None
    slope = differentiate(right, variable)
    return chain((symbol(f"{left.value}'"), slope), ("=",)) if slope is not None else None


def _defined(known: Knowledge) -> Iterator[Fact]:
    """What the student's own functions are."""
    for made in known.own_symbols():
        if made.definition is not None and len(made.parameters) == 1:
            relation = chain((apply(made.expr, *made.parameters), made.definition), ("=",))
            yield Fact(relation, Place("", 0))


def against_values(relation: Expr, known: Knowledge) -> tuple[Evidence | None, int] | None:
    """Why a relation is wrong at a place where a value was said before, and on which line; else None.

    An integral without ends has no value at a place.
    """
    if any(is_indefinite(part) for part in walk(relation)):
        return None
    said = [f for f in (*known.facts, *known.points) if _says_a_value(f.relation)]
    slope = _slope(relation, known)
    for fact, tree in ((f, t) for f in said for t in (relation, slope) if t is not None):
        value, told = fact.relation.args
        for made in _at_places(tree, (value,), dict(known.told.moving)):
            there = _settled(substitute(made, {value: told}), known)
            if there.head == "chain" and there.value == ("=",) and not free_symbols(there):
                verdict = decide(there.args[0], there.args[1], known.assumptions())
                if verdict.verdict is Equality.DIFFERENT:
                    return verdict.evidence, fact.line
    return None


def _places(tree: Expr) -> Iterator[Expr]:
    """The values at a place in a tree: `y(0)`."""
    return (part for part in walk(tree) if _is_value(part))


def _is_value(tree: Expr) -> bool:
    return tree.head == "apply" and len(tree.args) == 2 and not free_symbols(tree.args[1])


def _says_a_value(relation: Expr) -> bool:
    return relation.head == "chain" and relation.value == ("=",) and _is_value(relation.args[0])


def _at_places(relation: Expr, values: Sequence[Expr], moving: Mapping[str, str]) -> Iterator[Expr]:
    """The relation at the places, where it speaks of what has the value there."""
    for value in values:
        function, place = value.args
        if is_value_at(value):
            yield from _of_letter(relation, str(function.value).removeprefix(_VALUE_OF), place, moving)
            continue
        whole = [p for p in walk(relation) if p.head == "apply" and p.args[0] is function]
        variables = {p.args[1] for p in whole if len(p.args) == 2 and p.args[1].head == "symbol"}
        yield from (substitute(relation, {variable: place}) for variable in variables)


def _of_letter(relation: Expr, of: str, place: Expr, moving: Mapping[str, str]) -> Iterator[Expr]:
    """What ties a moving letter to its variable, at a place."""
    names = {str(s.value): s for s in free_symbols(relation)}
    letter = of.rstrip("'")
    by = moving.get(letter) or next((usual for usual in _USUAL if usual in names), "")
    here = {name: s for name, s in names.items() if name in (letter, letter + "'", f"d{letter}/d{by}")}
    if here and by in names and not any(_is_higher(name, letter) for name in names):
        primed = {s: letter if name == letter else letter + "'" for name, s in here.items()}
        values = {s: apply(_value_of(name), place) for s, name in primed.items()}
        yield substitute(relation, {names[by]: place, **values})


def _settled(relation: Expr, known: Knowledge) -> Expr:
    """The relation without terms that are 0 at the place: `A cos 0 + B sin 0` speaks of A only."""

    def shorter(part: Expr) -> Expr:
        if part.head == "mul" and ZERO in part.args:
            return ZERO
        if part.head != "call" or part.kind != "scalar" or free_symbols(part):
            return part
        return ZERO if decide(part, ZERO, known.assumptions()).verdict is Equality.EQUAL else part

    return transform(relation, shorter)


def _is_higher(name: str, letter: str) -> bool:
    """Whether a name is a second derivative of the letter."""
    return name.startswith((letter + "''", "d2"))


def is_moving(name: Expr, known: Knowledge) -> bool:
    """Whether a name is a letter of which a derivative and a value are spoken of, or its slope."""
    return name.head == "symbol" and str(name.value).rstrip("'") in dict(known.told.moving)


def is_value_at(tree: Expr) -> bool:
    """Whether a tree is the value of a moving letter at a place."""
    return tree.head == "apply" and str(tree.args[0].value).startswith(_VALUE_OF)


def _value_of(name: str) -> Expr:
    return symbol(f"{_VALUE_OF}{name}", "function")
