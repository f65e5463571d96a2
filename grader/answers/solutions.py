"""Answers that are solutions: values of an unknown, sets, intervals, the equation of a curve.

What counts is the last group of statements that belongs together (`x = 1 or x = 3`, `1 and 3`) and says in
solved form what the unknown is. An equation in several unknowns, such as that of a line, needs no such form.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.answers.final import not_withdrawn
from grader.answers.records import Checked, FinalAnswer
from grader.answers.wording import changed_by_words, not_said_to_be_it
from grader.equivalence import decide
from grader.expressions.build import chain, finite_set, symbol
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import free_symbols, replace
from grader.records import Equality, Evidence, EvidenceKind, StepVerdict, Verdict
from grader.working import Knowledge, Statement, Working
from grader.working.groups import joined

TYPES = frozenset(["set", "interval", "equation"])
_LISTING = frozenset(["or", "comma", "list", "and"])
_NUMBERED = re.compile(r"([A-Za-z]+)_\{?\d(?:, ?\d)*\}?")


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that belong together, as one tree, and whether it says in solved form what a name is.

    `own`: it says what a function of the student's own is. `called`: bare values behind the name that the
    question has for its answer.
    """

    statements: tuple[Statement, ...]
    tree: Expr
    solved: bool
    own: bool = False
    called: bool = False

    @property
    def boxed(self) -> bool:
        """Whether any of it stands in a box."""
        return any(s.line.segment.boxed for s in self.statements)


def solution_answer(working: Working, reference: Expr) -> FinalAnswer | None:
    """The group that counts; None if nothing is solved."""
    groups = (
        _fitting(working, reference) or _of_each(working, reference) or _of_own_functions(working, reference)
    )
    pool = [g for g in groups if g.boxed] or groups
    if not pool:
        return None
    last = pool[-1]
    spread = _spread(pool)
    target = working.known.target
    counted = [s for g in (pool if spread is not None else [last]) for s in g.statements]
    words = [changed_by_words(s, target) for s in counted]
    if last.own:
        words += [not_said_to_be_it(s, target) for s in counted]
    return FinalAnswer(
        tree=spread if spread is not None else last.tree,
        place=last.statements[0].line.place,
        source=", ".join(dict.fromkeys(s.line.segment.source for s in last.statements)),
        words=next((w for w in words if w), ""),
    )


def lists_values(working: Working) -> bool:
    """Whether bare values stand in an answer that no name and no word ties to the unknown."""
    bare = (s.members[0] for s in working.statements if not s.rejected and len(s.members) == 1)
    return any(not free_symbols(t) and t.kind != "truth" and t.head != "matrix" for t in bare)


def check_solution(
    answer: FinalAnswer | None, reference: Expr, followed: Expr | None, known: Knowledge
) -> Checked:
    """The verdict on solutions: whether they are those of the reference, or of the one carried on."""
    if answer is None:
        return Checked(None, Equality.NONE)
    verdict = _decided(answer.tree, reference, known)
    if verdict.verdict is not Equality.EQUAL and followed is not None:
        again = _decided(answer.tree, followed, known)
        if again.verdict is Equality.EQUAL:
            return Checked(answer, verdict.verdict, verdict.evidence, followed=True)
    return Checked(answer, verdict.verdict, _told(verdict.evidence))


def _told(evidence: Evidence | None) -> Evidence | None:
    """What is wrong with solutions, without telling one that is missing."""
    data = evidence.data if evidence is not None else {}
    if evidence is None or {data.get("left"), data.get("right")} != {"true", "false"}:
        return evidence
    if data["left"] == "false":
        return Evidence(evidence.kind, "There are solutions beside these.", {"point": data["point"]})
    place = ", ".join(f"{name} = {value}" for name, value in data["point"].items())
    return Evidence(evidence.kind, f"{place} is no solution, and is given as one.", {"point": data["point"]})


def _decided(tree: Expr, reference: Expr, known: Knowledge) -> Verdict:
    if _are_points(tree) and len(free_symbols(reference)) == 1:
        return Verdict(
            Equality.UNKNOWN, Evidence(EvidenceKind.CLAIM, "points are given, where values are asked for")
        )
    known = known.with_facts(())  # what the answer itself says of the unknown is nothing that is given
    whole = dataclasses.replace(known.assumptions(), ignore_domain=False)  # an end point counts
    return decide(known.coordinates(tree), known.coordinates(reference), whole)


def _of_own_functions(working: Working, reference: Expr) -> list[Group]:
    """`t(x) = 10 - 3x` for `y = 10 - 3x`, where nothing else says what y is."""
    wanted = free_symbols(reference)
    found: list[Group] = []
    for group in _groups(working, wanted):
        tree = group.tree
        head = tree.args[0] if tree.head == "chain" and set(tree.value) == {"="} else None
        if head is None or head.head != "apply" or head.args[0].head != "symbol" or len(head.args) != 2:
            found.clear()
            continue
        rest = wanted - {head.args[1]}
        own = head.args[0].value not in working.known.declared
        if own and len(rest) == 1 == len(wanted) - 1 and free_symbols(tree.args[-1]) <= wanted - rest:
            found.append(dataclasses.replace(group, tree=chain((*rest, tree.args[-1]), ("=",)), own=True))
        else:
            found.clear()  # what is said after it may say otherwise
    return found


