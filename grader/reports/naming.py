"""What the pages are called, for those who write them and for those who link to them."""

from __future__ import annotations

import hashlib

LONGEST = 200  # bytes; with an ending and a draft's prefix it stays below what file systems take
FEEDBACK = "feedback"  # the folder of the pages, beside the class report


def file_name(submission: str) -> str:
    """A submission's id as a file name: itself, unless it could leave the folder or is too long for one.

    >>> file_name("../s1")
    '.._s1'
    """
    name = "".join("_" if letter in "/\\\0" else letter for letter in submission)
    name = name if name.strip(".") else f"_{name}"
    data = as_bytes(name)
    if len(data) <= LONGEST:
        return name
    mark = hashlib.sha256(data).hexdigest()[:10]
    return f"{data[: LONGEST - 11].decode('utf-8', 'ignore')}-{mark}"


def as_bytes(name: str) -> bytes:
    """A file name as it stands on disk, also one with bytes that are no text."""
    try:
        return name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return name.encode("utf-8", "replace")
