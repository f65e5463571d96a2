"""Layer 4: inequalities between real numbers in several names, by z3 in a process of its own.

An optional extra (`pip install "grader[inequalities]"`); without it such a statement stays unknown. A proof
is z3's word that nothing fulfils the opposite; a counterexample is tried again before it is believed.
The solver: L. de Moura and N. Bjorner, "Z3: an efficient SMT solver" (2008); its procedure for polynomials:
D. Jovanovic and L. de Moura, "Solving non-linear arithmetic" (2012).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

from grader.equivalence.asking import Bounds, Helper, Stopped, bounds_of
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.features import features
from grader.equivalence.holding import holds_at
from grader.equivalence.sentences import place_text
from grader.expressions.build import ONE, ZERO, equation, number
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_STATEMENTS = ("chain", "and", "or", "not", "implies", "iff")
_HEADS = frozenset([*_STATEMENTS, "number", "decimal", "constant", "symbol", "add", "mul", "pow", "call"])
_CALLS = frozenset(["abs", "min", "max"])
_CONSTANTS = frozenset(["pi", "e"])
_MAX_SIZE = 200
_MAX_NAMES = 8
_FALSE = equation(ZERO, ONE)
Point = dict[Expr, Fraction]


@cache
def is_installed() -> bool:
    """Whether the solver is there."""
    return find_spec("z3") is not None


def implied(
    premises: Sequence[Expr], wanted: Expr, assumptions: Assumptions, strict: bool = True
) -> bool | Point | None:
    """True where a statement holds wherever the premises do; else a point that says no, or None.

    `strict`: a place where a side of it has no value speaks against it; else it is passed over. Premises
    of which the solver knows nothing are left out; then a point says nothing.
    """
    known = [p for p in premises if _may_be_asked(p)]
    trees = (*known, wanted)
    if not is_installed() or not _may_be_asked(wanted) or sum(t.size for t in trees) > _MAX_SIZE:
        return None
    names = frozenset().union(*(free_symbols(t) for t in trees))
    if not 0 < len(names) <= _MAX_NAMES or any(s.kind not in ("scalar", "integer") for s in names):
        return None
    try:
        found = _ask(tuple(known), wanted, bounds_of({s: assumptions.domain(s) for s in names}), strict)
    except Stopped:
        return None
    if found is True or found is None or len(known) < len(premises):
        return True if found is True else None
    return _tried(found, trees, names, assumptions)


@lru_cache(maxsize=1024)
def _ask(premises: tuple[Expr, ...], wanted: Expr, bounds: Bounds, strict: bool) -> Any:
    return _SOLVER.run((premises, wanted, bounds, strict))


def _may_be_asked(tree: Expr) -> bool:
    known = features(tree)
    plain = known.heads <= _HEADS and known.calls <= _CALLS and known.constants <= _CONSTANTS
    return plain and not known.complexes


def _tried(
    model: dict[str, Fraction], trees: tuple[Expr, ...], names: frozenset[Expr], assumptions: Assumptions
) -> Point | None:
    """The solver's point, where premises hold at it and the statement certainly does not."""
    point = {s: model.get(str(s.value), Fraction(0)) for s in names}
    if not all(assumptions.domain(s).holds(v) for s, v in point.items()):
        return None
    *premises, wanted = (holds_at(t, {s: number(v) for s, v in point.items()}) for t in trees)
    return point if all(p is True for p in premises) and wanted is False else None


def compare_by_solver(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict | None:
    """Whether two statements hold for the same values; None where the solver cannot say."""
    proven = 0
    for one, other, whose in ((left, right, "first"), (right, left, "second")):
        found = implied([*assumptions.conditions, one], other, assumptions)
        if isinstance(found, dict):
            return Verdict(Equality.DIFFERENT, _holds_for_one(found, whose))
        proven += found is True
    if proven < 2 or (_are_equations(left, right) and implied([left], _FALSE, assumptions) is True):
        return None  # of equations without a real solution it is open what is meant
    sentence = "Each follows from the other: a solver found that no values fulfil one of them alone."
    return Verdict(Equality.EQUAL, Evidence(EvidenceKind.INEQUALITY, sentence, {}))


def _are_equations(*trees: Expr) -> bool:
    return all(set(p.value) == {"="} for t in trees for p in walk(t) if p.head == "chain")


def _holds_for_one(point: Point, whose: str) -> Evidence:
    shown = {str(s.value): str(v) for s, v in sorted(point.items(), key=lambda pair: str(pair[0].value))}
    other = "second" if whose == "first" else "first"
    sentence = f"At {place_text(shown)} the {whose} holds and the {other} does not."
    truth = {"left": str(whose == "first").lower(), "right": str(whose != "first").lower()}
    data = {"point": shown, **truth, "domain_only": False}
    return Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data)


def _answered(question: Any) -> Any:
    """In the helper: z3 is loaded there, and never here."""
    from grader.equivalence.solver_work import answer

    return answer(question)


_SOLVER = Helper(_answered)
