"""Floating-point samples of trees at a few common points, many mutants at once.

They only point at candidates: what they find is confirmed exactly afterwards. NumPy is imported here and
nowhere else in the diagnosis, so that it is loaded when the first wrong line is met.
"""

from grader.diagnosis.samples.sampler import Sampler, sampler_for
from grader.diagnosis.samples.values import Unfit, Value, agree, proportional, ratios

__all__ = ["Sampler", "Unfit", "Value", "agree", "proportional", "ratios", "sampler_for"]
