"""A paper of which nothing could be read: all its questions on one page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("starlette", reason="the page's packages are not installed: pip install 'grader[review]'")
from reviewing import CLASS, PROBLEMS, Page, earned

from grader.cli import main
from grader.review.items import key_of

PDFS = ("pia", "quin")


@pytest.fixture
def page(tmp_path: Path) -> Page:
    for name in ("ana", "eva"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "hw.md").write_text(CLASS[name], encoding="utf-8")
    for name in PDFS:
        (tmp_path / "in" / name).mkdir()
        (tmp_path / "in" / name / "hw.pdf").write_bytes(b"%PDF-1.7")
    command = ["grade", str(tmp_path / "in"), "--problems", str(PROBLEMS / "homework3")]
    assert main([*command, "--out", str(tmp_path / "out"), "--jobs", "1"]) == 0
    return Page(tmp_path / "out")


def address(name: str, query: str = "?look=doubt&sort=doubt") -> str:
    return f"/paper/{key_of(name)}{query}"


def fields(text: str) -> dict[str, str]:
    """What the form of the marks carries along."""
    form = text.split('<form id="marks"')[1].split("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def save(page: Page, name: str, seen: dict[str, str], **said: str) -> Any:
    path = f"/paper/{key_of(name)}/marks?look=doubt&sort=doubt"
    return page.post(path, **{**seen, "why": "read by hand", "do": "next", **said})


def now(page: Page, name: str) -> dict[str, float]:
    return {q.id: q.earned for q in page.site.classroom.now.results[name].questions}


def test_the_queue_of_doubts_leads_to_each_such_paper_once(page: Page) -> None:
    home = page.get("/")
    first = address("pia").replace("&", "&amp;")
    assert f'href="{first}" data-key="n"' in home
    text = page.get(address("pia"))
    assert "nothing of this paper could be read" in text
    assert "hw.pdf was handed in" in text
    assert all(f'id="{question}"' in text for question in ("q1", "q2", "q3", "q4", "q5"))
    second = address("quin").replace("&", "&amp;")
    assert f'href="{second}" data-key="n"' in text
    text = page.get(address("quin"))
    assert f'href="/answer/{key_of("eva")}/q4' in text, "and then to what is less in doubt"
    listed = page.get("/answers?look=doubt&sort=doubt")
    assert f'href="/answer/{key_of("pia")}/q2' in page.get("/answers")
    assert listed.index(key_of("pia")) < listed.index(key_of("quin")) < listed.index(key_of("eva"))


def test_all_its_marks_are_saved_at_once(page: Page) -> None:
    seen = fields(page.get(address("pia")))
    said = {"q1/mark.M1": "full", "q1/mark.A1": "0", "q4/part.A2": "0.5"}
    answer = save(page, "pia", seen, **said)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/paper/{key_of('quin')}?")
    found = page.settle()
    assert [earned(found, "pia", q) for q in ("q1", "q2", "q4")] == [1, 0, 0.5]
    doubts = {q["id"]: q["needs_review"] for q in found["pia"]["questions"]}
    assert doubts == {"q1": False, "q2": True, "q3": True, "q4": True, "q5": True}
    text = page.get(address("pia"))
    assert "read by hand" in text
    assert 'value="1"' in text.split('id="q1"')[1].split("</section>")[0]


def test_what_another_has_decided_meanwhile_is_shown_and_the_rest_is_saved(page: Page) -> None:
    seen = fields(page.get(address("pia")))
    page.post("/who", who="Ola")
    page.mark("pia", "q1", **{"mark.M1": "0", "mark.A1": "0", "why": "empty"})
    page.post("/who", who="Ida")
    said = {"q1/mark.M1": "full", "q2/mark.M1": "full"}
    answer = save(page, "pia", seen, **said)
    assert answer.status_code == 409
    assert "q1 was changed by Ola while you looked at it" in answer.text
    assert "saved: q2" in answer.text
    assert "you wanted 1" in answer.text
    assert now(page, "pia") == {"q1": 0, "q2": 1, "q3": 0, "q4": 0, "q5": 0}
    again = {**fields(answer.text), "q1/mark.M1": "1", "q2/mark.M1": "1"}
    assert save(page, "pia", again).status_code == 303
    assert earned(page.settle(), "pia", "q1") == 1


def test_two_who_want_the_same_are_told_too(page: Page) -> None:
    seen = fields(page.get(address("pia")))
    page.post("/who", who="Ola")
    assert save(page, "pia", seen, **{"q1/mark.M1": "full"}).status_code == 303
    page.post("/who", who="Ida")
    answer = save(page, "pia", seen, **{"q1/mark.M1": "full"})
    assert answer.status_code == 409
    assert "q1 was changed by Ola while you looked at it; nothing is saved" in answer.text


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ({}, "nothing is different"),
        ({"q1/part.M1": "many"}, "is no number of points"),
        ({"q1/part.M1": "7", "q1/mark.M1": "full"}, "7 is not possible"),
        ({"q1/mark.M1": "full", "why": ""}, "say why"),
    ],
)
def test_what_cannot_be_saved_is_said(said: dict[str, str], tells: str, page: Page) -> None:
    answer = save(page, "pia", fields(page.get(address("pia"))), **said)
    assert answer.status_code == 422
    assert tells in answer.text
    assert not (page.out / "changes.sqlite").exists()


def test_there_is_no_paper_of_nobody(page: Page) -> None:
    assert page.client.get("/paper/0000000000").status_code == 404
    assert page.post("/paper/0000000000/marks", why="x").status_code == 404


def test_names_stay_hidden(page: Page) -> None:
    text = page.get(address("pia", "?names=hidden"))
    assert "pia" not in text
    assert "hw.pdf" not in text
