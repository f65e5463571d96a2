"""LaTeX commands that are known, and what each means: closed tables, so that the unknown is loud."""

from __future__ import annotations

from grader.expressions.functions import ARITY
from grader.notation.tokens import GREEK_NAMES

# Built-in functions by every name that they go by.
FUNCTIONS: dict[str, str] = {
    name: name for name in ARITY if name not in ("max", "min", "argmax", "argmin", "arg")
}
FUNCTIONS |= {
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "acot": "arccot", "asec": "arcsec",
    "acsc": "arccsc",
    "tg": "tan", "ctg": "cot", "cotg": "cot", "arctg": "arctan", "cosec": "csc", "arcctg": "arccot",
    "arcsinh": "arsinh", "arccosh": "arcosh", "arctanh": "artanh", "arccoth": "arcoth", "asinh": "arsinh",
    "acosh": "arcosh", "atanh": "artanh", "sh": "sinh", "ch": "cosh", "th": "tanh",
    "arcsech": "arsech", "arccsch": "arcsch", "acoth": "arcoth",
    "sgn": "sign", "sg": "sign", "signum": "sign", "ceiling": "ceil", "trace": "tr", "Tr": "tr", "Re": "re",
    "Im": "im",
    "log": "log", "lg": "lg", "lb": "lb", "log10": "lg", "log2": "lb", "Arg": "arg", "arg": "arg",
    "logit": "logit", "expit": "expit", "sigmoid": "expit", "softplus": "softplus", "relu": "relu",
    "ReLU": "relu", "cis": "cis",
    "sqrt": "sqrt", "cbrt": "cbrt", "norm": "norm", "dot": "dot", "cross": "cross", "trans": "trans",
    "transpose": "trans", "inv": "inv", "conjugate": "conj", "binom": "binomial", "choose": "binomial",
    "sign": "sign", "Gamma": "gamma", "fact": "factorial", "rg": "rank",
}  # fmt: skip
del FUNCTIONS["gamma"]  # a Greek letter in LaTeX; the text syntax adds it back before a bracket
FUNCTIONS.pop("Gamma")
OPTIMA = {
    "max": "max", "min": "min", "sup": "sup", "inf": "inf", "argmax": "argmax", "argmin": "argmin",
    "maximum": "max", "minimum": "min",
}  # fmt: skip

