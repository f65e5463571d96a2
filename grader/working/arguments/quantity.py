"""A statement of the question's own quantity: right, right but for the norm, or wrong."""

from __future__ import annotations

from grader.equivalence import decide
from grader.expressions.build import norm
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.expressions.rewrite import replace as substitute
from grader.records import Equality, Evidence, Remark, StepVerdict
from grader.working.arguments.figures import rounds_to
from grader.working.arguments.listed import entries, side_by_side
from grader.working.arguments.norms import MISSING_NORM, as_norms
from grader.working.arguments.proportional import up_to_factor
from grader.working.knowledge import Knowledge, Target
from grader.working.links import Judgement, Trial

UNDONE = frozenset(["derivative", "gradient", "integral", "limit", "at"])


def own_quantity(trial: Trial) -> Judgement | None:
    """Holds when it agrees with a reference.

    It is given where stating it is a definition, or a choice: a value for a name that earlier relations
    already speak of.
    """
    found = agreement(trial)
    if found is None:
        return None
    evidence, remarks = found
    chosen = trial.known.target.defines or trial.link.left in trial.known.constrained()
    state = StepVerdict.GIVEN if chosen else StepVerdict.HOLDS
    return Judgement(state, evidence, remarks=remarks, quantity=True)


def wrong_quantity(trial: Trial) -> Judgement | None:
    """Fails when it states the question's quantity and agrees with no reference."""
    target = trial.known.target
    if not states(trial) or not target.references:
        return None
    verdict = trial.compare(*side_by_side(target.references[0], trial.link.right))
    if verdict.verdict is Equality.UNKNOWN:
        return Judgement(StepVerdict.UNKNOWN, verdict.evidence, quantity=True)
    return Judgement(StepVerdict.FAILS, verdict.evidence, quantity=True)


def true_of_reference(trial: Trial) -> Judgement | None:
    """Holds when it is true of the right value: `e^{y'} = y/(1 - y)`, where y' is what is asked for.

    Only where nothing else says what the asked quantity is.
    """
    link, known = trial.link, trial.known
    if not is_unknown(known) or link.operator not in ("=", "equiv"):
        return None
    asked = [n for n in known.target.named if n.head == "symbol"]
    for reference in known.target.references:
        table = dict.fromkeys(asked, reference)
        left, right = (substitute(side, table) for side in (link.left, link.right))
        if (left, right) != (link.left, link.right):
            verdict = decide(left, right, known.assumptions())
            if verdict.verdict is Equality.EQUAL:
                return Judgement(StepVerdict.HOLDS, verdict.evidence)
    return None


def agreement(trial: Trial) -> tuple[Evidence | None, tuple[Remark, ...]] | None:
    """The evidence that the right side is what the question asks for; None if it is not shown to be."""
    if not states(trial) and not bounds(trial):
        return None
    for reference in trial.known.target.references:
        verdict = trial.compare(*side_by_side(reference, trial.link.right))
        if verdict.verdict is Equality.EQUAL or rounds_to(trial.link.right, reference, trial.known):
            return verdict.evidence, ()
        multiple = up_to_factor(trial.link.right, reference, trial.known)
        if multiple is not None:
            return multiple.evidence, ()
        pair = as_norms(reference, trial.link.right)
        if pair is not None:
            verdict = trial.compare(*pair)
            if verdict.verdict is Equality.EQUAL:
                return verdict.evidence, (MISSING_NORM,)
    return None


def states(trial: Trial) -> bool:
    """Whether the link says what the question's quantity is, in the terms that the question asks for."""
    link, target = trial.link, trial.known.target
    said = link.operator in ("=", "equiv", "approx") and names(link.left, trial.known)
    return said and (not is_unknown(trial.known) or in_terms(link.right, target))


def settles(relation: Expr, known: Knowledge) -> bool:
    """Whether a relation leaves nothing open about the number asked for: `e^{y'} = y/(1 - y)` for y'."""
    if any(names(member, known) for member in relation.args):
        return True
    asked = {p for p in walk(relation) if p.kind == "scalar" and names(p, known)}
    others = {s for s in free_symbols(relation) if s.kind != "function"} - asked
    told = frozenset().union(*(free_symbols(r) for r in known.target.references))
    return bool(asked) and others <= told | frozenset(known.target.in_terms_of)


def is_unknown(known: Knowledge) -> bool:
    """Whether the quantity is a declared name without a meaning of its own (y'), of which other relations
    than the answer may be true as well.
    """
    declared = (known.table.symbols.get(n.value) for n in known.target.named if n.head == "symbol")
    return any(s is not None and s.definition is None for s in declared)


def bounds(trial: Trial) -> bool:
    """Whether the link bounds the quantity from above: right if the bound is the quantity itself."""
    return trial.link.operator in ("<=", "<") and names(trial.link.left, trial.known)


def in_terms(tree: Expr, target: Target) -> bool:
    """Whether a tree depends on nothing but what the answer may depend on."""
    if not target.in_terms_of:
        return True
    return {s for s in free_symbols(tree) if s.kind != "function"} <= set(target.in_terms_of)


def is_worked_out(tree: Expr) -> bool:
    """Whether no derivative, gradient, integral or limit is left to be carried out (f'(x) is a value)."""
    return not any(part.head in UNDONE for part in walk(tree))


def _unwrapped(tree: Expr) -> Expr:
    """The quantity in `max_p |q|` or `|q|_max`: the largest value is asked for by the question already."""
    if tree.head == "call" and tree.value in ("max", "sup") and len(tree.args) == 1:
        inner = tree.args[0]
        return inner.args[0] if inner.head == "setbuilder" else inner
    if tree.head == "norm" and tree.value in ("max", "{max}"):
        return norm(tree.args[0])
    return tree


def _is_without_argument(tree: Expr, name: Expr) -> bool:
    """`f'` beside the name `f'(x)`."""
    if name.head != "apply":
        return False
    function = name.args[0]
    if tree is function:
        return True
    spelled = function.args[0].value + "'" * function.value if function.head == "derived" else function.value
    return tree.head == "symbol" and tree.value == spelled


def _in_words(name: Expr) -> str:
    """A name as it stands among phrases; of single letters X is not x."""
    value = str(name.value)
    return value if len(value) == 1 else value.lower()


def _lists(tree: Expr, target: Target) -> bool:
    """Whether it is the names asked for in another shape: the column of r, s and t for `(r, s, t)`."""
    listed = entries(tree)
    return listed is not None and any(entries(name) == listed for name in target.named)


def names(tree: Expr, known: Knowledge) -> bool:
    """Whether a tree is a name of the question's quantity.

    It is a declared one, a phrase set as text, or an operation left to do that gives the same.
    """
    target = known.target
    tree = _unwrapped(tree)
    if tree in target.named or _lists(tree, target):
        return True
    if tree.head == "symbol" and _in_words(tree) in target.phrases:
        return True
    if any(_is_without_argument(tree, name) for name in target.named):
        return True
    if tree.kind == "truth" or (is_worked_out(tree) and tree.head != "norm"):
        return False
    return known.coordinates(tree) in {known.coordinates(name) for name in target.named}