def _are_points(tree: Expr) -> bool:
    """Whether pairs are given: `(1, 6)`."""
    return tree.head == "set" and bool(tree.args) and all(a.head == "tuple" for a in tree.args)


def _fitting(working: Working, reference: Expr) -> list[Group]:
    """The groups that may be the answer: about the reference's unknowns, and solved where it has one."""
    wanted = free_symbols(reference)
    groups = [_as_function(group, reference) for group in _groups(working, wanted)]
    found = []
    parts = reference.args if reference.head == "and" else ()
    values = bool(parts) and all(_solved_name(part) is not None for part in parts)
    for group in [g for g in groups if not g.called] or groups:
        free = free_symbols(working.known.spelled(group.tree))
        if len(wanted) > 1:
            fits = free == wanted and group.tree.kind == "truth" and (group.solved or not values)
        else:
            fits = group.solved and (not free or not wanted or free == wanted)
        if fits:
            found.append(group)
    return found or [g for g in groups if g.called][-1:]


def _of_each(working: Working, reference: Expr) -> list[Group]:
    """The last value of each of several names that are asked for together, wherever it was found."""
    wanted = free_symbols(reference)
    found: dict[Expr, Statement] = {}
    for statement in not_withdrawn([s for s in working.statements if s.members and not s.rejected]):
        relation = _relation(statement) if _relates(statement) else None
        name = _solved_name(relation) if relation is not None else None
        if relation is not None and name in wanted and not free_symbols(relation.args[-1]):
            found[name] = statement
    if len(wanted) < 2 or found.keys() != wanted:
        return []
    tree = node("and", tuple(_relation(s) for s in found.values()), None, "truth")
    return [Group(tuple(found.values()), tree, True)]


def _as_function(group: Group, reference: Expr) -> Group:
    """`y = 2 + x` as `y(x) = 2 + x`, where the reference says what y(x) is."""
    asked = reference.args[0] if reference.head == "chain" else reference
    tree = group.tree
    if asked.head != "apply" or tree.head != "chain" or tree.args[0].head != "symbol":
        return group
    named = tree.args[0].value == asked.args[0].value
    spoken = chain((asked, *tree.args[1:]), tree.value)
    return dataclasses.replace(group, tree=spoken) if named else group


def _spread(groups: Sequence[Group]) -> Expr | None:
    """Single values found one after another (`x - 1 = 0 gives x = 1. x - 3 = 0 gives x = 3`) as a set.

    None where something else was found as well: then the last one is a choice among them.
    """
    values = [g.tree.args[1] for g in groups if _is_value(g.tree)]
    names = {g.tree.args[0] for g in groups if _is_value(g.tree)}
    apart = len(values) == len(groups) > 1 and len(names) == 1 and len(set(values)) == len(values)
    return chain((names.pop(), finite_set(*values)), ("in",)) if apart else None


def _is_value(tree: Expr) -> bool:
    return tree.head == "chain" and tree.value == ("=",) and tree.args[0].head == "symbol"


# -- groups -------------------------------------------------------------------------------------------


def _groups(working: Working, wanted: frozenset[Expr]) -> Iterator[Group]:
    counted = [s for s in working.statements if s.members and not s.rejected and not _of_other(s, wanted)]
    held: list[Statement] = []
    for statement in not_withdrawn(counted):
        listed = bool(held) and joined(statement.line) in _LISTING and _alike(held[-1], statement)
        if held and not (listed and _of_one_thing(held[-1], statement, wanted)):
            yield from _made(held, working.known.target.phrases)
            held = []
        held.append(statement)
    if held:
        yield from _made(held, working.known.target.phrases)


def _of_other(statement: Statement, wanted: frozenset[Expr]) -> bool:
    """Whether a line says something of another name only, beside the one unknown: `D = 36`."""
    about = free_symbols(_relation(statement)) if len(wanted) == 1 and _relates(statement) else frozenset()
    return bool(about) and not about & wanted


def _alike(one: Statement, other: Statement) -> bool:
    """Whether both are relations, solved or not, or both are values."""
    if _goes_on(one, other):
        return True
    if not (_relates(one) and _relates(other)):
        return _relates(one) == _relates(other)
    return _is_solved(_relation(one)) == _is_solved(_relation(other))


def _of_one_thing(one: Statement, other: Statement, wanted: frozenset[Expr]) -> bool:
    """Whether two solved relations are of one name, or of names asked for together (`u = 2, v = 1`)."""
    if not (_relates(one) and _relates(other)):
        return True
    names = [_solved_name(_relation(s)) for s in (one, other)]
    return (
        None in names
        or names[0] is names[1]
        or {str(n.value) for n in names if n} <= {str(s.value) for s in wanted}
    )


def _solved_name(relation: Expr) -> Expr | None:
    """The name that an equation says the value of."""
    first = relation.args[0]
    solved = relation.head == "chain" and relation.value == ("=",) and _is_solved(relation)
    return first if solved and first.head == "symbol" else None


