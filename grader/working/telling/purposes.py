"""What a text is for, by the words in it: to prove, to solve, to optimise, to count, to measure."""

from __future__ import annotations

import re

from grader.working.told import Purpose

# Things that are measured or counted: what is negative is no such thing.
_MEASURES = re.compile(
    r"\b(lengths?|widths?|heights?|sides?|radius|radii|diameter|distances?|areas?|perimeter|volumes?|triangles?"
    r"|rectangles?|cones?|cylinders?|boxe?s?|metres?|meters?|cm|km|seconds|minutes|hours|speeds?|prices?|ages?"
    r"|median|density|half-life|mass|population|amount|concentration"
    r"|variance|deviation|data|sample|pythag\w*|hypotenuse|legs?|magnitudes?|modulus"
    r"|positive (real |whole )?(numbers?|reals?|values?|constants?|integers?)"
    r"|(first|sum of|number of) [^.;]{0,12}terms|number of (people|students|sides|items|tickets)|how many"
    r"|progressions?|invest\w*|interest|compound\w*|deposit\w*|population|years|salary"
    r"|people|persons|students|guests|workers|machines|costs?|profits?|revenue|demand|supply"
    r"|balls?|stones?|projectile|particle|car|train|thrown|dropped"
    r"|(?<!this )(?<!one )(?<!first )(?<!second )(?<!same )(?<!next )time)\b"
)
_PROVES = re.compile(
    r"\b(prove|proof|show that|claim|lemma|theorem|suppose|assume|induction|epsilon|delta|bounded"
    r"|estimate\w*)\b"
)
_OPTIMISES = re.compile(
    r"\b(maxim\w*|minim\w*|max|min|stationary|critical|extrem\w*|turning|vanish\w*|largest|greatest|smallest|least"
    r"|cheapest|shortest|longest|closest|nearest|biggest|mle|likelihood|optim\w*|saddle"
    r"|sett?(ing)?\b.{0,40}\b(zero|0)|equat\w*)\b"
)
_COUNTS = re.compile(r"\b(integers?|whole numbers?|naturals?|natural numbers?|how many|least|smallest)\b")
_SOLVES = re.compile(r"\b(solve|find|determine|for (which|what)|values? of|(range|set) of)\b")
_REARRANGES = re.compile(r"\b(rearrang\w*|transpose the formula|the subject|change the subject)\b")
_FORMS = re.compile(
    r"\b(equation|quadratic|cubic|polynomial)( (with|having|that has|which has|whose))( the)? roots"
    r"|\b(new|required) (equation|quadratic)\b"
)
_ESTIMATES = re.compile(r"likelihood|\bmles?\b")


def purpose_of(prose: str) -> Purpose:
    """What the words of a text, in lower case, say that it is for."""
    return Purpose(
        proves=bool(_PROVES.search(prose)),
        solves=bool(_SOLVES.search(prose)),
        optimises=bool(_OPTIMISES.search(prose)),
        counts=bool(_COUNTS.search(prose)),
        measures=bool(_MEASURES.search(prose)),
        rearranges=bool(_REARRANGES.search(prose)),
        forms=bool(_FORMS.search(prose)),
        estimates=bool(_ESTIMATES.search(prose)),
    )
