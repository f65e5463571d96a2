"""Equations that real numbers do not settle: without a real solution, or with complex ones among them.

Of real numbers anything would follow from the former, and all of them would be equal.
"""

from __future__ import annotations

from grader.equivalence.assumptions import Assumptions
from grader.equivalence.complex_solutions import compare_complex, follows_complex, over_complex
from grader.equivalence.features import features
from grader.equivalence.plain import constant_text
from grader.equivalence.proportional import same_relation
from grader.equivalence.solution_sets import compare_statements
from grader.equivalence.truths import links_inside
from grader.expressions.build import constant
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_FALSE = constant("false")
_EMPTY = "No real number solves either of them, and one is no multiple of the other."
_COMPLEX = "There are complex numbers among the solutions, and these equations were not solved for them."


def beyond_reals(found: Verdict, left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    """The verdict on two statements, found among real numbers; that of complex ones where these are meant.

    They are where `i` stands in one of them, or where equations agree only in having no real solution.
    """
    if found.verdict is not Equality.EQUAL or not all(_are_equations(t) for t in (left, right)):
        return found
    imaginary = "i" in features(left).constants | features(right).constants
    if not imaginary and not is_unsolvable(left, assumptions):
        return found
    if same_relation(left, right, assumptions, constant=True):
        return found
    return compare_complex(*over_complex(left, right)) or _open(_COMPLEX if imaginary else _EMPTY)


def implied_beyond_reals(
    found: Verdict, premise: Expr, conclusion: Expr, assumptions: Assumptions
) -> Verdict:
    """As `beyond_reals`, of a conclusion drawn from a premise."""
    equations = all(_are_equations(t) for t in (premise, conclusion))
    imaginary = "i" in features(premise).constants | features(conclusion).constants
    if found.verdict is Equality.UNKNOWN or not (imaginary or is_unsolvable(premise, assumptions)):
        return found
    if not equations or same_relation(premise, conclusion, assumptions, constant=True):
        return found
    wider = follows_complex(*over_complex(premise, conclusion))
    return wider or (_no_value(conclusion) if not imaginary else Verdict(Equality.UNKNOWN))


def is_unsolvable(statement: Expr, assumptions: Assumptions) -> bool:
    """Whether a statement in one real unknown is known to hold for no value of it.

    >>> from grader.expressions.build import chain, number, power, symbol
    >>> x = symbol("x")
    >>> is_unsolvable(chain((power(x, number(2)), number(-1)), ("=",)), Assumptions())
    True
    """
    if len(free_symbols(statement)) != 1:
        return False
    return compare_statements(statement, _FALSE, assumptions).verdict is Equality.EQUAL


def _no_value(conclusion: Expr) -> Verdict:
    """A real number does not solve what no real number solves; other conclusions are open."""
    found = links_inside(conclusion)
    texts = [constant_text(k.right) for k in found if k.left.head == "symbol" and not free_symbols(k.right)]
    if len(texts) < len(found) or not texts[0]:
        return Verdict(Equality.UNKNOWN)
    name = str(found[0].left.value)
    sentence = f"No real number solves what stands before, so {name} = {texts[0]} does not."
    data = {"point": {name: texts[0]}, "left": "false", "right": "true", "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))


def _are_equations(statement: Expr) -> bool:
    found = links_inside(statement)
    return bool(found) and all(link.operator == "=" for link in found)


def _open(reason: str) -> Verdict:
    sentence = f"{reason} A person should look at it."
    return Verdict(Equality.UNKNOWN, Evidence(EvidenceKind.INEQUALITY, sentence, {}))
