"""All readers of the whole text, in the order in which each may rely on those before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from grader.notation.one_example import example_letters
from grader.records import Piece
from grader.working.knowledge import Knowledge
from grader.working.sides import with_sides
from grader.working.telling.angles import angle_bounds, with_angles
from grader.working.telling.forms import with_forms
from grader.working.telling.intervals import told_intervals
from grader.working.telling.laws import with_laws
from grader.working.telling.limits import places_of_limits
from grader.working.telling.matrices import with_matrices
from grader.working.telling.matrix_letters import with_abstract_matrices
from grader.working.telling.moduli import modulus_told
from grader.working.telling.numbers import told_numbers
from grader.working.telling.orders import leaves_out, with_centre, with_orders
from grader.working.telling.own_letters import with_letters, with_own_d, with_own_e
from grader.working.telling.polynomials import with_polynomials
from grader.working.telling.purposes import purpose_of
from grader.working.telling.rates import changing_names, moving_names, primed_names
from grader.working.telling.regions import with_region
from grader.working.telling.samples import with_samples
from grader.working.telling.series import with_series
from grader.working.telling.updates import updated_names
from grader.working.telling.vectors import with_vectors

Reader = Callable[[Sequence[Piece], Knowledge], Knowledge]


def _with_findings(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known, with what single words and spellings tell, which changes no letter's meaning."""
    prose = " ".join(piece.text.lower() for piece in pieces if piece.kind != "math")
    told = replace(
        known.told,
        purpose=purpose_of(prose),
        examples=example_letters(pieces, known.table),
        updated=updated_names(pieces),
        modular=modulus_told(pieces),
        angles=angle_bounds(pieces),
        moving=tuple(moving_names(pieces).items()),
        changing=changing_names(pieces),
        primed=primed_names(pieces),
        limits=places_of_limits(pieces),
        intervals=told_intervals(pieces, known.table),
        remainders=leaves_out(pieces),
        numbers=told_numbers(pieces),
    )
    return replace(known, told=told)


READERS: tuple[Reader, ...] = (
    with_orders,
    with_samples,
    with_laws,
    with_centre,
    with_region,
    with_abstract_matrices,
    with_matrices,
    with_sides,
    with_vectors,
    with_series,
    with_angles,
    with_polynomials,
    with_forms,
    _with_findings,
    with_letters,
    with_own_e,
    with_own_d,
)


def told_by(pieces: Sequence[Piece], known: Knowledge) -> Knowledge:
    """What is known before the first line is judged: what the text tells as a whole."""
    for reader in READERS:
        known = reader(pieces, known)
    return known
