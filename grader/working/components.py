"""Components of declared vectors: w_i is e_i . w, so that a line about components is one about vectors.

The derivative by w_i is then e_i times the gradient, phi_i(x) is e_i . phi(x), and the sum over i of
w_i v_i is w . v.
"""

from __future__ import annotations

from grader.expressions.build import ONE, apply, dot, gradient, mul, norm, number, symbol
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import rebuild
from grader.expressions.symbols import SymbolTable

TWO = number(2)


def as_vectors(tree: Expr, table: SymbolTable) -> Expr:
    """The tree with the components of declared vectors and vector-valued functions written as products."""
    if tree.head == "derivative" and len(tree.args) == 2:
        found = _component(tree.args[1], table)
        if found is not None:
            unit, vector = found
            return dot(unit, gradient(as_vectors(tree.args[0], table), vector))
    if tree.head in ("sum", "product"):
        whole = _scalar_product(tree, table)
        if whole is not None:
            return whole
    found = _component(tree, table)
    if found is not None:
        return _entry(tree, table) or dot(*found)
    return rebuild(tree, tuple(as_vectors(part, table) for part in tree.args))


def _component(tree: Expr, table: SymbolTable) -> tuple[Expr, Expr] | None:
    """e_i and the vector whose component a tree is; None for anything else."""
    if tree.head == "index" and len(tree.args) == 2 and tree.args[0].kind == "vector":
        return _unit(str(tree.args[1].value)), as_vectors(tree.args[0], table)
    if tree.head == "symbol":
        base, label = _split(tree)
        declared = table.symbols.get(base)
        if declared is not None and declared.kind == "vector" and label and tree.value not in table.symbols:
            return _unit(label), declared.expr
    if tree.head == "apply" and tree.args[0].head == "symbol":
        base, label = _split(tree.args[0])
        declared = table.symbols.get(base)
        if declared is not None and declared.returns == "vector" and label:
            return _unit(label), apply(declared.expr, *tree.args[1:], kind="vector")
    return None


def _entry(tree: Expr, table: SymbolTable) -> Expr | None:
    """The second entry of a vector of which the entries are known, for v_2."""
    base, label = _split(tree)
    held = table.symbols[base].definition if tree.head == "symbol" else None
    listed = held is not None and held.head == "matrix" and held.value[1] == 1 and label.isdigit()
    return (
        held.args[int(label) - 1]
        if held is not None and listed and 0 < int(label) <= len(held.args)
        else None
    )


def _over_all(tree: Expr) -> bool:
    """Whether a sum runs from the first component to the last, which a letter stands for."""
    low, high = tree.args[2:]
    return low is ONE and high.head == "symbol"


def _split(name: Expr) -> tuple[str, str]:
    """`w_i` as (w, i); only letters and numbers count a component."""
    base, _, label = str(name.value).partition("_")
    label = label.strip("{}")
    return (base, label) if label.isdigit() or (len(label) == 1 and label in "ijkmn") else (base, "")


def _unit(label: str) -> Expr:
    return symbol(f"e_{label}", "vector")


def _scalar_product(tree: Expr, table: SymbolTable) -> Expr | None:
    """sum_i w_i v_i c as c (w . v); None for other sums."""
    body, bound = tree.args[0], tree.args[1]
    if len(tree.args) == 4 and not _over_all(tree):
        return None
    if body.head == "pow" and body.args[1] is TWO:
        body = node("mul", (body.args[0], body.args[0]), None, body.kind)
    if body.head == "call" and body.value == "abs":
        sized = _component(body.args[0], table)
        own = sized is not None and sized[0] is _unit(str(bound.value))
        return norm(sized[1], "1") if sized is not None and own else None
    factors = body.args if body.head == "mul" else (body,)
    parts = [_component(f, table) for f in factors]
    vectors = [part[1] for part in parts if part is not None and part[0] is _unit(str(bound.value))]
    rest = [as_vectors(f, table) for f, part in zip(factors, parts, strict=True) if part is None]
    if tree.head != "sum" or len(vectors) != 2 or len(vectors) + len(rest) != len(factors):
        return None
    return mul(*rest, dot(vectors[0], vectors[1]))
