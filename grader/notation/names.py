"""Names with all their decorations: what they are called, and what they stand for."""

from __future__ import annotations

from dataclasses import dataclass

from grader.expressions import build
from grader.expressions.nodes import Expr, Kind, node
from grader.expressions.symbols import Symbol, SymbolTable
from grader.notation.application import after_exponent, apply_name, bare_or_applied
from grader.notation.errors import Problem
from grader.notation.parser import PREFIX, Parser
from grader.notation.tokens import CLOSERS, GREEK, OPENERS, VARIANTS, Token

UNKNOWN_FUNCTIONS = frozenset(["f", "g", "h", "F", "G", "H", "phi", "varphi", "psi", "sigma"])
INDEX_LETTERS = frozenset("ijklmn")
_LABELS_ABOVE = frozenset("tijklmnsrT")
_BOLD = "vec"
MAX_PRIMES = 20
_FADED = ("cal", "frak")


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


# -- looking up ---------------------------------------------------------------------------------------


def find(table: SymbolTable, spelled: str) -> Symbol | None:
    """The declared symbol that a spelling means: as it is, by another font, Greek variant or capital."""
    known = table.by_spelling
    found = known.get(spelled)
    if found is not None or not known:
        return found
    base, mark, tail = spelled.partition("(")
    if mark and tail.endswith(")"):
        inner = tail[:-1]
        if base == _BOLD:
            plain = find(table, inner)
            return plain if plain is not None and plain.kind in ("vector", "matrix") else None
        if base in _FADED:
            return find(table, inner)
        return None
    variant = VARIANTS.get(spelled)
    if variant is not None:
        return known.get(variant)
    if len(spelled) > 2 and spelled.isalpha():
        return known.get(spelled.lower()) or known.get(spelled.capitalize()) or known.get(spelled.upper())
    return None


def _by_parts(table: SymbolTable, label: Label) -> tuple[Symbol | None, str]:
    """The longest declared part of a name, and the decorations left over."""
    primes = "'" * label.primes
    for kept, rest in (
        (label.base + label.below + label.above + primes, ""),
        (label.base + label.below + label.above, primes),
        (label.base + label.below, label.above + primes),
        (label.base, label.below + label.above + primes),
    ):
        found = find(table, kept)
        if found is not None:
            return found, rest
    return None, ""


# -- reading ------------------------------------------------------------------------------------------


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
    doubled = tok.text == _BOLD and base.startswith(_BOLD + "(")
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
    if p.toks[stop].kind == "_" and not label.below:  # x^2_i: the subscript belongs to the name
        end = p.group_end(stop + 1)
        p.toks[p.pos : end] = [*p.toks[stop:end], *p.toks[p.pos : stop]]
        p.seek(p.pos)
        return True
    return False


# -- meaning ------------------------------------------------------------------------------------------


def _name(p: Parser, tok: Token) -> Expr:
    following = p.tok.kind
    if following not in ("_", "'", "^", "(") and tok.kind != "accent":
        return _simple(p, tok)
    if tok.kind == "accent" and not _over_name(p):
        return _over_expression(p, tok)
    label = read_label(p, tok)
    return meaning(p, label)


def _simple(p: Parser, tok: Token) -> Expr:
    """A name without decoration; remembered, since most are."""
    found = p.memo.get(tok.text)
    if found is None:
        found = p.memo[tok.text] = _lookup(p, tok.text, tok)
    tree, symbol = found
    if symbol is not None and symbol.kind == "function":
        return bare_or_applied(p, tree, symbol, tok)
    if tree.head == "constant" and tok.text in p.bound:
        return build.symbol(tok.text)
    return tree


def variable_name(p: Parser) -> Expr:
    """The name that stands here as a variable: never applied, never a constant."""
    tok = p.advance()
    label = read_label(p, tok)
    symbol, rest = _by_parts(p.table, label)
    if symbol is not None and not rest:
        return symbol.expr
    return build.symbol(label.spelled(), "vector" if label.base.startswith(_BOLD + "(") else "scalar")


def plain_name(p: Parser, tok: Token) -> Expr:
    """The name alone, whatever follows it."""
    tree, _ = _lookup(p, tok.text, tok)
    return build.symbol(tok.text) if tree.head == "constant" and tok.text in p.bound else tree


_CONSTANTS = {"pi": build.PI, "e": build.E, "i": build.constant("i"), "oo": build.INFINITY}


def _lookup(p: Parser, text: str, tok: Token) -> tuple[Expr, Symbol | None]:
    symbol = find(p.table, text)
    if symbol is not None:
        return symbol.expr, symbol
    constant = _CONSTANTS.get(text)
    if constant is not None and not _ranges(p):
        return constant, None
    return build.symbol(text), None


