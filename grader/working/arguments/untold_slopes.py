"""Derivatives of what no formula tells: `dz/dw` where only a value of z was said, `d/dp ln L` of an L."""

from __future__ import annotations

from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Trial


def is_of_untold(trial: Trial) -> bool:
    """Whether a derivative in a link is of something of which is not said how it depends on its variable."""
    relation, known = trial.link.relation, trial.known
    slopes = [p for p in walk(relation) if p.head == "derivative" and len(p.args) == 2]
    return any(_is_number(p.args[0], known) or _is_open(p, relation, known) for p in slopes)


def _is_number(body: Expr, known: Knowledge) -> bool:
    """A name of which only the value at one place was said: `z = 0.5 * 2 + 1 = 2`."""
    made = known.table.symbols.get(str(body.value)) if body.head == "symbol" else None
    own = made is not None and made.definition is not None and made.name in known.defined
    return own and not unknowns(known.coordinates(body))


def _is_open(slope: Expr, relation: Expr, known: Knowledge) -> bool:
    """A single letter that nothing defines, and that stands nowhere else: `d/dp ln L = k/p`."""
    body, variable = slope.args
    inside = unknowns(known.coordinates(body))
    if len(inside) != 1 or variable in inside:
        return False
    (letter,) = inside
    made = known.table.symbols.get(str(letter.value))
    elsewhere = any(letter in free_symbols(side) for side in relation.args if slope not in set(walk(side)))
    return letter.kind == "scalar" and (made is None or made.definition is None) and not elsewhere
