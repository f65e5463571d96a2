"""Which id is named where several slips fit equally well: what is common to them, else the preferred one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.diagnosis.hits import Hit
from grader.diagnosis.malrule import CalculusRule
from grader.diagnosis.search import Explanation
from grader.expressions.nodes import Expr

MAX_CONFIRMED = 6

# of two ids that fit equally well, the more general ones: what is common to both
GENERAL: dict[str, tuple[str, ...]] = {
    "missing-chain-factor": ("missing-factor", "sign-error"),
    "missing-square": ("wrong-exponent",),
    "missing-root": ("wrong-exponent",),
    "outer-derivative": ("missing-factor",),
    "cancelled-term": ("missing-term",),
    "missing-factor": ("constant-factor",),
    "exponent-rule": ("constant-factor",),
    "differentiated-instead": ("sign-error", "missing-chain-factor"),
}


def choose(found: Sequence[Hit], holds: Callable[[Hit], bool], wrong: Expr) -> Explanation | None:
    """The explanation by the hits that `holds` confirms exactly; None if it confirms none.

    Faulty derivations come before slips in what they give. `also` keeps the ids that were not chosen. A hit
    in the `wrong` tree undoes a slip, one in another tree makes it.
    """
    ids: dict[str, Hit] = {}
    for hit in sorted(found, key=lambda hit: not isinstance(hit.rule, CalculusRule)):
        ids.setdefault(hit.rule.id, hit)
    confirmed = [hit for hit in list(ids.values())[:MAX_CONFIRMED] if holds(hit)]
    if not confirmed:
        return None
    names = [hit.rule.id for hit in confirmed]
    best = next((name for name in names if _is_common(name, names)), names[0])
    chosen = next(hit for hit in confirmed if hit.rule.id == best)
    undone = chosen.tree if chosen.source is wrong else chosen.source
    return Explanation(best, chosen.rule.name, tuple(n for n in names if n != best), undone)


def certain(found: Explanation | None) -> Explanation | None:
    """The explanation, where no other id fits that says something else."""
    return found if found is not None and _is_common(found.id, (found.id, *found.also)) else None


def agree(found: Sequence[Hit]) -> bool:
    """Whether the hits have something in common: one of their ids says what all the others say.

    >>> agree([])
    False
    """
    names = list(dict.fromkeys(hit.rule.id for hit in found))
    return any(_is_common(name, names) for name in names)


def _is_common(name: str, names: Sequence[str]) -> bool:
    return all(other == name or name in GENERAL.get(other, ()) for other in names)
