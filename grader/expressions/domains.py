"""Where a variable lives: the sets that `domain:` in a symbol table can name."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Domain:
    """A real interval, perhaps of integers only; None is no bound. `open_low` leaves the end out.

    >>> Domain(Fraction(0), Fraction(1), True, True).holds(Fraction(1))
    False
    """

    low: Fraction | None = None
    high: Fraction | None = None
    open_low: bool = True
    open_high: bool = True
    integer: bool = False

    def holds(self, value: Fraction) -> bool:
        """Whether a rational lies in the domain."""
        if self.integer and value.denominator != 1:
            return False
        above = self.low is None or value > self.low or (value == self.low and not self.open_low)
        below = self.high is None or value < self.high or (value == self.high and not self.open_high)
        return above and below


REALS = Domain()
POSITIVE = Domain(low=Fraction(0))
UNIT = Domain(Fraction(0), Fraction(1))
NATURALS = Domain(low=Fraction(0), open_low=False, integer=True)
