"""Are two trees equal? What is compared depends on what they are: values, sets, tuples, statements."""

from __future__ import annotations

from itertools import pairwise

from grader.equivalence import sentences
from grader.equivalence.asking import Stopped, ask, nobody
from grader.equivalence.assumptions import Assumptions
from grader.equivalence.binders import carry_out
from grader.equivalence.conclude import combine
from grader.equivalence.diagonals import with_diagonals
from grader.equivalence.equations import equivalent_equations
from grader.equivalence.features import features
from grader.equivalence.infinite import infinity_sign
from grader.equivalence.membership import spelled_out
from grader.equivalence.parameters import decide_by_sign
from grader.equivalence.prepare import prepare
from grader.equivalence.randomness import decide_with_chances
from grader.equivalence.reservations import with_reservations
from grader.equivalence.sets import decide_sets, of_names
from grader.equivalence.truths import with_sign
from grader.equivalence.values import climb as values_climb
from grader.equivalence.values import decide_values
from grader.expressions.build import INFINITY, MINUS_ONE, chain, finite_set, neg
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, readings, rebuild, transform
from grader.expressions.rewrite import replace as replace_names
from grader.records import Equality, Evidence, EvidenceKind, Verdict


def decide(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    """Whether two trees are equal under the assumptions, with evidence.

    Numbers, vectors, matrices and functions by value; sets, intervals and tuples by their parts;
    statements by their solutions. EQUAL with evidence `identical` or `normal-form` is proven, with
    `consistent` it is only not refuted. DIFFERENT rests on a rational point where enclosures do not meet,
    or where only one side has a value (`domain_only` in the evidence), or on two different shapes.

    >>> from grader.expressions.build import symbol, add
    >>> x, y = symbol("x"), symbol("y")
    >>> decide(add(x, y), add(y, x), Assumptions()).verdict
    <Equality.EQUAL: 'equal'>
    """
    try:
        left, right = _settled(left), _settled(right)
        found = decide_by_sign(left, right, assumptions, _with_laws)
        return with_diagonals(found, left, right, assumptions, _with_laws)
    except Stopped:
        return sentences.stopped()


def _with_laws(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    left, right = (_with_infinity(t, assumptions) for t in (left, right))
    found = decide_with_chances(left, right, assumptions, _decided)
    return with_reservations(found, left, right, assumptions, _decided)


def _decided(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    if left is right and _shape(left) != "value":
        return Verdict(Equality.EQUAL, sentences.identical())
    shapes = _shape(left), _shape(right)
    if shapes[0] != shapes[1]:
        return _unlike(left, right, shapes, assumptions)
    if shapes[0] == "statement":
        right = _with_like_names(left, right)
        defined = _of_one_definition(left, right, assumptions)
        return defined or equivalent_equations(left, right, assumptions)
    if shapes[0] == "set":
        return decide_sets(left, right, assumptions, decide)
    if shapes[0] == "tuple":
        return _tuples(left, right, assumptions)
    if shapes[0] == "infinity":
        if infinity_sign(left) == infinity_sign(right):
            return Verdict(Equality.EQUAL, sentences.computed())
        return _mismatch("They are infinities of different signs.")
    return decide_values(left, right, assumptions)


def _settled(tree: Expr) -> Expr:
    """One reading, and plus-minus as the set of two."""
    if "choice" in features(tree).heads:
        tree = readings(tree, 1)[0]
    if "cases" in features(tree).heads:
        tree = transform(tree, _with_plain_cases)
    if tree.kind != "truth" and "plusminus" in features(tree).heads:
        return finite_set(with_sign(tree, 1), with_sign(tree, -1))
    return tree


def _with_plain_cases(part: Expr) -> Expr:
    """Cases whose conditions are relations of single values: `0 <= x <= 1` for `x in [0, 1]`."""
    if part.head != "cases":
        return part
    return rebuild(part, tuple(spelled_out(a) if a.kind == "truth" else a for a in part.args))


def _with_infinity(tree: Expr, assumptions: Assumptions) -> Expr:
    """A limit, sum or integral that is infinite, as infinity; every other tree as it is."""
    if tree.kind not in ("scalar", "integer") or not features(tree).has_binder:
        return tree
    if tree.head not in ("limit", "sum", "integral", "mul"):
        return tree
    endless = any(infinity_sign(part) for part in walk(tree))
    asking = ask if endless else nobody
    worked = carry_out(prepare((tree,), assumptions).trees[0], assumptions, values_climb, asking)
    sign = infinity_sign(worked)
    return (INFINITY if sign > 0 else neg(INFINITY)) if sign else tree


def _shape(tree: Expr) -> str:
    if tree.kind == "truth":
        return "statement"
    if tree.kind == "set":
        return "set"
    if tree.head == "tuple":
        return "tuple"
    if infinity_sign(tree):
        return "infinity"
    return "value"


def _unlike(left: Expr, right: Expr, shapes: tuple[str, str], assumptions: Assumptions) -> Verdict:
    """Different shapes: a named value (`x = 5` beside 5) is its value; else they are different things."""
    if "statement" in shapes:
        stated, other = (left, right) if shapes[0] == "statement" else (right, left)
        solved = "set" in shapes and stated.head == "chain" and stated.args[0].head == "call"
        if _names_a_value(stated) and not solved:  # `|x| = -1` beside a set is an equation
            value = stated.args[-1]
            if value.head == other.head == "tuple" and stated.args[0].head == "symbol":
                value, other = finite_set(*value.args), finite_set(*other.args)  # solutions have no order
            if value.head == "tuple" and other.head == "set" and stated.args[0].head == "symbol":
                value = finite_set(*value.args)
            return _in_order(value, other, stated is left, assumptions)
        if "value" in shapes and _is_identity(stated, assumptions):
            return _in_order(stated.args[-1], other, stated is left, assumptions)
        if "set" in shapes:
            return _as_solutions(stated, other, stated is left, assumptions)
    if "set" in shapes and "value" in shapes:
        named = of_names(left, right)  # A beside the union of A and B
        if named.verdict is not Equality.UNKNOWN:
            return named
        whole = left if shapes[0] == "set" else right
        if whole.head == "set" and len(whole.args) == 1:
            return _mismatch("One is a set, the other its only element.")
    if "tuple" in shapes and any(t.kind == "vector" and _is_gradient(t) for t in (left, right)):
        return Verdict(Equality.UNKNOWN)
    if "infinity" in shapes and any(_may_be_infinite(t, assumptions) for t in (left, right)):
        return Verdict(Equality.UNKNOWN)
    words = {
        "set": "a set",
        "tuple": "a tuple",
        "value": "a single value",
        "infinity": "infinite",
        "statement": "a statement",
    }
    return _mismatch(f"The first is {words[shapes[0]]}, the second is {words[shapes[1]]}.")


def _is_gradient(tree: Expr) -> bool:
    """Of a function that nothing is known of; its components may well stand on the other side."""
    return tree.head == "gradient" or (tree.head == "symbol" and str(tree.value).startswith("\u2207"))


def _may_be_infinite(tree: Expr, assumptions: Assumptions) -> bool:
    """Whether infinity stands in it, or a sum, limit or integral that could not be worked out."""
    if not features(tree).has_binder:
        return not infinity_sign(tree) and any(part is INFINITY for part in walk(tree))
    worked = carry_out(prepare((tree,), assumptions).trees[0], assumptions, values_climb, ask)
    return features(worked).has_binder


def _in_order(one: Expr, other: Expr, one_first: bool, assumptions: Assumptions) -> Verdict:
    return decide(one, other, assumptions) if one_first else decide(other, one, assumptions)


def _as_solutions(stated: Expr, whole: Expr, stated_first: bool, assumptions: Assumptions) -> Verdict:
    """`1 < x < 3` beside `(1, 3)`: what solves a statement about one unknown, as a set."""
    free = free_symbols(stated)
    if len(free) != 1 or free & free_symbols(whole):
        return Verdict(Equality.UNKNOWN)
    lies_in = chain((next(iter(free)), whole), ("in",))
    return _in_order(stated, lies_in, stated_first, assumptions)


_NAMES = frozenset(["symbol", "index", "apply", "partial", "norm", "derivative", "gradient"])


def _names_a_value(stated: Expr) -> bool:
    """`x = 5`, `x = 2 + 3 = 5`, `f(2) = 1`, `|AB| = 1`, `(p, q) = (3, 2)`, `x \\approx 3.1`."""
    if stated.head != "chain" or not set(stated.value) <= {"=", "approx"}:
        return False
    named, value = stated.args[0], stated.args[-1]
    if named.head == "symbol":
        return named not in free_symbols(value)
    if _defines(named):
        return all(part is not named and part is not named.args[0] for part in walk(value))
    if named.head == "tuple":
        return all(part.head in _NAMES for part in named.args)
    plain = named.head in _NAMES or _is_ratio(named) or (named.head == "call" and bool(free_symbols(named)))
    return plain and not free_symbols(value)


def _is_identity(stated: Expr, assumptions: Assumptions) -> bool:
    """`3^2 = 9`, `(x + 1)^2 = x^2 + 2x + 1`: all members are equal, so that the last is what comes out."""
    if stated.head != "chain" or set(stated.value) != {"="} or stated.args[0].head in _NAMES:
        return False
    pairs = pairwise(stated.args)
    return all(decide(a, b, assumptions).verdict is Equality.EQUAL for a, b in pairs)


def _defines(named: Expr) -> bool:
    """`f(x)` or `a_n`, of names that differ."""
    if named.head not in ("apply", "index"):
        return False
    names = named.args[1:]
    function = named.args[0] if named.head != "apply" else _innermost(named.args[0])
    return all(a.head == "symbol" for a in (function, *names)) and len(set(names)) == len(names)


def _innermost(function: Expr) -> Expr:
    """f of f' and of the inverse of f."""
    while function.head in ("derived", "inverse"):
        function = function.args[0]
    return function


def _of_one_definition(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict | None:
    """`f(x) = (x^2 - 1)/(x - 1)` beside `f(x) = x + 1`: what they say of f, where each of them has a value.

    None where they define no one thing, or where that decides nothing: then they are equations.
    """
    if not all(t.head == "chain" and t.value == ("=",) and _heads(t.args[0]) for t in (left, right)):
        return None
    named = left.args[0]
    if named is not right.args[0] or any(named in walk(t.args[1]) for t in (left, right)):
        return None
    found = decide(left.args[1], right.args[1], assumptions)
    return None if found.verdict is Equality.UNKNOWN else found


def _heads(named: Expr) -> bool:
    """`f(x)`, `f'(x)`, `P(X = k)`, `a_n`: the name of a value."""
    return named.head in ("apply", "index") and all(a.head != "number" for a in named.args[1:])


def _with_like_names(left: Expr, right: Expr) -> Expr:
    """The right of two definitions, with the names for the arguments that the left one has."""
    if not all(t.head == "chain" and t.value == ("=",) and _defines(t.args[0]) for t in (left, right)):
        return right
    ours, theirs = left.args[0], right.args[0]
    same = ours.head == theirs.head and ours.args[0] is theirs.args[0] and len(ours.args) == len(theirs.args)
    if not same or free_symbols(right) & set(ours.args[1:]) - set(theirs.args[1:]):
        return right
    return replace_names(right, dict(zip(theirs.args[1:], ours.args[1:], strict=True)))


def _is_ratio(tree: Expr) -> bool:
    """`V_1 : V_2`, one name over another."""
    if tree.head != "mul" or len(tree.args) != 2 or tree.args[1].head != "pow":
        return False
    top, (bottom, exponent) = tree.args[0], tree.args[1].args
    return exponent is MINUS_ONE and top.head in _NAMES and bottom.head in _NAMES


def _mismatch(sentence: str) -> Verdict:
    data = {"point": {}, "left": "", "right": "", "domain_only": False}
    return Verdict(Equality.DIFFERENT, Evidence(EvidenceKind.COUNTEREXAMPLE, sentence, data))


def _tuples(left: Expr, right: Expr, assumptions: Assumptions) -> Verdict:
    if len(left.args) != len(right.args):
        return _mismatch(f"The first has {len(left.args)} entries, the second has {len(right.args)}.")
    pairs = zip(left.args, right.args, strict=True)
    return combine([decide(a, b, assumptions) for a, b in pairs])
