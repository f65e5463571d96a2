"""What a decorated name stands for, by the symbol table and by the defaults for undeclared names."""

from __future__ import annotations

from grader.expressions import build
from grader.expressions.nodes import Expr, Kind, node, walk
from grader.expressions.symbols import Symbol
from grader.notation.accents import is_over_name, is_unit_vector, over_expression, scanner_slip
from grader.notation.application import after_exponent, apply_name, bare_or_applied
from grader.notation.chances import SPELLED, holds_events, is_operator, is_perhaps_expectation
from grader.notation.commands import UPRIGHT
from grader.notation.fields import named_field
from grader.notation.labels import UNKNOWN_FUNCTIONS, Label, read_label
from grader.notation.lookup import by_parts, default_kind, find
from grader.notation.open_names import PERHAPS_KNOWN, letter_slope, perhaps_known
from grader.notation.parser import PREFIX, Parser
from grader.notation.partials import read_partial
from grader.notation.quantities import read_arguments, read_quantity, read_slope, width_of_call
from grader.notation.tokens import GREEK, VARIANTS, Token

BOLD_OPERATORS = {"vec(E)": UPRIGHT["E"], "vec(P)": UPRIGHT["P"]}  # \mathbf{E}[X]
_COUNTING = frozenset("nkrmijN")


def _name(p: Parser, tok: Token) -> Expr:
    following = p.tok.kind
    if following not in ("_", "'", "^", "(", "[") and tok.kind != "accent":
        return _simple(p, tok)
    if tok.kind == "accent" and not is_over_name(p) and not is_unit_vector(p, tok):
        return over_expression(p, tok)
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
    symbol, rest = by_parts(p.table, label)
    conjugated = _conjugated(p, label, symbol, rest)
    if conjugated is not None:
        return conjugated
    if symbol is None:
        return _undeclared(p, label)
    if not rest:
        return (
            apply_name(p, label, symbol.expr, symbol)
            if symbol.kind == "function"
            else read_quantity(p, symbol)
        )
    if symbol.kind == "function":
        if rest.strip("'") == "":
            return apply_name(p, label, build.derived(symbol.expr, len(rest)), symbol)
        if rest[0] == "^" and rest[2:-1].strip("()").isdigit():
            return apply_name(p, label, build.derived(symbol.expr, int(rest[2:-1].strip("()"))), symbol)
        partial = read_partial(p, symbol, rest) if rest[0] == "_" else None
        if partial is not None:
            return partial
        renamed = build.symbol(symbol.name + rest, "function")
        return apply_name(p, label, renamed, symbol)
    slope = read_slope(p, symbol, len(rest)) if not rest.strip("'") else None
    if slope is not None:
        return slope
    if label.indices is not None and rest.startswith("_"):
        kind: Kind = "scalar" if symbol.kind in ("vector", "matrix") else symbol.kind
        return _indexed(
            label, build.symbol(symbol.name + label.above + "'" * label.primes, symbol.kind), kind
        )
    component = symbol.kind == "vector" and rest[1:].isdigit()
    return build.symbol(symbol.name + rest, "scalar" if component else symbol.kind)


def _conjugated(p: Parser, label: Label, symbol: Symbol | None, rest: str) -> Expr | None:
    """`\\bar z` and `z^*` of a declared complex number."""
    if symbol is not None:
        starred = symbol.kind == "complex" and rest == "^*"
        return build.call("conj", symbol.expr, kind="complex") if starred else None
    if not label.base.startswith("bar(") or label.above or label.primes:
        return None
    inner, bars = label.base, 0
    while inner.startswith("bar("):
        inner, bars = inner[len("bar(") : -1], bars + 1
    held = find(p.table, inner + label.below)
    if held is None or held.kind != "complex":
        return None
    return build.call("conj", held.expr, kind="complex") if bars % 2 else held.expr


def _indexed(label: Label, family: Expr, kind: Kind) -> Expr:
    assert label.indices is not None
    return node("index", (family, *label.indices), None, kind)


