"""Evaluates the variants' ASCII formulas as numbers, to check the labels. Shares nothing with the grader.

A formula becomes a function of a point; vectors are NumPy arrays, and two vectors side by side are their
inner product. Derivatives are central differences. Undefined names raise `Unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from bench.agreement.world import FUNCTIONS, Meaning, Unknown, Value, World, inverse, slope

_TOKEN = re.compile(
    r"\s*(d(?:@\w+)?/d\w+|grad_@w|@\w+|\d+\.\d+|\d+|[A-Za-z]\w*|!=|<=|>=|~=|->|\|\||[-+*/^()\[\]|=<>',?])"
)
RELATIONS = ("=", "!=", "<=", ">=", "<", ">", "~=", "->")


@dataclass(frozen=True)
class Formula:
    """Members joined by relations; `leading` is the relation that it begins with."""

    members: tuple[Meaning, ...]
    texts: tuple[str, ...]
    relations: tuple[str, ...]
    leading: str = ""


def read(text: str) -> Formula:
    """A chain of members. Raises Unknown for what cannot be read."""
    tokens = _tokens(text)
    leading = tokens.pop(0) if tokens and tokens[0] in RELATIONS else ""
    parts: list[list[str]] = [[]]
    relations: list[str] = []
    for token in tokens:
        if token in RELATIONS:
            relations.append(token)
            parts.append([])
        else:
            parts[-1].append(token)
    return Formula(
        tuple(_Parser(part).all() for part in parts),
        tuple("".join(part) for part in parts),
        tuple(relations),
        leading,
    )


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise Unknown(text[at:])
        found.append(match[1])
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.at = tokens, 0

    def all(self) -> Meaning:
        if self.tokens[:1] == ["max"]:
            return lambda world: world.maximum(world) if world.maximum else _raise("max")
        meaning = self.sum()
        if self.at < len(self.tokens):
            raise Unknown("".join(self.tokens[self.at :]))
        return meaning

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        if self.at >= len(self.tokens):
            raise Unknown("the formula is cut off")
        self.at += 1
        return self.tokens[self.at - 1]

    def sum(self) -> Meaning:
        meaning = self.product()
        while self.peek() in ("+", "-"):
            sign = 1 if self.take() == "+" else -1
            meaning = _plus(meaning, self.product(), sign)
        return meaning

    def product(self) -> Meaning:
        if self.peek() in ("-", "+"):
            sign = -1.0 if self.take() == "-" else 1.0
            inner = self.product()
            return lambda world: sign * inner(world)
        meaning = self.power()
        while (
            (token := self.peek())
            and token not in ("+", "-", ")", "]", ",")
            and not (token in "||" and self.closing())
        ):
            if token in ("*", "/"):
                self.take()
            meaning = _times(meaning, self.signed() if token in ("*", "/") else self.power(), token == "/")
        return meaning

    def closing(self) -> bool:
        """Is this bar the second of its pair?"""
        return sum(token == self.peek() for token in self.tokens[: self.at]) % 2 == 1

    def signed(self) -> Meaning:
        if self.peek() == "-":
            self.take()
            inner = self.signed()
            return lambda world: -inner(world)
        return self.power()

    def power(self) -> Meaning:
        meaning = self.atom()
        if self.peek() == "^":
            self.take()
            exponent = self.signed_exponent()
            return lambda world: meaning(world) ** exponent(world)
        return meaning

    def signed_exponent(self) -> Meaning:
        if self.peek() == "-":
            self.take()
            inner = self.atom()
            return lambda world: -inner(world)
        return self.atom()

    def atom(self) -> Meaning:
        token = self.take() if self.at < len(self.tokens) else _raise("nothing")
        if token in ("(", "["):
            inner = self.sum()
            self.take()
            return inner
        if token in ("|", "||"):
            inner = self.sum()
            self.take()
            return lambda world: float(np.linalg.norm(inner(world)))
        if re.fullmatch(r"[\d.]+", token):
            number = float(token)
            return lambda world: number
        return self.named(token)

    def named(self, token: str) -> Meaning:
        if "/" in token:
            return self.derivative(token)
        if token == "grad_@w":
            inner = self.power()
            return lambda world: np.array(
                [slope(_moved(inner, world, i), float(world.w[i])) for i in range(3)]
            )
        primes = 0
        while self.peek() == "'":
            self.take()
            primes += 1
        if token in FUNCTIONS or (token in ("f", "g", "h") and self.peek() == "("):
            return self.call(token, primes)
        name = token + "'" * primes
        return lambda world: world.name(name)

    def call(self, token: str, primes: int) -> Meaning:
        exponent: Meaning | None = None
        if self.peek() == "^":
            self.take()
            exponent = self.signed_exponent()
        argument = self.atom() if self.peek() in ("(", "[") else self.power()

        def meaning(world: World) -> Value:
            function = _function(token, world)
            at = argument(world)
            power = exponent(world) if exponent else 1
            if power == -1:
                return inverse(at)
            value = slope(function, at, primes) if primes else function(at)
            return value**power

        return meaning

    def derivative(self, token: str) -> Meaning:
        top, bottom = token.split("/")
        variable = bottom[1:]
        if top not in ("d", "d@L"):
            raise Unknown(token)
        inner = self.power() if top == "d" else (lambda world: world.name("@L"))
        if variable not in ("p", "u", "q"):
            raise Unknown(token)
        name = "@u" if variable == "u" else variable
        return lambda world: slope(lambda t: inner(world.fix(**{name: t})), world.name(variable))


def _function(token: str, world: World) -> Callable[[float], Value]:
    if token in world.functions:
        variable, body = world.functions[token]
        return lambda t: body(world.fix(**{variable: t}))
    if token in FUNCTIONS:
        return FUNCTIONS[token]
    raise Unknown(token)


def _moved(inner: Meaning, world: World, index: int) -> Callable[[float], Value]:
    def at(t: float) -> Value:
        w = world.w.copy()
        w[index] = t
        return inner(replace(world, w=w))

    return at


def _plus(left: Meaning, right: Meaning, sign: int) -> Meaning:
    return lambda world: left(world) + sign * right(world)


def _times(left: Meaning, right: Meaning, divide: bool) -> Meaning:
    def meaning(world: World) -> Value:
        a, b = left(world), right(world)
        if divide:
            return a / b
        return float(a @ b) if np.ndim(a) and np.ndim(b) else a * b

    return meaning


def _raise(text: str) -> Any:
    raise Unknown(text)
