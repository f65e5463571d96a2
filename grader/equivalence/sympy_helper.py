"""The helper process: pickled questions in on standard input, pickled answers out (see `asking`)."""

from __future__ import annotations

import os
import pickle
import sys
from contextlib import suppress

from grader.equivalence.sympy_work import answer


def main() -> None:
    """Answers until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    with suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            answers.write(pickle.dumps(answer(pickle.load(sys.stdin.buffer))))
            answers.flush()


if __name__ == "__main__":
    main()
