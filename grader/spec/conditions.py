"""What earns a mark: from the keys under `when:` to typed conditions, formulas read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from grader.expressions.build import chain
from grader.expressions.nodes import Expr, Kind
from grader.expressions.rewrite import free_symbols
from grader.expressions.symbols import Symbol
from grader.spec import model
from grader.spec.formulas import UNREAD, Formulas
from grader.spec.schema import ConditionModel, DerivativeModel, FollowModel, LineModel
from grader.spec.source import Path_
from grader.spec.suggest import did_you_mean

Where = dict[str, tuple[str, Expr | None]]
WILDCARDS: Mapping[str, Kind] = {"constant": "scalar", "any vector": "vector", "anything": "scalar"}
_ANSWER = re.compile(r"answer\(\s*([\w.-]+)\s*\)")
_FREE = re.compile(r"factor free of (.+)")
_NONE = model.AllOf(())  # stands for a condition with faults; never leaves the loader


@dataclass(frozen=True, slots=True)
class Scope:
    """One question as its conditions see it.

    `earlier` maps each question before it to the kind of its answer; `later` are the other questions;
    `quantities` are the names that claims may use.
    """

    formulas: Formulas
    earlier: Mapping[str, Kind]
    later: tuple[str, ...]
    quantities: tuple[str, ...]

    def read(self, text: str, path: Path_) -> Expr:
        """A formula in which `answer(q2)` stands for the answer to an earlier question."""
        spelled, symbols = self._spelled(text, path)
        return self.formulas.read(spelled, path, symbols, written=text)

    def chain(self, text: str, path: Path_, extra: Iterable[Symbol] = ()) -> Expr | None:
        """One relation in which `answer(q2)` may stand."""
        spelled, symbols = self._spelled(text, path)
        return self.formulas.chain(spelled, path, (*extra, *symbols))

    def _spelled(self, text: str, path: Path_) -> tuple[str, list[Symbol]]:
        """The formula as it can be read, and the names that it needs for that."""
        found = list(dict.fromkeys(_ANSWER.findall(text)))
        for name in found:
            self._check_answer(name, path)
        if not found:
            return text, []
        # An id such as `q2` is no formula, so each is read as a word of letters that stands for it.
        words = {name: "question" + "abcdefghij"[i % 10] * (1 + i // 10) for i, name in enumerate(found)}
        symbols = [Symbol(name, spellings=(word,)) for name, word in words.items()]
        symbols.append(Symbol("answer", "function", returns=self.earlier.get(found[0], "scalar")))
        return _ANSWER.sub(lambda match: f"answer({words[match[1]]})", text), symbols

    def _check_answer(self, name: str, path: Path_) -> None:
        if name in self.later:
            message = f"`answer({name})` is not of an earlier question"
            self.formulas.fault(path, message, "only those are known")
        elif name not in self.earlier:
            hint = did_you_mean(name, self.earlier)
            self.formulas.fault(path, f"`answer({name})`: there is no such question", hint)

    def follow(self, item: FollowModel, path: Path_) -> model.Follow | None:
        """A follow-through rule."""
        keys = {"reference": "reference", "maximum": "maximum_over", "maximiser": "maximiser"}
        given = [kind for kind, key in keys.items() if getattr(item, key)]
        if len(given) != 1 or bool(item.of) == (given == ["reference"]):
            hint = "`reference: ...`, or the variable that is varied and `of: ...`"
            self.formulas.fault(path, "needs one of `reference`, `maximum_over`, `maximiser`", hint)
            return None
        kind = given[0]
        key, text = ("reference", item.reference) if kind == "reference" else ("of", item.of)
        varied = None if kind == "reference" else keys[kind]
        variable = self.formulas.read(getattr(item, varied), (*path, varied)) if varied else None
        of = self.read(text, (*path, key))
        named = _ANSWER.findall(text)
        if len(set(named)) != 1:
            self.formulas.fault((*path, key), "must name one earlier answer", "such as `answer(q2)`")
            return None
        return model.Follow(kind, variable, of, named[0], self._unless(item, path))

    def _unless(self, item: FollowModel, path: Path_) -> model.Unless:
        """The earlier answers from which nothing is followed through."""

        def read(name: str) -> tuple[Expr, ...]:
            texts = getattr(item.unless, name)
            return tuple(self.formulas.read(t, (*path, "unless", name, i)) for i, t in enumerate(texts))

        return model.Unless(read("free_of"), read("linear_in"), read("equals"))


def build_condition(item: ConditionModel, path: Path_, scope: Scope) -> model.Condition:
    """The typed condition; after a fault a placeholder."""
    given = item.given()
    if len(given) != 1:
        message = "no condition is given" if not given else "several conditions: " + ", ".join(given)
        names = ", ".join(f"`{name}`" for name in _BUILDERS)
        scope.formulas.fault(
            path, message, f"one of {names}" if not given else "use `any:` or `all:` to join them"
        )
        return _NONE
    if item.where and given[0] != "equation":
        scope.formulas.fault(
            (*path, "where"), "`where` goes with `equation`", "or under `line:`, with `form`"
        )
    return _BUILDERS[given[0]](item, (*path, given[0]), scope)


def _any(item: ConditionModel, path: Path_, scope: Scope) -> model.Condition:
    return model.AnyOf(_members(item.any or [], path, scope))


def _all(item: ConditionModel, path: Path_, scope: Scope) -> model.Condition:
    return model.AllOf(_members(item.all or [], path, scope))


def _members(items: list[ConditionModel], path: Path_, scope: Scope) -> tuple[model.Condition, ...]:
    if not items:
        scope.formulas.fault(path, "is an empty list", "at least one is needed")
    return tuple(build_condition(item, (*path, i), scope) for i, item in enumerate(items))


def _answer(item: ConditionModel, path: Path_, scope: Scope) -> model.Condition:
    return model.AnswerIs(item.answer or "equal")


def _line(item: ConditionModel, path: Path_, scope: Scope) -> model.Condition:
    line = item.line or LineModel()
    given = [name for name in ("equals", "form", "factor") if getattr(line, name)]
    if len(given) != 1:
        scope.formulas.fault(
            path, "needs one of `equals`, `form`, `factor`", "each says what the line must show"
        )
        return _NONE
    _check_line_keys(line, given[0], path, scope)
    of = scope.formulas.read(line.of, (*path, "of")) if line.of else None
    builders = {"equals": _line_equals, "form": _line_form, "factor": _line_factor}
    return builders[given[0]](line, of, path, scope)


_LINE_KEYS = {"up_to": "equals", "own": "equals", "where": "form", "variable": "factor"}


def _check_line_keys(line: LineModel, given: str, path: Path_, scope: Scope) -> None:
    for name, owner in _LINE_KEYS.items():
        if getattr(line, name) and owner != given:
            key = "in" if name == "variable" else name
            scope.formulas.fault((*path, key), f"`{key}` goes with `{owner}`", "leave it out here")


def _line_equals(line: LineModel, of: Expr | None, path: Path_, scope: Scope) -> model.Condition:
    for i, name in enumerate(line.own):
        known = scope.formulas.table.symbols
        functions = [item for item in known if known[item].kind == "function"]
        if name not in functions:
            scope.formulas.fault(
                (*path, "own", i), f"`{name}` is no declared function", did_you_mean(name, functions)
            )
    wanted = scope.read(line.equals, (*path, "equals"))
    return model.LineEquals(wanted, line.up_to, tuple(line.own), of)


def _line_form(line: LineModel, of: Expr | None, path: Path_, scope: Scope) -> model.Condition:
    where, wildcards = _where(line.where, (*path, "where"), scope)
    pattern = scope.formulas.read(line.form, (*path, "form"), wildcards)
    _check_used(where, pattern, (*path, "where"), scope)
    return model.LineForm(pattern, where, of)


def _line_factor(line: LineModel, of: Expr | None, path: Path_, scope: Scope) -> model.Condition:
    if not line.variable:
        scope.formulas.fault(path, "`factor` needs `in`", "the variable that the factor is seen in: `in: p`")
        return _NONE
    read = scope.formulas.read
    return model.LineFactor(read(line.factor, (*path, "factor")), read(line.variable, (*path, "in")), of)


def _where(given: Mapping[str, str], path: Path_, scope: Scope) -> tuple[Where, list[Symbol]]:
    """The wildcards of a pattern: what each may stand for, and the symbols that let it be read."""
    where: Where = {}
    wildcards: list[Symbol] = []
    for name, text in given.items():
        said = " ".join(text.split())
        if said.startswith("function of "):
            expression = scope.formulas.read(said.removeprefix("function of "), (*path, name))
            where[name] = ("function of", expression)
        elif said in WILDCARDS:
            where[name] = (said, None)
        else:
            kinds = ", ".join(f"`{kind}`" for kind in WILDCARDS)
            hint = f"the kinds are {kinds} and `function of ...`"
            scope.formulas.fault((*path, name), f"`{text}` is no kind of wildcard", hint)
        wildcards.append(Symbol(name, WILDCARDS.get(said, "scalar")))
    return where, wildcards


def _check_used(where: Where, pattern: Expr, path: Path_, scope: Scope) -> None:
    if pattern is UNREAD:
        return
    used = {leaf.value for leaf in free_symbols(pattern)}
    for name in where:
        if name not in used:
            scope.formulas.fault(
                (*path, name), f"the wildcard `{name}` does not stand in the formula", "leave it out"
            )


def _states(item: ConditionModel, path: Path_, scope: Scope) -> model.Condition:
    text = item.states or ""
    return model.States(scope.formulas.read(text, path, _parameters(text, scope)))


def _parameters(text: str, scope: Scope) -> list[Symbol]:
    """The parameters of the declared functions, which a statement such as sigma'(z) may use."""
    table = scope.formulas.table
    leaves = [leaf for item in table.symbols.values() for leaf in item.parameters]
    return [Symbol(leaf.value, leaf.kind) for leaf in leaves if leaf.value not in table.symbols]


