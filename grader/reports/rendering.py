"""Jinja2, set up so that a template escapes everything that is not markup of our own making."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from grader.reports.wording import clean, number, quoted


def render(template: str, **values: Any) -> str:
    """A page from a template of grader/reports/templates; the values are escaped, Markup is not."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    """One for the process: it only holds the compiled templates."""
    return environment("grader.reports")


def environment(package: str) -> Environment:
    """Jinja2 for the templates of a package, escaping everything but Markup."""
    made = Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        finalize=_finished,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(number=number, quoted=quoted)
    return made


def _finished(value: Any) -> Any:
    """What is written into a page: a text without control characters; markup is clean already."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
