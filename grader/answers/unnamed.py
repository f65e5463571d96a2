"""A value behind a name that the question does not know: `P(D | T) = 0.16` where p is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from grader.expressions.nodes import Expr
from grader.working import Knowledge, Statement, Working
from grader.working.arguments.quantity import is_worked_out, names


def is_unknown_name(tree: Expr, known: Knowledge) -> bool:
    """Whether a tree names what nothing says: `P(D | T)`, `sigma'(u)`, `sigma^2`, and is no value."""
    if names(tree, known):
        return False
    if tree.head == "pow" and tree.args[1].head == "number":
        return is_unknown_name(tree.args[0], known)
    if tree.head in ("apply", "derived", "index"):
        return is_unknown_name(tree.args[0], known)
    if tree.head == "choice":
        return all(is_unknown_name(one, known) for one in tree.args)
    declared = known.table.symbols.get(str(tree.value)) if tree.head == "symbol" else None
    if tree.head != "symbol":
        return False
    return declared is None or (tree.kind == "function" and declared.definition is None)


def behind_unknown(statements: Sequence[Statement], working: Working) -> Statement | None:
    """The last statement, where it says of a name that nothing else explains what its value is."""
    related = [s for s in statements if len(s.members) > 1 or s.line.segment.leading]
    if not related:
        return None
    last, known = related[-1], working.known
    head = working.heads.get(last.chain) or last.members[0]
    if last.members[-1] is head or not is_unknown_name(head, known) or _of_another(head, known):
        return None
    return last if is_worked_out(known.spelled(last.members[-1])) else None


def _of_another(head: Expr, known: Knowledge) -> bool:
    """`g'(x)`, where `f'(x)` is asked for: a name of the same shape is another thing's."""
    return head.head == "apply" and any(name.head == "apply" for name in known.target.named)
