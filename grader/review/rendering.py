"""Pages from templates: everything is escaped but the MathML that has passed the gate of the reports."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment

from grader.reports.rendering import environment


def render(template: str, **values: Any) -> str:
    """A page from a template of grader/review/templates; the values are escaped, Markup is not."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    made = environment("grader.review")
    made.filters.update(moment=moment, address=address, segment=segment)
    return made


def warm() -> None:
    """Compiles every template, so that the first page is as quick as the others."""
    made = _environment()
    for name in made.list_templates():
        made.get_template(name)


def address(choices: Mapping[str, str]) -> str:
    """The part of an address from its question mark on; what is not chosen is left out.

    >>> address({"look": "doubt", "names": ""})
    '?look=doubt'
    """
    chosen = {name: value for name, value in choices.items() if value}
    return f"?{urlencode(chosen)}" if chosen else ""


def segment(name: str) -> str:
    """A name as one part of a path."""
    return quote(name, safe="", errors="replace")


def moment(when: str) -> str:
    """A time as people read it.

    >>> moment("2025-03-01T12:30:59+00:00")
    '2025-03-01 12:30 UTC'
    """
    day, _, rest = when.partition("T")
    zone = " UTC" if rest.endswith(("Z", "+00:00")) else ""
    return f"{day} {rest[:5]}{zone}".strip()
