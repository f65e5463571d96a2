"""The instructor's page: who is let in, what is shown and changed, and that nobody undoes another's word."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

pytest.importorskip("starlette", reason="the page's packages are not installed: pip install 'grader[review]'")
pytest.importorskip("uvicorn", reason="the page's packages are not installed: pip install 'grader[review]'")
from reviewing import BASE, CLASS, KEY, PROBLEMS, Page, earned, grade, homework, results
from starlette.testclient import TestClient

from grader.cli import main
from grader.review.groups import by_equality, by_text
from grader.review.items import doubt_of, key_of, version_of
from grader.review.opening import open_page
from grader.review.readings import reader_of
from grader.review.safety import token_for
from grader.running.alike import alike_in
from grader.spec import load_homework

CASES = Path(__file__).parent / "cases" / "review"
OURS = {"hx-boost", "hx-get", "hx-trigger", "hx-target", "hx-push-url"}


def cases(name: str) -> list[Any]:
    return list(yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8")))


def named(name: str) -> Any:
    return pytest.mark.parametrize("case", cases(name), ids=lambda case: case["name"])


@pytest.fixture
def page(out: Path) -> Page:
    return Page(out)


def timeless(found: Any) -> Any:
    return json.loads(re.sub(r'"when": "[^"]*"', '"when": ""', json.dumps(found)))


def rows(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/answer/[^>]*><bdi>([^<]*)</bdi>', text)


# Who is let in.


@pytest.fixture(scope="module")
def shared(graded: Path) -> Page:
    """For what changes nothing."""
    return Page(graded)


@named("door")
def test_who_is_let_in(case: dict[str, Any], shared: Page) -> None:
    client = shared.client if case.get("key", True) else TestClient(shared.client.app, base_url=BASE)
    headers = {"host": case.get("host", "127.0.0.1:8765")}
    if origin := case.get("origin", BASE):
        headers["origin"] = origin
    data = {"token": token_for(KEY)} if case.get("token") else {}
    method = case.get("method", "GET")
    answer = client.request(method, case["path"], headers=headers, data=data or None, follow_redirects=False)
    assert answer.status_code == case["status"], answer.text
    assert case.get("says", "") in answer.text


@pytest.mark.parametrize("path", ["/", "/answers", "/nothing", "/static/review.js", "/enter?key=x"])
def test_every_answer_carries_the_policy(path: str, shared: Page) -> None:
    headers = shared.client.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_the_cookie_of_the_door(shared: Page) -> None:
    cookie = shared.client.get(f"/enter?key={KEY}").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()


def test_the_key_is_in_no_list_of_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)) or True)
    open_page(f"{BASE}/enter?key={KEY}")
    assert KEY not in opened[0]
    way = Path(opened[0].removeprefix("file://"))
    assert f"url={BASE}/enter?key={KEY}" in way.read_text()
    assert way.stat().st_mode & 0o077 == 0
    way.unlink()


DEAF = """
import os, signal, sys
from pathlib import Path
from grader.review.serving import serve
signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell starts what it sends to the background
serve(Path(sys.argv[1]), None, ready=lambda address: os.kill(os.getpid(), signal.SIGINT))
"""


def test_an_interrupt_ends_it_from_the_moment_it_says_its_address(out: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DEAF, str(out)], stderr=subprocess.PIPE, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_form_without_end_is_refused(page: Page) -> None:
    assert page.mark("ana", "q4", why="x" * 70_000).status_code == 413
    assert not (page.out / "changes.sqlite").exists()


@pytest.mark.parametrize(
    "back", ["//evil.example", "/\\evil.example", "http://evil.example", "/a\r\nx: y", ""]
)
def test_a_name_leads_back_to_our_pages_only(back: str, page: Page) -> None:
    answer = page.post("/who", who="Ola \u202e<b>", back=back)
    assert answer.headers["location"] == "/"
    assert 'value="Ola &lt;b&gt;"' in page.get("/")


# What is shown.


class Reading(HTMLParser):
    """The elements and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def links(text: str) -> set[str]:
    return {str(found["href"]) for tag, found in Reading(text).tags if tag == "a" and "href" in found}


def crawl(page: Page, start: str) -> dict[str, str]:
    """Every page that can be reached from one."""
    found: dict[str, str] = {}
    left = [start]
    while left:
        path = left.pop()
        if path in found or not path.startswith("/") or len(found) > 400:
            continue
        found[path] = page.get(path)
        left.extend(sorted(links(found[path])))
    return found


