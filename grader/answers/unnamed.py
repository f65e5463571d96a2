"""A value behind a name that the question does not know: `P(D | T) = 0.16` where p is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.notation.chances import OPERATORS
from grader.working import Knowledge, Statement, Working
from grader.working.arguments.quantity import is_worked_out, names


def is_unknown_name(tree: Expr, known: Knowledge) -> bool:
    """Whether a tree names what nothing says: `P(D | T)`, `sigma'(u)`, `sigma^2`, and is no value."""
    if names(tree, known):
        return False
    if tree.head == "pow" and tree.args[1].head == "number":
        return is_unknown_name(tree.args[0], known)
    if tree.head == "apply" and tree.args[0].value in OPERATORS:
        return _is_undefined(tree.args[0], known)
    if tree.head in ("apply", "derived", "index"):
        return is_unknown_name(tree.args[0], known)
    if tree.head == "choice":
        return all(is_unknown_name(one, known) for one in tree.args)
    return tree.head == "symbol" and _is_undefined(tree, known)


def _is_undefined(name: Expr, known: Knowledge) -> bool:
    declared = known.table.symbols.get(str(name.value))
    return declared is None or (name.kind == "function" and declared.definition is None)


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
    """`g'(x)`, where `f'(x)` is asked for: a name of the same shape is another thing's.

    Events have names of the student's own: `P(D | T)` may be what the question calls `P(D | B)`.
    """
    asked = [name for name in known.target.named if name.head == "apply"]
    if head.head != "apply" or not asked:
        return False
    own = free_symbols(head).difference(*(free_symbols(name) for name in asked))
    return not (own and head.args[0].value in OPERATORS and any(n.args[0] is head.args[0] for n in asked))
