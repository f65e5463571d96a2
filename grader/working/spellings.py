"""How a source spells what several stages look for before it is read as mathematics."""

from __future__ import annotations

# The d of `dy/dx`: slanted, or upright as typesetters and scanners have it.
D = r"(?:\\(?:mathrm|text|operatorname)\s*\{~?\s*d\s*\}|(?<![A-Za-z\\])d)"
FRACTION = r"\\[dtc]?frac"
