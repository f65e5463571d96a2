"""How fast the instructor's page answers: a graded class, and the groups of one five times as large.

    python -m bench.agreement.generate CLASS --count 1000 --seed 7
    grader grade CLASS --problems problems --out OUT
    python -m bench.review OUT

It asks over a real connection, one page after the other, and says the median, the 95th percentile and the
longest time in milliseconds, beside what is to be reached.
"""

from __future__ import annotations

import argparse
import http.client
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn

from grader.exports import results_jsonl
from grader.review.app import application
from grader.review.classroom import Classroom, Wish
from grader.review.items import key_of, version_of
from grader.review.safety import cookie_name
from grader.review.serving import listener_on
from grader.review.site import Settings, Site
from grader.running.overriding import Word
from grader.running.results import load_results
from grader.spec import find_homework, load_homework

KEY = "bench"
PAGES = ["/", "/answers", "/answers?look=doubt&sort=doubt", "/answers?question=q4&mark=A2:none&sort=points"]


def main() -> None:
    """Measures, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--problems", type=Path, default=Path("problems"))
    parser.add_argument("--times", type=int, default=5, help="how often the class is copied for the groups")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        small, large = Path(scratch) / "small", Path(scratch) / "large"
        copied(given.out, small, 1)
        copied(given.out, large, given.times)
        with serving(small, given.problems) as (site, ask):
            names = list(site.classroom.now.results)
            report(
                "an answer",
                100,
                [ask(f"/answer/{key_of(name)}/q{i % 5 + 1}") for i, name in enumerate(names)],
            )
            query = "?look=doubt&sort=doubt"
            report("the same in a queue", 100, [ask(f"/answer/{key_of(n)}/q4{query}") for n in names[:200]])
            report("lists", 300, [ask(path) for path in PAGES * 10])
            report("saving a mark", 300, list(saves(site, names[:40])))
        with serving(large, given.problems) as (site, ask):
            now = site.classroom.now
            print(f"a class of {len(now.results)}")
            groups = [site.grouping.of(now, q.id) for q in now.questions]
            paths = [f"/groups/{q.id}" for q in now.questions]
            report("groups", 300, [ask(path) for path in paths * 10])
            largest = [
                f"/group/{q.id}/{g.found[0].id}"
                for q, g in zip(now.questions, groups, strict=True)
                if g.found
            ]
            report("the largest group", 300, [ask(path) for path in largest * 10])
            report("an answer", 300, [ask(f"/answer/{key_of(n)}/q2") for n in list(now.results)[:100]])


def saves(site: Site, names: Sequence[str]) -> Iterator[float]:
    """A mark turned round, for one submission after the other; the first of them for all equal answers."""
    for equal, name in zip((True, *[False] * len(names)), names, strict=False):
        item = site.classroom.now.item(key_of(name), "q4")
        wish = Wish(item.key, "q4", version_of(item.question))
        word = Word({"A2": 0.5}, "bench", "bench", "2025-01-01T00:00:00+00:00", equal)
        start = time.perf_counter()
        site.classroom.override(wish, word)
        yield 1000 * (time.perf_counter() - start)


def copied(out: Path, to: Path, times: int) -> None:
    """A class whose answers stand there several times, under other names."""
    results = load_results(out)
    to.mkdir()
    if times == 1:
        shutil.copy(out / results_jsonl.NAME, to)
        return
    many = [replace(r, submission=f"{r.submission}-{i}") for i in range(times) for r in results]
    results_jsonl.write(many, to)


@contextmanager
def serving(out: Path, problems: Path) -> Iterator[tuple[Site, Ask]]:
    """The page on a port of its own, with its groups found."""
    homework = load_homework(find_homework(problems, Path(load_results(out)[0].homework)))
    start = time.perf_counter()
    site = Site(Classroom(out, homework), Settings(KEY, "bench"))
    print(f"read in {time.perf_counter() - start:.2f} s", end="; ")
    start = time.process_time()
    for question in site.classroom.now.questions:
        site.grouping.find(site.classroom.now, question.id)
    print(f"groups found in {time.process_time() - start:.2f} s of computing")
    listener = listener_on(0)
    server = uvicorn.Server(uvicorn.Config(application(site), log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield site, Ask(listener.getsockname()[1])
    server.should_exit = True
    thread.join()


class Ask:
    """Asks for pages over one connection, and says how long each took."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._headers = {"cookie": f"{cookie_name(f'127.0.0.1:{port}')}={KEY}"}

    def __call__(self, path: str) -> float:
        """Milliseconds from the question to the last byte of the answer."""
        start = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        answer.read()
        assert answer.status == 200, (path, answer.status)
        return 1000 * (time.perf_counter() - start)


def report(name: str, goal: float, times: Sequence[float]) -> None:
    """One line of the table."""
    ordered = sorted(times)
    at = ordered[int(0.95 * (len(ordered) - 1))]
    found = f"median {statistics.median(ordered):6.1f}  95% {at:6.1f}  longest {ordered[-1]:6.1f} ms"
    print(f"{name:22} {len(times):5} pages  {found}  (to reach: {goal:g})")


if __name__ == "__main__":
    main()
