"""Normal forms of the built-in functions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import floor

from grader.equivalence.field import F_ONE, F_ZERO, POLY_ONE, Beyond, Frac, constant, key_of, rational
from grader.equivalence.normal_values import Value
from grader.equivalence.trigonometry import Trigonometry
from grader.expressions.nodes import Expr

_HALF = Fraction(1, 2)
_MINUS = Fraction(-1)
_MAX_SHIFT = 30


class Calls(Trigonometry):
    """A field with the built-in functions; the trees come from `Normalizer`."""

    def value(self, tree: Expr) -> Value:
        """The normal form of a tree."""
        raise NotImplementedError

    def scalar(self, tree: Expr) -> Frac:
        """The normal form of something that is a number."""
        raise NotImplementedError

    def key(self, tree: Expr) -> str:
        """A canonical spelling."""
        raise NotImplementedError

    def opaque(self, name: str, tree: Expr) -> Frac:
        """A function of which nothing but its arguments is used."""
        arguments = [self.key(a) for a in tree.args]
        if name in ("gcd", "lcm"):
            arguments.sort()
        return Frac(self.kernel(name, ",".join(arguments)), POLY_ONE)

    def gamma(self, a: Frac) -> Frac:
        """gamma(a), with gamma(b + k) = (b + k - 1) ... b gamma(b) for integers k."""
        shift = floor(constant_term(a))
        exact = rational(a)
        if exact is not None and exact.denominator == 1:
            return self._factorial_number(int(exact) - 1)
        if abs(shift) > _MAX_SHIFT:
            raise Beyond
        base = self.sub(a, constant(shift))
        total = Frac(self.kernel("gamma", key_of(base)), POLY_ONE)
        for k in range(shift):
            total = self.mul(total, self.add(base, constant(k)))
        for k in range(1, -shift + 1):
            total = self.div(total, self.sub(base, constant(k)))
        return total

    def _factorial_number(self, n: int) -> Frac:
        if n < 0 or n > 300:
            raise Beyond
        total = 1
        for k in range(2, n + 1):
            total *= k
        return constant(total)

    def factorial(self, a: Frac) -> Frac:
        """a! as gamma(a + 1)."""
        return self.gamma(self.add(a, F_ONE))

    def odd(self, name: str, a: Frac) -> Frac:
        """f(-a) = -f(a)."""
        if a.top == 0:
            return F_ZERO
        if a.top.leading_coefficient() < 0:
            return self.scale(self.odd(name, self.scale(a, _MINUS)), _MINUS)
        return Frac(self.kernel(name, key_of(a)), POLY_ONE)

    def floored(self, a: Frac) -> Frac:
        """floor(a + k) = floor(a) + k."""
        exact = rational(a)
        if exact is not None:
            return constant(floor(exact))
        shift = floor(constant_term(a))
        base = self.sub(a, constant(shift))
        return self.add(Frac(self.kernel("floor", key_of(base)), POLY_ONE), constant(shift))

    def arcosh_like(self, a: Frac, shift: int) -> Frac:
        """ln(a + sqrt(a^2 + shift))."""
        inner = self.root(self.add(self.mul(a, a), constant(shift)), _HALF)
        return self.ln(self.add(a, inner))

    def artanh(self, a: Frac) -> Frac:
        """ln((1 + a) / (1 - a)) / 2."""
        return self.scale(self.ln(self.div(self.add(F_ONE, a), self.sub(F_ONE, a))), _HALF)

    def extremum(self, tree: Expr, way: int) -> Frac:
        """min and max by absolute values."""
        total = self.scalar(tree.args[0])
        for part in tree.args[1:]:
            other = self.scalar(part)
            gap = self.absolute(self.sub(total, other))
            total = self.scale(self.add(self.add(total, other), self.scale(gap, Fraction(way))), _HALF)
        return total


def constant_term(a: Frac) -> Fraction:
    """The constant of a polynomial; 0 for a proper quotient."""
    if not a.bottom.is_one() or a.top == 0:
        return Fraction(0)
    c = a.top.to_dict().get((0,) * len(a.top.degrees()), 0)
    return Fraction(int(c.numerator), int(c.denominator)) if c != 0 else Fraction(0)


_Rule = Callable[[Calls, Expr], Frac]
_Unary = Callable[[Calls, Frac], Frac]


def _unary(rule: _Unary) -> _Rule:
    return lambda n, tree: rule(n, n.scalar(tree.args[0]))


def _exp(n: Calls, tree: Expr) -> Frac:
    inner = tree.args[0]
    if inner.head == "call" and inner.value == "ln":
        return n.scalar(inner.args[0])
    return n.exp(n.scalar(inner))


def _log(n: Calls, tree: Expr) -> Frac:
    return n.div(n.ln(n.scalar(tree.args[0])), n.ln(n.scalar(tree.args[1])))


def _binomial(n: Calls, tree: Expr) -> Frac:
    top, bottom = (n.scalar(a) for a in tree.args)
    k = rational(bottom)
    if k is not None and k.denominator == 1 and 0 <= k <= _MAX_SHIFT:
        total = F_ONE
        for i in range(int(k)):
            total = n.scale(n.mul(total, n.sub(top, constant(i))), Fraction(1, i + 1))
        return total
    return n.div(n.factorial(top), n.mul(n.factorial(bottom), n.factorial(n.sub(top, bottom))))


def _over(n: Calls, top: Frac, bottom: Frac) -> Frac:
    return n.div(top, bottom)


def _tanh(n: Calls, a: Frac) -> Frac:
    square = n.exp(n.scale(a, Fraction(2)))
    return n.div(n.sub(square, F_ONE), n.add(square, F_ONE))


def _complement(n: Calls, a: Frac, sort: str) -> Frac:
    """pi/2 - arcsin(a), or arctan(a)."""
    return n.sub(n.scale(Frac(n.pi(), POLY_ONE), _HALF), n.arc(sort, a))


def _over_one(n: Calls, a: Frac) -> Frac:
    return n.div(F_ONE, a)


def _mod(n: Calls, tree: Expr) -> Frac:
    x, y = (n.scalar(a) for a in tree.args)
    return n.sub(x, n.mul(y, n.floored(n.div(x, y))))


def _part(n: Calls, tree: Expr) -> Frac:
    """re, im and conj of a quotient in i and real kernels."""
    inner = n.value(tree.args[0])
    if not isinstance(inner, Frac):
        return n.opaque(tree.value, tree)
    turned = n.conjugate(inner)
    if turned is None:
        return n.opaque(tree.value, tree)
    if tree.value == "conj":
        return turned
    if tree.value == "re":
        return n.scale(n.add(inner, turned), _HALF)
    if turned == inner:
        return F_ZERO
    return n.div(n.scale(n.sub(inner, turned), _HALF), Frac(n.imaginary(), POLY_ONE))


def _matrix_call(n: Calls, tree: Expr) -> Frac:
    return n.matrix_number(tree)  # type: ignore[attr-defined,no-any-return]


CALLS: dict[str, _Rule] = {
    "exp": _exp,
    "ln": _unary(lambda n, a: n.ln(a)),
    "log": _log,
    "abs": _unary(lambda n, a: n.absolute(a)),
    "sign": _unary(lambda n, a: n.div(a, n.absolute(a))),
    "sin": _unary(lambda n, a: n.sin_cos(a)[0]),
    "cos": _unary(lambda n, a: n.sin_cos(a)[1]),
    "tan": _unary(lambda n, a: _over(n, *n.sin_cos(a))),
    "cot": _unary(lambda n, a: _over(n, *n.sin_cos(a)[::-1])),
    "sec": _unary(lambda n, a: _over(n, F_ONE, n.sin_cos(a)[1])),
    "csc": _unary(lambda n, a: _over(n, F_ONE, n.sin_cos(a)[0])),
    "sinh": _unary(lambda n, a: n.hyperbolic(a)[0]),
    "cosh": _unary(lambda n, a: n.hyperbolic(a)[1]),
    "tanh": _unary(_tanh),
    "coth": _unary(lambda n, a: n.div(F_ONE, _tanh(n, a))),
    "sech": _unary(lambda n, a: _over(n, F_ONE, n.hyperbolic(a)[1])),
    "csch": _unary(lambda n, a: _over(n, F_ONE, n.hyperbolic(a)[0])),
    "arcsin": _unary(lambda n, a: n.arc("arcsin", a)),
    "arctan": _unary(lambda n, a: n.arc("arctan", a)),
    "arccos": _unary(lambda n, a: _complement(n, a, "arcsin")),
    "arccot": _unary(lambda n, a: _complement(n, a, "arctan")),
    "arcsec": _unary(lambda n, a: _complement(n, _over_one(n, a), "arcsin")),
    "arccsc": _unary(lambda n, a: n.arc("arcsin", _over_one(n, a))),
    "arsinh": _unary(lambda n, a: n.arcosh_like(a, 1)),
    "arcosh": _unary(lambda n, a: n.arcosh_like(a, -1)),
    "artanh": _unary(lambda n, a: n.artanh(a)),
    "arcoth": _unary(lambda n, a: n.artanh(_over_one(n, a))),
    "arsech": _unary(lambda n, a: n.arcosh_like(_over_one(n, a), -1)),
    "arcsch": _unary(lambda n, a: n.arcosh_like(_over_one(n, a), 1)),
    "factorial": _unary(lambda n, a: n.factorial(a)),
    "gamma": _unary(lambda n, a: n.gamma(a)),
    "binomial": _binomial,
    "floor": _unary(lambda n, a: n.floored(a)),
    "ceil": _unary(lambda n, a: n.scale(n.floored(n.scale(a, _MINUS)), _MINUS)),
    "mod": _mod,
    "min": lambda n, t: n.extremum(t, -1),
    "max": lambda n, t: n.extremum(t, 1),
    "erf": _unary(lambda n, a: n.odd("erf", a)),
    "re": _part,
    "im": _part,
    "conj": _part,
    "det": _matrix_call,
    "tr": _matrix_call,
}
