"""What conditions do to claims: "is zero as p -> 1" tends to it, "only in the limit" that it never is."""

from __future__ import annotations

from dataclasses import replace

from grader.claims.drafts import SIDE, Draft
from grader.claims.items import is_value
from grader.claims.model import ASSERTED
from grader.claims.sentence import Sentence
from grader.expressions import build

_ANY = frozenset(["any", "every", "each", "arbitrary", "all"])
_REACHED = "attained at infinity, but approached?"
_EXCEPT = frozenset(["unless", "except", "until"])


def conditions(made: list[Draft]) -> None:
    """Gives each main claim of a sentence the claims of the conditions around it.

    What something is for ("to be zero, p would have to be 1") has the main claims as its conditions.
    """
    for draft in made:
        if draft.role == "purpose" and draft.predicate == "equals":
            draft.condition = [d for d in made if d.role != "purpose"]
        elif draft.requires:
            draft.condition = made[made.index(draft) + 1 :]
        elif "where" in draft.leads and draft.attains and draft.named:
            draft.role = "result"
            draft.condition = [d for d in made if d.clause == draft.clause - 1]
        elif draft.role not in SIDE:
            draft.condition = [d for d in made if d.role in SIDE and _governs(d, draft, made)]


def _governs(condition: Draft, draft: Draft, made: list[Draft]) -> bool:
    """A condition governs what follows it up to a "but", and the claim just before it."""
    low, high = sorted((condition.clause, draft.clause))
    between = [d for d in made if low < d.clause < high and d.role not in SIDE]
    if condition.clause > draft.clause:
        return not between
    leading = all(d.clause >= condition.clause or d.role in SIDE for d in made)
    turned = any(d.role == "contrast" for d in (*between, draft))
    return not turned and (leading or not between) if between or turned else leading or not turned


def limits(made: list[Draft]) -> list[Draft]:
    """Claims of equality under a limit: "is zero as p -> 1" tends to it, "only in the limit" never is it.

    Changes the drafts, and gives the ones to add.
    """
    more: list[Draft] = []
    for draft in made:
        if draft.predicate == "tends" and draft.negated and _excepted(draft):
            draft.negated = False  # "does not go to 0 unless p -> 1"
        if draft.predicate == "small" and draft.soft and any(_is_limit(c, True) for c in draft.condition):
            draft.predicate, draft.target = "tends", build.ZERO
        if draft.predicate != "equals" or draft.role in SIDE or not is_value(draft.target or draft.subject):
            continue
        under = [c for c in draft.condition if _is_limit(c, draft.soft)]
        fixed = [c for c in draft.condition if c.attains]
        said = draft.attains and not draft.answer and draft.modality in ASSERTED
        if said and fixed and all(_is_degenerate(c) for c in fixed):
            draft.hedge = draft.hedge or "told"
        if draft.negated:
            more.extend(_exceptions(draft, under))
        elif under and _is_attained(draft, under):
            more.append(replace(draft, predicate="tends", hedge=draft.hedge or _REACHED, condition=[]))
        elif under and not _nearer(draft, fixed, under):
            only = draft.only or draft.requires or any(c.only for c in under)
            more.extend(_as_limit(draft, only, under))
        elif (draft.only or draft.requires) and fixed:
            draft.modality = "hypothetical"
        draft.condition = [c for c in draft.condition if c.predicate != "limit"]
    return more


def _is_degenerate(condition: Draft) -> bool:
    """ "zero if phi(x) = 0": a case of what is given, which nobody can choose."""
    given = condition.subject.head == "apply" and condition.subject.kind == "vector"
    return given and condition.target is build.ZERO


def _is_attained(draft: Draft, under: list[Draft]) -> bool:
    """ "it can be exactly zero when w . phi(x) = oo": attained at infinity is not approached."""
    if draft.only or draft.requires or any(c.only for c in under):
        return False
    meant = draft.modality == "can" or (draft.whole and draft.modality in ASSERTED)
    return meant and all(c.reached for c in under)


def _nearer(draft: Draft, fixed: list[Draft], under: list[Draft]) -> bool:
    """ "p -> 1 gives 0, and at p = 1 it is 0": what holds the claim is the condition beside it."""
    if any(c.predicate == "limit" for c in under):
        return False
    distances = [min((abs(c.clause - draft.clause) for c in cs), default=99) for cs in (fixed, under)]
    return distances[0] < distances[1] or (distances[0] == distances[1] and fixed[-1].role == "condition")


def _excepted(draft: Draft) -> bool:
    return any(_EXCEPT.intersection(c.leads) for c in draft.condition)


def arbitrary_bounds(text: Sentence, made: list[Draft]) -> list[Draft]:
    """ "For every e > 0 there is a w with |g| < e": g gets arbitrarily close to 0."""
    if not _ANY.intersection(text.lemmas(0, len(text.items))):
        return []
    small = [d.subject for d in made if d.predicate == "greater" and d.target is build.ZERO and not d.named]
    return [
        replace(d, predicate="tends", target=build.ZERO, role="main", modality="can", condition=[])
        for d in made
        if d.predicate in ("less", "at-most") and not d.negated and d.named and d.target in small
    ]


def bounded(made: list[Draft]) -> list[Draft]:
    """What has bounds on both sides is bounded: "between 0 and 1", "at most 1 and positive"."""
    above = [d for d in made if d.predicate in ("less", "at-most") and _is_bound(d)]
    below = [d.subject for d in made if d.predicate in ("greater", "at-least") and _is_bound(d)]
    both = [d for d in above if any(d.subject is s for s in below)]
    return [replace(d, predicate="bounded", target=None, written=None) for d in both[:1]]


def _is_bound(draft: Draft) -> bool:
    asserted = draft.modality in ASSERTED and not draft.negated and not draft.hedge and draft.role not in SIDE
    return asserted and draft.target is not None and is_value(draft.target)


def _is_limit(condition: Draft, soft: bool) -> bool:
    """Whether a condition is a limit; one of size ("for large w") only for words such as "vanishes"."""
    return condition.predicate == "limit" or (
        condition.predicate == "tends" and (soft or not condition.loose)
    )


def _as_limit(draft: Draft, only: bool, under: list[Draft]) -> list[Draft]:
    if draft.modality == "purpose":
        return []
    draft.predicate = "tends"
    draft.modality = "is" if draft.modality == "hypothetical" else draft.modality
    return [replace(draft, predicate="equals", negated=True, condition=[])] if only else []


def _exceptions(draft: Draft, under: list[Draft]) -> list[Draft]:
    """ "never zero except in the limit", "not zero unless p = 1"."""
    for cond in draft.condition:
        if _EXCEPT.intersection(cond.leads) and cond.attains:
            cond.modality = "hypothetical"
            draft.hedge = draft.hedge or ("an exception is made" if cond.named else "")
    if any(_EXCEPT.intersection(c.leads) for c in under):
        return [replace(draft, predicate="tends", negated=False, condition=[])]
    return []
