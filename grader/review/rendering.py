"""Pages from templates: everything is escaped but the MathML that has passed the gate of the reports."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.reports.wording import clean, number, quoted


def render(template: str, **values: Any) -> str:
    """A page from a template of grader/review/templates; the values are escaped, Markup is not."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("grader.review", "templates"),
        autoescape=True,
        finalize=_finished,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=number, quoted=quoted, moment=moment, address=address, segment=segment)
    return environment


def warm() -> None:
    """Compiles every template, so that the first page is as quick as the others."""
    environment = _environment()
    for name in environment.list_templates():
        environment.get_template(name)


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


def _finished(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
