"""What may stand in homework.yaml and in a question's file: keys, types, and which are needed.

The models know the shape only; formulas are still text here (see `formulas`). Values arrive as the
text that was written, so numbers and booleans are read by pydantic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from grader.expressions.nodes import Kind


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _pattern(value: Any) -> Any:
    return {"says": value} if isinstance(value, str) else value


def _share(value: Any) -> float:
    text = str(value).strip()
    try:
        share = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        raise ValueError("should be a share such as `80%`") from None
    if not 0 <= share <= 1:
        raise ValueError("should be a share from 0% to 100%")
    return share


Points = Annotated[float, Field(gt=0, le=10_000, allow_inf_nan=False)]
Earned = Annotated[float, Field(ge=0, le=10_000, allow_inf_nan=False)]
Words = Annotated[list[str], BeforeValidator(_listed)]
Share = Annotated[float, BeforeValidator(_share)]
Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[\w.-]+$")]
SymbolKind = Literal["scalar", "complex", "integer", "vector", "matrix", "function", "quantity"]
Hints = Literal["location", "principle", "fix"]
AnswerType = Literal[
    "expression", "number", "vector", "matrix", "set", "interval", "equation", "limit", "claims", "choice"
]


class Strict(BaseModel):
    """A mapping in which every key is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SymbolModel(Strict):
    """A declared name: what it is, where it lives, what it abbreviates, how else it is written."""

    kind: SymbolKind = "scalar"
    domain: str = ""
    returns: Kind = "scalar"
    parameters: Words = []
    definition: str = ""
    inverse: str = ""
    aliases: Words = []
    about: str = ""


class PolicyModel(Strict):
    """When `grader check` passes (a share of the marks), how much feedback says of a wrong line, and whether
    a wrong line beside every mark is named and no more (`isw`), or asks for a person.
    """

    passes: Share = Field(default=1.0, validation_alias="pass")
    hints: Hints = "principle"
    isw: bool = False


class NotationModel(Strict):
    """How this course writes: the base of `log`, and whether `3,5` is a decimal number."""

    log_base: str = ""
    decimal_comma: bool = False


class HomeworkModel(Strict):
    """homework.yaml."""

    id: Name
    title: str = ""
    questions: Annotated[list[Name], Field(min_length=1)]
    submission: Annotated[Words, Field(min_length=1)] = ["*.md", "*.tex", "*.ipynb", "*.txt"]
    policy: PolicyModel = PolicyModel()
    notation: NotationModel = NotationModel()
    symbols: dict[str, SymbolModel] = {}


class LineModel(Strict):
    """A condition on one line: `equals`, `form` or `factor`; `of` says of what the line has to speak."""

    of: str = ""
    equals: str = ""
    up_to: Literal["", "constant"] = ""
    own: Words = []
    form: str = ""
    where: dict[str, str] = {}
    factor: str = ""
    variable: str = Field(default="", validation_alias="in")


class DerivativeModel(Strict):
    """A right derivative of one of `of` is reached."""

    of: Words
    with_respect_to: Words
    up_to: str = ""


class PatternModel(Strict):
    """One way to say a claim, with the remark that it earns."""

    says: str
    remark: str = ""


class ClaimModel(Strict):
    """A claim, said in one of these ways."""

    any: Annotated[
        list[Annotated[PatternModel, BeforeValidator(_pattern)]],
        BeforeValidator(_listed),
        Field(min_length=1),
    ]


class ConditionModel(Strict):
    """What earns a mark: exactly one of these keys (`where` goes with `equation`)."""

    any: list[ConditionModel] | None = None
    all: list[ConditionModel] | None = None
    answer: Literal["equal"] | None = None
    line: LineModel | None = None
    states: str | None = None
    derivative: DerivativeModel | None = None
    value: str | None = None
    equation: str | None = None
    where: dict[str, str] = {}
    claim: ClaimModel | None = None

    def given(self) -> list[str]:
        """The keys that are given, `where` apart."""
        return [
            name for name in type(self).model_fields if name != "where" and getattr(self, name) is not None
        ]


class UnlessModel(Strict):
    """Earlier answers from which nothing is followed through, since they make the question easier."""

    free_of: Words = []
    linear_in: Words = []
    equals: Words = []


class FollowModel(Strict):
    """Follow-through: the reference is computed anew from the student's own earlier answer."""

    reference: str = ""
    maximum_over: str = ""
    maximiser: str = ""
    of: str = ""
    unless: UnlessModel = UnlessModel()


def _follow_tag(value: Any) -> str:
    return "(mapping)" if isinstance(value, Mapping | FollowModel) else "(flag)"


FollowField = Annotated[
    Annotated[bool, Tag("(flag)")] | Annotated[FollowModel, Tag("(mapping)")], Discriminator(_follow_tag)
]


class MarkModel(Strict):
    """One mark of the scheme."""

    id: Name
    points: Points
    purpose: str = Field(default="", validation_alias="for")
    when: ConditionModel
    implied_by: Words = []
    depends: Words = []
    follow: FollowField = False
    cao: bool = False
    cso: bool = False
    isw: bool = False
    oe: bool = True


class SpecialCaseModel(Strict):
    """Points for named marks instead of their own, where a condition holds."""

    purpose: str = Field(default="", validation_alias="for")
    when: ConditionModel
    award: Annotated[dict[str, Earned], Field(min_length=1)]


class AnswerModel(Strict):
    """What the final answer is, and how it is recognised."""

    type: AnswerType = "expression"
    quantity: str = ""
    names: Words = []
    defines: bool = False
    reference: str = ""
    in_terms_of: Words = []
    scale: str = ""
    figures: Annotated[int, Field(ge=1, le=50)] | None = None
    up_to: Literal["", "constant"] = ""
    follow: FollowModel | None = None
    focus: str = ""


class QuantityModel(Strict):
    """Something that prose may talk of."""

    phrases: Words
    value: str = ""


class ExampleModel(Strict):
    """An answer with the marks that it must get."""

    text: str
    marks: list[Earned]
    name: str = ""
    needs_review: bool | None = None
    syntax: Literal["markdown", "latex", "text"] = "markdown"
    earlier: dict[str, str] = {}


class QuestionModel(Strict):
    """A question's file."""

    id: Name
    title: str = ""
    text: str = ""
    phrases: Words = []
    points: Points
    context: dict[str, str] = {}
    answer: AnswerModel
    quantities: dict[str, QuantityModel] = {}
    marks: Annotated[list[MarkModel], Field(min_length=1)]
    sc: list[SpecialCaseModel] = []
    hints: Hints | None = None
    examples: list[ExampleModel] = []
