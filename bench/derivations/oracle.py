"""What each line of a right derivation is, found by numbers alone: a definition, a hypothesis or a claim.

A claim is true at every point that fulfils what stands before it; a hypothesis narrows the points
down. The points are found by Newton's method from seeded starts (Gauss-Newton for fewer equations
than unknowns). A slip is real when the mutated line is false at such a point.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import mpmath as mp  # type: ignore[import-untyped]
import numpy as np

from bench.derivations.numeric import Beyond, Place, evaluate, true_at
from grader.expressions.build import chain
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols
from grader.working import Statement, Working
from grader.working.groups import is_condition, joined

_ORDERED = frozenset(["<", "<=", ">", ">="])
_STARTS = 14
_POINTS = 6


@dataclass(frozen=True)
class Claim:
    """A line that follows from what stands before it, with points at which that can be seen."""

    line: int
    index: int
    relations: tuple[Expr, ...]
    before: Expr | None
    places: tuple[Place, ...]


@dataclass
class Oracle:
    """Walks the statements of a right derivation."""

    seed: str
    names: set[Expr] = field(default_factory=set)
    meanings: dict[Expr, Expr] = field(default_factory=dict)
    functions: dict[Expr, tuple[tuple[Expr, ...], Expr]] = field(default_factory=dict)
    premises: list[Expr] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    unchecked: int = 0
    given: int = 0
    _last: dict[int, Expr] = field(default_factory=dict)
    _places: dict[tuple[Expr, ...], tuple[Place, ...]] = field(default_factory=dict)

    def walk(self, working: Working) -> None:
        """Sorts every statement into definitions, hypotheses and claims."""
        for group in _groups(working.statements):
            self._take(group)

    def _take(self, group: list[tuple[int, Statement]]) -> None:
        index, first = group[0]
        before = self._last.get(first.chain) if len(first.operators) == len(first.members) else None
        relations = links_of(first, before)
        if first.members and first.chain >= 0:
            self._last[first.chain] = first.members[-1]
        if len(group) > 1:
            alternatives = tuple(r for _, s in group for r in links_of(s, None))
            relations = (node("or", alternatives, None, "truth"),)
        if first.rejected:
            return
        if all(r.head == "chain" and r.value[0] in _ORDERED for r in relations) and self._supposes(
            first, relations
        ):
            self._note(relations)
            self.given += 1
            self._suppose(relations)
            return
        relations = self._defined(relations)
        if relations:
            self._sort(first.line.place.line, index, relations, before)

    def _supposes(self, statement: Statement, relations: Sequence[Expr]) -> bool:
        """An inequality of which nothing was said before, or beside the statement, is no claim."""
        names = _free(relations, self)
        known = _free(self.premises, self)
        return is_condition(statement.line) or (bool(names) and not names & known)

    def _defined(self, relations: tuple[Expr, ...]) -> tuple[Expr, ...]:
        """What is left after a first link that introduces a name."""
        if not relations or relations[0].head != "chain" or relations[0].value != ("=",):
            return relations
        left, right = relations[0].args
        fresh = left.head == "symbol" and left not in self.names and left not in free_symbols(right)
        if left.head == "symbol" and fresh and right.head != "or" and left.kind != "function":
            self.meanings[left] = right
        elif left.head in ("apply", "index") and left.args[0] not in self.functions and _pattern(left):
            self.functions[left.args[0]] = (left.args[1:], right)
        else:
            return relations
        self._note(relations)
        self.given += 1
        if len(relations) > 1 and not _operators(relations[0]):
            return relations[1:]
        return ()

    def _note(self, relations: Iterable[Expr]) -> None:
        for relation in relations:
            self.names |= {s for s in walk(relation) if s.head == "symbol"}

    def _sort(self, line: int, index: int, relations: tuple[Expr, ...], before: Expr | None) -> None:
        self._note(relations)
        try:
            places = self.places(relations)
            true = bool(places) and all(true_at(r, p) for r in relations for p in places)
        except Beyond:
            self.unchecked += 1
            return
        if not places:
            self.unchecked += 1
        elif true:
            self.claims.append(Claim(line, index, relations, before, places))
        else:
            self.given += 1
            self._suppose(relations)

    def _suppose(self, relations: Sequence[Expr]) -> None:
        for relation in relations:
            if relation.head == "chain" and relation.args[0].head == "symbol":
                name = relation.args[0]
                self.premises = [
                    p for p in self.premises if not (p.args[0] is name and not free_symbols(p.args[-1]))
                ]
            self.premises.append(relation)

    def places(self, relations: tuple[Expr, ...]) -> tuple[Place, ...]:
        """Points that fulfil the premises, with a value for every name of the relations."""
        key = (*self.premises, *relations)
        if key not in self._places:
            self._places[key] = tuple(self._found(relations))
        return self._places[key]

    def _found(self, relations: tuple[Expr, ...]) -> list[Place]:
        names = _free(self.premises, self) | _free(relations, self)
        chance = random.Random(self.seed + str(len(self.premises)))
        found: list[Place] = []
        for attempt in range(_STARTS):
            start = Place(
                _values(names, relations, self, chance, attempt), dict(self.meanings), dict(self.functions)
            )
            place = _solved(self.premises, start, names)
            if place is not None and _evaluates(relations, place):
                found.append(place)
            if len(found) == _POINTS:
                break
        return found


def _evaluates(relations: Iterable[Expr], place: Place) -> bool:
    try:
        for relation in relations:
            true_at(relation, place)
    except Beyond:
        return False
    return True


def links_of(statement: Statement, before: Expr | None) -> tuple[Expr, ...]:
    """The links of a statement as relations of two sides; `before` is what a continuing row goes on from."""
    members = statement.members if before is None else (before, *statement.members)
    operators = statement.operators[-(len(members) - 1) :] if len(members) > 1 else ()
    pairs = pairwise(members)
    return tuple(chain(pair, (op,)) for pair, op in zip(pairs, operators, strict=True))


def relations_of(statements: Sequence[Statement], claim: Claim) -> tuple[Expr, ...]:
    """The links of another version of a claim's line."""
    group = next((g for g in _groups(statements) if g[0][0] == claim.index), None)
    if group is None or not group[0][1].members or group[0][1].line.place.line != claim.line:
        return ()
    if len(group) > 1:
        return (node("or", tuple(r for _, s in group for r in links_of(s, None)), None, "truth"),)
    return links_of(group[0][1], claim.before)[-len(claim.relations) :]