def _derivative(item: ConditionModel, path: Path_, scope: Scope) -> model.Condition:
    given = item.derivative or DerivativeModel(of=[], with_respect_to=[])
    of = tuple(scope.read(text, (*path, "of", i)) for i, text in enumerate(given.of))
    by = tuple(
        scope.formulas.read(text, (*path, "with_respect_to", i))
        for i, text in enumerate(given.with_respect_to)
    )
    return model.DerivativeOf(of, by, _up_to(given.up_to, (*path, "up_to"), scope))


def _up_to(text: str, path: Path_, scope: Scope) -> str:
    """The text itself, checked: "", "constant" or "factor free of p"."""
    free = _FREE.fullmatch(text.strip())
    if free is not None:
        scope.formulas.read(free[1], path)
    elif text not in ("", "constant"):
        scope.formulas.fault(path, f"`{text}` is not known here", "`constant`, or `factor free of p`")
    return text.strip()


def _value(item: ConditionModel, path: Path_, scope: Scope) -> model.Condition:
    tree = scope.chain(item.value or "", path)
    if tree is None:
        return _NONE
    if tree.value != ("=",):
        scope.formulas.fault(path, "a value is given with `=`", "such as `p = 1/3`")
    return model.ValueTaken(*tree.args)


def _equation(item: ConditionModel, path: Path_, scope: Scope) -> model.Condition:
    where_path = (*path[:-1], "where")
    where, wildcards = _where(item.where, where_path, scope)
    tree = scope.chain(item.equation or "", path, wildcards)
    if tree is None:
        return _NONE
    if tree.value != ("=",):
        scope.formulas.fault(path, "an equation has `=`", "such as `sigma(z) = y`")
    _check_used(where, tree, where_path, scope)
    left, right = tree.args
    return model.EquationIs(left, right, where)


