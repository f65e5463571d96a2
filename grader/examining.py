"""One question of one submission, examined: working, final answer, claims, conditions, marks.

The stages are called in order and nothing is decided here; `results.py` tells what was found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.answers.check import check
from grader.answers.final import final_answer
from grader.answers.records import Checked
from grader.answers.solutions import TYPES as SOLUTIONS
from grader.answers.solutions import check_solution, solution_answer
from grader.answers.unread import beside_unread
from grader.carrying import approached, built_on_slips, followed_values, is_easier, with_slips
from grader.claims import ClaimReading, read_claims
from grader.criteria import Gathered
from grader.criteria.refuted import false_claims
from grader.criteria.special import match_special
from grader.criteria.terms import match_mark
from grader.equivalence import decide
from grader.examined import Examined, doubted, is_better, is_lacking
from grader.expressions.nodes import Expr
from grader.expressions.symbols import Symbol
from grader.marking import award
from grader.records import Equality, Evidence, EvidenceKind, Place, Section
from grader.spec.model import AllOf, AnswerSpec, AnyOf, ClaimIs, Condition, Homework, Question
from grader.working import Knowledge, Target, Working, follow, possible_readings, stand_ins

_NOWHERE = Place("", 0)


def examine(
    section: Section,
    question: Question,
    homework: Homework,
    earlier: Mapping[str, Expr],
    brought: Sequence[Symbol] = (),
) -> Examined:
    """Examine a section as the answer to a question.

    `earlier` are the student's answers to the questions before, `brought` the names defined there.
    """

    def under(names: Sequence[Symbol]) -> Examined:
        return _examined(section, question, homework, earlier, (*brought, *names))

    found = under(())
    for names in stand_ins(found.working) if is_lacking(found) else ():
        other = under(names)
        if is_better(other, found):
            # an answer that has to define the quantity cannot leave it open what its letters are
            found = doubted(other, found, names) if question.answer.defines else replace(other, assumed=names)
            break
    for names in possible_readings(found.working) if is_lacking(found) else ():
        other = under((*found.assumed, *names))
        if is_better(other, found):
            return doubted(other, found, (*found.assumed, *names))
    return found


def _examined(
    section: Section,
    question: Question,
    homework: Homework,
    earlier: Mapping[str, Expr],
    brought: Sequence[Symbol],
) -> Examined:
    start = with_slips(starting_knowledge(question, homework).bring(brought), question, homework, earlier)
    followed = followed_values(question, earlier, start)
    carried = followed.get("reference", followed.get("maximum", built_on_slips(question, start)))
    bound = approached(question, earlier, start) if carried is None else None
    if question.answer.type in SOLUTIONS:
        start = _with_equation(start, carried if carried is not None else question.answer.reference)
    for value in (carried, bound):
        if value is not None and question.answer.type not in SOLUTIONS:
            start = _with_reference(start, value)
    easier = is_easier(question, earlier, start)
    working = follow(section.pieces, start, section.macros)
    answer = _answer(working, question, carried if carried is not None else bound, section.breaks)
    answer = _not_attained(answer) if bound is not None and answer.followed else answer
    answer = replace(answer, followed=answer.followed and not easier, easier=answer.followed and easier)
    claims = _claims(section, question, working)
    carrying = ({}, {}) if easier else (earlier, followed)
    gathered = Gathered(working, answer, claims, question.quantities, *carrying)
    matches = {mark.id: match_mark(mark, gathered) for mark in question.marks}
    special = [(case, match_special(case.when, gathered)) for case in question.special]
    awarded = award(question.marks, matches, special)
    untrue = false_claims(question.marks, matches, gathered)
    return Examined(question, section, working, answer, claims, matches, awarded, untrue=untrue)


def starting_knowledge(question: Question, homework: Homework) -> Knowledge:
    """What an answer may use from its first line on."""
    table = homework.table
    answer = question.answer
    target = Target(
        references=(answer.reference,) if answer.reference and answer.type not in SOLUTIONS else (),
        named=answer.named + ((answer.quantity,) if answer.quantity is not None else ()),
        phrases=_phrases(answer),
        defines=answer.defines,
        in_terms_of=answer.in_terms_of,
        figures=answer.figures,
        scale=answer.scale,
        asked=_asked(question),
        up_to=answer.up_to,
    )
    fixed = [replace(table.symbols[name], definition=value) for name, value in question.context.items()]
    return Knowledge(table.with_symbols(fixed), frozenset(table.symbols), target)


def _asked(question: Question) -> str:
    """What the question says in words; a name in signs (`\\nabla L`) says nothing of L itself."""
    names = (name for name in question.answer.names if "\\" not in name)
    return " ".join([question.title, question.text, *question.phrases, *names]).lower()


def _phrases(answer: AnswerSpec) -> tuple[str, ...]:
    """The quantity in words; `f'(x)` is "the derivative" as well."""
    asked = answer.quantity
    slope = asked is not None and asked.head == "apply" and asked.args[0].head == "derived"
    derivative = ("derivative",) if slope and asked is not None and asked.args[0].value == 1 else ()
    return (*(phrase.lower() for phrase in answer.names), *derivative)


def _not_attained(answer: Checked) -> Checked:
    """Right for the earlier answer as a bound that is only approached: whether it counts is for a person."""
    evidence = Evidence(EvidenceKind.CLAIM, "it is what the earlier answer only approaches")
    return replace(answer, verdict=Equality.UNKNOWN, evidence=evidence, followed=False)


def _with_equation(known: Knowledge, reference: Expr | None) -> Knowledge:
    """With the equation whose solutions are asked for as given: what says it otherwise follows from it."""
    if reference is None or reference.head != "chain":
        return known
    return known.learn(reference, _NOWHERE)


def _with_reference(known: Knowledge, reference: Expr) -> Knowledge:
    target = replace(known.target, references=(*known.target.references, reference))
    return replace(known, target=target)


def _answer(working: Working, question: Question, followed: Expr | None, breaks: Sequence[Place]) -> Checked:
    known = working.known
    reference = question.answer.reference
    if reference is None:
        return Checked(None, Equality.NONE)
    if question.answer.type in SOLUTIONS:
        return check_solution(solution_answer(working, reference), reference, followed, known)

    def same(left: Expr, right: Expr) -> bool:
        verdict = decide(left, right, known.assumptions())
        return verdict.verdict is Equality.EQUAL

    return beside_unread(check(final_answer(working, same, breaks), known, followed), working)


def _on_claims(condition: Condition) -> bool:
    """Whether a condition looks for a claim."""
    if isinstance(condition, AnyOf | AllOf):
        return any(_on_claims(part) for part in condition.conditions)
    return isinstance(condition, ClaimIs)


def _claims(section: Section, question: Question, working: Working) -> ClaimReading | None:
    """What the prose claims, where the question or one of its marks asks for claims."""
    if question.answer.type != "claims" and not any(_on_claims(mark.when) for mark in question.marks):
        return None
    pieces = [p for p in section.pieces if not p.struck]
    table, focus = working.known.table, question.answer.focus
    return read_claims(pieces, table, question.quantities, focus, section.macros, question.text)