def test_every_link_leads_somewhere_and_hidden_names_are_nowhere(tmp_path: Path) -> None:
    texts = {f"{name}-surname": CLASS[name] for name in ("ana", "ben", "eva")}
    page = Page(grade(texts, tmp_path), anonymous=True)
    page.mark("ana-surname", "q4", **{"mark.A2": "1", "why": "so", "equal": "1"})
    found = crawl(page, "/?names=hidden")
    assert len(found) > 40
    for path, text in found.items():
        assert "surname" not in text, path
    assert any("No. " in text for text in found.values())


def test_hidden_names_are_asked_for_in_the_address(shared: Page) -> None:
    assert "<bdi>ana</bdi>" in shared.get("/answers")
    hidden = shared.get("/answers?names=hidden")
    assert "<bdi>ana</bdi>" not in hidden
    assert all("names=hidden" in link for link in links(hidden) if link.startswith("/answer/"))


def test_nothing_that_a_student_writes_is_markup(tmp_path: Path) -> None:
    texts = {f"s{i}": f"## Question 4\n\n{text}\n" for i, text in enumerate(cases("hostile"))}
    page = Page(grade({**texts, "plain": CLASS["ana"]}, tmp_path))
    for path, text in crawl(page, "/answers?question=q4").items():
        for tag, attributes in Reading(text).tags:
            assert tag not in ("img", "iframe", "object", "embed", "base", "style"), path
            assert not any(name.startswith("on") for name in attributes), (path, tag)
            assert {name for name in attributes if name.startswith("hx-")} <= OURS, path
            for name in ("href", "src", "action", "hx-get"):
                address = attributes.get(name) or "/"
                assert address.startswith(("/", "#")), (path, address)
                assert not address.startswith("//"), (path, address)
            if tag == "script":
                assert attributes["src"] in ("/static/htmx.min.js", "/static/review.js")
        assert "49" not in re.sub(r"[0-9a-f]{10}", "", text) or "7*7" in text
        assert "\u202e" not in re.sub(r"<bdi>.*?</bdi>|<code.*?</code>", "", text), path
        assert "\x1b" not in text
        assert "\x00" not in text


@named("filters")
def test_the_address_says_what_is_shown(case: dict[str, Any], shared: Page) -> None:
    text = shared.get(f"/answers?{case['ask']}")
    names = [key_of(name)[:6] if "hidden" in case["ask"] else name for name in case["left"]]
    assert rows(text) == names


def test_a_choice_says_how_many_it_leaves(shared: Page) -> None:
    text = shared.get("/answers?question=q4")
    for href, count in re.findall(
        r'<li><a href="([^"]+)"[^>]*><span>[^<]*</span> <span class="count">(\d+)', text
    ):
        shown = shared.get(href.replace("&amp;", "&"))
        if "aria-current" not in href:
            total = re.search(r"<h1>(\d+) answer", shown)
            assert total is not None
            assert "question=q4" not in href or total[1] == count, href


def test_what_is_least_certain_comes_first(shared: Page) -> None:
    doubts = [item.doubt for item in shared.site.classroom.now.items if item.question.needs_review]
    shown = rows(shared.get("/answers?look=doubt&sort=doubt"))
    assert len(shown) == len(doubts)
    first = shared.site.classroom.now.item(key_of(shown[0]), "q4")
    assert first.doubt == max(doubts)
    assert doubt_of(shared.site.classroom.now.item(key_of("cleo"), "q4").question) == 0


def test_an_answer_with_what_it_was_read_as_and_its_evidence(shared: Page) -> None:
    text = shared.get(f"/answer/{key_of('ana')}/q4")
    assert "I read this as" in text
    assert text.count("<math") >= 2
    assert "differs from the reference" in text
    assert "counterexample" in text


def test_the_words_around_the_formulas_and_the_marks_beside_them(shared: Page) -> None:
    text = shared.get(f"/answer/{key_of('ana')}/q4")
    assert re.search(r'words-line marked"><span class="place">line 3</span>.*The largest magnitude is', text)
    assert "ana.md" in text
    assert "file 1" in shared.get(f"/answer/{key_of('ana')}/q4?names=hidden")


