"""Which quantity a phrase or a formula speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from grader.claims.lemmas import singular
from grader.claims.lexicon import NORM_WORDS, PRONOUNS
from grader.claims.model import QuantityLike
from grader.claims.shape import Key, expanded, shape, varying_factors
from grader.expressions import build
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import readings, replace
from grader.expressions.symbols import Symbol, SymbolTable

Words = tuple[str, ...]
_PRODUCTS = (("dot", "product"), ("inner", "product"), ("scalar", "product"))
_LINKS = frozenset(["the", "of"])
_GREEK = {"sigma": ("σ", "\\sigma"), "phi": ("φ", "\\phi"), "psi": ("ψ", "\\psi"), "Phi": ("Φ", "\\Phi")}


@dataclass(frozen=True, slots=True)
class Lexis:
    """What the words and formulas of one question stand for.

    `phrases` maps the words of a phrase to (the tree it names, the phrase); `meant` maps the student's
    own names to what they abbreviate; `longest` is the length of the longest phrase.
    """

    quantities: tuple[QuantityLike, ...]
    table: SymbolTable
    phrases: dict[Words, tuple[Expr, str]]
    shapes: dict[Key, Expr]
    meant: dict[Expr, Expr] = field(default_factory=dict)
    longest: int = 1
    focus: Expr | None = None

    def is_named(self, tree: Expr) -> bool:
        """Whether a tree is the symbol of one of the quantities."""
        return any(tree is name_of(q) for q in self.quantities)

    def meaning(self, tree: Expr) -> Expr:
        """A quantity's value for its symbol; other trees as they are."""
        return next((q.value for q in self.quantities if q.value is not None and tree is name_of(q)), tree)

    def ends(self, tree: Expr) -> tuple[Expr, ...]:
        """The ends of a quantity's range, where the symbol that it is has one: what it saturates at."""
        named = self.meaning(tree)
        found = self.table.symbols.get(str(named.value)) if named.head == "symbol" else None
        domain = None if found is None else found.domain
        if domain is None or domain.low is None or domain.high is None:
            return ()
        return (build.number(domain.low), build.number(domain.high))

    def varies(self, variables: tuple[Expr, ...]) -> bool:
        """Whether a gradient is one in the question's own variable, where the question has one."""
        known = [q.value for q in self.quantities if q.value is not None and q.value.kind == "vector"]
        own = [replace(self.meaning(v), self.meant) for v in variables]
        return not known or not own or any(v in known for v in own)

    def canonical(self, tree: Expr) -> Expr:
        """The symbol of the quantity that a tree stands for; the tree itself if it stands for none."""
        tree = replace(readings(tree, 1)[0], self.meant)
        return (
            self._by_name(tree)
            or self._by_function(tree)
            or self._by_shape(tree)
            or self._by_gradient(tree)
            or tree
        )

    def solved(self, subject: Expr, target: Expr) -> tuple[Expr, Expr]:
        """ "1 - p -> 0" is "p -> 1": a claim about a + b*s, with numbers a, b and target, said of s."""
        if subject.head != "add" or target.head != "number":
            return subject, target
        fixed = [t.value for t in subject.args if t.head == "number"]
        rest = [t for t in subject.args if t.head != "number"]
        if len(rest) != 1:
            return subject, target
        scale, inner = _scaled(rest[0])
        value = (target.value - sum(fixed, Fraction(0))) / scale
        return self.canonical(inner), build.number(value)

    def vanishing(self, tree: Expr) -> Expr:
        """The quantity that a tree is a constant multiple of: what tends to 0 with it."""
        wide = expanded(tree, self.table)
        factors = varying_factors(wide)
        if len(factors) < 2:
            return tree
        for item in self.quantities:
            if item.value is not None and varying_factors(expanded(item.value, self.table)) == factors:
                return name_of(item)
        return tree

    def _by_name(self, tree: Expr) -> Expr | None:
        if tree.head == "symbol":
            named = next((name_of(q) for q in self.quantities if tree.value == q.name), None)
            words = tuple(singular(w) for w in str(tree.value).split())
            if named is None and len(words[0]) > 1 and str(tree.value) not in self.table.symbols:
                return self.phrases.get(words, (None, ""))[0] or self._by_words(words)
            return named
        return None

    def _by_words(self, words: Words) -> Expr | None:
        """ "size of the gradient": the quantity that all the words are for, those of its size apart."""
        found = {
            self.phrases.get((w,), (None, ""))[0]
            for w in words
            if w not in _LINKS and (w not in NORM_WORDS or (w,) in self.phrases)
        }
        return found.pop() if len(found) == 1 else None

    def _by_function(self, tree: Expr) -> Expr | None:
        if tree.head != "symbol" or tree.kind != "function":
            return None
        found = self.phrases.get((str(tree.value),))
        return None if found is None else found[0]

    def _by_shape(self, tree: Expr) -> Expr | None:
        wide = expanded(tree, self.table)
        found = self.shapes.get(shape(wide))
        if found is None and wide.kind == "vector":
            found = self.shapes.get(shape(build.norm(wide)))
        return found

    def _by_gradient(self, tree: Expr) -> Expr | None:
        if not any(_is_gradient(part) and self.varies(part.args[1:]) for part in walk(tree)):
            return None
        for item in self.quantities:
            if any(p in ("\\nabla", "∇", "gradient", "grad") for p in item.phrases):
                return name_of(item)
        return None


