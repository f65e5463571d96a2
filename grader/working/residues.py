"""Whole numbers by their remainders: what congruences allow, tried for every remainder there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import gcd, lcm

from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols

Remainders = Mapping[Expr, int]
_MAX_PLACES = 20_000


def is_congruence(relation: Expr) -> bool:
    """Whether a relation compares remainders: `5x = 3 (mod 17)`; so do several that "or" joins."""
    if relation.head == "or":
        return all(is_congruence(part) for part in relation.args)
    return relation.head == "chain" and all(_is_remainder(side) for side in relation.args)


def _is_remainder(tree: Expr) -> bool:
    return tree.head == "call" and tree.value == "mod"


def modulus_of(relation: Expr) -> int:
    """The number by which a congruence divides; 0 for an equation, or where it is no number."""
    if relation.head != "chain" or not is_congruence(relation):
        return 0
    by = relation.args[0].args[1]
    plain = by.head == "number" and by.value.denominator == 1 and by.value > 1
    return int(by.value) if plain else 0


def allowed(premises: Sequence[Expr], others: Sequence[Expr]) -> Iterator[Remainders] | None:
    """Every way to choose remainders, for the names of all relations, that fulfils the premises.

    None where there are too many to try, or where something is no whole number made of names.
    """
    relations = (*premises, *others)
    links = [part for r in relations for part in walk(r) if part.head == "chain"]
    moduli = [modulus_of(link) for link in links if is_congruence(link)]
    if not moduli or 0 in moduli:
        return None
    whole = lcm(*moduli)
    names = sorted({s for r in relations for s in free_symbols(r)}, key=lambda s: str(s.value))
    if not names or whole ** len(names) > _MAX_PLACES:
        return None
    if any(s.kind not in ("scalar", "integer") for s in names):
        return None
    ones = dict.fromkeys(names, 1)
    if any(fulfils(r, ones, whole) is None for r in relations):
        return None
    places = (dict(zip(names, row, strict=True)) for row in product(range(whole), repeat=len(names)))
    return (place for place in places if all(fulfils(p, place, whole) for p in premises))


def fulfils(relation: Expr, place: Remainders, whole: int) -> bool | None:
    """Whether a relation is true of some remainders; None where it cannot be worked out.

    An equation is compared by the largest modulus that is looked at.
    """
    if relation.head == "or":
        parts = [fulfils(part, place, whole) for part in relation.args]
        return None if None in parts else any(parts)
    own = modulus_of(relation)
    sides = [side.args[0] for side in relation.args] if own else list(relation.args)
    found = [residue(side, place, own or whole) for side in sides]
    return None if None in found else len(set(found)) == 1


def residue(tree: Expr, place: Remainders, modulus: int) -> int | None:
    """The remainder of a sum, product or power of names and numbers; None for anything else."""
    if tree.head == "symbol":
        return place[tree] % modulus if tree in place else None
    if tree.head == "number":
        return _fraction(tree.value.numerator, tree.value.denominator, modulus)
    if tree.head == "pow":
        return _power(tree, place, modulus)
    if tree.head not in ("add", "mul"):
        return None
    total = 0 if tree.head == "add" else 1
    for part in tree.args:
        one = residue(part, place, modulus)
        if one is None:
            return None
        total = (total + one if tree.head == "add" else total * one) % modulus
    return total


def _power(tree: Expr, place: Remainders, modulus: int) -> int | None:
    base, exponent = residue(tree.args[0], place, modulus), tree.args[1]
    if base is None or exponent.head != "number" or exponent.value.denominator != 1:
        return None
    if exponent.value < 0 and (free_symbols(tree.args[0]) or gcd(base, modulus) != 1):
        return None
    return pow(base, int(exponent.value), modulus)


def _fraction(top: int, bottom: int, modulus: int) -> int | None:
    """`3/5`, where 5 has an inverse."""
    return top * pow(bottom, -1, modulus) % modulus if gcd(bottom, modulus) == 1 else None
