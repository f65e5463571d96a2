"""Word files (.docx), by way of pandoc: an optional extra, `pip install 'grader[docx]'`.

Pandoc turns the equations of Word into LaTeX. Lines are those of the Markdown that it makes, since a
Word file has none of its own; a finding says so.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from grader.records import Finding, Place

MAX_UNPACKED = (
    20_000_000  # bytes that the parts of a file may come to: a zip can hold far more than it weighs
)


def as_markdown(data: bytes, name: str) -> tuple[str, Finding]:
    """The Markdown of a Word file, empty where it cannot be read, and what must be told of it."""
    place = Place(name, 1)
    if not _is_sound(data):
        message = "The file is no sound Word document, or unpacks to far too much."
        return "", Finding("error", message, place, "save it again, or hand in a PDF's source", "not-text")
    try:
        import pypandoc
    except ImportError:
        hint = "install it with: pip install 'grader[docx]'"
        return "", Finding(
            "error", "Word files are read by pandoc, which is not installed.", place, hint, "no-pandoc"
        )
    try:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "file.docx"
            path.write_bytes(data)
            text = str(pypandoc.convert_file(str(path), "markdown", extra_args=["--wrap=none"]))
    except (RuntimeError, OSError) as fault:
        return "", Finding("error", f"pandoc could not read the file: {fault}", place, "", "not-text")
    return text, Finding(
        "note", "Lines are those of the text that pandoc made of the file.", place, "", "converted"
    )


def _is_sound(data: bytes) -> bool:
    """Whether the bytes are a Word document whose parts stay within bounds."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
            return (
                "word/document.xml" in names and sum(i.file_size for i in archive.infolist()) < MAX_UNPACKED
            )
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