def _ranges(p: Parser) -> bool:
    """`i = 1` and `i \\in ...`: the letter is a counter, not the imaginary unit."""
    before = p.toks[p.pos - 2].kind if p.pos >= 2 else "end"
    text = p.toks[p.pos - 1].text
    return (
        text == "i"
        and p.tok.kind == "rel"
        and p.tok.text in ("=", "in", "<", "<=")
        and before in ("end", ",", ";", "(")
    )


def meaning(p: Parser, label: Label) -> Expr:
    """What a decorated name stands for, applied to its arguments if it is a function."""
    symbol, rest = _by_parts(p.table, label)
    if symbol is None:
        return _undeclared(p, label)
    if not rest:
        return (
            apply_name(p, label, symbol.expr, symbol)
            if symbol.kind == "function"
            else _quantity(p, symbol, label)
        )
    if symbol.kind == "function":
        if rest.strip("'") == "":
            return apply_name(p, label, build.derived(symbol.expr, len(rest)), symbol)
        if rest[0] == "^" and rest[2:-1].strip("()").isdigit():
            return apply_name(p, label, build.derived(symbol.expr, int(rest[2:-1].strip("()"))), symbol)
        renamed = build.symbol(symbol.name + rest, "function")
        return apply_name(p, label, renamed, symbol)
    if label.indices is not None and rest.startswith("_"):
        kind: Kind = "scalar" if symbol.kind in ("vector", "matrix") else symbol.kind
        return _indexed(
            label, build.symbol(symbol.name + label.above + "'" * label.primes, symbol.kind), kind
        )
    component = symbol.kind == "vector" and rest[1:].isdigit()
    return build.symbol(symbol.name + rest, "scalar" if component else symbol.kind)


def _indexed(label: Label, family: Expr, kind: Kind) -> Expr:
    assert label.indices is not None
    return node("index", (family, *label.indices), None, kind)


def _quantity(p: Parser, symbol: Symbol, label: Label) -> Expr:
    """A declared quantity, perhaps written with the variables that it depends on: Loss(x, y, w)."""
    if p.tok.kind != "(":
        return symbol.expr
    width = _width(p)
    if width < 2 and not _names_parameter(p, symbol):
        return symbol.expr  # a product
    start = p.tok.start
    arguments = _arguments(p)
    if all(a in symbol.parameters for a in arguments):
        return symbol.expr
    if len(arguments) == len(symbol.parameters):
        out = symbol.expr
        for parameter, argument in zip(symbol.parameters, arguments, strict=True):
            if parameter is not argument:
                out = node("at", (out, parameter, argument), None, symbol.kind)
        return out
    if all(a.head == "symbol" for a in arguments):
        return symbol.expr
    raise Problem(start, "arguments", f"`{symbol.name}` does not take these {len(arguments)} arguments")


def _width(p: Parser) -> int:
    """How many arguments the bracket that opens here holds."""
    depth = 0
    commas = 0
    for tok in p.toks[p.pos :]:
        if tok.kind in OPENERS:
            depth += 1
        elif tok.kind in CLOSERS:
            depth -= 1
            if depth == 0:
                break
        elif depth == 1 and tok.kind in (",", ";"):
            commas += 1
    return commas + 1


def _names_parameter(p: Parser, symbol: Symbol) -> bool:
    """`Loss(w)`: the bracket holds one name, and it is a variable of the quantity."""
    start = p.pos
    p.advance()
    found: Expr | None = None
    if p.tok.kind in ("name", "accent") and symbol.parameters:
        try:
            found = variable_name(p)
        except Problem:
            found = None
    closes = p.tok.kind == ")"
    p.seek(start)
    return closes and found in symbol.parameters


def _arguments(p: Parser) -> tuple[Expr, ...]:
    from grader.notation.brackets import read_list

    opener = p.advance()
    return read_list(p, opener, ")")


def _undeclared(p: Parser, label: Label) -> Expr:
    base = label.base
    repaired = _scanner_slip(p, label)
    if repaired is not None:
        return repaired
    kind = _default_kind(p.table, base)
    if kind == "function":
        return apply_name(p, label, build.symbol(label.spelled(), kind), None)
    decorated = bool(label.below or label.above or label.primes)
    if not decorated and base in _CONSTANTS and base not in p.bound:
        return _CONSTANTS[base]
    if base in UNKNOWN_FUNCTIONS or _called(p, label):
        function = _unknown_function(p, label)
        if function is not None:
            return function
    if base == "Gamma" and not decorated and p.tok.kind == "(":
        return build.call("gamma", *_arguments(p))
    if label.indices is not None:
        return _indexed(label, build.symbol(base + label.above + "'" * label.primes, kind), kind)
    return build.symbol(label.spelled(), kind)


