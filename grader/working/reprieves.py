"""What may still save a link that fails: what its letters are, the text tells in another way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product

from grader.expressions.build import MINUS_ONE, ONE, add, call, chain, neg, power, symbol
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import replace
from grader.expressions.symbols import Symbol
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict
from grader.working import cues
from grader.working.arguments.auxiliary_angle import auxiliary_angle
from grader.working.arguments.constraints import tied_letters, with_ties
from grader.working.arguments.means import mean_of_sample, usual_letters
from grader.working.arguments.near_miss import values_of
from grader.working.arguments.sums import from_sums
from grader.working.completing import is_rate
from grader.working.entailment import deep_unknowns, entails, unknowns
from grader.working.knowledge import Knowledge
from grader.working.links import Judgement, Trial
from grader.working.telling.intervals import bounds

_Z = symbol("z")
_LOGISTIC = Symbol(
    "sigma", "function", parameters=(_Z,), definition=power(add(ONE, call("exp", neg(_Z))), MINUS_ONE)
)
_MEMBER = re.compile(r".+_\{?[a-z]\}?")
_MOST_TOLD = 2
_LATEST = 3
_WITHIN = "It follows in the interval of which the text speaks."
_TOLD = "It follows with a number that the words tell."


def reprieve(trial: Trial, judged: Callable[[Trial], Judgement]) -> Judgement | None:
    """What a second look says of a link that fails; None where it fails all the same."""
    if any(part.head == "constant" and part.value == "i" for part in walk(trial.link.relation)):
        return None  # z with a bar is a conjugate, and no mean
    ways: tuple[Callable[[Trial], Judgement | None], ...] = (
        lambda t: _along_conditions(t, judged),
        mean_of_sample,
        usual_letters,
        auxiliary_angle,
        from_sums,
        _in_told_interval,
        _with_new_value,
        lambda t: _with_usual_meaning(t, judged),
        _with_told_numbers,
        _with_kronecker,
    )
    return next((found for way in ways if (found := way(trial)) is not None), None)


def _along_conditions(trial: Trial, judged: Callable[[Trial], Judgement]) -> Judgement | None:
    """Holds where what is differentiated changes with a letter that a condition ties to the variable.

    Unknown where the condition is not solved.
    """
    tied = tied_letters(trial.link.relation, trial.known)
    if not tied:
        return None
    tries = [judged(Trial(trial.link, one)) for one in with_ties(tied, trial.known)]
    right = next((one for one in tries if one.verdict is StepVerdict.HOLDS), None)
    return right or (None if tries else Judgement(StepVerdict.UNKNOWN))


def _with_new_value(trial: Trial) -> Judgement | None:
    """Given where words say that a name has a new value: `update w = 1 - 0.1 * 2`."""
    link = trial.link
    plain = link.left.head == "symbol" and not unknowns(link.right) and link.operator == "=" and link.first
    if not plain or link.continuing or not cues.UPDATES.search(link.cue):
        return None
    return Judgement(StepVerdict.GIVEN, fact=link.relation, anew=True)


def _with_usual_meaning(trial: Trial, judged: Callable[[Trial], Judgement]) -> Judgement | None:
    """Holds with the logistic function for a sigma that no line defines."""
    inside = walk(trial.known.coordinates(trial.link.relation))
    used = any(part.value == "sigma" and part.kind == "function" for part in inside if part.head == "symbol")
    own = trial.known.table.symbols.get("sigma")
    if not used or (own is not None and (own.definition is not None or own.name in trial.known.declared)):
        return None
    found = judged(Trial(trial.link, trial.known.define(_LOGISTIC)))
    return found if found.verdict is StepVerdict.HOLDS else None


def _in_told_interval(trial: Trial) -> Judgement | None:
    """Holds where it follows in an interval of which the text speaks: `tan x = 1` on [0, pi]."""
    relation, known = trial.link.relation, trial.known
    letters = deep_unknowns(relation, known)
    alone = [f for f in reversed(known.facts) if letters and deep_unknowns(f.relation, known) == letters]
    if len(letters) != 1:
        return None
    (letter,) = letters
    for interval in known.told.intervals:
        for fact in alone[:_LATEST]:
            whole = [fact.relation, *bounds(letter, interval)]
            if entails(whole, relation, known).verdict is Equality.EQUAL:
                evidence = Evidence(EvidenceKind.CONSISTENT, _WITHIN)
                return Judgement(StepVerdict.HOLDS, evidence, (fact.line,), fact=relation)
    return None


def _with_told_numbers(trial: Trial) -> Judgement | None:
    """Holds where a letter that the right side has no more is a number of the text: `pi r^2 h = 9 pi h`."""
    link, known = trial.link, trial.known
    whole = replace(known.coordinates(link.left), values_of(known))
    left, right = unknowns(whole), unknowns(known.coordinates(link.right))
    gone = sorted(left - right, key=lambda s: str(s.value))
    if (
        known.target.references
        or link.operator != "="
        or not 1 <= len(gone) <= _MOST_TOLD
        or not right <= left
    ):
        return None
    if not right and any(not _changes(letter, known) for letter in gone):
        return None
    for told in _ways(gone, trial):
        if trial.equal(replace(whole, told), link.right):
            said = tuple(chain(pair, ("=",)) for pair in told.items())
            fact = said[0] if len(said) == 1 else node("and", said, None, "truth")
            return Judgement(StepVerdict.HOLDS, Evidence(EvidenceKind.CONSISTENT, _TOLD), fact=fact)
    return None


def _changes(letter: Expr, known: Knowledge) -> bool:
    return is_rate(letter) or str(letter.value) in known.told.changing


def _ways(letters: list[Expr], trial: Trial) -> Iterator[dict[Expr, Expr]]:
    for numbers in product(trial.known.told.numbers, repeat=len(letters)):
        yield dict(zip(letters, numbers, strict=True))


def _with_kronecker(trial: Trial) -> Judgement | None:
    """Unknown where `delta_(ij)` stands, which no line explains, and for a slope by `x_j` beside `x_i`.

    Which members are the same is not looked at.
    """
    inside = [part for part in walk(trial.link.relation) if part.head == "index"]
    names = {str(part.args[0].value) for part in inside if len(part.args) == 3}
    places = {place for part in inside for place in part.args[1:] if place.head == "symbol"}
    variables = (p.args[1] for p in walk(trial.link.relation) if p.head == "derivative")
    by_member = any(v in inside or _MEMBER.fullmatch(str(v.value)) for v in variables)
    free = names & {"delta", "Delta"} - set(trial.known.table.symbols)
    return Judgement(StepVerdict.UNKNOWN) if free or (by_member and len(places) > 1) else None
