"""From the pieces of a section to its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.claims.approaching import with_ways
from grader.claims.context import Context
from grader.claims.denials import tollens
from grader.claims.discourse import Discourse
from grader.claims.drafts import Draft
from grader.claims.false_limits import mark_false_limits
from grader.claims.formulas import FormulaReader
from grader.claims.items import Item, is_value
from grader.claims.model import ASSERTED, ClaimReading, QuantityLike, Unclear
from grader.claims.plausible import doubt_limits
from grader.claims.quantities import Lexis, lexis, unfold
from grader.claims.reader import sentences
from grader.claims.restated import Signature, is_restated, pieces_of, signatures
from grader.claims.silence import unread
from grader.claims.whole_domain import without_whole_domain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.expressions.symbols import Alike, SymbolTable
from grader.notation.one_example import example_letters
from grader.records import Piece

Macros = Mapping[str, tuple[int, str]]


def read_claims(
    pieces: Sequence[Piece],
    table: SymbolTable,
    quantities: Sequence[QuantityLike],
    focus: str,
    macros: Macros | None = None,
    restated: str = "",
) -> ClaimReading:
    """What a section says of its quantities, in prose and in formulas.

    `focus` names the quantity that "it" stands for when nothing else does, and that "No." answers for.
    `restated` is the question's own text: a sentence that only repeats it claims nothing.
    Never raises for what is written: a clause that speaks of a quantity and is not understood is `unclear`.
    """
    pieces = without_whole_domain(pieces, table)
    asked = _question(Alike(table), tuple(quantities), focus, restated)
    words, names = asked.words, asked.names
    examples = example_letters(pieces, table)
    read = sentences(pieces, FormulaReader(table, words, macros or {}, names, examples))
    meant = _definitions(read, table, quantities)
    if meant:
        words = lexis(quantities, table, focus, meant)
        read = sentences(pieces, FormulaReader(table, words, macros or {}, names, examples))
        asked = _asked(table, words, names, restated)
    discourse = Discourse(Context(pieces, words, topic=list(asked.topic)))
    for items in read:
        if not is_restated(items, asked.known):
            discourse.add(items)
    tollens(discourse.context.drafts)
    doubt_limits(discourse.context.drafts, words)
    mark_false_limits(discourse.context.drafts, words)
    return _settled(discourse.context)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question's own text, read: the words for it, what is only restated, what "yes" would say."""

    words: Lexis
    names: frozenset[str]
    known: frozenset[Signature]
    topic: tuple[Draft, ...]


@lru_cache(maxsize=64)
def _question(alike: Alike, quantities: tuple[QuantityLike, ...], focus: str, restated: str) -> _Asked:
    """Read once for a class, as long as nobody has names of their own."""
    words = lexis(quantities, alike.table, focus, {})
    return _asked(alike.table, words, _names(alike.table), restated)


def _asked(table: SymbolTable, words: Lexis, names: frozenset[str], restated: str) -> _Asked:
    question = pieces_of(restated)
    read = sentences(question, FormulaReader(table, words, {}, names))
    return _Asked(words, names, signatures(read), tuple(_topic(question, words, read)))


def _topic(pieces: Sequence[Piece], words: Lexis, asked: Sequence[list[Item]]) -> list[Draft]:
    """What the question's own last yes/no question asks: "yes" says so."""
    discourse = Discourse(Context(pieces, words))
    found: list[Draft] = []
    for items in asked:
        discourse.add(items)
        found = discourse.context.asked or found
    return found


def _definitions(
    read: Sequence[Sequence[Item]], table: SymbolTable, quantities: Sequence[QuantityLike]
) -> dict[Expr, Expr]:
    """The student's own names: `s = w . phi(x)` where s is declared nowhere."""
    known = {*table.symbols, *(q.name for q in quantities)}
    found: dict[Expr, Expr] = {}
    for item in (i for items in read for i in items):
        if item.kind != "relation" or item.operators[0] != "=":
            continue
        for name, body in (item.trees[:2], item.trees[1::-1]):
            new = name.head == "symbol" and name.kind != "function" and name.value not in known
            if new and not is_value(body) and name not in free_symbols(body):
                found.setdefault(name, unfold(body, quantities))
                break
    return found


def _names(table: SymbolTable) -> frozenset[str]:
    spelled = {
        *table.symbols,
        *table.by_spelling,
        "exp",
        "ln",
        "log",
        "phi",
        "sigma",
        "sin",
        "cos",
        "tan",
        "sqrt",
    }
    return frozenset(n for n in spelled if len(n) > 1 and n.isalpha())


def _only_tends(draft: Draft, context: Context) -> bool:
    """ "It only approaches 0" may answer whether it is ever 0, where nothing else does."""
    if not draft.only or draft.subject is not context.focus or draft.predicate != "tends":
        return False
    return not _answered(draft, context)


def _answered(draft: Draft, context: Context) -> bool:
    """Whether the text says that something is, or is not, the value that a claim names."""
    told = [
        d for d in context.drafts if d.subject is draft.subject and d.target is draft.target and not d.hedge
    ]
    return any(d.predicate in ("equals", "greater") and d.modality in ASSERTED for d in told)


def _of(subject: Expr, context: Context) -> list[Draft]:
    return [d for d in context.drafts if d.subject is subject and not d.growth]


def _settled(context: Context) -> ClaimReading:
    claims, unclear = [], [*context.unclear, *unread(context)]
    tending = {d.subject for d in context.drafts if d.predicate == "tends"}
    for draft in context.drafts:
        if draft.predicate == "smallest":  # no mark asks where; it may be false
            if not draft.condition and len(_of(draft.subject, context)) == 1:
                unclear.append(Unclear(draft.place, draft.source, "smallest, but where?"))
            continue
        if draft.predicate == "small":
            if (
                draft.named
                and not draft.hedge
                and draft.subject not in tending
                and draft.modality != "purpose"
            ):
                unclear.append(Unclear(draft.place, draft.source, "small, but how small?"))
            continue
        if draft.predicate == "monotone" and not draft.negated:
            if not any(d.predicate in ("increasing", "decreasing") for d in _of(draft.subject, context)):
                unclear.append(Unclear(draft.place, draft.source, "monotone, but which way?"))
            continue
        if draft.hedge == "told":
            if draft.attains and draft.subject is context.focus and not _answered(draft, context):
                unclear.append(Unclear(draft.place, draft.source, "told, but is it meant?"))
            continue
        if _only_tends(draft, context):
            unclear.append(Unclear(draft.place, draft.source, "only a limit, so never equal to it?"))
        if draft.hedge:
            unclear.append(Unclear(draft.place, draft.source, draft.hedge))
        else:
            claims.append(draft.settled())
    if not any(c.predicate == "tends" and c.subject is not context.focus for c in claims):
        unclear.extend(context.unknown)  # where to go is said of nothing that is known
    false = dict.fromkeys(draft.settled() for draft in context.drafts if draft.false)
    return ClaimReading(tuple(dict.fromkeys(with_ways(claims))), tuple(dict.fromkeys(unclear)), tuple(false))
