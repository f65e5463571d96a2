"""The contestants: each answers in a process of its own, so that a hang costs one pair only."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import venv
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.pairs.load import ROOT, Pair

HERE = Path(__file__).parent / "contestants"
GUARD_SECONDS = 20.0
PACKAGES = ("math-verify==0.9.0", "latex2sympy2_extended==1.11.0", "antlr4-python3-runtime==4.13.2")
ENVIRONMENT = Path(tempfile.gettempdir()) / "grader-bench-peers"


@dataclass(frozen=True, slots=True)
class Contestant:
    """A program that reads pairs as JSON lines and answers `equal`, `different` or `unknown`."""

    name: str
    script: str
    python: Path


@dataclass(frozen=True, slots=True)
class Answer:
    """What a contestant said of a pair, and how long it took."""

    verdict: str
    seconds: float


def contestants(with_peers: bool = True) -> tuple[Contestant, ...]:
    """This project first; the peers from an environment that is made when it is missing."""
    ours = Contestant("grader", "ours.py", Path(sys.executable))
    if not with_peers:
        return (ours,)
    python = _environment()
    return (
        ours,
        Contestant("math-verify 0.9.0", "math_verify_peer.py", python),
        Contestant("sympy simplify", "sympy_simplify.py", python),
        Contestant("sympy equals", "sympy_equals.py", python),
        Contestant("mitx-grading-library", "mitx.py", python),
    )


def _environment() -> Path:
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "mitx-grading-library"], check=False)
    return python


class Process:
    """One contestant at work; started again after it hung or died."""

    def __init__(self, contestant: Contestant) -> None:
        self.contestant = contestant
        self.child: subprocess.Popen[str] | None = None
        self.restarts = 0

    def ask(self, pair: Pair) -> Answer:
        """The verdict; `stopped` if there was none in time."""
        child = self.child or self._start()
        question = json.dumps(
            {
                "student": pair.student,
                "reference": pair.reference,
                "syntax": pair.syntax,
                "symbols": dict(pair.symbols),
                "options": dict(pair.options),
            }
        )
        guard = threading.Timer(GUARD_SECONDS, child.kill)
        guard.start()
        start = perf_counter()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(question + "\n")
            child.stdin.flush()
            line = child.stdout.readline()
        except OSError:
            line = ""
        finally:
            guard.cancel()
        seconds = perf_counter() - start
        if not line:
            self.close()
            self.restarts += 1
            return Answer("stopped", seconds)
        found = json.loads(line)
        return Answer(found["verdict"], found["seconds"])

    def _start(self) -> subprocess.Popen[str]:
        self.child = subprocess.Popen(
            [self.contestant.python, HERE / self.contestant.script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
        )
        assert self.child.stdout is not None
        self.child.stdout.readline()  # it says when it is ready
        return self.child

    def close(self) -> None:
        """Ends the process."""
        if self.child is not None:
            with suppress(OSError):
                self.child.kill()
            self.child.wait()
            self.child = None
