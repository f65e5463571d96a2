"""Stamps: a made file says what it was made of, so that what has not changed is not made again."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from grader.program import fingerprint

LENGTH = 32
_STAMP = re.compile(rb"<!-- made of ([0-9a-f]{32}) -->\n\Z")
_TAIL = len("<!-- made of  -->\n") + LENGTH


def stamp_of(lines: Iterable[str]) -> str:
    """The stamp of what this program makes of these lines of results.jsonl."""
    digest = hashlib.sha256(fingerprint().encode())
    for line in lines:
        digest.update(line.encode("utf-8", "backslashreplace"))
    return digest.hexdigest()[:LENGTH]


def stamped(page: str, stamp: str) -> str:
    """An HTML page with its stamp at the end, as a comment."""
    return f"{page.rstrip()}\n<!-- made of {stamp} -->\n"


def has_stamp(path: Path, stamp: str) -> bool:
    """Whether the file is there and was made of this."""
    try:
        with open(path, "rb", buffering=0) as stream:
            stream.seek(-_TAIL, 2)
            found = _STAMP.search(stream.read(_TAIL))
    except OSError:
        return False
    return found is not None and found.group(1) == stamp.encode()
