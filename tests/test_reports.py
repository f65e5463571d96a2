"""The pages: formulas that are set or shown as they stand, lines with verdicts, nothing that is markup."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.exports.read_results import from_json
from grader.exports.results_jsonl import to_line
from grader.records import (
    AnswerRecord,
    Changed,
    Equality,
    Evidence,
    EvidenceKind,
    Finding,
    FirstError,
    MarkRecord,
    Place,
    QuestionResult,
    RemarkRecord,
    Result,
    StepRecord,
    StepVerdict,
)
from grader.reports import class_page, feedback_page
from grader.reports.formulas import LIMIT, formula
from grader.reports.lines import lines_of
from grader.reports.mathml import safe
from grader.reports.statistics import bins_of, items_of
from grader.reports.wording import quoted

CASES = Path(__file__).parent / "cases" / "reports"
EVIL = '"><script>alert(1)</script><a href="javascript:alert(1)">`x`</a>{{ 7 * 7 }}{% include "x" %}'
HOLDS, FAILS, GIVEN, UNKNOWN = StepVerdict

EVIDENCE = Evidence(EvidenceKind.NORMAL_FORM, "The difference is 0.")
STEPS = (
    StepRecord("a.md", 5, r"f &= \frac{1}{2} = g", HOLDS, EVIDENCE),
    StepRecord("a.md", 5, r"f &= \frac{1}{2} = g", FAILS),
    StepRecord("a.md", 6, "c = d", UNKNOWN),
    StepRecord("a.md", 7, "a = -b", FAILS),
    StepRecord("a.md", 9, "p = 1", GIVEN),
)
QUESTION = QuestionResult(
    id="q2",
    earned=2.0,
    possible=3.0,
    status="partial",
    answer=AnswerRecord("a.md", 9, "p = 1", Equality.DIFFERENT),
    marks=(MarkRecord("M1", 1.0, 1.0, "the chain rule", 5), MarkRecord("A2", 1.0, 0.0, "not shown")),
    steps=STEPS,
    first_error=FirstError(
        "a.md",
        7,
        "sign-error",
        "A sign was lost or gained here.",
        source="a = -b",
        fact="At p = 1/3 the right value is 1 and this is -1.",
        hint="What does the sign become?",
    ),
    misconceptions=("sign-error",),
    remarks=(
        RemarkRecord(
            "missing-norm",
            5,
            "A vector stands where its norm is meant.",
            hint="Which number belongs to it?",
        ),
    ),
    number=2,
    title="The gradient",
)
RESULT = Result("ana", "homework3", 2.0, 3.0, questions=(QUESTION,))


def load(name: str) -> Any:
    return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))


class Page(HTMLParser):
    """What a browser makes of a page: its elements with their attributes, and the text of each."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}


@pytest.mark.parametrize("case", load("formulas.yaml"), ids=lambda case: case["source"][:40])
def test_formula(case: dict[str, Any]) -> None:
    html = str(formula(case["source"], case.get("file", "hw3.md")))
    opening = {"mathml": "<math", "typed": '<span class="typed">', "raw": '<code class="raw">'}
    assert html.startswith(opening[case["kind"]]), html
    assert all(piece in html for piece in case.get("has", [])), html
    assert not any(piece in html for piece in case.get("hasnt", [])), html


@pytest.mark.parametrize("mathml", load("gate.yaml")["passes"])
def test_gate_passes(mathml: str) -> None:
    assert safe(mathml)


@pytest.mark.parametrize("mathml", load("gate.yaml")["stops"])
def test_gate_stops(mathml: str) -> None:
    assert not safe(mathml)


PARTS = [*'<>"&\\{}$^_`=;:/ axβ\0\n', "\\text{", "\\color{", "\\href", "\\begin{array}", "\\frac", "\\alpha"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARTS)).map("".join))
def test_no_formula_is_markup(source: str) -> None:
    found = Page(str(formula(source)))
    tags = [tag for tag in found.tags() if tag not in ("span", "code")]
    assert all(tag == "math" or tag.startswith("m") for tag in tags)
    assert not any(key.startswith("on") or key in ("href", "src") for _, at in found.elements for key in at)


