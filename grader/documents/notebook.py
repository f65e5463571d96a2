"""Notebooks: their Markdown cells, each with its own lines; code and raw cells are no part of the answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from grader.documents import markdown
from grader.documents.decode import plain_characters
from grader.documents.latex_macros import Macros
from grader.documents.pieces import assemble, findings_of
from grader.documents.places import Source
from grader.records import Document, Finding, Piece, Place


def read_notebook(text: str, name: str) -> Document:
    """The document of a notebook's JSON; the place of a piece is its line within its cell.

    Damaged JSON, or JSON that is no notebook, gives a document without pieces and an error.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Document(name, findings=(_damaged(name, getattr(error, "lineno", 1)),))
    cells = _cells(data)
    if cells is None:
        return Document(name, findings=(_damaged(name, 1),))
    pieces: list[Piece] = []
    findings: list[Finding] = []
    macros: Macros = {}
    for index, source in _sources(cells):
        layout, defined = markdown.scan(source)
        macros.update(defined)
        where = Source(source, name, index)
        pieces += assemble(where, layout)
        findings += findings_of(where, layout)
    if not pieces and not findings:
        message = "The notebook has no text: nothing is written in its Markdown cells."
        findings.append(
            Finding("warning", message, Place(name, 1), "Write the solution in Markdown cells.", "empty-file")
        )
    return Document(name, tuple(pieces), macros, tuple(findings))


def _cells(data: Any) -> list[Any] | None:
    """The list of cells, also of the old format that kept them in worksheets."""
    if not isinstance(data, dict):
        return None
    cells = data.get("cells")
    sheets = data.get("worksheets")
    if cells is None and isinstance(sheets, list):
        cells = [
            c for s in sheets if isinstance(s, dict) and isinstance(s.get("cells"), list) for c in s["cells"]
        ]
    return cells if isinstance(cells, list) else None


def _sources(cells: list[Any]) -> Iterator[tuple[int, str]]:
    for index, cell in enumerate(cells):
        if not isinstance(cell, dict) or cell.get("cell_type") not in ("markdown", "heading"):
            continue
        source = cell.get("source", "")
        if isinstance(source, list):
            source = "".join(line for line in source if isinstance(line, str))
        if isinstance(source, str) and source.strip():
            yield index, _clean(source)


def _clean(source: str) -> str:
    """JSON can hold halves of characters and NUL, which text cannot."""
    source = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return plain_characters(source.encode("utf-8", "replace").decode("utf-8"))


def _damaged(name: str, line: int) -> Finding:
    message = "The notebook cannot be read: its JSON is damaged, or it is no notebook."
    return Finding("error", message, Place(name, line), "Save it again from Jupyter.", "damaged-notebook")
