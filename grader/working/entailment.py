"""Does a relation follow from others? One premise before several, the latest first, so that few are named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from grader.equivalence import follows
from grader.equivalence.assumptions import Assumptions, narrowed
from grader.equivalence.complex_solutions import follows_complex, over_complex
from grader.equivalence.features import features
from grader.equivalence.solution_sets import compare_statements
from grader.equivalence.unsolvable import implied_beyond_reals, is_unsolvable
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, Verdict
from grader.working.clashes import clash
from grader.working.knowledge import Fact, Knowledge, coordinates_of
from grader.working.sampling import Place, near_a_zero, refuted_at, sample, told

ORDERED = frozenset(["<", "<=", ">", ">=", "!=", "in", "notin"])
_TOTAL = frozenset(["exp", "sin", "cos", "arctan", "sinh", "cosh", "tanh", "abs", "sign", "min", "max"])
_SINGLES = 8
_PAIRS = 10
_UNKNOWN = Verdict(Equality.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Entailment:
    """A verdict on a relation, and the facts that it rests on."""

    verdict: Verdict
    premises: tuple[Fact, ...]

    @property
    def holds(self) -> bool:
        """Whether the relation follows."""
        return self.verdict.verdict is Equality.EQUAL

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines of the premises."""
        return tuple(sorted({fact.line for fact in self.premises if fact.line}))


_OPERATIONS = frozenset(["gradient", "derivative"])


def entails(premises: Sequence[Expr], relation: Expr, known: Knowledge) -> Verdict:
    """Whether a relation holds wherever the premises do.

    In one unknown the two are compared as sets, which is exact; else by what the ladder knows of equations.
    """
    ordered = any(is_ordered(t) for t in (*premises, relation))
    first, second = (_as_sets, _by_ladder) if ordered or len(premises) > 1 else (_by_ladder, _as_sets)
    verdict = first(premises, relation, known)
    return verdict if verdict.verdict is not Equality.UNKNOWN else second(premises, relation, known)


def _by_ladder(premises: Sequence[Expr], relation: Expr, known: Knowledge) -> Verdict:
    return follows(premises, relation, known.assumptions())


def _as_sets(premises: Sequence[Expr], relation: Expr, known: Knowledge) -> Verdict:
    """`premises` and `premises and relation` are the same set, or a point tells them apart."""
    names = deep_unknowns(relation, known).union(*(deep_unknowns(p, known) for p in premises))
    if len(names) != 1:
        return _UNKNOWN
    whole = [known.coordinates(t) for t in (*premises, relation)]
    local = narrowed(known.assumptions())
    signs = any(part.head == "plusminus" for t in whole for part in walk(t))
    imaginary = any("i" in features(t).constants for t in whole)
    if len(whole) == 2 and (imaginary or (signs and is_unsolvable(whole[0], local))):
        return follows_complex(*over_complex(whole[0], whole[1])) or _UNKNOWN
    if signs:
        return _UNKNOWN
    before, after = together(whole[:-1]), node("and", tuple(whole), None, "truth")
    verdict = implied_beyond_reals(compare_statements(before, after, local), before, whole[-1], local)
    return _UNKNOWN if verdict.verdict is Equality.DIFFERENT and not is_total(whole[-1]) else verdict


def is_total(tree: Expr) -> bool:
    """Whether a statement says something for every value: nothing in it can be undefined."""
    for part in walk(tree):
        if part.head == "call" and part.value not in _TOTAL:
            return False
        if part.head == "pow" and free_symbols(part.args[0]):
            exponent = part.args[1]
            if exponent.head != "number" or exponent.value < 0 or exponent.value.denominator % 2 == 0:
                return False
    return True


def together(relations: Sequence[Expr]) -> Expr:
    """All of the relations as one statement."""
    return relations[0] if len(relations) == 1 else node("and", tuple(relations), None, "truth")


def search(relation: Expr, known: Knowledge) -> Entailment | None:
    """The fewest and latest facts from which a relation follows; None if none are found.

    Wrong equations come last, and what excludes itself is passed over: anything would follow.
    """
    near = candidates(relation, known)
    choices = sorted(_choices(relation, near, known), key=lambda facts: any(f in known.own for f in facts))
    for chosen in choices:
        if clash(chosen) or not _is_worth_trying(chosen, relation, known):
            continue
        verdict = entails([f.relation for f in chosen], relation, known)
        if verdict.verdict is Equality.EQUAL:
            return Entailment(verdict, chosen)
    return None


def _is_worth_trying(chosen: Sequence[Fact], relation: Expr, known: Knowledge) -> bool:
    """Whether no point refutes it; several premises only where points speak for it."""
    coordinates, places = points_on(chosen, relation, known)
    if refuted_at(coordinates, places) is not None:
        return False
    if len(chosen) == 1 and not places:
        return near_a_zero(known.coordinates(chosen[0].relation), coordinates, known.assumptions()) is None
    return len(chosen) == 1 or len(chosen) > 2 or bool(places)


