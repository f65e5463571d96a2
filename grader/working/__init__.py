"""Following a derivation: chains, continuations, definitions; the verdict on each step."""

from grader.working.follow import follow
from grader.working.knowledge import Fact, Knowledge, Target
from grader.working.records import Line, Statement, Step, Working

__all__ = ["Fact", "Knowledge", "Line", "Statement", "Step", "Target", "Working", "follow"]
