"""Reads one variant from top to bottom at a random point, and finds the first formula that is false there."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from bench.agreement.evaluate import Formula, read
from bench.agreement.records import Line, Variant
from bench.agreement.totext import to_text
from bench.agreement.world import Meaning, Unknown, Value, World, inverse

_NAMES = ("D", "D'", "(0, 1)")  # no formulas that could be false
_STATED = re.compile(r"(?:largest magnitude is|maximum is|loss is|about|gradient is)[^$]*\$([^$]+)\$")


@dataclass
class Finding:
    """What was computed for one variant."""

    false_line: int | None = None
    false_text: str = ""
    final: Value = None
    final_text: str = ""
    unread: int = 0
    checked: int = 0


def worlds(question: str, count: int = 4) -> list[World]:
    """Random points at which the question's own assumptions hold."""
    rng = np.random.default_rng(7)
    made = []
    for _ in range(count):
        world = World(rng.normal(size=3), rng.normal(size=3), float(rng.uniform(0.1, 0.9)))
        y = {"q3": 1.0, "q4": 1.0, "q5": world.name("p")}.get(question, world.y)
        made.append(replace(world, y=y))
    return made


def formulas(line: Line, conditions: bool = True) -> Iterator[str]:
    """The formulas of a line, as ASCII with placeholders. What is crossed out does not count.

    Without `conditions` a formula after "when" is left out: it need not hold.
    """
    if line.kind == "display":
        yield to_text(line.text, "ascii", True)
    elif line.kind == "prose":
        pieces = line.text.split("$")
        inside = [
            piece
            for at, piece in enumerate(pieces)
            if at % 2 and (conditions or not pieces[at - 1].endswith("when "))
        ]
        yield from (to_text(piece, "ascii", True) for piece in inside)


def same(left: Value, right: Value, norms: bool = False, text: str = "") -> bool:
    """Equal numbers or vectors; with `norms` a vector stands for its norm beside a number.

    A decimal of three figures or more in `text` need only be the other side's, rounded.
    """
    if (decimal := re.search(r"0\.(\d{3,})", text)) and np.ndim(left) == np.ndim(right) == 0:
        places = len(decimal[1])
        return round(float(left) / float(right) * float(decimal[0]), places) == float(decimal[0])
    if norms and np.ndim(left) != np.ndim(right):
        left, right = np.linalg.norm(left), np.linalg.norm(right)
    return np.shape(left) == np.shape(right) and bool(np.allclose(left, right, rtol=1e-5, atol=1e-7))


