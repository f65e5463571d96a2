"""What a question takes over from the student's own earlier answers: slips, and values that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from grader.answers.alike import with_vectors
from grader.answers.followed import followed_value, makes_easier
from grader.equivalence import constant_ratio, decide
from grader.expressions.build import equation, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import contains
from grader.expressions.rewrite import replace as substitute
from grader.records import Equality, Place
from grader.spec.model import Follow, Homework, Question
from grader.working import Knowledge

_NOWHERE = Place("", 0)
_SLIPPED = symbol("what a slip has made another")


def with_slips(
    known: Knowledge, question: Question, homework: Homework, earlier: Mapping[str, Expr]
) -> Knowledge:
    """A wrong answer that this question builds on stands for the quantity that it was given for.

    A question without a reference of its own, one for claims, builds on all before it.
    """
    rules = [question.answer.follow, *(mark.follow for mark in question.marks)]
    named = {rule.question for rule in rules if isinstance(rule, Follow)} | _inside(question, homework)
    for name in sorted(earlier if question.answer.reference is None else named & earlier.keys()):
        other = homework.question(name).answer
        if other.quantity is None or other.reference is None:
            continue
        verdict = decide(earlier[name], other.reference, known.assumptions())
        if verdict.verdict is not Equality.EQUAL:
            known = known.carry(equation(other.quantity, earlier[name]), _NOWHERE)
    slipped = bool(known.own) and not _is_kept(question, homework, earlier, known)
    return replace(known, target=replace(known.target, slipped=slipped))


def _inside(question: Question, homework: Homework) -> set[str]:
    """The questions whose quantity stands in that of this one: the loss in its gradient."""
    asked = question.answer.quantity
    named = (*question.answer.named, *((asked,) if asked is not None else ()))
    parts = {part for name in named for part in walk(name)} - set(named)
    return {q.id for q in homework.questions if q.id != question.id and q.answer.quantity in parts}


def built_on_slips(question: Question, known: Knowledge) -> Expr | None:
    """The quantity as the student's own wrong answers make it: the gradient of the student's own loss."""
    asked = question.answer.quantity
    if asked is None or question.answer.reference is None:
        return None
    table = {slip.relation.args[0]: slip.relation.args[1] for slip in known.own}
    built = substitute(asked, table)
    return None if built is asked or asked in table else built


def _is_kept(question: Question, homework: Homework, earlier: Mapping[str, Expr], known: Knowledge) -> bool:
    """Whether no slip of an earlier answer changes what is asked for (but for a factor where claims are).

    A wrong loss beside the right gradient says nothing of how small or large that gets.
    """
    given = [(homework.question(name).answer.quantity, value) for name, value in earlier.items()]
    put_in = {quantity: value for quantity, value in given if quantity is not None}
    asked, about = question.answer.quantity, _focus(question)
    if asked is not None and about is not None:
        built = substitute(asked, put_in)
        return built is not asked and constant_ratio(built, about, known.assumptions()) is not None
    slips = [slip.relation.args[0] for slip in known.own]
    table = {**put_in, **dict.fromkeys(slips, _SLIPPED)}  # the outermost counts: a gradient before its loss
    named = (*question.answer.named, *((asked,) if asked is not None else ()))
    return not any(contains(substitute(name, table), _SLIPPED) for name in named)


def _focus(question: Question) -> Expr | None:
    """What the quantity that a question for claims is about equals."""
    named = (quantity.value for quantity in question.quantities if quantity.name == question.answer.focus)
    return next(named, None)


def followed_values(question: Question, earlier: Mapping[str, Expr], known: Knowledge) -> dict[str, Expr]:
    """What the spec's `follow:` rules give for the student's earlier answers."""
    rules = [question.answer.follow, *(m.follow for m in question.marks)]
    values: dict[str, Expr] = {}
    for rule in rules:
        if isinstance(rule, Follow):
            value = followed_value(rule, earlier, known)
            if value is not None:
                values[rule.kind] = with_vectors(value)  # `answer(q2)*[5; 6]`
    return values


def is_easier(question: Question, earlier: Mapping[str, Expr], known: Knowledge) -> bool:
    """Whether a slip before made the question easier, so that the spec follows nothing through."""
    rules = [question.answer.follow, *(m.follow for m in question.marks)]
    return any(makes_easier(rule, earlier, known) for rule in rules if isinstance(rule, Follow))


def approached(question: Question, earlier: Mapping[str, Expr], known: Knowledge) -> Expr | None:
    """A largest value to which the student's earlier answer only comes near; None if there is none."""
    rule = question.answer.follow
    if rule is None or rule.variable is None:
        return None
    return followed_value(rule, earlier, known, attained=False)
