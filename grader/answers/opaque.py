"""Values of which nothing is known, where a formula may have none: f(x) in `ln(f(x)^2)`, a_i in `a_i/a_i`.

Each is taken as a number of its own, so that 0 and negative numbers are tried as they are for a letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from grader.equivalence import turning
from grader.equivalence.features import features
from grader.expressions.build import symbol
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import BINDERS, replace
from grader.expressions.symbols import Symbol, SymbolTable
from grader.notation.plain import to_text
from grader.records import Equality, Verdict

_HEADS = frozenset(["apply", "index", "dot"])
_MOST = 4
Decide = Callable[[Expr, Expr, SymbolTable], Verdict]


def with_free_values(found: Verdict, left: Expr, right: Expr, table: SymbolTable, decide: Decide) -> Verdict:
    """EQUAL as DIFFERENT where only the domain differs once such values are numbers of their own."""
    heads = features(left).heads | features(right).heads
    if found.verdict is not Equality.EQUAL or left is right or heads.isdisjoint(_HEADS) or "choice" in heads:
        return found
    letters = _letters((left, right), table)
    if not letters:
        return found
    own = table.with_symbols([Symbol(str(s.value), "scalar", domain=d) for s, d in letters.values()])
    ours, theirs = (replace(t, {part: s for part, (s, _) in letters.items()}) for t in (left, right))
    other = decide(ours, theirs, own)
    data = other.evidence.data if other.evidence is not None else {}
    return other if other.verdict is Equality.DIFFERENT and data.get("domain_only") else found


def _letters(trees: tuple[Expr, Expr], table: SymbolTable) -> dict[Expr, tuple[Expr, Domain | None]]:
    """The values in question as letters, with the domains of their families."""
    held = [t.part for tree in trees for t in turning.turns(tree) if t.how in ("pole", "edge")]
    bound = {p.args[1] for t in trees for p in walk(t) if p.head in BINDERS and len(p.args) > 1}
    found: dict[Expr, tuple[Expr, Domain | None]] = {}
    for part in _outermost(held):
        known = table.symbols.get(part.args[0].value) if part.args[0].head == "symbol" else None
        defined = known is not None and (
            known.definition is not None or (known.kind == "function" and known.domain)
        )
        if not defined and features(part).free.isdisjoint(bound) and len(found) < _MOST:
            domain = known.domain if known is not None and part.head == "index" else None
            found[part] = (symbol(to_text(part)), domain)
    return found


def _is_defined(known: Symbol | None) -> bool:
    if known is None:
        return False
    return known.definition is not None or (known.kind == "function" and known.domain is not None)


def _outermost(parts: Iterable[Expr]) -> list[Expr]:
    """The values that stand in no other one."""
    found: dict[Expr, None] = {}
    stack = list(parts)
    while stack:
        top = stack.pop()
        if top.head in _HEADS:
            if top.kind == "scalar":
                found[top] = None
        else:
            stack.extend(top.args)
    return list(found)
