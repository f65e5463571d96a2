"""The words of plain text that are signs, and those that are no product of letters."""

from __future__ import annotations

from grader.notation import commands as known
from grader.notation.tokens import GREEK_NAMES

WORDS: dict[str, tuple[str, str]] = {
    **{name: ("fn", value) for name, value in known.FUNCTIONS.items() if len(name) > 1},
    **{name: ("name", name) for name in GREEK_NAMES},
    **{name: ("opt", value) for name, value in known.OPTIMA.items()},
    "oo": ("const", "oo"), "inf": ("const", "oo"), "infinity": ("const", "oo"), "infty": ("const", "oo"),
    "grad": ("nabla", "nabla"), "nabla": ("nabla", "nabla"), "gradient": ("nabla", "nabla"),
    "partial": ("partial", "partial"),
    "in": ("rel", "in"), "notin": ("rel", "notin"), "union": ("setop", "union"),
    "intersect": ("setop", "intersection"),
    "mod": ("mod", "mod"), "implies": ("logic", "implies"), "iff": ("logic", "iff"), "not": ("not", "not"),
    "hat": ("accent", "hat"), "bar": ("accent", "bar"), "vec": ("accent", "vec"),
    "tilde": ("accent", "tilde"),
    "cal": ("accent", "cal"), "ddot": ("accent", "ddot"), "underline": ("accent", "underline"),
    "ring": ("accent", "ring"), "breve": ("accent", "breve"), "frak": ("accent", "frak"),
    "integrate": ("binder", "integral"), "diff": ("binder", "derivative"), "limit": ("binder", "limit"),
    "lim": ("binder", "limit"),
    "sum": ("binder", "sum"), "prod": ("binder", "product"), "product": ("binder", "product"),
    "emptyset": ("const", "emptyset"),
    "int": ("int", "int"), "root": ("binder", "root"), "factorial": ("fn", "factorial"),
    "matrix": ("binder", "matrix"),
    "forall": ("forall", "forall"), "exists": ("exists", "exists"), "degrees": ("deg", "°"),
    "deg": ("deg", "°"),
    "at": ("binder", "at"), "derivative": ("binder", "derivative"), "percent": ("%", "%"), "pct": ("%", "%"),
    "reals": ("const", "reals"), "integers": ("const", "integers"), "naturals": ("const", "naturals"),
    "rationals": ("const", "rationals"), "complexes": ("const", "complexes"),
    "piecewise": ("binder", "cases"),
    "true": ("const", "true"), "false": ("const", "false"), "approx": ("rel", "approx"),
    "index": ("binder", "index"),
    "div": ("operator", "div"), "curl": ("operator", "curl"),
    **dict.fromkeys(["nCr", "ncr", "comb", "combin", "combinations"], ("fn", "binomial")),
    **dict.fromkeys(["nPr", "npr", "perm", "permutations"], ("binder", "permutations")),
}  # fmt: skip
NEEDS_BRACKET = frozenset(
    ["hat", "bar", "vec", "tilde", "cal", "ddot", "underline", "ring", "breve", "frak", "gamma", "re", "im",
     "arg", "sum", "at",
     "ch", "sh", "th", "rank", "norm", "dot", "inv", "fact", "sg", "rg", "root", "product", "matrix",
     "index", "piecewise", "limit", "div", "curl",
     "nCr", "ncr", "comb", "combin", "combinations", "nPr", "npr", "perm",
     "permutations"]
)  # fmt: skip
STOPWORDS = frozenset(
    ["the", "its", "not", "can", "yes", "any", "has", "was", "are", "but", "all", "one", "two", "you",
     "it", "is", "to", "be", "of", "by", "we", "as", "an", "on", "do", "no", "ans", "avg", "vol"]
)  # fmt: skip
