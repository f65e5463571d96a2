"""Does a statement follow from others? Do two equations have the same solutions?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as with_fields
from itertools import product

from grader.equivalence.array_relations import compare_array_relations
from grader.equivalence.assumptions import Assumptions, narrowed
from grader.equivalence.branches import follow_branches
from grader.equivalence.complex_solutions import compare_complex
from grader.equivalence.conclude import Ways, combine
from grader.equivalence.features import features
from grader.equivalence.ideals import implied
from grader.equivalence.inequalities import compare_by_solver
from grader.equivalence.linear_equations import compare_linear
from grader.equivalence.logarithms import freed
from grader.equivalence.membership import spelled_out
from grader.equivalence.ordering import same_but_for_order
from grader.equivalence.points import Space
from grader.equivalence.prepare import Prepared, prepare
from grader.equivalence.progressions import compare_progressions
from grader.equivalence.proportional import same_relation
from grader.equivalence.propositions import compare_propositions
from grader.equivalence.respelled_relations import without_bars
from grader.equivalence.solution_sets import compare_statements
from grader.equivalence.solutions import compare_solutions
from grader.equivalence.systems import compare_systems
from grader.equivalence.telling import told_apart
from grader.equivalence.truths import FLIPPED, Link, alternatives, spread_signs
from grader.equivalence.turning import turns
from grader.equivalence.unsolvable import beyond_reals
from grader.equivalence.values import normalizer_for
from grader.expressions.nodes import Expr
from grader.records import Equality, Evidence, EvidenceKind, Verdict

_UNKNOWN = Verdict(Equality.UNKNOWN)


def follows(premises: Sequence[Expr], conclusion: Expr, assumptions: Assumptions) -> Verdict:
    """Whether the conclusion holds wherever all premises (and the assumptions) hold.

    EQUAL: it does. DIFFERENT: the evidence names a point where the premises hold and it does not.
    Premises and conclusion are relations, or built of relations by and, or.
    """
    wanted = alternatives(conclusion)
    given = [alternatives(p) for p in premises]
    if wanted is None:
        return _UNKNOWN
    known = [g for g in given if g is not None]
    verdicts = []
    for case in product(*known):
        links = tuple(link for way in case for link in way)
        verdicts.append(_one_case(links, wanted, assumptions))
        if len(verdicts) > 64:
            return _UNKNOWN
    verdict = combine(verdicts)
    if verdict.verdict is Equality.DIFFERENT and len(known) < len(given):
        return _UNKNOWN
    return verdict


def _one_case(premises: tuple[Link, ...], wanted: Ways, assumptions: Assumptions) -> Verdict:
    if _restated(premises, wanted):
        return Verdict(Equality.EQUAL, Evidence(EvidenceKind.IDENTICAL, "It is stated before."))
    premises, wanted, prepared = _prepared(premises, wanted, assumptions)
    if _restated(premises, wanted):
        return Verdict(Equality.EQUAL, Evidence(EvidenceKind.IDENTICAL, "It is stated before."))
    equations = tuple(link for link in premises if link.operator == "=")
    others = tuple(link.tree for link in premises if link.operator != "=")
    conditions = (*assumptions.conditions, *others)
    local = narrowed(with_fields(assumptions, conditions=conditions, ignore_domain=True))
    free = freed(equations), tuple(freed(way) for way in wanted)
    if equations and (
        _proven(equations, wanted, prepared, local) or _proven(free[0], free[1], prepared, local)
    ):
        sentence = "It follows from what stands before: the difference is a multiple of theirs."
        return Verdict(Equality.EQUAL, Evidence(EvidenceKind.NORMAL_FORM, sentence))
    return follow_branches(equations, wanted, local)


def _restated(premises: tuple[Link, ...], wanted: Ways) -> bool:
    known = {(k.operator, k.left, k.right) for k in premises}
    known |= {(FLIPPED[k.operator], k.right, k.left) for k in premises if k.operator in FLIPPED}
    return any(way and all((k.operator, k.left, k.right) in known for k in way) for way in wanted)


def _prepared(
    premises: tuple[Link, ...], wanted: Ways, assumptions: Assumptions
) -> tuple[tuple[Link, ...], Ways, Prepared]:
    flat = [*premises, *(link for way in wanted for link in way)]
    trees = tuple(side for link in flat for side in (link.left, link.right))
    done = prepare(trees, assumptions)
    made = iter(Link(link.operator, done.trees[2 * i], done.trees[2 * i + 1]) for i, link in enumerate(flat))
    first = tuple(next(made) for _ in premises)
    second = tuple(tuple(next(made) for _ in way) for way in wanted)
    return first, second, done


def _proven(equations: tuple[Link, ...], wanted: Ways, prepared: Prepared, local: Assumptions) -> bool:
    space = Space(prepared, local)
    pairs = [(k.left, k.right) for k in equations]
    nonzero = [(c.args[0], c.args[1]) for c in local.conditions if c.head == "chain" and c.value == ("!=",)]
    if len(wanted) == 1:
        goals = wanted[0]
        return bool(goals) and all(
            k.operator == "=" and implied(pairs, [(k.left, k.right)], nonzero, normalizer_for(space))
            for k in goals
        )
    if all(len(way) == 1 and way[0].operator == "=" for way in wanted):
        goals_ = [(way[0].left, way[0].right) for way in wanted]
        return implied(pairs, goals_, nonzero, normalizer_for(space))
    return False


def equivalent_equations(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    """Whether two statements have the same solutions on the domain."""
    if same_but_for_order(left, right):
        return Verdict(Equality.EQUAL, Evidence(EvidenceKind.IDENTICAL, "They are the same as written."))
    propositions = compare_propositions(left, right)
    if propositions is not None:
        return propositions
    first, second = _plain(left, right, assumptions)
    inside = narrowed(assumptions)
    if not turns_away(first, second) and same_relation(first, second, inside):
        return beyond_reals(_ALIKE, first, second, inside)
    special = (
        compare_linear(first, second, inside)
        or compare_progressions(first, second)
        or compare_systems(first, second, assumptions)
        or compare_complex(first, second)
    )
    if special is not None:
        return special
    found = beyond_reals(_as_sets(first, second, assumptions), first, second, inside)
    if found.verdict is Equality.UNKNOWN:
        found = (
            compare_array_relations(first, second, inside) or _respelled(first, second, assumptions) or found
        )
    if found.verdict is not Equality.UNKNOWN or found.evidence is not None:
        return found
    return told_apart(first, second, inside) or compare_by_solver(first, second, inside) or found


def _respelled(first: Expr, second: Expr, assumptions: Assumptions) -> Verdict | None:
    """The verdict on them without their absolute values; None where they have none, or it is open."""
    plain = without_bars(first), without_bars(second)
    if plain == (first, second) or "i" in features(first).constants | features(second).constants:
        return None
    found = equivalent_equations(*plain, assumptions)
    found = beyond_reals(found, first, second, narrowed(assumptions))
    return None if found.verdict is Equality.UNKNOWN else found


def _as_sets(first: Expr, second: Expr, assumptions: Assumptions) -> Verdict:
    """Whether they hold for the same values, and else whether each follows from the other."""
    inside = narrowed(assumptions)
    for compare in (compare_statements, compare_solutions):
        found = compare(first, second, inside)
        if found.verdict is not Equality.UNKNOWN:
            return found
    if same_relation(first, second, inside):
        return _ALIKE
    verdicts = []
    for one, other in ((first, second), (second, first)):
        verdict = follows([one], other, assumptions)
        if verdict.verdict is Equality.DIFFERENT:
            return verdict
        verdicts.append(verdict)
    return combine(verdicts)


def turns_away(*trees: Expr) -> bool:
    """Whether a side may have no value somewhere."""
    return any(turn.how != "turn" for tree in trees for turn in turns(tree))


_ALIKE = Verdict(
    Equality.EQUAL, Evidence(EvidenceKind.NORMAL_FORM, "One is the other with both sides treated alike.")
)


def _plain(left: Expr, right: Expr, assumptions: Assumptions) -> tuple[Expr, Expr]:
    """Definitions written out, plus-minus and membership spelled out."""
    first, second = prepare((left, right), assumptions).trees
    return spread_signs(spelled_out(first)), spread_signs(spelled_out(second))
