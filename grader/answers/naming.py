"""Which statements say what the question's quantity is: by name, by what heads their chain, by words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from grader.answers.described import changing_description, is_described
from grader.answers.unnamed import is_unknown_name
from grader.expressions.build import ZERO
from grader.expressions.nodes import Expr
from grader.expressions.rewrite import free_symbols
from grader.records import StepVerdict
from grader.working import Knowledge, Statement, Working
from grader.working.arguments.quantity import names
from grader.working.headings import heading_of
from grader.working.links import is_operator

Same = Callable[[Expr, Expr], bool]
_SAYS = r"\b(?:is|are|be|equals?|becomes?|gives?|get|obtain|as|by|at)\b|[:=]"
_IN_PASSING = re.compile(
    r"\b(?:with respect to|of|for|in|on|by|where|using|let|between|from|wrt|given|about|over|under|into|via"
    r"|per|against|function|vector|features?|predictor|symbol)$"
)
_NO_CHAIN = -1
_UNDER_CONDITION = re.compile(r"\W*(?:exactly |only |just |precisely )?(?:when|where|if|iff|for|at)\b")
_PLACE = re.compile(r"\b(?:at|when|where|for)$")  # "the maximum is at": no value follows
_SAYS_OTHER = re.compile(r"\bthe (\w[\w ]{2,30}) (?:is|are)$")
_SAYS_OF_NAME = re.compile(
    r"^(?:then |just |simply )?(?:is|are|should be|must be|has to be|equals?|becomes?|=|:)\b"
)


def named(statements: Sequence[Statement], working: Working, same: Same) -> list[Statement]:
    """The statements of the question's quantity, in order; rows with `=` carry on what words call so."""
    known = working.known
    references = known.target.references
    asked = _headed_by(references[:1], working, same)
    chains = asked or _headed_by(references[1:], working, same)  # what a slip has made of it comes second
    found: list[Statement] = []
    for index, statement in enumerate(statements):
        before = statements[index - 1] if index else None
        if _only_rounds(statement) and found and found[-1].chain == statement.chain:
            continue
        if statement.chain in chains or _is_called_so(statement, before, known):
            found.append(statement)
            chains |= {statement.chain} - {_NO_CHAIN}
    return found


def _only_rounds(statement: Statement) -> bool:
    """Whether a row says no more than what the value before it is in figures: `\\approx 0.296`."""
    return statement.line.segment.leading == "approx" and set(statement.operators) == {"approx"}


def _is_called_so(statement: Statement, before: Statement | None, known: Knowledge) -> bool:
    """Whether a statement says by itself, or by the words that lead up to it, what the quantity is."""
    if any(names(member, known) for member in statement.members) or _announced(statement, known):
        return True
    return before is not None and _after_name(before, statement, known)


def names_another(statement: Statement, known: Knowledge) -> bool:
    """Whether a statement says what something other than the question's quantity is."""
    if any(names(m, known) for m in statement.members):
        return False
    if len(statement.members) < 2:
        return _says_other(statement.line.intro, known) and not _announces(statement, known)
    if is_unknown_name(statement.members[0], known) and _announces(statement, known):
        return False
    given = bool(statement.steps) and statement.steps[0].verdict is StepVerdict.GIVEN
    spoken = given or _is_condition(statement, known)
    return spoken or statement.members[0].head in ("symbol", "apply") or is_operator(statement.members[0])


def _is_condition(statement: Statement, known: Knowledge) -> bool:
    """`for a maximum $1 - p = 2p$`: it follows from lines before, in a name that no reference holds."""
    if not statement.steps or not statement.steps[0].premises:
        return False
    asked = {s for r in known.target.references for s in free_symbols(known.coordinates(r))}
    return all(free_symbols(known.coordinates(m)) - asked for m in statement.members)


def in_own_letter(statement: Statement, working: Working) -> bool:
    """`A = 51/4`: a letter of the student's own, which the question does not declare, is said to be it."""
    head = working.heads.get(statement.chain)
    own = head is not None and head.head == "symbol" and head.value not in working.known.declared
    return own and statement.members[-1] is not head


def _headed_by(references: Sequence[Expr], working: Working, same: Same) -> set[int]:
    """The chains whose first member is the quantity: by name, or an operation that works it out."""

    def is_it(head: Expr) -> bool:
        if names(head, working.known):
            return True
        return is_operator(head) and any(same(head, r) for r in references if r.kind == head.kind)

    return {number for number, head in working.heads.items() if head is not None and is_it(head)}


def _announced(statement: Statement, known: Knowledge) -> bool:
    """`the largest magnitude is $...$`, `answer: $...$`."""
    return not names_another(statement, known) and _announces(statement, known)


def _announces(statement: Statement, known: Knowledge) -> bool:
    intro = statement.line.intro
    if known.target.is_largest and _PLACE.search(intro):
        return False
    if statement.line.segment.leading and _asked_for(heading_of(statement.line), statement, known):
        return True
    return _speaks_of_it(statement, known) and not is_described(statement)


def _speaks_of_it(statement: Statement, known: Knowledge) -> bool:
    """Whether the words before a formula name the quantity and go on to say what it is."""
    phrases = "|".join(re.escape(p) for p in (*known.target.phrases, "final answer", "answer", "result"))
    said = rf"\b(?:{phrases})\b[^.;]*(?:{_SAYS})[^.;]*$|\ban? (?:\w+ )?(?:{phrases})(?: value)? of$"
    return bool(re.search(said, statement.line.intro))


def described(statements: Sequence[Statement], known: Knowledge) -> list[Statement]:
    """The formulas of which words make what they say that the quantity is: `the square of $p - y$`."""
    return [s for s in statements if _speaks_of_it(s, known) and changing_description(s.line.intro)]


def _asked_for(thing: str, statement: Statement, known: Knowledge) -> bool:
    """Whether a word is one by which the question speaks of what it asks for, and this may be it."""
    target = known.target
    spoken = {*re.findall(r"\w+", " ".join((target.asked, *target.phrases))), "answer", "result", "value"}
    return thing in spoken and any(r.kind == statement.last.kind for r in target.references)


def _says_other(intro: str, known: Knowledge) -> bool:
    """`the prediction is`: the words before a formula name something that the question does not ask for."""
    said = _SAYS_OTHER.search(intro)
    if said is None:
        return False
    asked = {word for phrase in known.target.phrases for word in phrase.split() if len(word) > 3}
    return not asked & set(said.group(1).split())


def _after_name(before: Statement, statement: Statement, known: Knowledge) -> bool:
    """`$y'$ should be $...$`: the formula before is the bare name."""
    alone = len(before.members) == 1 and names(before.members[0], known)
    return alone and len(statement.members) == 1 and bool(_SAYS_OF_NAME.match(statement.line.intro))


def stands_out(statement: Statement) -> bool:
    """Whether a formula can be an answer without a name: a display, a chain, what a sentence leads to.

    A letter in passing ("the gradient with respect to $w$") is none, nor is "this is 0 when".
    """
    if len(statement.members) > 1 or statement.line.alone:
        return statement.members[0].head != "symbol" or len(statement.members) > 1
    nought = statement.members[0] is ZERO and bool(_UNDER_CONDITION.match(statement.line.outro))
    in_passing = nought or _IN_PASSING.search(statement.line.intro) is not None
    return not in_passing and statement.members[0].head not in ("symbol", "constant")
