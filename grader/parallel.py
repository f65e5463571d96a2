"""One function over many items in several processes, results in order, memory bounded."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

CHUNK = 32
AHEAD = 4  # chunks that wait for each process


def map_ordered(
    function: Callable[[Item], Made],
    items: Iterable[Item],
    jobs: int,
    lost: Callable[[Item], Made],
    chunk: int = CHUNK,
) -> Iterator[Made]:
    """`function` of every item, in their order; with `jobs` over 1 in that many processes.

    Items are drawn as they are needed, and go to a process `chunk` at a time. `function` must be one
    that pickles. Where an item takes its process down with it (a crash in native code, no memory
    left), its result is `lost(item)`.
    """
    if jobs <= 1:
        yield from map(function, items)
        return
    source, left = iter(items), deque[Item]()
    while True:
        try:
            yield from _until_death(function, source, jobs, left, chunk)
            return
        except BrokenProcessPool:
            while left:
                yield from _one_by_one(function, left, lost)


def pool(jobs: int) -> ProcessPoolExecutor:
    """Worker processes that share nothing with this one: safe under threads."""
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))


def _until_death(
    function: Callable[[Item], Made], source: Iterator[Item], jobs: int, left: deque[Item], chunk: int
) -> Iterator[Made]:
    """The results up to the death of a process; `left` then holds what was drawn and not answered."""
    waiting: deque[Future[list[Made]]] = deque()
    with pool(jobs) as workers:
        while True:
            while len(waiting) < AHEAD * jobs and (drawn := list(islice(source, chunk))):
                left.extend(drawn)
                waiting.append(workers.submit(_each, function, drawn))
            if not waiting:
                return
            for made in waiting.popleft().result():
                left.popleft()
                yield made


def _each(function: Callable[[Item], Made], chunk: Sequence[Item]) -> list[Made]:
    return [function(item) for item in chunk]


def _one_by_one(
    function: Callable[[Item], Made], left: deque[Item], lost: Callable[[Item], Made]
) -> Iterator[Made]:
    """What is left, one at a time in one process, up to the first that takes it down."""
    with pool(1) as worker:
        while left:
            item = left.popleft()
            try:
                yield worker.submit(function, item).result()
            except BrokenProcessPool:
                yield lost(item)
                return
