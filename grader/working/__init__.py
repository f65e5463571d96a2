"""Following a derivation: chains, continuations, definitions; the verdict on each step."""

from grader.working.follow import follow
from grader.working.knowledge import Fact, Knowledge, Target
from grader.working.records import Line, Statement, Step, Working
from grader.working.stand_ins import possible_readings, stand_ins

__all__ = [
    "Fact",
    "Knowledge",
    "Line",
    "Statement",
    "Step",
    "Target",
    "Working",
    "follow",
    "possible_readings",
    "stand_ins",
]
