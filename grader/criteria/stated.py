"""Of what a line is stated: of the question's quantity, of something else, or of what is not said."""

from __future__ import annotations

import re

from grader.answers.wording import is_instance
from grader.criteria.records import Gathered
from grader.expressions.nodes import walk
from grader.records import Met
from grader.working import Statement
from grader.working.arguments.quantity import names
from grader.working.links import is_operator

_SUPPOSES = re.compile(
    r"\b(?:suppos\w+|assum\w+|if|let|imagine|guess\w*|pretend|were|wrong|would|at first|first"
    r"|initially|thought|mistake\w*)\b"
)
_DOUBTED = re.compile(r"\s*(?:\?|\(?\s*(?:crossed|wrong|not|no\b|scratch))")


def stated(statement: Statement, gathered: Gathered) -> Met:
    """Whether a line says what the question's quantity is: NO of something else, UNSURE where none is named.

    A chain is about its first member. What is only supposed or tried is UNSURE as well.
    """
    clause = re.split(r"[.;:!?]", statement.line.intro)[-1]
    doubted = _SUPPOSES.search(clause) or _SUPPOSES.search(statement.line.intro[-30:])
    statements = gathered.working.statements
    index = next((i for i, s in enumerate(statements) if s.line is statement.line), len(statements))
    follows = statements[index + 1].line.intro if index + 1 < len(statements) else ""
    if doubted or _DOUBTED.match(follows) or _DOUBTED.match(statement.line.outro) or is_instance(statement):
        return Met.UNSURE
    working, known = gathered.working, gathered.known
    head = working.heads.get(statement.chain) or statement.members[0]
    if any(names(m, known) for m in (head, *statement.members)):
        return Met.YES
    if any(s.defines for s in statements if s.chain == statement.chain):
        return Met.NO
    chained = len(statement.members) > 1 or head is not statement.members[0]
    reference = known.target.references[:1]
    if chained and reference and head.kind == reference[0].kind and gathered.same(head, reference[0]):
        return Met.YES
    if chained and any(names(part, known) for part in walk(head) if part.kind != "truth"):
        return Met.UNSURE
    return Met.NO if chained and (head.head in ("symbol", "apply") or is_operator(head)) else Met.UNSURE