def _groups(statements: Sequence[Statement]) -> list[list[tuple[int, Statement]]]:
    """Statements with their numbers; those that "or" joins together."""
    found: list[list[tuple[int, Statement]]] = []
    for index, statement in enumerate(statements):
        if (
            found
            and joined(statement.line) == "or"
            and len(statement.operators) == 1
            and statement.line.segment.leading is None
        ):
            found[-1].append((index, statement))
        else:
            found.append([(index, statement)])
    return found


def _pattern(left: Expr) -> bool:
    return all(a.head == "symbol" for a in left.args[1:]) and len(set(left.args)) == len(left.args)


def _operators(relation: Expr) -> bool:
    return any(part.head in ("derivative", "gradient", "derived") for part in walk(relation.args[1]))


def _free(relations: Iterable[Expr], oracle: Oracle) -> set[Expr]:
    """The names that need a value, those inside definitions included."""
    wanted: set[Expr] = set()
    stack = [s for r in relations for s in walk(r) if s.head == "symbol"]
    stack += [s for _, body in oracle.functions.values() for s in walk(body) if s.head == "symbol"]
    while stack:
        name = stack.pop()
        if name in oracle.meanings:
            stack.extend(s for s in walk(oracle.meanings[name]) if s.head == "symbol" and s is not name)
        elif name.kind != "function" and not _is_slope(name, oracle):
            wanted.add(name)
    return wanted


