"""Pages that somebody holds in hand, read by processes with a crawl's bounds, and given back in their order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
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


async def read_in_order(
    asked: Iterable[tuple[T, PageRequest | str]], jobs: int, bounds: Bounds, take: Callable[[T, ReadAnswer], None]
) -> None:
    """Read pages in up to `jobs` processes. `take` gets each answer, with what it was asked for, in the order of `asked`.

    A sentence instead of a page says why there is none to read. A page that ends its process costs no other page.
    """
    waiting: deque[tuple[T, asyncio.Task[ReadAnswer]]] = deque()
    async with Readers(jobs, seconds=bounds.seconds, megabytes=bounds.megabytes) as readers:
        try:
            for name, request in asked:
                waiting.append((name, asyncio.create_task(_read(readers, request, bounds))))
                if len(waiting) >= jobs * AHEAD:
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
