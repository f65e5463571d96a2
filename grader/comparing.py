"""Are two answers equal? The public `compare`: reads both, decides, and tells why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from grader.answers.alike import alike
from grader.answers.constants import constant_apart
from grader.answers.doubts import with_doubts
from grader.answers.entries import with_entries
from grader.answers.indexed_vectors import holds_components, with_whole_vectors
from grader.answers.one_name import with_one_name
from grader.answers.opaque import with_free_values
from grader.answers.superscripts import with_members
from grader.either import decide_either, unknown_names
from grader.equivalence import Assumptions, decide
from grader.equivalence.features import features
from grader.equivalence.identity_matrix import are_used_as_matrices, as_matrices, as_used, with_columns
from grader.equivalence.sentences import undecided
from grader.expressions.build import ONE, ZERO
from grader.expressions.domains import NATURALS, Domain
from grader.expressions.nodes import Expr, TooLarge, walk
from grader.expressions.rewrite import free_symbols
from grader.expressions.rewrite import replace as substitute
from grader.expressions.symbols import SymbolTable
from grader.named_maps import with_names_of_maps
from grader.notation import read
from grader.notation.operators import CUT_OFF
from grader.notation.reader import Reading
from grader.parallel import map_ordered
from grader.rates import decide_with_rates
from grader.records import Equality, Evidence, EvidenceKind, NotationError, Syntax, Verdict
from grader.said_in_words import decide_words
from grader.units_alike import with_units_alike

if TYPE_CHECKING:
    Symbols = SymbolTable | Mapping[str, Any] | None

SYNTAXES = get_args(Syntax)
COUNTED = ("binomial", "factorial")


def compare(
    student: str,
    reference: str,
    *,
    syntax: Syntax = "auto",
    symbols: Symbols = None,
    options: Mapping[str, Any] | None = None,
) -> Verdict:
    """Whether two answers are equal, with evidence.

    `symbols` declares names: `{"x": {"kind": "scalar", "domain": "(0, 1)"}}`, or a table.
    `options={"domain": "ignore"}` compares on the common natural domain only. What could not be read
    is in `.errors`, with its side. Raises SpecError for bad symbols, ValueError for bad options.

    >>> compare("2(x + 1)", "2x + 2", syntax="text").verdict.value
    'equal'
    """
    _check(syntax, options)
    if _same_word(student, reference):
        return Verdict(Equality.EQUAL, _IDENTICAL)
    table = _table(symbols)
    left, right = read(student, table, syntax), read(reference, table, syntax)
    errors = (*_errors(left, "student"), *_errors(right, "reference"))
    if errors or left.tree is None or right.tree is None:
        if _same_unread(student, reference, errors):
            return Verdict(
                Equality.EQUAL, Evidence(EvidenceKind.IDENTICAL, "They are the same as written.", {})
            )
        return Verdict(Equality.UNKNOWN, None, errors)
    if _has_unit(left) or _has_unit(right):
        sides = with_units_alike(left, right)
        if isinstance(sides, NotationError):
            return Verdict(Equality.UNKNOWN, None, (sides,))
        left, right = sides
    assert left.tree is not None
    assert right.tree is not None
    ignore = bool(options) and (options or {}).get("domain") == "ignore"
    found = decide_words(left.tree, right.tree) or _compared(left.tree, right.tree, table, ignore)
    if found.verdict is Equality.DIFFERENT and any(map(_goes_on, (left.tree, right.tree))):
        found = undecided("Digits go on, and nothing says which.")
    return with_doubts(found, left, right, table)


def _goes_on(tree: Expr) -> bool:
    """Whether a number in a tree is broken off: `3.14...`."""
    return any(part.head == "choice" and str(part.value).startswith(CUT_OFF) for part in walk(tree))


def _compared(left: Expr, right: Expr, table: SymbolTable, ignore: bool) -> Verdict:
    """The verdict on two answers that were read; `ignore` leaves domains aside."""
    left, right = with_entries(*with_members(left, right), table)
    trees = with_one_name(*with_whole_vectors(*with_names_of_maps(left, right)))
    found = decide_either(*trees, partial(_read_alike, table=table, ignore=ignore))
    if not ignore:
        found = with_free_values(found, *trees, table, partial(_read_alike, ignore=False))
    found = _up_to_constant(found, *trees, table)
    if found.verdict is Equality.DIFFERENT and holds_components(left, right):
        return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.COUNTEREXAMPLE, _COMPONENTS, {}))
    return unknown_names(found, *trees, table)


_COMPONENTS = "One speaks of vectors, the other of their components. A person should look at it."


def _up_to_constant(found: Verdict, left: Expr, right: Expr, table: SymbolTable) -> Verdict:
    """EQUAL where `+ C` stands on both sides and takes up a difference that is a constant."""
    data = found.evidence.data if found.evidence is not None else {}
    if found.verdict is not Equality.DIFFERENT or data.get("domain_only"):
        return found
    apart = constant_apart(left, right, frozenset(table.symbols))
    if apart is None:
        return found
    place = {name: ONE for name in apart.names if name.kind in ("scalar", "integer")}
    alike = place and _read_alike(apart.gap, substitute(apart.gap, place), table, True)
    if not alike or alike.verdict is not Equality.EQUAL:
        return found
    if apart.customary and _read_alike(apart.gap, ZERO, table, True).verdict is not Equality.EQUAL:
        said = "They are equal if the constant is one of integration, which nothing here says."
        return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.CALCULUS, said, {}))
    said = "They differ by a constant, which the constant of integration takes up."
    return Verdict(Equality.EQUAL, Evidence(EvidenceKind.CALCULUS, said, {}))


def compare_many(
    pairs: Iterable[tuple[str, str] | Mapping[str, Any]], jobs: int = 1, **common: Any
) -> list[Verdict]:
    """`compare` for every pair, in order, in `jobs` processes.

    A pair is `(student, reference)`, or a mapping of `compare`'s arguments by name. What is common to
    all pairs (`syntax`, `symbols`, `options`) may stand once.

    >>> [verdict.verdict.value for verdict in compare_many([("x + x", "2x"), ("x", "y")])]
    ['equal', 'different']
    """
    table = _table(common.pop("symbols", None))
    one = partial(_one, common={**common, "symbols": table})
    return list(map_ordered(one, pairs, jobs, _lost))


def _one(pair: tuple[str, str] | Mapping[str, Any], common: Mapping[str, Any]) -> Verdict:
    given = pair if isinstance(pair, Mapping) else {"student": pair[0], "reference": pair[1]}
    return compare(**{**common, **given})


def _lost(pair: object) -> Verdict:
    error = NotationError(0, "stopped", "the comparison was stopped: it took its process down")
    return Verdict(Equality.UNKNOWN, None, (error,))


_UPRIGHT_WORD = re.compile(r"\s*\$?\s*\\(?:text|mathrm|textbf|textrm)\{\s*([A-Za-z]{2,})\.?\s*\}\s*\$?\s*")
_BARE_WORD = re.compile(r"\s*\$?\s*([A-Za-z]{2,})\.?\s*\$?\s*")
_IDENTICAL = Evidence(EvidenceKind.IDENTICAL, "They are the same word.", {})


def _same_word(student: str, reference: str) -> bool:
    """`Even` beside `\\text{Even}`: one is typed as a word, so the other is no product of its letters."""
    if "\\" not in student and "\\" not in reference:
        return False
    for one, other in ((student, reference), (reference, student)):
        word, bare = _UPRIGHT_WORD.fullmatch(one), _BARE_WORD.fullmatch(other)
        if word is not None and bare is not None:
            return word[1].lower() == bare[1].lower()
    return False


_UNREAD = frozenset(["unsupported", "ellipsis"])
_BRACED = re.compile(r"\{(\\[A-Za-z]+|[A-Za-z\d])\}")
_ROOM = re.compile(r"\s+|\\[,;:! ]|\\(?:left|right|limits|displaystyle)(?![A-Za-z])|\$")


def _same_unread(student: str, reference: str, errors: tuple[NotationError, ...]) -> bool:
    """Notation that is known and not supported is equal to itself, but for blanks: `\\oint_C f` twice."""
    known = {error.cause for error in errors} <= _UNREAD
    sides = {error.side for error in errors} == {"student", "reference"}
    one, other = (_BRACED.sub(r"\1", _ROOM.sub("", text)) for text in (student, reference))
    return known and sides and one == other


def _check(syntax: str, options: Mapping[str, Any] | None) -> None:
    if syntax not in SYNTAXES:
        raise ValueError(f"syntax {syntax!r} is none of {', '.join(SYNTAXES)}")
    for key, value in (options or {}).items():
        if key != "domain":
            raise ValueError(f"there is no option {key!r}; known is 'domain'")
        if value not in ("natural", "ignore"):
            raise ValueError(f"the option 'domain' is 'natural' or 'ignore', not {value!r}")


def _table(symbols: Symbols) -> SymbolTable:
    if isinstance(symbols, SymbolTable):
        return symbols
    if not symbols:
        return SymbolTable()
    from grader.spec import symbols_table

    return symbols_table(symbols)


def _has_unit(reading: Reading) -> bool:
    return any(remark.id == "unit" for remark in reading.remarks)


def _errors(reading: Reading, side: str) -> tuple[NotationError, ...]:
    """Why there is no tree."""
    if reading.tree is not None and not reading.errors:
        return ()
    errors = reading.errors or (NotationError(0, "empty", "there is no formula here"),)
    return tuple(replace(error, side=side) for error in errors)


def _read_alike(left: Expr, right: Expr, table: SymbolTable, ignore: bool) -> Verdict:
    used = as_used(left, right, table)
    if used is not None:
        found = _settled(*used, table, ignore)
        return found if found.evidence is not None else _settled(*with_columns(*used), table, ignore)
    found = _settled(left, right, table, ignore)
    pair = as_matrices(left, right, table) if found.verdict is Equality.DIFFERENT else None
    if pair is None or _settled(*pair, table, ignore).verdict is not Equality.EQUAL:
        return found
    if are_used_as_matrices(left, right):
        return _settled(*pair, table, ignore)
    said = "They are equal if capital letters are matrices and I is the identity, which nothing here says."
    return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.COUNTEREXAMPLE, said, {}))


def _settled(left: Expr, right: Expr, table: SymbolTable, ignore: bool) -> Verdict:
    left, right = alike(left, right)
    return _decided(left, right, Assumptions(_counting(left, right, table), table, (), ignore))


def _decided(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    try:
        decided = partial(decide, assumptions=assumptions)
        return _worded(decide_with_rates(left, right, assumptions.table, decided))
    except (TooLarge, RecursionError):
        error = NotationError(0, "too-large", "these formulas grow too large when compared", side="student")
        return Verdict(Equality.UNKNOWN, None, (error,))


def _worded(verdict: Verdict) -> Verdict:
    """The evidence said of the student's answer and the reference; its data stay `left` and `right`."""
    evidence = verdict.evidence
    if evidence is None:
        return verdict
    sentence = evidence.sentence
    for ours, theirs in _WORDS:
        sentence = sentence.replace(ours, theirs)
    return replace(verdict, evidence=replace(evidence, sentence=sentence))


_WORDS = (
    ("the first set", "the student's set"),
    ("the second set", "the reference set"),
    ("The first", "The student's"),
    ("the first", "the student's"),
    ("The second", "The reference"),
    ("the second", "the reference"),
)


def _counting(left: Expr, right: Expr, table: SymbolTable) -> dict[str, Domain]:
    """Letters that bound a sum or stand in a binomial count: 0, 1, 2 ... on both sides."""
    trees = [
        t
        for t in (left, right)
        if not features(t).heads.isdisjoint(("sum", "product")) or not features(t).calls.isdisjoint(COUNTED)
    ]
    letters = {leaf for tree in trees for part in walk(tree) for leaf in _counted(part)}
    found = {}
    for leaf in sorted(letters, key=lambda leaf: str(leaf.value)):
        known = table.symbols.get(leaf.value)
        if leaf.kind in ("scalar", "integer") and (known is None or known.domain is None):
            found[str(leaf.value)] = NATURALS
    return found


def _counted(part: Expr) -> Iterator[Expr]:
    if part.head in ("sum", "product"):
        for bound in part.args[2:]:
            yield from free_symbols(bound)
    elif part.head == "call" and part.value in COUNTED:
        for argument in part.args:
            yield from free_symbols(argument)
