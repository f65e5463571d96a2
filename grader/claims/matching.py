"""Whether a claim says what a mark asks for, or the opposite."""

from __future__ import annotations

from collections.abc import Callable

from grader.claims.model import ASSERTED, Claim
from grader.expressions import build
from grader.expressions.nodes import Expr

Same = Callable[[Expr, Expr], bool]

_PREDICATES = {
    "to": "tends",
    "->": "tends",
    "=": "equals",
    "<": "less",
    ">": "greater",
    "<=": "at-most",
    ">=": "at-least",
}
_OPPOSITE = {"less": "at-least", "greater": "at-most", "at-most": "greater", "at-least": "less"}
_MIRROR = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
_EXCLUDES = {"greater": ("equals", "less", "at-most"), "less": ("equals", "greater", "at-least")}
_IMPLIES = {
    "at-least": ("greater", "equals"),
    "at-most": ("less", "equals"),
    "not-equals": ("greater", "less"),
    "injective": ("bijective", "invertible"),
    "surjective": ("bijective",),
    "invertible": ("bijective",),
    "not-bijective": ("not-injective", "not-surjective", "not-invertible"),
    "not-invertible": ("not-injective",),
    "not-increasing": ("not-monotone",),
    "not-decreasing": ("not-monotone",),
    "divergent": ("not-converges",),
    "not-divergent": ("converges",),
    "converges": ("not-divergent",),
    "not-converges": ("divergent",),
}
_RULED_OUT = {"increasing": ("decreasing", "constant"), "decreasing": ("increasing", "constant")}


def matches(claim: Claim, pattern: Expr, same: Same) -> bool:
    """Whether a claim says what the pattern says (`magnitude -> 0`, `magnitude != 0`, `p <= 1/4`).

    `same(a, b)` decides whether two expressions are equal; it must know the quantities' values. A limit
    counts also as something to bring about; other claims only if asserted. A vector's going to infinity
    is its norm's, and `|s| -> oo` is either `s -> oo` or `s -> -oo`.
    """
    subject, operator, target = _link(pattern)
    if operator == "to":
        return _tends(claim, subject, target, same)
    if claim.modality not in ASSERTED:
        return False
    if operator in ("not-bounded", "divergent", "not-converges") and _grows(claim):
        return _same_subject(claim.subject, subject, same)
    wanted = "not-equals" if operator == "!=" else _PREDICATES.get(operator, operator)
    said = _said(claim)
    if said != wanted and said not in _IMPLIES.get(wanted, ()):
        return False
    return _same_subject(claim.subject, subject, same) and _same_object(claim, operator, target, same)


def contradicts(claim: Claim, pattern: Expr, same: Same) -> bool:
    """Whether a claim says the opposite: `= 0` against `!= 0`, "does not tend to 0" against `-> 0`."""
    subject, operator, target = _link(pattern)
    if claim.modality not in ASSERTED:
        return False
    if operator in ("bounded", "converges") and _grows(claim):
        return _same_subject(claim.subject, subject, same)
    if not _same_subject(claim.subject, subject, same) or not _same_object(claim, operator, target, same):
        return False
    said = _said(claim)
    if _is_property(operator):
        turned = operator.removeprefix("not-") if operator.startswith("not-") else f"not-{operator}"
        ruled_out = (*_IMPLIES.get(turned, ()), *_RULED_OUT.get(operator, ()))
        return said == turned or said in ruled_out
    if operator == "to":
        return said == "not-tends"
    if operator == "!=":
        return said == "equals"
    if operator == "=":
        return said in ("not-equals", "greater", "less")
    wanted = _PREDICATES.get(operator, operator)
    if wanted in _EXCLUDES:
        return said in _EXCLUDES[wanted]
    return said == _OPPOSITE.get(wanted)


def _is_property(operator: str) -> bool:
    """`increasing`, `not-injective`: what is said of the subject alone."""
    return operator.replace("-", "").isalpha() and operator not in ("to", "in")


def _same_object(claim: Claim, operator: str, target: Expr, same: Same) -> bool:
    return claim.target is None if _is_property(operator) else _same_target(claim.target, target, same)


def _said(claim: Claim) -> str:
    if not claim.negated:
        return claim.predicate
    return _OPPOSITE.get(claim.predicate, f"not-{claim.predicate}")


def _link(pattern: Expr) -> tuple[Expr, str, Expr]:
    """The one link of a pattern, with its quantity on the left."""
    if pattern.head != "chain" or len(pattern.args) != 2:
        raise ValueError("a pattern is a relation of two sides")
    left, right = pattern.args
    operator = {"->": "to", "→": "to", "≠": "!=", "≤": "<=", "≥": ">="}.get(
        pattern.value[0], pattern.value[0]
    )
    if left.head in ("number", "decimal") and operator in _MIRROR:
        return right, _MIRROR[operator], left
    return left, operator, right


def _tends(claim: Claim, subject: Expr, target: Expr, same: Same) -> bool:
    wanted = claim.modality in ASSERTED or claim.modality == "purpose"
    if claim.predicate != "tends" or claim.negated or not wanted or claim.target is None:
        return False
    if _same_target(claim.target, target, same) and _same_subject(claim.subject, subject, same):
        return True
    if not _infinite(claim.target) or not _infinite(target):
        return False
    own = claim.subject
    if own.kind == "vector":
        return target is build.INFINITY and _same_subject(build.norm(own), subject, same)
    size = own.head in ("norm", "call") and (own.head == "norm" or own.value == "abs")
    return size and own.args[0].kind != "vector" and _same_subject(own.args[0], subject, same)


def _grows(claim: Claim) -> bool:
    """What tends to infinity is not bounded."""
    grows = claim.predicate == "tends" and not claim.negated and claim.target is not None
    return grows and claim.target is not None and _infinite(claim.target)


def _infinite(tree: Expr) -> bool:
    return tree is build.INFINITY or tree is build.neg(build.INFINITY)


def _same_subject(left: Expr, right: Expr, same: Same) -> bool:
    named = left.head == right.head == "symbol" and left.value == right.value  # whatever kind it was read as
    return left is right or named or same(left, right)


def _same_target(left: Expr | None, right: Expr, same: Same) -> bool:
    if left is None or _infinite(left) or _infinite(right):
        return left is right
    return left is right or same(left, right)
