"""The marks that students put before their answers."""

from __future__ import annotations

from bench.agreement.records import Style

TITLES = {"q1": "Loss", "q2": "Gradient", "q3": "How small?", "q4": "How large?", "q5": "Linear regression"}
RESTATED = {
    "q1": r"Write out $@Lx$ for the predictor $\sigma(@@u)$ under squared loss.",
    "q2": r"Compute the gradient of the loss with respect to $@w$.",
    "q3": "With $y = 1$, how can the magnitude of the gradient be made as small as possible? "
    "Can it be exactly zero?",
    "q4": "With $y = 1$, what is the largest magnitude that the gradient can take, in terms of $@n$?",
    "q5": "$D$ has a $@w$ with zero loss. Give $y'$ in terms of $y$ so that linear regression on $D'$ has "
    "zero loss. Justify.",
}
_CIRCLED = {"q1": "①", "q2": "②", "q3": "③", "q4": "④", "q5": "⑤"}
# By kind of file: the forms. {n} is the number, {c} the circled number, {t} a title; True: the answer begins
# on the same line.
_MARKDOWN = {
    "dot": ("{n}. {t}", False),
    "dot-inline": ("{n}.", True),
    "paren": ("({n})", False),
    "paren-inline": ("({n})", True),
    "half": ("{n})", True),
    "question": ("Question {n}", False),
    "question-title": ("Question {n}: {t}", False),
    "heading": ("## Problem {n}", False),
    "heading-question": ("### Question {n}: {t}", False),
    "heading-number": ("## {n}. {t}", False),
    "bold": ("**{n}.**", False),
    "bold-question": ("**Question {n}.**", False),
    "circled": ("{c} {t}", False),
    "q": ("Q{n}.", True),
}
_SCANNER = {
    "circled": ("{c} {t}", False),
    "circled-bare": ("{c}", True),
    "paren": ("({n})", False),
    "half": ("{n})", True),
    "dot": ("{n}. {t}", False),
}
_SECTIONS = {
    "section": (r"\section*{{Question {n}}}", False),
    "section-title": (r"\section*{{Problem {n}: {t}}}", False),
    "section-number": (r"\section*{{{n}. {t}}}", False),
    "subsection": (r"\subsection*{{Problem {n}}}", False),
    "bold": (r"\textbf{{Question {n}.}}", False),
    "paragraph": (r"\paragraph{{Problem {n}.}}", False),
}
_TEXT = {
    key: _MARKDOWN[key] for key in ("dot", "dot-inline", "paren", "half", "question", "question-title", "q")
}
_TEXT |= {"problem": ("Problem {n}", False), "ruled": ("Problem {n}\n---------", False)}
_NOTEBOOK = {
    key: _MARKDOWN[key] for key in ("heading", "heading-question", "heading-number", "bold-question")
}
_ITEMS = {"item": (r"\item", False)}
HEADINGS = {
    "scanner": _SCANNER,
    "markdown": _MARKDOWN,
    "brackets": _MARKDOWN,
    "tex-items": _ITEMS,
    "tex-sections": _SECTIONS,
    "notebook": _NOTEBOOK,
    "ascii": _TEXT,
    "unicode": {key: form for key, form in _MARKDOWN.items() if key != "circled"}
    | {"circled": ("{c}", True)},
}


def heading(style: Style, question: str, in_order: bool) -> tuple[str, bool]:
    """A question's mark, and whether the answer begins on its line."""
    form, inline = HEADINGS[style.kind][style.heading]
    number = int(question[1:])
    if style.kind == "tex-items" and not in_order:
        return rf"\item[{number}.]", False
    return form.format(n=number, c=_CIRCLED[question], t=TITLES[question]), inline
