"""A check for the one who wrote the work: the questions in a table, then each place to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from grader.printable import one_line, quiet
from grader.records import Notice, Result
from grader.reports.terminal.phrases import at, points, standing


def show_check(result: Result, notices: Sequence[Notice], titles: Mapping[str, str]) -> None:
    """Prints a check's table, and below it the notices with the text that they are about."""
    from grader.reports.terminal.tables import show, table

    rows = [
        (
            item.id,
            titles.get(item.id, ""),
            points(item.earned, item.possible),
            standing(item, "a person will look"),
        )
        for item in result.questions
    ]
    show(table(result.homework, ["", "question", ">points", ""], rows))
    if notices:
        show("\n" + "\n\n".join(map(told, notices)) + "\n")


def told(notice: Notice) -> str:
    """A notice as compilers write them: the place, what is wrong, the text, and a hint apart."""
    place = notice.place
    where = "" if place is None else f"{one_line(place.file)}, {at(place.line, place.cell)}: "
    lines = [f"{where}{one_line(notice.title)}"]
    lines += [f"    {one_line(notice.source, 200)}"] if notice.source else []
    lines.append(f"  {one_line(notice.text)}")
    lines += [f"  {one_line(notice.hint)}"] if notice.hint else []
    return quiet("\n".join(lines))


def verdict(result: Result, needed: float, passed: bool) -> str:
    """The last line: what was earned, what is needed, and whether that is enough."""
    enough = "enough" if passed else "not enough yet"
    review = "; a person will look at some of it, and the points may change" if result.needs_review else ""
    return f"{result.earned:g} of {result.possible:g} points, {needed:g} needed: {enough}{review}"
