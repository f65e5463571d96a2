"""Lays a submission out as files: headings, preambles, notebooks, a scanner's slips."""

from __future__ import annotations

import json
import random
import re
from typing import Any

from bench.agreement.dialects import DIALECTS
from bench.agreement.headings import TITLES, heading
from bench.agreement.records import Section, Sheet, Style, Submission, Tag
from bench.agreement.writing import Writer

Places = dict[Tag, dict[str, Any]]


def lay_out(submission: Submission, rng: random.Random) -> tuple[dict[str, str], Places]:
    """The files' texts by name, and where each tagged line stands."""
    texts: dict[str, str] = {}
    places: Places = {}
    for index, sections in enumerate(submission.files):
        name = _name(submission, index)
        if submission.style.kind == "notebook":
            text, found = _notebook(sections, submission.style)
        else:
            text, found = _document(sections, submission.style, rng)
        texts[name] = text
        places |= {tag: {"file": name, **place} for tag, place in found.items()}
    return texts, places


def _name(submission: Submission, index: int) -> str:
    kind = DIALECTS[submission.style.kind].extension
    stem = "homework3" if len(submission.files) == 1 else f"part{index + 1}"
    return f"{stem}.{kind}"


def _document(
    sections: tuple[Section, ...], style: Style, rng: random.Random
) -> tuple[str, dict[Tag, dict[str, Any]]]:
    sheet, writer = Sheet(), Writer(style)
    for line in _opening(style):
        sheet.add(line)
    asked = [section.question for section in sections]
    in_order = asked == sorted(set(asked)) and asked[:1] == ["q1"]
    for section in _with_gaps(sections) if style.kind == "tex-items" and in_order else sections:
        _section(sheet, writer, section, style, in_order)
    for line in _closing(style):
        sheet.add(line)
    if style.kind == "scanner":
        sheet.lines = [_slips(line, rng) for line in sheet.lines]
    return "\n".join(sheet.lines) + "\n", {tag: {"line": line} for tag, line in sheet.places.items()}


def _with_gaps(sections: tuple[Section, ...]) -> list[Section]:
    """An enumerate list numbers its items itself, so a question left out has an empty item."""
    by_question = {section.question: section for section in sections}
    wanted = [question for question in TITLES if question <= sections[-1].question]
    return [by_question.get(question, Section(question, ())) for question in wanted]


def _section(sheet: Sheet, writer: Writer, section: Section, style: Style, in_order: bool) -> None:
    mark, inline = heading(style, section.question, in_order)
    restated = writer.prose(section.restated) if section.restated else ""
    if inline and not restated:
        writer.answer(sheet, section.rows, prefix=mark + " ")
        if not section.rows:
            sheet.add(mark)
    else:
        sheet.add(f"{mark} {restated}".strip() if inline or style.kind == "tex-items" else mark)
        if restated and not (inline or style.kind == "tex-items"):
            sheet.add("")
            sheet.add(restated)
        if style.kind != "tex-items":
            sheet.add("")
        writer.answer(sheet, section.rows)
    if sheet.lines[-1]:
        sheet.add("")


def _opening(style: Style) -> list[str]:
    if style.kind == "tex-items":
        packages = [
            r"\documentclass{article}",
            r"\usepackage{amsmath,amssymb,ulem,cancel}",
            r"\begin{document}",
        ]
        return [*packages, r"\begin{center}Homework 3\end{center}", "", r"\begin{enumerate}"]
    if style.kind == "tex-sections":
        return [
            r"\documentclass[11pt]{article}",
            r"\usepackage{amsmath}",
            r"\usepackage[normalem]{ulem}",
            r"\usepackage{cancel}",
            r"\newcommand{\w}{\mathbf{w}}",
            r"\newcommand{\feat}{\phi(x)}",
            r"\newcommand{\s}{\sigma}",
            r"\newcommand{\norm}[1]{\lVert #1\rVert}",
            r"\title{Homework 3}",
            r"\author{A. Student}",
            r"\begin{document}",
            r"\maketitle",
            "",
        ]
    if style.kind == "scanner":
        return ["", "", "Homework 3", ""]
    return ["Homework 3", ""] if style.kind == "ascii" else ["# Homework 3", ""]


def _closing(style: Style) -> list[str]:
    if style.kind == "tex-items":
        return [r"\end{enumerate}", r"\end{document}"]
    return [r"\end{document}"] if style.kind == "tex-sections" else []


def _notebook(sections: tuple[Section, ...], style: Style) -> tuple[str, dict[Tag, dict[str, Any]]]:
    """A notebook: a title, then a cell a question, with a code cell in between, as students leave them."""
    writer = Writer(style)
    cells = [_cell("markdown", ["# Homework 3"]), _cell("code", ["import numpy as np"])]
    places: dict[Tag, dict[str, Any]] = {}
    for section in sections:
        mark, _ = heading(style, section.question, True)
        sheet = Sheet()
        sheet.add(mark)
        sheet.add("")
        if section.restated:
            sheet.add(writer.prose(section.restated))
            cells.append(_cell("markdown", sheet.lines))
            sheet = Sheet()
        writer.answer(sheet, section.rows)
        while sheet.lines and not sheet.lines[-1]:
            sheet.lines.pop()
        places |= {tag: {"line": line, "cell": len(cells)} for tag, line in sheet.places.items()}
        cells.append(_cell("markdown", sheet.lines))
    document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n", places


def _cell(kind: str, lines: list[str]) -> dict[str, Any]:
    source = [line + "\n" for line in lines[:-1]] + lines[-1:]
    cell: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": source}
    return cell | {"execution_count": None, "outputs": []} if kind == "code" else cell


def _slips(line: str, rng: random.Random) -> str:
    """What a scanner does to a line without changing what an examiner reads."""
    if rng.random() < 0.3:
        line = re.sub(r"\\text\{(\w+)\}", r"\\text { \1 }", line)
    if rng.random() < 0.3:
        line = re.sub(r"(?<!left)\(([^()$]*)\)", r"\\left(\1\\right)", line) if "$" in line else line
    if rng.random() < 0.25 and "$" in line:
        line = line.replace("e^{-", "e^{- ").replace("(x)", "( x )")
    if rng.random() < 0.15 and "$" in line and "mathbf" not in line:
        line = line.replace(r"\vec{w}", r"\vec{\omega}")
    return line
