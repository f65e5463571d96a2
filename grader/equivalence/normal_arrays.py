"""Normal forms of vectors and matrices: scalar products and norms as kernels, matrices entry by entry."""

from __future__ import annotations

from fractions import Fraction

from grader.equivalence.field import F_ONE, F_ZERO, POLY_ONE, Beyond, Frac, Kernel, constant
from grader.equivalence.normal_values import (
    Combination,
    Entries,
    Value,
    Word,
    combination,
    flipped,
    joined,
    multiply_values,
    transpose_value,
)
from grader.equivalence.trigonometry import Trigonometry
from grader.expressions.nodes import Expr


class ArrayRules(Trigonometry):
    """A field with rules for arrays; the trees come from `Normalizer`."""

    def value(self, tree: Expr) -> Value:
        """The normal form of a tree."""
        raise NotImplementedError

    def scalar(self, tree: Expr) -> Frac:
        """The normal form of something that is a number."""
        raise NotImplementedError

    def entries_of(self, tree: Expr) -> Value:
        """A matrix that is written out."""
        rows, columns = tree.value
        return Entries(rows, columns, tuple(self.scalar(a) for a in tree.args))

    def dot_of(self, tree: Expr) -> Frac:
        """A scalar product."""
        left, right = (self.value(a) for a in tree.args)
        return self.dot_values(left, right)

    def dot_values(self, left: Value, right: Value) -> Frac:
        """The scalar product, bilinear over words."""
        if isinstance(left, Frac) and isinstance(right, Frac):
            return self.mul(left, right)
        if isinstance(left, Entries) and isinstance(right, Entries):
            if len(left.entries) != len(right.entries):
                raise Beyond
            total = F_ZERO
            for a, b in zip(left.entries, right.entries, strict=True):
                total = self.add(total, self.mul(a, b))
            return total
        if not isinstance(left, Combination) or not isinstance(right, Combination):
            raise Beyond
        total = F_ZERO
        for v, c in left.terms:
            for w, d in right.terms:
                total = self.add(total, self.mul(self.mul(c, d), self._pair(v, w)))
        return total

    def _pair(self, v: Word, w: Word) -> Frac:
        """v . w for words that end in a vector: u . (A^T B z), one spelling for it and its mirror."""
        if v == w:
            gen = self.kernel("norm", "*".join(v), lambda: self._norm_kernel(v))
            return self.power(Frac(gen, POLY_ONE), 2)
        middle = joined(flipped(v[:-1]), w[:-1])
        straight = (v[-1], *middle, w[-1])
        mirrored = (w[-1], *flipped(middle), v[-1])
        return Frac(self.kernel("dot", "*".join(min(straight, mirrored))), POLY_ONE)

    @staticmethod
    def _norm_kernel(word: Word) -> Kernel:
        return Kernel(f"norm:{'*'.join(word)}", "norm", word, 0, None, Fraction(0))

    def norm_of(self, tree: Expr) -> Frac:
        """A norm; the Euclidean one as the root of a scalar product."""
        inner = self.value(tree.args[0])
        if isinstance(inner, Frac):
            return self.absolute(inner)
        if tree.value in ("2", "F") and not (isinstance(inner, Combination) and inner.kind == "matrix"):
            if isinstance(inner, Entries) and tree.value == "2" and 1 not in (inner.rows, inner.columns):
                raise Beyond
            return self.root(self.dot_values(inner, inner), Fraction(1, 2))
        if isinstance(inner, Entries) and tree.value == "1" and 1 in (inner.rows, inner.columns):
            total = F_ZERO
            for entry in inner.entries:
                total = self.add(total, self.absolute(entry))
            return total
        raise Beyond

    def cross_of(self, tree: Expr) -> Value:
        """A vector product: bilinear, antisymmetric."""
        left, right = (self.value(a) for a in tree.args)
        if isinstance(left, Entries) and isinstance(right, Entries):
            return self._cross_entries(left, right)
        if not isinstance(left, Combination) or not isinstance(right, Combination):
            raise Beyond
        terms: list[tuple[Word, Frac]] = []
        for v, c in left.terms:
            for w, d in right.terms:
                if v == w:
                    continue
                first, second = sorted((v, w))
                sign = constant(1 if first == v else -1)
                word = (f"({'*'.join(first)} x {'*'.join(second)})",)
                terms.append((word, self.mul(sign, self.mul(c, d))))
        return combination(self, "vector", terms)

    def _cross_entries(self, left: Entries, right: Entries) -> Value:
        if len(left.entries) != 3 or len(right.entries) != 3:
            raise Beyond
        (a, b, c), (d, e, f) = left.entries, right.entries
        pairs = ((b, f, c, e), (c, d, a, f), (a, e, b, d))
        return Entries(3, 1, tuple(self.sub(self.mul(p, q), self.mul(r, s)) for p, q, r, s in pairs))

    def transpose_of(self, tree: Expr) -> Value:
        """A transpose."""
        return transpose_value(self.value(tree.args[0]))

    def array_power(self, base: Value, n: int) -> Value:
        """An integer power of a square matrix."""
        if isinstance(base, Entries):
            if base.rows != base.columns or abs(n) > 32:
                raise Beyond
            step: Value = base if n >= 0 else self._inverse(base)
            total: Value = identity(base.rows)
            for _ in range(abs(n)):
                total = multiply_values(self, total, step)
            return total
        if not isinstance(base, Combination) or base.kind != "matrix" or abs(n) > 12:
            raise Beyond
        if n == 0:
            return Combination("matrix", (((), F_ONE),))
        step = base
        if n < 0:
            if len(base.terms) != 1:
                raise Beyond
            word, c = base.terms[0]
            turned = tuple(w.removesuffix("^-1") if w.endswith("^-1") else f"{w}^-1" for w in reversed(word))
            step = Combination("matrix", ((turned, self.div(F_ONE, c)),))
        total = step
        for _ in range(abs(n) - 1):
            total = multiply_values(self, total, step)
        return total

    def determinant(self, a: Entries) -> Frac:
        """The determinant, by expansion along the first row."""
        if a.rows != a.columns or a.rows > 5:
            raise Beyond
        if a.rows == 1:
            return a.entries[0]
        total = F_ZERO
        for j in range(a.columns):
            term = self.mul(a.entries[j], self.determinant(minor(a, 0, j)))
            total = self.sub(total, term) if j % 2 else self.add(total, term)
        return total

    def _inverse(self, a: Entries) -> Entries:
        below = self.determinant(a)
        n = a.rows
        if n == 1:
            return Entries(1, 1, (self.div(F_ONE, below),))
        found = []
        for i in range(n):
            for j in range(n):
                part = self.div(self.determinant(minor(a, j, i)), below)
                found.append(self.scale(part, Fraction((-1) ** (i + j))))
        return Entries(n, n, tuple(found))

    def matrix_number(self, tree: Expr) -> Frac:
        """det and tr."""
        inner = self.value(tree.args[0])
        if isinstance(inner, Frac):
            return inner
        if tree.value == "tr":
            return self._trace(inner)
        if isinstance(inner, Entries):
            return self.determinant(inner)
        if not isinstance(inner, Combination) or len(inner.terms) != 1 or inner.kind != "matrix":
            raise Beyond
        word, c = inner.terms[0]
        if c != F_ONE:
            raise Beyond
        return self._word_determinant(word)

    def _word_determinant(self, word: Word) -> Frac:
        total = F_ONE
        for letter in word:
            power = -1 if letter.endswith("^-1") else 1
            name = letter.removesuffix("^-1").removesuffix("^T")
            total = self.mul(total, self.power(Frac(self.kernel("det", name), POLY_ONE), power))
        return total

    def _trace(self, inner: Value) -> Frac:
        if isinstance(inner, Entries):
            if inner.rows != inner.columns:
                raise Beyond
            total = F_ZERO
            for i in range(inner.rows):
                total = self.add(total, inner.entries[i * inner.columns + i])
            return total
        if not isinstance(inner, Combination) or inner.kind != "matrix":
            raise Beyond
        total = F_ZERO
        for word, c in inner.terms:
            turns = [w[i:] + w[:i] for w in (word, flipped(word)) for i in range(len(w))]
            gen = self.kernel("tr", "*".join(min(turns)) if turns else "1")
            total = self.add(total, self.mul(c, Frac(gen, POLY_ONE)))
        return total


def minor(a: Entries, row: int, column: int) -> Entries:
    """The matrix without a row and a column."""
    kept = [(i, j) for i in range(a.rows) for j in range(a.columns) if i != row and j != column]
    return Entries(a.rows - 1, a.columns - 1, tuple(a.entries[i * a.columns + j] for i, j in kept))


def identity(n: int) -> Entries:
    """The identity matrix."""
    return Entries(n, n, tuple(F_ONE if i == j else F_ZERO for i in range(n) for j in range(n)))
