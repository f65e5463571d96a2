"""Questions by their word order: "Can it be exactly zero." asks, whatever sign ends it."""

from __future__ import annotations

from dataclasses import replace

from grader.claims.items import Item

_INVERTED = frozenset(["can", "could", "is", "are", "does", "did", "will", "would"])
_ASKING = frozenset(["how", "whether", "why"])
_DETERMINERS = frozenset(["the", "this", "that", "its", "a", "an"])


def asked_first(items: list[Item]) -> list[list[Item]]:
    """A sentence that begins with a question, cut after it; the question ends with "?"."""
    stop = items[-1] if items and items[-1].kind == "stop" else None
    begin = next((at for at, i in enumerate(items) if i.kind != "comma"), len(items))
    if (stop is not None and stop.lemma == "?") or not _asks(items[begin:]):
        return [items]
    ends = (at for at in range(begin + 2, len(items)) if items[at].lemma in (":", "—", "–", "-", "(", ")"))
    end = next(ends, len(items) - (stop is not None))
    last = items[min(end, len(items) - 1)]
    question = [*items[:end], replace(last, kind="stop", lemma="?", trees=(), operators=())]
    rest = items[end:]
    return [question, rest] if any(i.kind not in ("stop", "comma") for i in rest) else [question]


def conditional(items: list[Item]) -> list[Item]:
    """ "Were it 0, ..." is "if it were 0, ..."."""
    begin = next((at for at, i in enumerate(items) if i.kind != "comma"), len(items))
    if begin == len(items) or items[begin].text.lower() not in ("were", "should"):
        return items
    follow = [i for i in items[begin + 1 :] if i.text.lower() not in ("were", "should")]
    if not follow or (follow[0].kind not in ("mention", "pronoun") and follow[0].text.lower() != "the"):
        return items
    after = next((at for at, i in enumerate(follow) if i.kind != "word"), 0) + 1
    lead, verb = replace(items[begin], lemma="if", text="if"), replace(items[begin], lemma="be")
    return [*items[:begin], lead, *follow[:after], verb, *follow[after:]]


def _asks(items: list[Item]) -> bool:
    if len(items) < 3:
        return False
    first, second = items[0], items[1]
    if first.kind != "word":
        return False
    if first.text.lower() in _ASKING:
        return True
    named = second.kind in ("mention", "pronoun") or second.text.lower() in _DETERMINERS
    return first.text.lower() in _INVERTED and named
