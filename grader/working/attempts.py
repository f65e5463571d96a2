"""One reading of a line, tried: its links judged in order, each with what the ones before it taught."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from grader.equivalence.unit_vectors import with_products
from grader.expressions.build import INFINITY, ZERO
from grader.expressions.nodes import Expr, walk
from grader.expressions.rewrite import free_symbols, rebuild, resolutions
from grader.records import EvidenceKind, Remark, StepVerdict
from grader.working import cues
from grader.working.arguments.conditions import has_slope
from grader.working.arguments.norms import lengths
from grader.working.arguments.surplus import extraneous
from grader.working.binomials import with_columns
from grader.working.cases import with_case, with_part
from grader.working.chains import Chain
from grader.working.completing import complete, slopes_in
from grader.working.entailment import ORDERED, is_ordered
from grader.working.groups import is_condition
from grader.working.judge import judge, judge_truth
from grader.working.kinds import infer_vectors
from grader.working.knowledge import Fact, Knowledge
from grader.working.lines import cue_of
from grader.working.links import Judgement, Link
from grader.working.partials import with_partials
from grader.working.projections import with_projections
from grader.working.records import Line, Step
from grader.working.scenes import begun_anew, with_setting
from grader.working.tuples import turned_up, with_points

_SLOPES = 3  # as many as are set to 0 together


@dataclass(frozen=True, slots=True)
class Attempt:
    """A line under one reading: members and operators, a step for each link, what is known after it.

    `stands` says of each member whether the link before it did not fail.
    """

    members: tuple[Expr, ...]
    operators: tuple[str, ...]
    steps: tuple[Step, ...]
    stands: tuple[bool, ...]
    known: Knowledge

    @property
    def failures(self) -> tuple[int, int]:
        """How many links fail, then how many are unknown: less is better."""
        verdicts = [s.verdict for s in self.steps]
        return verdicts.count(StepVerdict.FAILS), verdicts.count(StepVerdict.UNKNOWN)

    @property
    def connects(self) -> bool:
        """Whether the first link is true of the chain that it was tried on."""
        return bool(self.steps) and self.steps[0].verdict in (StepVerdict.HOLDS, StepVerdict.GIVEN)


@dataclass(frozen=True, slots=True)
class Resolved:
    """One reading of a line's tree, and the remarks that it costs."""

    tree: Expr
    remarks: tuple[Remark, ...] = ()


def resolve(tree: Expr, known: Knowledge) -> tuple[Resolved, ...]:
    """The readings of a line, the preferred one first."""
    tree = _zero_last(with_products(turned_up(with_columns(tree, known.target))))
    tree = with_projections(tree, known.table)
    whole = with_points(with_partials(complete(known.complete(tree), known), known.table), known.table)
    found = resolutions(infer_vectors(whole, known.table))
    made = tuple(Resolved(one, _costs(tags)) for one, tags in found.items())
    return tuple(one for one in made if not _applies_to_function(one.tree)) or made


def _zero_last(tree: Expr) -> Expr:
    """`0 = (p - y)^2` as `(p - y)^2 = 0`, and so for a slope: a condition, and no claim of 0."""
    if tree.head != "chain" or tree.args[0] is not ZERO or set(tree.value) != {"="} or tree.args[-1] is ZERO:
        return tree
    if len(tree.args) > 2 and not any(has_slope(member) for member in tree.args):
        return tree
    return rebuild(tree, (*tree.args[1:], ZERO))


def _applies_to_function(tree: Expr) -> bool:
    """`sigma(1 + sigma)` as a value at `1 + sigma`, where it is a product of values."""
    inner = (arg for part in walk(tree) if part.head == "apply" for arg in part.args[1:])
    return any(a.head in ("add", "mul", "pow") and any(_is_bare(p) for p in a.args) for a in inner)


def _is_bare(tree: Expr) -> bool:
    inside = tree.args[1:] if tree.head == "mul" else (tree,)
    return any(p.head == "symbol" and p.kind == "function" for p in inside)


def _costs(tags: frozenset[str]) -> tuple[Remark, ...]:
    """A reciprocal written like an inverse is remarked on."""
    return (Remark("reciprocal-notation"),) if any(t.startswith("inverse-or") for t in tags) else ()


