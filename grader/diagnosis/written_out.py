"""A line in other words: the student's own names written out, one of two signs taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from grader.diagnosis.search import Explanation
from grader.equivalence.truths import with_sign
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace, transform
from grader.working import Knowledge

Pair = tuple[Expr, Sequence[Expr]]
Diagnose = Callable[[Expr, Sequence[Expr]], Explanation | None]


def readings_of(wrong: Expr, rights: Sequence[Expr], known: Knowledge) -> Iterator[Pair]:
    """What is wrong and what should stand there: as written, then with own names written out."""
    yield wrong, rights
    spelled = _without_own(wrong, known)
    if spelled is not wrong:
        yield spelled, [_without_own(right, known) for right in rights]


def under_both_signs(wrong: Expr, rights: Sequence[Expr], diagnose: Diagnose) -> Explanation | None:
    """What explains a line; one that names two values at once is explained where both are alike."""
    if not any(part.head == "plusminus" for part in walk(wrong)):
        return diagnose(wrong, rights)
    upper, lower = (
        diagnose(with_sign(wrong, sign), [with_sign(right, sign) for right in rights]) for sign in (1, -1)
    )
    return upper if upper is not None and lower is not None and upper.id == lower.id else None


def _without_own(tree: Expr, known: Knowledge) -> Expr:
    own = {s.name: s for s in known.own_symbols() if s.definition is not None and s.parameters}

    def change(part: Expr) -> Expr:
        symbol = own.get(str(part.args[0].value)) if part.head == "apply" else None
        if symbol is None or symbol.definition is None or len(symbol.parameters) != len(part.args) - 1:
            return part
        return replace(symbol.definition, dict(zip(symbol.parameters, part.args[1:], strict=True)))

    return known.spelled(transform(known.spelled(tree), change) if own else tree)
