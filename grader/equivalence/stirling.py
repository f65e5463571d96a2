"""Polynomials in falling powers: j^2 = j (j - 1) + j."""

from __future__ import annotations

from fractions import Fraction


def falling_coefficients(p: list[Fraction]) -> list[Fraction]:
    """Coefficients c with p(j) = sum c_m j (j - 1) ... (j - m + 1).

    >>> [int(c) for c in falling_coefficients([Fraction(0), Fraction(0), Fraction(1)])]
    [0, 1, 1]
    """
    found = []
    rest = list(p)
    for m in range(len(p)):
        # divide by (j - m): the remainder is the coefficient of the m-th falling power
        quotient: list[Fraction] = []
        carry = Fraction(0)
        for c in reversed(rest):
            carry = carry * m + c
            quotient.append(carry)
        found.append(quotient.pop() if quotient else Fraction(0))
        rest = list(reversed(quotient))
    return found
