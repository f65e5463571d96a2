"""`Let $A$ and $B$ be symmetric matrices`: letters that words call matrices, and what they say of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from grader.expressions.build import add, chain, neg, symbol, transpose
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import replace as substitute
from grader.expressions.symbols import Symbol
from grader.records import Piece
from grader.working.entailment import relevant
from grader.working.knowledge import Knowledge

_LETTERS = r"(?P<letters>\$\s*[A-Z](?:\s*,\s*[A-Z])*\s*\$(?:(?:,| and|, and| or)\s*\$\s*[A-Z]\s*\$)*)"
_SIZE = r"\$[^$]{1,20}\\times[^$]{1,20}\$"
_OF_MATRICES = r"(?:square|invertible|non-?singular|singular|skew-symmetric|symmetric|idempotent|orthogonal)"
_FILL = rf"(?:(?:an?|any|two|three|both|real|all|the|some|{_OF_MATRICES}|{_SIZE}|and|,)\s*)*"
_CALLED = (
    re.compile(rf"{_LETTERS}\s*(?:be|is|are|denotes?)\s+{_FILL}matri(?:x|ces)\b"),
    re.compile(rf"{_LETTERS}\s*(?:be|is|are)\s+(?:both )?{_OF_MATRICES}\b"),
    re.compile(rf"\bmatri(?:x|ces)\s+{_LETTERS}"),
)
_SYMMETRIC = re.compile(rf"{_LETTERS}\s*(?:be|is|are)\s+{_FILL}symmetric\b")
# Laws that are said in words alone: what does not follow for all matrices may follow for these.
_LAWS = re.compile(
    r"\b(idempotent|orthogonal|commut\w*|nilpotent|diagonal|involut\w*|hermitian|unitary|projection|triangular"
    r"|skew|scalar matri|permutation|stochastic|rank)"
)


def with_matrices(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with the letters that words call matrices, and those that they call symmetric."""
    text = "".join(f"${p.text}$" if p.kind == "math" else p.text.lower() for p in pieces)
    letters = {name for pattern in _CALLED for name in _named(pattern, text)}
    new = [Symbol(n, "matrix") for n in sorted(letters) if n not in known.table.symbols]
    if not new:
        return known
    prose = " ".join(p.text.lower() for p in pieces if p.kind != "math")
    known = replace(
        known, table=known.table.with_symbols(new), lawful=known.lawful or bool(_LAWS.search(prose))
    )
    for name in sorted(set(_named(_SYMMETRIC, text)) & letters):
        letter = symbol(name, "matrix")
        known = known.learn(chain((transpose(letter), letter), ("=",)), pieces[0].place, side=True)
    return known


def _named(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        yield from re.findall(r"[A-Z]", found["letters"])


def is_abstract(relation: Expr) -> bool:
    """Whether a relation speaks of matrices that are letters."""
    return any(part.head == "symbol" and part.kind == "matrix" for part in walk(relation))


def laws_on(relation: Expr, known: Knowledge) -> list[Expr]:
    """What is supposed of the matrices of a relation, but for their symmetry."""
    facts = [f.relation for f in relevant(known.facts, relation, known) if is_abstract(f.relation)]
    return [fact for fact in facts if _symmetry(fact) is None]


def in_general(tree: Expr, known: Knowledge) -> Expr:
    """The tree with `X + X^T` for a symmetric matrix, and `X - X^T` for a skew-symmetric one."""
    found = [pair for f in known.facts if (pair := _symmetry(f.relation)) is not None]
    return substitute(tree, dict(found))


def _symmetry(relation: Expr) -> tuple[Expr, Expr] | None:
    """A matrix and what it is in general, of `A^T = A` or `A^T = -A`."""
    if relation.head != "chain" or relation.value != ("=",):
        return None
    for left, right in (relation.args, relation.args[::-1]):
        if left.head != "transpose" or left.args[0].head != "symbol" or left.args[0].kind != "matrix":
            continue
        letter = left.args[0]
        free = symbol(f"{letter.value}_0", "matrix")
        if right is letter:
            return letter, add(free, transpose(free))
        if right is neg(letter):
            return letter, add(free, neg(transpose(free)))
    return None
