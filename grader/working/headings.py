"""What the words before a row that begins with `=` call it: `max magnitude $= ...$`, `the error is $= ...$`.

Such a row says what the thing named is, and goes on with no chain unless that makes it true.
"""

from __future__ import annotations

import re

from grader.expressions.build import ZERO
from grader.working.records import Line

_CLAUSE = re.compile(r"[.;!?,](?:\s|$)|\n\s*\n|^[:)\s]+")
_LEADS = r"(?:so|thus|hence|then|therefore|now|and|finally|that is|i\.e\.|this gives|which gives)"
_ARTICLE = r"(?:the|an?|its|our|this|my)"
_NO_ADJECTIVE = (
    r"by|using|use|from|after|with|since|because|as|via|in|for|at|when|where|if|of|to|on|under|into|let|we|it"
    r"|which|that|is|are|was|gives?|get|yields?|becomes?|equals?|\w+ing|\w+ly|expand|simplify|factor|collect"
)
_NOUN = (
    r"max|maxim(?:um|a)|min|minim(?:um|a)|magnitude|norm|length|size|gradient|grad|slope|derivative|value|result|answer"
    r"|loss|cost|errors?|residual|prediction|output|score|label|target|probability|weights?|height|width|area"
    r"|volume|distance|tangent|normal|intercept|coordinate|integral|total|mean|average|variance|constant|factor"
)
# In a short clause any other word is taken for a noun, but for what carries a chain on: `reduces to $= 5$`.
_CARRIES_ON = (
    r"simplif\w*|reduc\w*|cancel\w*|expand\w*|factor\w*|collect\w*|rearrang\w*|evaluat\w*|comput\w*|g[eio]\w+"
    r"|yield\w*|mean\w*|impl\w*|becom\w*|turn\w*|equal\w*|obtain\w*|ha\w{1,2}|do\w*|com\w*|follow\w*|add\w*|subtract\w*"
    r"|multipl\w*|divid\w*|differentiat\w*|integrat\w*|substitut\w*|appl\w*|also|again|further|next|first|second|indeed"
    r"|exactly|just|only|still|even|both|sides?|same|this|these|those|here|there|hence|thus|so|then|or|and|but|not|no|be"
    r"|can|will|would|must|should|may|an?|the|therefore|finally|now|too|take|let|put|set|as|row|line|step|part"
)
_OTHER_NOUN = rf"(?!(?:{_NO_ADJECTIVE}|{_CARRIES_ON})\b)[a-z][a-z'-]{{2,}}"
_OF = r"(?:\s+(?:of|for|with respect to|wrt|w\.r\.t\.?|on|in|over|at|under)\s[^=:]*)?"
_PLACE = re.compile(r",?\s*\b(?:at|when|where|for|with|if) \$[^$]*\$,?")
_SET_TO_ZERO = re.compile(
    r"\b(?:derivative|slope|gradient|it|this|that|f'|f''|equation)\W*(?:\$[^$]*\$\W*)?$"
)
_DENIED = re.compile(
    r"\b(?:never|not|cannot|nowhere|can't|isn't|doesn't)"
    r"(?: (?:be|exactly|quite|actually|really|become|reach))*\s*$"
)
_SHORT = re.compile(
    rf"(?:{_LEADS}[ ,]+)*(?:{_ARTICLE} )?(?:{_OTHER_NOUN} ){{0,2}}({_OTHER_NOUN})"
    r"(?: (?:is|will be|would be))?\s*[:,]?"
)
_HEADING = re.compile(
    rf"(?:{_LEADS}[ ,]+)*(?:{_ARTICLE} )?(?:(?!(?:{_NO_ADJECTIVE})\b)[\w'-]+ ){{0,3}}({_NOUN}){_OF}"
    r"(?: (?:is|will be|would be|becomes)(?: then| thus)?)?\s*[:,]?"
)


def heading_of(line: Line) -> str:
    """The thing that a line's words name: `max value at $p = 1/3$ $= ...$`."""
    return heading(line.intro.rstrip(",")) or heading(_PLACE.sub(" ", line.sentence.lower()))


def set_to_zero(line: Line) -> bool:
    """`setting the derivative $= 0$`: a condition, and no value of what stands before."""
    return line.segment.tree is ZERO and bool(_SET_TO_ZERO.search(line.sentence.lower()))


def is_denied(line: Line) -> bool:
    """`it is never $= 0$`: what is said not to be so, and no link of a chain."""
    return bool(_DENIED.search(line.intro))


def heading(intro: str) -> str:
    """The thing that the words before a row name, if they name one and say nothing else.

    >>> heading(". max magnitude"), heading("the error of the fit is"), heading("by the definition of loss")
    ('magnitude', 'error', '')
    """
    clause = _CLAUSE.split(intro)[-1]
    clause = " ".join(clause.split()).rpartition(": ")[2]
    found = _HEADING.fullmatch(clause) or _SHORT.fullmatch(clause)
    return found[1] if found is not None else ""