def points_on(premises: Sequence[Fact], relation: Expr, known: Knowledge) -> tuple[Expr, tuple[Place, ...]]:
    """The relation in coordinates, and points that fulfil the premises."""
    coordinates = known.coordinates(relation)
    given = tuple(known.coordinates(fact.relation) for fact in premises)
    return coordinates, sample(given, unknowns(coordinates), known.assumptions())


def refutation(premises: Sequence[Fact], relation: Expr, known: Knowledge) -> Evidence | None:
    """A point that fulfils the premises and not the relation, found by trying; None if none is found."""
    coordinates, places = points_on(premises, relation, known)
    place = refuted_at(coordinates, places)
    if place is not None:
        return told(coordinates, place)
    if len(premises) != 1:
        return None
    return near_a_zero(known.coordinates(premises[0].relation), coordinates, known.assumptions())


def _choices(relation: Expr, near: Sequence[Fact], known: Knowledge) -> Iterator[tuple[Fact, ...]]:
    """Single facts, pairs, and everything that was ever supposed."""
    wanted = deep_unknowns(relation, known)
    latest = list(islice((f for f in reversed(near) if wanted & deep_unknowns(f.relation, known)), _SINGLES))
    yield from ((f,) for f in latest)
    yield from islice(_pairs(near), _PAIRS)
    yield from _with_values(latest, near)
    basis = tuple(f for f in near if f.basis)
    if len(basis) > 2:
        yield basis[-6:]


def _with_values(latest: Sequence[Fact], near: Sequence[Fact]) -> Iterator[tuple[Fact, ...]]:
    """An equation with all the values that are stated of its names: T = 20 + A e^(-kt), t = 0, T = 80."""
    values = {f.relation.args[0]: f for f in near if _is_value(f.relation)}
    for fact in latest:
        said = [values[name] for name in free_symbols(fact.relation) if name in values]
        if len(said) > 1 and not _is_value(fact.relation):
            yield (*sorted(said, key=lambda f: f.line), fact)


def _is_value(relation: Expr) -> bool:
    plain = relation.head == "chain" and relation.value == ("=",)
    return plain and relation.args[0].head == "symbol" and not free_symbols(relation.args[1])


def _pairs(near: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Two facts, the latest pairs first."""
    for later in range(len(near) - 1, 0, -1):
        for earlier in range(later - 1, -1, -1):
            yield near[earlier], near[later]


def candidates(relation: Expr, known: Knowledge) -> list[Fact]:
    """What a relation may follow from, in reading order: facts, stated values, the student's own slips.

    A slip of another answer is none, and neither is one in working out what defined names make of
    something (a gradient): it is false of them, and anything would follow.
    """
    pool = [*known.facts, *known.points, *(f for f in known.own if f.line and _speaks(f.relation, known))]
    pool.sort(key=lambda fact: fact.line)
    return relevant(pool, relation, known)


def _speaks(relation: Expr, known: Knowledge) -> bool:
    """Whether a slip says something of an unknown, and not only what an operation on declared names is."""
    left = relation.args[0]
    works_out = any(part.head in _OPERATIONS for part in walk(left))
    declared = all(str(s.value) in known.declared for s in free_symbols(left))
    return bool(unknowns(relation)) and not (works_out and declared)


def is_ordered(tree: Expr) -> bool:
    """Whether an inequality stands in a statement."""
    return any(part.head == "chain" and any(op in ORDERED for op in part.value) for part in walk(tree))


def unknowns(tree: Expr) -> frozenset[Expr]:
    """The free symbols that are not functions."""
    return frozenset(s for s in free_symbols(tree) if s.kind != "function")


def deep_unknowns(tree: Expr, known: Knowledge) -> frozenset[Expr]:
    """The unknowns that a tree comes down to with definitions written out."""
    return _deep(tree, known.assumptions())


@lru_cache(maxsize=4096)
def _deep(tree: Expr, assumptions: Assumptions) -> frozenset[Expr]:
    return unknowns(coordinates_of(tree, assumptions))


def relevant(facts: Sequence[Fact], relation: Expr, known: Knowledge) -> list[Fact]:
    """The facts that share an unknown with the relation, directly or through another such fact."""
    wanted = deep_unknowns(relation, known)
    inside = [deep_unknowns(fact.relation, known) for fact in facts]
    chosen: set[int] = set()
    while True:
        near = [i for i, names in enumerate(inside) if i not in chosen and wanted & names]
        if not near:
            return [f for i, f in enumerate(facts) if i in chosen]
        chosen.update(near)
        wanted = wanted.union(*(inside[i] for i in near))


def says_value(part: Expr, names: frozenset[Expr]) -> bool:
    """Whether it says what one of the names is."""
    if part.head != "chain" or part.value != ("=",):
        return False
    return part.args[0] in names and not unknowns(part.args[1])
