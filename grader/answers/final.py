"""Which expression is the final answer: the boxed one, else what is named so last, else the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from grader.answers.check import is_left_open
from grader.answers.described import made_of
from grader.answers.naming import Same, described, in_own_letter, named, names_another, stands_out
from grader.answers.records import FinalAnswer
from grader.answers.rivals import offered_beside, refines, unplaced
from grader.answers.unnamed import behind_unknown, is_unknown_name
from grader.answers.wording import changed_by_words, not_said_to_be_it, stated_part, stating
from grader.expressions.build import mul
from grader.expressions.nodes import Expr, walk
from grader.records import Place, StepVerdict
from grader.working import Knowledge, Statement, Working, cues
from grader.working.arguments.figures import rounds_to
from grader.working.arguments.quantity import in_terms, is_worked_out, names
from grader.working.entailment import unknowns
from grader.working.links import is_operator
from grader.working.mentions import is_mention
from grader.working.whole_vectors import is_unit

_UNDER_OTHER_NAME = "another name than that of what is asked for"


def final_answer(working: Working, same: Same, breaks: Sequence[Place] = ()) -> FinalAnswer | None:
    """The final answer of a followed solution; None if no expression stands in it.

    `same` tells whether two trees are equal; it is asked only where several answers compete. Each file has
    an answer of its own, and so has each part of a file that `breaks` begin.
    """
    counted = [s for s in working.statements if s.members and not s.rejected]
    statements = [stated_part(s, working.known.target) for s in not_withdrawn(counted)]
    parts = list(dict.fromkeys(_part(s.line.place, breaks) for s in statements))
    found = [a for a in (_in_part(p, breaks, statements, working, same) for p in parts) if a is not None]
    if len(found) < 2:
        return found[0] if found else None
    last = found[-1]
    others = [a.tree for a in found[:-1] if not _alike(a.tree, last.tree, working.known, same)]
    return replace(last, rivals=(*last.rivals, *others))


Part = tuple[str, int]  # a file, and how often the question has begun anew in it


def _part(place: Place, breaks: Sequence[Place]) -> Part:
    here = (place.cell or 0, place.line, place.column)
    passed = [b for b in breaks if b.file == place.file and (b.cell or 0, b.line, b.column) <= here]
    return place.file, len(passed)


def _in_part(
    part: Part, breaks: Sequence[Place], statements: Sequence[Statement], working: Working, same: Same
) -> FinalAnswer | None:
    """The final answer in one of the files that are handed in, or in one of the parts of a file."""
    known = working.known
    statements = [s for s in statements if _part(s.line.place, breaks) == part and _is_stated(s, known)]
    boxed = _boxed(statements, known)
    everything = [s for s in working.statements if _part(s.line.place, breaks) == part]
    everything = [s for s in everything if not is_mention(s.line.segment)]
    unread = [s for s in everything if not s.members]
    if not boxed and any(s.line.segment.boxed for s in unread):
        return None
    called = [s for s in named(statements, working, same) if not names(_value(s, known), known)]
    pool = boxed or _in_terms(called, known)
    if not pool and not (unread and everything[-1] in unread):
        last = [s for s in statements if stands_out(s) and not names_another(s, known)][-1:]
        pool = _in_terms(last, known) or called or last
    if pool or called:
        chosen = _chosen(pool or called, statements, known, same)
        loose = [_value(s, known) for s in _in_terms(unplaced((pool or called)[-1], statements), known)]
        apart = tuple(v for v in loose if not _alike(v, chosen.tree, known, same))
        chosen = replace(chosen, rivals=(*chosen.rivals, *apart))
        return _through_letter(chosen, statements, known, same)
    lettered = [s for s in statements if in_own_letter(s, working)]
    related = [s for s in statements if len(s.members) > 1]
    if lettered and lettered[-1] is related[-1] and _is_right(lettered[-1], known, same):
        found = _chosen(lettered[-1:], statements, known, same)
        return replace(found, words=found.words or not_said_to_be_it(lettered[-1], known.target))
    right = [s for s in related if s.members[0].head == "mul" and _is_right(s, known, same)]
    if right:
        return replace(_chosen(right[-1:], statements, known, same), words=_UNDER_OTHER_NAME)
    in_words = described(statements, known)
    if in_words:
        return _chosen(in_words[-1:], statements, known, same)
    single = [s for s in statements if any(_is_component(m, known) for m in s.members)]
    if single:
        return replace(_chosen(single, statements, known, same), components=True)
    unnamed = behind_unknown(statements, working) if not lettered else None
    if unnamed is None:
        return None
    return replace(_chosen([unnamed], statements, known, same), unnamed=True, unsolved=False)


def _is_right(statement: Statement, known: Knowledge, same: Same) -> bool:
    """Whether what it says is the reference, or that which is carried on."""
    value = _value(statement, known)
    return any(same(value, r) for r in known.target.references if r.kind == value.kind)


def _is_component(tree: Expr, known: Knowledge) -> bool:
    """A numbered component of the quantity: `dL/dw_1`."""
    return tree.head == "dot" and is_unit(tree.args[0]) and names(tree.args[1], known)


def _chosen(
    pool: Sequence[Statement], statements: Sequence[Statement], known: Knowledge, same: Same
) -> FinalAnswer:
    last = pool[-1]
    value = _value(last, known)
    others = pool if last.line.segment.boxed else []
    values = [_value(s, known) for s in (*others, *offered_beside(last, statements))]
    apart = [s for s in pool if not refines(last, s) and _is_right(s, known, same)]
    values += [v for v in (_value(s, known) for s in apart) if not is_left_open(v, known)]
    rivals = tuple(v for v in dict.fromkeys(values) if not _alike(v, value, known, same))
    return FinalAnswer(
        tree=value,
        place=last.line.place,
        source=last.line.segment.source,
        rivals=rivals,
        earlier=_earlier(pool, last, known, same),
        words=changed_by_words(last, known.target) or made_of(last),
        undecided=_goes_on_undecided(last, value),
        unsolved=_is_unsolved(last, known),
    )


def _goes_on_undecided(statement: Statement, value: Expr) -> bool:
    """Whether a chain goes on behind the value, and nothing tells whether that is the same."""
    members, steps = statement.members, statement.steps
    first = len(members) - len(steps)  # a row that begins with a relation has a step for its first member
    place = members.index(value) if value in members else len(members)
    links = list(zip(steps, statement.operators, strict=False))[max(0, place + 1 - first) :]
    undecided = (step.verdict is StepVerdict.UNKNOWN and join == "=" for step, join in links)
    return place + 1 < len(members) and any(undecided)


def _is_unsolved(statement: Statement, known: Knowledge) -> bool:
    """Whether a line states something of an expression in the quantity: `2f(x) = x + 2`, `c^2 = 2`."""
    if len(statement.members) < 2 or any(names(m, known) for m in statement.members):
        return False
    parts = (p for m in statement.members if not is_operator(m) for p in walk(m))
    return any(p.kind != "truth" and names(p, known) for p in parts)


def _earlier(pool: Sequence[Statement], last: Statement, known: Knowledge, same: Same) -> tuple[Expr, ...]:
    """What separate statements before the last say the answer is, where it is worked out and differs."""
    apart = [s for s in pool if s.chain != last.chain and s is not last]
    values = [_value(s, known) for s in apart]
    value = _value(last, known)
    done = [v for v in dict.fromkeys(values) if is_worked_out(v) and v.kind == value.kind]
    return tuple(v for v in done if not _alike(v, value, known, same))


def _alike(one: Expr, other: Expr, known: Knowledge, same: Same) -> bool:
    """Whether two values are one answer: equal, or the one rounded from the other."""
    if one is other or same(one, other) or _but_for_scale(one, other, known, same):
        return True
    return rounds_to(one, other, known) or rounds_to(other, one, known)


def _but_for_scale(one: Expr, other: Expr, known: Knowledge, same: Same) -> bool:
    """`8/27`, and then `8/27 |phi(x)|`: the number and what it is multiplied by."""
    scale = known.target.scale
    plain = scale is not None and not unknowns(one) and one.kind == "scalar" == other.kind
    return plain and scale is not None and same(mul(one, scale), other)


def _boxed(statements: Sequence[Statement], known: Knowledge) -> list[Statement]:
    """Boxed statements; a box around another named thing (p = 1/3) counts only if there is no other."""
    boxed = [s for s in statements if s.line.segment.boxed]
    return [s for s in boxed if not names_another(s, known)] or boxed


def _in_terms(statements: Sequence[Statement], known: Knowledge) -> list[Statement]:
    """The statements whose value depends on nothing but what the answer may depend on."""
    return [s for s in statements if in_terms(known.spelled(_value(s, known)), known.target)]


def _value(statement: Statement, known: Knowledge) -> Expr:
    """What the statement says the quantity is: its last member that is no name of it.

    What a value is then rounded to (`= 8/27 = 0.296...`) does not take its place.
    """
    members = list(statement.members)
    joins = ("=",) * (len(members) - len(statement.operators)) + statement.operators
    exact = [m for m, join in zip(members, joins, strict=False) if join != "approx"]
    if len(members) > len(exact) == 1 and is_unknown_name(exact[0], known):
        exact = members[1:]  # `P(D | T) = 0.162...`
    values = [m for m in exact if not names(m, known)] or [m for m in members if not names(m, known)]
    if not _fails(statement):
        asked = [v for v in values if in_terms(known.spelled(v), known.target)]
        values = asked or values  # `y' = ln(y/(1 - y)) = w . phi(x)`
    return values[-1] if values else statement.last


def _through_letter(
    answer: FinalAnswer, statements: Sequence[Statement], known: Knowledge, same: Same
) -> FinalAnswer:
    """`y' = t` where `t = ln(y/(1 - y))` was found: what the letter is; two things that it is are rivals."""
    letter = answer.tree
    own = letter.head == "symbol" and letter.value not in known.declared
    if not own or in_terms(known.spelled(letter), known.target):
        return answer
    found = [
        m
        for s in statements
        if letter in s.members and set(s.operators) == {"="} and not _fails(s)
        for m in s.members
        if m is not letter and in_terms(known.spelled(m), known.target) and not names(m, known)
    ]
    if not found:
        return answer
    others = tuple(m for m in dict.fromkeys(found) if not _alike(m, found[-1], known, same))
    return replace(answer, tree=found[-1], rivals=(*answer.rivals, *others))


def _fails(statement: Statement) -> bool:
    return any(step.verdict is StepVerdict.FAILS for step in statement.steps)


def _is_stated(statement: Statement, known: Knowledge) -> bool:
    """Whether relations that state a value (and bound a largest one) are all that the statement has."""
    leading = statement.line.segment.leading  # a row that begins with it and goes on nothing has lost it
    return all(operator in stating(known.target) for operator in (leading or "=", *statement.operators))


def not_withdrawn(statements: Sequence[Statement]) -> list[Statement]:
    """What stands after the last words that take back what was written before; all, if nothing follows."""
    for index in range(len(statements) - 1, 0, -1):
        if cues.WITHDRAWS.search(statements[index].line.intro):
            return list(statements[index:])
    return list(statements)
