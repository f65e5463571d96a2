"""Which of the slips that fit is named: the most telling first, and what is common where several fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

import numpy as np

from grader.diagnosis.families.parts import is_constant
from grader.diagnosis.hits import Hit, hits, quiet
from grader.diagnosis.malrule import CalculusRule
from grader.diagnosis.mutants import Slipped, mends_at, slips_at
from grader.diagnosis.samples import Value, ratios, sampler_for
from grader.diagnosis.search import Case, Explanation
from grader.diagnosis.shape import alike
from grader.equivalence.features import features
from grader.equivalence.spread import family_letters
from grader.expressions.build import neg
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import transform

MAX_FORMS = 8
MAX_CONFIRMED = 6
MOST_LOST = 4
# a factor that is telling even between two numbers, where there always is one
TELLING = tuple(Fraction(a, b) for a, b in ((2, 1), (1, 2), (10, 1), (1, 10), (100, 1), (1, 100)))

# of two ids that fit equally well, the more general one: what is common to both
GENERAL: dict[str, tuple[str, ...]] = {
    "missing-chain-factor": ("missing-factor", "constant-factor", "sign-error"),
    "missing-square": ("wrong-exponent",),
    "missing-root": ("wrong-exponent",),
    "outer-derivative": ("missing-factor",),
    "cancelled-term": ("missing-term",),
    "missing-factor": ("constant-factor",),
    "differentiated-instead": ("sign-error", "missing-chain-factor"),
}
_OPERATIONS = frozenset(["derivative", "gradient", "integral", "limit", "sum", "product", "derived", "at"])
_FACTORS = frozenset(["missing-chain-factor", "missing-factor", "constant-factor"])


def ranked(case: Case) -> Explanation | None:
    """The explanation of a case; see `grader.diagnosis.search`."""
    with quiet():
        return _Search(case).found()


class _Search:
    def __init__(self, case: Case) -> None:
        self.case = case
        trees = (case.wrong, *case.rights)
        self.sampler = sampler_for(case.assumptions, _size(trees), family_letters(trees))
        self.target = self.sampler.value(case.wrong)
        self.wrong = self._spelled(case.wrong)
        self.computed = self._is_computed()

    def found(self) -> Explanation | None:
        target = self.target
        if target is None or self._is_out_of_place():
            return None
        written = [r for r in dict.fromkeys(self.case.rights) if r is not self.case.wrong]
        bare = self._is_bare(written)
        seen: list[Hit] = []
        telling: list[Hit] = []
        factors = [(right, c) for right in written if (c := self._ratio(target, right)) is not None]
        negative = [right for right, c in factors if abs(c + 1) < 1e-9]
        plain = bare or any(alike(self._spelled(right), self.wrong) for right in negative)
        if plain and self._is_negative(negative):
            return Explanation("sign-error", "sign-in-front")
        for form in written[:MAX_FORMS]:
            self._sort(self._slipped(form, target), seen, telling)
            telling.extend(self._mended(form, form in negative))
        found = self._named(telling)
        if found is not None:
            if found.id in _FACTORS and negative:
                return Explanation("sign-error", "sign-in-front", (found.id, *found.also))
            return found
        if not bare or self.computed:
            telling = []
            further = [f for f in dict.fromkeys(self.case.further()) if f not in written]
            for form in further[:MAX_FORMS]:
                against = self._against(form)
                if against is not None:
                    self._sort(self._slipped(form, against), seen, telling)
            found = self._named(telling)
            if found is not None:
                return found
        return self._less_telling(written, seen, bare, factors, negative)

    def _is_negative(self, rights: Sequence[Expr]) -> bool:
        """Whether the wrong tree is one of these with the other sign."""
        return any(self.case.same(neg(self.case.wrong), right) for right in rights)

    def _less_telling(
        self,
        rights: Sequence[Expr],
        seen: list[Hit],
        bare: bool,
        factors: Sequence[tuple[Expr, float]],
        negative: Sequence[Expr],
    ) -> Explanation | None:
        if self._is_negative(negative):
            return Explanation("sign-error", "sign-in-front")
        factor = self._constant(factors, bare)
        if seen and (not bare or self.computed):
            ids = list(dict.fromkeys(hit.rule.id for hit in seen))
            if _is_common(_common(ids), ids) or not (factor or self.computed):
                found = self._named(seen)
                if found is not None:
                    return found
        if factor:
            return Explanation("constant-factor", "constant-ratio")
        if (self.computed and self.case.wrong.kind == "scalar") or self._one_entry(rights):
            return Explanation("arithmetic-slip", "arithmetic")
        return None

    def _constant(self, factors: Sequence[tuple[Expr, float]], bare: bool) -> bool:
        """Whether a constant factor explains the line; between two numbers only a telling one does."""
        bare = bare or self._is_constant()
        for right, c in factors:
            if bare and not any(abs(c - float(t)) < 1e-9 * abs(c) for t in TELLING):
                continue
            if self.case.ratio(self.case.wrong, right) is not None:
                return True
        return False

    def _ratio(self, target: Value, right: Expr) -> float | None:
        value = self.sampler.value(right)
        return None if value is None else ratios(target, value)

    def _is_bare(self, rights: Sequence[Expr]) -> bool:
        """Whether both are a number, or a number times one and the same thing (8/27 |v|): little to go by."""
        return all(_loose(tree) for tree in (self.case.wrong, *rights))

    def _slipped(self, form: Expr, target: Value) -> Iterator[Hit]:
        table = self.case.assumptions.table
        yield from hits(self.sampler, form, target, lambda part: slips_at(part, table))

    def _mended(self, right: Expr, negative: bool) -> Iterator[Hit]:
        """Slips that, undone in the wrong tree, make it the right one (but for a sign in front of it all)."""
        value = self.sampler.value(right)
        if value is None:
            return
        for hit in hits(self.sampler, self.case.wrong, value, _mends):
            if not (negative and hit.rule.id == "sign-error"):
                yield hit

    def _sort(self, found: Iterable[Hit], seen: list[Hit], telling: list[Hit]) -> None:
        for hit in found:
            if not _throws_away(hit):
                (telling if self._is_alike(hit.tree) else seen).append(hit)

    def _is_out_of_place(self) -> bool:
        """Whether a literal number stands for something that varies: too little to go by."""
        literal = self.case.wrong.head in ("number", "decimal")
        return literal and all(self._varies(right) for right in self.case.rights)

    def _varies(self, tree: Expr) -> bool:
        value = self.sampler.value(tree)
        return value is not None and not _is_fixed(value) and features(tree).heads.isdisjoint(_OPERATIONS)

    def _is_computed(self) -> bool:
        """Whether the wrong tree is given as the value of an arithmetical expression as written."""
        wrong, right = self.case.wrong, self.case.rights[0]
        value = self.sampler.value(right)
        literal = all(is_constant(e) for e in (wrong.args if wrong.head == "matrix" else (wrong,)))
        asked = right.head not in ("symbol", "number", "decimal", *_OPERATIONS)
        return literal and asked and value is not None and _is_fixed(value)

    def _is_constant(self) -> bool:
        """Whether the wrong tree is one and the same number at all points."""
        return self.target is not None and self.target.rank == 0 and _is_fixed(self.target)

    def _is_alike(self, tree: Expr) -> bool:
        measured = self.case.measured
        wrong = (
            self.wrong if tree.kind == self.case.wrong.kind or measured is None else self._spelled(measured)
        )
        return alike(self._spelled(tree), wrong)

    def _against(self, form: Expr) -> Value | None:
        """What a form is compared with: the wrong tree, by its length where the form is a number."""
        measured = self.case.measured
        if form.kind == self.case.wrong.kind or measured is None:
            return self.target
        return self.sampler.value(measured)

    def _spelled(self, tree: Expr) -> Expr:
        """The tree with named scalars by their definitions, so that forms can be compared."""
        symbols = self.case.assumptions.table.symbols

        def change(part: Expr) -> Expr:
            if part.head != "symbol" or part.kind == "function":
                return part
            known = symbols.get(part.value)
            if known is None or known.definition is None or known.parameters or known.definition is part:
                return part
            return known.definition

        return transform(tree, change)

    def _named(self, found: Sequence[Hit]) -> Explanation | None:
        """The id of the hits that are confirmed exactly; of several ids the general one, or the preferred."""
        ids: dict[str, Hit] = {}
        for hit in sorted(found, key=lambda hit: not isinstance(hit.rule, CalculusRule)):
            ids.setdefault(hit.rule.id, hit)
        confirmed = [hit for hit in list(ids.values())[:MAX_CONFIRMED] if self._holds(hit)]
        if not confirmed:
            return None
        names = [hit.rule.id for hit in confirmed]
        best = _common(names)
        rule = next(hit.rule.name for hit in confirmed if hit.rule.id == best)
        return Explanation(best, rule, tuple(n for n in names if n != best))

    def _holds(self, hit: Hit) -> bool:
        if hit.source is self.case.wrong:
            return any(self.case.same(hit.tree, right) for right in self.case.rights)
        other = self.case.wrong if hit.tree.kind == self.case.wrong.kind else self.case.measured
        return other is not None and self.case.same(hit.tree, other)

    def _one_entry(self, rights: Sequence[Expr]) -> bool:
        """Whether an array of at least four entries is right but for one of them."""
        target = self.target
        for right in rights:
            value = self.sampler.value(right)
            if value is None or target is None or value.rank == 0 or value.own != target.own:
                continue
            apart = np.abs(value.data - target.data).max(axis=0) > 1e-9
            if apart.size >= 4 and apart.sum() == 1:
                return True
        return False


def _throws_away(hit: Hit) -> bool:
    """Whether a slip leaves so little that anything could be what is left."""
    carried_out = isinstance(hit.rule, CalculusRule) or hit.node.head in _OPERATIONS
    return not carried_out and hit.tree.size * MOST_LOST < hit.source.size


def _common(names: Sequence[str]) -> str:
    """The most general of some ids; the first, if none is what is common to all."""
    return next((name for name in names if _is_common(name, names)), names[0])


def _is_common(name: str, names: Sequence[str]) -> bool:
    return all(other == name or name in GENERAL.get(other, ()) for other in names)


def _mends(part: Expr) -> tuple[Slipped, ...]:
    return mends_at(part)


def _loose(tree: Expr) -> bool:
    """A number, a bare thing, or a number times a bare thing; nothing that is still to be carried out."""
    if not features(tree).heads.isdisjoint(_OPERATIONS):
        return False
    factors = tree.args if tree.head == "mul" else (tree,)
    moving = [f for f in factors if features(f).free]
    return len(moving) <= 1 and all(f.head in ("norm", "symbol", "apply", "dot") for f in moving)


def _is_fixed(value: Value) -> bool:
    """Whether a value is the same at all points."""
    return bool((np.ptp(value.data, axis=0) < 1e-9).all())


def _size(trees: Sequence[Expr]) -> int:
    """The dimension of abstract vectors: that of the matrices written out beside them, else 3."""
    for tree in trees:
        sizes = features(tree).sizes
        if sizes:
            return min(sizes)
    return 3
