"""Measures the grading of a whole class: first run, second run, memory of a worker, killed and resumed.

    python -m bench.batch [--count 1000] [--seed 7] [--jobs 2]

The material is bench/agreement's. Run by hand: the figures are of the machine and what else it does.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.agreement.generate import generate

PROBLEMS = Path(__file__).parents[1] / "problems" / "homework3"
SAMPLE = 0.1  # seconds between looks at the workers


@dataclass
class Run:
    """One run of `grader grade`: seconds, processor seconds of it and its workers, workers' memory in MB."""

    seconds: float = 0.0
    processor: float = 0.0
    memory: dict[int, list[float]] = field(default_factory=dict)

    def peak(self) -> float:
        """The most that any worker had."""
        return max((max(seen) for seen in self.memory.values()), default=0.0)

    def growth(self) -> float:
        """How much a worker grew over the second half of its life, at most."""
        return max((seen[-1] - seen[len(seen) // 2] for seen in self.memory.values()), default=0.0)


def graded(folder: Path, out: Path, cache: Path, jobs: int, *more: str, kill_at: int = 0) -> Run:
    """Grades, and watches the workers; with `kill_at` the run is killed when so many are done."""
    command = [sys.executable, "-m", "grader", "grade", str(folder), "--problems", str(PROBLEMS)]
    command += ["--out", str(out), "--jobs", str(jobs), *more]
    environment = {**os.environ, "GRADER_CACHE": str(cache)}
    run, before, start = Run(), os.times(), time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
    while process.poll() is None:
        watch(process.pid, run)
        if kill_at and done(out) >= kill_at:
            process.kill()
        time.sleep(SAMPLE)
    after = os.times()
    run.seconds = time.perf_counter() - start
    run.processor = sum(after[2:4]) - sum(before[2:4])
    if process.returncode and not kill_at:
        raise SystemExit(f"grader failed with {process.returncode}: {' '.join(command)}")
    return run


def watch(parent: int, run: Run) -> None:
    """Notes the memory of every worker (Linux; elsewhere nothing is noted)."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        for thread in Path(f"/proc/{parent}/task").iterdir():
            children += (thread / "children").read_text().split()
    except OSError:
        return
    for child in set(children):
        try:
            pages = int(Path(f"/proc/{child}/statm").read_text().split()[1])
        except (OSError, IndexError):
            continue
        run.memory.setdefault(int(child), []).append(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)


def done(out: Path) -> int:
    """How many submissions the draft holds."""
    draft = out / "results.jsonl.part"
    return draft.read_bytes().count(b"\n") if draft.is_file() else 0


def same(first: Path, second: Path) -> bool:
    """Whether two folders hold the same files."""
    files = [
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (first, second)
    ]
    return files[0] == files[1]


def main() -> None:
    """Prints the figures beside what they should reach."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=2)
    wish = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="grader-bench-"))
    try:
        measure(work, wish.count, wish.seed, wish.jobs)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def measure(work: Path, count: int, seed: int, jobs: int) -> None:
    """The runs, one after the other."""
    folder, out = work / "class", work / "out"
    generate(folder, count, seed)
    first = graded(folder, out, work / "cache", jobs)
    print(f"first run: {first.seconds:.1f} s, {first.processor:.1f} s of processor (target 12 s, 24 s)")
    print(f"  {1000 * first.processor / count:.1f} ms of processor a submission")
    print(f"  memory of a worker: {first.peak():.0f} MB at most, {first.growth():+.0f} MB late (250, flat)")
    second = graded(folder, out, work / "cache", jobs)
    print(f"second run: {second.seconds:.2f} s, {second.processor:.2f} s of processor (target 2 s)")
    elsewhere = graded(folder, work / "elsewhere", work / "cache", jobs)
    print(f"into another folder: {elsewhere.seconds:.2f} s; the same files: {same(out, work / 'elsewhere')}")
    killed = graded(folder, work / "killed", work / "cache2", jobs, kill_at=max(1, count // 5))
    resumed = graded(folder, work / "killed", work / "cache2", jobs, "--resume")
    print(
        f"killed after {killed.seconds:.1f} s, resumed in {resumed.seconds:.1f} s; "
        f"the same files: {same(out, work / 'killed')}"
    )


if __name__ == "__main__":
    main()
