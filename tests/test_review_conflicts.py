"""Two graders at once on the instructor's page: none overwrites the other, and both see both words."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the page's packages are not installed: pip install 'grader[review]'")

from reviewing import CLASS, PROBLEMS, Page, earned, grade, results

from grader.review.items import key_of
from grader.spec import load_homework

Q4 = "q4"


@pytest.fixture
def ida(out: Path) -> Page:
    return Page(out)


@pytest.fixture
def ola(out: Path) -> Page:
    return Page(out, who="Ola")


def fields(text: str, form: str) -> dict[str, str]:
    """What a form on a page sends if nothing is touched: its hidden and text fields, and what is checked."""
    found = re.search(rf"<form[^>]*{form}.*?</form>", text, re.DOTALL)
    assert found is not None, form
    sent = {}
    for tag in re.findall(r"<input[^>]*>", found[0]):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if told.get("type") in ("checkbox", "radio") and not re.search(r"\bchecked\b", tag):
            continue
        if "name" in told:
            sent[told["name"]] = told.get("value", "")
    return {name: value for name, value in sent.items() if name != "token"}


def opened(page: Page, name: str) -> dict[str, str]:
    return fields(page.get(f"/answer/{key_of(name)}/{Q4}"), 'id="marks"')


def save(page: Page, name: str, form: dict[str, str], **touched: str) -> Any:
    return page.post(f"/answer/{key_of(name)}/{Q4}/marks", **{**form, **touched})


def table(text: str) -> list[list[str]]:
    """The cells of the table that sets both words side by side."""
    found = re.search(r'<table class="sides-by".*?</table>', text, re.DOTALL)
    assert found is not None, text
    rows = re.findall(r"<tr>(.*?)</tr>", found[0], re.DOTALL)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]*>", "", cell).split()) for cell in row] for row in cells]


def group_link(page: Page, size: int) -> str:
    page.site.grouping.find(page.site.classroom.now, Q4)
    text = page.get("/groups/q4")
    return next(
        link for link in re.findall(r"/group/q4/\w+", text) if f"<h1>{size} equal answer" in page.get(link)
    )


def test_both_words_stand_side_by_side(ida: Page, ola: Page) -> None:
    form = opened(ida, "ana")
    assert save(ola, "ana", opened(ola, "ana"), **{"mark.A2": "1", "why": "right form"}).status_code == 303
    answer = save(ida, "ana", form, **{"mark.A2": "0.5", "mark.M1": "1", "why": "half of it"})
    assert answer.status_code == 409
    assert "While you looked at this answer, Ola decided its marks" in answer.text
    assert table(answer.text) == [
        ["M1", "0", "1"],
        ["A2", "1 Ola, 2025-03-01 12:30 UTC: right form", "0.5"],
    ]
    assert earned(ida.settle(), "ana", Q4) == 1


def test_what_was_not_touched_was_not_wanted(ida: Page, ola: Page) -> None:
    """The form sends every mark; that another's word is not repeated in it is no wish against it."""
    form = opened(ida, "ana")
    save(ola, "ana", opened(ola, "ana"), **{"mark.A2": "1", "why": "right form"})
    answer = save(ida, "ana", form, **{"mark.M1": "1", "why": "method"})
    assert table(answer.text)[1] == ["A2", "1 Ola, 2025-03-01 12:30 UTC: right form", "as it was"]
    mine = fields(answer.text, 'class="mine"')
    assert save(ida, "ana", mine).status_code == 303
    found = ida.settle()
    assert earned(found, "ana", Q4) == 2
    assert {change.who for change in ida.site.classroom.now.standing} == {"Ida", "Ola"}


def test_mine_may_be_saved_all_the_same(ida: Page, ola: Page) -> None:
    form = opened(ida, "ana")
    save(ola, "ana", opened(ola, "ana"), **{"mark.A2": "1", "why": "right form"})
    answer = save(ida, "ana", form, **{"mark.A2": "0.5", "why": "half of it"})
    mine = fields(answer.text, 'class="mine"')
    save(ola, "ana", opened(ola, "ana"), **{"mark.A2": "0.25", "why": "a quarter"})
    assert save(ida, "ana", mine).status_code == 409  # changed once more
    last = fields(save(ida, "ana", mine).text, 'class="mine"')
    assert save(ida, "ana", last).status_code == 303
    assert earned(ida.settle(), "ana", Q4) == 0.5


def test_a_mark_that_waited_and_was_decided_meanwhile(ida: Page, ola: Page) -> None:
    form = opened(ida, "eva")
    assert form["was.A2"].startswith("waits")
    save(ola, "eva", opened(ola, "eva"), **{"mark.A2": "0", "why": "two answers"})
    answer = save(ida, "eva", form, **{"mark.A2": "full", "why": "the first counts"})
    assert table(answer.text) == [["A2", "0 Ola, 2025-03-01 12:30 UTC: two answers", "1"]]


def test_a_change_taken_back_meanwhile(ida: Page, ola: Page) -> None:
    save(ola, "ana", opened(ola, "ana"), **{"mark.A2": "1", "why": "right form"})
    form = opened(ida, "ana")
    assert ola.undo("ana", Q4).status_code == 303
    answer = save(ida, "ana", form, **{"mark.A2": "0.5", "why": "half of it"})
    assert "Ola took a change back" in answer.text
    assert table(answer.text) == [["A2", "0", "0.5"]]


def test_undoing_what_another_has_changed_meanwhile(ida: Page, ola: Page) -> None:
    save(ida, "ana", opened(ida, "ana"), **{"mark.A2": "1", "why": "right form"})
    version = opened(ida, "ana")["version"]
    save(ola, "ana", opened(ola, "ana"), **{"mark.A2": "0.5", "why": "half of it"})
    answer = ida.post(f"/answer/{key_of('ana')}/{Q4}/undo", version=version)
    assert answer.status_code == 409
    assert "Nothing was taken back" in answer.text
    assert earned(ida.settle(), "ana", Q4) == 0.5


