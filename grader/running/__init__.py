"""Running: from a folder of submissions to results, one after the other or in several processes.

What is named here is imported when it is first used: a check of one file needs little of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.running.batch import grade_all
    from grader.running.crashes import crashed
    from grader.running.discover import Submission, one_submission, submissions_in
    from grader.running.grading import grade_folder

__all__ = ["Submission", "crashed", "grade_all", "grade_folder", "one_submission", "submissions_in"]

_HOMES = {
    "Submission": "discover",
    "crashed": "crashes",
    "grade_all": "batch",
    "grade_folder": "grading",
    "one_submission": "discover",
    "submissions_in": "discover",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
