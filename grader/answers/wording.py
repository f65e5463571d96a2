"""Words around a formula that change what it says: `is not`, `twice`, `at least`, `divided by two`.

Such a formula is no plain answer; what is meant is for a person to say.
"""

from __future__ import annotations

import re
from dataclasses import replace

from grader.answers.subject import of_another_thing
from grader.notation.phrases import says_nothing
from grader.working import Statement, Target

_CLAUSE = re.compile(r"[.;:!?,\n]")
_DENIES = re.compile(r"(?:\b(?:not|never|cannot|neither|nor|unlike|except)\b|n't\b)(?:\W+\w+){0,3}\W*$")
_DISBELIEVES = re.compile(
    r"\b(?:rule out|ruled out|doubt|deny|wrong|false|incorrect|untrue|impossible)\b(?:\W+\w+){0,6}\W*$"
)
_CHANGES = re.compile(
    r"\b(?:anything but|instead of|rather than|other than|twice|thrice|doubl\w+|tripl\w+|half|halv\w+|minus"
    r"|plus|times|over|only|at least|exceeds?|below|above"
    r"|(?:square|cube|root|reciprocal|negative|inverse|opposite|part|fraction|multiple|log|logarithm|exponential"
    r"|integral|third|quarter|sum|mean|average|maximum of the|minimum|component|entry) of"
    r"|between \W*\w+\W* and"
    r"|(?:less|greater|more|larger|smaller|bigger) than|proportional to)(?: of)?(?: the)?\W*$"
)
_FOLLOWS = re.compile(
    r"^\W*(?:(?:is|are|was)\s+(?:\w+\s+)?(?:not|wrong|false|incorrect)\b"
    r"|of(?: the)? ?$|divided by|multiplied by|times|plus|minus|squared|cubed|halved|doubled|tripled"
    r"|over(?: (?:two|three|\d)|(?= ?$))|by (?:two|three|half|\d)|to the (?:power|square)|up to a|per \w+"
    r"|(?:and|plus) a constant|summed|averaged|of the (?:length|norm|size|magnitude)"
    r"|dozens?|hundreds?|thousands?|millions?|billions?)\b"
)
_EXPLAINS = re.compile(
    r"\W*(?:\(|by|since|because|using|where|which|for|when|as|with|from|provided|if|on|in|at)\b|\W*\("
)
# A whole clause before the formula: what it says is denied, reported of another, supposed, or a part of it.
_DISTANT = re.compile(
    r"\b(?:do|does|did|would|can)(?: not|n't) (?:think|believe|say|claim|know|expect|agree|see)\b[^.;]*$"
    r"|\b(?:my (?:friend|neighbou?r|partner)|someone|somebody|a friend|another student|classmates?|they)"
    r" (?:got|gets?|has|have|had|says?|said|thinks?|thought|claims?|claimed|wrote|writes?|found)\b[^.;]*$"
    r"|\bif\b[^.;]*\b(?:were|was|had been)\b[^.;]*$|\bwould have (?:said|been|thought|guessed)\b[^.;]*$"
    r"|\b(?:twice|thrice|half(?: of)?|double|triple|minus|negative|square of|square root of|cube of"
    r"|reciprocal of|inverse of|log(?:arithm)? of|third of|quarter of) (?:the )?[\w ]{1,40}"
    r" (?:is|are|equals?|becomes?)\W*$"
    r"|\b(?:at most|at least|no more than|no less than|bounded by|bounded above by|less than|more than)\W*$"
)
_SQUARED = re.compile(
    r"\b(?:squared|half|doubled?)(?: (?:the|of|magnitude|norm|size|value|gradient))* (?:is|=|:)\W*$"
)
_IT = r"^\W*(?:but |though |although )?(?:it|this|that) "
_TURNED = re.compile(
    r"^\W*(?:so |but |or rather )?no\b|^\s*\?|^\W*only (?:if|when|for|where)\b|\botherwise\b"
    rf"|{_IT}(?:is not|isn't|may not be|can't be|cannot be) (?:right|correct|true)\b"
    rf"|{_IT}is (?:wrong|incorrect)\b"
)
_BY_CASES = re.compile(r"\b(?:otherwise|or else|for \$[^$]*[<>=][^$]*\$,? and \$[^$]*\$ for \$[^$]*[<>=])")
_SUPPOSED = re.compile(r"\b(?:let|suppose|assum\w*|say|if|try|put|set)\b")
_HALF_OF = re.compile(r"\b(?:half|twice|double|third|times|minus|plus|more|less|not|above|below)\b")
_ANSWERS = ("loss", "answer", "maximum", "max", "value")
_TURNS = re.compile(r"\b(?:if|but|however|for another|were|unless)\b")
_OPERATION = re.compile(
    r"\b(derivative|gradient|square root|root|logarithm|log|integral|exponential|reciprocal) of (.*)$"
)
_LEAST = re.compile(r"\b(?:smallest|minimum|minimal|least|lowest)\b")
_BOUNDS = frozenset(["<", "<=", ">", ">=", "in"])
STATING = frozenset(["=", "equiv", "approx"])
_AN_INSTANCE = re.compile(r"^\W*(?:for example|for instance|say)\b")
_INSTANCE = re.compile(r"\b(?:for example|for instance|e\.g|say|suppose|try|trying)\b")


