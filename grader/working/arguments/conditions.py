"""A relation that is set rather than claimed: `= 0` after a derivative, a stated value, a hypothesis."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence import constant_ratio, decide
from grader.equivalence.truths import with_sign
from grader.expressions.build import INFINITY, ZERO, add, chain, equation, neg
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.records import Equality, StepVerdict
from grader.working import cues
from grader.working.arguments.cancelled import supposed
from grader.working.arguments.chances import is_chance
from grader.working.arguments.listed import wrong_component
from grader.working.arguments.near_miss import meant_as_identity
from grader.working.arguments.points import at
from grader.working.arguments.quantity import names, settles
from grader.working.arguments.rounding import half_unit
from grader.working.differentials import is_differential
from grader.working.entailment import entails, says_value, search, unknowns
from grader.working.initial import is_value_at
from grader.working.knowledge import Knowledge
from grader.working.links import CONCLUDES, Judgement, Trial, holds, is_operator
from grader.working.orders import ORDERS

ATOMS = frozenset(["symbol", "apply", "dot", "norm", "index"])


def stationarity(trial: Trial) -> Judgement | None:
    """`= 0` after a derivative is a condition; so is every link of `f_x = f_y = 0`."""
    link = trial.link
    if link.zeroed and has_slope(link.left) and not link.to_zero:
        return Judgement(StepVerdict.GIVEN, fact=chain((link.left, ZERO), ("=",)))
    if not (link.to_zero and link.stationary):
        return None
    return Judgement(StepVerdict.GIVEN, fact=link.relation)


def stated_case(trial: Trial) -> Judgement | None:
    """`For $x < -2$:` is a case, also where all solutions, or none, lie in it."""
    link, known = trial.link, trial.known
    ordered = link.operator in ("<", ">", "<=", ">=") and link.first and bool(cues.CASE_OF.search(link.cue))
    if (
        not ordered
        or link.cue == cues.CASE
        or known.target.references
        or not unknowns(known.coordinates(link.left))
    ):
        return None
    return Judgement(StepVerdict.GIVEN, fact=link.relation)


def stated_value(trial: Trial) -> Judgement | None:
    """`p = 1/3`: the value of a declared variable is given, unless the slope before it is not 0 there."""
    link, known = trial.link, trial.known
    if link.operator not in ("=", "approx") or not link.first or not _is_value(link.left, link.right):
        return None
    if not free_symbols(known.coordinates(link.left)) or is_value_at(link.left):
        return None
    if link.left.head == "apply" and _is_told(trial):
        return None
    if link.right in (INFINITY, neg(INFINITY)):
        return None  # `p = 1` would need `w . phi(x) = oo`: nothing is read there
    if link.left.head == "symbol" and link.left.value not in known.declared:
        own = link.left.value in known.defined
        return _tried(trial) or (_against_points(trial) if own else None)
    if any(part.head == "plusminus" for part in walk(link.right)):
        return _solved_wrongly(trial) or Judgement(StepVerdict.GIVEN)  # two candidates at once
    sought = known.told.purpose.optimises or bool(known.target.references)
    if known.slope is not None and sought and _is_no_end(trial):
        there = at(known.slope, link.relation, known)
        if unknowns(there) != unknowns(known.coordinates(known.slope)):
            verdict = decide(there, ZERO, known.assumptions())
            if verdict.verdict is Equality.DIFFERENT and not _rounds_a_zero(trial):
                return Judgement(StepVerdict.FAILS, verdict.evidence, cause="wrong-critical-point")
    said = _against_points(trial) or _against_facts(trial) or _against_question(trial)
    return said or Judgement(StepVerdict.GIVEN, point=link.relation)


def _is_told(trial: Trial) -> bool:
    """Whether the facts say already what the one unknown in `p(1)` is."""
    names = unknowns(trial.known.coordinates(trial.link.left))
    told = (f for f in trial.known.facts if not f.side)
    return len(names) == 1 and any(unknowns(trial.known.coordinates(f.relation)) == names for f in told)


def _against_question(trial: Trial) -> Judgement | None:
    """Fails for a wrong value of one of those asked for; holds where it follows from what was written."""
    link, known = trial.link, trial.known
    evidence = wrong_component(link.left, link.right, known) if link.operator == "=" else None
    if evidence is None or cues.SUPPOSES.search(link.cue):
        return None
    found = search(link.relation, known)
    if found is not None:
        return holds(found.verdict.evidence, *found.lines)
    return Judgement(StepVerdict.FAILS, evidence)


def _rounds_a_zero(trial: Trial) -> bool:
    """Whether the slope changes its sign within the rounding of a decimal: `p = 0.333` for 1/3."""
    link, known = trial.link, trial.known
    half = half_unit(link.right)
    if half is None or known.slope is None:
        return False
    ends = [equation(link.left, add(link.right, side)) for side in (half, neg(half))]
    above, below = (at(known.slope, end, known) for end in ends)
    ratio = constant_ratio(above, below, known.assumptions())
    return isinstance(ratio, Fraction) and ratio <= 0


def _tried(trial: Trial) -> Judgement | None:
    """`at x = 2`, `with x = -1`: lines are read there; what is being solved for is no such name."""
    link, known = trial.link, trial.known
    alone = any(unknowns(f.relation) == {link.left} and not f.side for f in known.facts)
    if link.operator != "=" or alone or not cues.AT.search(link.cue) or link.left not in known.seen:
        return None
    return Judgement(StepVerdict.GIVEN, point=link.relation)


def _against_points(trial: Trial) -> Judgement | None:
    """Fails when a value stated before, of something else, makes this one wrong (p = 1/3, then u = ln 2)."""
    link, known = trial.link, trial.known
    failed: Judgement | None = None
    values = {f.relation.args[0]: f.relation for f in known.facts if f.relation.value == ("=",)}
    for point in known.points:
        if values.get(point.relation.args[0], point.relation) is not point.relation:
            continue  # another value has been taken since
        there = at(link.left, point.relation, known)
        if link.left is not point.relation.args[0] and not unknowns(there):
            verdict = decide(there, link.right, known.assumptions())
            if verdict.verdict is Equality.EQUAL:
                return None  # of several candidates this one is meant
            if verdict.verdict is Equality.DIFFERENT:
                failed = failed or Judgement(StepVerdict.FAILS, verdict.evidence, (point.line,))
    return failed


def _solved_wrongly(trial: Trial) -> Judgement | None:
    """Fails where `p = (8 +- 4)/6` names no solution of the equation in p that stands right before it."""
    link, known = trial.link, trial.known
    last = known.facts[-1] if known.facts and not known.facts[-1].side else None
    if last is None or unknowns(known.coordinates(last.relation)) != unknowns(known.coordinates(link.left)):
        return None
    found = [
        entails([one], last.relation, known)
        for one in (with_sign(link.relation, 1), with_sign(link.relation, -1))
    ]
    if not found or any(v.verdict is not Equality.DIFFERENT for v in found):
        return None
    return Judgement(StepVerdict.FAILS, found[0].evidence, (last.line,))


def _against_facts(trial: Trial) -> Judgement | None:
    """Fails where an arrow or "so" leads from an equation to no solution of it: `1 - 3p = 0`, so `p = 3`."""
    link, known = trial.link, trial.known
    if link.operator != "=" or not known.facts:
        return None
    last = known.facts[-1]
    spoken = (
        cues.CONCLUDES.search(link.cue) and last.relation.head == "chain" and last.relation.value == ("=",)
    )
    spoken = spoken and not says_value(last.relation, unknowns(last.relation))
    if link.connector not in CONCLUDES and not spoken:
        return None
    if last.side or unknowns(known.coordinates(last.relation)) != unknowns(known.coordinates(link.left)):
        return None
    verdict = entails([last.relation], link.relation, known)
    solves = entails([link.relation], last.relation, known).verdict is Equality.EQUAL
    if verdict.verdict is not Equality.DIFFERENT or solves:
        return None
    return Judgement(StepVerdict.FAILS, verdict.evidence, (last.line,))


def _is_no_end(trial: Trial) -> bool:
    """Whether the value is no end of the variable's domain: there is a candidate without a zero slope."""
    declared = trial.known.table.symbols.get(trial.link.left.value)
    if declared is None or declared.domain is None or trial.link.right.head != "number":
        return True
    return trial.link.right.value not in (declared.domain.low, declared.domain.high)


