"""Running: from a folder of submissions to results, one after the other or in several processes."""

from __future__ import annotations

from grader.running.batch import crashed, grade_all
from grader.running.discover import Submission, one_submission, submissions_in
from grader.running.grading import grade_folder

__all__ = ["Submission", "crashed", "grade_all", "grade_folder", "one_submission", "submissions_in"]