def test_a_long_or_deep_formula_is_cut_or_shown_as_it_stands() -> None:
    assert len(formula("x" * 10 * LIMIT)) < 2 * LIMIT
    assert str(formula(r"\frac" * 300)).startswith("<code")
    formula("{" * 900 + "x" + "}" * 900 + "\\alpha")


@pytest.mark.parametrize(
    "mathml",
    [
        '<math style="' + "width: padding: " * 5000 + '!"></math>',
        '<math style="' + "width: 1;" * 5000 + '!"></math>',
        "<math>" + '<mi width="1"' * 5000,
        "<math>" + "a" * 50_000 + "<b>",
    ],
    ids=len,
)
def test_the_gate_costs_no_more_than_the_text_is_long(mathml: str) -> None:
    assert not safe(mathml)


def test_lines_are_rows_with_one_verdict() -> None:
    rows = lines_of(QUESTION)
    assert [(row.where, row.verdict) for row in rows] == [
        ("line 5", FAILS),
        ("line 6", UNKNOWN),
        ("line 7", FAILS),
        ("line 9", GIVEN),
    ]
    assert [row.links for row in rows] == ["link 2 of 2", "", "", ""]
    assert [row.first_error for row in rows] == [False, False, True, False]
    assert [row.final for row in rows] == [False, False, False, True]


@pytest.mark.parametrize(
    ("verdict", "margin"),
    [(Equality.EQUAL, HOLDS), (Equality.UNKNOWN, UNKNOWN), (Equality.DIFFERENT, None)],
)
def test_an_answer_that_is_no_step_has_a_row_in_its_place(
    verdict: Equality, margin: StepVerdict | None
) -> None:
    answer = AnswerRecord("a.md", 8, "p(1-p)", verdict)
    rows = lines_of(replace(QUESTION, answer=answer))
    assert [row.where for row in rows] == ["line 5", "line 6", "line 7", "line 8", "line 9"]
    assert (rows[3].final, rows[3].verdict) == (True, margin)


def test_a_wrong_answer_that_is_the_first_error_fails() -> None:
    wrong = replace(
        QUESTION,
        steps=(),
        answer=AnswerRecord("a.md", 7, "a = -b", Equality.DIFFERENT),
    )
    (row,) = lines_of(wrong)
    assert (row.verdict, row.first_error) == (FAILS, True)


def test_lines_of_notebooks_and_several_files_say_where() -> None:
    steps = (
        StepRecord("a.ipynb", 3, "x = 1", GIVEN, cell=1),
        StepRecord("b.md", 3, "x = 1", GIVEN),
    )
    result = replace(
        RESULT, questions=(replace(QUESTION, steps=steps, first_error=None, answer=AnswerRecord()),)
    )
    text = Page(feedback_page(result)).text
    assert "a.ipynb cell 1, line 3" in text
    assert "b.md line 3" in text


def test_the_page_says_what_was_found() -> None:
    text = Page(feedback_page(RESULT)).text
    for said in (
        "ana",
        "2 of 3 points",
        "The gradient",
        "✓ holds follows from what stands before it",
        "✗ fails",
        "? not decided",
        "• given",
        "First error, line 7. A sign was lost or gained here. At p = 1/3",
        "What does the sign become?",
        "As written: a = -b",
        "final answer: not right",
        "M1 ✓ 1/1 the chain rule line 5",
        "A2 – 0/1 not shown",
        "line 5 : A vector stands where its norm is meant. Which number belongs to it?",
    ):
        assert said in text, said


