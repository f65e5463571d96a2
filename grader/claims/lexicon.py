"""The words of `lexicon.yaml`, typed: how clauses are built. What they claim is in `predicates`."""

from __future__ import annotations

from importlib.resources import files
from typing import Any, Literal

import yaml

Role = Literal["main", "condition", "reason", "result", "contrast", "purpose", "with", "question"]


# libyaml reads it ten times as fast, where PyYAML was built with it; both are the safe loader.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(name: str) -> dict[str, Any]:
    """A data file of this package."""
    text = (files("grader.claims") / name).read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=_LOADER)
    return data


_DATA = load("lexicon.yaml")


def _set(name: str) -> frozenset[str]:
    return frozenset(_DATA[name])


VERBS: tuple[str, ...] = tuple(_DATA["verbs"])
IRREGULAR: dict[str, str] = _DATA["irregular"]
SPELLINGS: dict[str, str] = _DATA["spellings"]
CONTRACTIONS: dict[str, str] = _DATA["contractions"]
CONNECTIVES: dict[tuple[str, ...], str] = {tuple(k.split()): v for k, v in _DATA["connectives"].items()}
ROLES: dict[str, Role] = _DATA["roles"]

EMPTY = _set("empty")
KEPT_ADVERBS = _set("kept_adverbs")
NEGATORS = _set("negators")
COLOURING = _set("colouring")
DETERMINERS = _set("determiners")
PRONOUNS = _set("pronouns")
NOUN_VERBS = _set("noun_verbs")
WISHES = _set("wishes")
CAN = _set("can")
MUST = _set("must")
WOULD = _set("would")
OPAQUE = _set("opaque")
PLAIN_NOUNS = _set("plain_nouns")
COMPOUNDS = _set("compounds")
NORM_WORDS = _set("norm_words")
PURPOSES = _set("purposes")
POSSIBLE = _set("possible")
NARRATION = _set("narration")
ADJECTIVES = _set("adjectives")
ONE_DOES = _set("one_does")

CONDITION_LEADS = _set("condition_leads")
CONTRARY = _set("contrary")
UNRESTRICTING = _set("unrestricting")
WITHIN = _set("within")
EVERY = _set("every")
BOUNDING = _set("bounding")
PARTIAL = _set("partial")
EXCEPTING = _set("excepting")
CONDITIONS = _set("conditions")
HARMLESS = _set("harmless")
TENDING = _set("tending")
ON_THE_WHOLE = _set("on_the_whole")
PARTS = _set("parts")
APART = _set("apart")
ELLIPSIS = _set("ellipsis")

NEUTRAL_NEGATIONS: tuple[str, ...] = tuple(_DATA["neutral_negations"])
IMPOSSIBLE: tuple[str, ...] = tuple(_DATA["impossible"])
HEDGES: tuple[str, ...] = tuple(_DATA["hedges"])
REPORTED: tuple[str, ...] = tuple(_DATA["reported"])
DENIALS: tuple[str, ...] = tuple(_DATA["denials"])
CORRECTIONS: tuple[str, ...] = tuple(_DATA["corrections"])
PERMITTED: tuple[str, ...] = tuple(_DATA["permitted"])
TASKS: tuple[str, ...] = tuple(_DATA["tasks"])
PARTLY: tuple[str, ...] = tuple(_DATA["partly"])
MOSTLY: tuple[str, ...] = tuple(_DATA["mostly"])
COMMANDS: tuple[str, ...] = tuple(_DATA["commands"])
