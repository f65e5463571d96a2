"""Is what a formula is said to be the thing asked for? `the normal is`, `the second derivative is`.

A right formula under another thing's name is for a person: it may be a slip of the pen, or no answer at all.
Only words that the question does not use itself count, and only in the subject that the formula is said of.

>>> from grader.working import Target
>>> asked = Target(asked="give an equation of the tangent at x = 2")
>>> of_another_thing("The normal is", asked), of_another_thing("The line through the point is", asked)
('normal', '')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from grader.working import Target

_WORD = r"(?:is|are|was|equals?|becomes?|has (?:the )?equation)"
_VERB = rf"(?:{_WORD}|=|:)"
_SUBJECT = re.compile(
    rf"(?:^|.*\b)(?:the|an?|its|this|our|my)\s((?:(?!\b{_WORD}\b).)+?)\s*(?:{_VERB}|\bto)\W*$", re.S
)
_APART = re.compile(r"[.;!?](?=\s|$)|, (?!\$)|\n\s*\n")
_FORMULA = re.compile(r"\$[^$]*\$")
# One of a row where the question asks for another of it: unless that one is named as well.
_ROWS = (
    (
        r"derivatives?|gradient|slope|differential",
        r"(?<!anti)integrals?|antiderivative|primitive",
        r"loss|cost",
    ),
    (r"max\w*|largest|greatest|supremum", r"min(?:imum|imal)?|smallest|least|infimum", r"mean|average"),
    (r"tangents?", r"normals?", r"secants?|chord", r"asymptotes?", r"curve"),
    (r"mean|average", r"max\w*|largest|greatest", r"min(?:imum|imal)?|smallest|least", r"median"),
    (r"horizontal", r"vertical"),
    (r"under|below", r"above"),
    (r"new", r"old|original|former"),
    (r"area", r"volume", r"perimeter"),
)
_RIVALS = tuple(tuple(re.compile(rf"\b(?:{words})\b") for words in row) for row in _ROWS)
# Another thing wherever the question does not speak of it.
_OTHERS = re.compile(
    r"\b(?:second derivative|third derivative|hessian|perpendicular|parallel|asymptote|inflection|inflexion"
    r"|vertical|crosses|intersects|intercepts?|cross.entropy|hinge|absolute error|variance|median)\b"
)
_WITH_RESPECT = re.compile(r"\bwith respect to (?:the )?\$?([^\s$]+)")
_DERIVED = re.compile(r"\b(?:derivative|gradient|slope) of (?:the )?\$?\\?(\w+)('*)\$?(?=\s|$)")
_STRETCH = re.compile(
    r"(?:between|from) \W*(?:x\s*=\s*)?(-?\d+)\W* (?:and|to) \W*(?:x\s*=\s*)?(-?\d+)"
    r"|(?:\[|\\left\[)\s*(-?\d+)\s*,\s*(-?\d+)\s*(?:\]|\\right\])"
    r"|\bat \W*x\s*=\s*(-?\d+)|\bpoint \(\s*(-?\d+),"
)
_DRESS = re.compile(r"\\(?:mathbf|mathrm|boldsymbol|vec|bm|text|,)|[\\{}$]")


def of_another_thing(sentence: str, target: Target) -> str:
    """The words by which a sentence that leads to a formula speaks of something else; empty if none.

    `sentence` is all of it before the formula, with the formulas in it between dollar signs.
    """
    whole = _FORMULA.sub(lambda found: found[0].replace(", ", ","), sentence)
    clause = _APART.split(whole)[-1].lower()
    if not target.asked:
        return ""
    return next(_other_words(clause, target.asked), "")


def _other_words(clause: str, asked: str) -> Iterator[str]:
    subject = _SUBJECT.match(clause)
    said = subject[1] if subject is not None else ""
    for found in _OTHERS.finditer(said or clause):
        if found.group() not in asked:
            yield found.group()
    if said:
        yield from _rivals(said, asked)
        yield from _other_object(said, asked)
        yield from _other_place(said, asked)


def _rivals(said: str, asked: str) -> Iterator[str]:
    for wanted, patterns in _asked_of(asked):
        if not any(p.search(said) for p in wanted):
            yield from (found.group() for p in patterns if (found := p.search(said)) is not None)


_Patterns = tuple[re.Pattern[str], ...]


@lru_cache(maxsize=256)  # what a question asks for is the same at every line of every answer to it
def _asked_of(asked: str) -> tuple[tuple[_Patterns, _Patterns], ...]:
    """The rows of which a question names something: what it names, and all of the row."""
    rows = [(tuple(p for p in row if p.search(asked)), row) for row in _RIVALS]
    return tuple((wanted, row) for wanted, row in rows if wanted)


def _other_object(said: str, asked: str) -> Iterator[str]:
    """Of another function, or with respect to another variable."""
    wanted = {_bare(v) for v in _WITH_RESPECT.findall(asked)}
    yield from (
        f"with respect to {v}" for v in _WITH_RESPECT.findall(said) if wanted and _bare(v) not in wanted
    )
    for name, primes in _DERIVED.findall(said):
        if primes or (len(name) == 1 and not re.search(rf"\b{name}\b", asked)):
            yield f"of {name}{primes}"


def _other_place(said: str, asked: str) -> Iterator[str]:
    """Over another stretch, or at another place."""
    wanted = [tuple(filter(None, groups)) for groups in _STRETCH.findall(asked)]
    for found in _STRETCH.finditer(said):
        numbers = tuple(filter(None, found.groups()))
        if any(len(w) == len(numbers) for w in wanted) and numbers not in wanted:
            yield found.group()


def _bare(name: str) -> str:
    return _DRESS.sub("", name).rstrip(".,;:")
