"""The words of a question's feedback, read back from its Markdown, for the places on a page.

The feedback is composed once; a page shows the same sentences, so that nothing is said on it that
the Markdown does not say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grader.records import QuestionResult, RemarkRecord

_HEADING = re.compile(r"## (?P<number>\d+)\. (?P<title>.+): [\d.e+-]+ of [\d.e+-]+")


@dataclass(frozen=True, slots=True)
class Words:
    """A question's heading; of its first error the fact and the hint, empty where there is none."""

    number: str
    title: str
    fact: str = ""
    hint: str = ""


def words_of(result: QuestionResult) -> Words:
    """What is said; the record's own short words where the feedback has another shape."""
    paragraphs = result.feedback.strip().split("\n\n")
    heading = _HEADING.fullmatch(paragraphs[0])
    number, title = (heading["number"], heading["title"]) if heading else ("", result.id)
    if result.first_error is None:
        return Words(number, title)
    at = next((i for i, text in enumerate(paragraphs) if text.startswith("**Line ")), len(paragraphs))
    fact, hint = (*paragraphs[at + 1 : at + 3], "", "")[:2]
    if not _is_hint(hint):
        return Words(number, title, result.first_error.message)
    return Words(number, title, fact, hint.strip("*"))


def hint_of(remark: RemarkRecord, feedback: str) -> str:
    """The question that goes with a remark, if the feedback asks one."""
    for paragraph in feedback.split("\n\n"):
        head, found, rest = paragraph.partition(f": {remark.message} ")
        if found and head.startswith("Remark") and _is_hint(rest.strip()):
            return rest.strip().strip("*")
    return ""


def _is_hint(text: str) -> bool:
    return len(text) > 2 and text.startswith("*") and text.endswith("*") and not text.startswith("**")
