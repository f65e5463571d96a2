"""A value that is set anew begins another scene: `for lambda = 5 ..., for lambda = 2 ...`.

What was found in the scene before it (the value itself, what followed from it, other values) holds there, and
says nothing of this one. A value that is concluded ("so x = 3") begins none.
"""

from __future__ import annotations

import re
from dataclasses import replace

from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, readings
from grader.records import StepVerdict
from grader.working import cues
from grader.working.knowledge import Fact, Knowledge
from grader.working.lines import cue_of
from grader.working.links import Judgement
from grader.working.records import Line

_LEADS_ON = frozenset(["therefore", "implies", "iff"])


def in_its_scene(line: Line, known: Knowledge) -> Knowledge:
    """What is known in the scene that a line begins; all of it where it begins none."""
    name, value = _set(line)
    if name is None or not (str(name.value) in known.told.updated or _begins(line, value)):
        return known
    before = [s for s in known.settings if s.relation.args[0] is name and s.place != line.place]
    if not before or (value is not None and before[-1].relation.args[1] is value):
        return known
    formula = bool(free_symbols(before[-1].relation.args[1]))
    if formula and (value is None or not free_symbols(value)):
        return known  # `q = 1/3` of a q = sigma(z) is a place, and q what it was
    return without_scene(known, before[-1])


def behind_label(line: Line, known: Knowledge) -> Knowledge | None:
    """What is known behind a label (`y-intercept: $x = 0$`, `With replacement: $P = 1/4$`): a new scene."""
    name, value = _set(line)
    words = _LABEL.search(line.intro.rstrip()) or _POINT.search(line.sentence.rstrip())
    worked = cues.CONCLUDES.search(line.intro) or _OPERATES.search(line.intro)
    if name is None or value is None or words is None or worked:
        return None
    values = [s for s in known.settings if _is_value(s.relation)]
    before = [s for s in values if s.relation.args[0] is name] or values
    return without_scene(known, before[-1]) if before else None


_LABEL = re.compile(r"(?:^|[.;!?]\s|\n)[^.;!?:$]{2,40}:$")
_OPERATES = re.compile(
    r"\b(\w+ing|add|subtract|multiply|divide|square|expand|factor\w*|rearrange|simplify|substitute|eliminate|solve"
    r"|collect|take|differentiate|integrate|check|combine|apply|use|move|cancel|sum|both|from|by)\b[^.;!?]*$"
)
_POINT = re.compile(r"\$\([^$=]*\)\$:$")  # `$(1,0)$: $y = 1$`
_ELSEWHERE = re.compile(r"\b(under|on|in|before|after|initially|originally|finally|later)\b[^.;=:]*$")
_FORMULA = re.compile(r"\$[^$]*\$")
_DESCRIBED = re.compile(
    r"(?:^|[.;,:])\s*(?!so\b|hence|thus|then|therefore|also|and\b|which|this)[a-z-]{5,}(?: [a-z-]+)?\s*$"
)
_SUPPOSED = re.compile(r"\b(if|when|case|suppose|instead|now|otherwise)\b[^.;=]*$")


def _set(line: Line) -> tuple[Expr | None, Expr | None]:
    """The name that a line sets, and to what; None for that where it is only said not to be one value."""
    tree = line.segment.tree
    if tree is None or line.segment.leading or tree.head != "chain":
        return None, None
    tree = readings(tree, 1)[0]
    name, value = tree.args[:2]
    plain = (tree.value[0] == "=" and {"=", "approx"}.issuperset(tree.value)) or tree.value == ("!=",)
    bare = name.head == "symbol" or not free_symbols(value)
    if not bare or not plain or not free_symbols(name) or name in free_symbols(value):
        return None, None
    return name, value if tree.value[0] == "=" else None


def _begins(line: Line, value: Expr | None) -> bool:
    """Whether words set the value, and do not conclude it; what is no number only where they suppose."""
    cue = cue_of(line)
    if line.segment.connector in _LEADS_ON or cues.CONCLUDES.search(cue):
        return False
    if value is not None and free_symbols(value):
        return bool(_SUPPOSED.search(cue))
    words = _FORMULA.sub(" ", line.sentence.lower())  # "under $H_1$, $p = 0.7$"
    if value is not None and value.args and _DESCRIBED.search(cue):
        return True  # "receding $f = 340/360 * 640$": worked out for another case
    return bool(cues.AT.search(cue) or cues.ANEW.search(cue) or _ELSEWHERE.search(words))


def with_setting(known: Knowledge, found: Judgement, fact: Fact) -> Knowledge:
    """With what a line has set: a name to a value, or to another name."""
    if found.verdict is not StepVerdict.GIVEN or not _is_setting(fact.relation):
        return known
    return replace(known, settings=(*known.settings, fact))


def _is_setting(relation: Expr) -> bool:
    plain = relation.head == "chain" and relation.value == ("=",) and len(relation.args) == 2
    return plain and (relation.args[0].head == "symbol" or not free_symbols(relation.args[1]))


def _is_value(relation: Expr) -> bool:
    """Whether a name is set to a number or to another name, which holds in a scene only."""
    return relation.args[1].head == "symbol" or not free_symbols(relation.args[1])


def begun_anew(known: Knowledge, relation: Expr) -> Knowledge:
    """Where an equation is another one for the same names: without what followed from the first."""
    names = free_symbols(relation)
    gone = [f for f in known.facts if names & free_symbols(f.relation)]
    left = known.forget(relation)
    if not gone:
        return left
    since = [s for s in known.settings if s.place.at >= gone[0].place.at and _is_value(s.relation)]
    over = {str(s.relation.args[0].value) for s in since if s.relation.args[0].head == "symbol"}
    return left.without_names(over & left.defined)


def is_of_older_scene(relation: Expr, known: Knowledge) -> bool:
    """Whether a number that was only stated for a name is older than an equation that was supposed since."""
    name, value = relation.args[0], relation.args[-1]
    stated = [
        s for s in known.settings if s.relation.args[0] is name and not free_symbols(s.relation.args[1])
    ]
    if relation.value != ("=",) or not stated or free_symbols(value):
        return False
    supposed = (f for f in known.facts if f.basis and f.place.at > stated[-1].place.at)
    return any(free_symbols(f.relation) for f in supposed)


def without_scene(known: Knowledge, first: Fact) -> Knowledge:
    """What is known without all that was set, and what followed, since a name was given a value."""

    def stays(fact: Fact) -> bool:
        return fact.place.at < first.place.at

    ended = [s for s in known.settings if not stays(s) and (s is first or _is_value(s.relation))]
    over = {str(s.relation.args[0].value) for s in ended if s.relation.args[0].head == "symbol"}
    left = known.without_names(over & known.defined)
    left = left.with_facts(f for f in known.facts if stays(f))
    points = tuple(p for p in known.points if stays(p))
    return replace(left, points=points, settings=tuple(s for s in known.settings if stays(s)))
