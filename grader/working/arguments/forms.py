"""`Write $x^2 + 6xy + y^2$ as $v^T A v$`: a form, in which the letters that are found must fit."""

from __future__ import annotations

from grader.equivalence import decide
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, readings
from grader.expressions.rewrite import replace as substitute
from grader.expressions.symbols import Symbol
from grader.notation import read
from grader.records import Equality, StepVerdict, Verdict
from grader.working import cues
from grader.working.arguments.near_miss import values_of
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial
from grader.working.tuples import alike, turned_up

_HALF_TURN = 180


def of_form(trial: Trial) -> Judgement | None:
    """Fails for a letter with which a form, whose letters are then all known, is not what it should be."""
    link, known = trial.link, trial.known
    if not known.told.written or link.operator != "=" or not link.first or link.left.head != "symbol":
        return None
    if cues.supposes(link.cue) or link.left in free_symbols(link.right) or _is_rounded(link.right):
        return None
    after = known.define(Symbol(str(link.left.value), link.right.kind, definition=link.right))
    for of, form in known.told.written:
        verdict = _compared(of, form, link.left, after)
        if verdict is not None and verdict.verdict is Equality.DIFFERENT:
            return Judgement(StepVerdict.FAILS, verdict.evidence)
    return None


def _is_rounded(value: Expr) -> bool:
    """A decimal, or a number of degrees, which need not be exact."""
    return any(p.head == "decimal" or (p.head == "number" and p.value == _HALF_TURN) for p in walk(value))


def is_chosen(name: Expr, known: Knowledge) -> bool:
    """Whether a letter of a form is to be found, for which one value is enough."""
    forms = (_read(form, known) for _, form in known.told.written)
    return any(form is not None and name in free_symbols(form) for form in forms)


def _compared(of: str, form: str, name: Expr, known: Knowledge) -> Verdict | None:
    """What was to be written and its form, with all that is known of its letters; None where one is open."""
    whole, written = _read(of, known), _read(form, known)
    if whole is None or written is None or str(name.value) not in {s.value for s in free_symbols(written)}:
        return None
    first, second = (known.coordinates(turned_up(tree)) for tree in (whole, written))
    second = substitute(turned_up(second), values_of(known))
    if not free_symbols(second) <= free_symbols(first) or free_symbols(whole) & {name}:
        return None
    return decide(*alike(first, second), known.assumptions())


def _read(text: str, known: Knowledge) -> Expr | None:
    tree = read(text, known.table).tree
    tree = readings(tree, 1)[0] if tree is not None else None
    return tree.args[-1] if tree is not None and tree.head == "chain" else tree
