"""What must agree within a question: points, ids, and which mark leans on which."""

from __future__ import annotations

from collections import Counter

from grader.spec.formulas import Formulas
from grader.spec.schema import QuestionModel
from grader.spec.suggest import did_you_mean
from grader.spec.symbols import find_circle


def check_question(item: QuestionModel, formulas: Formulas) -> None:
    """Notes every disagreement as a fault."""
    _check_points(item, formulas)
    _check_ids(item, formulas)
    for relation in ("implied_by", "depends"):
        _check_relation(item, relation, formulas)
    _check_examples(item, formulas)
    _check_terms(item, formulas)
    _check_special(item, formulas)
    if any(mark.follow is True for mark in item.marks) and item.answer.follow is None:
        index = next(i for i, mark in enumerate(item.marks) if mark.follow is True)
        hint = "say under `answer:` how the reference follows from an earlier answer"
        formulas.fault(("marks", index, "follow"), "the answer has no `follow`", hint)


def _check_points(item: QuestionModel, formulas: Formulas) -> None:
    total = sum(mark.points for mark in item.marks)
    if abs(total - item.points) > 1e-9:
        message = f"{item.points:g} points, but the marks add up to {total:g}"
        formulas.fault(("points",), message, "change the one or the other")


def _check_ids(item: QuestionModel, formulas: Formulas) -> None:
    counts: Counter[str] = Counter()
    for i, mark in enumerate(item.marks):
        counts[mark.id] += 1
        if counts[mark.id] == 2:
            formulas.fault(
                ("marks", i, "id"), f"two marks have the id `{mark.id}`", "ids are unique in a question"
            )


def _check_relation(item: QuestionModel, relation: str, formulas: Formulas) -> None:
    ids = [mark.id for mark in item.marks]
    uses: dict[str, list[str]] = {mark.id: list(getattr(mark, relation)) for mark in item.marks}
    for i, mark in enumerate(item.marks):
        for name in getattr(mark, relation):
            if name not in ids:
                formulas.fault(("marks", i, relation), f"there is no mark `{name}`", did_you_mean(name, ids))
        circle = find_circle(mark.id, uses)
        if circle and circle[0] == min(circle):  # once a circle
            formulas.fault(
                ("marks", i, relation), "a circle: " + " -> ".join(circle), "one must stand by itself"
            )


def _check_terms(item: QuestionModel, formulas: Formulas) -> None:
    """`cao`, `isw` and `oe` speak of the final answer, and `cao` rules `follow` out."""
    for i, mark in enumerate(item.marks):
        if mark.cao and mark.follow:
            hint = "correct answer only, or followed through: take one of the two away"
            formulas.fault(("marks", i, "cao"), "`cao` and `follow` rule each other out", hint)
        for term in ("cao", "isw", "oe"):
            given = getattr(mark, term) is not type(mark).model_fields[term].default
            if given and mark.when.answer is None:
                formulas.fault(("marks", i, term), f"`{term}` needs `when: {{answer: equal}}`", "")


def _check_special(item: QuestionModel, formulas: Formulas) -> None:
    """A special case names marks of the scheme, and gives them no more than they have."""
    most = {mark.id: mark.points for mark in item.marks}
    for i, case in enumerate(item.sc):
        for name, points in case.award.items():
            path = ("sc", i, "award", name)
            if name not in most:
                formulas.fault(path, f"there is no mark `{name}`", did_you_mean(name, list(most)))
            elif points > most[name]:
                formulas.fault(path, "more points than the mark has", "at most the mark's `points`")


def _check_examples(item: QuestionModel, formulas: Formulas) -> None:
    most = [mark.points for mark in item.marks]
    for i, example in enumerate(item.examples):
        path = ("examples", i, "marks")
        if len(example.marks) != len(most):
            formulas.fault(
                path, f"{len(example.marks)} marks, but the scheme has {len(most)}", "one for each mark"
            )
        elif any(earned > points for earned, points in zip(example.marks, most, strict=True)):
            formulas.fault(path, "more points than the mark has", "at most the mark's `points`")
