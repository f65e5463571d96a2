"""Answers that are written so that they may mean something else than what was read: then nobody can tell.

`x = 1 and x = 2` lists solutions, or says that x is both; in `\\sum_{k=1}^n k + k^2` the last k may belong
to the sum.
"""

from __future__ import annotations

import re

from grader.equivalence.features import features
from grader.expressions.nodes import Expr, walk
from grader.expressions.symbols import SymbolTable
from grader.notation.reader import Reading
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_AND = re.compile(r"(?<![A-Za-z])and(?![A-Za-z])")
_OR = re.compile(r"(?<![A-Za-z])or(?![A-Za-z])|\\lor|\\vee")
_BEFORE_A_LETTER = r"(?:\\[,;:! ]|\s)*([a-z])(?![A-Za-z])"
_SUMS = frozenset(["sum", "product"])


def with_doubts(found: Verdict, left: Reading, right: Reading, table: SymbolTable) -> Verdict:
    """The verdict, or UNKNOWN with the reason."""
    if left.tree is None or right.tree is None or left.source == right.source:
        return found
    nothing = any(t.tree is not None and t.tree.value == "emptyset" for t in (left, right))
    settled = found.verdict is Equality.EQUAL or nothing
    if settled and (_lists_both(left, right) or _lists_both(right, left)):
        return _unknown("It depends on whether `and` lists the solutions.")
    if found.verdict is Equality.EQUAL:
        for name in sorted(_beside_letters(left.source, table) ^ _beside_letters(right.source, table)):
            return _unknown(f"It depends on whether {name} is applied to the letter behind it.")
    if found.verdict is Equality.DIFFERENT and bool(_leaking(left.tree)) != bool(_leaking(right.tree)):
        name = min(str(s.value) for s in _leaking(left.tree) or _leaking(right.tree))
        return _unknown(f"It depends on whether {name} behind the sum belongs to it.")
    return found


def _lists_both(one: Reading, other: Reading) -> bool:
    """`x = 1 and x = 2`, read as a list, beside a statement that is none."""
    assert one.tree is not None
    assert other.tree is not None
    if (
        one.tree.head != "or"
        or len(set(one.tree.args)) == 1
        or not _AND.search(one.source)
        or _AND.search(other.source)
    ):
        return False
    return bool(_OR.search(other.source)) or other.tree.head == "chain" or other.tree.value == "emptyset"


def _beside_letters(source: str, table: SymbolTable) -> set[str]:
    """Declared functions of one letter that stand before another letter without a bracket: `u t`."""
    letters = {str(n) for n, s in table.symbols.items() if s.kind == "function" and len(str(n)) == 1}
    beside = {n: re.findall(rf"(?<![A-Za-z\\]){n}{_BEFORE_A_LETTER}", source) for n in letters}
    return {n for n, behind in beside.items() if set(behind) - letters}


def _leaking(tree: Expr) -> frozenset[Expr]:
    """The variables of sums that stand outside of them too."""
    if features(tree).heads.isdisjoint(_SUMS) or "add" not in features(tree).heads:
        return frozenset()
    bound = {p.args[1] for p in walk(tree) if p.head in _SUMS}
    return frozenset(s for s in features(tree).free if s in bound)


def _unknown(reason: str) -> Verdict:
    said = f"{reason} A person should look at it."
    return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.COUNTEREXAMPLE, said, {}))
