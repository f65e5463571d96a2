"""What other words do to a claim: conditions, limits, takebacks, and what follows from a denial."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.drafts import SIDE, Draft
from grader.claims.event import Event
from grader.claims.formulas import is_value
from grader.claims.lexicon import IMPOSSIBLE
from grader.claims.phrases import any_phrase
from grader.claims.sentence import Sentence
from grader.expressions import build
from grader.expressions.nodes import Expr

_IMPOSSIBLE = any_phrase(IMPOSSIBLE)
_ANY = frozenset(["any", "every", "each", "arbitrary", "all"])
_SUPPOSING = frozenset(["suppose", "assume", "assuming"])
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
        if draft.predicate != "equals" or draft.role in SIDE or not is_value(draft.target or draft.subject):
            continue
        under = [c for c in draft.condition if _is_limit(c, draft.soft)]
        fixed = [c for c in draft.condition if c.attains]
        if draft.negated:
            more.extend(_exceptions(draft, under))
        elif under:
            only = draft.only or draft.requires or any(c.only for c in under)
            more.extend(_as_limit(draft, only, under))
        elif (draft.only or draft.requires) and fixed:
            draft.modality = "hypothetical"
        draft.condition = [c for c in draft.condition if c.predicate != "limit"]
    return more


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


def takebacks(
    text: Sentence,
    clause: Clause,
    found: Sequence[Event],
    out: list[Draft],
    made: list[Draft],
    context: Context,
) -> bool:
    """Whether a clause takes earlier claims back ("which is impossible"); if so they are turned over."""
    words = text.lemmas(clause.start, clause.end)
    if "such" in words and "no" in words and all(d.predicate == "exists" for d in out):
        return _deny(_attaining(made) or _attaining(context.previous))
    spans = [s for s in text.full.spans(_IMPOSSIBLE) if clause.start <= s[0] < clause.end]
    last = max((e.end for e in found), default=clause.start)
    for_none = (
        clause.role == "condition" and not found and text.lemmas(clause.start, clause.start + 1) == ("no",)
    )
    if not for_none and not any(s[0] >= last for s in spans):
        return False
    start = next((s[0] for s in spans if s[0] >= last), last)
    if out and not any(i.kind == "pronoun" for i in text.items[last:start]):
        chosen = [d for d in out if not d.negated]
    elif not for_none and any(i.kind in ("mention", "value") for i in text.items[clause.start : start]):
        return False
    else:
        chosen = _attaining(made) or _attaining(context.previous)
    if context.supposed and not out:
        chosen, context.supposed = context.supposed, []
    return _deny(chosen)


def _deny(drafts: list[Draft]) -> bool:
    for draft in drafts:
        draft.deny()
    return bool(drafts)


def suppositions(text: Sentence, made: list[Draft], context: Context) -> None:
    """ "Suppose it were 0. Then p = 1. But ...": what follows is supposed as well, until refuted."""
    opens = _SUPPOSING.intersection(text.lemmas(0, len(text.items)))
    own = [d for d in made if d.attains and d.named]
    if opens and own:
        context.supposed = own
    for draft in own if context.supposed else ():
        draft.modality = "hypothetical"
        if not opens:
            draft.condition = [*draft.condition, *context.supposed]
    if any(
        d.negated and d.predicate == "equals"
        for d in made
        if d.subject in {s.subject for s in context.supposed}
    ):
        context.supposed = []


def _attaining(drafts: list[Draft]) -> list[Draft]:
    return [d for d in drafts if d.attains]


def tollens(drafts: list[Draft]) -> None:
    """Turns over what was claimed under a condition that is denied elsewhere, and the condition with it.

    "It is zero only if p = 1. But p < 1." says that it is never zero.
    """
    for draft in drafts:
        fixed = [c for c in draft.condition if c.attains or c.denied]
        if not draft.attains or not fixed:
            continue
        if all(c.denied or (c.attains and _denied(c, drafts)) for c in fixed):
            for cond in fixed:
                if cond.attains:
                    cond.deny()
            draft.deny()
        elif _denied(draft, drafts):
            draft.deny()
            for cond in fixed:
                if cond.attains and cond.modality == "hypothetical":
                    cond.deny()


def _denied(draft: Draft, drafts: list[Draft]) -> bool:
    return any(_excludes(d, draft) for d in drafts if d is not draft and d.subject is draft.subject)


def _excludes(denial: Draft, draft: Draft) -> bool:
    if any(c.attains and _elsewhere(c, denial, draft) for c in denial.condition):
        return False
    if denial.hedge or denial.modality in ("hypothetical", "question", "purpose"):
        return False
    if denial.predicate == "equals":
        return denial.negated and denial.target is draft.target
    bound, value = _number(denial.target), _number(draft.target)
    if bound is None or value is None or denial.negated:
        return False
    return (denial.predicate == "less" and value >= bound) or (
        denial.predicate == "greater" and value <= bound
    )


def _elsewhere(condition: Draft, denial: Draft, draft: Draft) -> bool:
    """Whether a denial holds only under a condition that the denied claim does not share."""
    shared = any(c.subject is condition.subject and c.target is condition.target for c in draft.condition)
    return not shared and condition.subject is not denial.subject


def _number(tree: Expr | None) -> Fraction | None:
    if tree is None:
        return None
    if tree.head == "number":
        return Fraction(tree.value)
    return Fraction(tree.value[0]) if tree.head == "decimal" else None
