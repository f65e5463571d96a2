"""Which misconception explains a wrong line: mal-rules, applied at every node, one at a time."""

from grader.diagnosis.search import Case, Explanation, diagnose

__all__ = ["Case", "Explanation", "diagnose"]
