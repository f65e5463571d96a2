"""The words that claims are made of, as data: verbs and their forms, connectives, negators, values.

A word belongs here if it says how a clause is built. What a clause claims (approach, vanish, be
unique) is in `predicates`. Lemmas, not inflected forms, unless a table says otherwise.
"""

from __future__ import annotations

from typing import Literal

Role = Literal["main", "condition", "reason", "result", "contrast", "purpose", "with", "question"]

VERBS = tuple(
    """
    accept achieve acquire allow answer appear approach approximate ask assume attain avoid be become
    blow bound bring cause change choose collapse come compute conclude consider converge crash decay
    decline decrease demand descend die diminish disappear diverge do drive drift drop equal equate evaluate
    exceed exist expand explode extend fade fail fall find fix flatten follow force get give go grow happen
    have hit hold imply increase keep lead leave let level lie lower maintain make mean minimise move
    necessitate need obtain occur oscillate pick plateau point possess prevent produce pull push put race
    raise reach realise reduce remain render require result rise rule run saturate scale see seem select
    send set shoot shrink sit slide squash stay stop suffice take taper tend touch trend turn vanish vary
    want wish yield zero zoom head climb dwindle plunge sink hover get_away want like desire please select
    blow_up attempt try ensure guarantee show stretch multiply
    """.split()
)

IRREGULAR = {
    "am": "be", "is": "be", "are": "be", "was": "be", "been": "be", "being": "be",
    "has": "have", "had": "have", "having": "have", "does": "do", "did": "do", "done": "do", "doing": "do",
    "goes": "go", "went": "go", "gone": "go", "going": "go", "got": "get", "gotten": "get",
    "gets": "get", "getting": "get", "grew": "grow", "grown": "grow", "became": "become",
    "made": "make", "sent": "send", "took": "take", "taken": "take", "brought": "bring", "drove": "drive",
    "driven": "drive", "shrank": "shrink", "shrunk": "shrink", "fell": "fall", "fallen": "fall",
    "rose": "rise", "risen": "rise", "came": "come", "ran": "run", "gave": "give", "given": "given",
    "kept": "keep", "held": "hold", "led": "lead", "meant": "mean", "chose": "choose", "chosen": "choose",
    "blew": "blow", "blown": "blow", "lying": "lie", "lain": "lie", "dying": "die", "left": "leave",
    "nearing": "approach", "nears": "approach", "neared": "approach", "letting": "let", "setting": "set",
    "running": "run", "hitting": "hit", "putting": "put", "stopping": "stop", "sat": "sit",
    "sinks": "sink", "sank": "sink", "sunk": "sink", "shot": "shoot",
}  # fmt: skip

SPELLINGS = {
    "minimize": "minimise", "minimizes": "minimise", "minimizing": "minimise", "minimized": "minimise",
    "realize": "realise", "realized": "realise", "towards": "toward", "infinities": "infinity",
    "nearest": "near", "till": "until", "nought": "zero", "naught": "zero", "nil": "zero", "null": "zero",
    "zeroes": "zero", "zeros": "zero", "non": "not", "inf": "infinity", "infty": "infinity",
    "one's": "one", "infinitesimally": "infinitesimally", "w/": "with", "w/o": "without", "b/c": "because",
    "&": "and", "@": "at", "tho": "though", "bigger": "larger", "greater": "greater", "huger": "larger",
    "cuz": "because", "coz": "because", "iff": "iff", "until": "until", "lim": "limit", "s.t.": "such that",
    "zero-valued": "zero", "zeroed": "zero", "upto": "up to", "onto": "to",
    "limits": "limit", "limiting": "limit", "asymptotes": "asymptote", "bounds": "bound",
}  # fmt: skip