def test_graded_again_meanwhile_is_nobodys_word(ida: Page, out: Path) -> None:
    form = opened(ida, "ana")
    path = out / "results.jsonl"
    path.write_text(path.read_text().replace("counterexample", "calculus"))
    answer = save(ida, "ana", form, **{"mark.A2": "1", "why": "so"})
    assert answer.status_code == 409
    assert "the class was graded again" in answer.text


def test_of_two_words_for_one_group_none_is_lost(ida: Page, ola: Page) -> None:
    """Said of different answers of the group: each has its own version, and the group one word."""
    save(ida, "ana", opened(ida, "ana"), **{"mark.A2": "0.25", "why": "hers alone"})
    link = group_link(ida, 3)
    form = fields(ida.get(link), 'id="marks"')
    assert form["first"] == key_of("eva")
    said = {"mark.A2": "1", "why": "right form", "equal": "1"}
    assert save(ola, "ben", opened(ola, "ben"), **said).status_code == 303
    answer = ida.post(f"{link}/marks", **{**form, "mark.A2": "0", "why": "not asked for"})
    assert answer.status_code == 409
    assert "Ola" in answer.text
    said = "1 Ola, 2025-03-01 12:30 UTC (for ben and every equal answer): right form"
    assert table(answer.text) == [["A2", said, "0"]]
    assert earned(ida.settle(), "ben", Q4) == 1
    mine = fields(answer.text, 'class="mine"')
    assert ida.post(f"{link}/marks", **mine).status_code == 303
    assert [c.why for c in ida.site.classroom.now.standing] == ["hers alone", "right form", "not asked for"]


def test_a_word_for_equal_answers_sees_what_was_said_of_them(ida: Page, ola: Page) -> None:
    for page in (ida, ola):
        page.site.grouping.find(page.site.classroom.now, Q4)
    save(ida, "ana", opened(ida, "ana"), **{"mark.A2": "0.25", "why": "hers alone"})
    form = opened(ida, "ana")
    said = {"mark.A2": "1", "why": "right form", "equal": "1"}
    assert save(ola, "ben", opened(ola, "ben"), **said).status_code == 303
    assert save(ida, "ana", form, **{"mark.A2": "0.5", "why": "half", "equal": "1"}).status_code == 409
    assert save(ida, "ana", form, **{"mark.A2": "0.5", "why": "half"}).status_code == 303  # of hers alone


def test_what_was_wanted_of_a_group_is_still_in_the_form(ida: Page, ola: Page) -> None:
    link = group_link(ida, 3)
    form = fields(ida.get(link), 'id="marks"')
    save(ola, "eva", opened(ola, "eva"), **{"mark.A2": "full", "why": "the first counts"})
    answer = ida.post(f"{link}/marks", **{**form, "mark.A2": "0", "why": "two <answers>"})
    assert answer.status_code == 409
    assert 'value="two &lt;answers&gt;"' in answer.text
    assert table(answer.text)[0][2] == "0"
    nothing = ida.post(f"{link}/marks", **{**fields(ida.get(link), 'id="marks"'), "mark.A2": "0"})
    assert nothing.status_code == 422
    assert re.search(r'name="mark.A2" value="0" checked', nothing.text)


# The class marked anew.


@pytest.fixture
def changed(tmp_path: Path) -> tuple[Page, Path]:
    """A class, and its spec in a folder of its own."""
    out = grade(CLASS, tmp_path)
    spec = Path(shutil.copytree(PROBLEMS / "homework3", tmp_path / "homework3"))
    return Page(out, spec=load_homework(spec)), spec / "q4.yaml"


def preview(page: Page) -> dict[str, str]:
    page.post("/remark", do="start")
    page.site.remarking.wait()
    return fields(page.get("/remark"), 'class="take"')


def test_only_what_was_looked_at_is_taken(changed: tuple[Page, Path]) -> None:
    page, spec = changed
    text = spec.read_text()
    spec.write_text(text.replace("8/27", "1/4"))
    seen = preview(page)
    before = results(page.out)
    spec.write_text(text.replace("8/27", "1/2"))
    page.post("/who", who="Ola")
    preview(page)
    answer = page.post("/remark", **seen)
    assert answer.status_code == 409
    assert "Ola" in answer.text
    assert "Not taken" in answer.text
    assert results(page.out) == before
    assert page.post("/remark", **fields(answer.text, 'class="take"')).status_code == 303
    assert earned(results(page.out), "fay", Q4) == 3


def test_two_who_take_one_preview(changed: tuple[Page, Path]) -> None:
    page, spec = changed
    spec.write_text(spec.read_text().replace("8/27", "1/4"))
    seen = preview(page)
    page.post("/who", who="Ola")
    assert page.post("/remark", **seen).headers["location"] == "/remark?taken=1"
    page.post("/who", who="Ida")
    answer = page.post("/remark", **seen)
    assert answer.status_code == 409
    assert "Ola has taken them already" in answer.text


def test_a_class_graded_again_is_not_overwritten_by_an_older_preview(changed: tuple[Page, Path]) -> None:
    page, spec = changed
    spec.write_text(spec.read_text().replace("8/27", "1/4"))
    seen = preview(page)
    grade({**CLASS, "gus": CLASS["cleo"]}, page.out.parent)
    answer = page.post("/remark", **seen)
    assert answer.status_code == 409
    assert "graded again" in answer.text
    assert "gus" in results(page.out)