def test_an_answer_carried_on_is_not_called_wrong() -> None:
    marks = (MarkRecord("A2", 1.0, 1.0, "right", 9, follow_through=True),)
    text = Page(feedback_page(replace(RESULT, questions=(replace(QUESTION, marks=marks),)))).text
    assert "final answer: carried on" in text
    assert "carried on from an earlier answer" in text


def test_an_open_mark_and_a_person_s_word_are_told_apart() -> None:
    marks = (
        MarkRecord("M1", 1.0, 0.0, "not understood", 5, unsure=True),
        MarkRecord("A2", 1.0, 1.0, "oe", changed=Changed("t", "2025-11-01", "oe")),
    )
    text = Page(feedback_page(replace(RESULT, questions=(replace(QUESTION, marks=marks),)))).text
    assert "M1 ? 0/1 not understood a person decides line 5" in text
    assert "A2 ✓ 1/1 oe decided by a person" in text


def test_what_a_person_will_look_at_is_said() -> None:
    doubtful = replace(RESULT, needs_review=True, questions=(replace(QUESTION, needs_review=True),))
    text = Page(feedback_page(doubtful)).text
    assert "A person will look at some of this" in text
    assert "A person will look at this answer; not decided: line 6." in text
    assert "A person will look" not in Page(feedback_page(RESULT)).text


def test_findings_are_told_and_a_crash_is_not_shown() -> None:
    findings = (
        Finding("error", "`a<b` could not be read", Place("a.md", 3), "write <= as it is", "unreadable"),
        Finding("error", "Traceback: secret", id="crash"),
        Finding("note", "a trifle"),
    )
    page = Page(feedback_page(replace(RESULT, findings=findings)))
    assert "a.md, line 3 : a<b could not be read write <= as it is" in page.text
    assert "This could not be graded by the program" in page.text
    assert "secret" not in page.text
    assert "trifle" not in page.text


def test_a_missing_answer_is_said_in_a_sentence() -> None:
    missing = QuestionResult("q1", 0, 2, "missing", feedback="## 1. The loss: 0 of 2\n\nNothing was found.\n")
    text = Page(feedback_page(replace(RESULT, questions=(missing,)))).text
    assert "Nothing was found for this question." in text


def everywhere(evil: str) -> Result:
    """A result with one text in every place that a student has a say in."""
    question = QuestionResult(
        id=evil,
        earned=0,
        possible=1,
        status="partial",
        needs_review=True,
        answer=AnswerRecord(evil, 4, evil, Equality.UNKNOWN),
        marks=(MarkRecord(evil, 1.0, 0.0, evil, 3),),
        steps=(StepRecord(evil, 3, evil, FAILS), StepRecord(evil, 5, "\\text{" + evil + "}", UNKNOWN)),
        first_error=FirstError(evil, 3, evil, evil, source=evil, fact=evil, hint=evil),
        misconceptions=(evil,),
        remarks=(RemarkRecord(evil, 3, evil, hint=evil),),
        feedback=f"## 1. {evil}: 0 of 1\n\n**Line 3**: {evil}\n\n{evil}\n\n*{evil}*\n\nRemark: {evil} *!*",
    )
    finding = Finding("warning", evil, Place(evil, 1), evil, evil)
    return Result(evil, evil, 0, 1, True, (finding,), (question,))


ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "nav", "div"),
    *("h1", "h2", "p", "span", "b", "strong", "em", "small", "bdi", "code", "a", "ul", "ol", "li"),
    *("dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "meter"),
    *("svg", "g", "rect", "path", "text", "defs", "line"),  # of plots
}


@pytest.mark.parametrize("page", [feedback_page(everywhere(EVIL)), class_page([everywhere(EVIL)])])
def test_nothing_a_student_wrote_is_markup(page: str) -> None:
    found = Page(page)
    assert {tag for tag in found.tags() if not tag.startswith("m")} <= ALLOWED
    for tag, attributes in found.elements:
        assert not any(key.startswith("on") or key in ("src", "srcset", "action") for key in attributes), tag
        address = attributes.get("href")
        assert address is None or re.fullmatch(r"#question-\d+|feedback/[\w.%~-]+\.html", address)
    assert "alert(1)" in found.text
    assert "{{ 7 * 7 }}" in found.text


