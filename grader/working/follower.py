"""The walk through a derivation: every line is given its place in a chain, and judged there.

A row that begins with `=` continues a chain; which one is decided by trying the open chains, and the
first that makes it true is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from grader.expressions.build import chain as make_chain
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import readings
from grader.expressions.symbols import SymbolTable
from grader.records import StepVerdict
from grader.working import cues
from grader.working.attempts import (
    Attempt,
    Resolved,
    attempt,
    attempt_whole,
    best_of,
    doubtful,
    learn,
    repeats_a_number,
    resolve,
)
from grader.working.chains import Chain, candidates, is_aside, is_spoken_of
from grader.working.entailment import ORDERED, unknowns
from grader.working.groups import are_values, conditions_first, disjunction, is_end, pairs, rejects, runs
from grader.working.headings import heading_of, is_denied, set_to_zero
from grader.working.initial import with_value_read
from grader.working.knowledge import Knowledge
from grader.working.merging import merge_given
from grader.working.names import (
    declare_functions,
    functions_in,
)
from grader.working.orders import with_rest
from grader.working.own_values import with_own_value_read
from grader.working.parts import Parts, at_part, label_of
from grader.working.plane_points import with_place_read
from grader.working.records import Line, Statement, Step, Working
from grader.working.scenes import behind_label, in_its_scene
from grader.working.sides import (
    LEFT,
    is_certain,
    meanings,
    speaks_of_sides,
    unnamed,
    with_named_side,
)
from grader.working.spoken import name_of
from grader.working.tails import readable_tail
from grader.working.zero_slopes import may_be_condition, says_zero_slope, with_zero_slope


@dataclass(slots=True)
class Follower:
    """The state of the walk: what is known, which chains are open, what was said of each line.

    `closing` is the index of the last formula, `doubted` of the last words that doubt what was said.
    """

    known: Knowledge
    chains: list[Chain] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    pending: str | None = None
    closing: int = -1
    doubted: int = -1
    parts: Parts = field(default_factory=Parts)

    def table_for(self, formula: str) -> SymbolTable:
        """The names as a formula is to be read: known ones, and the functions that it introduces."""
        table = functions_in(formula, self.known)
        if table is not self.known.table:
            before = self.known.table.symbols
            anew = {name for name in self.known.declared if table.symbols[name] is not before[name]}
            self.known = replace(self.known, table=table, declared=self.known.declared - anew)
        return table

    def working(self) -> Working:
        statements = tuple(self.statements)
        return Working(
            statements=statements,
            steps=tuple(step for s in statements for step in s.steps),
            known=self.known,
            heads={c.number: c.head for c in self.chains},
        )

    def take(self, group: Sequence[Line]) -> None:
        """One row, or several formulas that prose joins by "or"."""
        lines = [line for line in group if not line.struck]
        if self.statements and not self.known.target.references and cues.NEW_EXERCISE.search(group[0].intro):
            self.known = self.known.anew()
        self.known = declare_functions(lines, self.known)
        start = len(self.statements)
        for run in runs(conditions_first(lines)):
            self._run(run)
        self.statements[start:] = merge_given(sorted(self.statements[start:], key=lambda s: s.line.order))

    def _run(self, lines: Sequence[Line]) -> None:
        whole = pairs(lines, self.known) or disjunction(lines, self.known)
        if whole is not None:
            self._alternatives(lines, whole)
        elif are_values(lines):
            self._listed(lines)
        else:
            for line in lines:
                self._line(line)

    def _listed(self, lines: Sequence[Line]) -> None:
        """What one name may be: given. Of values nothing follows, of equations of curves that they meet.

        A place at which the slope before is not 0 is none of its zeros, and what belongs to no end of an
        integral none of its limits.
        """
        for line in lines:
            assert line.segment.tree is not None
            tree = readings(line.segment.tree)[0]
            members = tree.args
            tried = attempt(Resolved(tree), (), self.known, line)
            limit = cues.LIMITS.search(line.sentence.lower()) and tried.failures[0]
            if limit or any(step.cause == "wrong-critical-point" for step in tried.steps):
                self.known = tried.known
                self.statements.append(_statement(line, members, ("=",), -1, tried.steps))
                continue
            if unknowns(tree.args[1]):
                self.known = self.known.learn(tree, line.place).having_seen(members)
            step = Step(line.place, line.segment.source, StepVerdict.GIVEN, relation=line.segment.tree)
            self.statements.append(_statement(line, members, ("=",), -1, (step,)))

    def _alternatives(self, lines: Sequence[Line], whole: Expr) -> None:
        """`x = 1 or x = 4`: one step for all."""
        again = lines[-1].order[0] == self.closing and any(f.relation is whole for f in self.known.facts)
        named = lines[-1].order[0] > self.doubted and cues.SOLUTIONS.search(lines[0].intro)
        final = again or bool(named or cues.CHECKED.search(lines[0].intro))
        found = attempt_whole(whole, self.known, lines[0], final)
        self.known = found.known
        for line, steps in zip(lines, [found.steps] + [()] * (len(lines) - 1), strict=True):
            assert line.segment.tree is not None
            tree = readings(line.segment.tree)[0]
            self.statements.append(_statement(line, tree.args, tree.value, -1, steps))

    def _line(self, line: Line) -> None:
        label = label_of(line)
        if label and label != self.parts.current:
            self.parts, self.known = at_part(self.parts, label, self.known)
        named = with_named_side(line) if LEFT.value in self.known.table.symbols else line
        if speaks_of_sides(named):
            self._of_sides(named)
        else:
            self._plain(line)

    def _of_sides(self, line: Line) -> None:
        """What is said of a side is read of the first equation of which it is true, if there is one."""
        before = self.known, self.chains, len(self.statements), self.pending
        certain = is_certain(line, self.statements)
        for meant in list(meanings(line, self.statements)):
            self._plain(meant)
            if certain or all(s.verdict is StepVerdict.HOLDS for s in self.statements[-1].steps):
                return
            self.known, self.chains, count, self.pending = before
            del self.statements[count:]
        self._plain(unnamed(line))

    def _plain(self, line: Line) -> None:
        self.known = in_its_scene(line, self.known)
        whole = with_rest(line, self.known)
        if whole is not line and whole.segment.tree is not None and whole.segment.tree.kind == "scalar":
            self.known = replace(self.known, total=whole.segment.tree)
        line = with_value_read(whole, self.known)
        line = with_own_value_read(line, self.known)
        self.known = with_place_read(line, self.known)
        leading = line.segment.leading or self.pending
        self.pending = line.segment.trailing
        if line.segment.tree is None:
            self._unreadable(line)
        elif rejects(line):
            self._rejected(line)
        elif is_end(line, self.statements[-1].line if self.statements else None):
            step = Step(line.place, line.segment.source, StepVerdict.GIVEN)
            tree = readings(line.segment.tree)[0]
            self.statements.append(replace(_statement(line, tree.args, ("=",), -1, (step,)), rejected=True))
        elif leading is not None and (set_to_zero(line) or is_denied(line)):
            step = Step(line.place, line.segment.source, StepVerdict.GIVEN)
            members = (line.segment.tree,)
            self.statements.append(replace(_statement(line, members, ("=",), -1, (step,)), rejected=True))
        elif leading is not None and self._names_quantity(line):
            self._begin(line, leading, self.known.target.named[-1])
        elif leading is None and (name := self._explained(line)) is not None:
            self._begin(line, "=", name)
        elif leading is not None:
            self._continue(line, leading)
        elif not self._said(line):
            self._begin(line)

    def _names_quantity(self, line: Line) -> bool:
        """Whether the words before a relation name the question's quantity: `Loss $= r^2$`."""
        target = self.known.target
        return bool(target.named) and any(
            re.search(rf"\b{re.escape(phrase)}$", line.intro) for phrase in target.phrases
        )

    def _explained(self, line: Line) -> Expr | None:
        """What words say is this formula: "$h$ is the prediction $\\sigma(z)$", "$w . x$ equals $y$"."""
        last = self.statements[-1] if self.statements else None
        tree = line.segment.tree
        if last is None or len(last.members) != 1 or tree is None or tree.kind == "truth":
            return None
        if cues.EQUALS.fullmatch(line.intro.strip()) and cues.PLAINLY.fullmatch(f"{last.line.intro} "):
            return last.last
        if not cues.MEANS.match(line.intro):
            return None
        name = last.last
        return name if name.head == "symbol" and self.known.is_free(name) else None

    def _said(self, line: Line) -> bool:
        """Whether words say wrongly what a lone formula is; a right one is known, and no step."""
        name, tree = name_of(line), line.segment.tree
        if name is None or tree is None:
            return False
        choices = resolve(make_chain((name, tree), ("=",)), self.known)
        best = best_of(attempt(one, (), self.known, line) for one in choices)
        if best.steps[0].verdict is StepVerdict.HOLDS:
            self.known = best.known
        if best.steps[0].verdict is not StepVerdict.FAILS:
            return False
        self._record(line, best, Chain(len(self.chains), (), (), line.row, line.segment.column))
        return True

    def _begin(self, line: Line, leading: str = "", head: Expr | None = None) -> None:
        """A statement of its own, or a bare expression: either opens a chain.

        A relation that it begins with is one of the head.
        """
        assert line.segment.tree is not None
        tree = line.segment.tree
        if head is not None:
            members = tree.args if tree.head == "chain" else (tree,)
            operators = tree.value if tree.head == "chain" else ()
            tree = make_chain((head, *members), (leading, *operators))
        best = self._tried(line, tree)
        self._record(line, best, Chain(len(self.chains), (), (), line.row, line.segment.column))

    def _tried(self, line: Line, tree: Expr) -> Attempt:
        """The best reading of a statement; of one that is no identity also where the last slope is 0."""
        said = says_zero_slope(line)
        known = with_zero_slope(line, self.known) if said else self.known
        best = best_of(attempt(one, (), known, line) for one in resolve(tree, known))
        if said or not _fails(best):
            return best
        beside = behind_label(line, self.known)
        if beside is not None:
            again = best_of(attempt(one, (), beside, line) for one in resolve(tree, beside))
            return best if _fails(again) else again
        if not may_be_condition(tree, self.known):
            return best
        known = with_zero_slope(line, self.known)
        there = best_of(attempt(one, (), known, line) for one in resolve(tree, known))
        return there if all(step.verdict is StepVerdict.HOLDS for step in there.steps) else best

    def _continue(self, line: Line, leading: str) -> None:
        """A row that begins with a relation: the first open chain that makes it true.

        Where none does, one that words name goes on nothing: it says what that is.
        """
        assert line.segment.tree is not None
        choices = resolve(line.segment.tree, self.known)
        first: tuple[Attempt, Chain] | None = None
        for candidate in candidates(self.chains, line.row, line.segment.column):
            if first is not None and leading in ORDERED and not is_spoken_of(first[1], candidate):
                continue  # a bound goes on the estimate before it, or on what that is a part of
            known = self.known if first is None else replace(self.known, points=())
            best = best_of(attempt(one, (leading,), known, line, candidate) for one in choices)
            if first is not None and repeats_a_number(best):
                continue
            if best.connects and first is not None and not is_aside(first[1], candidate):
                return self._record(line, doubtful(first[0]), first[1])
            if best.connects:
                points = self.known.points if first is not None else best.known.points
                best = replace(best, known=replace(best.known, points=points))
                return self._record(line, best, candidate)
            first = first or (best, candidate)
        if first is None or heading_of(line):
            return self._begin(line)
        return self._record(line, *first)

    def _record(self, line: Line, found: Attempt, chain: Chain) -> None:
        for member, stands in zip(found.members, found.stands, strict=True):
            chain = chain.grown(member, stands)
        chain = chain.moved(line.row, line.segment.column)
        self.chains = [c for c in self.chains if c.number != chain.number] + [chain]
        self.known = learn(found.known, chain).having_seen(found.members)
        if len(found.members) == 1 and cues.ASKS.search(line.intro):
            self.known = replace(self.known, asked=self.known.asked | {found.members[0]})
        self.statements.append(_statement(line, found.members, found.operators, chain.number, found.steps))

    def _unreadable(self, line: Line) -> None:
        """The chain goes on past it, with what can be read of its end; the rest is not called wrong."""
        step = Step(line.place, line.segment.source, StepVerdict.UNKNOWN)
        continuing = line.segment.leading is not None and self.chains
        chain = self.chains[-1] if continuing else Chain(len(self.chains), (), (), line.row, 0)
        chain = chain.grown(None, True).moved(line.row, line.segment.column)
        steps: tuple[Step, ...] = (step,)
        tail = readable_tail(line, self.known.table)
        if tail is not None:
            choices = resolve(tail[1], self.known)
            best = best_of(attempt(one, (tail[0],), self.known, line, chain) for one in choices)
            steps = best.steps
            for member, stands in zip(best.members, best.stands, strict=True):
                chain = chain.grown(member, stands)
        self.chains = [c for c in self.chains if c.number != chain.number] + [chain]
        self.statements.append(_statement(line, (), (), chain.number, steps))

    def _rejected(self, line: Line) -> None:
        """`x = 1 fails`: a candidate that is thrown out."""
        assert line.segment.tree is not None
        tree = readings(line.segment.tree)[0]
        self.known = self.known.learn(make_chain(tree.args, ("!=",)), line.place)
        self.statements.append(Statement(line, tree.args, ("=",), -1, (), rejected=True))


def _fails(found: Attempt) -> bool:
    return any(step.verdict is StepVerdict.FAILS for step in found.steps)


def _statement(
    line: Line, members: tuple[Expr, ...], operators: tuple[str, ...], chain: int, steps: Sequence[Step]
) -> Statement:
    made = tuple(steps)
    return Statement(line, members, operators, chain, made, defines=bool(made) and made[0].defines)
