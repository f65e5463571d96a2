"""`I` beside matrices, or in a trace or a determinant: the identity, of the size that fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from grader.equivalence.features import features
from grader.expressions.build import ONE, ZERO, add, gradient, matrix, mul, norm, power, symbol, transpose
from grader.expressions.identity import identity
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import rebuild
from grader.expressions.symbols import SymbolTable

_NAMES = frozenset(["I", "vec(I)"])
_INDEXED = frozenset(["I", "vec(I)", "E"])
_OF_MATRICES = frozenset(["det", "tr", "rank"])
_LARGEST = 6


def with_identity(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both trees with an undeclared I as the identity, where a matrix must stand; else as they are."""
    names = features(left).names | features(right).names
    if not any(n in _INDEXED or n.startswith("I_") for n in names):
        return left, right
    parts = [p for t in (left, right) for p in walk(t)]
    if not any(_is_identity(p) for p in parts) or not _holds_matrices(parts):
        return left, right
    sizes = sorted({n for p in parts if (n := _size(p))})
    whole = sizes[0] if len(sizes) == 1 else 0
    if len(sizes) > 1:
        return left, right
    return _with_matrix(left, whole), _with_matrix(right, whole)


def _holds_matrices(parts: Iterable[Expr]) -> bool:
    """Whether a matrix stands there, or what is taken of matrices only."""
    return any(
        p.kind == "matrix"
        or (p.head == "call" and p.value in _OF_MATRICES)
        or (p.head == "norm" and p.value == "F")
        for p in parts
    )


def _is_identity(tree: Expr) -> bool:
    if tree.head == "index":
        return len(tree.args) == 2 and tree.args[0].head == "symbol" and tree.args[0].value in _INDEXED
    if tree.head != "symbol" or tree.kind not in ("scalar", "vector"):
        return False
    return tree.value in _NAMES or _below(tree) != ""


def _below(tree: Expr) -> str:
    """What stands below I: one letter, or a number."""
    if tree.head == "index":
        return str(tree.args[1].value) if tree.args[1].head == "symbol" else ""
    name = str(tree.value)
    below = name[2:] if name.startswith("I_") else ""
    return below if below.isdigit() or (len(below) == 1 and below.isalpha()) else ""


def _with_matrix(tree: Expr, size: int) -> Expr:
    """The tree with the identity of that size (0: of any), and kinds that go with it."""
    if _is_identity(tree):
        below = _below(tree)
        if below.isdigit() and size and int(below) != size:
            return tree
        number = size or (int(below) if below.isdigit() else 0)
        return _written_out(number) if 0 < number <= _LARGEST else identity(below)
    args = tuple([_with_matrix(a, size) for a in tree.args])
    if args == tree.args or tree.head not in _BUILDERS:
        return rebuild(tree, args)
    return _BUILDERS[tree.head](*args)


_BUILDERS: dict[str, Callable[..., Expr]] = {
    "add": add,
    "mul": mul,
    "pow": power,
    "gradient": gradient,
    "transpose": transpose,
}


def _written_out(n: int) -> Expr:
    return matrix(n, n, *(ONE if i == j else ZERO for i in range(n) for j in range(n)))


def _size(tree: Expr) -> int:
    """The size of a square matrix that is written out; else 0."""
    square = tree.head == "matrix" and tree.value[0] == tree.value[1]
    rows: int = tree.value[0] if square else 0
    return rows


def as_matrices(left: Expr, right: Expr, table: SymbolTable) -> tuple[Expr, Expr] | None:
    """Both with undeclared capital letters as matrices; None where no I stands that may be the identity."""
    names = features(left).names | features(right).names
    if "I" not in names or table.find("I") is not None:
        return None
    parts = [p for t in (left, right) for p in walk(t)]
    return None if any(map(_is_current, parts)) else _with_capitals(left, right, table)


def as_used(left: Expr, right: Expr, table: SymbolTable) -> tuple[Expr, Expr] | None:
    """Both with undeclared capital letters as matrices, where these are used as such: `(AB)^T`, `tr(ABC)`.

    None where they are not, or where small letters are transposed: then these are vectors, and nothing says
    which others are.
    """
    if all(features(t).heads.isdisjoint(("transpose", "call")) for t in (left, right)):
        return None
    parts = [p for t in (left, right) for p in walk(t)]
    turned = [p.args[0] for p in parts if p.head == "transpose"]
    if any(p.head == "symbol" and not _is_capital(str(p.value)) for p in turned):
        return None
    if not turned and not any(p.head == "call" and p.value in _OF_MATRICES for p in parts):
        return None
    return _with_capitals(left, right, table)


def with_columns(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both with the small letters that matrices are multiplied by, or that are added to such products, as
    vectors: w and y in `X^T (X w - y)`."""
    parts = [p for t in (left, right) for p in walk(t)]
    found = {p.args[-1] for p in parts if _is_matrix_times(p)}
    found |= {
        _letter(a) for p in parts if p.head == "add" and any(map(_is_matrix_times, p.args)) for a in p.args
    }
    letters = [s for s in found if s.head == "symbol" and s.kind == "scalar"]
    columns = {s: symbol(str(s.value), "vector") for s in letters}
    return _replaced(left, columns), _replaced(right, columns)


def _is_matrix_times(tree: Expr) -> bool:
    """`A^T A x`: a product that ends in no matrix."""
    return (
        tree.head == "mul" and tree.args[-1].kind == "scalar" and any(a.kind == "matrix" for a in tree.args)
    )


def _letter(tree: Expr) -> Expr:
    """The letter in `-y`; else the tree."""
    return tree.args[-1] if tree.head == "mul" and tree.args[0].head == "number" else tree


def _with_capitals(left: Expr, right: Expr, table: SymbolTable) -> tuple[Expr, Expr] | None:
    parts = [p for t in (left, right) for p in walk(t)]
    leaves = {p for p in parts if p.head == "symbol" and p.kind == "scalar"}
    letters = [s for s in leaves if _is_capital(str(s.value)) and table.find(str(s.value)) is None]
    matrices = {s: symbol(str(s.value), "matrix") for s in letters}
    return (_replaced(left, matrices), _replaced(right, matrices)) if letters else None


def _is_current(part: Expr) -> bool:
    """`I R` and `I^2`: nobody multiplies an identity by a matrix."""
    factors = [str(a.value) for a in part.args if a.head == "symbol"] if part.head in ("mul", "pow") else []
    return "I" in factors and (part.head == "pow" or any(map(_is_capital, factors)))


def are_used_as_matrices(left: Expr, right: Expr) -> bool:
    """Whether a single letter is transposed, or only matrices have what is taken of it."""
    parts = [p for t in (left, right) for p in walk(t)]
    return any(p.head == "transpose" and p.args[0].kind == "scalar" for p in parts) or any(
        p.head == "call" and p.value in _OF_MATRICES for p in parts
    )


def _is_capital(name: str) -> bool:
    return len(name) == 1 and name.isupper() and name != "I"


def _replaced(tree: Expr, table: dict[Expr, Expr]) -> Expr:
    """The tree with other letters, and with kinds that go with them."""
    if not tree.args:
        return table.get(tree, tree)
    args = tuple([_replaced(a, table) for a in tree.args])
    if tree.head == "call" and tree.value == "abs" and args[0].kind == "vector":
        return norm(args[0])
    return _BUILDERS[tree.head](*args) if tree.head in _BUILDERS else rebuild(tree, args)
