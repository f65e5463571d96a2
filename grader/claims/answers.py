"""Short answers: "No, never.", "it cannot", "small, but never zero"."""

from __future__ import annotations

from grader.claims import lexicon
from grader.claims.clauses import Clause
from grader.claims.context import Context
from grader.claims.drafts import SIDE, Draft
from grader.claims.items import Item
from grader.claims.sentence import Sentence
from grader.expressions import build
from grader.expressions.nodes import Expr

_PARTICLES = frozenset(["no", "nope", "yes"])
_ANSWERS = _PARTICLES | {"never", "not", "impossible"}
_WHO = frozenset(["it", "this", "that", "we", "you", "one", "they", "i", "there"])
_UNDER = frozenset(["only", "in", "limit", "at", "asymptotically"])
_IDLE = (
    lexicon.COLOURING | _PARTICLES | _WHO | {"be", "get", "have", "answer", "so", "possible", "impossible"}
)


def _word_at(text: Sentence, at: int) -> str:
    return text.items[at].lemma if at < len(text.items) else ""


def inside(text: Sentence, clause: Clause, *kinds: str) -> list[Item]:
    """The items of a clause that are of one of some kinds."""
    return [i for i in text.items[clause.start : clause.end] if i.kind in kinds]


def _idle(text: Sentence, clause: Clause) -> bool:
    """Whether the clause has no words but those of an answer ("no, it can not")."""
    return all(not w or w in _IDLE for w in text.lemmas(clause.start, clause.end))


def answer(context: Context, text: Sentence, clause: Clause, denying: frozenset[int]) -> list[Draft] | None:
    """ "No, never.", "it cannot": of what was asked or supposed, else that the focus is 0."""
    words = text.lemmas(clause.start, clause.end)
    if (
        not _idle(text, clause)
        or inside(text, clause, "mention", "value")
        or not _ANSWERS.intersection(words)
    ):
        return None
    if _says_nothing(context, clause, words):
        return []
    denied = any(clause.start <= at < clause.end for at in denying)
    supposed = [
        d
        for d in (*context.drafts[-6:], *context.made)
        if d.attains and (d.modality in ("purpose", "hypothetical") or d.hedge == "told")
    ]
    supposed = [d for d in supposed if d.subject is context.focus] or supposed
    stated = [d for d in context.made if d.attains]
    if stated and denied and not supposed and not _PARTICLES.intersection(words):
        for claim in stated:  # "zero exactly when p = 1, i.e. never"
            claim.deny()
        return []
    asked = [d for d in context.asked if not d.negated][-1:] or supposed[-1:]
    if "yes" in words:
        asked = asked or [d for d in context.topic if not d.negated][-1:]
    subject, predicate, target = _topic(context, asked, bool(_PARTICLES.intersection(words)))
    draft = context.draft(text, clause, subject, predicate, target, denied)
    draft.answer, draft.role = True, "main"
    draft.hedge = "" if denied or asked else "it is not clear what this answers"
    return [draft]


def _says_nothing(context: Context, clause: Clause, words: tuple[str, ...]) -> bool:
    """ "with rounding or not", "arbitrarily small: yes": no answer of its own."""
    if words == ("not",) and "or" in clause.leads:
        return True
    said = [d for d in context.made if d.role not in SIDE and not d.attains]
    return words == ("yes",) and bool(said)


def _topic(context: Context, asked: list[Draft], particle: bool) -> tuple[Expr, str, Expr | None]:
    if asked:
        return asked[0].subject, asked[0].predicate, asked[0].target
    target = build.ZERO if particle else context.last_targets()[-1]
    return (context.focus if particle else context.recalled(target)), "equals", target


def only_under(context: Context, text: Sentence, clause: Clause, _: frozenset[int]) -> list[Draft] | None:
    """ "Only in the limit.", "only if w is infinite": what was asked, under that alone."""
    words = text.lemmas(clause.start, clause.end)
    first = not any(i.kind not in ("comma", "stop") for i in text.items[: clause.start])
    if not first or "only" not in words or not _UNDER.issuperset(words):
        return None
    asked = [d for d in (context.asked or context.topic) if d.attains][-1:]
    subject, predicate, target = _topic(context, asked, True)
    draft = context.draft(text, clause, subject, predicate, target, False)
    draft.only = True
    if words == ("only",):
        return [draft] if lexicon.ROLES.get(_word_at(text, clause.end)) == "condition" else None
    mark = context.draft(text, clause, subject, "limit", None, False)
    mark.role, mark.only = "condition", True
    return [draft, mark]


def denied_value(
    context: Context, text: Sentence, clause: Clause, denying: frozenset[int]
) -> list[Draft] | None:
    """ "small, but never zero": a value denied without a verb."""
    denials = sum(clause.start <= at < clause.end for at in denying)
    if not _idle(text, clause) or not denials or not inside(text, clause, "value"):
        return None
    if denials % 2 == 0:
        context.doubt(text, clause, "what it denies was not understood")
        return []
    named = [i.tree for i in inside(text, clause, "mention")]
    main = [d.subject for d in context.made if d.role not in SIDE]
    out: list[Draft] = []
    for target in (t for i in inside(text, clause, "value") for t in i.trees):
        same = [d.subject for d in context.made if d.target is target]
        same = [s for s in same if s is context.focus] or same  # "g ~ exp(-z) -> 0, never 0" is said of g
        subject = [context.recalled(target), *main[-1:], *same[-1:], *named[:1]][-1]
        out.append(context.draft(text, clause, subject, "equals", target, True))
    return out