def _is_value(left: Expr, right: Expr) -> bool:
    return left.head in ATOMS and left.kind == "scalar" and not unknowns(right)


def hypothesis(trial: Trial) -> Judgement | None:
    """A relation between things that nothing has tied together yet is given; later lines may use it."""
    link = trial.link
    if link.operator in ("to", "sim", "propto"):
        return Judgement(StepVerdict.GIVEN)
    if link.first and not link.continuing and _is_slope_of_open(trial):
        return Judgement(StepVerdict.GIVEN, said=link.relation)
    if not _may_be_set(trial):
        return None
    if link.first and not link.continuing and of_unknown(trial):
        return Judgement(StepVerdict.GIVEN, fact=link.relation)
    if meant_as_identity(trial):
        return Judgement(StepVerdict.FAILS, trial.identity.evidence, claim=True)
    return Judgement(StepVerdict.GIVEN, fact=supposed(link.relation))


def _may_be_set(trial: Trial) -> bool:
    link, known = trial.link, trial.known
    if link.left.head == "index" and link.first and link.left.args[0].value not in known.table.symbols:
        return True
    if link.first and not link.continuing and (of_unknown(trial) or _says_a_value(trial)):
        return True
    described = link.first and not link.continuing and link.operator in ("<", ">", "<=", ">=", "!=")
    if described and cues.SUCH.search(link.cue):
        return True
    if _determines(trial) or _is_at_place(trial):
        return True
    if link.continuing or is_operator(link.left) or is_operator(link.right):
        return False
    if not any(free_symbols(known.coordinates(side)) for side in (link.left, link.right)):
        return False
    if _of_differentials(link.relation):
        return False
    if link.to_zero or cues.CONDITION.search(link.cue):
        return True
    if link.operator not in ("=", "approx", "equiv"):
        bare = _bare(link.left) or _bare(link.right)
        return bare or link.ordered or bool(cues.ASSUMES.search(link.cue))
    left, right = (unknowns(known.coordinates(side)) for side in (link.left, link.right))
    if not left & right and (_is_square_of_bare(link.left) or _bare(link.right)):
        return True
    opens = left and right and not left & (right | known.seen | known.constrained())
    if opens and not known.target.references:
        return True
    if link.single and link.first and _is_of_unknowns(link.relation, known):
        return not settles(link.relation, known)
    if link.single and link.first and any(known.is_fresh(s) and s not in known.seen for s in left | right):
        return not any(names(m, known) for m in walk(link.relation))
    return bool(left | right) and link.single and not known.target.references


