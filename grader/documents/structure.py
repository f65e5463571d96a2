"""LaTeX commands that give a document its outline; they are pieces of their own (see `latex`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from grader.documents import mark_styles
from grader.documents.mark_styles import Found
from grader.records import Piece

LISTS = frozenset(
    {"enumerate", "itemize", "description", "questions", "parts", "subparts", "problems", "exercises"}
)
HEADINGS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph", "subparagraph")
PROBLEMS = frozenset(
    {"problem", "question", "exercise", "task", "homeworkProblem", "hwproblem", "prob", "exer", "ques"}
)

PATTERN = re.compile(
    r"\\(?:"
    r"(?P<item>item|question|titledquestion|part)(?![A-Za-z])\s*(?:\[(?P<label>[^\]\n]*)\])?(?:\s*\{\s*(?P<argument>\d{1,2}[.)]?\s*)\})?"
    rf"|(?P<heading>{'|'.join(HEADINGS)})(?![A-Za-z])\*?\s*(?:\[[^\]\n]*\])?\s*\{{(?P<title>(?:[^{{}}\n]|\{{[^{{}}\n]*\}})*)\}}"
    r"|(?P<side>begin|end)\s*\{(?P<name>[A-Za-z]+)\*?\}(?P<options>(?:\s*\[[^\]\n]*\])?(?:\s*\{[^{}\n]{0,80}\})?)"
    r"|setcounter\s*\{(?P<counter>enumi|question|problem|exercise|section)\}\s*\{(?P<value>\d+)\}"
    r"|(?P<problem>problem|exercise|task|prob)(?![A-Za-z])\*?\s*(?:\[(?P<plabel>[^\]\n]*)\])?(?:\{\s*(?P<pargument>\d{1,2}[.)]?\s*)\})?"
    r")"
)
_START = re.compile(r"start\s*=\s*(\d+)|resume")


def is_structure(piece: Piece) -> bool:
    """Is a piece of prose nothing but a structural command?"""
    return piece.kind == "prose" and piece.text.startswith("\\") and PATTERN.fullmatch(piece.text) is not None


def matters(match: re.Match[str]) -> bool:
    """Does a command that `PATTERN` matches give outline? Other environments only dress the text."""
    return not match.group("side") or match.group("name") in LISTS | PROBLEMS


@dataclass(slots=True)
class Outline:
    """Where in nested lists a document stands; numbers the items of the outer one."""

    lists: list[str] = field(default_factory=list)
    count: int = 0
    problems: int = 0

    def enter(self, command: str) -> Found | None:
        """Takes in the next structural command; the mark that it is, if it is one."""
        match = PATTERN.fullmatch(command)
        if match is None:
            return None
        if match.group("heading"):
            return _headed(match)
        if match.group("side"):
            return self._environment(match)
        if match.group("counter"):
            return self._set(match)
        if match.group("problem"):
            return self._problem(match.group("pargument") or match.group("plabel") or "")
        return self._item(match)

    def _environment(self, match: re.Match[str]) -> Found | None:
        name, begins = match.group("name"), match.group("side") == "begin"
        if name in PROBLEMS and begins:
            return self._problem(match.group("options"))
        if name not in LISTS:
            return None
        if begins:
            start = _START.search(match.group("options"))
            if not self.lists and not (start and start.group() == "resume"):
                self.count = int(start.group(1)) - 1 if start else 0
            self.lists.append(name)
        elif name in self.lists:
            del self.lists[len(self.lists) - 1 - self.lists[::-1].index(name) :]
        return None

    def _set(self, match: re.Match[str]) -> Found | None:
        if match.group("counter") in ("enumi", "question"):
            self.count = int(match.group("value"))
        else:
            self.problems = int(match.group("value"))
        return None

    def _item(self, match: re.Match[str]) -> Found | None:
        if len(self.lists) > 1 or match.group("item") == "part":
            return None
        argument = match.group("argument")
        if argument:
            self.count = int(re.sub(r"\D", "", argument))
            return Found("environment", self.count, 1, 1)
        label = _undressed(match.group("label") or "") if match.group("item") == "item" else ""
        found = mark_styles.mark_in_title(label, 0, len(label)) if label else None
        if found and found.style not in mark_styles.RUNNING:
            return Found("item", found.number, 1, 1)
        if found and found.style in ("title-letter", "title-roman"):
            return replace(found, start=1, end=1)
        if label or (self.lists and self.lists[0] in ("itemize", "description")):
            return None
        self.count += 1
        return Found("item" if match.group("item") == "item" else "environment", self.count, 1, 1)

    def _problem(self, argument: str) -> Found:
        digits = re.search(r"(?<![\d.])\d{1,2}(?![\d.])(?!\s*(?:points?|pts?|marks?)\b)", argument)
        self.problems = int(digits.group()) if digits else self.problems + 1
        return Found("environment", self.problems, 1, 1)


def _headed(match: re.Match[str]) -> Found | None:
    title = _undressed(match.group("title"))
    found = mark_styles.mark_in_title(title, 0, len(title))
    return replace(found, start=1, end=1) if found else None


def _undressed(title: str) -> str:
    """A title without the commands, braces and dollars around its words."""
    return (
        re.sub(r"\\[A-Za-z]+(?<!\\textcircled)|[{}$]", "", title).strip() if "circled" not in title else title
    )
