"""Specs: what is loaded from a good one, and what is said of every kind of bad one.

tests/cases/spec/*.yaml: each case changes a text of tests/cases/spec/base and lists what is said.
"""

from __future__ import annotations

import re
import shutil
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.errors import SpecError
from grader.expressions import build
from grader.expressions.domains import Domain
from grader.notation import read
from grader.spec import find_homework, load_homework, model, read_symbols, symbols_table
from grader.spec.domains import read_domain

CASES = Path(__file__).parent / "cases" / "spec"
BASE = CASES / "base"
PROBLEMS = Path(__file__).parents[1] / "problems"


def cases() -> list[Any]:
    return [
        pytest.param(case, id=f"{file.stem}: {case['name']}")
        for file in sorted(CASES.glob("*.yaml"))
        for case in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def said_of(folder: Path) -> list[str]:
    try:
        load_homework(folder)
    except SpecError as bad:
        return [str(fault).removeprefix(f"{folder}/") for fault in bad.faults]
    return []


@pytest.mark.parametrize("case", cases())
def test_what_is_said_of_a_spec(case: dict[str, Any], tmp_path: Path) -> None:
    folder = shutil.copytree(BASE, tmp_path / "tiny")
    for name, text in case.get("whole", {}).items():
        (folder / name).write_text(text, encoding="utf-8")
    if "in" in case:
        file = folder / case["in"]
        text = file.read_text(encoding="utf-8")
        assert text.count(case["replace"]) == 1, "the case must change one place"
        file.write_text(text.replace(case["replace"], case["with"]), encoding="utf-8")
    said = said_of(folder)
    if "faults_begin" in case:
        assert len(said) >= len(case["faults_begin"])
        for line, begin in zip(said, case["faults_begin"], strict=False):
            assert line.startswith(begin)
    else:
        assert said == case["faults"]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_whatever_is_written_it_is_read_or_told(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(item.name for item in BASE.iterdir())))
    text = (BASE / name).read_text(encoding="utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 12)))
    put = data.draw(st.text(alphabet="()[]{}:,&*!|>-'\"\\\n\t #x1=\u2207\0", max_size=3))
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(BASE, Path(folder) / "tiny")
        (copy / name).write_text(text[:start] + put + text[end:], encoding="utf-8")
        for fault in said_of(copy):
            assert "Input should" not in fault


def test_every_key_that_is_not_at_fault_is_read() -> None:
    homework = load_homework(BASE)
    assert (homework.id, homework.title, homework.threshold) == ("tiny", "A tiny homework", 0.8)
    assert [(question.id, question.number) for question in homework.questions] == [("q1", 1), ("q2", 2)]
    assert load_homework(BASE / "homework.yaml").questions == homework.questions


def test_symbols_become_a_table() -> None:
    table = load_homework(BASE).table
    assert table.symbols["x"].domain == Domain(Fraction(0), None)
    assert table.find("vec(v)") is table.symbols["v"]
    cost, function = table.symbols["Cost"], table.symbols["f"]
    assert (cost.kind, [leaf.value for leaf in cost.parameters]) == ("scalar", ["x"])
    assert cost.definition is read("f(x)^2", table, "text").tree
    assert function.inverse is not None


def test_conditions_become_records() -> None:
    homework = load_homework(BASE)
    form = homework.question("q1").marks[0].when
    assert isinstance(form, model.LineForm)
    assert form.where["c"] == ("constant", None)
    assert form.where["F"] == ("function of", build.symbol("x"))
    claim, either, answer = [mark.when for mark in homework.question("q2").marks]
    assert claim == model.ClaimIs(
        (
            model.ClaimPattern(build.chain((build.symbol("size"), build.ZERO), ("to",))),
            model.ClaimPattern(build.chain((build.symbol("x"), build.INFINITY), ("to",)), "far"),
        )
    )
    assert isinstance(either, model.AnyOf)
    assert [type(item) for item in either.conditions] == [model.ValueTaken, model.DerivativeOf]
    assert answer == model.AnswerIs("equal")


def test_the_answers_of_a_homework() -> None:
    first, second = load_homework(BASE).questions
    assert first.answer.quantity is build.symbol("Cost")
    assert second.answer.quantity is None
    assert second.answer.names == ("maximum", "largest value")
    follow = second.answer.follow
    assert follow is not None
    assert (follow.kind, follow.variable, follow.question) == ("maximum", build.symbol("p"), "q1")
    assert follow.of is build.apply(build.symbol("answer", "function"), build.symbol("q1"))
    assert second.marks[2].follow is True
    assert second.context == {"x": build.ONE}
    assert second.examples == (model.Example("$1/4$", (0, 1, 1)),)


def test_an_answer_that_is_a_vector_is_one_where_it_is_followed() -> None:
    homework = load_homework(PROBLEMS / "homework3")
    follow = homework.question("q4").answer.follow
    assert follow is not None
    assert follow.of.head == "norm"
    assert follow.of.args[0].kind == "vector"
    gradient = homework.question("q2").answer.quantity
    loss, weights = homework.table.symbols["Loss"].expr, homework.table.symbols["w"].expr
    assert gradient is build.gradient(loss, weights)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("(0, 1)", Domain(Fraction(0), Fraction(1))),
        ("[0, oo)", Domain(Fraction(0), None, False)),
        ("(-oo, 3]", Domain(None, Fraction(3), True, False)),
        ("(-inf, inf)", Domain()),
        ("[-1/2, 0.5]", Domain(Fraction(-1, 2), Fraction(1, 2), False, False)),
        ("[2, 2]", Domain(Fraction(2), Fraction(2), False, False)),
        ("positive", Domain(Fraction(0))),
        ("non-negative", Domain(Fraction(0), None, False)),
        ("Reals", Domain()),
        ("naturals", Domain(Fraction(0), None, False, True, True)),
        ("positive integers", Domain(Fraction(1), None, False, True, True)),
    ],
)
def test_domains(text: str, domain: Domain) -> None:
    assert read_domain(text) == domain


