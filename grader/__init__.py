"""grader: reads a written solution, checks its mathematics line by line, and awards marks with evidence.

    import grader
    grader.compare("2(x + 1)", "2x + 2").verdict            # "equal"
    homework = grader.load_homework("problems/homework3")
    grader.grade("submissions/homework3/seed", homework).earned

What is named here is what others may rely on; it is imported when it is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.comparing import compare, compare_many
    from grader.pipeline import check_working, grade
    from grader.spec import load_homework

__version__ = "0.1.0"

__all__ = ["__version__", "check_working", "compare", "compare_many", "grade", "load_homework"]

_HOMES = {
    "check_working": "pipeline",
    "compare": "comparing",
    "compare_many": "comparing",
    "grade": "pipeline",
    "load_homework": "spec",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