@pytest.mark.parametrize("page", [feedback_page(RESULT), class_page([RESULT]), class_page([])])
def test_a_page_stands_alone(page: str) -> None:
    head = page.split("</head>")[0]
    assert "default-src &#39;none&#39;" in head or "default-src 'none'; style-src 'unsafe-inline'" in head
    assert not re.search(r"https?://(?!www\.w3\.org)|url\(|@import|<link|<script", page)
    assert '<html lang="en">' in page
    assert "@media print" in page
    assert 'name="viewport"' in page


def test_control_characters_and_halves_of_letters_do_not_reach_a_page() -> None:
    page = feedback_page(replace(everywhere("a\0b\x1bc\ud800d"), submission="s\udc80"))
    assert not re.search("[\0-\x08\x0b-\x1f\ud800-\udfff]", page)
    page.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("`` a`b ``", "<code>a`b</code>"),
        ("a ` alone", "a ` alone"),
        ("<b>`<i>`", "&lt;b&gt;<code>&lt;i&gt;</code>"),
    ],
)
def test_quoted(text: str, html: str) -> None:
    assert str(quoted(text)) == html


def test_the_class_is_counted() -> None:
    other = replace(
        RESULT, submission="b/en", earned=3.0, questions=(replace(QUESTION, earned=3.0, marks=()),)
    )
    doubtful = replace(
        RESULT, submission="cy", needs_review=True, questions=(replace(QUESTION, needs_review=True),)
    )
    html = class_page([RESULT, other, doubtful])
    text = Page(html).text
    assert "3 submissions 2.3 points of 3 on average 2 in the median 1 for a person to look at" in text
    assert "q2 M1 1 2 of 2 100%" in text
    assert "q2 A2 1 0 of 2 0%" in text
    assert re.search(r"q2 sign-error 3 a = . ?b ×3 ana b/en cy", text)
    assert re.search(r"q2 3 a = . ?b ana b/en cy", text)
    open_ = (
        MarkRecord("B1", 1.0, 0.0, "not understood", unsure=True),
        MarkRecord("B2", 1.0, 0.0, "not shown"),
    )
    doubt = replace(RESULT, questions=(replace(QUESTION, needs_review=True, marks=open_),))
    assert "ana q2 B1: not understood first error" in Page(class_page([doubt])).text
    assert "cy q2 A2: not shown first error: line 7 not decided: line 6" in text
    assert 'href="feedback/b_en.html"' in html


def unread(name: str) -> Result:
    """A submission of which no file could be read."""

    def question(number: int) -> QuestionResult:
        marks = tuple(
            MarkRecord(mark, 1, 0, "a file could not be read", unsure=True) for mark in ("M1", "A1")
        )
        return QuestionResult(f"q{number}", 0, 2, "unreadable", True, marks=marks)

    return Result(name, "hw", 0, 4, True, questions=(question(1), question(2)))


def test_one_reason_for_everything_is_said_once() -> None:
    text = Page(class_page([unread("ana"), unread("ben")])).text
    assert "ana q1, q2 every mark: a file could not be read" in text
    assert text.count("a file could not be read") == 2


def test_marks_with_one_reason_stand_together() -> None:
    marks = [("M1", "not shown"), ("M2", "not shown"), ("A1", "no answer")]
    open_ = tuple(MarkRecord(mark, 1, 0, reason, unsure=True) for mark, reason in marks)
    doubt = replace(RESULT, questions=(replace(QUESTION, needs_review=True, marks=open_, first_error=None),))
    assert "M1, M2: not shown A1: no answer" in Page(class_page([doubt])).text


