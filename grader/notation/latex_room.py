"""Room between signs (`\\mkern3mu`) and the class of one (`\\mathrel{:=}`): neither changes the value."""

from __future__ import annotations

import re

from grader.notation.errors import Problem
from grader.notation.latex_reader import Handler, Reader

_LENGTH = re.compile(
    r"\s*\{?\s*[-+]?\s*(?:\d+(?:\.\d*)?|\.\d+)\s*(?:mu|pt|em|ex|cm|mm|in|bp|pc|sp|dd|cc)\s*\}?"
)


def _length(r: Reader, name: str, start: int) -> None:
    """`\\mkern3mu`, `\\kern 2pt`: the length goes with the command."""
    found = _LENGTH.match(r.source, r.at)
    if found is None:
        raise Problem(
            r.place(start), "missing-argument", f"`\\{name}` has no length", "write `\\,` or `\\quad`"
        )
    r.at = found.end()
    if name == "hskip":
        r.put("quad", "", start)
    else:
        r.gap = True


def _class(r: Reader, name: str, start: int) -> None:
    """`\\mathrel{:=}`: the sign in it, without its braces."""
    r.blanks()
    if r.source.startswith("{", r.at):
        inside = r.group(start, "\\" + name)
        r.splice(inside, r.at - len(inside) - 1, None)


ROOM: dict[str, Handler] = {
    **dict.fromkeys(["kern", "mkern", "mskip", "hskip", "vskip"], _length),
    **dict.fromkeys(["mathbin", "mathrel", "mathopen", "mathclose", "mathpunct"], _class),
}
