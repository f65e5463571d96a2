"""The class at one moment: results, the items on the page, and where each of them is. Never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from grader.errors import SubmissionError
from grader.marking.overrides import Change
from grader.records import QuestionResult, Result
from grader.review.items import Item, items_in, key_of


@dataclass(frozen=True)
class Snapshot:
    """Results by submission, in order, and the changes that are in them."""

    results: Mapping[str, Result]
    standing: tuple[Change, ...] = ()

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every answer, submission by submission."""
        return tuple(
            item for place, result in enumerate(self.results.values(), 1) for item in items_in(result, place)
        )

    @cached_property
    def questions(self) -> tuple[QuestionResult, ...]:
        """Each question once, as the first submission has it: for its id, number, title and marks."""
        first: dict[str, QuestionResult] = {}
        for result in self.results.values():
            for question in result.questions:
                if question.id not in first or (question.title and not first[question.id].title):
                    first[question.id] = question
        return tuple(first.values())

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], Item]:
        return {(item.key, item.question.id): item for item in self.items}

    @cached_property
    def keys(self) -> Mapping[str, str]:
        """Submissions by key."""
        return {key_of(name): name for name in self.results}

    @cached_property
    def keys_of(self) -> Mapping[str, str]:
        """Keys by submission."""
        return {name: key for key, name in self.keys.items()}

    def item(self, key: str, question: str) -> Item:
        """The answer at an address. Raises SubmissionError if there is none."""
        found = self._by_key.get((key, question))
        if found is None:
            raise SubmissionError("there is no such answer", "it may have been graded anew; go back")
        return found

    def paper(self, key: str) -> tuple[Item, ...]:
        """All answers of one submission. Raises SubmissionError if there are none."""
        name = self.keys.get(key)
        if name is None or not self.results[name].questions:
            raise SubmissionError("there is no such paper", "it may have been graded anew; go back")
        return tuple(self.item(key, question.id) for question in self.results[name].questions)

    def question(self, name: str) -> QuestionResult:
        """A question of the homework. Raises SubmissionError if there is none."""
        for question in self.questions:
            if question.id == name:
                return question
        raise SubmissionError(f"there is no question `{name}`", "go back to the overview")

    def with_results(self, changed: Sequence[Result], standing: tuple[Change, ...]) -> Snapshot:
        """The class with some results in place of what they were."""
        new = {result.submission: result for result in changed}
        return replace(
            self,
            results={name: new.get(name, result) for name, result in self.results.items()},
            standing=standing,
        )