def _undeclared(p: Parser, label: Label) -> Expr:
    base = label.base
    repaired = scanner_slip(p, label)
    if repaired is not None:
        return repaired
    whole = _letters_of(p, base) if not (label.below or label.above or label.primes) else None
    if whole is not None:
        return whole
    if base in BOLD_OPERATORS and p.tok.kind in ("(", "["):
        base = label.base = BOLD_OPERATORS[base]
    kind = default_kind(p.table, base)
    if kind == "function":
        return apply_name(p, label, build.symbol(label.spelled(), kind), None)
    decorated = bool(label.below or label.above or label.primes)
    if not decorated and base in _CONSTANTS and base not in p.bound:
        return _CONSTANTS[base]
    if base == "h" and not decorated and _is_plain_elsewhere(p, base):
        return build.symbol(base)
    if base in UNKNOWN_FUNCTIONS or _called(p, label):
        function = _unknown_function(p, label)
        if function is not None:
            return named_field(_combinations(function))
    if not decorated and is_perhaps_expectation(p, base):
        return _perhaps_expectation(p, label)
    if not decorated and base in PERHAPS_KNOWN and p.tok.kind == "(" and not _is_plain_elsewhere(p, base):
        return perhaps_known(p, label)
    slope = letter_slope(p, label)
    if slope is not None:
        return slope
    if base == "Gamma" and not decorated and p.tok.kind == "(":
        return build.call("gamma", *read_arguments(p))
    if label.indices is not None:
        return _indexed(label, build.symbol(base + label.above + "'" * label.primes, kind), kind)
    return build.symbol(label.spelled(), kind)


def _combinations(tree: Expr) -> Expr:
    """`C(n, k)` of numbers that count is a binomial coefficient."""
    if tree.head != "apply" or tree.args[0].value != "C" or len(tree.args) != 3:
        return tree
    leaves = [leaf for a in tree.args[1:] for leaf in walk(a) if not leaf.args]
    counting = all(
        leaf.value in _COUNTING if leaf.head == "symbol" else leaf.head == "number" for leaf in leaves
    )
    return build.call("binomial", *tree.args[1:]) if counting else tree


def _is_plain_elsewhere(p: Parser, letter: str) -> bool:
    """Whether a letter stands somewhere as a number: h in `h(x + 1)/h`."""
    pairs = zip(p.toks, p.toks[1:], strict=False)
    return any(
        a.kind == "name" and a.text == letter and b.kind not in ("(", "'", "_", "^", "rel", "[")
        for a, b in pairs
    )


def _called(p: Parser, label: Label) -> bool:
    """An undeclared name that can only be a function: a word before a bracket, `E[X]`, or `u(x, t)`."""
    if p.tok.kind not in ("(", "["):
        return False
    word = label.base.split("(")[-1].rstrip(")")
    if label.primes and not label.above and _holds_one_name(p):
        return True
    if label.start == p.toks[0].start and _holds_one_name(p) and _is_sign(p.toks[p.pos + 3], "="):
        return True  # `V(x) = ...` says what V is
    if word == "E" and label.below and p.tok.kind == "[":
        return True  # `E_p[x]`, by the distribution p
    if (len(word) > 1 and word not in VARIANTS and word not in GREEK) or is_operator(p, word):
        return True
    return p.tok.kind == "(" and (p.calls or width_of_call(p) > 1 or holds_events(p))


def _holds_one_name(p: Parser) -> bool:
    """`(x)`, as in y'(x)."""
    inner = [t.kind for t in p.toks[p.pos : p.pos + 3]]
    return inner == ["(", "name", ")"]


def _is_sign(tok: Token, sign: str) -> bool:
    return tok.kind == "rel" and tok.text == sign


def _letters_of(p: Parser, base: str) -> Expr | None:
    """`\\mathbf{AB}` of declared matrices A and B, as their product."""
    inner = base[len("vec(") : -1]
    found = [find(p.table, letter) for letter in inner] if base.startswith("vec(") and inner.isalpha() else []
    known = [s.expr for s in found if s is not None]
    return build.mul(*known) if len(inner) > 1 and len(known) == len(inner) else None


def _perhaps_expectation(p: Parser, label: Label) -> Expr:
    """`E(X)`: E times X, or the expectation of X; before an exponent, the expectation."""
    applied = apply_name(p, label, build.symbol("E", "function"), None)
    if p.tok.kind == "^" or applied.head != "apply" or len(applied.args) != 2:
        return applied
    return build.choice("either:expectation", build.mul(build.symbol("E"), applied.args[1]), applied)


def _unknown_function(p: Parser, label: Label) -> Expr | None:
    start = p.pos
    above = label.above[2:-1].strip("()") if label.above.startswith("^{(") else ""
    base = SPELLED.get(label.base, label.base)
    name = build.symbol(base + label.below, "function")
    order = label.primes + (int(above) if above.isdigit() else 0)
    if label.above and not order:
        name = build.symbol(base + label.below + label.above, "function")
    function = build.derived(name, order) if order else name
    if p.tok.kind in ("(", "["):
        return apply_name(p, label, function, None)
    if p.tok.kind == "^" and p.toks[after_exponent(p)].kind == "(":
        return apply_name(p, label, function, None)
    p.seek(start)
    return None


PREFIX |= {"plain": plain_name, "name": _name, "word": _name, "accent": _name, "diff": _name}
