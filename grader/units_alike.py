"""Units are left out of values; here it is seen whether two answers have the same one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from grader.expressions import build
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.notation.reader import Reading
from grader.notation.units import Unit, unit_letters, unit_of
from grader.records import NotationError


def with_units_alike(left: Reading, right: Reading) -> tuple[Reading, Reading] | NotationError:
    """Both readings, with letters taken for a unit where the other has it; or why they cannot be compared.

    `9.8 m/s^2` in plain text has the letters m and s, which beside `9.8\\,\\mathrm{m/s^2}` are units.
    """
    ours, theirs = _units(left), _units(right)
    if ours == theirs:
        return left, right
    if ours and theirs:
        message = "the two answers are in different units, and I don't convert units"
        return NotationError(0, "unit", message, "give both in the same unit", side="student")
    if len(ours | theirs) == 1:
        (unit,) = ours | theirs
        left, right = (
            side if mine else _without_letters(side, unit) for side, mine in ((left, ours), (right, theirs))
        )
    return _letter_apart(left, right) or (left, right)


def _units(side: Reading) -> frozenset[Unit | str]:
    named = (r.message.split("`")[1] for r in side.remarks if r.id == "unit" and "`" in r.message)
    return frozenset(unit_of(name) or name for name in named)


def _without_letters(side: Reading, unit: Unit | str) -> Reading:
    """The reading without the letters of the unit, where they multiply the value in just its powers."""
    tree = side.tree
    if tree is None or tree.head != "mul" or isinstance(unit, str):
        return side
    powers: Counter[str] = Counter()
    rest = []
    for factor in tree.args:
        name, power = _power_of_letter(factor)
        if name:
            powers[name] += power
        else:
            rest.append(factor)
    spelled = unit_of("*".join(f"{name}^{power}" for name, power in powers.items()))
    whole = rest and len(powers) > 1 and spelled == unit  # a single m may be a letter
    return replace(side, tree=build.mul(*rest)) if whole else side


def _power_of_letter(factor: Expr) -> tuple[str, int]:
    base, exponent = factor.args if factor.head == "pow" else (factor, build.ONE)
    if base.head == "pow" and exponent is build.MINUS_ONE:  # 1/s^2
        name, power = _power_of_letter(base)
        return name, -power
    letter = base.head == "symbol" and base.value in unit_letters()
    whole = exponent.head == "number" and exponent.value.denominator == 1 and abs(exponent.value) < 10
    return (str(base.value), int(exponent.value)) if letter and whole else ("", 0)


def _letter_apart(left: Reading, right: Reading) -> NotationError | None:
    """`5 m` beside a value in metres: a letter on one side only that may be a unit."""
    assert left.tree is not None
    assert right.tree is not None
    ours, theirs = ({str(s.value) for s in free_symbols(t)} for t in (left.tree, right.tree))
    letters = sorted((ours ^ theirs) & unit_letters())
    if not letters:
        return None
    message = f"I can't tell whether `{letters[0]}` is a unit or a letter"
    return NotationError(0, "unit", message, "give both answers with the same unit", side="student")