def name_of(quantity: QuantityLike) -> Expr:
    """The symbol that stands for a quantity in claims and patterns; of its value's kind."""
    return build.symbol(quantity.name, "scalar" if quantity.value is None else quantity.value.kind)


def unfold(tree: Expr, quantities: Sequence[QuantityLike]) -> Expr:
    """The tree with the symbols of quantities replaced by their values, for deciding equality."""
    return replace(tree, {name_of(q): q.value for q in quantities if q.value is not None})


def _scaled(tree: Expr) -> tuple[Fraction, Expr]:
    if tree.head == "mul" and len(tree.args) == 2 and tree.args[0].head == "number" and tree.args[0].value:
        return tree.args[0].value, tree.args[1]
    return Fraction(1), tree


def _is_gradient(part: Expr) -> bool:
    if part.head == "derivative":
        return any(v.kind == "vector" for v in part.args[1:])
    return part.head == "gradient" or (part.head == "symbol" and part.value in ("nabla", "∇", "\\nabla"))


def lexis(
    quantities: Sequence[QuantityLike], table: SymbolTable, focus: str, meant: dict[Expr, Expr]
) -> Lexis:
    """Builds the lookup for one question; `meant` holds the student's own definitions."""
    phrases: dict[Words, tuple[Expr, str]] = {}
    for name, tree in _about(table):
        phrases.setdefault(name, (tree, " ".join(name)))
    for item in quantities:
        for words in _wordings(item):
            phrases[words] = (name_of(item), " ".join(words))
        for words in _function(item, table):
            phrases.setdefault(words, (name_of(item), words[0]))
    shapes = {
        shape(expanded(q.value, table)): name_of(q) for q in reversed(quantities) if q.value is not None
    }
    meant = {**_parameters(table), **meant}
    about = next((name_of(q) for q in quantities if q.name == focus), None)
    return Lexis(tuple(quantities), table, phrases, shapes, meant, max(map(len, phrases), default=1), about)


def _wordings(item: QuantityLike) -> Iterable[Words]:
    for phrase in (item.name, *item.phrases):
        if phrase in PRONOUNS:
            continue
        words = tuple(singular(w) for w in phrase.replace("-", " ").split())
        if words:
            yield words
        if words in _PRODUCTS:
            yield from _PRODUCTS
        if "gradient" in words:
            yield tuple("grad" if w == "gradient" else w for w in words)
            yield tuple("∇" if w == "gradient" else w for w in words)
        if phrase == "\\nabla":
            yield ("∇",)


def _function(item: QuantityLike, table: SymbolTable) -> Iterable[Words]:
    """ "sigma" alone names the quantity that is sigma(...)."""
    wide = None if item.value is None else expanded(item.value, table)
    if wide is not None and wide.head == "apply" and wide.args[0].head == "symbol":
        name = str(wide.args[0].value)
        found = table.symbols.get(name)
        yield from ((s,) for s in (name, *_GREEK.get(name, ()), *(found.spellings if found else ())))


def _about(table: SymbolTable) -> Iterable[tuple[Words, Expr]]:
    """The table's own descriptions: `about: the label` lets prose say "the label" for y."""
    for symbol in table.symbols.values():
        words = tuple(singular(w) for w in symbol.about.lower().removeprefix("the ").split())
        if 0 < len(words) < 4:
            yield words, _named(symbol)


def _named(symbol: Symbol) -> Expr:
    """What "the features" means: a variable, or a function at its parameters."""
    if symbol.kind != "function" or not symbol.parameters:
        return symbol.expr
    return build.apply(symbol.expr, *symbol.parameters, kind=symbol.returns)


def _parameters(table: SymbolTable) -> dict[Expr, Expr]:
    """z of sigma(z) means w . phi(x) where p is defined as sigma(w . phi(x)) and z is nothing else."""
    found: dict[Expr, Expr] = {}
    for symbol in table.symbols.values():
        body = symbol.definition
        if body is None or symbol.parameters or body.head != "apply" or len(body.args) != 2:
            continue
        function = table.symbols.get(str(body.args[0].value))
        if function is not None and len(function.parameters) == 1:
            name = function.parameters[0]
            if str(name.value) not in table.symbols:
                found.setdefault(name, body.args[1])
    return found
