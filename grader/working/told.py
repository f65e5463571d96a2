"""What a text tells as a whole, before any of its lines is judged: what it is for, and of what it speaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from grader.expressions.nodes import Expr


@dataclass(frozen=True, slots=True)
class Law:
    """A discrete distribution: the chance of a number, the mean, the variance, and the line that names it."""

    chance: Callable[[Expr], Expr]
    mean: Expr
    variance: Expr
    line: int = 0


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a text is for, by its words; several may be true of one.

    It `proves` something and does not only solve, `solves` for values, `optimises` (seeks where slopes are
    0), `counts` (speaks of integers), `measures` (lengths, times, numbers of things), `rearranges` (asks for
    a formula in other words), `forms` (asks for an equation with other roots) or `estimates` (speaks of
    likelihoods).
    """

    proves: bool = False
    solves: bool = False
    optimises: bool = False
    counts: bool = False
    measures: bool = False
    rearranges: bool = False
    forms: bool = False
    estimates: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What readers of the whole text have found.

    `examples` are the letters that number one example (`p_i`). `updated` names are given one value after
    another by an arrow. `lawful`: words say of its matrices what need
    not hold for others. `modular` is the modulus of which it speaks, 1 for an open one, 0 for none;
    `series` how many terms its series has, and their sum; `written` what is to be written in which form.
    `moving` are letters of which a derivative and a value at a place are spoken of, each with its variable;
    `changing` those of whose rate of change it speaks, `primed` those with a prime. `numbers` are those that
    words tell, `intervals` those to which words lead (`on [0, 2]`); `limits` say, for each place to which a
    letter goes, what holds near it; `remainders`: it writes O(x^3) for what is left out; `angles` bound the
    letters that stand for angles of figures, in what would lose solutions otherwise. `laws` are the
    distributions of random variables that words name; `centre` is where functions are expanded, if they
    are; `region` is what is to be integrated for a region that is described.
    """

    purpose: Purpose = field(default_factory=Purpose)
    examples: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    lawful: bool = False
    modular: int = 0
    series: tuple[int, int] | None = None
    written: tuple[tuple[str, str], ...] = ()
    moving: tuple[tuple[str, str], ...] = ()
    changing: frozenset[str] = frozenset()
    primed: frozenset[str] = frozenset()
    numbers: tuple[Expr, ...] = ()
    intervals: tuple[tuple[Expr, str, str, Expr], ...] = ()
    limits: tuple[tuple[Expr, ...], ...] = ()
    remainders: bool = False
    angles: tuple[Expr, ...] = ()
    laws: tuple[tuple[Expr, Law], ...] = ()
    centre: Expr | None = None
    region: Expr | None = None
