"""Clauses: where a sentence comes apart, and what role each part plays."""

from __future__ import annotations

from dataclasses import dataclass

from grader.claims.lexicon import COLOURING, POSSIBLE, PURPOSES, ROLES, VERBS, WISHES, Role
from grader.claims.sentence import Hit, Sentence

_RANK: tuple[Role, ...] = ("question", "purpose", "condition", "with", "reason", "contrast", "result", "main")
_DENYING = frozenset(["no", "none", "nothing", "impossible"])
_FRAMES = _DENYING | {"exist"}
_OWN_ROLES: dict[str, Role] = {"purpose": "purpose", "condition": "condition"}
_NEEDS = frozenset(["need", "require", "imply", "mean", "have", "necessitate", "demand"])
_ASKING = frozenset(["know", "sure", "tell", "clear", "ask", "wonder", "decide", "determine", "say", "see"])
_PEOPLE = frozenset(["we", "you", "one", "i", "there"])
_PREPOSITIONS = frozenset(["of", "to", "than", "in", "on", "from", "near", "toward", "into", "between"])
_OPEN_WORDS = ROLES.keys() | WISHES | _PREPOSITIONS | {"be", "not", "no", "wrt"}
_RELATIVE = frozenset(["which", "where", "with", "such", "for", "at", "that"])


@dataclass(frozen=True, slots=True)
class Clause:
    """The items from `start` up to `end` (connectives left out), what leads in, and the role that gives."""

    start: int
    end: int
    role: Role
    leads: tuple[str, ...]
    hits: tuple[Hit, ...]


def clauses(text: Sentence, found: list[Hit]) -> list[Clause]:
    """The clauses of a sentence, in order; parts without any word are left out."""
    inside = {at for h in found for at in range(h.start, h.end)}
    out: list[Clause] = []
    leads: list[str] = []
    start = 0
    for at in range(len(text.items) + 1):
        carried = [*leads, out[-1].role] if out and leads in (["or"], ["and"]) else leads
        lead = _lead(text, at, start, carried, inside, found) if at < len(text.items) else "end"
        if lead is None:
            continue
        if at > start:
            out.append(_clause(text, start, at, leads, found, out))
            leads = []
        leads.append(lead)
        start = at if lead in ("purpose", "new") else at + 1
    return out


def _clause(
    text: Sentence, start: int, end: int, leads: list[str], found: list[Hit], before: list[Clause]
) -> Clause:
    roles = [_role(lead) for lead in leads] or ["main"]
    if leads[-1:] == ["as"] and _would_need(text, start, end):
        roles[-1] = "reason"  # "not possible, as that would need p = 1"
    role: Role = min(roles, key=_RANK.index)
    inner = tuple(h for h in found if start <= h.start < end)
    joins = leads in (["or"], ["and"], [",", "or"], [",", ",", "or"])
    if joins and before and before[-1].role in ("condition", "with", "purpose", "reason"):
        alone = not inner and all(i.kind in ("relation", "lead") for i in text.items[start:end])
        if alone or all(c.role not in ("main", "result", "contrast") for c in before):
            role = before[-1].role  # "as p -> 1 or p -> 0"
    return Clause(start, end, role, tuple(leads), inner)


def _would_need(text: Sentence, start: int, end: int) -> bool:
    words = frozenset(text.lemmas(start, end))
    return "would" in words and bool(words & _NEEDS)


def _role(lead: str) -> Role:
    return _OWN_ROLES.get(lead) or ROLES.get(lead, "main")


def _lead(
    text: Sentence, at: int, start: int, leads: list[str], inside: set[int], found: list[Hit]
) -> str | None:
    """What begins a new clause at an item: a connective, ",", "purpose", "new" (no word), or None."""
    item = text.items[at]
    if at in inside:
        return "new" if _follows_condition(text, at, start, leads, found) else None
    if item.kind == "comma" or item.kind == "stop":
        return ","
    if item.kind in ("mention", "pronoun", "relation") and item.lemma != "which":
        return "new" if _follows_condition(text, at, start, leads, found) else None
    word = item.lemma
    if word in _PEOPLE and _follows_condition(text, at, start, leads, found):
        return "new"
    if word == "to":
        return "purpose" if _is_purpose(text, at, start, found) else None
    if word == "for" and _for_to(text, at):
        return "purpose" if not POSSIBLE.intersection(text.lemmas(start, at)) else None
    if word not in ROLES or item.kind not in ("word", "pronoun"):
        return None
    if word == "if" and at > start and text.items[at - 1].lemma in _ASKING:
        return "whether"  # "I don't know if it can be zero"
    return None if _stays(text, at, start, found) else word


