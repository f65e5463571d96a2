"""Words around a formula that say what it is for: a definition, an assumption, a withdrawal."""

from __future__ import annotations

import re

# "take logs of both sides": something is worked out, and nothing chosen.
_TAKE = (
    r"tak(?:e|ing)\b(?! (?:the )?(?:natural |square |cube )?"
    r"(?:logs?|logarithms?|ln|exp\w*|roots?|reciprocals?|derivatives?|limits?|inverses?|both)\b)"
)
DEFINES = re.compile(
    r"\b(let|define|defining|denote|put|set|write|writing|call|where|with|substitut\w*|abbreviat\w*|recall"
    rf"|choose|{_TAKE}|say|consider)\b[^.;]*$"
)
# "$h$ is the prediction $\\sigma(z)$": the words between a name and what it is.
MEANS = re.compile(
    r"^(is|be|denotes|stands for)( (the|a|an|our|my|its))?( [a-z-]+){0,3}"
    r"(?<! from)(?<! of)(?<! to)(?<! at)(?<! by)(?<! on)(?<! in)(?<! with)(?<! between)"
    r"(?<! and)(?<! or)(?<! so)(?<! then)[:,]?$"
)
# "both work": of a list that was checked none may be a solution of the squared equation alone.
CHECKED = re.compile(
    r"\b(both|all|each|they)( of (them|these))?( values| roots| solutions| answers)?"
    r" (work|hold|check( out)?|satisf\w*|fit|are (valid|solutions|fine|ok|okay|correct|right|good))\b"
    r"|\b(solution set|final answers?)\b|\bchecked\b"
)
# "$w . x$ equals $y$": words for the sign.
# Before the first of them nothing may stand of which it is only a part: "the derivative of $f$ equals $g$".
PLAINLY = re.compile(
    r"(.*[.;:,])?\W*((means?|implies|requires?|says?|needs?|gives|since|because|as|so|then|hence|thus|if|that|where"
    r"|now|here|we|have|every|each|all|the|its|this|values?|predictions?|outputs?|expressions?|quantity|scores?"
    r"|terms?|numbers?|sides?|left|right|label)\W+)*",
    re.DOTALL,
)
EQUALS = re.compile(r"(is (exactly )?|are |will be |must be )?equals?( to)?|(is|are) the same as")
# "the line $y = 2x + 3$": an equation of a curve, and no meaning of y from then on.
LINE = re.compile(
    r"\b((?<!tangent )(?<!normal )(straight )?line( (with|has) equation)?|(parallel|perpendicular) to)[ :]*$"
)
# "the principal value is", "one root is", "x = 1 is a root": other solutions are not denied.
_A_SOLUTION = r"(value|solution|root|angle|answer|zero|possibility)"
ONE_OF = re.compile(
    r"\b(one|an?|another|the (principal|first|second|third|other|next|smallest|least|basic|obvious|reference"
    rf"|positive|negative))( [a-z-]+)? {_A_SOLUTION}( (here|then|of this|of it))?"
    r"( (is|gives|comes from|will be))?[ :,]*$|\beither:?$"
)
IS_ONE_OF = re.compile(
    rf"^(is|works as|gives|as) (one|an?|another|the (principal|first|other))( [a-z-]+)? {_A_SOLUTION}\b"
)
# "x = 5 (positive)", "x = 5, as lengths are not negative": why only this one is taken.
TAKEN_FOR = re.compile(r"^[,(;]?\s*[^.;:]{0,40}\b(positive|negative|natural|integers?|acute)\b")
# "the solutions are", "Solutions:": the whole answer stands behind it.
SOLUTIONS = re.compile(
    r"\b(the|our|its|all|both) ((real|only|two|three|complete|full|required) )*(solutions?|roots)"
    r"( of (it|this|the equation))?( (is|are|then))*[ :,]*$|\bsolutions?:$"
)
DOUBTS = re.compile(r"\b(but|check\w*|only|reject\w*|extraneous|invalid|not|no|second|first|later|however)\b")
# "The limits become": the ends of an integral in another variable.
LIMITS = re.compile(r"\b(limits?|bounds?|endpoints?)\b(?! of\b)[^.;]*\b(are|is|become\w*|change\w*|to|now)\b")
# The two ends of "from $x=0$ to $x=3$".
FROM, TO = re.compile(r"\bfrom$"), re.compile(r"(up )?to\b|until\b|till\b")
# "rotated about $y = -1$", "bounded by the line $x = 2$": lines that are named.
LINES = re.compile(
    r"\b(about|around|lines?|axis|asymptotes?|bounded by|enclosed by|between)( the)?( (vertical|horizontal))?"
    r"( (lines?|axis|curves?))?[ :]*$"
)
# "update $w = 0.4$", "the new weight is": a name that has another value from then on.
UPDATES = re.compile(r"\b(updat\w*|new|becomes?|next (value|step|iterate|point))\b[^.;]*$")
# "Case 2: $x < 1$", "For $x < -2$:", "If": what holds in a case, though all solutions may lie in it.
CASE_OF = re.compile(r"\b(if|for|case|when|suppose)( \(?[0-9ivx]{1,3}\)?)?[ ,:]*$")
PUT_IN = "say"  # what stands for the words before a value that "gives" something
CASE = "case"  # what stands for the words before a part of a case
SETS = re.compile(r"\b(define|let|set|put)\b[^.;]*$")
ASSUMES = re.compile(
    r"\b(suppose|assum\w*|given|if|when|for|since|because|provided|hypothesis|require|exists?)\b[^.;]*$"
)
# "there is an n with ...", "choose n so that ...": what is said of something that is chosen so.
CHOOSES = re.compile(
    r"(\b(there (is|are)|exists?|choose|pick|find|take)\b|∃)[^.;:]*"
    r"\b(with|such that|so that|s\.t\.|for which|satisfying|fulfilling)\s*$"
)
SUPPOSES = re.compile(
    rf"\b(suppose|assum\w*|given|if|when|for|case|let|put|set|{_TAKE}|choose|try|trying|with|at|where"
    r"|check\w*"
    r"|substitut\w*|because|since|say|solve|find|equation|roots?|exists?)\b[^.;]*$"
)
ANEW = re.compile(
    r"(\b(let|consider|now|again|this time|next|suppose|define|problem|question|part|exercise|example|another"
    r"|put|with|instead)\b[^.;]*"
    r"|(^|\W)[(]?[a-z0-9ivx]{1,3}[.)]\s*|\b(solve|find|differentiate|integrate)\b[^.;]*)$"
)
NEW_EXERCISE = re.compile(
    r"\b(a new|new|the next|next|another) (exercise|problem|question|equation|example|task)\b"
    r"|(^|\n)[ \t]*(#{1,6}[ \t]|(-[ \t]*){3,}(\n|$)|\**(problem|exercise|question|task|example)[ \t]*\d)"
)
AT = re.compile(
    r"\b(at|when|with|put|putting|set|setting|for|if|let|where|take|taking|try|say|case|substitut\w*"
    r"|using)\b[^.;=]*$"
)
BESIDE = re.compile(
    r"\b(since|because|as|if|when|for|where|assum\w*|suppos\w*|provided|with|on|case)\b[^.;]*$"
)
CONCLUDES = re.compile(
    r"\b(so|hence|thus|therefore|then|gives|giving|yields?|get|obtain|follows|implies|means|expand\w*"
    r"|simplif\w*|rearrang\w*|solv\w*|divid\w*|multipl\w*|factor\w*|that is|i\.e\.)[ ,:]*"
    r"(that|we have|we get|to)?[ ,:]*$|∴[ ]*$"
)
REASON = re.compile(r"^[,(]?\s*(as|since|because)$")
FOLLOWED_BY_CONDITION = re.compile(
    r"^[,(]?\s*(for|where|if|when|as|since|because|with|provided|provided that|assuming|whenever)"
    r"( all| every)?$"
)
# "a w with |g| < e": what is said of something that is described so.
SUCH = re.compile(r"\b(with|such that|so that|s\.t\.|satisfying|fulfilling|for which)\s*$")
# "x > 3, so in particular x > 1": less is said than is known, and no inequality solved.
WEAKENS = re.compile(
    r"\b(in particular|certainly|surely|at least|at most|clearly|obviously|because|since|as|then|hence"
    r"|thus|therefore|bound\w*|estimate\w*)\b"
)
ASKS = re.compile(
    r"\b(find|compute|calculate|evaluate|expand|simplify|work out|determine|multiply out|factori[sz]e)\b"
    r"[^.;]*$"
)
# "by the Cauchy-Schwarz inequality": a law is quoted, and nothing supposed.
LAW = re.compile(
    r"\b(by|using|from|apply|applying)\b[^.;]*"
    r"\b(inequality|am[-– ]gm|cauchy|schwarz|bernoulli|jensen|triangle)\b[^.;]*$"
)
# "for -1 < x < 1 we have ...": a condition that leads to what follows.
LEADS = re.compile(r"^(we|then|it|one|there)\b|^:")
EVERYWHERE = re.compile(r"^[,(]?\s*for (all|every|each|any)\b")
CONDITION = re.compile(r"\b(when|whenever|if|iff|for|provided( that)?)$")
REJECTED = re.compile(
    r"^(fails\b|does not\b|doesn't\b|is not\b|isn't\b|is extraneous|is rejected|is impossible|no good"
    r"|cannot\b|can't\b|must be rejected|is invalid"
    r"|[,;]?\s*(but )?(which|this|that) is (false|impossible|not true|wrong|absurd)"
    r"|[,;]?\s*a contradiction|is false|is not possible|[,;(]\s*(false|wrong|impossible|untrue)\b)"
)
# "reject $x = -2$", "we discard the root", "not": what throws out the value behind it.
REJECTS = re.compile(
    r"\b(reject\w*|discard\w*|dismiss\w*|exclud\w*|ignor\w*|disregard\w*|throw out|rul(e|ing) out)"
    r"( the)?( (negative|other|extraneous|false|second|first))?( (root|solution|value|answer|case))?[ :,]*$"
    r"|(^|[,;(]|\band|\bbut) ?not[ :]*$"
)
# "$f(x) = x + 2$ gives $x = 2$": an equation, which what follows solves.
SOLVED_BEHIND = re.compile(r"^[,:]?\s*(gives?|yields?|when|if|iff|for|where|has|means|implies|leads|at)\b")
# "$x = 1$ gives $A = 2$ and $x = 2$ gives $B = 3$": values that are put in one after another.
GIVES = re.compile(r"^(gives?|yields?|leads to|we (get|have|find|obtain))\b")
WITHDRAWS = re.compile(
    r"\b(instead|actually|sorry|that should be|should have been|correction|scratch that|oops|was wrong"
    r"|is wrong|ignore (the )?(above|previous|that)|mistake|redo|start(ing)? over"
    r"|let me try again|disregard)\b"
)
ALTERNATIVE = re.compile(
    r"^[.,;]?\s*(or|alternatively|otherwise|possibly|maybe|perhaps"
    r"|another (possible )?(answer|possibility))\b"
)
LIST = re.compile(r"^([,;]|[,;]?\s*and)( at)?$")
STATIONARY = re.compile(r"\b(maxim\w*|minim\w*|stationary|critical|extrem\w*|vanish\w*|largest|greatest)\b")
# "Both positive: $x > 1$ and $x > 3$": a case, of which all that is joined is a part.
SIGNS = re.compile(
    r"\b(both( are| factors)?( being)? (positive|negative)|(same|opposite|different) signs?)"
    r"[ ,:]*(\$[^$]*\$)?[ ,]*(and)?[ ,:]*$"
)
OTHER_LINE = re.compile(
    r"(^|[.\n])\s*(the )?(parallel|perpendicular|normal)"
    r"( (line|one|bisector))?( (is|has equation))?:?\s*$"
)
_AGAINST = re.compile(r"\b(contradict\w*|contrary to|incompatible with|inconsistent with|violat\w*)[ :]*$")
# "from the second equation": something is drawn, and nothing supposed.
_DRAWS = re.compile(r"\b(from|by|using|into|adding|subtracting|in) (\w+ ){0,2}equations?\b[^.;]*$")


def supposes(cue: str) -> bool:
    """Whether words say that what they lead up to is supposed, and not that it follows."""
    if SIGNS.search(cue) or OTHER_LINE.search(cue) or _AGAINST.search(cue):
        return True
    drawn = _DRAWS.search(cue) or re.search(r"\b(so|hence|thus|therefore)[ ,:]*$", cue)
    return bool(SUPPOSES.search(cue)) and not drawn