def _is_slope(name: Expr, oracle: Oracle) -> bool:
    """y' of a y with a meaning."""
    base = str(name.value).rstrip("'")
    return base != name.value and any(m.value == base for m in oracle.meanings)


def _values(
    names: set[Expr], relations: Sequence[Expr], oracle: Oracle, chance: random.Random, attempt: int
) -> dict[Expr, object]:
    whole = _counted([*relations, *oracle.premises])
    values: dict[Expr, object] = {}
    for name in sorted(names, key=lambda s: str(s.value)):
        if name.kind == "vector":
            values[name] = np.array([mp.mpf(chance.randint(-40, 40)) / 10 for _ in range(3)], dtype=object)
        elif name.kind == "matrix":
            raise Beyond("a matrix of unknown size")
        elif name in whole or name.kind == "integer":
            values[name] = mp.mpf(chance.randint(3, 9))
        elif attempt % 3 == 0:
            values[name] = mp.mpf(chance.uniform(0.05, 0.95))
        else:
            values[name] = mp.mpf(chance.uniform(0.3, 4) if attempt % 3 == 1 else chance.uniform(-5, 5))
    return values


def _counted(relations: Sequence[Expr]) -> set[Expr]:
    """Names that count: ends of sums, arguments of factorials."""
    found: set[Expr] = set()
    for relation in relations:
        for part in walk(relation):
            if part.head in ("sum", "product") or (
                part.head == "call" and part.value in ("factorial", "binomial")
            ):
                found |= {s for a in part.args[1:] or part.args for s in walk(a) if s.head == "symbol"}
                if part.head == "call":
                    found |= {s for a in part.args for s in walk(a) if s.head == "symbol"}
            if part.head == "index":
                found |= {s for a in part.args[1:] for s in walk(a) if s.head == "symbol"}
    return found


def _solved(premises: Sequence[Expr], place: Place, names: set[Expr]) -> Place | None:
    equations = [p for p in premises if p.head == "chain" and p.value == ("=",)]
    movable = [n for n in sorted(names, key=lambda s: str(s.value)) if n.kind not in ("vector", "matrix")]
    try:
        if equations:
            found = _newton(equations, place, movable)
            if found is None:
                return None
            place = found
        return place if all(true_at(p, place) for p in premises) else None
    except Beyond:
        return None


def _newton(equations: Sequence[Expr], place: Place, names: list[Expr]) -> Place | None:
    """Gauss-Newton with the least step: from any start to a point on the solutions."""

    def residuals(at: Place) -> list[float]:
        found: list[float] = []
        for equation in equations:
            a, b = (evaluate(side, at) for side in equation.args)
            parts = np.ravel(a - b) if isinstance(a, np.ndarray) else [a - b]
            found.extend(parts)
        if any(mp.im(r) for r in found):
            raise Beyond("complex")
        return found

    for _ in range(40):
        now = residuals(place)
        if max(abs(r) for r in now) < mp.mpf(10) ** -18:
            return place
        columns = []
        for name in names:
            step = mp.mpf(10) ** -10
            moved = residuals(place.having(name, place.values[name] + step))
            columns.append([float((m - r) / step) for m, r in zip(moved, now, strict=True)])
        jacobian = np.array(columns, dtype=float).T
        if not np.isfinite(jacobian).all():
            return None
        change = np.linalg.lstsq(jacobian, -np.array([float(r) for r in now]), rcond=1e-9)[0]
        if not np.isfinite(change).all():
            return None
        for name, delta in zip(names, change, strict=True):
            if delta:
                place = place.having(name, place.values[name] + mp.mpf(float(delta)))
    return place if max(abs(r) for r in residuals(place)) < mp.mpf(10) ** -10 else None