def _claim(item: ConditionModel, path: Path_, scope: Scope) -> model.Condition:
    names = [name for name in scope.quantities if name not in scope.formulas.table.symbols]
    extra = [Symbol(name) for name in names]
    patterns = []
    for i, pattern in enumerate(item.claim.any if item.claim else []):
        here = (*path, "any", i)
        if " is " in pattern.says:
            tree = _property(pattern.says, here, scope, extra)
        else:
            tree = scope.formulas.chain(pattern.says, here, extra)
        if tree is not None:
            patterns.append(model.ClaimPattern(tree, pattern.remark))
    return model.ClaimIs(tuple(patterns))


PROPERTIES = frozenset(
    [
        *("increasing", "decreasing", "bounded", "constant", "continuous", "differentiable", "convex"),
        *("concave", "injective", "surjective", "bijective", "invertible", "unique", "symmetric"),
        *("finite", "even", "odd", "periodic", "independent", "divergent", "convergent"),
    ]
)


def _property(text: str, path: Path_, scope: Scope, extra: list[Symbol]) -> Expr | None:
    """`height is increasing`, `map is not injective`: a relation of a quantity to itself, named so."""
    name, _, said = text.partition(" is ")
    word = said.strip().removeprefix("not ").strip()
    if word not in PROPERTIES | {"there"}:
        hint = did_you_mean(word, sorted(PROPERTIES))
        scope.formulas.fault(path, f"`{word}` is no property that a claim can name", hint)
        return None
    subject = scope.formulas.read(name.strip(), path, extra)
    if subject is UNREAD:
        return None
    predicate = {"there": "exists", "convergent": "converges"}.get(word, word)
    return chain((subject, subject), ("not-" * said.strip().startswith("not ") + predicate,))


_BUILDERS: Mapping[str, Callable[[ConditionModel, Path_, Scope], model.Condition]] = {
    "any": _any,
    "all": _all,
    "answer": _answer,
    "line": _line,
    "states": _states,
    "derivative": _derivative,
    "value": _value,
    "equation": _equation,
    "claim": _claim,
}
