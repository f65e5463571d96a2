"""The command line: one verb a module, no logic of its own.

Exit codes: 0 done, 1 a check below what is needed or examples that are not as expected, 2 wrong usage or a
spec or path that cannot be used, 3 a fault of the program.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

DONE, USAGE, FAULT = 0, 2, 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; what it returns is the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:  # before anything is imported
        from grader import __version__

        print(f"grader {__version__}")
        return DONE
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot show a character is no reason to stop
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(given, owned=arguments is None)
    except BrokenPipeError:  # the reader of our output has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as bad:
        return _report(bad)


def _run(arguments: list[str], owned: bool) -> int:
    from grader.cli.app import app
    from grader.worker import collect_seldom

    if owned:
        collect_seldom()
    try:
        app(arguments, prog_name="grader")
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # the command line library ends so
            raise end.__context__ from None
        return end.code if isinstance(end.code, int) else DONE if end.code is None else FAULT
    return DONE


def _report(bad: Exception) -> int:
    """Says what went wrong to the one who can mend it: the author, the caller, or us."""
    from grader.errors import SpecError, SubmissionError

    if isinstance(bad, SpecError):
        print("\n".join(str(fault) for fault in bad.faults), file=sys.stderr)
        return USAGE
    if isinstance(bad, SubmissionError):
        print(f"grader: {bad}", file=sys.stderr)
        return USAGE
    if isinstance(bad, OSError) and bad.filename is not None:
        print(f"grader: {bad.filename}: {bad.strerror}", file=sys.stderr)
        return USAGE
    import traceback

    traceback.print_exception(bad)
    print("grader: a fault of the program itself; please report it with the lines above", file=sys.stderr)
    return FAULT
