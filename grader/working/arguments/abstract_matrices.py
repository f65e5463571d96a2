"""What is said of matrices that are letters: true for all, for all symmetric ones, or by a law of theirs."""

from __future__ import annotations

from grader.equivalence import decide
from grader.expressions.build import add, mul, power, symbol
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import rebuild
from grader.records import Equality, StepVerdict
from grader.working import cues
from grader.working.arguments.conditions import hypothesis
from grader.working.arguments.premises import consequence
from grader.working.links import Judgement, Trial, holds
from grader.working.matrices import in_general, is_abstract, laws_on


def of_matrices(trial: Trial) -> Judgement | None:
    """Holds where it does for all matrices of their kind; where no law may lead to it, a chain fails.

    So does an equation that would be right if the letters were numbers: `(AB)^T = A^T B^T`.
    """
    link, known = trial.link, trial.known
    whole = [known.coordinates(side) for side in (link.left, link.right)]
    if link.operator != "=" or not any(is_abstract(side) for side in whole):
        return None
    verdict = trial.compare(*(in_general(side, known) for side in whole))
    if verdict.verdict is Equality.EQUAL:
        return holds(verdict.evidence)
    if known.told.lawful or laws_on(link.relation, known):
        return _by_laws(trial)
    chained = (link.continuing or not link.single) and all(is_abstract(side) for side in whole)
    if verdict.verdict is Equality.DIFFERENT and (chained or _right_for_numbers(trial, whole)):
        return Judgement(StepVerdict.FAILS, verdict.evidence)
    return None


def _by_laws(trial: Trial) -> Judgement | None:
    """What the facts give; nothing is called wrong, since more may follow from a law than is found."""
    found = consequence(trial) or hypothesis(trial)
    wrong = found is None or found.verdict is StepVerdict.FAILS
    return Judgement(StepVerdict.UNKNOWN) if wrong else found


def _right_for_numbers(trial: Trial, whole: list[Expr]) -> bool:
    """Whether a claim only holds for letters that commute. `AB = BA` may be supposed, and `A^T = A`."""
    letters = {part for side in whole for part in walk(side) if is_abstract(part) and not part.args}
    if cues.supposes(trial.link.cue) or all(_is_product(side) for side in whole) or len(letters) < 2:
        return False
    left, right = (_as_number(side) for side in whole)
    return decide(left, right, trial.known.assumptions()).verdict is Equality.EQUAL


def _is_product(tree: Expr) -> bool:
    return tree.head == "mul" and all(part.head == "symbol" for part in tree.args)


def _as_number(tree: Expr) -> Expr:
    if tree.head == "symbol" and tree.kind == "matrix":
        return symbol(f"{tree.value}_0")
    args = tuple(_as_number(part) for part in tree.args)
    if tree.head == "transpose":
        return args[0]
    build = {"add": add, "mul": mul}.get(tree.head)
    if build is not None:
        return build(*args)
    return power(*args) if tree.head == "pow" else rebuild(tree, args)
