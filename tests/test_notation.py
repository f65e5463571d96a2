"""One loader for tests/cases/notation: what each way of writing means, and the errors of what means nothing.

`means` is plain text that reads as the same tree; `tree` is the tree itself; `readings` are those of
ambiguous notation, in order of preference.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.expressions import build
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import readings
from grader.expressions.symbols import Symbol, SymbolTable, table
from grader.notation import Segment, expanded, read, read_rows, spelling, to_latex, to_text
from grader.records import Syntax

CASES = Path(__file__).parent / "cases" / "notation"


def course() -> SymbolTable:
    w = tuple(spelling(s) for s in (r"\omega", r"\vec w", r"\vec\omega"))
    parameters = (build.symbol("x"), build.symbol("y"), build.symbol("w", "vector"))
    return table(
        [
            Symbol("w", "vector", spellings=w),
            Symbol("x"),
            Symbol("y"),
            Symbol("p"),
            Symbol("y'"),
            Symbol("sigma", "function"),
            Symbol("phi", "function", returns="vector"),
            Symbol("Loss", parameters=parameters),
        ]
    )


KNOWN = course()


def cases(*names: str) -> list[Any]:
    return list(_cases(names))


def _cases(names: tuple[str, ...]) -> Iterator[Any]:
    for name in names:
        data = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
        for number, case in enumerate(data["cases"]):
            source = next((case[s] for s in ("latex", "text", "auto") if s in case), "")
            yield pytest.param(case, id=f"{name}-{number}-{source[:30]}")


def written(case: dict[str, Any]) -> tuple[str, Syntax]:
    for syntax in ("latex", "text", "auto"):
        if syntax in case:
            return case[syntax], syntax
    raise AssertionError("a case has a source")


def meaning(text: object) -> Expr:
    reading = read(str(text), KNOWN, "text")
    assert reading.tree is not None, (text, reading.errors)
    return readings(reading.tree)[0]


def expect(tree: Expr | None, case: dict[str, Any]) -> None:
    if not {"means", "tree", "readings"} & set(case):
        assert tree is None or "cause" not in case
        return
    assert tree is not None
    if "means" in case:
        assert to_text(readings(tree)[0]) == to_text(meaning(case["means"]))
        assert readings(tree)[0] is meaning(case["means"])
    if "tree" in case:
        assert repr(tree) == case["tree"]
    if "readings" in case:
        assert [repr(r) for r in readings(tree)] == case["readings"]
    if "kind" in case:
        assert tree.kind == case["kind"]


@pytest.mark.parametrize("case", cases("names", "functions", "vectors", "calculus", "sets", "text"))
def test_reads(case: dict[str, Any]) -> None:
    source, syntax = written(case)
    reading = read(source, KNOWN, syntax)
    assert reading.errors == ()
    expect(reading.tree, case)
    for remark in case.get("remarks", []):
        assert remark in [r.id for r in reading.remarks]


@pytest.mark.parametrize("case", cases("errors"))
def test_errors(case: dict[str, Any]) -> None:
    source, syntax = written(case)
    reading = read(source, KNOWN, syntax)
    if case["cause"] is None:
        assert reading.errors == ()
        expect(reading.tree, case)
        return
    assert reading.tree is None
    first = reading.errors[0]
    assert (first.cause, first.offset) == (case["cause"], case["offset"])
    assert first.message
    assert case.get("hint", "") in first.hint


@pytest.mark.parametrize("case", cases("rows"))
def test_rows(case: dict[str, Any]) -> None:
    source, syntax = written(case)
    segments = read_rows(source, KNOWN, syntax)
    assert len(segments) == len(case["segments"]), segments
    for segment, wanted in zip(segments, case["segments"], strict=True):
        check_segment(source, segment, wanted)


def check_segment(source: str, segment: Segment, wanted: dict[str, Any]) -> None:
    if "cause" in wanted:
        assert segment.errors[0].cause == wanted["cause"]
        return
    assert segment.errors == ()
    assert segment.source == source[segment.offset : segment.end].strip()
    expect(segment.tree, wanted)
    for field in ("row", "column", "connector", "leading", "trailing", "boxed", "struck", "source"):
        if field in wanted:
            assert getattr(segment, field) == wanted[field], field
    assert list(segment.words) == wanted.get("words", [])
    assert [r.id for r in segment.remarks] == wanted.get("remarks", [])


def test_spellings() -> None:
    data = yaml.safe_load((CASES / "spelling.yaml").read_text(encoding="utf-8"))
    for sources, canonical in data["cases"]:
        assert {spelling(s) for s in sources} == {canonical}


def test_macros_expand_within_bounds() -> None:
    assert read(r"\half x", KNOWN, "latex", {"half": (0, r"\frac12")}).tree is meaning("(1/2)*x")
    assert read(r"\pair{x}{y}", KNOWN, "latex", {r"\pair": (2, "#1+#2")}).tree is meaning("x + y")
    endless = read(r"\a", KNOWN, "latex", {"a": (0, r"\a\a")})
    assert [e.cause for e in endless.errors] == ["too-large"]


@pytest.mark.parametrize("case", cases("expanded"))
def test_a_formula_with_its_macros_written_out(case: dict[str, Any]) -> None:
    macros = {name: tuple(body) for name, body in case["macros"].items()}
    wanted = case["latex"] if case.get("stays") else case["expanded"]
    assert expanded(case["latex"], macros) == wanted


def test_locale_and_base_come_from_the_table() -> None:
    comma = SymbolTable(decimal_comma=True)
    assert repr(read("3,5", comma, "latex").tree) == "decimal((Fraction(7, 2), 1))"
    assert read(r"\log x", SymbolTable(log_base=build.number(10)), "latex").tree is meaning("log(x, 10)")


@pytest.mark.parametrize(
    "source",
    [
        "(" * 5000,
        "x^" * 3000,
        "9" * 5000,
        "-" * 3000 + "x",
        r"\frac{1}{" * 500,
        "[" * 400,
        "|" * 900,
        "x" + "'" * 900,
    ],
)
def test_too_large_is_an_error_and_not_a_crash(source: str) -> None:
    for syntax in ("latex", "text"):
        reading = read(source, KNOWN, syntax)
        assert reading.tree is None
        assert reading.errors
        assert read_rows(source, KNOWN, syntax)


# -- round trips --------------------------------------------------------------------------------------


def sources() -> list[tuple[str, Syntax]]:
    files = ("names", "functions", "vectors", "calculus", "sets", "text")
    data = [yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")) for name in files]
    return [written(case) for part in data for case in part["cases"]]


@pytest.mark.parametrize(("source", "syntax"), sources())
def test_printed_trees_read_back(source: str, syntax: Syntax) -> None:
    tree = read(source, KNOWN, syntax).tree
    assert tree is not None
    tree = readings(tree)[0]
    for text, back in ((to_latex(tree), "latex"), (to_text(tree), "text")):
        again = read(text, KNOWN, back)
        assert again.tree is not None, (text, again.errors)
        assert readings(again.tree)[0] is tree, text


NAMES = ["x", "y", "p", "a", "b", "f", "theta", "w", "hat(y)", "x_1", "y'"]


def leaf(name: str) -> Expr:
    reading = read(name, KNOWN, "text").tree
    assert reading is not None
    return reading


def grown(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    scalar = parts.filter(lambda t: t.kind == "scalar")
    return st.one_of(
        st.builds(lambda a, b: build.add(a, b), scalar, scalar),
        st.builds(lambda a, b: read_product(a, b), scalar, scalar),
        st.builds(lambda a, b: build.div(a, b), scalar, scalar),
        st.builds(lambda a, n: build.power(a, build.number(n)), scalar, st.integers(-3, 4)),
        st.builds(lambda a: build.call("sin", a), scalar),
        st.builds(lambda a: build.call("exp", a), scalar),
        st.builds(lambda a: build.call("abs", a), scalar),
        st.builds(lambda a: build.apply(build.symbol("sigma", "function"), a), scalar),
        st.builds(lambda a: build.derivative(a, build.symbol("x")), scalar),
        st.builds(lambda a, b: build.equation(a, b), scalar, scalar),
        st.builds(lambda a: build.sqrt(a), scalar),
    )


def read_product(left: Expr, right: Expr) -> Expr:
    return build.mul(left, right)


LEAVES = st.one_of(
    st.sampled_from([leaf(n) for n in NAMES if n != "w"]),
    st.integers(0, 30).map(build.number),
    st.just(build.PI),
)


@settings(max_examples=120, deadline=None)
@given(st.recursive(LEAVES, grown, max_leaves=12))
def test_random_trees_survive_printing(tree: Expr) -> None:
    for text, syntax in ((to_latex(tree), "latex"), (to_text(tree), "text")):
        reading = read(text, KNOWN, syntax)
        assert reading.tree is not None, (text, reading.errors)
        assert reading.tree is tree, text


TOKENS = r"""\frac { } ( ) [ ] | || x y \sigma \phi ^ _ ' 2 + - \cdot / = , ; . ! % \sqrt \vec \bar
    \sin \ln \int dx \sum_{k=1}^n \lim_{x\to0} \left. \right| \begin{cases} \end{cases} \\ & \boxed \quad
    \text{or} ? \nabla"""
PIECES = st.sampled_from(TOKENS.split())


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14), st.sampled_from(["latex", "text"]))
def test_nothing_raises_and_nothing_is_silent(pieces: list[str], syntax: Syntax) -> None:
    source = " ".join(pieces)
    reading = read(source, KNOWN, syntax)
    assert (reading.tree is None) == bool(reading.errors)
    assert all(0 <= e.offset <= len(source) for e in reading.errors)
    for segment in read_rows(source, KNOWN, syntax):
        assert 0 <= segment.offset <= segment.end <= len(source)
    if reading.tree is not None:
        assert all(part.kind for part in walk(reading.tree))
        assert to_latex(reading.tree)
        assert to_text(reading.tree)
