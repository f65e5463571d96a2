"""What `read` and `read_rows` share: tokens of a source, the tree of tokens."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.expressions import build
from grader.expressions.nodes import Expr, TooLarge
from grader.expressions.symbols import SymbolTable
from grader.notation import (  # noqa: F401
    bars,
    binders,
    brackets,
    calculus,
    counting,
    functions,
    matrices,
    names,
    operators,
    quotients,
    relations,
    stacked,
)
from grader.notation.empty_groups import without_empty_groups
from grader.notation.errors import Problem, too_large
from grader.notation.latex_slopes import with_slopes
from grader.notation.latex_tokens import lex_latex
from grader.notation.misplaced import check_relations
from grader.notation.parser import Parser, unexpected
from grader.notation.respelled import respelled
from grader.notation.text_tokens import lex_text
from grader.notation.tokens import Lexed, Token, plain_characters
from grader.records import NotationError, Remark, Syntax

# A backslash that takes one set from another: `R \ {0}`.
_DIFFERENCE = re.compile(r"[^\\$]*\\\s*[{\[(][^\\$]*")
_WORD = re.compile(r"[A-Za-z]{3}")
_WORDED = re.compile(r"\{[^}]* (?:in|or) ")  # {x in R : x > 3}
_ONLY_LATEX = re.compile(r"[\\$]|[\^_]\{")
_EMPTY = re.compile(r"\{\s*\}")


def is_latex(source: str, syntax: Syntax) -> bool:
    """Which syntax a source is in: LaTeX if it has a backslash, `$`, or a brace and no spelled-out word."""
    if syntax != "auto":
        return syntax == "latex"
    if _DIFFERENCE.fullmatch(source):
        return False
    if "{" in source and _WORDED.search(source) and not _ONLY_LATEX.search(source):
        return False
    return "\\" in source or "$" in source or ("{" in source and _WORD.search(source) is None)


def lex(
    source: str, table: SymbolTable, latex: bool, macros: Mapping[str, tuple[int, str]], rows: bool
) -> Lexed:
    """The tokens of a source in either syntax; with `rows`, a new line of plain text is a row."""
    source = plain_characters(source)
    lexed = lex_latex(source, table, macros) if latex else lex_text(source, table, rows)
    respelled(lexed.tokens, table)
    if latex and "/" in source:
        with_slopes(lexed.tokens, table)
    if latex and _EMPTY.search(source):
        without_empty_groups(lexed.tokens)
    return lexed


def parse(
    tokens: list[Token], table: SymbolTable, latex: bool
) -> tuple[Expr | None, list[NotationError], list[Remark]]:
    """The tree of tokens that end with an `end` token; never raises."""
    parser = Parser(tokens, table, latex)
    try:
        tree = parser.group()
        if parser.tok.kind in (",", ";"):
            tree = _listed(parser, tree)
        if parser.tok.kind != "end":
            raise unexpected(parser.tok)
        check_relations(tree, tokens)
        return tree, [], parser.remarks
    except Problem as problem:
        return None, [problem.error], parser.remarks
    except RecursionError:  # how deep that is says nothing of the formula
        return None, [too_large("nested too deeply", tokens[0].start)], parser.remarks
    except (TooLarge, OverflowError, MemoryError) as fault:
        return None, [too_large(str(fault) or "nested too deeply", tokens[0].start)], parser.remarks


def _listed(parser: Parser, first: Expr) -> Expr:
    """Values in a row without brackets: `1, 2`, and `k = 1, 2, 3` where the list is what k may be."""
    groups = [[first]]
    while parser.tok.kind in (",", ";"):
        if parser.advance().kind == ";":
            groups.append([])
        groups[-1].append(parser.expr())
    items = [item for group in groups for item in group]
    if len(groups) > 1 and len(items) > len(groups):
        return build.sequence(*(build.sequence(*group) for group in groups))
    chained = first.head == "chain" and all(i.kind != "truth" for i in items[1:])
    if chained:
        last = build.sequence(first.args[-1], *items[1:])
        return build.chain((*first.args[:-1], last), first.value)
    if items[-1].head == "chain" and all(i.kind != "truth" for i in items[:-1]):
        head = build.sequence(*items[:-1], items[-1].args[0])
        return build.chain((head, *items[-1].args[1:]), items[-1].value)
    return build.sequence(*items)
