"""Pages that somebody holds in hand, read by processes with a crawl's bounds, and given back in their order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TypeVar

from scraper.errors import ReaderFailed, ReaderTimeout
from scraper.reader_messages import PageRequest, ReadAnswer
from scraper.readers import Readers

T = TypeVar("T")

AHEAD = 3
"""Pages in memory for each process: the one it reads, the next, and one that is done while an earlier one is not."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Of one page: seconds, and megabytes of address space."""

    seconds: float
    megabytes: int


@dataclass(frozen=True, slots=True)
class BoundReaders:
    """Processes that read, how many, and what binds them."""

    readers: Readers
    jobs: int
    bounds: Bounds


@asynccontextmanager
async def bound_readers(jobs: int, bounds: Bounds) -> AsyncIterator[BoundReaders]:
    """Up to `jobs` processes, started when they are first needed, ended at the end."""
    async with Readers(jobs, seconds=bounds.seconds, megabytes=bounds.megabytes) as readers:
        yield BoundReaders(readers, jobs, bounds)


async def read_in_order(
    asked: Iterable[tuple[T, PageRequest | str]], bound: BoundReaders, take: Callable[[T, ReadAnswer], None]
) -> None:
    """Read pages. `take` gets each answer, with what it was asked for, in the order of `asked`.

    A sentence instead of a page says why there is none to read. A page that ends its process costs no other page.
    """
    waiting: deque[tuple[T, asyncio.Task[ReadAnswer]]] = deque()
    try:
        for name, request in asked:
            waiting.append((name, asyncio.create_task(_read(bound.readers, request, bound.bounds))))
            if len(waiting) >= bound.jobs * AHEAD:
                await _give(waiting, take)
        while waiting:
            await _give(waiting, take)
    finally:
        for _, task in waiting:
            task.cancel()
        await asyncio.gather(*(task for _, task in waiting), return_exceptions=True)


async def _give(waiting: deque[tuple[T, asyncio.Task[ReadAnswer]]], take: Callable[[T, ReadAnswer], None]) -> None:
    name, task = waiting[0]
    answer = await task
    waiting.popleft()
    take(name, answer)


async def _read(readers: Readers, request: PageRequest | str, bounds: Bounds) -> ReadAnswer:
    if isinstance(request, str):
        return ReadAnswer(None, ("no page", request))
    try:
        return await readers.read(request)
    except ReaderTimeout:
        return ReadAnswer(
            None, ("reader timeout", f"not read within {bounds.seconds:g} seconds (ELCHI_READER_SECONDS)")
        )
    except ReaderFailed:
        memory = f"more than {bounds.megabytes} megabytes (ELCHI_READER_MEGABYTES)"
        return ReadAnswer(None, ("reader crashed", f"its reader ended: {memory}, or a fault in a parser"))
