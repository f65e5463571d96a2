"""Which of the slips that fit is named: the most telling first, and what is common where several fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from grader.diagnosis.choice import agree, certain, choose
from grader.diagnosis.families.parts import exact, is_constant
from grader.diagnosis.hits import Hit, hits, quiet
from grader.diagnosis.mutants import Slipped, mends_at, slips_at
from grader.diagnosis.plausible import OPERATIONS, dimension, is_bare, is_telling_factor, throws_away
from grader.diagnosis.samples import Value, ratios, sampler_for
from grader.diagnosis.search import Case, Explanation
from grader.diagnosis.shape import alike
from grader.equivalence.features import features
from grader.equivalence.spread import family_letters
from grader.expressions.build import mul, neg, number
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import transform

MAX_FORMS = 8
# what is no more than a lost sign where the result differs by nothing else
_ONLY_A_SIGN = frozenset(
    ["missing-chain-factor", "missing-factor", "constant-factor", "quotient-rule", "product-rule"]
)

_PLAIN = frozenset(
    [
        *("sign-error", "constant-factor", "missing-factor", "missing-chain-factor", "missing-term"),
        *("missing-square", "wrong-exponent", "inverted-fraction", "missing-function", "missing-norm"),
        *("inverse-vs-reciprocal", "wrong-base", "product-rule", "power-rule"),
    ]
)


def ranked(case: Case) -> Explanation | None:
    """The explanation of a case; see `grader.diagnosis.search`."""
    with quiet():
        return _Search(case).found()


class _Search:
    """One search: `telling` and `seen` hold the slips that fit, `weak` those that fit much by chance."""

    def __init__(self, case: Case) -> None:
        self.case = case
        trees = (case.wrong, *case.rights)
        self.sampler = sampler_for(case.assumptions, dimension(trees), family_letters(trees))
        self.target = self.sampler.value(case.wrong)
        self.wrong = self._spelled(case.wrong)
        self.rights = [r for r in dict.fromkeys(case.rights) if r is not case.wrong]
        self.computed = self._is_computed()
        self.bare = all(is_bare(tree) for tree in (case.wrong, *self.rights))
        self.telling: list[Hit] = []
        self.seen: list[Hit] = []
        self.weak: list[Hit] = []

    def found(self) -> Explanation | None:
        """The explanation, by one tier after the other."""
        if self.target is None or self._is_out_of_place():
            return None
        self.factors = [(right, c) for right in self.rights if (c := self._ratio(right)) is not None]
        self.negative = [right for right, c in self.factors if abs(c + 1) < 1e-9]
        tiers = (self._sign_alone, self._as_written, self._in_other_forms, self._sign, self._less_telling)
        return next((found for tier in tiers if (found := tier()) is not None), None)

    def _sign_alone(self) -> Explanation | None:
        """The right tree in its very form, with another sign."""
        if not self.negative:
            return None
        forms = (*self.rights, *self.case.further())
        alone = self.bare or any(self._is_alike(form) for form in forms)
        return self._sign() if alone else None

    def _sign(self) -> Explanation | None:
        if any(self.case.same(neg(self.case.wrong), right) for right in self.negative):
            return Explanation("sign-error", "sign-in-front", mended=_negated(self.case.wrong))
        return None

    def _as_written(self) -> Explanation | None:
        """A slip in a right tree that gives the form of the wrong one, or one to be undone in that."""
        for right in self.rights[:MAX_FORMS]:
            self._sort(self._slipped(right, self.target))
            self._take(self._mended(right))
        found = self._chosen(self.telling)
        if found is not None and found.id in _ONLY_A_SIGN and self.negative:
            return Explanation(
                "sign-error", "sign-in-front", (found.id, *found.also), _negated(self.case.wrong)
            )
        return found

    def _in_other_forms(self) -> Explanation | None:
        if self.bare and not self.computed:
            return None
        self.telling.clear()
        further = [f for f in dict.fromkeys(self.case.further()) if f not in self.rights]
        for form in further[:MAX_FORMS]:
            self._sort(self._slipped(form, self._against(form)), written=False)
        return self._chosen(self.telling)

    def _less_telling(self) -> Explanation | None:
        """A slip in some form, if all that fit agree; one in the numbers; any slip; a factor; arithmetic."""
        factor = self._constant()
        seen = self.seen if self.computed or not self.bare else []
        weak = self.weak if self.computed or not self.bare else []
        agreed = agree(seen)
        found = choose(seen if agreed else weak, self._holds, self.case.wrong) or choose(
            weak, self._holds, self.case.wrong
        )
        if found is None and not (agreed or factor or self.computed):
            found = certain(self._chosen(seen))
        if found is not None:
            return found
        if factor:
            return Explanation("constant-factor", "constant-ratio")
        scalar = self.computed and self.case.wrong.kind == "scalar"
        return Explanation("arithmetic-slip", "arithmetic") if scalar or self._one_entry() else None

    def _chosen(self, found: list[Hit]) -> Explanation | None:
        return choose(found, self._holds, self.case.wrong)

    def _constant(self) -> bool:
        """Whether a constant factor explains the line; between two numbers only a telling one does."""
        bare = self.bare or self._is_constant()
        for right, c in self.factors:
            if bare and not is_telling_factor(c):
                continue
            if self.case.ratio(self.case.wrong, right) is not None:
                return True
        return False

    def _ratio(self, right: Expr) -> float | None:
        value = self.sampler.value(right)
        return None if value is None or self.target is None else ratios(self.target, value)

    def _slipped(self, form: Expr, target: Value | None) -> Iterator[Hit]:
        table = self.case.assumptions.table
        if target is not None:
            yield from hits(self.sampler, form, target, lambda part: slips_at(part, table))

    def _mended(self, right: Expr) -> Iterator[Hit]:
        """Slips that, undone in the wrong tree, make it the right one (but for a sign in front of it all)."""
        value = self.sampler.value(right)
        if value is None:
            return
        for hit in hits(self.sampler, self.case.wrong, value, _mends):
            if not (right in self.negative and hit.rule.id == "sign-error"):
                yield hit

    def _sort(self, found: Iterable[Hit], written: bool = True) -> None:
        """Slips in a right tree, the telling ones apart; in a form that nobody wrote only plain ones."""
        for hit in found:
            if not throws_away(hit):
                if self._is_alike(hit.tree):
                    self._take((hit,))
                elif written or hit.rule.id in _PLAIN:
                    self.seen.append(hit)

    def _take(self, found: Iterable[Hit]) -> None:
        for hit in found:
            (self.weak if hit.rule.id == "arithmetic-slip" else self.telling).append(hit)

    def _is_out_of_place(self) -> bool:
        """Whether a literal number stands for something that varies: too little to go by."""
        literal = self.case.wrong.head in ("number", "decimal")
        return literal and all(self._varies(right) for right in self.case.rights)

    def _varies(self, tree: Expr) -> bool:
        value = self.sampler.value(tree)
        return value is not None and not _is_fixed(value) and features(tree).heads.isdisjoint(OPERATIONS)

    def _is_computed(self) -> bool:
        """Whether the wrong tree is given as the value of an arithmetical expression as written."""
        wrong, right = self.case.wrong, self.case.rights[0]
        value = self.sampler.value(right)
        if value is None or self.target is None or not _is_fixed(value) or value.own != self.target.own:
            return False
        literal = all(is_constant(e) for e in (wrong.args if wrong.head == "matrix" else (wrong,)))
        rounded = wrong.head == "decimal" and _rounds(wrong, float(value.data.flat[0]))
        asked = right.head not in ("symbol", "constant", *OPERATIONS) and exact(right) is None
        return literal and asked and not rounded

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

    def _holds(self, hit: Hit) -> bool:
        if hit.source is self.case.wrong:
            return any(self.case.same(hit.tree, right) for right in self.case.rights)
        other = self.case.wrong if hit.tree.kind == self.case.wrong.kind else self.case.measured
        return other is not None and self.case.same(hit.tree, other)

    def _one_entry(self) -> bool:
        """Whether an array of at least four entries is right but for one of them."""
        target = self.target
        for right in self.rights:
            value = self.sampler.value(right)
            if value is None or target is None or value.rank == 0 or value.own != target.own:
                continue
            apart = np.abs(value.data - target.data).max(axis=0) > 1e-9
            if apart.size >= 4 and apart.sum() == 1:
                return True
        return False


def _negated(tree: Expr) -> Expr:
    """The tree with its sign turned as a person writes it: -3x for 3x, and not -1 times 3x."""
    if tree.head == "number":
        return number(-tree.value)
    if tree.head != "mul" or tree.args[0].head != "number":
        return neg(tree)
    first, rest = -tree.args[0].value, tree.args[1:]
    return mul(*rest) if first == 1 else mul(number(first), *rest)


def _mends(part: Expr) -> tuple[Slipped, ...]:
    return mends_at(part)


def _rounds(written: Expr, value: float) -> bool:
    """Whether a decimal number is a value in as many figures as are written, which may be too few."""
    number, digits = written.value
    return bool(abs(float(number) - value) <= 0.5000001 * 10.0**-digits)


def _is_fixed(value: Value) -> bool:
    """Whether a value is the same at all points."""
    return bool((np.ptp(value.data, axis=0) < 1e-9).all())
