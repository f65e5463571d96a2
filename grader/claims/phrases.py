"""A small language for phrases over lemmas, compiled to regular expressions.

| written | matches |
|---|---|
| `go to` | these two lemmas |
| `<to\\|toward>` | one of the alternatives (each may be several words, or nested) |
| `<arbitrarily>?` `*` `+` | optional, repeated |
| `SUBJ` | a mention, a pronoun or a relation: what the claim is about |
| `ARG`, `NAMED` | the same, and it is the subject; `NAMED` is no pronoun |
| `VALUE` | a value such as 0, oo, "0 or 1", (0, 1); `VALUE2` may also be a pronoun |
| `NEEDS`, `NOTTO`, `LAST` | nothing, before a verb of requiring, not before "to", at the end of a part |
| `TARGET` | a value, or a mention ("approaches the label") |

Texts are strings of lemmas and of marked items (`M3`, `V1`), each followed by one blank.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SLOTS = {
    "SUBJ": r"[MPR]\d+ ",
    "ARG": r"(?P<subject_#>[MPR]\d+) ",
    "NAMED": r"(?P<subject_#>[MR]\d+) ",
    "VALUE": r"(?P<target_#>V\d+) ",
    "VALUE2": r"(?P<target_#>V\d+|P\d+|there) ",
    "TARGET": r"(?:M\d+ (?=V))?(?P<target_#>[VM]\d+) ",
    "NOTTO": r"(?!to )",
    "NEEDS": r"(?=(?:would )?(?:need|require|imply|mean|necessitate|demand) )",
    "LAST": r"(?=[,.;:!()] |$)",
    "V": r"V\d+ ",
    "L": r"L\d+ ",
    "M": r"M\d+ ",
    "P": r"P\d+ ",
    "R": r"R\d+ ",
    "WORD": r"[a-z]\S* ",
}
_PART = re.compile(r"\s*([<>|]|[?*+]|[^\s<>|?*+]+)")


@lru_cache(maxsize=4096)
def phrase(source: str) -> re.Pattern[str]:
    """The regular expression for a phrase; it begins at the start of a word."""
    parts = _PART.findall(source)
    return re.compile(r"(?<!\S)" + _translate(parts))


def _translate(parts: list[str]) -> str:
    out: list[str] = []
    for place, part in enumerate(parts):
        if part == "<":
            out.append("(?:")
        elif part == ">":
            out.append(")")
        elif part in ("?", "*", "+", "|"):
            out.append(part)
        else:
            slot = _SLOTS.get(part, "").replace("#", str(place))
            out.append(f"(?:{slot})" if slot else f"(?:{re.escape(part)} )")
    return "".join(out)


def slot(found: re.Match[str], name: str) -> str | None:
    """What stands in a slot ("subject", "target") of a match."""
    for key, text in found.groupdict().items():
        if text is not None and key.startswith(name):
            return text
    return None


def any_phrase(sources: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for several phrases without slots."""
    return re.compile("|".join(f"(?:{phrase(s).pattern})" for s in sources))
