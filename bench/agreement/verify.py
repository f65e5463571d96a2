"""Checks the labels a second time, by numbers: every formula that can be evaluated, at random points.

    python -m bench.agreement.verify

A label is in doubt when the first formula that is false is not the labelled first error, or when an accuracy
or method mark that follows from its definition is labelled otherwise. Claims in words (question 3) have only
their formulas checked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from bench.agreement.catalogue import load_variants
from bench.agreement.checking import Checker, Finding, reference, same, worlds
from bench.agreement.records import UNSPECIFIED, Variant
from bench.agreement.verify_methods import method_doubts
from bench.agreement.world import World


def _right(finding: Finding, variant: Variant, world: World, follow: str) -> bool:
    if variant.question == "q5" and "@" in finding.final_text:
        return False  # not a function of y alone
    wanted = reference(variant.question, world, follow)
    return same(wanted, finding.final, variant.question == "q4", finding.final_text)


def doubts(variant: Variant, follow: str = "") -> Iterator[str]:
    """What the numbers say against the labels of one variant."""
    found = [Checker(variant, world, follow).run() for world in worlds(variant.question)]
    lines = {finding.false_line for finding in found}
    label = variant.first_error
    if (
        label != UNSPECIFIED
        and lines != {label}
        and not (variant.question == "q3" or "?" in str(variant.lines))
    ):
        yield f"first error labelled {label}, computed {sorted(map(str, lines))} {found[0].false_text}"
    accuracy = variant.marks[-1]
    finals = [finding.final for finding in found]
    if (
        variant.question != "q3"
        and variant.group != "odd"
        and accuracy != UNSPECIFIED
        and all(final is not None for final in finals)
    ):
        pairs = zip(found, worlds(variant.question), strict=True)
        right = all(_right(finding, variant, world, follow) for finding, world in pairs)
        if int(right) != accuracy:
            yield f"accuracy mark labelled {accuracy}, computed {int(right)}"
    yield from method_doubts(variant, follow)


def main() -> int:
    """Prints the doubts; 1 if there are any."""
    variants = load_variants()
    finals = {variant.id: variant.final for variant in variants["q2"]}
    count = bad = 0
    for question, entries in variants.items():
        for variant in entries:
            count += 1
            for after in variant.after or ("",):
                for doubt in doubts(variant, finals.get(after, "")):
                    bad += 1
                    print(f"{question} {variant.id}{' after ' + after if after else ''}: {doubt}")
    print(f"{count} variants, {bad} doubts")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