class Checker:
    """Reads one variant from top to bottom at one point."""

    def __init__(self, variant: Variant, world: World, follow: str = "") -> None:
        self.variant, self.follow = variant, follow
        self.world = replace(world, maximum=lambda m: largest(m, follow))
        self.heads: list[Meaning] = []
        self.finding = Finding()
        self.misplaced = False  # a stated value that is not the maximiser

    def run(self) -> Finding:
        for number, line in enumerate(self.variant.lines, 1):
            stated = [to_text(found, "ascii", True) for found in _STATED.findall(line.text)]
            for text in formulas(line, conditions=False):
                if any(sign in text for sign in ("->", "infinity", "?", "+-")) or text in _NAMES:
                    continue
                try:
                    self.formula(text, number, line, text in stated)
                except Unknown as problem:
                    self.finding.unread += 1
                    print(f"  not evaluated: {self.variant.id}:{number}: {text} ({problem})", file=sys.stderr)
        return self.finding

    def formula(self, text: str, number: int, line: Line, stated: bool) -> None:
        formula = read(text)
        if self.defines(formula):
            return
        if self.misplaced:
            self.misplaced = False
            self.false(number, text)
            return
        values = [member(self.world) for member in formula.members]
        if formula.leading:
            values.insert(0, self.heads[-1](self.world))
        relations = ([formula.leading] if formula.leading else []) + list(formula.relations)
        if not formula.leading and formula.relations:
            self.heads.append(formula.members[0])
        for left, right, relation, right_text in zip(
            values, values[1:], relations, formula.texts[-len(relations) :], strict=False
        ):
            self.finding.checked += 1
            if not self.holds(left, right, relation, right_text, formula):
                self.false(number, text)
        if line.final or (stated and not relations) or (stated and "=" in relations):
            self.finding.final, self.finding.final_text = values[-1], formula.texts[-1]
        if (line.final or stated) and not relations:
            self.finding.checked += 1
            if not same(
                reference(self.variant.question, self.world, self.follow), values[-1], self.norms, text
            ):
                self.false(number, text)

    @property
    def norms(self) -> bool:
        return self.variant.question == "q4"

    def holds(self, left: Value, right: Value, relation: str, right_text: str, formula: Formula) -> bool:
        if relation != "=":
            truths: dict[str, bool] = {
                "<": left < right,
                "<=": left <= right + 1e-9,
                ">": left > right,
                "!=": not same(left, right),
            }
            return truths[relation]
        if (
            right_text == "0"
            and self.variant.question in ("q4", "q5")
            and formula.texts[0][:1] in ("d", "f", "1", "(")
        ):
            return True  # a condition
        if self.norms and formula.texts[0] == "@N" and "p" not in right_text:
            left = largest(self.world, self.follow)
        return same(left, right, self.norms, right_text)

    def defines(self, formula: Formula) -> bool:
        """Takes down a definition or a stated value; True if there is nothing more to check."""
        if formula.leading or formula.relations[:1] != ("=",):
            return False
        left, right = formula.texts[0], formula.members[-1]
        if call := re.fullmatch(r"([fgh])\((\w)\)", left):
            self.world = replace(self.world, functions={**self.world.functions, call[1]: (call[2], right)})
            return True
        if left in ("yhat", "delta"):
            self.world = replace(self.world, own={**self.world.own, left: right})
            return True
        if left in ("p", "q", "u", "@u") and re.fullmatch(r"[-\d/().*+sqrtln ]+", "".join(formula.texts[-1])):
            return self.value("@u" if left == "u" else left, right)
        return False

    def value(self, name: str, right: Meaning) -> bool:
        """`p = 1/3`: from here on lines are read there. False if it is not the maximiser."""
        value = right(self.world)
        best = maximiser(self.world, self.follow)
        expected = {"p": best, "q": 1 - best, "@u": inverse(best)}[name]
        if same(value, expected):
            self.world = self.world.fix(**{"p": best, "@u": inverse(best)})
            return True
        if name == "p" and not 0 < value < 1:
            return True  # a candidate at the edge
        if self.variant.question == "q4" and name == "p":
            self.world = self.world.fix(**{"p": value, "@u": inverse(value)})
        self.misplaced = self.variant.question == "q4"
        return False

    def false(self, number: int, text: str) -> None:
        if self.finding.false_line is None:
            self.finding.false_line, self.finding.false_text = number, text


def own_gradient(text: str, world: World) -> Value:
    """The student's own gradient (in p, y and phi) at y = 1."""
    text = text.replace("phi", "@phi") or "2*(p-y)*p*(1-p)*@phi"
    return read(text).members[0](replace(world, y=1.0))


def maximiser(world: World, follow: str) -> float:
    """Where the magnitude of the student's own gradient is largest (a grid, then golden sections)."""
    grid = np.linspace(1e-4, 1 - 1e-4, 2001)
    at = max(grid, key=lambda p: _size(world, follow, float(p)))
    low, high = at - 1e-3, at + 1e-3
    for _ in range(80):
        a, b = high - 0.618034 * (high - low), low + 0.618034 * (high - low)
        low, high = (a, high) if _size(world, follow, a) < _size(world, follow, b) else (low, b)
    return float((low + high) / 2)


def _size(world: World, follow: str, p: float) -> float:
    clean = World(world.w, world.phi, 1.0)
    return float(np.linalg.norm(own_gradient(follow, clean.fix(p=p))))


def largest(world: World, follow: str) -> float:
    return _size(world, follow, maximiser(world, follow))


def reference(question: str, world: World, follow: str) -> Value:
    name = {"q1": "@L", "q2": "@grad", "q5": "y'"}.get(question)
    return world.name(name) if name else largest(world, follow)
