"""What a submission and its files are called on a page: by name, or so that nobody knows whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from grader.review.items import key_of


@dataclass(frozen=True, slots=True)
class Names:
    """Names on a page; `hidden`: each submission by a number that tells nothing, files by theirs."""

    hidden: bool = False

    def of(self, submission: str) -> str:
        """What to call a submission.

        >>> Names().of("ana"), Names(hidden=True).of("ana")
        ('ana', 'No. 24d4b9')
        """
        return f"No. {key_of(submission)[:6]}" if self.hidden else submission

    def file(self, name: str | None, files: Mapping[str, int]) -> str:
        """What to call a file; `files` numbers those of the answer."""
        if not name:
            return ""
        return f"file {files.get(name, 1)}" if self.hidden else name