def changed_by_words(statement: Statement, target: Target) -> str:
    """The words before or after a formula that deny it or change its value; empty where there are none."""
    before = _CLAUSE.split(statement.line.intro)[-1]
    for pattern in (_DENIES, _DISBELIEVES, _CHANGES, _SQUARED):
        found = pattern.search(before)
        if found is not None:
            return found.group().strip()
    distant = _DISTANT.search(before)
    bounded = target.is_largest and distant is not None and "at most" in distant.group()
    turned = _TURNED.search(statement.line.outro) or _BY_CASES.search(statement.line.rest)
    for found in (None if bounded else distant, turned):
        if found is not None:
            return found.group().strip() or "?"
    for after in _CLAUSE.split(statement.line.outro)[:2]:
        found = _FOLLOWS.search(after)
        if found is not None:
            return found.group().strip()
    inside = _inside(statement, target) or of_another_thing(statement.line.sentence, target)
    inside = inside or _contrary(statement) or _operated(before, target)
    if inside:
        return inside
    least = _LEAST.search(before) or _LEAST.search(_CLAUSE.split(statement.line.outro)[0])
    return least.group() if least is not None and target.is_largest else ""


def not_said_to_be_it(statement: Statement, target: Target) -> str:
    """Words around an own letter that do not say that it is what is asked for: `V = 4 is a volume`."""
    around = statement.line.rest or statement.line.outro
    named = any(phrase in around for phrase in target.phrases) and not _HALF_OF.search(around)
    supposed = _SUPPOSED.search(statement.line.intro)
    if supposed is not None:
        return supposed.group()
    return around if re.search(r"[a-z]{2}", around) and not named else ""


def _inside(statement: Statement, target: Target) -> str:
    """Words inside the formula that neither join, nor name the quantity, nor begin an explanation."""
    segment = statement.line.segment
    first = len(segment.words) - segment.behind
    for place, words in enumerate(segment.words):
        said = words.lower()
        if place >= first and _EXPLAINS.match(said):
            continue
        for phrase in (*target.phrases, *_ANSWERS):
            said = said.replace(phrase, " ")
        if not says_nothing(said):
            return words
    return ""


def _contrary(statement: Statement) -> str:
    """`would be ... if`, `would be ... but`: what it is under another condition."""
    line = statement.line
    found = re.search(r"\bwould (?:have been|be)\b[^.;]*$", line.intro)
    if found is None or not (_TURNS.search(line.outro) or re.search(r"\bif\b", line.intro)):
        return ""
    return found.group().strip()


def _operated(before: str, target: Target) -> str:
    """`the derivative of the loss is`, where the loss is asked for."""
    found = _OPERATION.search(before)
    if found is None or any(found[1] in phrase for phrase in target.phrases):
        return ""
    return found.group().strip() if any(phrase in found[2] for phrase in target.phrases) else ""


def stating(target: Target) -> frozenset[str]:
    """The relations that state a value; of a largest one also the bound that is taken."""
    return STATING | {"<="} if target.is_largest else STATING


def stated_part(statement: Statement, target: Target) -> Statement:
    """A statement up to where it only bounds the value that it has stated: `L = (p - y)^2 >= 0`."""
    operators = statement.operators
    behind = len(statement.members) - len(operators)  # 0 in a row that goes on a chain
    kept = next((at for at, sign in enumerate(operators) if sign not in stating(target)), len(operators))
    if not kept or kept == len(operators) or not set(operators[kept:]) <= _BOUNDS:
        return statement
    return replace(statement, members=statement.members[: kept + behind], operators=operators[:kept])


def is_instance(statement: Statement) -> bool:
    """Whether a value is only tried or supposed: `for example with p = 1/3`."""
    line = statement.line
    return bool(_INSTANCE.search(_CLAUSE.split(line.intro)[-1]) or _AN_INSTANCE.match(line.outro))
