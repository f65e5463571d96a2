"""Plots of the class, drawn by pygal as SVG; styled by the page, without scripts, and the same every time.

pygal is imported when the first plot is drawn.
"""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from markupsafe import Markup

from grader.reports.statistics import Bin

SVG = "http://www.w3.org/2000/svg"
DROPPED = frozenset(["script", "style", "desc"])
HIDDEN = frozenset(["tooltip", "tooltip-overlay", "text-overlay"])
WIDTH, ROW = 860, 34  # pixels of the view box; it scales with the page
STATES = ("correct", "partial", "incorrect", "unreadable", "missing")


def histogram(bins: Sequence[Bin], name: str) -> Markup:
    """How many submissions earned how much."""
    chart = _chart("Bar", 260, show_legend=False)
    chart.x_labels = [item.label for item in bins]
    chart.add("submissions", [item.count for item in bins])
    return _drawn(chart, name)


def shares(rows: Mapping[str, Mapping[str, int]], name: str) -> Markup:
    """How the answers to each question stand: a bar a question, a part a state, in percent."""
    chart = _chart("HorizontalStackedBar", ROW * len(rows) + 90, legend_at_bottom=True, range=(0, 100))
    chart.value_formatter = lambda value: f"{value:.0f}%"
    questions = list(reversed(list(rows)))  # the first is drawn at the bottom
    chart.x_labels = questions
    for state in STATES:
        counts = [rows[question].get(state, 0) for question in questions]
        totals = [max(1, sum(rows[question].values())) for question in questions]
        chart.add(state, [100 * count / total for count, total in zip(counts, totals, strict=True)])
    return _drawn(chart, name)


def courses(labels: Sequence[str], lines: Mapping[str, Sequence[float | None]], name: str) -> Markup:
    """Lines over time, in percent; None is a gap."""
    chart = _chart(
        "Line", 340, legend_at_bottom=True, range=(0, 100), dots_size=4, margin_right=60, margin_bottom=36
    )
    chart.value_formatter = lambda value: f"{value:.0f}%"
    chart.x_labels = list(labels)
    for title, values in lines.items():
        chart.add(title, list(values))
    return _drawn(chart, name)


def _chart(kind: str, height: int, **settings: Any) -> Any:
    import pygal

    chart = getattr(pygal, kind)(
        width=WIDTH,
        height=height,
        js=(),
        margin=8,
        print_values=False,
        max_scale=6,
        truncate_label=-1,
        legend_at_bottom_columns=len(STATES),
        style=_style(),
        **settings,
    )
    chart.uuid = "plot"  # pygal draws a random one
    return chart


@cache
def _style() -> Any:
    """Only the sizes count, by which pygal makes room for words: colours are the page's."""
    from pygal.style import Style

    return Style(label_font_size=13, major_label_font_size=13, legend_font_size=13)


def _drawn(chart: Any, name: str) -> Markup:
    """The SVG for a page: no script, no style of its own, no words that only a script would show."""
    root: Xml.Element = chart.render_tree()
    text = Xml.tostring(root, encoding="unicode")  # pygal's own tree, written by it: comments go with reading
    clean = Xml.fromstring(text)
    _strip(clean)
    clean.attrib.pop("id", None)
    clean.set("role", "img")
    clean.set("aria-label", name)
    Xml.register_namespace("", SVG)
    return Markup(Xml.tostring(clean, encoding="unicode"))


def _strip(parent: Xml.Element) -> None:
    for child in list(parent):
        local = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        hidden = not HIDDEN.isdisjoint(child.get("class", "").split())
        if local in DROPPED or hidden or not local:
            parent.remove(child)
        else:
            _strip(child)
