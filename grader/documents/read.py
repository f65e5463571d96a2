"""A file to a document: which format it is, and what to do where it cannot be read."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from grader.documents import latex, markdown, notebook, pieces, word
from grader.documents.decode import decode, plain_characters
from grader.documents.places import Source
from grader.records import Document, Finding, Place

_LATEX = re.compile(r"\s*(?:%[^\n]*\n\s*)*\\(?:documentclass|documentstyle|begin\s*\{document\})")
_NOTEBOOK = re.compile(r'\s*\{\s*"(?:cells|metadata|nbformat|worksheets)"\s*:')


def read_document(path: Path, name: str | None = None) -> Document:
    """Reads one file. `name` is how places call it (the file's own name by default).

    Never raises for what is in the file: a file that cannot be read gives a document without
    pieces, and a finding that says why.
    """
    name = path.name if name is None else name
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"The file cannot be opened: {error.strerror or error}."
        return Document(name, findings=(Finding("error", message, Place(name, 1), id="unreadable-file"),))
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Document:
    """The document of a file's bytes; `name` decides the format by its suffix, the content where it must.

    >>> [p.text for p in read_bytes(b"so $x = 1$", "a.md").pieces]
    ['so ', 'x = 1']
    """
    if name.lower().endswith(".docx"):
        text, told = word.as_markdown(data, name)
        document = read_text(text, name) if text else Document(name)
        return replace(document, findings=(told, *document.findings))
    text, problem = decode(data, name)
    if problem is not None:
        return Document(name, findings=(problem,))
    return read_text(text, name)


def read_text(text: str, name: str) -> Document:
    """The document of a text whose lines end in ``\\n``; otherwise as `read_bytes`."""
    text = plain_characters(text)
    form = _format(text, name)
    if form == "notebook":
        return notebook.read_notebook(text, name)
    start, end = 0, len(text)
    if form == "latex":
        text, layout, macros, (start, end) = latex.scan(text)
    else:
        layout, macros = markdown.scan_plain(text) if form == "plain" else markdown.scan(text)
    source = Source(text if form == "latex" else markdown.with_headings(text), name)
    return Document(
        name, pieces.assemble(source, layout, start, end), macros, pieces.findings_of(source, layout)
    )


def _format(text: str, name: str) -> str:
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if suffix == "ipynb" or _NOTEBOOK.match(text):
        return "notebook"
    if suffix in ("tex", "latex", "ltx") or _LATEX.match(text):
        return "latex"
    return "plain" if suffix in ("txt", "text") else "markdown"
