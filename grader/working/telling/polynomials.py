"""What words of a question say of a polynomial: whose roots two letters are, what remainder is left.

>>> # "the roots of $x^2 - 5x + 6 = 0$ are $p$ and $q$" -> p + q = 5, p q = 6
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from grader.equivalence.polynomial import coefficients_of
from grader.expressions.build import add, chain, div, mul, neg, sub
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols, readings, replace
from grader.notation import read
from grader.records import Piece
from grader.working.knowledge import Knowledge

_M = r"\$([^$]{1,120})\$"
_EQUATION = rf"(?:the )?(?:(?:quadratic|cubic|polynomial)s? )?(?:equation )?{_M}"
_NAMES = rf"(?P<names>{_M}(?:(?:,| and|, and) {_M})*)"
_ROOTS = (
    re.compile(rf"{_NAMES} (?:are|be) (?:the )?(?:\w+ )?roots of (?P<of>{_EQUATION})"),
    re.compile(rf"roots of (?P<of>{_EQUATION}) (?:are|be) {_NAMES}"),
    re.compile(rf"(?P<of>{_EQUATION}) has (?:the )?(?:\w+ )?roots {_NAMES}"),
)
_LEAVES = r"(?:the|a|its) remainder (?:is|equals)|(?:it )?(?:leaves|gives) (?:a|the) remainder(?: of)?"
_DIVIDED = re.compile(rf"{_M} (?:is|are) divided by {_M},? (?:{_LEAVES}) {_M}")
_FACTOR = (
    re.compile(rf"{_M} has (?:the |a )?factor {_M}"),
    re.compile(rf"(?P<by>{_M}) is a factor of (?P<whole>{_M})"),
)


def with_polynomials(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with what is told of roots and remainders as relations between letters."""
    text = "".join(f"${p.text.strip()}$" if p.kind == "math" else p.text.lower() for p in pieces)
    text = re.sub(r"\s+", " ", text)
    for relation in (*_of_roots(text, known), *_of_remainders(text, known)):
        known = known.learn(relation, pieces[0].place)
    return known


def _of_roots(text: str, known: Knowledge) -> Iterator[Expr]:
    for found in (m for pattern in _ROOTS for m in pattern.finditer(text)):
        named = [_tree(part, known) for part in re.findall(_M, found["names"])]
        letters = [one for name in named if name is not None for one in _listed(name)]
        equation = _tree(re.findall(_M, found["of"])[-1], known)
        if equation is not None and all(s.head == "symbol" for s in letters):
            yield from _sums(equation, letters)


def _listed(tree: Expr) -> tuple[Expr, ...]:
    return tree.args if tree.head == "tuple" else (tree,)


def _sums(equation: Expr, letters: Sequence[Expr]) -> Iterator[Expr]:
    """Sums of products of the roots, by the coefficients."""
    if equation.head != "chain" or equation.value != ("=",) or not 2 <= len(letters) <= 3:
        return
    gap = sub(*equation.args)
    for variable in (s for s in free_symbols(gap) if s.value in ("x", "z", "t", "y", "u", "w")):
        found = coefficients_of(gap, variable)
        if found is None or len(found) != len(letters) + 1 or set(letters) & free_symbols(gap):
            continue
        for count in range(1, len(letters) + 1):
            total = add(*(mul(*chosen) for chosen in combinations(letters, count)))
            value = div(found[-1 - count], found[-1])
            yield chain((total, value if count % 2 == 0 else neg(value)), ("=",))


def _divided(text: str) -> Iterator[tuple[str, str, str]]:
    """Polynomial, divisor and remainder, as words name them."""
    yield from _DIVIDED.findall(text)
    for whole, divisor in _FACTOR[0].findall(text):
        yield whole, divisor, "0"
    for found in _FACTOR[1].finditer(text):
        yield found["whole"].strip("$"), found["by"].strip("$"), "0"


def _of_remainders(text: str, known: Knowledge) -> Iterator[Expr]:
    for whole, divisor, rest in _divided(text):
        by, left, body = _tree(divisor, known), _tree(rest, known), _body(whole, text, known)
        if body is None or by is None or left is None:
            continue
        place = _root_of(by)
        if (
            place is not None
            and place[0] in free_symbols(body)
            and not free_symbols(left) - free_symbols(body)
        ):
            yield chain((replace(body, dict([place])), left), ("=",))


def _body(whole: str, text: str, known: Knowledge) -> Expr | None:
    """What `p(x)` is: said with it, or where it is defined."""
    said = re.search(rf"\$\s*{re.escape(whole.strip())}\s*=([^$=]+)\$", text)
    tree = _tree(said[1] if said is not None else whole.split("=")[-1], known)
    return tree if "=" in whole or said is not None or "(" not in whole else None


def _root_of(divisor: Expr) -> tuple[Expr, Expr] | None:
    """-1 for x of `x + 1`."""
    names = free_symbols(divisor)
    if len(names) != 1:
        return None
    (name,) = names
    found = coefficients_of(divisor, name)
    return (name, div(neg(found[0]), found[1])) if found is not None and len(found) == 2 else None


def _tree(text: str, known: Knowledge) -> Expr | None:
    tree = read(text, known.table).tree
    return readings(tree, 1)[0] if tree is not None else None
