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
from grader.records import Piece

_CAPITAL = re.compile(r"[A-Z][a-z]+(?:['’][a-z]+)?(?![A-Za-z])")
_WORD = re.compile(r"[a-z]+(?![A-Za-z])")
_BULLET = re.compile(r"(?:[-*•–]|\(?(?:[a-h]|[ivx]{1,4}|\d{1,2})[.)])\s")
_FORMULAS = frozenset(["value", "relation"])
_BEGINNING = (
    lexicon.PRONOUNS | lexicon.DETERMINERS | lexicon.ROLES.keys() | lexicon.NEGATORS | lexicon.COLOURING
    | frozenset(lexicon.VERBS) | {"yes", "we", "you", "there", "in", "on", "from"}
)  # fmt: skip
_AWAITING = (
    lexicon.ROLES.keys() | lexicon.DETERMINERS | {"to", "of", "than", "from", "in", "on", "into", "toward"}
)
# "goes to 0 / never exactly 0": a predicate without a subject, on a line of its own.
_BARE = re.compile(
    r"(?:(?:but|yet|though|and) )?(?:it )?(?:never|not|always|nonzero|non-zero|strictly|cannot|can't"
    r"|can not|can never)(?: (?:be|is|being|becomes?|exactly|quite|actually|equals?|zero|0|really|truly"
    r"|fully|identically|positive|strictly|nonzero|above|greater|larger|reach\w*|attain\w*)|\W*$)"
    r"|exactly (?:0|zero)\W+(?:no|never|not|is|isn't|cannot|can't)"
    r"|(?:(?:is|can|does|will|could) (?:it|the)\b|(?:ever )?(?:exactly )?(?:0|zero))[^.?!]*\?"
)
_DONE = frozenset(["small", "tiny", "close", "zero", "vanish", "negligible"])
_GLANCE = 80  # characters of a line, to see how it begins
_OPENING = frozenset(["condition", "with", "reason"])


def line_break(rest: str, index: int, start: int, paragraph: bool = False) -> Item:
    """The item for the beginning of a line; `rest` is what follows, "" before a formula."""
    return Item("break", rest[:_GLANCE], index, start, start, lemma="paragraph" if paragraph else "")


def lines_between(before: Piece, piece: Piece) -> int:
    """How many line breaks stand between two pieces; 2 stand for a new paragraph, file or cell."""
    if (before.place.file, before.place.cell) != (piece.place.file, piece.place.cell):
        return 2
    return max(0, piece.place.line - before.place.line - before.text.rstrip().count("\n"))


def ends_sentence(before: Sequence[Item], line: Item) -> bool:
    """Whether a sentence ends with the items before a line break."""
    said = [i for i in before if i.kind != "comma" or i.text]  # a display is set off by commas of its own
    last = said[-1] if said else None
    if last is None or last.kind in ("comma", "stop", "operator") or last.lemma in _AWAITING:
        return False
    if _BULLET.match(line.text) or (_BARE.match(line.text) and _says_all(last)):
        return True
    if _is_open(said):
        return False
    capital = _CAPITAL.match(line.text)
    if capital is None:
        return line.lemma == "paragraph" and not _goes_on(line.text)
    formula = last.kind in _FORMULAS or (last.kind == "mention" and not last.phrase)
    return formula or line.lemma == "paragraph" or _begins(capital.group())


def _says_all(last: Item) -> bool:
    """Whether a line that ends so says where something goes: nothing is left for the next one to add."""
    return last.kind in _FORMULAS or last.lemma in _DONE


def without_bullet(items: list[Item]) -> list[Item]:
    """A sentence without the dash of a list before it."""
    dash = len(items) > 1 and items[0].lemma == "-" and items[1].kind != "value"
    return items[1:] if dash else items


def _goes_on(text: str) -> bool:
    """ "when p -> 1", "= 0": a paragraph that goes on with the sentence before a displayed formula."""
    word = _WORD.match(text)
    return word is not None and lemma(word.group()) in lexicon.ROLES


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