def attempt(
    reading: Resolved,
    leading: tuple[str, ...],
    known: Knowledge,
    line: Line,
    chain: Chain | None = None,
) -> Attempt:
    """Judge a line's links; with `leading`, the first link joins it to the last member of `chain`."""
    tree = reading.tree
    members = tree.args if tree.head == "chain" else (tree,)
    operators = leading + (tree.value if tree.head == "chain" else ())
    found = _Links(
        known,
        line,
        chain,
        len(operators) == 1 and not line.goes_on,
        ORDERED.issuperset(operators),
        reading.remarks,
        members[-1] is ZERO and set(operators) == {"="} and all(map(has_slope, members[:-1])),
    )
    lefts = members[:-1] if not leading else (None, *members[:-1])
    rights = members if leading else members[1:]
    for left, operator, right in zip(lefts, operators, rights, strict=True):
        found = found.judged(left, operator, right)
    stands = tuple(s.verdict is not StepVerdict.FAILS for s in found.steps)
    return Attempt(members, operators, found.steps, stands if leading else (True, *stands), found.known)


@dataclass(frozen=True, slots=True)
class _Links:
    """The walk along one line's links."""

    known: Knowledge
    line: Line
    chain: Chain | None
    single: bool
    ordered: bool
    reading: tuple[Remark, ...] = ()
    zeroed: bool = False
    steps: tuple[Step, ...] = ()
    passed: tuple[Expr, ...] = ()

    def judged(self, left: Expr | None, operator: str, right: Expr) -> _Links:
        """One link further."""
        continuing = left is None
        before = self.chain.earlier if self.chain is not None else ()
        if left is None:
            assert self.chain is not None
            left = self.chain.last
        if left is None:
            return self._unread(right, before)
        head = self.chain.head if self.chain is not None else (self.passed or (left,))[0]
        members = [*before, *self.passed, left]
        link = Link(
            left=left,
            operator=operator,
            right=right,
            place=self.line.place,
            head=head or left,
            earlier=tuple(members[:-1]),
            first=not self.steps,
            single=self.single,
            continuing=continuing,
            stationary=any(has_slope(m) for m in members),
            ordered=self.ordered,
            everywhere=bool(cues.EVERYWHERE.search(self.line.outro)),
            zeroed=self.zeroed,
            cue=cue_of(self.line),
            connector=self.line.segment.connector,
            sentence=self.line.sentence.lower(),
            outro=self.line.outro,
            rest=self.line.rest,
        )
        return self._with(judge(link, self.known), link)

    def _unread(self, right: Expr, before: tuple[Expr, ...]) -> _Links:
        """The member before could not be read: only an equal earlier one can vouch for this one."""
        for member in before:
            link = Link(member, "=", right, self.line.place, member)
            found = judge(link, self.known)
            if found.verdict is StepVerdict.HOLDS:
                return self._with(found, link)
        step = Step(self.line.place, self.line.segment.source, StepVerdict.UNKNOWN)
        return replace(self, steps=(*self.steps, step))

    def _with(self, found: Judgement, link: Link) -> _Links:
        remarks = tuple(replace(r, line=link.place.line) for r in found.remarks)
        step = Step(
            place=self.line.place,
            source=self.line.segment.source,
            verdict=found.verdict,
            evidence=found.evidence,
            premises=found.premises,
            remarks=remarks + (self._notation(link) if not self.steps else ()),
            relation=link.relation,
            quantity=found.quantity,
            redefines=found.redefines,
            cause=found.cause,
            defines=found.symbol is not None,
            claim=found.claim,
            leans=found.leans,
        )
        known = _taught(self.known, found, self.line)
        known = with_setting(known, found, Fact(link.relation, self.line.place))
        return replace(self, known=known, steps=(*self.steps, step), passed=(*self.passed, link.left))

    def _notation(self, link: Link) -> tuple[Remark, ...]:
        remarks = (*self.line.segment.remarks, *self.reading)
        return tuple(replace(r, line=link.place.line) for r in remarks)


