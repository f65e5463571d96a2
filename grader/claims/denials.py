"""Claims that other words turn over: takebacks, suppositions that are refuted, what follows from a denial."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.drafts import Draft
from grader.claims.event import Event
from grader.claims.lexicon import IMPOSSIBLE
from grader.claims.model import ASSERTED
from grader.claims.phrases import any_phrase
from grader.claims.sentence import Sentence
from grader.expressions.nodes import Expr

_IMPOSSIBLE = any_phrase(IMPOSSIBLE)
_WRONG = frozenset(["false", "untrue", "wrong", "incorrect", "mistaken"])
_TRUE = frozenset(["true", "case", "right", "correct"])
_SUPPOSING = frozenset(["suppose", "assume", "assuming"])


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
    said = text.lemmas(start, clause.end)
    if not chosen and (_WRONG.intersection(said) or ("not" in said and _TRUE.intersection(said))):
        for draft in out or [d for d in made if d.clause == made[-1].clause]:
            draft.hedge = draft.hedge or "it is taken back"
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
        elif _denied(draft, drafts) and not _meant(draft, fixed):
            draft.deny()
            for cond in fixed:
                if cond.attains and cond.modality == "hypothetical":
                    cond.deny()


def _meant(draft: Draft, fixed: list[Draft]) -> bool:
    """Whether a denied claim is no mere supposition: "it is never 0. When p = 1 it is 0"."""
    supposed = draft.only or draft.requires or draft.modality not in ASSERTED
    return not supposed and not any({"iff", "unless"}.intersection(c.leads) for c in fixed)


def _denied(draft: Draft, drafts: list[Draft]) -> bool:
    return any(_excludes(d, draft) for d in drafts if d is not draft and d.subject is draft.subject)


def _excludes(denial: Draft, draft: Draft) -> bool:
    if any(c.attains and _elsewhere(c, denial, draft) for c in denial.condition):
        return False
    if denial.hedge or denial.modality in ("hypothetical", "question", "purpose"):
        return False
    if denial.predicate == "tends":
        return denial.only and not denial.negated and denial.target is draft.target
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
