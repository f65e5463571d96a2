"""A letter that nobody explains, in the place of a declared one: `(\\hat y - y)^2` for `(p - y)^2`.

Such a letter may stand for an abbreviation of the question's, or for what a declared function is applied to
there: z in `sigma(z)` for `w . phi(x)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from grader.expressions.build import derivative, equation, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import contains, replace
from grader.expressions.symbols import Symbol
from grader.notation import to_text
from grader.working.completing import rates_in
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Trial

_MOST = 2


def explained(tree: Expr, known: Knowledge) -> Iterator[tuple[Expr, str]]:
    """The tree with one or two unexplained letters as things of the question's, and what that says."""
    tree = replace(tree, {rate: derivative(symbol(of), symbol(by)) for rate, of, by in rates_in(tree)})
    found = {s for s in unknowns(tree) if s.kind == "scalar" and s.value not in known.table.symbols}
    strangers = sorted(found, key=lambda s: str(s.value))
    if not 1 <= len(strangers) <= _MOST:
        return
    free = [(name, meant) for name, meant in _meanings(known) if meant not in unknowns(tree)]
    for meanings in permutations(free, len(strangers)):
        table = {stranger: meant for stranger, (_, meant) in zip(strangers, meanings, strict=True)}
        said = (f"{s.value} is {name}" for s, (name, _) in zip(strangers, meanings, strict=True))
        yield replace(tree, table), " and ".join(said)


def exchanges_letters(trial: Trial) -> bool:
    """`E[log p(x) - log q(x)] = E[(x - m)^2 - (x - n)^2]`: letters go and others come, and no line ties them.

    What p and q are the words tell, or the question; from one side alone nothing is known of the other.
    """
    known = trial.known
    left, right = (unknowns(known.coordinates(side)) for side in (trial.link.left, trial.link.right))
    gone, come = (
        {s for s in side if str(s.value) not in known.table.symbols} for side in (left - right, right - left)
    )
    others = (f.relation for f in known.facts if trial.link.left not in f.relation.args)
    told = frozenset[Expr]().union(*(unknowns(relation) for relation in others))
    return bool(gone) and bool(come) and not (gone | come) & told


def _meanings(known: Knowledge) -> Iterator[tuple[str, Expr]]:
    """What such a letter may stand for: the abbreviations that are declared, and the functions' arguments."""
    for own in abbreviations(known):
        yield own.name, own.expr
    for argument in dict.fromkeys(inner_arguments(known).values()):
        yield to_text(argument), argument


def abbreviations(known: Knowledge) -> list[Symbol]:
    """The declared numbers that are short for something: p for `sigma(w . phi(x))`."""
    declared = (known.table.symbols[name] for name in sorted(known.declared))
    return [s for s in declared if s.kind == "scalar" and s.definition is not None and not s.parameters]


def of_the_abbreviation(place: Expr, known: Knowledge) -> Expr:
    """`w . phi(x) = 0`, or `q = 1/2` of an own q, as what it says of p, short for `sigma(w . phi(x))`."""
    name, value = place.args
    for own in abbreviations(known):
        if own.definition is not None and contains(own.definition, name):
            return equation(own.expr, replace(own.definition, {name: value}))
        if own.definition is not None and known.spelled(name) is own.definition:
            return equation(own.expr, value)
    return place


def inner_arguments(known: Knowledge) -> dict[Expr, Expr]:
    """What the declared functions are applied to in the abbreviations: `w . phi(x)` for sigma."""
    bodies = [s.definition for s in abbreviations(known) if s.definition is not None]
    found = [(p.args[0], p.args[1]) for body in bodies for p in walk(body) if p.head == "apply"]
    return {function: argument for function, argument in found if argument.kind == "scalar"}