def _default_kind(table: SymbolTable, base: str) -> Kind:
    """Bold and arrowed letters are vectors; an accent over a declared name keeps its kind."""
    accent, mark, inner = base.partition("(")
    if not mark:
        return "scalar"
    if accent == _BOLD:
        return "vector"
    symbol = find(table, inner[:-1])
    return symbol.kind if symbol is not None else _default_kind(table, inner[:-1])


def _called(p: Parser, label: Label) -> bool:
    """An undeclared name that can only be a function: a word before a bracket, or `u(x, t)`."""
    if p.tok.kind != "(":
        return False
    if p.calls:
        return True
    word = label.base.split("(")[-1].rstrip(")")
    if len(word) > 1 and word not in VARIANTS and word not in GREEK:
        return True
    return _width(p) > 1


def _unknown_function(p: Parser, label: Label) -> Expr | None:
    start = p.pos
    above = label.above[2:-1].strip("()") if label.above.startswith("^{(") else ""
    name = build.symbol(label.base + label.below, "function")
    order = label.primes + (int(above) if above.isdigit() else 0)
    if label.above and not order:
        name = build.symbol(label.base + label.below + label.above, "function")
    function = build.derived(name, order) if order else name
    if p.tok.kind == "(":
        return apply_name(p, label, function, None)
    if p.tok.kind == "^" and p.toks[after_exponent(p)].kind == "(":
        return apply_name(p, label, function, None)
    p.seek(start)
    return None


def _scanner_slip(p: Parser, label: Label) -> Expr | None:
    """`\\bar{\\sigma}'` of a declared function: a scanner's sigma^{-1}; both readings are kept."""
    if not label.base.startswith(("bar(", "tilde(")) or label.below:
        return None
    symbol = find(p.table, label.base.partition("(")[2][:-1])
    if symbol is None or symbol.kind != "function":
        return None
    one = p.tok.kind == "^" and _is_one(p)
    if not label.primes and not one:
        return None
    if one:
        p.seek(p.group_end(p.pos + 1))
    p.remark(
        "scanner-repair",
        f"read as the inverse of {symbol.name}: the scanner seems to have lost the minus",
        label.start,
    )
    literal = build.symbol(label.base, "function")
    other = build.derived(literal, label.primes) if label.primes else literal
    tag = f"scanner:{label.spelled()}"
    if p.tok.kind != "(":
        return build.choice(tag, build.inverse(symbol.expr), other)
    arguments = _arguments(p)
    return build.choice(
        tag, build.apply(build.inverse(symbol.expr), *arguments), build.apply(other, *arguments)
    )


def _is_one(p: Parser) -> bool:
    inside = [t.text for t in p.toks[p.pos + 1 : p.group_end(p.pos + 1)] if t.kind not in ("{", "}")]
    return inside in (["1"], ["-"], ["-", "'"])


# -- accents over expressions -------------------------------------------------------------------------


def _over_name(p: Parser) -> bool:
    """Whether the argument of an accent is a single (decorated) name."""
    first = p.tok
    if first.kind == "(" and not p.latex:
        depth = 0
        for place in range(p.pos, len(p.toks)):
            depth += (p.toks[place].kind == "(") - (p.toks[place].kind == ")")
            if depth == 0:
                return _is_one_name(p, p.toks[p.pos + 1 : place])
        return False
    if first.kind != "{":
        return first.kind in ("name", "word", "accent", "diff", "end", "}")
    return _is_one_name(p, p.toks[p.pos + 1 : p.group_end(p.pos) - 1])


def _is_one_name(p: Parser, inside: list[Token]) -> bool:
    if not inside:
        return True
    if (
        inside[0].kind in ("name", "word")
        and inside[0].text in ("i",)
        and len(inside) == 1
        and p.table.find("i") is None
    ):
        return False
    letters = all(t.kind == "name" for t in inside)
    return (letters and (len(inside) < 3)) or (
        inside[0].kind in ("name", "word", "accent") and _one_name(inside)
    )


def _one_name(inside: list[Token]) -> bool:
    """A name with primes, sub- and superscripts, and nothing else."""
    place = 1
    depth = 0
    for place, tok in enumerate(inside[1:], 1):
        if tok.kind == "{":
            depth += 1
        elif tok.kind == "}":
            depth -= 1
        elif (
            depth == 0
            and tok.kind not in ("_", "'", "^")
            and inside[place - 1].kind not in ("_", "^", "accent")
        ):
            return False
    return True


def _over_expression(p: Parser, tok: Token) -> Expr:
    start = p.tok
    inside = p.argument(tok)
    if tok.text == "bar":
        return build.call("conj", inside, kind=inside.kind)
    if tok.text == "vec":
        return inside  # bold type over a number or a formula changes nothing
    if tok.text == "underline":
        return inside
    raise Problem(start.start, "decoration", f"`\\{tok.text}` goes over a name")


PREFIX |= {"plain": plain_name, "name": _name, "word": _name, "accent": _name, "diff": _name}