_RELATIONS = {
    "=": "eq coloneqq coloneq eqqcolon eqcolon Coloneqq triangleq eqdef defeq",
    "!=": "ne neq", "<": "lt", "<=": "le leq leqslant leqq", ">": "gt",
    ">=": "ge geq geqslant geqq",
    "approx": "approx simeq cong approxeq doteq", "in": "in isin", "notin": "notin",
    "subset": "subset subsetneq",
    "subseteq": "subseteq", "supset": "supset supsetneq", "supseteq": "supseteq", "ni": "ni owns",
    "to": "to rightarrow longrightarrow nearrow searrow downarrow uparrow",
    "propto": "propto varpropto", "equiv": "equiv", "sim": "sim thicksim", "<<": "ll", ">>": "gg",
}  # fmt: skip
_LOGIC = {
    "implies": "implies Rightarrow Longrightarrow", "iff": "iff Leftrightarrow Longleftrightarrow",
    "therefore": "therefore hookrightarrow leadsto rightsquigarrow looparrowright Lsh",
    "because": "because Leftarrow Longleftarrow impliedby", "and": "land wedge", "or": "lor vee",
}  # fmt: skip
_SIMPLE: dict[str, str] = {
    "cdot": "cdot ast bullet cdotp", "times": "times", "/": "div slash",
    "frac": "frac dfrac tfrac cfrac nicefrac sfrac",
    "sqrt": "sqrt", "binom": "binom dbinom tbinom", "choose": "choose", "over": "over",
    "int": "int intop smallint",
    "lim": "lim",
    "nabla": "nabla", "partial": "partial", "dots": "dots ldots cdots dotsc dotsb vdots ddots hdots",
    "forall": "forall", "exists": "exists", "not": "lnot neg", "langle": "langle", "rangle": "rangle",
    "lfloor": "lfloor llcorner", "rfloor": "rfloor lrcorner", "lceil": "lceil ulcorner",
    "rceil": "rceil urcorner",
    "lset": "lbrace", "rset": "rbrace", "[": "lbrack", "]": "rbrack", "(": "lparen lgroup",
    ")": "rparen rgroup",
    "mod": "bmod mod", "pmod": "pmod", "mid": "mid", ":": "colon vcentcolon ratio",
    "boxed": "boxed fbox framebox bbox",
    "cancel": "cancel xcancel bcancel sout st", "circ": "circ", "deg": "degree", "top": "top intercal",
    "quad": "quad qquad", "\\\\": "newline cr", "^": "sp", "_": "sb", "'": "prime", "dagger": "dagger",
    "star": "star", "substack": "substack",
    "odot": "odot", "mapsto": "mapsto longmapsto", "not=": "not", "exists!": "nexists",
}  # fmt: skip
UNSUPPORTED = {
    "iint": "a double integral", "iiint": "a triple integral", "oint": "a contour integral",
    "cancelto": "a cancellation to a value", "bigoplus": "a direct sum", "oplus": "a direct sum",
    "otimes": "a tensor product", "complement": "a complement", "ce": "a chemical formula",
    "order": "an order of magnitude", "fdv": "a functional derivative", "ev": "an expectation value",
    "bra": "a bra", "ket": "a ket", "braket": "a product of states", "ketbra": "a product of states",
    "dyad": "a product of states", "comm": "a commutator", "acomm": "an anticommutator",
    "bigcup": "a union over an index", "bigcap": "an intersection over an index",
}  # fmt: skip
ACCENTS: dict[str, str] = {
    "vec": "vec", "overrightarrow": "vec", "mathbf": "vec", "boldsymbol": "vec", "bm": "vec", "bf": "vec",
    "pmb": "vec", "mathbfit": "vec", "symbf": "vec", "textbf": "vec",
    "bar": "bar", "overline": "bar", "hat": "hat", "widehat": "hat", "tilde": "tilde", "widetilde": "tilde",
    "dot": "dot", "ddot": "ddot", "check": "check", "breve": "breve", "mathring": "ring",
    "underline": "underline",
    "vb": "vec", "vectorbold": "vec", "va": "vec", "vectorarrow": "vec", "vu": "hat", "vectorunit": "hat",
    "mathcal": "cal", "mathscr": "cal", "cal": "cal", "mathfrak": "frak", "acute": "acute", "grave": "grave",
}  # fmt: skip
UPRIGHT = {"E": "\U0001d53c", "P": "\u2119", "Pr": "\u2119"}  # applied to what follows
MEANS = {"E": UPRIGHT["E"], "V": "Var"}  # applied to a name without brackets too
MOMENTS = frozenset(["Var", "Cov", "Corr", "Pr"])  # functions where a bracket follows
PLAIN_FONTS = frozenset(["mathrm", "mathit", "mathsf", "mathtt", "mathnormal", "rm", "it", "mit"])
TEXT_FONTS = frozenset(
    [
        "text",
        "textrm",
        "textit",
        "textbf",
        "textsf",
        "texttt",
        "mbox",
        "hbox",
        "textnormal",
        "textup",
        "emph",
        "textsc",
    ]
)
SETS = {"R": "reals", "N": "naturals", "Z": "integers", "Q": "rationals", "C": "complexes"}

# Commands that say nothing about the mathematics.
SKIPPED = frozenset(
    [
        "displaystyle",
        "blacksquare",
        "checkmark",
        "qed",
        "qedhere",
        "qedsymbol",
        "Box",
        "square",
        "textstyle",
        "scriptstyle",
        "scriptscriptstyle",
        "limits",
        "nolimits",
        "nonumber",
        "notag",
        "allowbreak",
        "thinspace",
        "medspace",
        "thickspace",
        "negthinspace",
        "negmedspace",
        "negthickspace",
        "enspace",
        "enskip",
        "hfill",
        "hline",
        "strut",
        "mathstrut",
        "noindent",
        "centering",
        "big*",
        "left*",
        "bigstar*",
        "Large",
        "large",
        "small",
        "normalsize",
        "tiny",
        "huge",
        "Huge",
        "LARGE",
        "par",
        "mathord",
        "mathinner",
        "nobreak",
        "relax",
        "protect",
        "hfil",
        "smallskip",
        "medskip",
        "bigskip",
        "toprule",
        "midrule",
        "bottomrule",
        "ensuremath",
        "rlap",
        "llap",
        "smash",
        "itshape",
        "rmfamily",
        "bfseries",
        "upshape",
        "footnotesize",
        "mathsurround",
    ]
)
# ... and how many arguments go with them.
DROPPED = {
    "label": 1, "tag": 1, "vspace": 1, "color": 1, "textcolor": 1, "colorbox": 1, "phantom": 1, "hphantom": 1,
    "vphantom": 1, "textcircled": 1, "circled": 1, "ref": 1, "eqref": 1, "raisebox": 1, "cline": 1,
    "setlength": 2,
    "mspace": 1, "rule": 2, "definecolor": 3,
}  # fmt: skip
COLUMN_SPACE = frozenset(["hspace"])
STARRED = frozenset(
    ["operatorname", "hspace", "vspace", "tag", "mathop", "abs", "norm", "qty", "pqty", "bqty", "vqty",
     "Bqty",
     "dv", "pdv", "eval", "vb", "va", "vu"]
)  # commands with a starred form  # fmt: skip
SIDES = {
    "left": "l", "mleft": "l", "right": "r", "mright": "r", "middle": "m",
    **{size + side: side for size in ("big", "Big", "bigg", "Bigg") for side in ("l", "r", "m", "")},
}  # fmt: skip
BARS = {
    "lvert": ("|", "l"), "rvert": ("|", "r"), "vert": ("|", ""), "lVert": ("||", "l"), "rVert": ("||", "r"),
    "Vert": ("||", ""), "parallel": ("||", ""), "|": ("||", ""),
}  # fmt: skip
CONSTANTS = {
    "infty": "oo", "infin": "oo", "emptyset": "emptyset", "varnothing": "emptyset",
    "reals": "reals", "Reals": "reals", "R": "reals", "N": "naturals", "Z": "integers", "Q": "rationals",
    "C": "complexes",
    "imaginaryunit": "i", "imaginaryI": "i", "imath": "i", "exponentialE": "e", "top*": "true",
}  # fmt: skip


