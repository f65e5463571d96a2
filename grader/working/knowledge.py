"""What is known at a point of a derivation: symbols, facts, assumptions, stated values, slips carried on."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache

from grader.equivalence import Assumptions
from grader.equivalence.prepare import prepare
from grader.expressions.build import gradient
from grader.expressions.domains import POSITIVE
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols
from grader.expressions.rewrite import replace as substitute
from grader.expressions.symbols import Alike, Symbol, SymbolTable
from grader.notation.one_example import of_one_example
from grader.records import Place
from grader.working.components import as_vectors
from grader.working.conjuncts import conjuncts
from grader.working.told import Told
from grader.working.whole_vectors import as_whole


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation that a line has established or assumed, and where it stands.

    `basis`: it was supposed, and does not follow from what stands before it. `side`: it is a condition
    beside the line or a reason (`x > 0`, "since n is positive"), and not what is being solved.
    """

    relation: Expr
    place: Place
    basis: bool = True
    side: bool = False

    @property
    def line(self) -> int:
        """The line of the file."""
        return self.place.line


@dataclass(frozen=True, slots=True)
class Target:
    """The question's own quantity: how it is named, and what it is (the first reference is the spec's).

    `named` are trees that name it, `phrases` names in words; `defines`: stating it is a definition.
    `scale` is a factor such as norm(phi(x)) under which decimals with `figures` figures are judged;
    `asked` is what the question says, in lower case. `up_to`: "constant" where a constant factor is free.
    `slipped`: a slip of an earlier answer makes the quantity another one.
    """

    references: tuple[Expr, ...] = ()
    named: tuple[Expr, ...] = ()
    phrases: tuple[str, ...] = ()
    defines: bool = False
    in_terms_of: tuple[Expr, ...] = ()
    figures: int | None = None
    scale: Expr | None = None
    asked: str = ""
    up_to: str = ""
    slipped: bool = False

    @property
    def is_largest(self) -> bool:
        """Whether the largest value is asked for, so that an upper bound that is taken states it."""
        return any(word in phrase for phrase in self.phrases for word in ("largest", "max", "greatest"))


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Frozen; every method that learns gives a new one.

    A value that the question fixes (y = 1) is a definition in `table`; `told` is what the text as a whole
    says. `points` are values that the student has stated (p = 1/3): a link that fails in general may hold
    there. `slope` is the latest derivative that the student has arrived at, `slopes` the latest few. `own`
    are equations that failed: what follows from them is judged as following. `seen` names stand in earlier
    lines; `supposed` are lines that turn out to be equations to solve, `split` those whose solutions later
    lines take one after another; `conditions` are the inequalities among the facts. `brought` names were
    defined in an earlier answer and may be defined anew. `ended` are the values in which cases that are over
    have ended; `headed` names by which parts are told apart (`For lambda_1 = 3: ...`), each with the line of
    the latest; `said` are equations between an open function and its slope, which say nothing of the letter
    that they are written in; `settings` say that a name has a value or is another name, by what is given;
    `integral` is the latest one with ends, `total` the sum of a series that goes
    on for ever. `began` names of which a value was stated, each with what was defined before that; `asked`
    expressions that a question asks for.
    """

    table: SymbolTable
    declared: frozenset[str] = frozenset()
    target: Target = field(default_factory=Target)
    told: Told = field(default_factory=Told)
    facts: tuple[Fact, ...] = ()
    points: tuple[Fact, ...] = ()
    own: tuple[Fact, ...] = ()
    slope: Expr | None = None
    slopes: tuple[Expr, ...] = ()
    defined: frozenset[str] = frozenset()
    used: frozenset[Expr] = frozenset()
    seen: frozenset[Expr] = frozenset()
    supposed: frozenset[int] = frozenset()
    split: frozenset[str] = frozenset()
    conditions: tuple[Expr, ...] = ()
    brought: frozenset[str] = frozenset()
    ended: frozenset[Expr] = frozenset()
    headed: tuple[tuple[str, int], ...] = ()
    said: tuple[Fact, ...] = ()
    settings: tuple[Fact, ...] = ()
    integral: Expr | None = None
    total: Expr | None = None
    began: tuple[tuple[Expr, frozenset[str]], ...] = ()
    asked: frozenset[Expr] = frozenset()

    @classmethod
    def of_table(cls, table: SymbolTable) -> Knowledge:
        """Where no question stands behind the names: arrays and functions of which only the kind is told may
        be set."""
        kinds = ("vector", "matrix", "function")
        settable = {s.name for s in table.symbols.values() if s.kind in kinds and s.definition is None}
        return cls(table, frozenset(table.symbols) - settable)

    def assumptions(self, extra: Iterable[Expr] = ()) -> Assumptions:
        """What the ladder may take for granted: domains, definitions, and assumed inequalities."""
        return _assume(self.table, (*self.conditions, *extra))

    def assumptions_on(self, *trees: Expr) -> Assumptions:
        """What bears on some trees: of plain numbers no condition says anything."""
        closed = not any(free_symbols(self.coordinates(tree)) for tree in trees)
        return _assume(self.table, ()) if closed else self.assumptions()

    def coordinates(self, tree: Expr) -> Expr:
        """The tree with definitions written out and everything in the declared coordinates."""
        return coordinates_of(tree, self.assumptions())

    def complete(self, tree: Expr) -> Expr:
        """The tree in full: components as products, gradients without a variable by the table's own one."""
        tree = as_whole(as_vectors(of_one_example(tree, self.told.examples, self.table), self.table))
        tree = self._in_the_asked_letter(tree)
        own = self.table.symbols.get("nabla")
        if own is None or own.definition is None or len(own.definition.args) != 2:
            return tree
        variable = own.definition.args[1]
        bare = [p for p in walk(tree) if p.head == "gradient" and len(p.args) == 1]
        return substitute(tree, {p: gradient(p.args[0], variable) for p in bare})

    def _in_the_asked_letter(self, tree: Expr) -> Expr:
        """`f'(t) = 3t^2` in x, where f'(x) is asked for and nothing declares t."""
        head = tree.args[0] if tree.head == "chain" else tree
        if head.head != "apply" or len(head.args) != 2 or head.args[1].head != "symbol":
            return tree
        letter = head.args[1]
        asked = [n.args[1] for n in self.target.named if n.head == "apply" and n.args[0] is head.args[0]]
        free = letter.value not in self.declared and letter.value not in self.defined
        if not asked or not free or asked[0].head != "symbol" or asked[0] in free_symbols(tree):
            return tree
        return substitute(tree, {letter: asked[0]})

    def learn(self, relation: Expr, place: Place, basis: bool = True, side: bool = False) -> Knowledge:
        """With one more fact; a conjunction is several."""
        parts = (Fact(part, place, basis, side) for part in conjuncts(relation))
        return self.with_facts((*self.facts, *parts))

    def with_facts(self, facts: Iterable[Fact]) -> Knowledge:
        """With these facts, and the inequalities among them as conditions."""
        known = tuple(facts)
        conditions = tuple(fact.relation for fact in known if _is_condition(fact.relation))
        return replace(self, facts=known, conditions=conditions)

    def forget(self, relation: Expr) -> Knowledge:
        """Without the facts that share an unknown with a relation: a new exercise or case begins."""
        names = free_symbols(relation)
        gone = [f for f in self.facts if names & free_symbols(f.relation)]
        kept = (f for f in self.facts if f not in gone)
        ended = self.ended | {f.relation for f in gone if not f.basis and f.relation.head == "chain"}
        return replace(self.with_facts(kept), own=(), ended=ended)

    def without_trials(self, solution: Expr) -> Knowledge:
        """Once `y = A e^(2x) + B e^(3x)` is found: without what was tried for y in other letters."""
        name, letters = solution.args[0], free_symbols(solution)
        tried = [f for f in self.facts if f.relation.args[0] is name and free_symbols(f.relation) - letters]
        if name.head != "symbol" or not tried:
            return self
        return self.with_facts(f for f in self.facts if f not in tried)

    def anew(self) -> Knowledge:
        """At the start of another exercise: nothing is supposed, and every name may be defined anew."""
        brought = self.brought | self.defined
        empty: frozenset[Expr] = frozenset()
        fresh = replace(self.with_facts(()), points=(), own=(), slope=None, slopes=())
        return replace(fresh, defined=frozenset(), used=empty, seen=empty, brought=brought)

    def at_point(self, relation: Expr, place: Place) -> Knowledge:
        """With a stated value, at which later lines may be read.

        What was found at another value of the same name is found anew: `x = 3: y = 4; x = -4: y = -3`.
        """
        name = relation.args[0]
        began = dict(self.began)
        known = self.without_values(self.defined - began[name]) if name in began else self
        began[name] = known.defined
        before = next((p for p in reversed(self.points) if p.relation.args[0] is name), None)
        if before is not None and before.relation is not relation:
            between = [f for f in known.facts if before.place.at < f.place.at < place.at]
            known = known.with_facts(f for f in known.facts if f not in between)
        return replace(known, points=(*self.points, Fact(relation, place)), began=tuple(began.items()))

    def carry(self, relation: Expr, place: Place) -> Knowledge:
        """With a failed equation, for follow-through; a conjunction is several."""
        parts = relation.args if relation.head == "and" else (relation,)
        return replace(self, own=(*self.own, *(Fact(part, place) for part in parts)))

    def after_slips(self) -> Knowledge:
        """With the failed equations as what is supposed, and beside them only what stands after the first."""
        own = [slip for slip in self.own if slip.line and self._solves_on(slip)]
        start = min((slip.line for slip in self.own if slip.line), default=0)
        later = [f for f in self.facts if f.line >= start or f.side]
        return replace(self.with_facts(sorted((*later, *own), key=lambda f: f.line)), own=())

    def _solves_on(self, slip: Fact) -> bool:
        """Whether a slip is a step in solving; one that is false of defined names implies anything."""
        names = free_symbols(slip.relation)
        return any(f.line <= slip.line and names & free_symbols(f.relation) for f in self.facts if not f.side)

    def define(self, symbol: Symbol) -> Knowledge:
        """With a name of the student's own; what its definition is made of is then no longer free."""
        body = symbol.definition
        used = free_symbols(body) - set(symbol.parameters) if body is not None else frozenset()
        return replace(
            self,
            table=self.table.with_symbols([symbol]),
            defined=self.defined | {symbol.name},
            used=self.used | used,
            brought=self.brought - {symbol.name},
        )

    def without_values(self, among: frozenset[str] | None = None) -> Knowledge:
        """Without the names that stand for plain numbers: another case begins."""
        plain = [s for s in self.own_symbols() if s.definition is not None and not free_symbols(s.definition)]
        own = self.defined if among is None else among
        return self.without_names({s.name for s in plain if s.name in own and not s.parameters})

    def without_names(self, names: Set[str]) -> Knowledge:
        """Without the definitions of these names."""
        if not names:
            return self
        kept = [s for s in self.table.symbols.values() if s.name not in names]
        table = replace(self.table, symbols={}, by_spelling={}).with_symbols(kept)
        return replace(self, table=table, defined=self.defined - names)

    def having_seen(self, trees: Iterable[Expr]) -> Knowledge:
        """With the names that a line has written."""
        trees = tuple(trees)
        seen = self.seen.union(*(free_symbols(t) for t in trees))
        whole = [p for t in trees for p in walk(t) if p.head == "integral" and len(p.args) == 4]
        if len(seen) == len(self.seen) and not whole:
            return self
        return replace(self, seen=seen, integral=whole[-1] if whole else self.integral)

    def bring(self, symbols: Iterable[Symbol]) -> Knowledge:
        """With names that an earlier answer of the same student has defined."""
        new = [s for s in symbols if s.name not in self.declared]
        names = frozenset(s.name for s in new)
        return replace(self, table=self.table.with_symbols(new), brought=self.brought | names)

    def spelled(self, tree: Expr) -> Expr:
        """The tree with the student's own abbreviations written out."""
        plain = [s for s in self.own_symbols() if s.definition is not None and not s.parameters]
        table = {s.expr: s.definition for s in plain if s.definition is not None}
        for _ in table:
            spelled = substitute(tree, table)
            if spelled is tree:
                break
            tree = spelled
        return tree

    def abbreviated(self, tree: Expr) -> Expr:
        """The tree with declared abbreviations for what they stand for: p for `sigma(w . phi(x))`."""
        declared = [self.table.symbols[name] for name in sorted(self.declared)]
        short = [s for s in declared if s.definition is not None and s.kind == "scalar" and not s.parameters]
        table = {
            s.definition: s.expr for s in short if s.definition is not None and free_symbols(s.definition)
        }
        return substitute(tree, table)

    def own_symbols(self) -> tuple[Symbol, ...]:
        """The names that have been defined so far, here and before."""
        return tuple(self.table.symbols[name] for name in sorted(self.defined | self.brought))

    def with_positive(self, names: Iterable[Expr]) -> Knowledge:
        """With names taken to be positive where nothing is declared of them."""
        table = self.table
        for name in names:
            declared = table.symbols.get(name.value)
            if declared is None:
                table = table.with_symbols([Symbol(name.value, name.kind, domain=POSITIVE)])
            elif declared.domain is None and declared.definition is None:
                table = table.with_symbols([replace(declared, domain=POSITIVE)])
        return replace(self, table=table)

    def constrained(self) -> frozenset[Expr]:
        """The symbols on which some fact already bears."""
        return frozenset().union(*(free_symbols(f.relation) for f in self.facts))

    def is_fresh(self, name: Expr) -> bool:
        """Whether a name is still free to be defined: nothing declares, defines, uses or constrains it."""
        return name not in self.used and self.is_free(name)

    def is_unsettled(self, name: Expr) -> bool:
        """Whether nothing declares or defines a name."""
        return name.value not in self.table.symbols

    def is_free(self, name: Expr) -> bool:
        """Whether nothing says what a name is, though a definition may use it: z after `s = sigma(z)`."""
        taken = name.value in self.declared or name.value in self.defined
        return not taken and name.value not in {s.value for s in self.constrained()}


@lru_cache(maxsize=1024)
def _assume(table: SymbolTable, conditions: tuple[Expr, ...]) -> Assumptions:
    """One object for one table and conditions, so that what is worked out under it can be cached."""
    return _assume_alike(Alike(table), conditions)


@lru_cache(maxsize=1024)
def _assume_alike(alike: Alike, conditions: tuple[Expr, ...]) -> Assumptions:
    table = alike.table
    domains = {s.name: s.domain for s in table.symbols.values() if s.domain is not None}
    return Assumptions(domains=domains, table=table, conditions=conditions, ignore_domain=True)


@lru_cache(maxsize=4096)
def coordinates_of(tree: Expr, assumptions: Assumptions) -> Expr:
    """A tree with definitions written out and everything in the declared coordinates."""
    return prepare((tree,), assumptions).trees[0]


def _is_condition(relation: Expr) -> bool:
    return relation.head == "chain" and all(op in ("<", "<=", ">", ">=", "!=") for op in relation.value)