def _stays(text: Sentence, at: int, start: int, found: list[Hit]) -> bool:
    """Connectives that join words, not clauses."""
    word = text.items[at].lemma
    after = text.lemmas(at + 1, at + 3)
    before = text.items[at - 1] if at > start else None
    if word in ("and", "or") and before is not None and at + 1 < len(text.items):
        follows = text.items[at + 1]
        return (
            before.kind == "mention"
            and follows.kind == "mention"
            and "of" in text.lemmas(max(start, at - 3), at)
        )
    if word in _RELATIVE and _FRAMES.intersection(text.lemmas(start, at)):
        return not any(start <= h.start < at and h.entry.predicate != "exists" for h in found)
    if word == "with" and at + 1 < len(text.items) and text.items[at + 1].kind == "pronoun":
        return True
    if word == "for" and after[:1] == ("which",):
        return True
    if word == "which" and before is not None and before.lemma in ("for", "in", "at", "of"):
        return True
    return word == "as" and after[:1] in (("function",), ("well",), ("result",), ("much",))


def _for_to(text: Sentence, at: int) -> bool:
    """ "for it to be zero", "for the gradient to vanish": a purpose, not a condition."""
    words = text.lemmas(at + 1, at + 6)
    if "to" not in words:
        return False
    upto = words.index("to")
    kinds = [i.kind for i in text.items[at + 1 : at + 1 + upto]]
    return (
        any(k in ("mention", "pronoun") for k in kinds)
        and "," not in words[:upto]
        and "and" not in words[:upto]
    )


def _is_purpose(text: Sentence, at: int, start: int, found: list[Hit]) -> bool:
    after = text.lemmas(at + 1, at + 2)
    if not after or after[0] not in PURPOSES:
        return False
    before = text.items[at - 1] if at > start else None
    if before is None or any(start <= h.start and h.end + _attribute(text, h, start) == at for h in found):
        return True
    if before.lemma in WISHES or before.lemma in ("be", "not", "order"):
        return before.lemma == "order"
    return not _object_of_wish(text, at, start)


def _object_of_wish(text: Sentence, at: int, start: int) -> bool:
    """ "requires w to go to infinity", "for it to be zero", "causing p to approach 1"."""
    words = text.lemmas(start, at)
    if text.items[at - 1].kind in ("mention", "pronoun"):
        return bool(WISHES.intersection(words[-5:])) or "for" in words[-4:]
    return False


def _follows_condition(text: Sentence, at: int, start: int, leads: list[str], found: list[Hit]) -> bool:
    """ "As p -> 1 the gradient ...": after what a condition says, a new subject begins the main clause."""
    item = text.items[at]
    if at == start or (item.kind not in ("mention", "pronoun", "relation") and item.lemma not in _PEOPLE):
        return False
    if not {_role(lead) for lead in leads}.intersection(("condition", "with", "reason", "purpose")):
        return False
    done = [h.end + _attribute(text, h, start) for h in found if start <= h.start and h.end <= at]
    done += [i + 1 for i in range(start, at) if text.items[i].kind in ("relation", "lead")]
    rest = any(h.end > at for h in found) or any(i.kind in ("lead", "relation") for i in text.items[at:])
    return rest and (max(done) == at if done else _ends_here(text, start, at, leads))


def _ends_here(text: Sentence, start: int, at: int, leads: list[str]) -> bool:
    """ "For some w | it is", "when the fit is perfect | the gradient": a condition that claims nothing.

    "At some stage | it is", "with enough training | it becomes" only say when, and of nothing.
    """
    if _DENYING.intersection(text.lemmas(start, at)):
        return False
    last = text.items[at - 1]
    if last.kind == "value":
        return all(w in COLOURING for w in text.lemmas(start, at - 1))
    if last.kind == "mention":
        return text.items[at].kind != "mention"
    named = any(i.kind in ("mention", "pronoun") or i.determined for i in text.items[start:at])
    verbs = [n for n in range(start, at) if text.items[n].lemma in VERBS]
    word = last.kind == "word" and last.lemma not in _OPEN_WORDS and last.lemma not in VERBS
    plain = all(i.kind == "word" for i in text.items[start:at]) and not verbs
    subject = text.items[at].kind == "pronoun" and not _PEOPLE.intersection(text.lemmas(start, at + 1))
    if plain and word and subject and leads[-1:] in (["at"], ["with"], ["by"]):
        return True
    return named and word and bool(verbs)


def _attribute(text: Sentence, hit: Hit, start: int) -> int:
    """1 if the mention after an adjective is what it describes ("for large w"), else 0."""
    if hit.end >= len(text.items) or hit.subject is not None or hit.target is not None:
        return 0
    before = any(i.kind in ("mention", "pronoun", "relation") for i in text.items[start : hit.start])
    return int(not before and text.items[hit.end].kind == "mention")
