"""Which expression is the final answer: the boxed one, else what is named so last, else the last one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from grader.answers.records import FinalAnswer
from grader.expressions.nodes import Expr
from grader.working import Knowledge, Statement, Working, cues
from grader.working.arguments.quantity import in_terms, names
from grader.working.groups import joined
from grader.working.links import is_operator

Same = Callable[[Expr, Expr], bool]
_ANNOUNCES = r"\b(?:is|are|be|equals?|becomes?|gives?|get|obtain|as|by|at)\b|[:=]"


@dataclass(frozen=True, slots=True)
class _Candidate:
    statement: Statement
    value: Expr


def final_answer(working: Working, same: Same) -> FinalAnswer | None:
    """The final answer of a followed solution; None if no expression stands in it.

    `same` tells whether two trees are equal; it is asked only where several answers compete.
    """
    known = working.known
    statements = _not_withdrawn([s for s in working.statements if s.members and not s.rejected])
    pool = _boxed(statements, known) or _named(statements, working, known, same) or _last(statements, known)
    return _chosen(pool, statements, known, same) if pool else None


def _chosen(
    pool: Sequence[_Candidate], statements: Sequence[Statement], known: Knowledge, same: Same
) -> FinalAnswer:
    last = pool[-1]
    boxed = last.statement.line.segment.boxed
    others = [c for c in pool if boxed or _other_file(c, last) or _alternative(c, last)]
    values = [c.value for c in others] + _joined_by_or(last, statements, known)
    rivals = tuple(v for v in dict.fromkeys(values) if v is not last.value and not same(v, last.value))
    line = last.statement.line
    return FinalAnswer(last.value, line.place, line.segment.source, rivals)


def _boxed(statements: Sequence[Statement], known: Knowledge) -> list[_Candidate]:
    """Boxed statements; a box around another named thing (p = 1/3) counts only if there is no other."""
    boxed = [s for s in statements if s.line.segment.boxed]
    own = [s for s in boxed if not _names_another(s, known)]
    return [_Candidate(s, _value(s, known)) for s in own or boxed]


def _names_another(statement: Statement, known: Knowledge) -> bool:
    """Whether a statement says what something other than the question's quantity is."""
    if len(statement.members) < 2 or any(names(m, known) for m in statement.members):
        return False
    return statement.members[0].head in ("symbol", "apply") or is_operator(statement.members[0])


def _named(
    statements: Sequence[Statement], working: Working, known: Knowledge, same: Same
) -> list[_Candidate]:
    """Statements of the question's quantity: by a name in the chain, by what heads it, by words before it."""
    chains = {number for number, head in working.heads.items() if head and _heads(head, known, same)}
    found = [
        _Candidate(s, _value(s, known))
        for s in statements
        if s.chain in chains or any(names(m, known) for m in s.members) or _announced(s, known)
    ]
    answers = [c for c in found if not names(c.value, known)]
    return [c for c in answers if in_terms(c.value, known.target)] or answers


def _heads(head: Expr, known: Knowledge, same: Same) -> bool:
    """Whether a chain's first member is the quantity: by name, or an operation that works it out."""
    if names(head, known):
        return True
    return is_operator(head) and any(same(head, r) for r in known.target.references if r.kind == head.kind)


def _announced(statement: Statement, known: Knowledge) -> bool:
    """`the largest magnitude is $...$`, `answer: $...$`."""
    if _names_another(statement, known):
        return False
    phrases = "|".join(re.escape(p) for p in (*known.target.phrases, "final answer", "answer", "result"))
    return bool(re.search(rf"\b(?:{phrases})\b[^.;]*(?:{_ANNOUNCES})[^.;]*$", statement.line.intro))


def _last(statements: Sequence[Statement], known: Knowledge) -> list[_Candidate]:
    """The last expression, unless it says what something else is."""
    rest = [s for s in statements if not _names_another(s, known)]
    return [_Candidate(s, s.last) for s in rest[-1:]]


def _value(statement: Statement, known: Knowledge) -> Expr:
    """What the statement says the quantity is: its last member that is no name of it."""
    values = [m for m in statement.members if not names(m, known)]
    return values[-1] if values else statement.last


def _joined_by_or(last: _Candidate, statements: Sequence[Statement], known: Knowledge) -> list[Expr]:
    """The expressions that "or" joins to the chosen one, before and after it."""
    index = statements.index(last.statement)
    found: list[Expr] = []
    for step in (1, -1):
        here = index
        while 0 <= here + step < len(statements):
            later = statements[max(here, here + step)]
            if joined(later.line) != "or":
                break
            here += step
            found.append(_value(statements[here], known))
    return found


def _other_file(candidate: _Candidate, last: _Candidate) -> bool:
    return candidate.statement.line.place.file != last.statement.line.place.file


def _alternative(candidate: _Candidate, last: _Candidate) -> bool:
    """Whether the last answer is offered beside this one rather than in its place."""
    return candidate is not last and bool(cues.ALTERNATIVE.search(last.statement.line.intro))


def _not_withdrawn(statements: Sequence[Statement]) -> list[Statement]:
    """What stands after the last words that take back what was written before; all, if nothing follows."""
    for index in range(len(statements) - 1, 0, -1):
        if cues.WITHDRAWS.search(statements[index].line.intro):
            return list(statements[index:])
    return list(statements)
