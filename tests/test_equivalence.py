"""One loader for tests/cases/equivalence: each file says which pairs are equal, different ..."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from grader.equivalence import Assumptions, decide, follows
from grader.expressions import build
from grader.expressions.domains import POSITIVE, UNIT
from grader.expressions.nodes import Expr
from grader.expressions.symbols import Symbol, SymbolTable, table
from grader.notation import read
from grader.records import Equality, Verdict

CASES = Path(__file__).parent / "cases" / "equivalence"


def homework() -> SymbolTable:
    z, x = build.symbol("z"), build.symbol("x", "vector")
    w = build.symbol("w", "vector")
    sigma, phi = build.symbol("sigma", "function"), build.symbol("phi", "function")
    inside = build.dot(w, build.apply(phi, x, kind="vector"))
    return table(
        [
            Symbol(
                "sigma",
                "function",
                parameters=(z,),
                definition=build.div(build.ONE, build.add(build.ONE, build.call("exp", build.neg(z)))),
                inverse=build.call("ln", build.div(z, build.sub(build.ONE, z))),
            ),
            Symbol("phi", "function", returns="vector"),
            Symbol("w", "vector"),
            Symbol("x", "vector"),
            Symbol("y", "scalar", UNIT),
            Symbol("p", "scalar", UNIT, definition=build.apply(sigma, inside)),
        ]
    )


def symbols(data: dict[str, Any]) -> SymbolTable:
    named = data.get("symbols", {})
    if named == "homework":
        return homework()
    declared = [Symbol(name, kind) for name, kind in named.items()]
    return table([*declared, *(Symbol(name, domain=POSITIVE) for name in data.get("positive", []))])


def parsed(text: object, known: SymbolTable) -> Expr:
    reading = read(str(text), known, syntax="text")
    assert not reading.errors, reading.errors
    assert reading.tree is not None
    return reading.tree


def pairs() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.yaml")):
        if path.stem == "follows":
            continue
        data = yaml.safe_load(path.read_text())
        known = symbols(data)
        for wanted in ("equal", "different", "domain_only", "consistent", "unknown"):
            for left, right in data.get(wanted, []):
                yield pytest.param(known, left, right, wanted, id=f"{path.stem}:{left}|{right}")


def kind_of(verdict: Verdict) -> str:
    """The word that the fixtures use for a verdict."""
    kind = verdict.evidence.kind.value if verdict.evidence else ""
    if verdict.verdict is Equality.DIFFERENT:
        assert verdict.evidence is not None
        return "domain_only" if verdict.evidence.data.get("domain_only") else "different"
    if verdict.verdict is Equality.EQUAL:
        return "consistent" if kind == "consistent" else "equal"
    return "unknown"


@pytest.mark.parametrize(("known", "left", "right", "wanted"), list(pairs()))
def test_pairs(known: SymbolTable, left: object, right: object, wanted: str) -> None:
    verdict = decide(parsed(left, known), parsed(right, known), Assumptions(table=known))
    assert kind_of(verdict) == wanted, verdict
    mirrored = decide(parsed(right, known), parsed(left, known), Assumptions(table=known))
    assert mirrored.verdict is verdict.verdict


def implications() -> Iterator[Any]:
    data = yaml.safe_load((CASES / "follows.yaml").read_text())
    for wanted, verdict in (("holds", Equality.EQUAL), ("fails", Equality.DIFFERENT)):
        for premises, conclusion in data[wanted]:
            yield pytest.param(premises, conclusion, verdict, id=f"{premises} => {conclusion}")


@pytest.mark.parametrize(("premises", "conclusion", "wanted"), list(implications()))
def test_follows(premises: list[str], conclusion: str, wanted: Equality) -> None:
    known = table()
    given = [parsed(p, known) for p in premises]
    assert follows(given, parsed(conclusion, known), Assumptions(table=known)).verdict is wanted
