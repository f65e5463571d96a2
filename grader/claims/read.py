"""From the pieces of a section to its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.claims.discourse import Discourse
from grader.claims.formulas import FormulaReader
from grader.claims.model import ClaimReading, QuantityLike, Unclear
from grader.claims.quantities import lexis
from grader.claims.reader import sentences
from grader.claims.resolve import tollens
from grader.expressions.nodes import Expr
from grader.expressions.symbols import SymbolTable
from grader.records import Piece


def read_claims(
    pieces: Sequence[Piece],
    table: SymbolTable,
    quantities: Sequence[QuantityLike],
    focus: str,
    macros: Mapping[str, tuple[int, str]] = {},
) -> ClaimReading:
    """What a section says of its quantities, in prose and in formulas.

    `focus` names the quantity that "it" stands for when nothing else does. Never raises for what is
    written: a clause that speaks of a quantity and is not understood is `unclear`.
    """
    meant: dict[Expr, Expr] = {}
    words = lexis(quantities, table, focus, meant)
    reader = FormulaReader(table, words, macros)
    discourse = Discourse(pieces, words)
    for items in sentences(pieces, reader, _names(table)):
        discourse.add(items)
    tollens(discourse.drafts)
    return _settled(discourse)


def _names(table: SymbolTable) -> frozenset[str]:
    spelled = {*table.symbols, *table.by_spelling, "exp", "ln", "log", "phi", "sigma", "sin", "cos", "tan", "sqrt"}
    return frozenset(n for n in spelled if len(n) > 1 and n.isalpha())


def _settled(discourse: Discourse) -> ClaimReading:
    claims, unclear = [], list(discourse.unclear)
    for draft in discourse.drafts:
        if draft.hedge == "told":
            continue
        if draft.hedge:
            unclear.append(Unclear(draft.place, draft.source, draft.hedge))
        else:
            claims.append(draft.settled())
    return ClaimReading(tuple(claims), tuple(dict.fromkeys(unclear)))
