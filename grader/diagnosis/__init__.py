"""Which misconception explains a wrong line: mal-rules, applied at every node, one at a time."""

from grader.diagnosis.search import diagnose

__all__ = ["diagnose"]
