"""Units: which words name one, and one spelling for each, so that `m/s^2` is `m\\,s^{-2}`."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

# By one spelling, every other.
_NAMES = {
    "m": "meter meters metre metres", "cm": "centimeter centimeters centimetre centimetres",
    "mm": "millimeter millimeters millimetre millimetres", "km": "kilometer kilometers kilometre kilometres",
    "nm": "nanometer nanometers nanometre nanometres", "um": "µm μm micrometre micrometres", "dm": "",
    "mi": "mile miles", "in": "inch inches", "ft": "foot feet", "yd": "yard yards",
    "s": "sec secs second seconds", "ms": "millisecond milliseconds", "min": "mins minute minutes",
    "h": "hr hrs hour hours", "day": "days", "week": "weeks", "month": "months", "year": "years yr yrs",
    "kg": "kilogram kilograms kilo kilos", "g": "gram grams", "mg": "milligram milligrams",
    "t": "", "lb": "lbs pound pounds", "oz": "ounce ounces",
    "l": "L litre litres liter liters", "ml": "mL millilitre millilitres milliliter milliliters",
    "N": "newton newtons", "kN": "", "J": "joule joules", "kJ": "", "MJ": "", "cal": "calories", "kcal": "",
    "W": "watt watts", "kW": "", "MW": "", "V": "volt volts", "A": "ampere amperes amps amp", "mA": "",
    "K": "kelvin kelvins", "Hz": "hertz", "kHz": "", "MHz": "", "GHz": "", "Pa": "pascal pascals", "kPa": "",
    "hPa": "", "atm": "", "mol": "mole moles", "C": "coulomb coulombs", "ohm": "ohms Ω", "T": "tesla",
    "eV": "electronvolt electronvolts", "keV": "", "MeV": "", "GeV": "", "kWh": "", "dB": "",
    "byte": "bytes", "kB": "KB kilobyte kilobytes", "MB": "megabyte megabytes", "GB": "gigabyte gigabytes",
    "bit": "bits", "nat": "nats", "rad": "radian radians", "sr": "steradian steradians", "mph": "", "rpm": "",
    "dollar": "dollars", "cent": "cents", "euro": "euros", "yuan": "", "unit": "units",
    "person": "people", "point": "points", "student": "students", "way": "ways", "time": "times",
}  # fmt: skip
# Letters that stand for too much else to be units, but beside another unit.
_BESIDE_OTHERS = frozenset(["t", "C", "T", "in"])
# What counts, and `in` that joins: no parts of a product.
_ALONE = frozenset(["in", "time", "way", "point", "student", "person", "unit"])
_CANONICAL = {word: unit for unit, more in _NAMES.items() for word in (unit, *more.split())}
_LOWER = {word: unit for word, unit in _CANONICAL.items() if word.islower()}
_MADE_OF = {
    "N": {"kg": 1, "m": 1, "s": -2}, "J": {"kg": 1, "m": 2, "s": -2}, "W": {"kg": 1, "m": 2, "s": -3},
    "Pa": {"kg": 1, "m": -1, "s": -2}, "Hz": {"s": -1}, "mph": {"mi": 1, "h": -1},
}  # fmt: skip
_FACTORS = frozenset(
    ["ms", "mg", "ml", "ft", "min", "nm", "um", "dm", "mi", "in", "yd", "lb", "oz", "kN", "kJ", "MJ", "kW",
     "MW", "mA", "kB", "MB", "KB", "GB", "dB", "sr", "hr", "yr", "mL", "cal"]
)  # fmt: skip
_PIECE = re.compile(
    r"\s*(?:(per(?![a-z])|/)|([*·.]|\*\*)|(square|cubic)(?![a-z])|(squared|cubed)|\^?\{?(-?\d)\}?|([()])|([^\W\d_]+))"
)
_WORDED = {"square": 2, "cubic": 3, "squared": 2, "cubed": 3}
Unit = frozenset[tuple[str, int]]


def is_unit(word: str) -> bool:
    """Whether a word, or a product or quotient of such, names a unit.

    >>> is_unit("cm"), is_unit("m/s^2"), is_unit("km per hour"), is_unit("million")
    (True, True, True, False)
    """
    return word not in _BESIDE_OTHERS and unit_of(word) is not None


def is_unit_word(word: str) -> bool:
    """Whether letters in plain text spell a unit and no product.

    >>> is_unit_word("km"), is_unit_word("m"), is_unit_word("mg")
    (True, False, False)
    """
    return len(word) > 1 and word not in _FACTORS and is_unit(word)


def unit_letters() -> frozenset[str]:
    """The units that are one letter, which in plain text may be a variable."""
    return frozenset(unit for unit in _CANONICAL if len(unit) == 1) - _BESIDE_OTHERS


@lru_cache(maxsize=1024)
def unit_of(text: str) -> Unit | None:
    """The unit as powers of those that it is made of; None if it names none.

    >>> unit_of("m/s^2") == unit_of("m*s^-2") == unit_of("metres per second squared")
    True
    """
    known = _single(text)
    powers: Counter[str] = Counter()
    if known is not None:
        _add(powers, known, 1)
        return _frozen(powers)
    return _read(text, powers)


def _read(text: str, powers: Counter[str]) -> Unit | None:
    place, sign, below, times, used, last = 0, 1, 0, 1, 1, ""
    while place < len(text.rstrip()):
        found = _PIECE.match(text, place)
        if found is None:
            return None
        place = found.end()
        per, _, before, behind, power, bracket, word = found.groups()
        if per:
            sign = -1
        elif bracket:
            below = sign if bracket == "(" else 0
            sign = below or 1
        elif before:
            times = _WORDED[before]
        elif behind or power:
            if not last:
                return None
            _add(powers, last, (int(power) if power else _WORDED[behind]) * used - used)
            last = ""
        elif word:
            unit = _single(word)
            if unit is None or unit in _ALONE:
                return None
            used = sign * times
            _add(powers, unit, used)
            last, times, sign = unit, 1, below or 1
    return _frozen(powers) if powers else None


def _single(word: str) -> str | None:
    return _CANONICAL.get(word) or _LOWER.get(word.lower())


def _add(powers: Counter[str], unit: str, times: int) -> None:
    for base, power in _MADE_OF.get(unit, {unit: 1}).items():
        powers[base] += power * times


def _frozen(powers: Counter[str]) -> Unit:
    return frozenset((unit, power) for unit, power in powers.items() if power)
