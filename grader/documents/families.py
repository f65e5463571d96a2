"""Which of the possible marks are the marks of questions.

People number steps, equations and lists as they number questions. What tells them apart is
consistency: one style covers most of the questions, and begins before the lists that stand
inside an answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from grader.documents import fillers
from grader.documents.mark_styles import RUNNING, STRONG, STYLES
from grader.documents.marks import Mark
from grader.documents.numbering import resolved

# Of the styles that must run, those that little else looks like.
_TELLING = frozenset(["part-letter", "sub", "short", "loose"])
_HEADINGS = frozenset(["heading", "word", "environment"])


def choose(marks: Sequence[Mark], numbers: Collection[int]) -> list[Mark]:
    """The marks that start a question's part, in order; `numbers` are those of the questions.

    The style that covers the most questions is taken, strong styles first; others may fill
    in questions that it leaves out, where the order of the numbers allows it.
    """
    marks = resolved(marks, numbers)
    families = {style: _family(style, marks, numbers) for style in STYLES}
    families = {style: found for style, found in families.items() if _coverage(found, numbers)}
    outer = {
        style: found
        for style, found in families.items()
        if not any(_nested(found, other) for name, other in families.items() if name != style)
    }
    if not outer:
        return []
    style = max(outer, key=lambda name: _rank(name, outer, numbers))
    chosen = list(outer[style])
    for name, found in outer.items():
        if name != style and _may_fill(style, name):
            fillers.fill(chosen, found, numbers, style in STRONG and name not in STRONG)
    if style not in RUNNING or style == "short":
        fillers.fill_with_remains(chosen, marks, numbers)
    if style not in STRONG and _coverage(chosen, numbers) < len(numbers):
        chosen = _doubted(chosen)
    return sorted(chosen, key=lambda mark: mark.position)


def _doubted(chosen: Sequence[Mark]) -> list[Mark]:
    """Beside a heading, what is numbered otherwise may be parts of an answer whose heading is lost."""
    headed = any(mark.style in _HEADINGS for mark in chosen)
    return [replace(mark, unsure=True) if headed and mark.style not in STRONG else mark for mark in chosen]


def _family(style: str, marks: Sequence[Mark], numbers: Collection[int]) -> list[Mark]:
    found = [mark for mark in marks if mark.style == style]
    if style in STRONG or not found:
        return found
    level = min(mark.indent for mark in found)
    found = [mark for mark in found if mark.indent <= level + 1 and mark.number in numbers]
    steps = sum(mark.step for mark in found)
    if len(found) > 1 and 2 * steps >= len(found):
        return []
    found = _without_steps(found)
    if style not in RUNNING or _is_sequence(found):
        return found
    return _chain(found, sorted(numbers))


def _is_sequence(found: Sequence[Mark]) -> bool:
    """Letters and the like count only where they run from the first, without a gap or a repetition.

    Three or more in order may leave one out, as a question that was not answered; so may marks in words,
    and `2.1, 2.2` may be two parts of question 2.
    """
    numbers = [mark.number for mark in found]
    if found and found[0].style in _TELLING and len(set(numbers)) >= 2:
        return all(a <= b for a, b in pairwise(numbers))
    if len(numbers) >= 3:
        return all(a < b for a, b in pairwise(numbers))
    return len(numbers) >= 2 and numbers == list(range(1, len(numbers) + 1))


def _chain(found: Sequence[Mark], numbers: Sequence[int]) -> list[Mark]:
    """One mark for each of the questions, in order, among others that look alike; [] where there is none.

    Where two could be the mark of the same question it is unsure which.
    """
    chain: list[Mark] = []
    for number in numbers if len(numbers) > 2 else ():
        last = chain[-1].position if chain else (-1, 0)
        fit = [mark for mark in found if mark.number == number and mark.position > last]
        if not fit:
            return []
        chain.append(fit[0])
    ends = [mark.position for mark in chain[1:]]
    return [replace(m, unsure=_again(m, found, end)) for m, end in zip(chain, [*ends, None], strict=True)]


def _again(mark: Mark, found: Sequence[Mark], end: tuple[int, int] | None) -> bool:
    """Does the same number come once more before the next mark, at `end`?"""
    return any(
        m.number == mark.number and m.position > mark.position and (end is None or m.position < end)
        for m in found
    )


def _without_steps(found: list[Mark]) -> list[Mark]:
    """Leaves out lists inside an answer: runs 1, 2, .. that begin again and number nothing new.

    So is a run after which the numbers go on from before it, as 3 does in 1, 2, (1, 2, 3), 3.
    """
    kept: list[Mark] = []
    seen: set[int] = set()
    index = 0
    while index < len(found):
        run = _run(found, index)
        first = found[index]
        again = first.number == 1 and not (first.part or first.major) and len(run) > 1 and seen
        whole = len(run) > 2 and {mark.number for mark in run} >= seen and index + len(run) == len(found)
        if again and not whole and _goes_on(found, index + len(run), max(seen)):
            index += len(run)
            continue
        kept += [mark for mark in run if not again or whole or mark.number not in seen]
        seen |= {mark.number for mark in run}
        index += len(run)
    return kept


def _goes_on(found: Sequence[Mark], index: int, last: int) -> bool:
    """Does the run that begins at `index` go on from the number `last`?"""
    return index < len(found) and found[index].number == last + 1


def _run(found: list[Mark], start: int) -> list[Mark]:
    end = start + 1
    while end < len(found) and found[end].number == found[end - 1].number + 1:
        end += 1
    return found[start:end]


def _coverage(found: Sequence[Mark], numbers: Collection[int]) -> int:
    return len({mark.number for mark in found if mark.number in numbers})


def _nested(inner: Sequence[Mark], outer: Sequence[Mark]) -> bool:
    """Do two or more marks of one style all stand inside one part of another that begins earlier?"""
    if len(inner) < 2 or len(outer) < 2 or outer[0].position > inner[0].position:
        return False
    positions = [mark.position for mark in outer]
    parts = {bisect_left(positions, mark.position) for mark in inner}
    return len(parts) == 1 and inner[0].number <= outer[max(parts) - 1].number


def _rank(style: str, families: dict[str, list[Mark]], numbers: Collection[int]) -> tuple[float, ...]:
    found = families[style]
    coverage = _coverage(found, numbers)
    first = min(mark.position for family in families.values() for mark in family)
    begins = found[0].position == first
    complete = any(_coverage(family, numbers) == len(numbers) > 2 for family in families.values())
    strong = style in STRONG and (coverage > 1 or (begins and not complete) or coverage == len(numbers))
    repeated = len(found) - coverage
    return (strong, coverage, -repeated, begins, -STYLES.index(style))


def _may_fill(chosen: str, other: str) -> bool:
    if other in RUNNING:
        return False
    if (chosen, other) == ("circled", "paren"):  # a scanner may read either for the other
        return True
    return other in STRONG or chosen not in STRONG