def _commands() -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {name: ("name", name) for name in GREEK_NAMES | {"ell", "hbar"}}
    for kind, table in (("rel", _RELATIONS), ("logic", _LOGIC)):
        out |= {name: (kind, value) for value, names in table.items() for name in names.split()}
    out |= {name: (kind, name) for kind, names in _SIMPLE.items() for name in names.split()}
    out |= {
        name: ("fn", value) for name, value in FUNCTIONS.items() if name not in out and not name[-1].isdigit()
    }
    out |= {name: ("accent", value) for name, value in ACCENTS.items()}
    out |= {name: ("const", value) for name, value in CONSTANTS.items()}
    out |= {"sum": ("sum", "sum"), "prod": ("sum", "product"), "coprod": ("unsupported", "a coproduct")}
    out |= {name: ("unsupported", about) for name, about in UNSUPPORTED.items()}
    out |= {"cup": ("setop", "union"), "cap": ("setop", "intersection"), "setminus": ("setop", "difference")}
    out |= {"backslash": ("setop", "difference"), "smallsetminus": ("setop", "difference")}
    del out["cross"]  # a sign in LaTeX, where it stands between two operands
    out["jmath"] = ("name", "j")
    out |= {"pm": ("pm", "+-"), "mp": ("pm", "-+"), "top": ("name", "top"), "intercal": ("name", "top")}
    out |= {"limsup": ("unsupported", "an upper limit"), "liminf": ("unsupported", "a lower limit")}
    out |= {name: ("opt", value) for name, value in OPTIMA.items()} | BARS
    out |= {
        "sqrt": ("sqrt", "2"),
        "grad": ("nabla", "nabla"),
        "prime": ("'", "'"),
        "dag": ("dagger", "dagger"),
    }
    return out


COMMANDS = _commands()
# Commands that are recognized without their backslash too: no product of letters spells them.
BARE_WORDS = (GREEK_NAMES - {"mu", "nu", "xi", "Xi", "eta", "tau"}) | frozenset(
    [
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "csc",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
        "ln",
        "log",
        "exp",
        "sqrt",
        "max",
        "min",
        "argmax",
        "argmin",
    ]
)
# Control symbols: a backslash and one character.
SYMBOLS: dict[str, tuple[str, str]] = {
    "{": ("lset", "{"), "}": ("rset", "}"), "|": ("||", ""), "%": ("%", "%"), "&": ("logic", "and"),
    "\\": ("\\\\", ""),
    "_": ("word", "_"),
}  # fmt: skip
SYMBOL_SPACES = frozenset([",", ";", ":", "!", " ", ">", "\n", "/", "-"])
ROW_ENVIRONMENTS = frozenset(
    [
        "aligned",
        "align",
        "align*",
        "gather",
        "gather*",
        "gathered",
        "split",
        "eqnarray",
        "eqnarray*",
        "multline",
        "multline*",
        "equation",
        "equation*",
        "alignat",
        "alignat*",
        "alignedat",
        "flalign",
        "flalign*",
        "displaymath",
        "math",
        "dmath",
    ]
)
MATRIX_ENVIRONMENTS = frozenset(
    ["matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "array"]
)
CASES_ENVIRONMENTS = frozenset(["cases", "dcases", "rcases", "cases*", "dcases*"])
