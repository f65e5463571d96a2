"""Of what a line is stated: of the question's quantity, of something else, or of what is not said."""

from __future__ import annotations

import re
from dataclasses import replace

from grader.answers.wording import is_instance
from grader.criteria import evaluate
from grader.criteria.records import Gathered
from grader.expressions.nodes import walk
from grader.records import Match, Met
from grader.spec.model import Condition
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
    if doubted or _DOUBTED.match(statement.line.outro) or is_instance(statement):
        return Met.UNSURE
    working, known = gathered.working, gathered.known
    head = working.heads.get(statement.chain) or statement.members[0]
    if any(names(m, known) for m in (head, *statement.members)):
        return Met.YES
    chained = len(statement.members) > 1 or head is not statement.members[0]
    reference = known.target.references[:1]
    if chained and reference and head.kind == reference[0].kind and gathered.same(head, reference[0]):
        return Met.YES
    if chained and any(names(part, known) for part in walk(head) if part.kind != "truth"):
        return Met.UNSURE
    return Met.NO if chained and (head.head in ("symbol", "apply") or is_operator(head)) else Met.UNSURE


def match_special(condition: Condition, gathered: Gathered) -> Match:
    """What a special case finds in the lines about the question's quantity; in others a person decides."""
    own = tuple(s for s in gathered.statements if stated(s, gathered) is Met.YES)
    found = evaluate(condition, replace(gathered, working=replace(gathered.working, statements=own)))
    if found.met is Met.YES:
        return found
    anywhere = evaluate(condition, gathered)
    if anywhere.met is not Met.YES:
        return anywhere
    reason = "it is not said that this line is about what is asked"
    return Match(Met.UNSURE, reason, anywhere.place, anywhere.evidence)
