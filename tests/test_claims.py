"""Reading claims: every paraphrase in tests/cases/claims says what it says, and no more.

A case gives a text, the patterns that some claim must match (`claims`), the patterns that none may
(`not`), those that some claim must contradict (`against`), and whether something stays unclear.
An answer gives a text and a sign for each mark: 1, 0, ? (a person looks), - (not 1), + (1 or ?), * (any);
`asks` holds the patterns of each mark, of which one will do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.claims import Claim, ClaimReading, contradicts, matches, read_claims, unfold
from grader.claims.shape import expanded, shape
from grader.expressions import build
from grader.expressions.domains import UNIT
from grader.expressions.nodes import Expr
from grader.expressions.symbols import Symbol, SymbolTable, table
from grader.notation import read, spelling
from grader.records import Piece, Place

CASES = Path(__file__).parent / "cases" / "claims"
_MATHS = re.compile(r"(\$\$.*?\$\$|\$.*?\$)", re.DOTALL)


@dataclass(frozen=True)
class Quantity:
    name: str
    phrases: tuple[str, ...]
    value: Expr | None = None


@dataclass(frozen=True)
class World:
    """The symbols and quantities that a file of cases shares."""

    table: SymbolTable
    quantities: tuple[Quantity, ...]
    focus: str
    formulas: dict[str, Expr] = field(default_factory=dict, repr=False)
    keys: dict[Expr, object] = field(default_factory=dict, repr=False)

    def formula(self, source: str) -> Expr:
        if source not in self.formulas:
            self.formulas[source] = self._read(source)
        return self.formulas[source]

    def _read(self, source: str) -> Expr:
        named = [
            Symbol(q.name, q.value.kind if q.value is not None else "scalar")
            for q in self.quantities
            if q.name not in self.table.symbols
        ]
        found = read(source, self.table.with_symbols(named), "text")
        assert found.tree is not None, (source, found.errors)
        return found.tree

    def same(self, left: Expr, right: Expr) -> bool:
        return self.key(left) == self.key(right)

    def key(self, tree: Expr) -> object:
        if tree not in self.keys:
            self.keys[tree] = shape(expanded(unfold(tree, self.quantities), self.table))
        return self.keys[tree]

    def reading(self, text: str, asked: str = "") -> ClaimReading:
        return read_claims(pieces(text), self.table, self.quantities, self.focus, restated=asked)


def pieces(text: str) -> list[Piece]:
    """Prose and `$...$` as a document reader gives them."""
    out: list[Piece] = []
    offset = 0
    for part in _MATHS.split(text):
        width = 2 if part.startswith("$$") else 1 if part.startswith("$") else 0
        line = 1 + text[: offset + width].count("\n")
        column = offset + width - text.rfind("\n", 0, offset + width)
        inner = part[width : len(part) - width] if width else part
        if inner:
            kind: Any = "math" if width else "prose"
            out.append(Piece(kind, inner, Place("answer.md", line, column), display=width == 2))
        offset += len(part)
    return out


@cache
def world(name: str) -> World:
    data = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    symbols = _symbols(data["symbols"])
    bare = World(symbols, (), "")
    found = tuple(
        Quantity(n, tuple(q["phrases"]), bare.formula(q["value"]) if "value" in q else None)
        for n, q in data["quantities"].items()
    )
    return World(symbols, found, data["focus"])


def _symbols(data: Mapping[str, Mapping[str, Any]]) -> SymbolTable:
    made = table()
    for name, entry in data.items():
        kind = entry.get("kind", "scalar")
        parameters = tuple(build.symbol(p, _kind_of(p, data)) for p in entry.get("parameters", ()))
        body = read(entry["definition"], made, "text").tree if "definition" in entry else None
        symbol = Symbol(
            name,
            kind,
            domain=UNIT if entry.get("domain") == "(0, 1)" else None,
            returns=entry.get("returns", "scalar"),
            parameters=parameters,
            definition=body,
            spellings=tuple(spelling(s) for s in entry.get("aliases", ())),
            about=entry.get("about", ""),
        )
        made = made.with_symbols([symbol])
    return made


def _kind_of(name: str, data: Mapping[str, Mapping[str, Any]]) -> Any:
    return data.get(name, {}).get("kind", "scalar")


def _cases() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, case in enumerate(data.get("cases", ())):
            yield pytest.param(data["world"], case, id=f"{path.stem}-{number:03d}")


def _some(reading: ClaimReading, pattern: str, where: World, test: Callable[..., bool]) -> bool:
    tree = where.formula(pattern) if _is_relation(pattern) else None
    if tree is None:
        return any(_has_property(c, pattern, where) for c in reading.claims)
    return any(test(c, tree, where.same) for c in reading.claims)


def _is_relation(pattern: str) -> bool:
    return bool(re.search(r"->|=|<|>", pattern))


def _has_property(claim: Claim, pattern: str, where: World) -> bool:
    """`f is increasing`, `f is not bounded`."""
    subject, _, rest = pattern.partition(" is ")
    negated = rest.startswith("not ")
    said = claim.predicate == rest.removeprefix("not ") and claim.negated == negated
    return said and where.same(claim.subject, where.formula(subject))


@pytest.mark.parametrize(("name", "case"), list(_cases()))
def test_case(name: str, case: Mapping[str, Any]) -> None:
    where = world(name)
    reading = where.reading(case["text"])
    shown = "\n".join(map(str, [case["text"], *reading.claims, *reading.unclear]))
    for pattern in case.get("claims", ()):
        assert _some(reading, pattern, where, matches), f"not claimed: {pattern}\n{shown}"
    for pattern in case.get("not", ()):
        assert not _some(reading, pattern, where, matches), f"claimed: {pattern}\n{shown}"
    for pattern in case.get("against", ()):
        assert _some(reading, pattern, where, contradicts), f"not contradicted: {pattern}\n{shown}"
    assert bool(reading.unclear) == case.get("unclear", False), shown
    if case.get("claims") == [] and "not" not in case:
        assert not reading.claims, shown


_ALLOWED = {"1": "1", "0": "0", "?": "?", "-": "0?", "+": "1?", "*": "01?"}


def _answers() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for number, answer in enumerate(data.get("answers", ())):
            yield pytest.param(data, answer, id=f"{path.stem}-{number:03d}")


def _mark(reading: ClaimReading, patterns: Sequence[str], where: World) -> str:
    """As a mark is given: for a claim, unless another contradicts it; in doubt where nothing matches."""
    claimed = any(_some(reading, p, where, matches) for p in patterns)
    denied = any(_some(reading, p, where, contradicts) for p in patterns)
    if claimed:
        return "?" if denied else "1"
    return "?" if reading.unclear and not denied else "0"


@pytest.mark.parametrize(("data", "answer"), list(_answers()))
def test_answer(data: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
    where = world(data["world"])
    reading = where.reading(answer["text"], data.get("asked", ""))
    shown = "\n".join(map(str, [answer["text"], *reading.claims, *reading.unclear]))
    given = "".join(_mark(reading, patterns, where) for patterns in data["asks"])
    allowed = [_ALLOWED[sign] for sign in answer["marks"]]
    assert all(g in a for g, a in zip(given, allowed, strict=True)), f"{given} for {answer['marks']}: {shown}"
    for pattern in answer.get("against", ()):
        assert _some(reading, pattern, where, contradicts), f"not contradicted: {pattern}\n{shown}"


def test_place_and_source() -> None:
    reading = world("gradient").reading("First line.\nAs $p \\to 1$ it tends to 0.\n")
    tends = next(c for c in reading.claims if c.target is build.ZERO)
    assert (tends.place.line, tends.place.column) == (2, 14)
    assert tends.source.startswith("it tends to 0")
    assert [c.predicate for c in tends.condition] == ["tends"]


def test_struck_work_claims_nothing() -> None:
    where = world("gradient")
    struck = [Piece("prose", "It can be exactly zero.", Place("a", 1), struck=True)]
    assert not read_claims(struck, where.table, where.quantities, where.focus).claims


_VOCABULARY = r"""it the gradient p zero 0 1 never not is can goes to approaches as when if only infinity
, . ? which impossible because w.phi(x) -> = ( ) no for all large with ; unless reach limit in suppose
$p\to1$ $\|\nabla\|$ actually wait were should some only equality wrong to say infimum inf over : sure i with
yes both neither reach value (almost) <w, usually at"""
_WORDS = st.sampled_from(_VOCABULARY.split())


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=25))
def test_never_raises_and_is_deterministic(words: list[str]) -> None:
    where = world("gradient")
    text = " ".join(words)
    assert where.reading(text) == where.reading(text)
