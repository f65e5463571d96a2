"""Awarding marks: what the scheme says, from what its conditions found. Knows no mathematics."""

from grader.marking.award import Awarded, award

__all__ = ["Awarded", "award"]
