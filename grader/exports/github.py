"""What a check says on GitHub: annotations at the lines of the files, and a summary with the maths.

How workflow commands are written and escaped: "Workflow commands for GitHub Actions" in GitHub's
documentation, and actions/toolkit, packages/core/src/command.ts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grader.exports.files import plain
from grader.printable import one_line, printable
from grader.records import Equality, Notice, QuestionResult, Result

LONGEST_FORMULA = 1000
LONGEST_TEXT = 4000
MOST_NOTICES = 60
_RUN = re.compile(r"`+")
_NOT_MATHS = re.compile(
    r"(?<!\\)%|\\(?:href|url|html\w*|style|class|cssId|require|unicode|[egx]?def|let|(?:re)?newcommand)\b"
)
_SAID = {
    Equality.EQUAL: "right",
    Equality.DIFFERENT: "not right",
    Equality.UNKNOWN: "could not be decided",
    Equality.NONE: "found",
}
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_MARKS = re.compile(r"([\\`*_\[\]#|~$@]|^[-+])")


def workflow_commands(notices: Iterable[Notice]) -> list[str]:
    """One workflow command a notice: `::error file=hw3.md,line=9,title=...::text`.

    >>> workflow_commands([Notice("error", "a: b", "100%, so")])
    ['::error title=a%3A b::100%25, so']
    """
    return [_command(notice) for notice in notices]


def _command(notice: Notice) -> str:
    properties = {}
    place = notice.place
    if place is not None:
        properties = {"file": place.file, "line": str(place.line)}
    properties["title"] = one_line(notice.title)
    listed = ",".join(f"{key}={_property(printable(value))}" for key, value in properties.items())
    cell = f"Cell {place.cell}, line {place.line}: " if place is not None and place.cell is not None else ""
    text = one_line(f"{cell}{_sentence(notice.text)} {notice.hint}", LONGEST_TEXT)
    return f"::{notice.level} {listed}::{_data(text)}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def summary(result: Result, notices: Sequence[Notice], titles: Mapping[str, str], needed: float) -> str:
    """The step summary in Markdown: the questions in a table, each notice with the student's own maths."""
    parts = [f"## {_text(result.homework)}: {plain(result.earned)} of {plain(result.possible)} points"]
    parts.append(_verdict(result, needed))
    parts.append("\n".join(_table(result, titles)))
    parts.extend(_notice(notice) for notice in notices[:MOST_NOTICES])
    if len(notices) > MOST_NOTICES:
        parts.append(f"... and {len(notices) - MOST_NOTICES} more.")
    parts.extend(_answers(result))
    return "\n\n".join(parts) + "\n"


def _verdict(result: Result, needed: float) -> str:
    enough = "Enough" if result.earned + 1e-9 >= needed else "Not enough yet"
    review = " A person will look at some of it; the points may change." if result.needs_review else ""
    return f"{enough}: {plain(needed)} are needed.{review}"


def _table(result: Result, titles: Mapping[str, str]) -> Iterator[str]:
    yield "| | question | points | |"
    yield "|---|---|---:|---|"
    for item in result.questions:
        points = f"{plain(item.earned)}/{plain(item.possible)}"
        yield f"| {_text(item.id)} | {_text(titles.get(item.id, ''))} | {points} | {_text(standing(item))} |"


def standing(item: QuestionResult) -> str:
    """How a question stands, in a few words: `correct`, `partial, first error in line 9`."""
    said: list[str] = [item.status]
    if item.first_error is not None:
        cell = f"cell {item.first_error.cell}, " if item.first_error.cell is not None else ""
        said.append(f"first error in {cell}line {item.first_error.line}")
    if item.needs_review:
        said.append("a person will look")
    return ", ".join(said)


def _notice(notice: Notice) -> str:
    lines = [f"### {_text(notice.title)}"]
    if notice.place is not None:
        lines.append(_where(notice.place.file, notice.place.line, notice.place.cell))
    if notice.source:
        lines.append(_maths(notice.source, notice.place.file if notice.place is not None else ""))
    lines.append(_text(notice.text))
    lines.extend([f"*{_text(notice.hint)}*"] if notice.hint else [])
    return "\n\n".join(lines)


def _answers(result: Result) -> Iterator[str]:
    """The final answers as they were found, so that nobody need wonder which line counted."""
    found = [item for item in result.questions if item.answer.source and item.answer.line is not None]
    if found:
        yield "### Final answers, as they were read"
    for item in found:
        answer = item.answer
        place = _where(answer.file or "", answer.line or 0, answer.cell)
        heading = f"**{_text(item.id)}**, {place}: {_SAID[answer.verdict]}"
        yield f"{heading}\n\n{_maths(answer.meant, answer.file or '')}"


def _where(file: str, line: int, cell: int | None) -> str:
    return f"{_code(file)}, " + (f"cell {cell}, " if cell is not None else "") + f"line {line}"


def _maths(source: str, file: str) -> str:
    """A formula as GitHub renders it; fenced, so that nothing in it is Markdown or HTML."""
    formula = one_line(source)
    text = file.lower().endswith((".txt", ".text"))
    whole = formula.count("\\begin") == formula.count("\\end")
    if text or not whole or len(formula) > LONGEST_FORMULA or _NOT_MATHS.search(formula):
        return _code(formula)
    if "\\begin" not in formula:
        formula = re.sub(r"(?<!\\)&", " ", formula)  # what was aligned stands alone here
    fence = "`" * max(3, _longest_run(formula) + 1)
    return f"{fence}math\n{formula}\n{fence}"


def _code(text: str) -> str:
    line = one_line(text, LONGEST_FORMULA)
    fence = "`" * (_longest_run(line) + 1)
    pad = " " if "`" in line or not line else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in _RUN.findall(text)), default=0)


def _text(text: str) -> str:
    """Words as words: no Markdown, no HTML, no mention of anybody; what is in backticks stays code."""
    parts = re.split(r"(`[^`]+`)", one_line(text, LONGEST_FORMULA))
    return "".join(
        part.replace("|", "\\|") if part.startswith("`") and len(part) > 2 else _escaped(part)
        for part in parts
    )


def _escaped(words: str) -> str:
    return _MARKS.sub(r"\\\1", words.translate(_HTML))