CONTRACTIONS = {
    "cannot": "can not", "can't": "can not", "cant": "can not", "won't": "will not", "wont": "will not",
    "isn't": "be not", "isnt": "be not", "aren't": "be not", "wasn't": "be not", "weren't": "be not",
    "doesn't": "do not", "doesnt": "do not", "don't": "do not", "dont": "do not", "didn't": "do not",
    "hasn't": "have not", "haven't": "have not", "couldn't": "can not", "couldnt": "can not",
    "wouldn't": "would not", "wouldnt": "would not", "shouldn't": "should not", "ain't": "be not",
    "it's": "it be", "that's": "that be", "there's": "there be", "there'd": "there would", "it'd": "it would",
    "it'll": "it will", "that'll": "that will", "we'd": "we would", "we'll": "we will", "we're": "we be",
    "you'll": "you will", "let's": "let", "they're": "they be", "what's": "what be", "here's": "here be",
    "were": "were be", "could": "can", "may": "may", "shall": "will", "'cause": "because", "ie": "that be", "i.e.": "that be",
    "nor": "nor", "non-vanishing": "never vanish", "nonvanishing": "never vanish", "e.g.": "such as",
    "w.r.t.": "wrt", "wrt": "wrt", "s.t.": "such that", "whichever": "which", "wherever": "where",
    "i'd": "i would", "i'm": "i be", "i'll": "i will", "you'd": "you would", "he's": "he be",
}  # fmt: skip

NEGATORS = frozenset(
    """nope not never no none nothing neither nor without impossible unable fail prevent stop avoid
    false untrue incapable unattainable hardly nowhere infeasible""".split()
)

# Words inside a predicate that do not change which one it is ("is never exactly zero", "can go to").
COLOURING = frozenset("were neither not never only can will would do hardly nowhere both either must should".split())

# "no matter how large" denies nothing, and "cannot get any smaller than" is no denial of a limit.
NEUTRAL_NEGATIONS = ("no matter", "not only", "not just", "not merely", "no doubt", "no longer only", "not to mention")

# A negated one of these after a claim, or alone, takes the claim back: "which is impossible".
IMPOSSIBLE = (
    "impossible", "infeasible", "unattainable", "unreachable", "absurd", "contradiction", "out of reach",
    "not <be>? <able to be>? <possible|feasible|attainable|achievable|reachable|allowed|doable|permitted|realistic>",
    "<not|never> <can|do|will|would>? <happen|occur|exist|hold|arise>",
    "<not|never> be? <do|achieve|attain|reach|realise|satisfy|possible|the case|true|case|attainable|reachable>",
    "<not|never> <attain|reach|achieve>? exist", "contradict", "no such SUBJ? <w|value|point>? <exist>?",
    "<not|never> <be>? <a>? finite", "false", "untrue", "rule out", "not be solution",
    "<neither|none> <of>? <P>? <be>? <possible|feasible|attainable|achievable|reachable|allow|reach|attain|achieve|happen|occur>",
)  # fmt: skip

ROLES: dict[str, Role] = {
    "as": "condition", "when": "condition", "whenever": "condition", "if": "condition", "once": "condition",
    "provided": "condition", "for": "condition", "at": "condition", "where": "condition", "until": "condition",
    "unless": "condition", "except": "condition", "iff": "condition", "with": "with", "by": "with",
    "via": "with", "while": "contrast", "without": "contrast", "upon": "condition", "assuming": "condition",
    "assume": "condition", "given": "reason", "because": "reason", "since": "reason", "but": "contrast",
    "although": "contrast", "though": "contrast", "however": "contrast", "yet": "contrast",
    "whereas": "contrast", "despite": "contrast", "so": "result", "thus": "result", "hence": "result",
    "therefore": "result", "then": "result", "which": "result", "meaning": "result", "implies": "result",
    "imply": "result", "mean": "result", "consequently": "result", "and": "main", "or": "main", "nor": "main",
    "whether": "question", "because of": "reason", "even": "contrast", "such": "condition",
    "similarly": "main", "likewise": "main", "conversely": "main", "also": "main", "rather": "contrast",
    "nevertheless": "contrast", "nonetheless": "contrast", "still": "contrast", "instead": "contrast",
    "namely": "main", "i.e.": "main", "plus": "main", "therefor": "result", "causing": "result",
}  # fmt: skip

