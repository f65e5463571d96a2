"""The families of mal-rules, a table `RULES` each: a new rule is a row, a new family a file listed here."""

from __future__ import annotations

from grader.diagnosis.families import factors, inverses, powers, signs
from grader.diagnosis.malrule import MalRule

ALL: tuple[MalRule, ...] = (*signs.RULES, *factors.RULES, *powers.RULES, *inverses.RULES)
