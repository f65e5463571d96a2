"""Other final answers beside the one that counts, which nobody withdrew."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.records import StepVerdict
from grader.working import Statement, cues
from grader.working.groups import joined

_WORKS_ON = re.compile(
    r"\b(?:simplif\w*|expand\w*|rearrang\w*|factor\w*|substitut\w*|insert\w*|plug\w*|using|with|since|because"
    r"|hence|so|thus|therefore|then|finally|altogether|overall|together|combin\w*|collect\w*|now|which"
    r"|i\.e\.|that is|final)\b"
)

_ROUGHLY = re.compile(r"\b(?:about|approximately|approx|roughly|around|nearly)\W*$")


def offered_beside(statement: Statement, statements: Sequence[Statement]) -> Iterator[Statement]:
    """The statements that "or" joins to this one, or that stand in one list of bare formulas with it.

    A letter in passing (`for every $i$, or`) stands between none.
    """
    offered = [s for s in statements if s is statement or not _is_letter(s)]
    index = offered.index(statement)
    for step in (1, -1):
        here = index
        while 0 <= here + step < len(offered):
            first, second = sorted((here, here + step))
            if not _side_by_side(offered[first], offered[second]):
                break
            here += step
            yield offered[here]


def refines(later: Statement, earlier: Statement) -> bool:
    """Whether a statement works on what an earlier one says: rows of one working, "so", "simplified".

    Two separate statements of what the quantity is are two answers.
    """
    if later.line.piece is earlier.line.piece or later.chain == earlier.chain:
        return True
    if _ROUGHLY.search(later.line.intro):
        return False
    if cues.CONCLUDES.search(later.line.intro) or _WORKS_ON.search(later.line.intro):
        return True
    below = later.line.place.line - earlier.line.place.line == 1
    return below and not re.search(r"[a-z]{3}", later.line.intro)


def _is_letter(statement: Statement) -> bool:
    """Whether a statement is a letter alone, and no value is one."""
    return len(statement.members) == 1 and statement.last.head in ("symbol", "constant")


def unplaced(answer: Statement, statements: Sequence[Statement]) -> list[Statement]:
    """The rows after the answer that begin with `=` and of which it is open what they go on."""
    behind = statements[statements.index(answer) + 1 :]
    return [s for s in behind if _is_open_row(s) and s.last.kind == answer.last.kind]


def _is_open_row(statement: Statement) -> bool:
    steps = statement.steps
    return statement.line.segment.leading == "=" and bool(steps) and steps[0].verdict is StepVerdict.UNKNOWN


def _side_by_side(first: Statement, second: Statement) -> bool:
    link = joined(second.line)
    return link == "or" or (link == "comma" and _bare(first, second))


def _bare(*statements: Statement) -> bool:
    """Whether all are formulas without a relation, and of one kind: a list of candidates."""
    kinds = {s.members[0].kind for s in statements}
    return all(len(s.members) == 1 for s in statements) and len(kinds) == 1 and "truth" not in kinds
