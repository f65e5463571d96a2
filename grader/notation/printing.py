"""What both printers share: how tightly each head binds, and the shape of sums, products and chains."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.notation.labels import UNKNOWN_FUNCTIONS
from grader.notation.numerals import is_literal

LOGIC, RELATION, SETS, SUM, OPERATOR, PRODUCT, POWER, ATOM = 0, 10, 14, 20, 25, 30, 50, 60

LEVELS = {
    "and": LOGIC, "or": LOGIC, "implies": LOGIC, "iff": LOGIC, "forall": LOGIC, "exists": LOGIC, "not": LOGIC,
    "chain": RELATION, "union": SETS, "intersection": SETS, "difference": SETS, "add": SUM, "plusminus": SUM,
    "derivative": OPERATOR, "gradient": OPERATOR, "integral": OPERATOR, "limit": OPERATOR, "sum": OPERATOR,
    "product": OPERATOR, "mul": PRODUCT, "dot": OPERATOR, "cross": OPERATOR, "pow": POWER, "compose": PRODUCT,
    "at": PRODUCT, "cases": PRODUCT, "transpose": POWER,
}  # fmt: skip

_NAME = re.compile(
    r"(?P<base>.+?)(?P<below>_(?:\{.*\}|[^_^']))?(?P<above>\^(?:\*|\{\(.+\)\}))?(?P<primes>'*)", re.DOTALL
)
_DECORATED = re.compile(r"(?P<accent>[a-z]+)\((?P<inner>.+)\)", re.DOTALL)


def split_name(name: str) -> tuple[str, str, str, str]:
    """Base, subscript, superscript and primes of a symbol's name."""
    found = _NAME.fullmatch(name)
    if found is None:
        return name, "", "", ""
    return found["base"], found["below"] or "", found["above"] or "", found["primes"]


def split_accent(base: str) -> tuple[str, str]:
    """The accent over a base, and what is under it: vec(w) is ("vec", "w")."""
    found = _DECORATED.fullmatch(base)
    return (found["accent"], found["inner"]) if found else ("", base)


def plain_digits(value: Fraction, places: int) -> str:
    """A decimal as it was written, with its number of places."""
    scaled = abs(value) * 10**places
    digits = str(int(scaled)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return ("-" if value < 0 else "") + text


def is_negative(tree: Expr) -> bool:
    """Whether a literal carries a minus sign."""
    if tree.head == "number":
        return bool(tree.value < 0)
    return tree.head == "decimal" and bool(tree.value[0] < 0)


def level_of(tree: Expr) -> int:
    """How tightly the printed form of a tree binds."""
    if tree.head == "mul":
        return SUM if is_negative(tree.args[0]) else PRODUCT
    if is_negative(tree):
        return SUM
    if tree.head == "number" and tree.value.denominator != 1:
        return PRODUCT
    if (
        tree.head == "call"
        and tree.value in ("max", "min", "sup", "inf", "argmax", "argmin")
        and is_optimum(tree)
    ):
        return OPERATOR
    return LEVELS.get(tree.head, ATOM)


def is_optimum(tree: Expr) -> bool:
    """max over a condition, held as the maximum of a described set."""
    return len(tree.args) == 1 and tree.args[0].head == "setbuilder"


def unsigned(tree: Expr) -> tuple[bool, Expr]:
    """The sign of a term, and the term without it, such that reading `-term` gives the term back."""
    if is_literal(tree) and is_negative(tree):
        return True, build.neg(tree)
    if tree.head == "mul" and is_negative(tree.args[0]):
        first, rest = tree.args[0], tree.args[1:]
        if first is build.MINUS_ONE and not is_literal(rest[0]):
            bare = build.mul(*rest)
            if bare.head != "mul" or len(rest) == len(bare.args):
                return True, bare
        return True, build.mul(build.neg(first), *rest)
    return False, tree


def takes_next(tree: Expr) -> bool:
    """Whether a factor written after this one would be read as its argument."""
    while tree.head == "pow":
        tree = tree.args[0]
    if tree.head == "index":
        tree = tree.args[0]
    if tree.head in ("inverse", "derived", "compose"):
        return True
    if tree.head != "symbol":
        return False
    base = split_name(str(tree.value))[0]
    return tree.kind == "function" or base in UNKNOWN_FUNCTIONS or len(split_accent(base)[1]) > 1


def fraction_parts(factors: tuple[Expr, ...]) -> tuple[tuple[Expr, ...], Expr, tuple[Expr, ...]] | None:
    """Factors up to the first reciprocal, what stands under the bar, and the factors after it."""
    for place, factor in enumerate(factors):
        if place and factor.head == "pow" and factor.args[1] is build.MINUS_ONE and factor.kind != "matrix":
            return factors[:place], factor.args[0], factors[place + 1 :]
    return None


In = Callable[[Expr, int], str]  # the text of a tree, in brackets if it binds less tightly than a level


def preferred(tree: Expr) -> Expr:
    """Of ambiguous notation, the reading that is printed."""
    while tree.head == "choice":
        tree = tree.args[0]
    return tree


def sum_text(tree: Expr, within: In, level: int, signs: tuple[str, str]) -> str:
    """Terms with their signs between; `signs` are those for plus-minus and minus-plus."""
    out = ""
    for term in tree.args:
        shown = preferred(term)
        if shown.head == "plusminus":
            sign, bare = signs[shown.value == "-+"], shown.args[0]
        else:
            negative, bare = unsigned(shown)
            sign = "-" if negative else "+"
        text = within(bare, level)
        if out:
            out += f" {sign} {text}"
        elif sign == "+":
            out = text
        else:
            out = f"{sign} {text}" if sign.startswith("\\") else sign + text
    return out


def negated_text(tree: Expr, within: In, product: Callable[[tuple[Expr, ...]], str]) -> str:
    """A product with its sign in front."""
    negative, bare = unsigned(tree)
    if negative:
        return "-" + (product(bare.args) if bare.head == "mul" else within(bare, PRODUCT))
    return product(tree.args)


def chain_text(tree: Expr, within: In, relations: Mapping[str, str]) -> str:
    """`a = b < c`."""
    out = within(tree.args[0], RELATION + 1)
    for op, member in zip(tree.value, tree.args[1:], strict=True):
        out += f" {relations.get(op, op)} {within(member, RELATION + 1)}"
    return out


def takes_square_brackets(function: Expr) -> bool:
    """Whether a name acts on what stands in square brackets, and multiplies round ones: `E_p[x]`."""
    return function.head == "symbol" and str(function.value).startswith("E_")


def signed_call(tree: Expr, within: In, product: str, member: str) -> str | None:
    """`(u ⊙ v)`, `[i ∈ S]`: applications that are written with a sign between; None for any other."""
    name = tree.args[0].value if tree.args[0].head == "symbol" else None
    if name == "odot":
        return "(" + f" {product} ".join(within(a, PRODUCT + 1) for a in tree.args[1:]) + ")"
    if isinstance(name, str) and name.startswith("in "):
        return f"[{within(tree.args[1], ATOM)} {member} {name[3:]}]"
    return None


def joined_text(tree: Expr, within: In, joiners: Mapping[str, str]) -> str:
    """Statements or sets with the joining sign between."""
    return f" {joiners[tree.head]} ".join(within(a, LEVELS[tree.head] + 1) for a in tree.args)


def conditions_of(tree: Expr) -> tuple[Expr, tuple[Expr, ...]]:
    """What a described set holds, and the conditions on it."""
    element, condition = tree.args
    return element, condition.args if condition.head == "and" else (condition,)
