"""What is asked of z3, the solver: does a statement about real numbers hold wherever others do?

Runs in the helper process (see `inequalities`), within a budget of the solver's own units of work.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from grader.equivalence.solver_trees import Translator, Untranslatable
from grader.expressions.domains import Domain
from grader.expressions.nodes import Expr

BUDGET = 4_000_000
Model = dict[str, Fraction]
Question = tuple[tuple[Expr, ...], Expr, tuple[tuple[str, Domain], ...], bool]


def answer(question: Question) -> bool | Model | None:
    """True where it holds throughout; rational values where it does not; None where the solver cannot say.

    The question: what holds, what is asked, the domains by name, and whether the asked statement counts as
    false where a side of it has no value (else such places are passed over).
    """
    import z3

    premises, wanted, bounds, strict = question
    solver = z3.SolverFor("QF_NRA")
    solver.set("rlimit", BUDGET)
    solver.set("random_seed", 0)
    translator = Translator(dict(bounds))
    try:
        solver.add(*(translator.statement(p) for p in premises), z3.Not(translator.statement(wanted)))
        solver.add(*(() if strict else translator.defined(wanted)))
        solver.add(*translator.side)
        found = solver.check()
        if found == z3.unsat:
            return True
        return _values(solver.model(), translator) if found == z3.sat else None
    except (Untranslatable, z3.Z3Exception):
        return None


def _values(model: Any, translator: Translator) -> Model | None:
    """The model, where all of its numbers are rational."""
    import z3

    found: Model = {}
    for name, symbol in translator.symbols.items():
        value = model.eval(symbol, model_completion=True)
        if not z3.is_rational_value(value):
            return None
        found[name] = Fraction(value.numerator_as_long(), value.denominator_as_long())
    return found
