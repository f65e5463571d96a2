"""Formulas that belong together: conditions beside a statement, alternatives joined by "or", lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.expressions.build import chain
from grader.expressions.nodes import Expr, node
from grader.expressions.rewrite import readings
from grader.working import cues
from grader.working.entailment import unknowns
from grader.working.knowledge import Knowledge
from grader.working.records import Line

BESIDE = frozenset(["comma", "where", "for", "if", "and", "when", "list", "column"])
ORDERED = frozenset(["<", "<=", ">", ">=", "!=", "in"])


def is_condition(line: Line) -> bool:
    """Whether a segment is a side condition of its row (`x^2 = 4, x > 0`), to be known before the rest."""
    tree = line.segment.tree
    if tree is None or tree.head != "chain" or line.segment.leading:
        return False
    if line.intro.startswith(",") and cues.LEADS.match(line.outro):
        return False
    if cues.REASON.match(line.intro):
        return set(tree.value) == {"="} or _bounds_a_name(tree)
    beside = line.segment.connector in BESIDE or bool(cues.FOLLOWED_BY_CONDITION.match(line.intro))
    return beside and all(op in ORDERED for op in tree.value)


def _bounds_a_name(tree: Expr) -> bool:
    """`R > 0`, by which one of several values is taken."""
    bounded = tree.args[0].head == "symbol" and not unknowns(tree.args[-1])
    return bounded and len(tree.args) == 2 and tree.value[0] in ORDERED


def conditions_first(lines: Sequence[Line]) -> list[Line]:
    """The lines with conditions before what they stand behind, as they are to be known there.

    >>> # g' > 0 for x < 1 and g' < 0 for x > 1 -> x < 1, g' > 0, x > 1, g' < 0
    """
    ordered: list[Line] = []
    start = 0
    for index, line in enumerate(lines):
        goes_on = index + 1 < len(lines) and is_condition(lines[index + 1])
        if is_condition(line) and not goes_on:
            ordered.extend(sorted(lines[start : index + 1], key=lambda one: not is_condition(one)))
            start = index + 1
    return [*ordered, *lines[start:]]


def rejects(line: Line) -> bool:
    """Whether prose throws the equation out: `x = 1 fails`."""
    tree = line.segment.tree
    equation = tree is not None and tree.head == "chain" and tree.value == ("=",)
    return equation and bool(cues.REJECTED.match(line.outro) or _thrown_out(line))


def _thrown_out(line: Line) -> bool:
    """Whether the words before a value throw it out: "reject $x = -2$"."""
    return _valued(line) is not None and bool(cues.REJECTS.search(line.intro))


def is_end(line: Line, before: Line | None) -> bool:
    """Whether a value is one of two ends, or names a line, and nothing is claimed: "from $x=0$ to $x=3$"."""
    if not _is_value(line):
        return False
    if cues.LINES.search(line.intro):
        return True
    if cues.FROM.search(line.intro):
        return bool(cues.TO.match(line.outro or "to"))
    first = before is not None and _is_value(before) and bool(cues.FROM.search(before.intro))
    return first and bool(cues.TO.fullmatch(line.intro))


def _is_value(line: Line) -> bool:
    """Whether an equation says what number a name is."""
    tree = line.segment.tree
    return tree is not None and _valued(line) is not None and not unknowns(readings(tree, 1)[0].args[1])


def runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of a row, those together that "or" joins, or that give values for one name."""
    held: list[Line] = []
    if _is_of_pairs(lines):
        yield list(lines)
        return
    for line in lines:
        if held and not _joins(held, line):
            yield held
            held = []
        held.append(line)
    if held:
        yield held


def _is_of_pairs(lines: Sequence[Line]) -> bool:
    """`x = 3, y = 4 or x = 4, y = 3`: several names, and each alternative says what all of them are."""
    if len(lines) < 4 or not all(_is_value(line) and not line.segment.leading for line in lines):
        return False
    parts = _alternatives(lines)
    named = [tuple(_valued(line) for line in part) for part in parts]
    return len(parts) > 1 and len(named[0]) > 1 and len(set(named)) == 1 and len(set(named[0])) > 1


def _alternatives(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines between one "or" and the next."""
    parts: list[list[Line]] = []
    for line in lines:
        if not parts or joined(line) == "or":
            parts.append([])
        parts[-1].append(line)
    return parts


def _trees(lines: Sequence[Line]) -> tuple[Expr, ...]:
    return tuple(readings(line.segment.tree, 1)[0] for line in lines if line.segment.tree is not None)


def pairs(lines: Sequence[Line], known: Knowledge) -> Expr | None:
    """Values of several names, which alternatives give together, as one truth."""
    if not _is_of_pairs(lines):
        return None
    wholes = [
        node(
            "and", tuple(readings(one.segment.tree, 1)[0] for one in part if one.segment.tree), None, "truth"
        )
        for part in _alternatives(lines)
    ]
    whole = node("or", tuple(wholes), None, "truth")
    return whole if unknowns(whole) & known.constrained() else None


def _joins(held: Sequence[Line], line: Line) -> bool:
    how = joined(line)
    if line.segment.leading or any(item.segment.leading for item in held):
        return False
    if how == "or":
        return True
    if how not in ("comma", "list", "and", "column"):
        return False
    return are_values((*held, line))


def _valued(line: Line) -> Expr | None:
    """The name that an equation says what it is."""
    tree = line.segment.tree
    if tree is None or tree.head != "chain" or tree.value != ("=",):
        return None
    tree = readings(tree, 1)[0]
    return tree.args[0] if tree.args[0].head == "symbol" else None


def disjunction(lines: Sequence[Line], known: Knowledge) -> Expr | None:
    """`x = 1 or x = 4` as one truth, where the facts already speak of the unknown; else None."""
    trees = [line.segment.tree for line in lines]
    if len(lines) < 2 or any(line.segment.leading for line in lines):
        return None
    parts = [_ends(readings(t, 1)[0]) for t in trees if t is not None and t.head == "chain"]
    if len(parts) != len(lines) or not all(_simple(part) for part in parts):
        return None
    open_names = {s for e in parts for s in unknowns(e)}
    if not open_names & known.constrained():
        return None
    return node("or", tuple(parts), None, "truth")


def _ends(part: Expr) -> Expr:
    """`x = 9` of `x = 3^2 = 9`."""
    long = len(part.args) > 2 and set(part.value) == {"="}
    return chain((part.args[0], part.args[-1]), ("=",)) if long else part


def _simple(part: Expr) -> bool:
    return set(part.value) <= ORDERED or part.value == ("=",)


def are_values(lines: Sequence[Line]) -> bool:
    """Whether several lines list what one name may be (`u = 1 and u = 2`, `y = x and y = x^2`)."""
    names = {_valued(line) for line in lines}
    return len(lines) > 1 and len(names) == 1 and None not in names


def joined(line: Line) -> str:
    """How a line is joined to the one before it, by a word in the maths or in the prose."""
    if line.segment.connector:
        return line.segment.connector
    if cues.ALTERNATIVE.match(line.intro):
        return "or"
    return "comma" if cues.LIST.match(line.intro) else ""
