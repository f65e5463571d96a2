"""Words brought to one form: "approaches", "approaching" and "approached" are all "approach"."""

from __future__ import annotations

from functools import lru_cache

from grader.claims.lexicon import CONTRACTIONS, IRREGULAR, SPELLINGS, VERBS

_VOWELS = "aeiou"


def _stems(verb: str) -> tuple[str, ...]:
    doubled = len(verb) > 2 and verb[-1] not in "wxyaeiou" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    if verb.endswith("e") and not verb.endswith("ee"):
        return (verb[:-1],)
    return (verb, verb + verb[-1]) if doubled else (verb,)


def _third_person(verb: str) -> str:
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _inflections() -> dict[str, str]:
    forms: dict[str, str] = {}
    for verb in VERBS:
        forms[_third_person(verb)] = verb
        for stem in _stems(verb):
            forms.setdefault(stem + "ing", verb)
            forms.setdefault(stem + "ed", verb)
        if verb.endswith("y") and verb[-2] not in _VOWELS:
            forms[verb[:-1] + "ied"] = verb
    return forms


_FORMS: dict[str, str] = {**_inflections(), **IRREGULAR, **SPELLINGS}


def lemma(word: str) -> str:
    """The form under which the lexicon knows a word; contractions come apart ("can't": "can not").

    >>> lemma("Approaching"), lemma("cannot"), lemma("non-zero")
    ('approach', 'can not', 'nonzero')
    """
    plain = word.lower().replace("’", "'")
    if plain in CONTRACTIONS:
        return CONTRACTIONS[plain]
    if plain.endswith("n't"):
        return f"{_FORMS.get(plain[:-3], plain[:-3])} not"
    if plain.startswith("non-"):
        plain = "non" + plain[4:]
    if plain.endswith("'s"):
        plain = plain[:-2]
    return _FORMS.get(plain, plain)


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """A noun without its plural ending: "weights" and "weight" are one phrase."""
    plain = word.lower().removesuffix("'s").removesuffix("’s")
    return plain[:-1] if plain.endswith("s") and not plain.endswith("ss") and len(plain) > 3 else plain