def test_what_could_not_be_read_and_counts_as_nothing_is_said_beside_the_figures() -> None:
    others = [replace(RESULT, submission=f"s{i}") for i in range(5)]
    assert "could not be read" not in Page(class_page(others)).text
    text = Page(class_page([*others, unread("ana"), unread("ben")])).text
    assert "2 submissions could not be read and count as 0 points in all figures until a person" in text


@pytest.mark.parametrize("file", ["style.css", "../../review/static/review.css"])
def test_what_could_not_be_read_is_not_shown_as_wrong(file: str) -> None:
    import grader.reports

    style = (Path(grader.reports.__file__).parent / "templates" / file).read_text()
    rules = [rule for rule in re.findall(r"[^{}]*\{[^}]*\}", style) if ".unreadable" in rule.split("{")[0]]
    assert rules
    assert all("var(--ask)" in rule for rule in rules)


def test_the_page_of_a_name_with_odd_bytes_is_linked() -> None:
    assert 'href="feedback/s%80%25%3F.html"' in class_page([replace(RESULT, submission="s\udc80%?")])


def test_a_class_without_submissions_has_a_page() -> None:
    assert "0 submissions" in Page(class_page([])).text


def test_what_pages_need_is_imported_when_one_is_made() -> None:
    code = "import sys, grader.exports, grader.reports; print({'jinja2', 'math_core'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_without_the_converter_formulas_are_shown_as_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grader.reports.formulas._converter", lambda: None)
    assert str(formula(r"\frac{1}{2}")) == r'<code class="raw">\frac{1}{2}</code>'


def test_a_page_made_of_stored_results_is_the_same() -> None:
    stored = from_json(json.loads(to_line(RESULT)))
    assert feedback_page(stored) == feedback_page(RESULT)
    assert class_page([stored]) == class_page([RESULT])


def classroom(count: int = 12) -> list[Result]:
    """A class in which q1 goes with the total and q2 is the same for everybody."""
    made = []
    for number in range(count):
        first = QuestionResult("q1", number % 4, 3, "partial" if number % 4 else "incorrect")
        second = QuestionResult("q2", 1, 1, "correct")
        third = QuestionResult("q3", number % 4, 3, "missing" if number % 2 else "partial")
        total = 2 * (number % 4) + 1
        made.append(Result(f"s{number}", "hw", total, 7, questions=(first, second, third)))
    return made


def test_difficulty_and_discrimination() -> None:
    first, second, third = items_of(classroom())
    assert (first.difficulty, first.discrimination) == (50, 1.0)
    assert (second.difficulty, second.discrimination) == (100, None)
    assert third.states == {"missing": 6, "partial": 6}
    assert items_of(classroom(4))[0].discrimination is None, "too few to say anything"
    assert items_of([]) == ()


def test_the_histogram_counts_everybody() -> None:
    bins = bins_of(classroom())
    assert [item.label for item in bins] == [str(number) for number in range(8)]
    assert [item.count for item in bins] == [0, 3, 0, 3, 0, 3, 0, 3]
    wide = bins_of([replace(RESULT, possible=100, earned=number) for number in (0, 5, 99.5, 100, 120)])
    assert len(wide) <= 20
    assert sum(item.count for item in wide) == 5
    assert bins_of([]) == ()


def test_plots_are_drawings_and_nothing_else() -> None:
    evil = [replace(item, questions=(replace(item.questions[0], id=EVIL),)) for item in classroom()]
    for results in (classroom(), evil):
        page = class_page(results)
        assert page.count("<svg") == 2
        found = Page(page)
        assert {tag for tag in found.tags() if not tag.startswith("m")} <= ALLOWED
        assert not re.search(r"https?://(?!www\.w3\.org)|url\(|@import|<link|<script", page)
        assert page == class_page(results), "the same class, the same page"
    assert "<svg" not in class_page(classroom(4)), "a plot of four is none"
