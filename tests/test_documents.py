"""Documents: every fixture of tests/cases/documents, and what holds for any text at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.documents import QuestionMark, place_of, read_bytes, read_document, read_text, split
from grader.documents.decode import plain_characters
from grader.documents.formulas import find
from grader.records import Document, Finding, Piece, Section

CASES = Path(__file__).parent / "cases" / "documents"
SEED = Path(__file__).parents[1] / "submissions" / "homework3" / "seed" / "homework3.md"

_SCRAPS = (
    "$ $$ \\( \\) \\[ \\] ~~ ` ``` { } \\begin{aligned} \\end{aligned} \\textcircled{2} ① ② 1. (2) ### Q3 "
    "\\item \\section*{Question~1} \\begin{enumerate} \\end{enumerate} <span> </span> <del> <!-- --> % & "
    "\\\\ | || = p w sigma(z) phi(x) \\vec{w} \\sout{ \\phantom{ \\newcommand{\\a}{ [1] the maximum \\$5 > # "
    "** _ ' σ ∇ . , : ; < <w, x> in of d/dw grad_w yhat w* \\* ? -"
)
SCRAPS = st.sampled_from(_SCRAPS.split(" "))
TEXTS = st.lists(
    st.one_of(SCRAPS, st.sampled_from([" ", "\n", "\n\n"]), st.text(max_size=3)), max_size=40
).map("".join)
NAMES = st.sampled_from(["a.md", "a.tex", "a.txt", "a.ipynb"])
QUESTIONS = [QuestionMark(f"q{n}", n) for n in range(1, 4)]


def load(name: str) -> list[Any]:
    cases: list[Any] = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=str(case.get("name", case.get("line")))) for case in cases]


def shown(piece: Piece) -> str:
    """A piece as fixtures write it: ``9:3 display ...``; a line break is ⏎."""
    kind = "display" if piece.display else piece.kind
    flags = [kind] + ["text"] * (piece.syntax == "text") + ["struck"] * piece.struck
    cell = "" if piece.place.cell is None else f"[{piece.place.cell}]"
    where = f"{cell}{piece.place.line}:{piece.place.column}"
    return f"{where} {','.join(flags)} {piece.text}".replace("\n", "⏎")


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{f.place.line}:{f.place.column} {f.severity} {f.id}" for f in findings if f.place]


def brief(piece: Piece) -> str:
    """A piece of a section as fixtures write it: its line and text, formulas in brackets."""
    text = piece.text if piece.kind == "prose" else f"⟦{piece.text}⟧"
    return f"{piece.place.line} {text}".replace("\n", "⏎")


def preamble_of(sections: tuple[Section, ...]) -> tuple[list[str], tuple[Section, ...]]:
    """What stands before the first question as fixtures write it, and the sections of the questions."""
    if not sections or sections[0].question:
        return [], sections
    assert sections[0].pieces
    return [brief(piece) for piece in sections[0].pieces], sections[1:]


@pytest.mark.parametrize("case", load("pieces.yaml"))
def test_pieces(case: dict[str, Any]) -> None:
    document = read_text(case["text"], case.get("file", "a.md"))
    assert [shown(piece) for piece in document.pieces] == case["pieces"]
    assert told(document.findings) == case.get("findings", [])
    assert {k: list(v) for k, v in document.macros.items()} == case.get("macros", {})


@pytest.mark.parametrize("case", load("formulas.yaml"))
def test_formulas_in_prose(case: dict[str, Any]) -> None:
    line = case["line"]
    assert [line[f.start : f.end] for f in find(line, 0, len(line))] == case["formulas"]


@pytest.mark.parametrize("case", load("sections.yaml"))
def test_sections(case: dict[str, Any]) -> None:
    documents = [read_text(text, name) for name, text in case["files"].items()]
    asked = case.get("questions", 5)
    if isinstance(asked, int):
        questions = [QuestionMark(f"q{n}", n) for n in range(1, asked + 1)]
    else:
        questions = [
            QuestionMark(q["id"], q["number"], q.get("title", ""), tuple(q.get("phrases", ()))) for q in asked
        ]
    sections, findings = split(documents, questions)
    preamble, sections = preamble_of(sections)
    assert preamble == case.get("preamble", [])
    assert [s.question for s in sections] == [q.id for q in questions]
    assert {s.question: [brief(p) for p in s.pieces] for s in sections if s.pieces} == case["sections"]
    assert [f.id for f in findings] == case.get("findings", [])


@pytest.mark.parametrize("case", load("bytes.yaml"))
def test_bytes(case: dict[str, Any]) -> None:
    document = read_bytes(bytes.fromhex(case["hex"]), case.get("file", "a.md"))
    assert [shown(piece) for piece in document.pieces] == case.get("pieces", [])
    assert [f"{f.severity} {f.id}" for f in document.findings] == case.get("findings", [])
    assert all(f.message for f in document.findings)


def test_a_file_that_is_too_large() -> None:
    document = read_bytes(b"x = 1\n" * 400_000, "a.md")
    assert not document.pieces
    assert [f.id for f in document.findings] == ["file-too-large"]


def test_a_notebook_that_is_nested_too_deep() -> None:
    assert [f.id for f in read_bytes(b"[" * 100_000, "a.ipynb").findings] == ["damaged-notebook"]


@pytest.mark.parametrize(
    "unit",
    ["$", "\\[ ", "\\sout{", "{\\color{white}", "~~a", "Q1\n", "1. a\n", "#<b>", "\\frac{", "<(", "x(y-"],
)
def test_nonsense_takes_no_longer_than_its_length(unit: str) -> None:
    """Eight thousand repetitions would take minutes if the work grew with the square."""
    for name in ("a.md", "a.tex"):
        split([read_text(unit * 8_000, name)], QUESTIONS)
    line = unit.strip() * (9_000 // len(unit))
    find(line, 0, len(line))


def test_the_seed() -> None:
    document = read_document(SEED)
    assert not document.findings
    assert not any(piece.struck for piece in document.pieces)
    sections, findings = split([document], [QuestionMark(f"q{n}", n) for n in range(1, 6)])
    assert not findings
    cases = yaml.safe_load((CASES / "seed.yaml").read_text(encoding="utf-8"))
    assert {s.question: [brief(piece) for piece in s.pieces] for s in preamble_of(sections)[1]} == cases


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert [f.id for f in read_document(tmp_path / "none.md").findings] == ["unreadable-file"]
    assert [f.id for f in read_document(tmp_path).findings] == ["unreadable-file"]


def slices(document: Document, text: str) -> None:
    text = plain_characters(text)  # look-alikes are exchanged one for one
    lines = text.split("\n")
    for piece in document.pieces:
        offset = sum(len(line) + 1 for line in lines[: piece.place.line - 1]) + piece.place.column - 1
        stands = text[offset : offset + len(piece.text)]
        hidden = piece.kind == "math" or "\\newcommand" in stands  # a definition of a macro is no words
        same = [a == b or (a == " " and hidden) for a, b in zip(piece.text, stands, strict=True)]
        assert all(same)


@settings(max_examples=150, deadline=None)
@given(TEXTS, NAMES)
def test_every_piece_is_a_slice_of_the_file(text: str, name: str) -> None:
    """Blanks stand only for what a formula hides."""
    text = text.replace("\r", "\n")
    document = read_text(text, name)
    if not name.endswith("ipynb"):
        slices(document, text)
    places = [(p.place.line, p.place.column) for p in document.pieces]
    assert places == sorted(places)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_sections_hold_parts_of_the_pieces_in_order(text: str) -> None:
    document = read_text(text.replace("\r", "\n"), "a.md")
    sections, _ = split([document], QUESTIONS)
    for section in sections:
        slices(Document("a.md", section.pieces), text.replace("\r", "\n"))
        places = [(p.place.line, p.place.column) for p in section.pieces]
        assert places == sorted(places)
        assert all(p.text.strip() for p in section.pieces)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), NAMES)
def test_any_bytes_are_read_or_explained(data: bytes, name: str) -> None:
    document = read_bytes(data, name)
    split([document], QUESTIONS)
    if not document.pieces and data.strip():
        assert document.findings or not data.decode("utf-8", "ignore").strip() or name != "a.ipynb"


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_notebook_cells_are_read_as_markdown(text: str) -> None:
    text = text.replace("\r", "\n").replace("\0", "")
    cells = [
        {"cell_type": "code", "source": "x = 1"},
        {"cell_type": "markdown", "source": text.splitlines(True)},
    ]
    document = read_text(json.dumps({"cells": cells}), "a.ipynb")
    alone = read_text("".join(text.splitlines(True)), "a.md")
    if text.strip():
        assert [(p.text, p.place.line) for p in document.pieces] == [
            (p.text, p.place.line) for p in alone.pieces
        ]
    assert all(p.place.cell == 1 for p in document.pieces)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab\n\t$é😀", max_size=30), st.integers(0, 30))
def test_places_count_lines_and_characters(text: str, offset: int) -> None:
    piece = read_text("x " + text, "a.txt").pieces[0]
    place = place_of(piece, min(offset, len(piece.text)))
    before = piece.text[:offset]
    assert place.line == piece.place.line + before.count("\n")
    assert place.column == (
        len(before) - before.rfind("\n") if "\n" in before else piece.place.column + len(before)
    )
