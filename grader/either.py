"""Notation that two answers may use in two ways, where nothing tells which is meant: both must agree.

`E(X)` is a product by the rule for undeclared letters, and the expectation of X in a course on probability.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.equivalence.features import features
from grader.expressions.build import ONE, call, derived, div, mul, symbol
from grader.expressions.calculus_inverse import inverse_body
from grader.expressions.nodes import Expr, node, walk
from grader.expressions.rewrite import replace, transform
from grader.expressions.symbols import SymbolTable
from grader.notation.counting import COUNTED
from grader.notation.open_names import KNOWN, PERHAPS_KNOWN, SLOPE
from grader.notation.powers import TRANSPOSED
from grader.notation.proportions import CLOCK
from grader.notation.sum_ranges import MEMBER, PAIRS
from grader.notation.tokens import GREEK_NAMES
from grader.records import Equality, Evidence, EvidenceKind, Verdict

EXPECTATION = "either:expectation"  # the tag of the choice between E times X and the expectation of X
_ARBITRARY = re.compile(r"[Cc]_\{?\d\}?")  # of a general solution
_ORDER = re.compile(r"(.+)\^\{\((\d)\)\}")  # y^{(3)}
_MOMENTS = ("E", "Var", "Cov")


def decide_either(left: Expr, right: Expr, decide: Callable[[Expr, Expr], Verdict]) -> Verdict:
    """As `decide`, in every reading of what may be meant in two ways; UNKNOWN where they do not agree.

    Where an expectation or a variance stands beside it in its own notation, an expectation is meant.
    """
    left, right = (_counted(ours, theirs) for ours, theirs in ((left, right), (right, left)))
    if not (_is_open(left) or _is_open(right)):
        return _with_conventions(left, right, decide)
    meant = decide(_read(left, 1), _read(right, 1))
    if any(_has_tag(t, EXPECTATION) for t in (left, right)) and any(_has_moment(t) for t in (left, right)):
        return meant
    written = decide(_read(left, 0), _read(right, 0))
    if written.verdict is meant.verdict:
        return written
    return _unknown(_DEPENDS[next(tag for tag in _DEPENDS if _has_tag(left, tag) or _has_tag(right, tag))])


_DEPENDS = {
    EXPECTATION: "It depends on whether E before a bracket is an expectation.",
    KNOWN: "It depends on whether a letter before a bracket is a function.",
    SLOPE: "It depends on whether D is a derivative.",
    CLOCK: "It depends on whether it is a ratio or a time.",
    PAIRS: "It depends on which letters the sum runs over.",
    TRANSPOSED: "It depends on whether T raised is the transpose.",
}


def unknown_names(verdict: Verdict, left: Expr, right: Expr, table: SymbolTable) -> Verdict:
    """DIFFERENT as UNKNOWN where it hangs on what a name means: `hav(x)`, or f in `(f + g)(x)`."""
    if verdict.verdict is not Equality.DIFFERENT:
        return verdict
    ours, theirs = (_applied(t) for t in (left, right))
    strange = {n for n in ours ^ theirs if _is_word(n.partition("_")[0])} | {"B"} & (ours ^ theirs)
    known = {"E", "P", "Pr", "Var", "Cov", "Corr", *table.by_spelling}
    strange -= known
    free = {str(s.value).rstrip("'") for t in (left, right) for s in features(t).free if s.kind == "scalar"}
    both = {n.rstrip("'") for n in ours | theirs} & free - known - PERHAPS_KNOWN
    if _has_open_range(left, ours) != _has_open_range(right, theirs):
        return _unknown("I don't know what the sum runs through.")
    for name in sorted(strange):
        return _unknown(f"I don't know what {name} means.")
    turned = {p.args[0] for t in (left, right) for p in walk(t) if p.head == "inverse"}
    for name in sorted(str(f.value) for f in turned if f.head == "symbol"):
        own = table.symbols.get(name)
        if own is not None and own.definition is not None and inverse_body(own, table) is None:
            return _unknown(f"I could not work out the inverse of {name}.")
    names = {str(s.value) for t in (left, right) for s in features(t).free}
    if len([n for n in names if _ARBITRARY.fullmatch(n) and n not in known]) > 1:
        return _unknown("It depends on which constants are arbitrary.")
    special = ours & theirs if ours and theirs else ours | theirs  # Phi(x) and phi(x) are two functions
    for name in sorted(({"O", "o"} & ours & theirs | _SPECIAL & special) - known):
        return _unknown(f"I take {name} for a function of which nothing is known.")
    for name in sorted(names):
        order = _ORDER.fullmatch(name)
        if order is not None and order[1] + "'" * int(order[2]) in names:
            return _unknown(f"It depends on whether {name} is a derivative.")
    if _is_said_of(left, right) and left.args[1] is right.args[1]:
        return _unknown(f"It depends on whether {_said(left)} and {_said(right)} are the same.")
    composed = "compose" in features(left).heads | features(right).heads
    for name in sorted(both) if not composed else ():
        return _unknown(f"{name} is a number in one place, and a function in another.")
    return verdict


def _is_said_of(left: Expr, right: Expr) -> bool:
    """`f(x) = ...` beside `y = ...`."""
    if not all(t.head == "chain" and t.value == ("=",) for t in (left, right)):
        return False
    return {left.args[0].head, right.args[0].head} == {"apply", "symbol"}


def _said(tree: Expr) -> str:
    name = tree.args[0]
    return str(name.value if name.head == "symbol" else name.args[0].value)


# Functions and operators that have rules of their own, none of which is known here.
_SPECIAL = PERHAPS_KNOWN | {"div", "curl", "laplacian", "odot"}


def _has_open_range(tree: Expr, applied: set[str]) -> bool:
    """Whether a sum runs through a set that is only named, or through all letters but some."""
    bare = (p for p in walk(tree) if p.head in ("sum", "product") and len(p.args) == 2)
    return any(n.startswith(MEMBER) for n in applied) or any(p.args[0].head == "cases" for p in bare)


def _is_word(name: str) -> bool:
    return len(name) > 1 and name.isalpha() and name.isascii() and name not in GREEK_NAMES


def _applied(tree: Expr) -> set[str]:
    """The names that are applied to something."""
    names: set[str] = set()
    for part in walk(tree) if "apply" in features(tree).heads else ():
        if part.head == "apply":
            function = part.args[0]
            while function.head in ("derived", "inverse"):
                function = function.args[0]
            if function.head == "symbol":
                names.add(str(function.value))
    return names


def _unknown(reason: str) -> Verdict:
    sentence = f"{reason} A person should look at it."
    return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, {}))


def _with_conventions(left: Expr, right: Expr, decide: Callable[[Expr, Expr], Verdict]) -> Verdict:
    """What differs as it is written may be equal by a convention that nobody states."""
    found = decide(left, right)
    if found.verdict is not Equality.DIFFERENT:
        return found
    for convention in (_antiderivatives, _conjugates, _means):
        table, said = convention((left, right))
        if table and decide(replace(left, table), replace(right, table)).verdict is Equality.EQUAL:
            return _unknown(f"They are equal if {said}, which nothing here says.")
    return found


Convention = tuple[dict[Expr, Expr], str]  # what stands for what, in words


def _antiderivatives(trees: tuple[Expr, Expr]) -> Convention:
    """Functions under an integral as derivatives of those with the same letter, written large."""
    if all("integral" not in features(t).heads for t in trees):
        return {}, ""
    applied = {p.args[0] for t in trees for p in walk(t) if p.head == "apply" and p.args[0].head == "symbol"}
    names = {str(f.value): f for f in applied}
    found = {
        f: derived(names[name.upper()], 1)
        for name, f in sorted(names.items())
        if len(name) == 1 and name.islower() and name.upper() in names
    }
    return found, ", ".join(f"{slope.args[0].value}' = {f.value}" for f, slope in found.items())


def _barred(trees: tuple[Expr, Expr]) -> dict[str, Expr]:
    """The names with a bar, by the letter under it."""
    free = sorted(features(trees[0]).free | features(trees[1]).free, key=lambda s: str(s.value))
    return {str(s.value)[4:-1]: s for s in free if str(s.value).startswith("bar(")}


def _conjugates(trees: tuple[Expr, Expr]) -> Convention:
    """`\\bar z` or `z^*` beside z, and `\\overline{zw}`, as conjugates of complex numbers."""
    free = sorted({str(s.value) for t in trees for s in features(t).free})
    marked = {name: peeled for name in free if (peeled := _unbarred(name))[1] and peeled[0].isalpha()}
    whole = {base for base, _ in marked.values() if len(base) > 1 and base.islower()}  # \\overline{zw}
    beside = {base for base, _ in marked.values() if base in free}
    spelled = [base for base, _ in marked.values()]
    beside |= {base for base in spelled if spelled.count(base) > 1}
    names = sorted({letter for base in whole for letter in base} | beside)
    table: dict[Expr, Expr] = {symbol(name): symbol(name, "complex") for name in names}
    for name, (base, times) in marked.items():
        if set(base) <= set(names):
            inner = mul(*(symbol(letter, "complex") for letter in base))
            table[symbol(name)] = call("conj", inner, kind="complex") if times % 2 else inner
    return table, ", ".join(f"bar({name}) is the conjugate of {name}" for name in names)


def _unbarred(name: str) -> tuple[str, int]:
    """A name without its bars and stars, and how many it had."""
    bars = 0
    while name.startswith("bar(") or name.endswith("^*"):
        name, bars = name[4:-1] if name.startswith("bar(") else name[:-2], bars + 1
    return name, bars


def _means(trees: tuple[Expr, Expr]) -> Convention:
    """`\\bar x` beside a sum over x_i as their mean."""
    barred = _barred(trees)
    table: dict[Expr, Expr] = {}
    for part in (p for t in trees for p in walk(t) if p.head == "sum" and len(p.args) == 4):
        for inner in walk(part.args[0]):
            named = inner.head == "index" and inner.args[1:] == (part.args[1],)
            bar = barred.get(str(inner.args[0].value)) if named else None
            if bar is not None and part.args[2] is ONE:
                table.setdefault(bar, div(node("sum", (inner, *part.args[1:])), part.args[3]))
    return table, ", ".join(f"{bar.value} is the mean" for bar in table)


def _is_open(tree: Expr) -> bool:
    return any(_has_tag(tree, tag) for tag in _DEPENDS)


def _has_tag(tree: Expr, tag: str) -> bool:
    known = features(tree).heads
    return "choice" in known and any(p.head == "choice" and p.value == tag for p in walk(tree))


def _counted(tree: Expr, other: Expr) -> Expr:
    """`5C2` as 5 times C_2 where the other answer has such a letter, and else as a number of choices."""
    if "choice" not in features(tree).heads:
        return tree
    letters = {str(s.value).partition("_")[0] for s in features(other).free}
    return _read(tree, int(bool(letters & {"C", "P"})), COUNTED)


def _read(tree: Expr, pick: int, *tags: str) -> Expr:
    wanted = tags or _DEPENDS

    def change(part: Expr) -> Expr:
        return part.args[pick] if part.head == "choice" and part.value in wanted else part

    return transform(tree, change)


def _has_moment(tree: Expr) -> bool:
    """Whether a moment stands in it, but for the brackets that may be a product."""
    return any(
        part.head == "apply" and str(part.args[0].value).rstrip("|").partition("_")[0] in _MOMENTS
        for part in walk(_read(tree, 0))
    )