def _is_at_place(trial: Trial) -> bool:
    """`y(0) = 2 + C = 5`: what a solution comes to at a place, and what is told of it there."""
    link, known = trial.link, trial.known
    left, right = (unknowns(known.coordinates(side)) for side in (link.left, link.right))
    place = link.head.head == "apply" and not any(unknowns(a) for a in link.head.args[1:])
    return place and link.operator == "=" and link.head is not link.left and bool(left) and not right


def _determines(trial: Trial) -> bool:
    """`det(A - lambda I) = 0`: a determinant in a name that is sought, beside a number."""
    link, known = trial.link, trial.known
    opens = link.first and not link.continuing and link.operator == "="
    left, right = (unknowns(known.coordinates(side)) for side in (link.left, link.right))
    taken = link.left.head == "call" and link.left.value in ("det", "tr")
    return opens and taken and bool(left) and not right and all(s.kind == "scalar" for s in left)


def _is_of_unknowns(relation: Expr, known: Knowledge) -> bool:
    """`x^2 h = 32`, `Mv = 5v`: a relation between declared names of which nothing says what they are.

    What is declared as something that varies (the function of the question) is spoken of, not set.
    """
    inside = [known.table.symbols.get(str(s.value)) for s in free_symbols(relation)]
    spelled = [s.definition for s in inside if s is not None and s.definition is not None]
    open_names = (s for s in inside if s is not None and s.definition is None and s.name in known.declared)
    return any(s.kind != "function" for s in open_names) and not any(free_symbols(d) for d in spelled)


