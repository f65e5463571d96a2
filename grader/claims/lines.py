"""Line breaks that end a sentence: a formula at the end of one line, a capital letter on the next.

Students leave out the full stop after a formula, and often at the end of any line. In prose that is wrapped
only names begin with a capital letter, so that a common word which does so begins a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.claims import lexicon
from grader.claims.items import Item
from grader.claims.lemmas import lemma

_CAPITAL = re.compile(r"[A-Z][a-z]+(?:['’][a-z]+)?(?![A-Za-z])")
_BULLET = re.compile(r"(?:[-*•–]|\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})[.)])\s")
_FORMULAS = frozenset(["value", "relation"])
_BEGINNING = (
    lexicon.PRONOUNS | lexicon.DETERMINERS | lexicon.ROLES.keys() | lexicon.NEGATORS | lexicon.COLOURING
    | frozenset(lexicon.VERBS) | {"yes", "we", "you", "there", "in", "on", "from"}
)  # fmt: skip
_AWAITING = (
    lexicon.ROLES.keys() | lexicon.DETERMINERS | {"to", "of", "than", "from", "in", "on", "into", "toward"}
)
_OPENING = frozenset(["condition", "with", "reason"])


def ends_sentence(before: Sequence[Item], line: str) -> bool:
    """Whether a sentence ends with the items before a line break; `line` is how the next line begins."""
    last = before[-1] if before else None
    if last is None or last.kind in ("comma", "stop", "operator") or last.lemma in _AWAITING:
        return False
    if _BULLET.match(line):
        return True
    capital = _CAPITAL.match(line)
    if capital is None or _is_open(before):
        return False
    formula = last.kind in _FORMULAS or (last.kind == "mention" and not last.phrase)
    return formula or _begins(capital.group())


def _begins(word: str) -> bool:
    """Whether a word is common: no name, no noun that may be written with a capital letter."""
    return all(part in _BEGINNING or part.endswith("ly") for part in lemma(word).split())


def _is_open(items: Sequence[Item]) -> bool:
    """ "As p -> 1": a condition that still waits for what it is a condition of."""
    role = lexicon.ROLES.get(next((i.lemma for i in items if i.kind != "comma"), ""))
    if role not in _OPENING or any(i.kind == "comma" for i in items[1:]):
        return False
    said = [i for i in items if i.kind in ("operator", "relation") or i.lemma in lexicon.VERBS]
    return len(said) < 2
