"""Reports: results as pages for people. They know the records and nothing else.

A page is one file: no script, no network, and nothing of what a student wrote is ever markup. What it
needs (Jinja2, math-core) is imported when the first page is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.records import Result


def feedback_page(result: Result) -> str:
    """A submission's feedback as HTML: each question's lines with their verdicts, then its marks."""
    from grader.reports.feedback import page_of
    from grader.reports.rendering import render

    return render("feedback.html", page=page_of(result))


def class_page(results: Sequence[Result]) -> str:
    """The class as HTML: a row a submission, a row a mark, what a person must look at, misconceptions.

    It links to the feedback pages as `grader grade` lays them out.
    """
    from grader.reports.overview import href, overview_of
    from grader.reports.rendering import render

    return render("report.html", page=overview_of(results), href=href)


def trend_page(homeworks: Sequence[Sequence[Result]], person: Callable[[str], str] = str) -> str:
    """The homeworks of a course as HTML; `person` says whose submission a name is."""
    from grader.reports.rendering import render
    from grader.reports.trend import trend_of

    return render("trend.html", page=trend_of(homeworks, person))
