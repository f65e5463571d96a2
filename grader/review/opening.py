"""Opening the page in the browser without the key standing in the list of processes."""

from __future__ import annotations

import atexit
import tempfile
import webbrowser
from html import escape
from pathlib import Path

_WAY = (
    '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={}"><title>Review</title>'
)


def open_page(address: str) -> None:
    """Opens an address by a file that leads there and that nobody else on this machine can read.

    What is given to a browser as an argument is seen by every user; a file is not. It goes when we go.
    """
    with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False, encoding="utf-8") as way:
        way.write(_WAY.format(escape(address)))
    path = Path(way.name)
    atexit.register(path.unlink, missing_ok=True)
    webbrowser.open(path.as_uri())
