"""What a homework's YAML becomes: frozen records with every formula already read.

`load.py` makes these; nothing here knows how they were written down.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.expressions.nodes import Expr
from grader.expressions.symbols import SymbolTable


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when one of its conditions does."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when every one of its conditions does."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnswerIs:
    """The final answer stands in this relation to the reference (`answer: equal`)."""

    relation: str = "equal"


@dataclass(frozen=True, slots=True)
class LineEquals:
    """A line reaches an expression (`line: {equals: ..., up_to: constant, own: [sigma]}`).

    `up_to` is "" or "constant" (a non-zero constant factor). `own` names functions for which the student's
    own stated derivative or definition is taken as well. `of`: what the line has to speak of.
    """

    expression: Expr
    up_to: str = ""
    own: tuple[str, ...] = ()
    of: Expr | None = None


@dataclass(frozen=True, slots=True)
class LineForm:
    """A line has a form (`line: {form: c*(y - F)^2, where: {c: constant, F: function of w . phi(x)}}`).

    `where` maps a wildcard to what it may stand for: ("constant", None), ("function of", expr),
    ("any vector", None), ("anything", None).
    """

    pattern: Expr
    where: Mapping[str, tuple[str, Expr | None]]
    of: Expr | None = None


@dataclass(frozen=True, slots=True)
class LineFactor:
    """A line has a factor, exactly once and up to sign (`line: {factor: p*(1 - p), in: p}`)."""

    factor: Expr
    variable: Expr
    of: Expr | None = None


@dataclass(frozen=True, slots=True)
class States:
    """A line states what an expression equals, rightly (`states: sigma'(z)`)."""

    subject: Expr


@dataclass(frozen=True, slots=True)
class DerivativeOf:
    """A right derivative of one of these, up to a factor free of the variable, is reached."""

    of: tuple[Expr, ...]
    with_respect_to: tuple[Expr, ...]
    up_to: str = ""


@dataclass(frozen=True, slots=True)
class ValueTaken:
    """A quantity is given a value, alone or among candidates (`value: p = 1/3`)."""

    subject: Expr
    value: Expr


@dataclass(frozen=True, slots=True)
class EquationIs:
    """A line is an equation with the same solutions (`equation: v . phi(x) = y'`), wildcards allowed."""

    left: Expr
    right: Expr
    where: Mapping[str, tuple[str, Expr | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimPattern:
    """What a claim must say: a chain such as `p -> 1`, `magnitude != 0`; the remark it earns, if any."""

    says: Expr
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ClaimIs:
    """The prose (or a formula) claims one of these."""

    patterns: tuple[ClaimPattern, ...]


Condition = (
    AnyOf
    | AllOf
    | AnswerIs
    | LineEquals
    | LineForm
    | LineFactor
    | States
    | DerivativeOf
    | ValueTaken
    | EquationIs
    | ClaimIs
)


@dataclass(frozen=True, slots=True)
class Unless:
    """Earlier answers from which nothing is followed through, since they make the question easier.

    An answer free of a variable, linear in one, or equal to one of some expressions up to a constant factor.
    """

    free_of: tuple[Expr, ...] = ()
    linear_in: tuple[Expr, ...] = ()
    equals: tuple[Expr, ...] = ()


@dataclass(frozen=True, slots=True)
class Follow:
    """How a reference is computed anew from an earlier answer of the student's.

    `kind` is "reference" (`of` itself), "maximum" (the largest value of `of` over the variable's domain) or
    "maximiser" (where it is taken); in `of`, `answer(q2)` stands for the student's answer to q2.
    """

    kind: str
    variable: Expr | None
    of: Expr
    question: str
    unless: Unless = Unless()


@dataclass(frozen=True, slots=True)
class MarkSpec:
    """One mark of the scheme, as an examiner writes it: what for, when, and what else implies it.

    `cao`: correct answer only, neither followed through nor rounded. `cso`: correct solution only, so that
    no line of the working may fail. `isw`: what follows a right answer is ignored. `oe`: or equivalent;
    without it the form of the reference is asked for.
    """

    id: str
    points: float
    purpose: str
    when: Condition
    implied_by: tuple[str, ...] = ()
    depends: tuple[str, ...] = ()
    follow: Follow | bool = False
    cao: bool = False
    cso: bool = False
    isw: bool = False
    oe: bool = True


@dataclass(frozen=True, slots=True)
class SpecialCase:
    """`sc`: where its condition is met, the marks that it names get these points and not their own.

    It counts only where these are more than what the marks earn by themselves: it replaces, and never adds.
    """

    purpose: str
    when: Condition
    award: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class AnswerSpec:
    """What the final answer is and how it is recognised.

    `quantity` is the question's own quantity as a tree (None: only `names` name it); `names` are
    phrases and formulas that name it. `defines`: stating it rightly is a definition. `in_terms_of`:
    the only symbols that the answer may depend on. `scale`: a factor such as norm(phi(x)) whose
    decimal coefficient `figures` significant figures are asked for. `up_to`: "constant" where a non-zero
    constant factor is free.
    """

    type: str = "expression"
    quantity: Expr | None = None
    names: tuple[str, ...] = ()
    named: tuple[Expr, ...] = ()
    defines: bool = False
    reference: Expr | None = None
    in_terms_of: tuple[Expr, ...] = ()
    scale: Expr | None = None
    figures: int | None = None
    follow: Follow | None = None
    focus: str = ""
    up_to: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something that prose may talk of: its name, the phrases for it, and its value as a tree."""

    name: str
    phrases: tuple[str, ...]
    value: Expr | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """An answer written by the author, with the marks that it must get.

    `earlier` maps the questions before to the answers that were given there, for follow-through.
    """

    text: str
    marks: tuple[float, ...]
    name: str = ""
    needs_review: bool | None = None
    syntax: str = "markdown"
    earlier: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it asks, its answer, its mark scheme, and the author's own examples.

    `hints` says how much feedback tells of a wrong line: its "location", the "principle" with a fact that
    can be checked, or the "fix" as well. `isw`: a wrong line beside every mark is named, and no more.
    """

    id: str
    number: int
    title: str
    text: str
    points: float
    answer: AnswerSpec
    marks: tuple[MarkSpec, ...]
    phrases: tuple[str, ...] = ()
    context: Mapping[str, Expr] = field(default_factory=dict)
    quantities: tuple[Quantity, ...] = ()
    examples: tuple[Example, ...] = ()
    special: tuple[SpecialCase, ...] = ()
    hints: str = "principle"
    isw: bool = False

    def follows(self, names: Collection[str]) -> bool:
        """Whether an answer to one of these questions is followed through here."""
        rules = [self.answer.follow, *(mark.follow for mark in self.marks)]
        return any(isinstance(rule, Follow) and rule.question in names for rule in rules)


@dataclass(frozen=True, slots=True)
class Homework:
    """A whole homework: its symbols, its questions, which files are read, and when a check passes.

    `threshold` is the share of the marks (0 to 1) that `grader check` asks for by default.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    table: SymbolTable
    submission: tuple[str, ...] = ("*.md", "*.tex", "*.ipynb", "*.txt")
    threshold: float = 1.0
    folder: Path | None = None

    def question(self, name: str) -> Question:
        """The question with this id; raises KeyError."""
        for item in self.questions:
            if item.id == name:
                return item
        raise KeyError(name)
