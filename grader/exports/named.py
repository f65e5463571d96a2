"""The exports that have a name: what `grader export --to NAME` writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from grader.exports import (
    bundles,
    canvas,
    class_json,
    classroom,
    gradescope,
    junit,
    moodle,
    nbgrader,
    spreadsheet,
)
from grader.exports.gradebook import Gradebook, Written

EXPORTS: dict[str, Callable[[Gradebook, Path], Written]] = {
    "csv": spreadsheet.write,
    "json": class_json.write,
    "gradescope": gradescope.write,
    "canvas": canvas.write,
    "moodle": moodle.write,
    "nbgrader": nbgrader.write,
    "junit": junit.write,
    "classroom": classroom.write,
    "feedback": bundles.write_plain,
    "moodle-feedback": bundles.write_moodle,
    "canvas-feedback": bundles.write_canvas,
}
"""By name; each writes into a folder, and raises SubmissionError where it cannot."""

PERSONAL = frozenset(["canvas", "moodle", "feedback", "moodle-feedback", "canvas-feedback"])
"""What cannot be made without saying who is who."""
