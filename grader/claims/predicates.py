"""What clauses claim, as data: phrases for each predicate.

An entry is a predicate, its fixed target ("" when the phrase has a slot for it or needs none),
flags, and phrases in the language of `phrases`. Macros in braces are spelled out in `MACROS`.

Flags: "not" turns the claim over; "bare" is an adjective that needs no verb ("large", in conditions
only); "outcome" says something of the question's quantity whatever its grammatical subject ("no w gives
zero"); "passive" speaks of the last value mentioned ("it is never reached").
"""

from __future__ import annotations

from dataclasses import dataclass

MACROS = {
    "MOVE": (
        "<go|tend|converge|head|move|shrink|decay|drop|fall|decrease|diminish|grow|increase|run|diverge|drift"
        "|rise|climb|push|drive|send|bring|take|pull|force|trend|collapse|saturate|race|decline|zoom|fade"
        "|taper|shoot|sink|approximate|crash|plunge|squash|die|lower|reduce|point|flatten|lead|limit|zero"
        "|descend|raise|level|dwindle|scale|extend|stretch|blow|close|work>"
    ),
    "WAY": "<down|up|off|out|away|in|back|arbitrarily|increasingly|infinitely|asymptotically|very|monotonically|further|lower|all way>*",
    "TO": "<to|toward|into|onto>",
    "DEGREE": "<arbitrarily|very|as|so|infinitely|infinitesimally|increasingly|extremely|closer and|nearer and|ever|more and more|much|even|sufficiently|indefinitely|vanishingly|really|way>*",
    "LIKE": "<possible|we|you|one|i|they|be|to|like|want|please|desire|wish|need|choose|care|can|would|get|make>*",
    "SMALL": "<small|tiny|little|low|minuscule|minute|negligible>",
    "LARGE": "<large|big|high|great|huge|enormous|massive|gigantic>",
    "VERY": "<arbitrarily|very|infinitely|increasingly|extremely|ever|sufficiently|more and more|so|really|super|highly|unboundedly|indefinitely|larger and|incredibly|quite|hugely|extraordinarily|too>",
    "GROW": "<grow|increase|go|scale|blow|expand|rise|be|become|make|push|get|run|diverge|move|climb|stretch|extend|raise|scaled|multiply>",
    "BE": "<be|become|stay|remain|get|equal|come out|turn out|turn|go|come|keep>",
    "WHO": "<we|you|one|i|they|anyone>",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One family of phrases and what they claim."""

    predicate: str
    phrases: tuple[str, ...]
    target: str = ""
    flags: frozenset[str] = frozenset()


def _entry(predicate: str, target: str, flags: str, *phrases: str) -> Entry:
    return Entry(predicate, tuple(p.format(**MACROS) for p in phrases), target, frozenset(flags.split()))


TENDS = (
    _entry(
        "tends", "", "",
        "<approach|near> {WAY} <to>? TARGET",
        "{MOVE} {WAY} {TO} TARGET",
        "{MOVE} ARG {WAY} {TO} TARGET",
        "<make|let|have|keep> ARG {WAY} {TO} TARGET",
        "<make|get|bring|move|keep|push|draw>? NAMED? <get|be|become|come|make|bring|move|grow|stay|lie|draw|keep>? {DEGREE} <close|closer|near|nearer> {LIKE} <and <closer|nearer>>? <to>? TARGET <as {LIKE}>?",
        "{DEGREE} <close|closer> <and closer>? <we|you|one>? ARG <get|be|become|come|move|go|bring>* <to>? TARGET",
        "<close|closer|nearer> NAMED <get|be|become|come|move|go|will|draw>* <to>? TARGET",
        "<have|with|give|reach>? limit <value>? <of|equal to|be>? TARGET", "limit <of SUBJ|of|as SUBJ|in which SUBJ>? {BE} <equal to>? TARGET",
        "<have|with>? <infimum|inf|greatest lower bound|lower limit|limit value> <value>? <of SUBJ>? <be|of|equal|at|equal to>? TARGET",
        "TARGET be <only|just>? <approach|limit|infimum|asymptote|inf>",
        "asymptote <at|of|to|be|toward> TARGET", "asymptotic to TARGET",
        "{BE}? <almost|nearly|practically|approximately|virtually|effectively|essentially|roughly|next to|within epsilon of> TARGET",
        "{MOVE} {WAY} to limit of? TARGET", "TARGET be asymptote", "hover near TARGET", "within <epsilon|V> of TARGET",
    ),
    _entry("tends", "", "recall", "<get|come|be|draw>? <arbitrarily|infinitely|very|extremely|infinitesimally|as> <close|near> NOTTO <as {LIKE}>?"),
    _entry(
        "tends", "0", "",
        "<arbitrarily|infinitely|infinitesimally|vanishingly|unboundedly|indefinitely|increasingly infinitesimally> {SMALL} <of>?",
        "infinitesimal <small>?", "as {SMALL} as {WHO} <might|may|would|can|will|could|ever|care to>* <like|want|please|desire|wish|need|choose|wanted|demand>",
        "as {SMALL} as <like|desire|need|want|wish|please>", "small as {WHO} <like|want|please|desire|wish|need|choose>",
        "<smaller than|less than|lower than|below|under|beneath|within> <any|every|arbitrary> <given|positive|fix|arbitrary|prescribed|small|possible|preassigned|real|strictly>* <epsilon|number|threshold|value|bound|tolerance|constant|quantity|M|R> <greater than V|L>?",
        "shrink {WAY} <to nothing>", "{MOVE} {WAY} to nothing", "vanish <in limit|asymptotically|at infinity>", "in limit <P|M>? vanish",
        "die <out|off|away>", "fade away", "decay away", "<get|become> <infinitely|arbitrarily> <smaller|closer>",
        "<shrink|decrease|decay|drop|fall|reduce|lower|diminish|smaller> <without <bound|limit>|indefinitely|arbitrarily|as much as {WHO} <like|want|please|desire>|infinitely>",
        "no <positive|nonzero> <lower bound|minimum|floor>", "dwindle away",
    ),
    _entry("tends", "oo", "", "<infinite|unbounded>", "infinitely <{LARGE}|positive>"),
    _entry(
        "tends", "oo", "loose",
        "{VERY}+ <{LARGE}|positive> <and|,>? <positive|large>? <value|number>?", "<larger|higher|greater> and <larger|higher|greater>",
        "as <{LARGE}|positive> as <possible|{WHO} <like|want|please|desire|wish|can|need>>", "{LARGE} <and|,|but>? positive <value|number>?",
        "{GROW} <without <any>? <bound|limit>|indefinitely|unboundedly|infinitely|forever>",
        "<grow|increase|scale|blow|expand|raise|stretch|extend|push|send|multiply> ARG <up>? <without <bound|limit>|indefinitely|unboundedly|infinitely|forever|arbitrarily>", "<grow|increase|scale> arbitrarily", "without <upper>? <bound|limit>",
        "blow up", "blow ARG up", "<diverge|explode>", "<larger|bigger|higher|more positive> NAMED", "<huge|enormous|massive|gigantic>",
        "more and more positive", "toward positive <direction|side>", "larger <positive>? value",
    ),
    _entry(
        "tends", "-oo", "loose",
        "{VERY}+ <negative|low> <value|number>?", "{VERY}* {LARGE} <and|,|but|in|in the>? negative <direction|value|number>?",
        "{VERY}* <negative> <and|,|but>? {LARGE}", "more and more negative", "as negative as <possible|{WHO} <like|want|please|can>>",
        "more negative NAMED", "<without bound|without limit|infinitely|indefinitely|unboundedly> <in|in the>? negative <direction>?",
        "{GROW} <without <bound|limit>|indefinitely|infinitely> <in|in the>? negative <direction>?", "decrease without <bound|limit>", "infinitely negative", "toward negative <direction|side>",
    ),
    _entry(
        "tends", "+-oo", "loose",
        "{VERY}* <{LARGE}|infinite|unbounded> in <magnitude|value|absolute value|size|norm|modulus|length|either direction>",
        "{GROW} <without <bound|limit>|indefinitely|infinitely|large> in <magnitude|absolute value|size|norm|modulus|length|either direction>",
        "{VERY}* <{LARGE}> <in|,>? <positive or negative|negative or positive|positively or negatively|either sign> <value|direction>?",
        "{VERY}+ <positive or negative|negative or positive> <value>?",
        "<positive or negative|negative or positive|either> infinity", "{VERY}+ positive or <{VERY}>* negative",
        "{VERY}+ {LARGE} <absolute|positive or negative> <value|magnitude>", "<large|infinite|unbounded> <magnitude|norm|absolute value>",
    ),
    _entry("tends", "oo", "growth loose", "<grow|increase|rise>", "<get|become|grow> <larger|bigger|higher|more positive>"),
    _entry("tends", "-oo", "growth loose", "<decrease|fall|drop>", "<get|become> <more negative|lower>"),
    _entry("tends", "oo", "bare loose", "{LARGE} <enough|positive>? <value>?", "{LARGE}"),
    _entry("tends", "ends", "", "saturate", "saturated"),
    _entry("tends", "", "not", "bound away from TARGET", "{BE}? <stay|stays|keep|remain|be>? <well|far|always>? away from TARGET"),
)  # fmt: skip

EQUALS = (
    _entry(
        "equals", "", "",
        "{BE} <make|set|equal|identically|identical|become|reduce|out|able to be|be|quite|all way>* <to|to be>? <a|value|value of>? VALUE",
        "{BE} <equal|identical> to TARGET", "<equal|match|coincide with|agree with> TARGET", "<equal|reach|hit|attain|achieve|become|touch|acquire> <value>? <of>? VALUE2",
        "get <all way|back|down|quite>* <to>? <be|equal|make>? VALUE", "get <all way|back|down>* to VALUE2", "<make|turn|set|render|fix|force|leave|keep|have|get|let|cause|bring|allow|drive|send> ARG <to>? <be|equal|equal to|become|be equal to|to be|hit|reach|exact|exact to|vanish to|be set to>? VALUE",
        "<output|return> <value>? <of>? VALUE", "<take|take on|assume|reach|attain|achieve|have|with|acquire|obtain|realise> <on>? <value|value of|of>* VALUE", "<come out|evaluate|set|turn out|reduce|collapse> <as|to|to be|at>? VALUE",
        "asymptotically <be|equal|reach|become>? <to>? VALUE", "zero out", "cancel to VALUE", "<stay|sit|land|lie|end up|rest|plateau> <at|on> VALUE",
        "<minimum|smallest|least|lowest|maximum|largest|highest> <possible|value|achievable|attainable|magnitude>* <of SUBJ|of|P can be|can be|P|M>? <be|equal|at>? VALUE",
    ),
    _entry(
        "equals", "", "outcome",
        "<give|yield|produce|result in|lead to|cause|obtain|generate|get|allow|achieve|attain|reach|have|find|allow for|be> <M of VALUE|VALUE M>",
        "<give|yield|produce|result in|lead to|generate> <P|WORD>? VALUE", "M of VALUE", "VALUE M", "VALUE NEEDS",
    ),
    _entry("equals", "0", "soft", "vanish <completely>?", "disappear", "<be|become> zero out"),
    _entry("equals", "0", "not", "nonzero", "<be|stay|remain>? <other than|different from|distinct from> zero"),
    _entry(
        "equals", "", "passive",
        "<be|get>? <reach|attain|achieve|realise|hit|attained|attainable|achievable|reachable|obtain|accept|touch>",
        "<get|be|make it|arrive|come|reach> <quite|all way>? there", "<reach|attain|achieve|hit|touch|get to|equal|become|meet> <P|limit|infimum|bound|value|minimum|asymptote|limit value|exact value>+",
        "VALUE be <quite|able to be|can>? <reach|attain|achieve|realise|hit|attainable|achievable|reachable|possible|obtain|touch>",
    ),
)  # fmt: skip

COMPARISONS = (
    _entry("equals", "", "not", "{BE}? <other than|different from|distinct from|unequal to|bound away from being> TARGET"),
    _entry("greater", "0", "", "{BE}? positive <number|value|quantity>?"),
    _entry("less", "0", "", "{BE}? negative <number|value|quantity>?"),
    _entry("at-least", "0", "", "{BE}? <nonnegative|not negative>"), _entry("at-most", "0", "", "{BE}? nonpositive"),
    _entry("greater", "", "", "{BE}? <greater|larger|more|higher> than TARGET", "{BE}? <above|over> TARGET", "exceed TARGET"),
    _entry("less", "", "", "{BE}? <less|smaller|lower|fewer> than TARGET", "{BE}? <below|under> TARGET"),
    _entry("at-least", "", "", "{BE}? at least TARGET", "{BE}? no <smaller|less|lower> than TARGET", "bound below by TARGET", "bound from below by TARGET", "<have|with>? lower bound <of|be|at>? TARGET"),
    _entry("at-most", "", "", "{BE}? at most TARGET", "{BE}? no <larger|more|greater|higher|bigger> than TARGET", "bound <above|from above>? by TARGET", "<have|with>? upper bound <of|be|at>? TARGET", "not exceed TARGET", "up to TARGET"),
    _entry("between", "", "", "{BE}? <lie|fall|be|stay|squash|take value|range|live>? <in|within|inside|from>? <open interval|interval|range>? <between|from|in|within|inside|range from> VALUE",
        "<have|with>? <range|image|codomain|output> <be|of|lie|in|within>* VALUE"),
)  # fmt: skip

PROPERTIES = (
    _entry("increasing", "", "", "{BE}? <monotone|monotonically|strictly>? <increasing|monotone increasing>", "increase"),
    _entry("decreasing", "", "", "{BE}? <monotone|monotonically>? <decreasing|monotone decreasing>", "<decrease|shrink|diminish|decline>", "get smaller", "smaller"),
    _entry("bounded", "", "", "{BE}? bounded", "{BE} bound"), _entry("exists", "", "", "exist", "there <will|must|can|would>? <be|exist> NAMED", "there <be|exist> ARG"),
    _entry("least", "", "", "as <{SMALL}|close to zero> as possible"), _entry("small", "", "", "{VERY}+ {SMALL}", "<make|become|get|keep> ARG small", "<be make|become|get|make> small", "<tiny|minuscule|minute|negligible>", "<get|become> smaller <and smaller>", "smaller and smaller", "close and close"), _entry("unique", "", "", "{BE}? unique", "uniquely <determine|define|give>", "<only|exactly> one"),
    _entry("invertible", "", "", "{BE}? <invertible|nonsingular>", "<have|admit|possess> inverse"), _entry("invertible", "", "not", "{BE}? singular"),
    _entry("injective", "", "", "{BE}? <injective|one-to-one|1-1|one to one|injection>"), _entry("surjective", "", "", "{BE}? <surjective|onto|surjection>"),
    _entry("bijective", "", "", "{BE}? <bijective|bijection>"), _entry("continuous", "", "", "{BE}? continuous <everywhere>?"),
    _entry("differentiable", "", "", "{BE}? <differentiable|smooth>"), _entry("convex", "", "", "{BE}? convex"), _entry("concave", "", "", "{BE}? concave"),
    _entry("constant", "", "", "{BE} constant"), _entry("symmetric", "", "", "{BE}? symmetric"), _entry("finite", "", "", "{BE} finite"),
    _entry("converges", "", "", "converge", "{BE} convergent"), _entry("even", "", "", "be even function"), _entry("odd", "", "", "be odd function"),
    _entry("periodic", "", "", "{BE}? periodic"), _entry("independent", "", "", "{BE}? independent <of SUBJ>?", "not depend on SUBJ"),
    _entry("divergent", "", "", "{BE} divergent"),
)  # fmt: skip

ENTRIES: tuple[Entry, ...] = TENDS + EQUALS + COMPARISONS + PROPERTIES