def of_unknown(trial: Trial) -> bool:
    """`f''(x) = 6x`, `sum x_i = n mu`: what one side says of a function or a family that nothing defines."""
    if any(trial.link.left in f.relation.args for f in trial.known.facts):
        return False  # `f(2) = 3` was said before
    sides = (trial.link.left, trial.link.right)
    left, right = (undefined(side, trial) for side in sides)
    alone = any(name.kind == "function" and not is_chance(name) for name in left ^ right)
    if trial.link.operator != "=" or not (alone or bool(left) != bool(right)):
        return False
    # `l'(mu)` of a known `l(mu) = sum (x_i - mu)^2` speaks of the same family
    spelled = [undefined(trial.known.coordinates(side), trial) for side in sides]
    return not (is_operator(trial.link.left) and left | right <= spelled[0] & spelled[1])


def undefined(tree: Expr, trial: Trial) -> set[Expr]:
    """The functions and families in a tree that are neither declared nor defined.

    Where no one value is asked for, a function may be declared, and is what an equation is solved for.
    """
    functions = {p for p in walk(tree) if p.head == "symbol" and p.kind == "function"}
    families = {p.args[0] for p in walk(tree) if p.head == "index" and p.args[0].head == "symbol"}
    return {s for s in functions | families if _is_unexplained(s, trial.known)}


def _is_unexplained(name: Expr, known: Knowledge) -> bool:
    """Whether all that is known of a name is that it is a function: `f'(0) = 1` says no more.

    Where a question is asked, a line below may say what it is.
    """
    found = known.table.symbols.get(str(name.value))
    if found is None or known.target.references or name.value in ORDERS:
        return found is None
    return found.definition is None and found.inverse is None and found.kind == "function"


def _is_slope_of_open(trial: Trial) -> bool:
    """`s'(z) = s(z)(1 - s(z))`: says what an open function is like, the first time that it is spoken of."""
    left, known = trial.link.left, trial.known
    slope = left.args[0] if left.head == "apply" and left.args[1].head == "symbol" else None
    if trial.link.operator != "=" or slope is None or slope.head != "derived":
        return False
    declared = known.table.symbols.get(str(slope.args[0].value))
    is_open = declared is None or (declared.definition is None and declared.name not in known.declared)
    return is_open and not any(slope in walk(fact.relation) for fact in (*known.facts, *known.said))


def _says_a_value(trial: Trial) -> bool:
    """`b^2 - 4ac = 25 - 24 = 1`, `sum_(k=1)^n k = 55`: a number for what holds undeclared letters."""
    link, known = trial.link, trial.known
    if link.operator != "=" or unknowns(known.coordinates(link.right)):
        return False
    named = unknowns(known.coordinates(link.left))
    reckoned = any(part.head in ("derivative", "gradient", "limit") for part in walk(link.left))
    return bool(named) and not reckoned and not any(s.value in known.declared for s in named)


def _of_differentials(relation: Expr) -> bool:
    """Whether a relation between differentials speaks of one variable only: du = 2x dx with u written out."""
    names = [{s for s in free_symbols(side) if is_differential(s)} for side in relation.args]
    return bool(names[0] | names[1]) and len(names[0] | names[1]) == 1


def _is_square_of_bare(tree: Expr) -> bool:
    """`c`, and the `c^2` of a length that is known by its square."""
    return _bare(tree) or (tree.head == "pow" and _bare(tree.args[0]) and not free_symbols(tree.args[1]))


def _bare(tree: Expr) -> bool:
    return tree.head in ATOMS


def has_slope(tree: Expr) -> bool:
    """Whether a tree holds a derivative, or the bare sign of one (`d/dp = ...`)."""
    return is_bare_operator(tree) or any(p.head in ("derivative", "derived", "gradient") for p in walk(tree))


def is_bare_operator(tree: Expr) -> bool:
    """`\\frac{d}{dp}` with nothing behind it: what it is of, only the lines before tell."""
    return tree.head == "symbol" and str(tree.value).startswith("d/d")


def bare_operator(trial: Trial) -> Judgement | None:
    """`d/dp = ...` is open: nothing says of what it is the derivative."""
    return Judgement(StepVerdict.UNKNOWN) if is_bare_operator(trial.link.left) else None
