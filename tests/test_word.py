"""Word files, where pandoc is there to read them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from grader.documents import read_bytes


def test_a_word_file_is_read_with_its_equations(tmp_path: Path) -> None:
    pypandoc = pytest.importorskip("pypandoc", reason="pandoc is not installed: pip install 'grader[docx]'")
    path = tmp_path / "hw.docx"
    pypandoc.convert_text("1. The loss is $(p - y)^2$.", "docx", format="markdown", outputfile=str(path))
    document = read_bytes(path.read_bytes(), "hw.docx")
    formulas = [piece.text for piece in document.pieces if piece.kind == "math"]
    assert [text.replace(" ", "") for text in formulas] == ["(p-y)^{2}"]
    assert [finding.id for finding in document.findings] == ["converted"]


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_what_is_no_word_file_is_a_finding(data: bytes) -> None:
    document = read_bytes(data, "hw.docx")
    assert not document.pieces
    assert [finding.severity for finding in document.findings] == ["error"]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 30_000_000)
    document = read_bytes(packed.getvalue(), "hw.docx")
    assert not document.pieces
    assert document.findings[0].severity == "error"