@pytest.mark.parametrize(
    "text", ["", "0, 1", "(0; 1", "(1, 0)", "(2, 2)", "[0, oo]", "(oo, 0)", "(0, x)", "(0, 1/0)", "(0, 1, 2)"]
)
def test_what_is_no_domain(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_domain(text)


def test_symbols_given_as_data() -> None:
    table = symbols_table(
        {"x": {"kind": "scalar", "domain": "(0, 1)"}, "v": "vector", "n": {"kind": "integer"}}
    )
    assert table.symbols["x"].domain == Domain(Fraction(0), Fraction(1))
    assert table.symbols["v"].kind == "vector"
    assert table.symbols["n"].domain == Domain(integer=True)


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"x": {"kind": "scaler"}}, "symbols:1: x.kind: `scaler` is not known here: did you mean `scalar`?"),
        ({"x": 3}, "symbols:1: x.kind: `3` is not known here: "),
        ({"x": {"domain": [0, 1]}}, "symbols:1: x.domain: should be text, not a list: "),
        ({"x": {"domian": "reals"}}, "symbols:1: x.domian: unknown key `domian`: did you mean `domain`?"),
    ],
)
def test_bad_symbols_given_as_data(mapping: dict[str, Any], said: str) -> None:
    with pytest.raises(SpecError) as caught:
        symbols_table(mapping)
    assert str(caught.value).startswith(said)


def test_a_file_of_symbols(tmp_path: Path) -> None:
    file = tmp_path / "symbols.yaml"
    file.write_text('x: {kind: scalar, domain: "(0, 1)"}\nf: function\ng:\n  knd: function\n')
    with pytest.raises(SpecError) as caught:
        read_symbols(file)
    assert str(caught.value) == f"{file}:4: g.knd: unknown key `knd`: did you mean `kind`?"
    file.write_text('x: {kind: scalar, domain: "(0, 1)"}\nf: function\n')
    assert sorted(read_symbols(file).symbols) == ["f", "x"]


def test_which_homework_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problems, submissions = tmp_path / "problems", tmp_path / "work" / "hw2"
    for name in ("hw1", "hw2"):
        (problems / name).mkdir(parents=True)
        (problems / name / "homework.yaml").write_text("")
    (submissions / "ana").mkdir(parents=True)
    assert find_homework(problems, submissions) == problems / "hw2"
    assert find_homework(problems / "hw1", submissions) == problems / "hw1"
    assert find_homework(problems, submissions / "ana") == problems / "hw2", "the nearest folder above"
    with pytest.raises(SpecError, match="no homework is named like `elsewhere`"):
        find_homework(problems, tmp_path / "elsewhere")
    monkeypatch.chdir(submissions / "ana")
    assert find_homework(None, submissions) == problems / "hw2"
    (problems / "hw1" / "homework.yaml").unlink()
    assert find_homework(problems, tmp_path / "elsewhere") == problems / "hw2", "the only one there is"
    with pytest.raises(SpecError, match="there is no such folder"):
        find_homework(tmp_path / "none", submissions)


def test_the_homework_in_the_readme_can_be_loaded(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n# (\S+)\n(.*?)```", readme, re.DOTALL)
    for name, text in blocks:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    homework = load_homework(tmp_path / "problems" / "calculus")
    assert [mark.id for mark in homework.question("q1").marks] == ["M1", "A1"]
