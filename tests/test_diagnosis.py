"""Mal-rules: each with its fixture and its words; what they explain, and what they leave alone."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from grader.diagnosis import Explanation, diagnose, relations
from grader.diagnosis.causes import case_of
from grader.diagnosis.families import ALL, CALCULUS, EXTREMES
from grader.equivalence import decide, follows
from grader.expressions.build import add, call, div, mul, neg, number, power, sub, symbol
from grader.expressions.domains import NATURALS, POSITIVE
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import readings
from grader.expressions.symbols import Symbol, table
from grader.feedback.texts import known_findings, text_for
from grader.notation import read
from grader.records import Equality
from grader.working import Knowledge

CASES = Path(__file__).parent / "cases" / "diagnosis"
Z = symbol("z")
TABLE = table(
    [
        *(Symbol(name) for name in ("x", "y", "z", "p", "t", "C")),
        *(Symbol(name, domain=POSITIVE) for name in ("a", "b")),
        *(Symbol(name, domain=NATURALS) for name in ("n",)),
        *(Symbol(name, "vector") for name in ("u", "v", "w")),
        *(Symbol(name, "matrix") for name in ("A", "B")),
        *(Symbol(name, "function") for name in ("f", "g")),
        Symbol(
            "sigma",
            "function",
            parameters=(Z,),
            definition=div(number(1), add(number(1), call("exp", sub(number(0), Z)))),
            inverse=call("ln", div(Z, sub(number(1), Z))),
        ),
    ]
)
KNOWN = Knowledge(TABLE, frozenset(TABLE.symbols))


def parsed(text: object) -> Expr:
    reading = read(str(text), TABLE, syntax="text")
    assert reading.tree is not None, reading.errors
    assert not reading.errors
    return readings(reading.tree, 1)[0]


def rows(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


IDS = {rule.name: rule.id for rule in ALL} | {rule.name: rule.id for rule in CALCULUS}
FIXTURES = [row for path in sorted(CASES.glob("*.yaml")) for row in rows(path.stem) if "rule" in row]


def explained(right: Expr, wrong: Expr) -> Explanation | None:
    if wrong.kind != "truth":
        return diagnose(case_of(wrong, [right], KNOWN.assumptions()))
    known = KNOWN.assumptions()

    def holds(relation: Expr) -> bool:
        return follows([right], relation, known).verdict is Equality.EQUAL

    def same(one: Expr, two: Expr) -> bool:
        return decide(one, two, known).verdict is Equality.EQUAL

    return relations.explain(relations.Consequence(wrong, [right], known, holds, same))


@pytest.mark.parametrize("row", FIXTURES, ids=lambda row: str(row["rule"]))
def test_a_slip_is_named(row: dict[str, Any]) -> None:
    found = explained(parsed(row["right"]), parsed(row["wrong"]))
    assert found is not None
    assert found.id == row.get("id", IDS[row["rule"]]), found


@pytest.mark.parametrize("row", rows("none"), ids=lambda row: f"{row['right']} as {row['wrong']}")
def test_what_no_slip_explains_is_not_named(row: dict[str, Any]) -> None:
    assert explained(parsed(row["right"]), parsed(row["wrong"])) is None


def test_every_rule_has_a_fixture() -> None:
    assert len(ALL) + len(CALCULUS) == len(IDS) >= 60, "two rules share a name"
    assert {row["rule"] for row in FIXTURES} == set(IDS)


def test_every_misconception_has_words() -> None:
    for id in sorted({*IDS.values(), *(rule.id for rule in EXTREMES)}):
        assert id in known_findings(), id
        text = text_for(id)
        assert text.principle.endswith("."), id
        assert text.hint.endswith("?"), id


SYMBOLS = [symbol(name) for name in ("x", "y", "a", "b")]


def at_random(seed: Random, depth: int) -> Expr:
    """A tree over four names, of at most this depth."""
    kind = seed.random() if depth else 0.0
    if kind < 0.15:
        return seed.choice(SYMBOLS) if seed.random() < 0.65 else number(seed.randint(1, 12))
    one, two = at_random(seed, depth - 1), at_random(seed, depth - 1)
    if kind < 0.4:
        return add(one, neg(two) if seed.random() < 0.4 else two)
    if kind < 0.75:
        return mul(one, two) if kind < 0.65 else div(one, two)
    if kind < 0.87:
        return power(one, number(seed.choice([2, 2, 3])))
    return call(seed.choice(["exp", "ln", "sin", "cos"]), one)


def test_chance_explains_nothing() -> None:
    seed = Random(11)
    pairs = [(at_random(seed, 4), at_random(seed, 4)) for _ in range(250)]
    named = [explained(right, wrong) for right, wrong in pairs if right is not wrong]
    assert sum(found is not None for found in named) < 0.02 * len(named)


def test_chance_explains_no_other_coefficients() -> None:
    seed = Random(12)

    def quadratic() -> Expr:
        a, b, c = (number(seed.choice([-1, 1]) * seed.randint(1, 12)) for _ in range(3))
        return add(mul(a, power(symbol("x"), number(2))), mul(b, symbol("x")), c)

    named = [explained(quadratic(), quadratic()) for _ in range(200)]
    assert sum(found is not None for found in named) < 0.02 * len(named)


def test_two_slips_are_not_named() -> None:
    right = parsed("2*(p - y)*sin(x)*(1 + x)^2")
    for wrong in ("2*(p + y)*sin(x)*(1 + x)", "2*(p - y)*cos(x)*(1 - x)^2", "2*y*sin(x)/(1 + x)"):
        assert explained(right, parsed(wrong)) is None
