"""Equations between logarithms, freed of them: exp is one-to-one, so exp(L) = exp(R) is L = R."""

from __future__ import annotations

from collections.abc import Iterable

from grader.equivalence.truths import Link
from grader.expressions.build import call
from grader.expressions.nodes import Expr


def freed(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links, with both sides of each equation that has a logarithm as a term put under exp."""
    return tuple(_freed(link) for link in links)


def _freed(link: Link) -> Link:
    if link.operator != "=" or not (_has_logarithm(link.left) or _has_logarithm(link.right)):
        return link
    return Link("=", call("exp", link.left), call("exp", link.right))


def _has_logarithm(tree: Expr) -> bool:
    """Whether a term of the tree is a logarithm, perhaps times something."""
    if tree.head in ("add", "mul"):
        return any(_has_logarithm(part) for part in tree.args)
    return tree.head == "call" and tree.value == "ln"
