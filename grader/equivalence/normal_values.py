"""Normal forms of arrays: combinations of abstract vectors, matrices entry by entry, words of matrices."""

from __future__ import annotations

from dataclasses import dataclass

from grader.equivalence.field import F_ZERO, Beyond, Field, Frac

Word = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Combination:
    """A sum of scalar times word. The last letter of a word of kind "vector" is a vector.

    Letters are names of matrices and vectors, with ^T or ^-1 behind a matrix.
    """

    kind: str  # "vector", "row" or "matrix"
    terms: tuple[tuple[Word, Frac], ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """A literal matrix; entries by rows."""

    rows: int
    columns: int
    entries: tuple[Frac, ...]


Value = Frac | Combination | Entries


def combination(field: Field, kind: str, terms: list[tuple[Word, Frac]]) -> Combination:
    """Like terms together, zeros gone, words in order."""
    found: dict[Word, Frac] = {}
    for word, c in terms:
        found[word] = field.add(found[word], c) if word in found else c
    kept = sorted((w, c) for w, c in found.items() if c.top != 0) if len(found) > 1 else list(found.items())
    return Combination(kind, tuple((w, c) for w, c in kept if c.top != 0))


def add_values(field: Field, a: Value, b: Value) -> Value:
    """The sum of two values of one shape."""
    if isinstance(a, Frac) and isinstance(b, Frac):
        return field.add(a, b)
    if isinstance(a, Frac) and a.top == 0:
        return b
    if isinstance(b, Frac) and b.top == 0:
        return a
    if isinstance(a, Combination) and isinstance(b, Combination) and a.kind == b.kind:
        return combination(field, a.kind, [*a.terms, *b.terms])
    if isinstance(a, Entries) and isinstance(b, Entries) and (a.rows, a.columns) == (b.rows, b.columns):
        pairs = zip(a.entries, b.entries, strict=True)
        return Entries(a.rows, a.columns, tuple(field.add(x, y) for x, y in pairs))
    raise Beyond


def scale_value(field: Field, c: Frac, a: Value) -> Value:
    """c a."""
    if isinstance(a, Frac):
        return field.mul(c, a)
    if isinstance(a, Combination):
        return combination(field, a.kind, [(w, field.mul(c, d)) for w, d in a.terms])
    return Entries(a.rows, a.columns, tuple(field.mul(c, d) for d in a.entries))


def multiply_values(field: Field, a: Value, b: Value) -> Value:
    """The product in order; raises `Beyond` for shapes that do not multiply here."""
    if isinstance(a, Frac):
        return scale_value(field, a, b)
    if isinstance(b, Frac):
        return scale_value(field, b, a)
    if isinstance(a, Entries) and isinstance(b, Entries):
        return _entries_product(field, a, b)
    if isinstance(a, Combination) and isinstance(b, Combination) and a.kind == "matrix":
        if b.kind == "row":
            raise Beyond
        terms = [(joined(v, w), field.mul(c, d)) for v, c in a.terms for w, d in b.terms]
        return combination(field, b.kind, terms)
    raise Beyond


def _entries_product(field: Field, a: Entries, b: Entries) -> Value:
    if a.columns != b.rows:
        raise Beyond
    found = []
    for i in range(a.rows):
        for j in range(b.columns):
            total = F_ZERO
            for k in range(a.columns):
                total = field.add(
                    total, field.mul(a.entries[i * a.columns + k], b.entries[k * b.columns + j])
                )
            found.append(total)
    return found[0] if len(found) == 1 and a.rows == 1 else Entries(a.rows, b.columns, tuple(found))


def joined(left: Word, right: Word) -> Word:
    """Two words side by side; a matrix beside its inverse goes."""
    while left and right and (left[-1] == f"{right[0]}^-1" or right[0] == f"{left[-1]}^-1"):
        left, right = left[:-1], right[1:]
    return left + right


def flipped_letter(letter: str) -> str:
    """The transpose of a letter."""
    inverse = letter.endswith("^-1")
    base = letter.removesuffix("^-1")
    base = base.removesuffix("^T") if base.endswith("^T") else f"{base}^T"
    return f"{base}^-1" if inverse else base


def flipped(word: Word) -> Word:
    """The transpose of a product of matrices."""
    return tuple(flipped_letter(letter) for letter in reversed(word))


def transpose_value(a: Value) -> Value:
    """The transpose."""
    if isinstance(a, Frac):
        return a
    if isinstance(a, Entries):
        places = [i * a.columns + j for j in range(a.columns) for i in range(a.rows)]
        return Entries(a.columns, a.rows, tuple(a.entries[p] for p in places))
    if a.kind == "matrix":
        return Combination("matrix", tuple((flipped(w), c) for w, c in a.terms))
    return Combination("row" if a.kind == "vector" else "vector", a.terms)