@pytest.mark.parametrize("told", [False, True])
def test_the_words_of_a_zip_are_those_that_were_unpacked(told: bool, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as bundle:
        bundle.writestr("ana/hw3.md", CLASS["ana"])
    command = ["grade", str(tmp_path / "class.zip"), "--problems", str(PROBLEMS / "homework3")]
    assert main([*command, "--out", str(tmp_path / "out"), "--jobs", "1"]) == 0
    page = Page(tmp_path / "out", submissions=tmp_path / "class.zip" if told else None)
    assert "The largest magnitude is" in page.get(f"/answer/{key_of('ana')}/q4")


def test_without_the_submissions_the_page_says_how_to_see_them(page: Page) -> None:
    text = page.get(f"/answer/{key_of('ana')}/q1")
    assert "As handed in" not in text
    assert "--submissions DIR" in text


@pytest.mark.parametrize(
    ("source", "said"),
    [(r"\sigma(w \cdot \phi(x))", "<math"), ("2(p - y)", "<math"), ("= p - y", "<math"), ("p -> 0", "<math")],
)
def test_a_line_is_written_anew_from_its_tree(source: str, said: str) -> None:
    assert said in reader_of(homework())("q2", source).formula


def test_what_cannot_be_read_says_why() -> None:
    read = reader_of(homework())
    assert read("q2", r"\frac{1").trouble
    assert not read("q2", "").trouble
    assert not reader_of(None)("q2", "p - y").formula


@pytest.mark.parametrize("query", cases("odd"))
def test_no_address_breaks_a_page(query: str, shared: Page) -> None:
    for path in ("/", "/answers", f"/answer/{key_of('ana')}/q4", "/groups/q4", "/remark"):
        answer = shared.client.get(f"{path}?{query}")
        assert answer.status_code in (200, 404), path
        assert "<script>" not in answer.text, path


def test_submissions_may_have_any_name(tmp_path: Path) -> None:
    names = ["<b>x'\"", "a b & c?d#e%20", "=cmd\u202e", "b\udcffd"]
    page = Page(grade(dict.fromkeys(names, CLASS["ana"]), tmp_path))
    for name in names:
        assert page.mark(name, "q4", **{"mark.A2": "1", "why": "so"}).status_code == 303
        text = page.get(f"/answer/{key_of(name)}/q4")
        assert "<b>" not in text
        assert "Ida" in text
        assert page.undo(name, "q4").status_code == 303
    assert set(page.settle()) == set(names)


# What is changed.


@named("deeds")
def test_the_page_and_the_command_are_two_faces(case: dict[str, Any], out: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(out, tmp_path / "other"))
    page = Page(out)
    answer = page.mark(*case["at"], **case["form"])
    assert answer.status_code == 303, answer.text
    command = ["override", str(other), *case["command"], "--who", "Ida", "--problems", str(PROBLEMS)]
    assert main(command) == 0
    assert timeless(page.settle()) == timeless(results(other))
    name = case["at"][0]
    markdown = f"feedback/{name}.md"
    assert (out / markdown).read_text() == (other / markdown).read_text()


@named("refused")
def test_what_cannot_be_saved_is_said(case: dict[str, Any], page: Page) -> None:
    answer = page.mark("ana", "q4", **case["form"])
    assert answer.status_code == 422
    assert "Not saved" in answer.text
    assert case["says"] in answer.text
    assert not page.site.classroom.now.standing


def test_undo_brings_back_what_the_program_said(page: Page) -> None:
    before = (page.out / "results.jsonl").read_bytes()
    page.mark("ana", "q4", **{"mark.A2": "1", "why": "so", "equal": "1"})
    assert earned(page.settle(), "ben", "q4") == 1
    again = Page(page.out)
    assert again.undo("ana", "q4").status_code == 303
    again.settle()
    assert (page.out / "results.jsonl").read_bytes() == before


def test_undo_of_nothing_is_said(page: Page) -> None:
    answer = page.undo("ana", "q4")
    assert answer.status_code == 422
    assert "nobody has changed" in answer.text


def test_who_when_and_why_stand_beside_the_programs_word(page: Page) -> None:
    page.mark("ana", "q4", **{"mark.A2": "1", "why": "a <right> form", "equal": "1"})
    text = page.get(f"/answer/{key_of('ana')}/q4")
    assert "<strong>Ida</strong>, 2025-03-01 12:30 UTC: a &lt;right&gt; form" in text
    assert "(program: 0)" in text
    brought = page.get(f"/answer/{key_of('ben')}/q4")
    assert f'as for <a href="/answer/{key_of("ana")}/q4">' in brought
    assert "Undo" not in brought
    assert rows(page.get("/answers?look=brought")) == ["ben"]


def test_a_group_is_marked_once(page: Page) -> None:
    page.site.grouping.find(page.site.classroom.now, "q4")
    groups = page.get("/groups/q4")
    assert "2 spellings" in groups
    link = next(link for link in re.findall(r"/group/q4/\w+", groups))
    shown = page.get(link)
    assert "3 equal answers" in shown
    first, version = re.findall(r'name="(?:first|version)" value="(\w+)"', shown)
    form = {"first": first, "version": version, "mark.A2": "full", "why": "as agreed"}
    assert page.post(f"{link}/marks", **{**form, "mark.A2": ""}).status_code == 422
    answer = page.post(f"{link}/marks", **form)
    assert answer.headers["location"].endswith("changed=3")
    found = page.settle()
    assert [earned(found, name, "q4") for name in ("ana", "ben", "eva", "fay")] == [1, 1, 1, 0]
    assert page.post(f"{link}/marks", **form).status_code == 409


def test_what_was_said_of_a_group_is_taken_back_there(page: Page) -> None:
    page.site.grouping.find(page.site.classroom.now, "q4")
    link = next(link for link in re.findall(r"/group/q4/\w+", page.get("/groups/q4")))
    assert "Undo" not in page.get(link)
    first, version = re.findall(r'name="(?:first|version)" value="(\w+)"', page.get(link))
    before = (page.out / "results.jsonl").read_bytes()
    page.post(f"{link}/marks", first=first, version=version, why="as agreed", **{"mark.A2": "full"})
    assert page.post(f"{link}/undo", first=first, version=version).status_code == 409
    shown = page.get(link)
    form = re.search(r'action="([^"]+/undo)".*?name="version" value="(\w+)"', shown, re.DOTALL)
    assert form is not None
    answer = page.post(form[1], first=first, version=form[2])
    assert answer.headers["location"] == f"{link}?undone=3"
    assert "Taken back for 3 answers" in page.get(answer.headers["location"])
    page.settle()
    assert (page.out / "results.jsonl").read_bytes() == before
    assert page.post(f"{link}/undo", first=first, version=version).status_code == 422


def test_after_the_last_group_it_is_said_that_it_was_the_last(page: Page) -> None:
    page.site.grouping.find(page.site.classroom.now, "q4")
    links = re.findall(r"/group/q4/\w+", page.get("/groups/q4"))
    assert "the group after this one" in page.get(f"{links[0]}?changed=1")
    assert "That was the last group of q4" in page.get(f"{links[-1]}?changed=1")


def test_a_form_that_is_refused_comes_back_as_it_was_filled(page: Page) -> None:
    form = {"mark.A2": "full", "part.A2": "", "mark.M1": "1", "mark.A1": "0"}
    for name, unsure in (("eva", True), ("ana", False)):
        answer = page.mark(name, "q4", **form)
        assert "say why" in answer.text
        tags = [found for tag, found in Reading(answer.text).tags if tag == "input"]
        checked = {
            (found["name"], found["value"]) for found in tags if "checked" in found and "name" in found
        }
        assert (("mark.A2", "full") in checked) is unsure
        assert ("mark.M1", "1") in checked or name == "eva"


def test_of_two_graders_none_overwrites_the_other(page: Page) -> None:
    seen = page.version("ana", "q4")
    other = Page(page.out, who="Ola")
    assert other.mark("ana", "q4", seen, **{"mark.A2": "1", "why": "first"}).status_code == 303
    answer = page.mark("ana", "q4", seen, **{"was.A2": "0@", "mark.M1": "1", "why": "second"})
    assert answer.status_code == 409
    assert "Ola decided its marks" in answer.text
    assert "you wanted 1" in answer.text
    assert 'value="second"' in answer.text
    assert [change.who for change in page.site.classroom.now.standing] == ["Ola"]
    version = re.search(r'name="version" value="(\w+)"', answer.text)
    assert version is not None
    again = page.mark("ana", "q4", version[1], **{"mark.M1": "1", "mark.A2": "1", "why": "second"})
    assert again.status_code == 303
    assert earned(page.settle(), "ana", "q4") == 2


def test_many_at_once_lose_nothing(page: Page) -> None:
    """Two servers on one OUT, and six people who save at the same moment."""
    other = Page(page.out, who="Ola")
    servers = [page, other]
    seen = {name: page.version(name, "q4") for name in CLASS}
    form = {"mark.M1": "1", "mark.A1": "1", "why": "so"}
    with ThreadPoolExecutor(len(seen)) as pool:
        tasks = [
            pool.submit(servers[i % 2].mark, name, "q4", seen[name], **form) for i, name in enumerate(seen)
        ]
        statuses = [task.result().status_code for task in tasks]
    assert statuses == [303] * len(seen)
    page.settle()
    found = other.settle()
    assert all(earned(found, name, "q4") == 2 for name in CLASS if name != "cleo")
    assert earned(results(page.out), "cleo", "q4") == 2


def test_one_answer_wanted_by_many_at_once_is_changed_once(page: Page) -> None:
    seen = page.version("ana", "q4")
    with ThreadPoolExecutor(5) as pool:
        forms = [{"mark.A2": "1", "why": f"by {i}"} for i in range(5)]
        tasks = [pool.submit(page.mark, "ana", "q4", seen, **form) for form in forms]
        statuses = sorted(task.result().status_code for task in tasks)
    assert statuses == [303, 409, 409, 409, 409]
    assert len(page.site.classroom.now.standing) == 1


def test_what_a_command_changes_is_seen_at_once(page: Page) -> None:
    seen = page.version("ana", "q4")
    command = ["override", str(page.out), "ana", "q4", "A2=1", "--why", "so", "--who", "Ola"]
    assert main([*command, "--problems", str(PROBLEMS)]) == 0
    assert "<strong>Ola</strong>" in page.get(f"/answer/{key_of('ana')}/q4")
    assert page.mark("ana", "q4", seen, **{"mark.M1": "1", "why": "so"}).status_code == 409
    assert earned(page.settle(), "ana", "q4") == 1


def test_a_fall_before_the_files_are_written_loses_nothing(page: Page) -> None:
    page.mark("ana", "q4", **{"mark.A2": "1", "why": "so"})
    assert earned(results(page.out), "ana", "q4") == 0  # nothing is written yet
    again = Page(page.out)
    again.site.classroom.settled()
    assert earned(again.settle(), "ana", "q4") == 1


def test_a_class_graded_anew_is_read_anew_and_keeps_what_was_said(page: Page, tmp_path: Path) -> None:
    page.mark("ana", "q4", **{"mark.A2": "1", "why": "so"})
    texts = {**CLASS, "gus": CLASS["cleo"]}
    (tmp_path / "again").mkdir()
    fresh = grade(texts, tmp_path / "again")
    shutil.copy(fresh / "results.jsonl", page.out / "results.jsonl")
    assert len(rows(page.get("/answers?question=q4"))) == len(CLASS) + 1
    assert earned(page.settle(), "ana", "q4") == 1


def test_notes_are_for_graders_only(page: Page) -> None:
    path = f"/answer/{key_of('ana')}/q4"
    assert page.post(f"{path}/note", text="zebra <Ola>\x1b[31m").status_code == 303
    assert "zebra &lt;Ola&gt;" in page.get(path)
    assert page.post(f"{path}/note", text="  ").status_code == 422
    page.mark("ana", "q4", **{"mark.A2": "1", "why": "so"})
    page.settle()
    assert all("zebra" not in file.read_text() for file in page.out.rglob("ana.*"))


def test_nobody_changes_anything_without_a_name(out: Path) -> None:
    page = Page(out, who="")
    answer = page.mark("ana", "q4", **{"mark.A2": "1", "why": "so"})
    assert answer.status_code == 422
    assert "who you are" in answer.text


def test_the_history_tells_what_was_taken_back(page: Page) -> None:
    page.mark("ana", "q4", **{"mark.A2": "1", "why": "so"})
    page.undo("ana", "q4")
    text = page.get(f"/answer/{key_of('ana')}/q4")
    assert "taken back by Ida" in text


def test_who_else_is_looking(page: Page) -> None:
    path = f"/answer/{key_of('ana')}/q4"
    page.get(path)
    page.post("/who", who="Ola")
    assert "Ida is looking at this answer too" in page.get(path)


def test_saving_leads_to_the_next_doubt(page: Page) -> None:
    doubts = rows(page.get("/answers?look=doubt&sort=doubt"))
    home = page.get("/")
    first = re.search(r'class="button" href="([^"]+)"', home)
    assert first is not None
    assert key_of(doubts[0]) in first[1]
    answer = page.client.get(first[1].replace("&amp;", "&"))
    action = re.search(r'id="marks" method="post" action="([^"]+)"', answer.text)
    version = re.search(r'name="version" value="(\w+)"', answer.text)
    assert action is not None
    assert version is not None
    waiting = set(re.findall(r'type="radio" name="(mark\.\w+)"', answer.text))
    assert waiting
    asked = page.post(action[1].replace("&amp;", "&"), version=version[1], do="confirm")
    assert asked.status_code == 422  # of what waits the program says nothing
    form = dict.fromkeys(waiting, "0") | {"version": version[1], "why": "looked at"}
    done = page.post(action[1].replace("&amp;", "&"), **form)
    assert done.status_code == 303
    assert key_of(doubts[0]) + "/" not in done.headers["location"].split("saved")[0] or len(doubts) == 1
    assert len(rows(page.get("/answers?look=doubt&sort=doubt"))) == len(doubts) - 1


def saved_last(page: Page, query: str, **form: str) -> str:
    """What is shown after the last answer of a list was saved."""
    last = re.findall(r'<th scope="row"><a href="/answer/(\w+)/(q\d)', page.get(f"/answers{query}"))[-1]
    version = version_of(page.site.classroom.now.item(*last).question)
    answer = page.post(f"/answer/{'/'.join(last)}/marks{query}", version=version, **form)
    assert answer.status_code == 303, answer.text
    return page.get(answer.headers["location"])


def test_after_the_last_of_a_list_it_is_said_that_it_is_finished_and_what_is_next(page: Page) -> None:
    text = saved_last(page, "?question=q4", **{"mark.A2": "1", "why": "so"})
    assert '<p class="note good" role="status">Saved: ' in text
    assert "That was the last of this list." in text
    assert "1 doubt is left in the class" in text
    doubt = f"/answer/{key_of('eva')}/q4?look=doubt&amp;sort=doubt"
    assert f'href="{doubt}"' in text.split("</main>")[0].split("<h1>")[0]


def test_after_the_last_doubt_it_is_said_that_all_are_looked_at(page: Page) -> None:
    text = saved_last(page, "?look=doubt&sort=doubt", **{"mark.A2": "1", "why": "so"})
    assert "That was the last of this list." in text
    assert "No doubt is left in the class" in text
    assert "grader export" in text


def test_in_the_middle_of_a_list_nothing_is_finished(page: Page) -> None:
    answer = page.mark("ana", "q4", **{"mark.A2": "1", "why": "so"})
    text = page.get(answer.headers["location"])
    assert "Saved: " in text
    assert "the last of this list" not in text


def test_staying_at_the_last_answer_it_is_said_too(page: Page) -> None:
    text = saved_last(page, "?question=q4", **{"mark.A2": "1", "why": "so", "do": "stay"})
    assert "That was the last of this list." in text


def test_a_changed_spec_marks_anew_after_a_look(tmp_path: Path) -> None:
    out = grade(CLASS, tmp_path)
    spec = Path(shutil.copytree(PROBLEMS / "homework3", tmp_path / "homework3"))
    page = Page(out, spec=load_homework(spec))
    page.mark("ben", "q4", **{"mark.A2": "0.5", "why": "so", "mark.M1": "0", "mark.A1": "0"})
    page.settle()
    text = (spec / "q4.yaml").read_text()
    changed = text.replace("8/27", "1/4")
    assert changed != text
    (spec / "q4.yaml").write_text(changed)
    before = results(out)
    assert page.post("/remark", do="start").status_code == 303
    page.site.remarking.wait()
    shown = page.get("/remark")
    assert "What would become different" in shown, shown
    assert "1 marks that people decided stay" in shown
    assert results(out) == before
    seen = re.search(r'name="preview" value="(\w+)"', shown)
    assert seen is not None
    assert page.post("/remark", do="take", preview=seen[1]).headers["location"] == "/remark?taken=1"
    found = results(out)
    assert earned(found, "ana", "q4") > 0
    assert earned(found, "cleo", "q4") < 3
    assert next(m["earned"] for m in found["ben"]["questions"][3]["marks"] if m["id"] == "A2") == 0.5
    assert "correct" in page.get("/answers?question=q4&find=ana")
    assert Page(out, spec=load_homework(spec)).settle() == found


def test_a_broken_spec_changes_nothing(tmp_path: Path) -> None:
    out = grade({"ana": CLASS["ana"]}, tmp_path)
    spec = Path(shutil.copytree(PROBLEMS / "homework3", tmp_path / "homework3"))
    page = Page(out, spec=load_homework(spec))
    (spec / "q4.yaml").write_text("id: q4\nnonsense: <b>\n")
    page.post("/remark", do="start")
    page.site.remarking.wait()
    text = page.get("/remark")
    assert "It cannot be done" in text
    assert "<b>" not in text
    before = results(out)
    page.post("/remark", do="take")
    assert results(out) == before


def test_the_page_finds_what_was_graded(tmp_path: Path) -> None:
    """Also where the course was moved as a whole; where it is no longer there that is said."""
    (tmp_path / "course").mkdir()
    grade({"ana": "## Question 4\n\nSome words of Ana.\n"}, tmp_path / "course")
    moved = (tmp_path / "course").rename(tmp_path / "moved")
    page = Page(moved / "out")
    assert "Some words of Ana." in page.get(f"/answer/{key_of('ana')}/q4")
    page.post("/remark", do="start")
    page.site.remarking.wait()
    assert "every mark would be what it is" in page.get("/remark")
    (moved / "in").rename(tmp_path / "elsewhere")
    page = Page(moved / "out")
    assert f"{moved / 'in'}</code>, is no longer there" in page.get("/remark")
    assert "Some words of Ana." not in page.get(f"/answer/{key_of('ana')}/q4")


def test_the_page_finds_the_zip_that_was_graded(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("ana.md", "## Question 4\n\nSome words of Ana.\n")
        archive.writestr("../out.md", "It leads out.")
    command = ["grade", str(tmp_path / "class.zip"), "--problems", str(PROBLEMS / "homework3")]
    assert main([*command, "--out", str(tmp_path / "out"), "--jobs", "1"]) == 0
    page = Page(tmp_path / "out")
    assert "Some words of Ana." in page.get(f"/answer/{key_of('ana')}/q4")
    page.post("/remark", do="start")
    page.site.remarking.wait()
    shown = page.get("/remark")
    assert "every mark would be what it is" in shown
    assert "not in the folder" not in shown


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"submissions": 5}', '{"submissions": "a\\u0000b"}'])
def test_a_note_of_what_was_graded_that_says_nothing(text: str, out: Path) -> None:
    (out / "graded-from.json").write_text(text)
    assert "--submissions DIR" in Page(out).get("/remark")


def test_without_the_submissions_nothing_is_marked_anew(page: Page) -> None:
    assert "--submissions DIR" in page.get("/remark")
    assert page.post("/remark", do="start").status_code == 303
    assert not page.site.remarking.running


def test_who_is_not_in_the_folder_stays_as_they_are(tmp_path: Path) -> None:
    out = grade(CLASS, tmp_path)
    spec = Path(shutil.copytree(PROBLEMS / "homework3", tmp_path / "homework3"))
    (spec / "q4.yaml").write_text((spec / "q4.yaml").read_text().replace("8/27", "1/4"))
    for name in ("ana", "eva"):
        (tmp_path / "in" / f"{name}.md").unlink()
    (tmp_path / "in" / "new.md").write_text(CLASS["ana"])
    page = Page(out, spec=load_homework(spec))
    page.post("/remark", do="start")
    page.site.remarking.wait()
    shown = page.get("/remark")
    assert (
        "2 submissions are not in the folder, and stay as they are: <bdi>ana</bdi>, <bdi>eva</bdi>." in shown
    )
    assert "1 submission is new: <bdi>new</bdi>." in shown
    hidden = page.get("/remark?names=hidden").split("<main")[1]
    assert "<bdi>ana" not in hidden
    before = results(out)
    seen = re.search(r'name="preview" value="(\w+)"', shown)
    assert seen is not None
    page.post("/remark", do="take", preview=seen[1])
    found = results(out)
    assert list(found) == ["ana", "ben", "cleo", "dan", "eva", "fay", "new"]
    assert {name: found[name] for name in ("ana", "eva")} == {name: before[name] for name in ("ana", "eva")}
    assert earned(found, "new", "q4") > earned(found, "ana", "q4")


def test_what_people_said_of_a_mark_that_is_gone_is_shown_before(tmp_path: Path) -> None:
    out = grade(CLASS, tmp_path)
    spec = Path(shutil.copytree(PROBLEMS / "homework3", tmp_path / "homework3"))
    page = Page(out, spec=load_homework(spec))
    page.mark("cleo", "q4", **{"mark.M1": "0", "mark.A1": "1", "mark.A2": "1", "why": "no <b>reason"})
    (spec / "q4.yaml").write_text((spec / "q4.yaml").read_text().replace("M1", "M9"))
    page.post("/remark", do="start")
    page.site.remarking.wait()
    shown = page.get("/remark")
    assert "1 word of people would count no more as it was said:" in shown
    assert "cleo q4: M1 = 0 by Ida (no &lt;b&gt;reason): there is no such mark now" in shown
    assert "cleo" not in page.get("/remark?names=hidden").split("<main")[1]


def test_the_folder_of_another_class_is_not_marked_for_this_one(tmp_path: Path) -> None:
    out = grade(CLASS, tmp_path)
    page = Page(out)
    for name in CLASS:
        (tmp_path / "in" / f"{name}.md").rename(tmp_path / "in" / f"another-{name}.md")
    page.post("/remark", do="start")
    page.site.remarking.wait()
    shown = page.get("/remark")
    assert "none of the 6 submissions of the class is in" in shown
    assert 'value="take"' not in shown


# Groups.


def test_equal_answers_are_together_as_they_are_for_the_command(shared: Page) -> None:
    items = [item for item in shared.site.classroom.now.items if item.question.id == "q4"]
    groups = by_equality(items, alike_in(homework()))
    assert sorted(groups[0].submissions) == ["ana", "ben", "eva"]
    assert sorted(name for group in groups for name in group.submissions) == [
        "ana",
        "ben",
        "cleo",
        "eva",
        "fay",
    ]
    assert sum(group.size for group in by_text(items)) == 5
    assert [group.size for group in groups] == sorted((group.size for group in groups), reverse=True)


MACROS = {
    "ana": "## Question 4\n\n$\\frac14\\|\\phi(x)\\|$\n",
    "ben": "$\\newcommand{\\n}{\\|\\phi(x)\\|}$\n\n## Question 4\n\n$\\frac14\\n$\n",
    "cleo": "$\\newcommand{\\n}{\\frac{1}{2}\\|\\phi(x)\\|}$\n\n## Question 4\n\n$\\frac14\\n$\n",
}


def test_answers_in_macros_of_ones_own_are_grouped_by_what_they_mean(tmp_path: Path) -> None:
    """Equal though written with other commands, and not equal though written with the same ones."""
    page = Page(grade(MACROS, tmp_path))
    page.site.grouping.find(page.site.classroom.now, "q4")
    found = page.site.grouping.of(page.site.classroom.now, "q4").found
    assert sorted(sorted(group.submissions) for group in found) == [["ana", "ben"], ["cleo"]]
    assert page.mark("ana", "q4", **{"mark.A2": "1", "why": "so", "equal": "1"}).status_code == 303
    written = page.settle()
    assert [earned(written, name, "q4") for name in MACROS] == [1, 1, 0]
    assert not any(q["needs_review"] for q in written["ana"]["questions"])


def test_a_line_in_macros_of_ones_own_is_shown_as_it_was_read(tmp_path: Path) -> None:
    text = Page(grade(MACROS, tmp_path)).get(f"/answer/{key_of('ben')}/q4")
    assert "could not be read" not in text
    assert '<code class="source">\\frac14\\n</code>' in text
    assert 'class="raw"' not in text


# What can be seen.


def shades(part: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", part))


def luminance(shade: str) -> float:
    digits = shade[1:] if len(shade) == 7 else "".join(2 * digit for digit in shade[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_ink_can_be_read_on_every_ground(scheme: int) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    import grader.review

    style = (Path(grader.review.__file__).parent / "static" / "review.css").read_text()
    colours = shades(style.split("@media (prefers-color-scheme: dark)")[scheme])
    for ink in ("ink", "soft", "good", "bad", "ask", "link"):
        for ground in ("paper", "desk", "on", "bad-wash", "ask-wash", "good-wash", "note-wash"):
            light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)


def test_every_field_has_a_name_for_those_who_do_not_see_it(shared: Page) -> None:
    for path in ("/", "/answers", f"/answer/{key_of('ana')}/q4", f"/answer/{key_of('eva')}/q4"):
        tags = Reading(shared.get(path)).tags
        labelled = {found["for"] for tag, found in tags if tag == "label" and "for" in found}
        for tag, found in tags:
            if tag == "input" and found.get("type") not in ("hidden", "checkbox", "radio"):
                assert found["id"] in labelled or "aria-label" in found, (path, found)
        ids = [found["id"] for _, found in tags if "id" in found]
        assert len(ids) == len(set(ids)), path
        assert sum(tag == "h1" for tag, _ in tags) == 1


@pytest.fixture(autouse=True)
def nothing_is_left_running() -> Iterator[None]:
    before = own_threads()
    yield
    assert own_threads() <= before


def own_threads() -> set[str]:
    """The names of the threads that are alive, without those that the client keeps in stock."""
    names = {thread.name for thread in threading.enumerate()}
    return {name for name in names if not name.startswith(("AnyIO", "asyncio", "ThreadPool", "Thread-"))}
