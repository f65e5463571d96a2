"""Equal answers together: first what is written with the same text, then what the ladder finds equal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from grader.marking.overrides import Alike
from grader.records import EvidenceKind, QuestionResult
from grader.review.items import Item

CLOSE = 1e-6  # values at one point that differ by more than this share are not the same
Value = tuple[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """Answers to a question that are equal: how the first is written, and how often each text stands there.

    Without a final answer there is no text, and those answers are equal to nobody's.
    """

    id: str
    source: str
    file: str
    texts: Mapping[str, int]
    submissions: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many answers."""
        return len(self.submissions)


@dataclass(slots=True)
class _Found:
    """A group that grows."""

    first: QuestionResult
    texts: dict[str, list[str]]
    value: Value | None

    def closed(self) -> Group:
        names = tuple(name for found in self.texts.values() for name in found)
        counted = {text: len(found) for text, found in self.texts.items()}
        return Group(_id(self.first), self.first.answer.meant, self.first.answer.file or "", counted, names)


def by_text(items: Sequence[Item]) -> tuple[Group, ...]:
    """The answers to one question, those of one text together, the largest group first."""
    return _in_order(found.closed() for found in _texts(items))


def by_equality(
    items: Sequence[Item], alike: Alike, tell: Callable[[float], None] = lambda share: None
) -> tuple[Group, ...]:
    """The answers to one question, equal ones together as `alike` decides, the largest group first.

    Texts are compared from the most frequent to the rarest, each with the first of every group; two answers
    that were seen to have different values at one point are not compared. `tell` hears the share done.
    """
    texts = sorted(_texts(items), key=lambda found: -sum(map(len, found.texts.values())))
    groups: list[_Found] = []
    for done, found in enumerate(texts):
        home = _home(found, groups, alike)
        if home is None:
            groups.append(found)
        else:
            home.texts.update(found.texts)
        tell((done + 1) / len(texts))
    return _in_order(found.closed() for found in groups)


def _home(found: _Found, groups: Sequence[_Found], alike: Alike) -> _Found | None:
    verdict = found.first.answer.verdict
    likely = sorted(groups, key=lambda group: group.first.answer.verdict is not verdict)
    for group in likely:
        if not _differ(found.value, group.value) and alike(group.first.answer.meant, found.first):
            return group
    return None


def _texts(items: Sequence[Item]) -> list[_Found]:
    found: dict[str, _Found] = {}
    for item in items:
        text = " ".join(item.question.answer.meant.split())
        if not text:
            continue
        if text not in found:
            found[text] = _Found(item.question, {text: []}, _value(item.question))
        found[text].texts[text].append(item.submission)
    return list(found.values())


def _in_order(groups: Iterable[Group]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda group: -group.size))


def _id(question: QuestionResult) -> str:
    text = " ".join(question.answer.meant.split())
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _value(question: QuestionResult) -> Value | None:
    """Where the answer was tried out and what it is there, if a counterexample tells."""
    evidence = question.answer.evidence
    if evidence is None or evidence.kind is not EvidenceKind.COUNTEREXAMPLE:
        return None
    data = evidence.data
    if data.get("domain_only") or not data.get("point") or not isinstance(data.get("left"), str):
        return None
    numbers = _numbers(data["left"])
    return None if numbers is None else (repr(sorted(data["point"].items())), numbers)


def _numbers(text: str) -> tuple[float, ...] | None:
    try:
        parts = text.removeprefix("(").removesuffix(")").split(",")
        return tuple(float(Fraction(part.strip())) for part in parts)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None


def _differ(left: Value | None, right: Value | None) -> bool:
    """Whether two answers are seen to be different: tried out at one point, with other values there."""
    if left is None or right is None or left[0] != right[0]:
        return False
    if len(left[1]) != len(right[1]):
        return True
    return any(abs(a - b) > CLOSE * max(1.0, abs(a), abs(b)) for a, b in zip(left[1], right[1], strict=True))
