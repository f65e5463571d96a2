"""`answer(q1)` in a condition: the student's own answer to an earlier question stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from grader.criteria.records import NOT_MET, Gathered
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace as substitute
from grader.records import Match, Met
from grader.spec.model import Condition, EquationIs, LineEquals, ValueTaken
from grader.working.arguments.norms import lengths

_FIELDS: dict[type, tuple[str, ...]] = {
    EquationIs: ("left", "right"),
    LineEquals: ("expression",),
    ValueTaken: ("subject", "value"),
}


def carried(
    condition: Condition, gathered: Gathered, evaluate: Callable[[Condition, Gathered], Match]
) -> Match | None:
    """What a condition that speaks of an earlier answer finds, as followed through; None if it does not."""
    trees = {name: getattr(condition, name) for name in _FIELDS.get(type(condition), ())}
    if not any(_calls(tree) for tree in trees.values()):
        return None
    own = {name: next(filled((tree,), gathered), None) for name, tree in trees.items()}
    if None in own.values():
        return NOT_MET
    found = evaluate(replace(condition, **own), gathered)  # type: ignore[arg-type]
    return replace(found, followed=True) if found.met is Met.YES else found


def filled(trees: tuple[Expr, ...], gathered: Gathered) -> Iterator[Expr]:
    """The trees with `answer(q2)` exchanged for the student's answer; left out where there is none."""
    for tree in trees:
        table = {c: gathered.earlier.get(str(c.args[1].value)) for c in _calls(tree)}
        if all(value is not None for value in table.values()):
            whole = substitute(tree, {k: v for k, v in table.items() if v is not None})
            yield lengths(whole.args[0]) if whole.head == "norm" and whole.args[0].kind == "vector" else whole


def speaks_of_earlier(tree: Expr) -> bool:
    """Whether the student's answer to another question stands in it."""
    return bool(_calls(tree))


def _calls(tree: Expr) -> list[Expr]:
    return [p for p in walk(tree) if p.head == "apply" and p.args[0].value == "answer"]
