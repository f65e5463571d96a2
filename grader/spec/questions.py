"""A question: from the shape of its file to the typed record, formulas read."""

from __future__ import annotations

from grader.expressions.build import matrix
from grader.expressions.nodes import Expr, Kind
from grader.expressions.rewrite import readings
from grader.spec import model
from grader.spec.conditions import Scope, build_condition
from grader.spec.formulas import UNREAD, Formulas, attempt, chances, unknown_names
from grader.spec.schema import (
    AnswerModel,
    ExampleModel,
    FollowModel,
    MarkModel,
    QuestionModel,
    SpecialCaseModel,
)
from grader.spec.source import Path_
from grader.spec.suggest import did_you_mean, nearest

FORMULA_SIGNS = frozenset("()\\^_=*/+[]{}|")


def reference_kind(item: QuestionModel, formulas: Formulas) -> Kind:
    """The kind of a question's answer, as later questions see it; "scalar" if it cannot be told."""
    tree = attempt(item.answer.reference, formulas.table)[0] if item.answer.reference else None
    return tree.kind if tree is not None else "scalar"


def build_question(item: QuestionModel, number: int, scope: Scope) -> model.Question:
    """The typed question; every fault is noted in the scope's formulas."""
    formulas = scope.formulas
    return model.Question(
        id=item.id,
        number=number,
        title=item.title,
        text=item.text.strip(),
        points=item.points,
        answer=_answer(item.answer, scope),
        marks=tuple(_mark(mark, ("marks", i), scope) for i, mark in enumerate(item.marks)),
        phrases=tuple(item.phrases),
        context=_context(item, formulas),
        quantities=tuple(_quantities(item, formulas)),
        examples=tuple(_example(example, i, scope) for i, example in enumerate(item.examples)),
        special=tuple(_special(case, ("sc", i), scope) for i, case in enumerate(item.sc)),
    )


def _example(item: ExampleModel, index: int, scope: Scope) -> model.Example:
    for name in item.earlier:
        if name not in scope.earlier:
            path = ("examples", index, "earlier", name)
            hint = did_you_mean(name, scope.earlier)
            scope.formulas.fault(path, f"`{name}` is no question before this one", hint)
    return model.Example(
        item.text, tuple(item.marks), item.name, item.needs_review, item.syntax, dict(item.earlier)
    )


def _context(item: QuestionModel, formulas: Formulas) -> dict[str, Expr]:
    found = {}
    for name, text in item.context.items():
        path: Path_ = ("context", name)
        if name not in formulas.table.symbols:
            formulas.fault(path, f"unknown symbol `{name}`", did_you_mean(name, formulas.table.symbols))
        found[name] = formulas.read(text, path)
    return found


def _quantities(item: QuestionModel, formulas: Formulas) -> list[model.Quantity]:
    return [
        model.Quantity(
            name, tuple(quantity.phrases), _optional(quantity.value, ("quantities", name, "value"), formulas)
        )
        for name, quantity in item.quantities.items()
    ]


def _optional(text: str, path: Path_, formulas: Formulas) -> Expr | None:
    return formulas.read(text, path) if text else None


def _answer(item: AnswerModel, scope: Scope) -> model.AnswerSpec:
    formulas, path = scope.formulas, ("answer",)
    if item.type != "claims" and not item.reference:
        formulas.fault(path, "`reference` is missing", "the right answer, as a formula")
    if item.focus and item.focus not in scope.quantities:
        hint = did_you_mean(item.focus, scope.quantities)
        formulas.fault((*path, "focus"), f"`{item.focus}` is none of the `quantities`", hint)
    quantity = _quantity(item, formulas)
    named = [_named(text, (*path, "names", i), formulas) for i, text in enumerate(item.names)]
    named += [tree for text in (item.quantity, *item.names) for tree in chances(text, formulas.table)]
    spoken = [item.quantity] if item.quantity and quantity is None else []
    return model.AnswerSpec(
        type=item.type,
        quantity=quantity,
        names=tuple(dict.fromkeys([*spoken, *item.names])),
        named=tuple(dict.fromkeys(tree for tree in named if tree is not None)),
        defines=item.defines,
        reference=_reference(item, formulas),
        in_terms_of=tuple(_symbol(text, i, formulas) for i, text in enumerate(item.in_terms_of)),
        scale=_optional(item.scale, (*path, "scale"), formulas),
        figures=item.figures,
        follow=scope.follow(item.follow, (*path, "follow")) if item.follow else None,
        focus=item.focus,
        up_to=item.up_to,
    )


def _reference(item: AnswerModel, formulas: Formulas) -> Expr | None:
    tree = _optional(item.reference, ("answer", "reference"), formulas)
    quantity = formulas.table.symbols.get(item.quantity)
    wanted = item.type == "vector" or (quantity is not None and quantity.kind == "vector")
    if tree is None or not wanted or tree.head not in ("interval", "tuple", "choice"):
        return tree
    listed = readings(tree, 1)[0]
    return matrix(len(listed.args), 1, *listed.args)  # `[3, 4]` of a vector is no interval


def _quantity(item: AnswerModel, formulas: Formulas) -> Expr | None:
    """The quantity as a tree; None where it is a word of prose such as `maximum`."""
    text, path = item.quantity, ("answer", "quantity")
    if not text:
        return None
    tree = _named(text, path, formulas)
    if tree is None and not FORMULA_SIGNS & set(text):
        near = nearest(text, formulas.table.symbols)
        if near is not None:
            formulas.fault(path, f"unknown symbol `{text}`", f"did you mean `{near}`?")
    return tree


def _named(text: str, path: Path_, formulas: Formulas) -> Expr | None:
    """The tree of a name that is a formula; None for a phrase. A formula with a fault is noted."""
    if FORMULA_SIGNS & set(text):
        of_chance = chances(text, formulas.table)
        tree = of_chance[0] if of_chance else formulas.read(text, path)
        return None if tree is UNREAD else tree
    found, _ = attempt(text, formulas.table)
    return found if found is not None and not unknown_names(found, formulas.table) else None


def _symbol(text: str, index: int, formulas: Formulas) -> Expr:
    path = ("answer", "in_terms_of", index)
    tree = formulas.read(text, path)
    if tree is not UNREAD and tree.head != "symbol":
        formulas.fault(path, f"`{text}` is not a symbol", "name declared symbols only")
    return tree


def _mark(item: MarkModel, path: Path_, scope: Scope) -> model.MarkSpec:
    follow: model.Follow | bool = False
    if isinstance(item.follow, FollowModel):
        follow = scope.follow(item.follow, (*path, "follow")) or False
    else:
        follow = item.follow
    return model.MarkSpec(
        id=item.id,
        points=item.points,
        purpose=item.purpose,
        when=build_condition(item.when, (*path, "when"), scope),
        implied_by=tuple(item.implied_by),
        depends=tuple(item.depends),
        follow=follow,
        cao=item.cao,
        cso=item.cso,
        isw=item.isw,
        oe=item.oe,
    )


def _special(item: SpecialCaseModel, path: Path_, scope: Scope) -> model.SpecialCase:
    when = build_condition(item.when, (*path, "when"), scope)
    return model.SpecialCase(item.purpose, when, dict(item.award))


def scope_of(
    item: QuestionModel, formulas: Formulas, earlier: dict[str, Kind], questions: list[str]
) -> Scope:
    """How a question's conditions see the homework: the answers before it, its own quantities."""
    later = tuple(name for name in questions if name not in earlier)
    return Scope(formulas, dict(earlier), later, tuple(item.quantities))