def best_of(attempts: Iterable[Attempt]) -> Attempt:
    """The first attempt without a fault; else the one with fewest. Later ones are tried only if need be."""
    best: Attempt | None = None
    for one in attempts:
        if best is None or one.failures < best.failures:
            best = one
        if best.failures == (0, 0):
            break
    assert best is not None
    return best


def repeats_a_number(found: Attempt) -> bool:
    """Whether it only says `3/5 = 3/5`: that a number stood elsewhere before does not vouch for it here."""
    relation = found.steps[0].relation if found.steps else None
    sides = relation.args if relation is not None and relation.head == "chain" else ()
    return len(sides) == 2 and sides[0] is sides[1] and not free_symbols(sides[0])


def attempt_whole(truth: Expr, known: Knowledge, line: Line, final: bool = False) -> Attempt:
    """A truth that is no chain (`x = 1 or x = 4`): one step, by what stands before it.

    `final`: it is what the work comes to, and no root of a squared equation may be left in it.
    """
    found = judge_truth(truth, known, line.place, line.intro)
    extra = extraneous(truth, known) if final and found.verdict is StepVerdict.HOLDS else None
    if extra is not None:
        evidence = replace(extra, certain=True).evidence
        found = Judgement(StepVerdict.FAILS, evidence, (extra.line,), slip=truth)
    step = Step(
        line.place, line.segment.source, found.verdict, found.evidence, found.premises, relation=truth
    )
    return Attempt((truth,), (), (step,), (True,), _taught(known, found, line))


def _taught(known: Knowledge, found: Judgement, line: Line) -> Knowledge:
    place = line.place
    if found.symbol is not None:
        known = known.without_values() if found.anew else known
        known = with_part(known.define(found.symbol), found.symbol.name, place.line, line.intro)
    if found.fact is not None and found.anew:
        known = begun_anew(known, found.fact)
    if found.fact is not None:
        if found.verdict is StepVerdict.GIVEN or is_ordered(found.fact):
            known = with_case(known, found.fact)
        if found.solution:
            known = known.without_trials(found.fact)
        side = is_condition(line) or bool(cues.BESIDE.search(line.intro))
        known = known.learn(found.fact, place, _is_basis(found), side)
    if found.said is not None:
        known = replace(known, said=(*known.said, Fact(found.said, place)))
    if found.point is not None:
        known = known.at_point(found.point, place)
    if found.slip is not None:
        known = known.carry(found.slip, place)
    return known


def _is_basis(found: Judgement) -> bool:
    """Whether it says more than the facts give back: it was supposed, or worked out by calculus."""
    worked = found.evidence is not None and found.evidence.kind is EvidenceKind.CALCULUS
    return found.verdict is StepVerdict.GIVEN or worked


def learn(known: Knowledge, chain: Chain) -> Knowledge:
    """What a whole chain teaches: where a derivative was worked out, its result."""
    members = [m for m in chain.members if m is not None and m is not ZERO and m is not INFINITY]
    if not any(_is_slope(m) for m in members) or _is_slope(members[-1]):
        return known
    slope = lengths(members[-1])
    return replace(
        known, slope=slope, slopes=(*(s for s in known.slopes if s is not slope), slope)[-_SLOPES:]
    )


def _is_slope(tree: Expr) -> bool:
    """Whether a tree holds a first derivative (a second one is no slope), or is a dJ/dw of an open J."""
    if tree.head == "symbol" and any(order == 1 and by not in ("", "t") for *_, by, order in slopes_in(tree)):
        return True
    first = any(
        (part.head == "derivative" and len(part.args) == 2) or (part.head == "derived" and part.value == 1)
        for part in walk(tree)
    )
    return first and not any(part.head == "derived" and part.value > 1 for part in walk(tree))


def doubtful(found: Attempt) -> Attempt:
    """The attempt with nothing called wrong: it fails here, but may belong elsewhere."""
    steps = tuple(
        Step(s.place, s.source, StepVerdict.UNKNOWN, relation=s.relation)
        if s.verdict is StepVerdict.FAILS
        else s
        for s in found.steps
    )
    return replace(found, steps=steps)