def _relates(statement: Statement) -> bool:
    return statement.members[0].kind == "truth" or bool(statement.operators)


def _goes_on(one: Statement, other: Statement) -> bool:
    """`x = 1 and 3`: the name stands once."""
    value = not other.operators and not free_symbols(other.members[0])
    return (
        value
        and bool(one.operators)
        and _is_solved(_relation(one))
        and joined(other.line) in ("and", "or", "comma")
    )


def _made(held: Sequence[Statement], phrases: Sequence[str]) -> Iterator[Group]:
    if any(s.line.segment.leading for s in held):
        return
    if not _relates(held[0]):
        yield from _of_values(held, phrases)
        return
    relations = [part for s in held for part in _relations(s, held[0])]
    several = len({n for r in relations if (n := _solved_name(r)) is not None}) > 1
    head = "or" if len(relations) > 1 and not several and not _bounds(held, relations) else "and"
    tree = relations[0] if len(relations) == 1 else node(head, tuple(relations), None, "truth")
    yield Group(tuple(held), tree, all(_is_solved(r) for r in relations))


def _of_values(held: Sequence[Statement], phrases: Sequence[str]) -> Iterator[Group]:
    """`1 and 3`, `{1, 3}`, `(1, 3)`: values without a name, where they are given as an answer."""
    trees = [s.members[0] for s in held]
    intro = held[0].line.intro
    announced = re.search(r"\b(?:solutions?|roots?|answers?|values?|points?|zeros?)\b", intro)
    called = not announced and _is_called(held[0].line.sentence.lower(), phrases)
    if len(trees) == 1 and trees[0].kind == "set":
        yield Group(tuple(held), trees[0], True)
    elif announced or called or any(s.line.segment.boxed for s in held):
        parts = [p for t in trees for p in (t.args if t.head == "tuple" and len(trees) == 1 else (t,))]
        yield Group(tuple(held), finite_set(*parts), True, called=called)


def _is_called(said: str, phrases: Sequence[str]) -> bool:
    """`the eigenvalues are`, `eigenvalues:`: what is asked for, and nothing made of it (`the sum of`)."""
    names = "|".join(re.escape(phrase) for phrase in phrases)
    of = r"(?: of (?:the )?(?:\w+|\$[^$]*\$))?"
    ends = rf"(?<!of )(?<!of the )\b(?:{names}){of}\W*(?:\b(?:are|is|be|as)\b)?\W*$"
    return bool(names and re.search(ends, said))


def _bounds(held: Sequence[Statement], relations: Sequence[Expr]) -> bool:
    """Whether relations hold together: inequalities joined by anything but "or" (`x > 1, x < 3`)."""
    apart = len(held) < len(relations) or any(joined(s.line) == "or" for s in held[1:])
    return not apart and all("=" not in r.value for r in relations)


def _relations(statement: Statement, first: Statement) -> tuple[Expr, ...]:
    """The relations of a line; a bare value goes on what the first line of its group says of its name."""
    if not _relates(statement):
        return (chain((_relation(first).args[0], statement.members[0]), ("=",)),)
    relation = _relation(statement)
    if (
        relation.head == "chain"
        and relation.value == ("=",)
        and all(a.head == "tuple" for a in relation.args)
    ):
        names, values = (a.args for a in relation.args)  # `(u, v) = (2, -1)`
        if len(names) == len(values):
            return tuple(chain(pair, ("=",)) for pair in zip(names, values, strict=True))
    return relation.args if relation.head == "or" else (relation,)


def _relation(statement: Statement) -> Expr:
    """The relation of a line; `x_1 = 1` as `x = 1` (solutions are often numbered), `x = 1, 2` as a set."""
    if statement.members[0].kind == "truth":
        return statement.members[0]
    relation = chain(statement.members, statement.operators)
    first, last = relation.args[0], relation.args[-1]
    sound = all(step.verdict is not StepVerdict.FAILS for step in statement.steps)
    if sound and len(relation.args) > 2 and set(relation.value) == {"="} and first.head == "symbol":
        relation = chain((first, last), ("=",))  # `x = 18/6 = 3` gives 3
    if relation.value == ("=",) and last.head == "tuple" and first.head == "symbol":
        relation = chain((first, finite_set(*last.args)), ("in",))
    found = _NUMBERED.fullmatch(str(first.value)) if first.head == "symbol" else None
    return replace(relation, {first: symbol(found[1])}) if found else relation


def _is_solved(relation: Expr) -> bool:
    """A name beside what does not hold it: `x = 1`, `1 < x <= 3`, `x in {1, 3}`."""
    names = [m for m in relation.args if m.head == "symbol" or _is_size(m)]
    others = [m for m in relation.args if m not in names]
    return len(names) == 1 and not any(free_symbols(names[0]) & free_symbols(m) for m in others)


def _is_size(tree: Expr) -> bool:
    """`|x|`."""
    return tree.head == "call" and tree.value == "abs" and tree.args[0].head == "symbol"