# Words that add nothing to what is claimed; left out before clauses are read.
EMPTY = frozenset(
    """a an the its our their your my ever just quite also simply too actually exactly truly really
    altogether own overall resulting total very_own some again merely indeed itself himself themselves
    whatsoever literally here value-wise perfectly fully completely entirely precisely strictly always
    ultimately eventually finally asymptotically_ basically_ gradually identically completely certainly
    clearly obviously mathematically theoretically technically numerically theory practice principle
    squared-error resulting corresponding respective said desired given_ above below_ following all
     each own actual""".split()
)

KEPT_ADVERBS = frozenset(
    """only arbitrarily infinitely infinitesimally vanishingly increasingly unboundedly indefinitely nearly
    practically approximately virtually effectively essentially basically possibly probably presumably
    extremely highly sufficiently negatively positively necessarily asymptotically hardly really early
    family reply apply supply multiply imply rely monotonically roughly""".split()
)

HEDGES = (
    "maybe", "perhaps", "might", "possibly", "probably", "presumably", "unsure", "uncertain", "i guess",
    "not <be>? <sure|certain>", "i <do not|not> know", "can not <tell|decide>", "<do not|not> know", "not clear",
    "unclear", "hard to <say|tell>", "i suppose", "in doubt", "either way", "may",
)  # fmt: skip

# What somebody else would say: the clause is told, not claimed.
REPORTED = (
    "<one|you|we|someone|people|i> <might|may|would|could|can> <think|expect|say|suppose|believe|hope>",
    "mistake", "misconception", "wrong to", "incorrect to", "mistaken", "wrongly", "at first glance",
    "seem like",
)  # fmt: skip

COMMANDS = (
    "grader", "autograder", "full <mark|marks|credit|points|point|score>",
    "<award|give|grant|assign> <me|us|him|student|answer|solution|question|all|full|maximum|every|P|V|M>* <mark|marks|points|point|credit|score>",
    "<ignore|disregard|forget|override> <all|previous|prior|above|these|those|earlier|your|rest|of>* <instruction|instructions|rubric|scheme|rules|prompt>",
    "mark <this|it|me|question|answer|as|all|V>* <correct|right>", "<this|answer|it> <should|must> be <accepted|graded|marked>",
    "system prompt", "you be <an|a|now>? <ai|assistant|model|language>",
)  # fmt: skip

DETERMINERS = frozenset("my a an the its their our your some each every any this that these those".split())

# Nouns that are verbs as well: "sigma never outputs 0".
NOUN_VERBS = frozenset(["output", "limit", "measure", "score"])

PRONOUNS = frozenset(["it", "this", "that", "they", "these", "those", "which", "them", "latter", "former"])

WISHES = frozenset(
    """need want have able possible impossible try like suffice enough allow ought suppose force cause
    require tend how way fail order unable attempt go continue appear seem about close near know ensure
    equal lead come get up due point down get access prefer wish desire impossible hard easy happen""".split()
)

CAN = frozenset(["can", "able", "possible", "may", "capable"])
MUST = frozenset(["must", "need", "require", "should", "ought", "necessary", "want", "force", "ought"])
WOULD = frozenset(["would", "were", "suppose", "assume", "hypothetically"])

TRANSPARENT = frozenset(
    """value quantity expression function term factor choice entry result answer case output size
    component argument limit magnitude norm length amount number variable product""".split()
)
OPAQUE = frozenset(
    """derivative sign log logarithm square root change reciprocal inverse exponent direction rate rest
    exponential minimum maximum definition formula equation graph plot curve range domain image
    shape dimension dependence increase decrease second-derivative half power sum part""".split()
)
NORM_WORDS = frozenset(["norm", "magnitude", "length", "size", "modulus"])
# Nouns that say nothing of their own: "the answer is never zero" speaks of what was asked.
PLAIN_NOUNS = TRANSPARENT | frozenset(
    """minimum maximum infimum supremum point way short answer bound asymptote thing conclusion summary word
    time end fact moment idea reason problem case side hand same other""".split()
)
ABS_WORDS = frozenset(["absolute value", "modulus", "magnitude", "size", "abs"])
