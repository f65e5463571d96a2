"""Names as written: the letter or word, and everything that decorates it."""

from __future__ import annotations

from dataclasses import dataclass

from grader.expressions.nodes import Expr
from grader.notation.errors import Problem
from grader.notation.parser import Parser
from grader.notation.tokens import Token

UNKNOWN_FUNCTIONS = frozenset(["f", "g", "h", "F", "G", "H", "phi", "varphi", "psi", "sigma"])
INDEX_LETTERS = frozenset("ijklmn")
BOLD = "vec"  # what bold type and arrows are spelled as
MAX_PRIMES = 20
_LABELS_ABOVE = frozenset("tijklmnsrT")


@dataclass(slots=True)
class Label:
    """A name as written: `\\hat{y}_i^{(t)}'` is base hat(y), below "_i", above "^{(t)}", one prime."""

    base: str
    start: int
    below: str = ""
    indices: tuple[Expr, ...] | None = None
    above: str = ""
    primes: int = 0

    def spelled(self) -> str:
        return self.base + self.below + self.above + "'" * self.primes


def read_label(p: Parser, tok: Token) -> Label:
    """The name that starts with `tok` (already consumed), with everything that decorates it."""
    label = Label(_base(p, tok), tok.start)
    while True:
        kind = p.tok.kind
        if kind == "_":
            if label.below:
                raise Problem(p.tok.start, "subscript", "a second subscript stands here", "put both in one")
            _read_below(p, label)
        elif kind == "'":
            label.primes += len(p.advance().text)
            if label.primes > MAX_PRIMES:
                raise Problem(label.start, "too-large", "there are too many primes here to be read")
        elif kind != "^" or not _read_above(p, label):
            return label


def _base(p: Parser, tok: Token) -> str:
    if tok.kind in ("name", "word", "diff"):
        return tok.text
    opener = p.tok
    if opener.kind == "{" or (opener.kind == "(" and not p.latex):
        p.advance()
        inner = p.advance()
        if inner.kind not in ("name", "word", "accent", "diff"):
            raise Problem(inner.start, "decoration", f"`\\{tok.text}` goes over a name")
        base = read_label(p, inner).spelled()
        while p.tok.kind == "name":
            base += p.advance().text
        p.expect("}" if opener.kind == "{" else ")", opener)
    else:
        inner = p.advance()
        if inner.kind == "end":
            raise Problem(
                tok.start, "missing-argument", f"`\\{tok.text}` has no argument", "put a name under it"
            )
        if inner.kind not in ("name", "word", "accent", "diff"):
            raise Problem(inner.start, "decoration", f"`\\{tok.text}` goes over a name")
        base = _base(p, inner)
    doubled = tok.text == BOLD and base.startswith(BOLD + "(")
    return base if doubled else f"{tok.text}({base})"


def _read_below(p: Parser, label: Label) -> None:
    mark = p.advance()
    start = p.pos
    if p.tok.kind == "end":
        raise Problem(mark.start, "missing-argument", "`_` has no subscript")
    stop = p.group_end(start)
    inside = p.toks[start:stop]
    if inside[0].kind == "{":
        inside = inside[1:-1]
    if not inside or inside[0].kind in ("^", "_", "rel", ")", "}", ","):
        raise Problem(mark.start, "missing-argument", "`_` has no subscript")
    text = "".join(_shown(t) for t in inside)
    label.below = f"_{text}" if len(text) == 1 else f"_{{{text}}}"
    if p.table.find(label.base + label.below) is None and _is_index(inside):
        label.indices = _indices(p, inside)
    p.seek(stop)


def _shown(tok: Token) -> str:
    return tok.text if tok.text else tok.kind


def _is_index(inside: list[Token]) -> bool:
    letters = 0
    for tok in inside:
        if tok.kind == "name" and tok.text in INDEX_LETTERS:
            letters += 1
        elif tok.kind not in ("num", "+", "-", ",", "*", "(", ")"):
            return False
    return letters > 0 and inside[-1].kind in ("name", "num", ")")


def _indices(p: Parser, inside: list[Token]) -> tuple[Expr, ...]:
    parts: list[list[Token]] = [[]]
    for tok in inside:
        if tok.kind == ",":
            parts.append([])
        elif tok.kind == "name" and parts[-1] and parts[-1][-1].kind == "name":
            parts.append([tok])
        else:
            parts[-1].append(tok)
    out = []
    for part in parts:
        end = Token("end", "", inside[-1].end, inside[-1].end)
        inner = Parser([*part, end], p.table, p.latex)
        inner.bound = [*p.bound, "i"]
        out.append(inner.expr())
        if inner.tok.kind != "end":
            raise Problem(inner.tok.start, "subscript", "this subscript cannot be read")
    return tuple(out)


def _read_above(p: Parser, label: Label) -> bool:
    """An exponent that belongs to the name: a prime, a star, a label in brackets."""
    first = p.peek()
    stop = p.group_end(p.pos + 1)
    inside = p.toks[p.pos + 1 : stop]
    if first.kind == "{":
        inside = inside[1:-1]
    kinds = [t.kind for t in inside]
    if kinds and set(kinds) == {"'"}:
        p.seek(stop)
        label.primes += sum(len(t.text) for t in inside)
        return True
    if kinds in (["*"], ["star"], ["cdot"]) and not label.above:
        p.seek(stop)
        label.above = "^*"
        return True
    if len(kinds) > 1 and kinds[0] in ("*", "star") and first.kind == "{" and not label.above:
        del p.toks[p.pos + 2]  # w^{*T}: the star belongs to the name, the rest stays an exponent
        label.above = "^*"
        return True
    if (
        len(kinds) == 3
        and (kinds[0], kinds[2], first.kind) == ("(", ")", "{")
        and label.base != "e"
        and not label.above
    ):
        held = inside[1]
        if (held.kind == "name" and held.text in _LABELS_ABOVE) or held.kind == "num":
            p.seek(stop)
            label.above = f"^{{({held.text})}}"
            return True
    of_exponent = not p.latex and first.kind == "name"  # `e^z1`, in plain text
    if p.toks[stop].kind == "_" and not label.below and not of_exponent:  # x^2_i: belongs to the name
        end = p.group_end(stop + 1)
        p.toks[p.pos : end] = [*p.toks[stop:end], *p.toks[p.pos : stop]]
        p.seek(p.pos)
        return True
    return False
