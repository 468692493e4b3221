"""Reader processes beside the event loop. One that takes too long or too much is killed, and the page is given up."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from types import TracebackType
from typing import Any, Self

from scraper.errors import ReaderCrashed, ReaderTimeout
from scraper.reader_messages import LENGTH, ReadAnswer, ReadRequest, packed

PAGES_PER_PROCESS = 2000
"""A process is replaced after so many pages: parsers in C never give all of their memory back."""

START_SECONDS = 120.0
"""How long a process may take to begin, on a machine that has much else to do. No page pays for it."""


STOP_SECONDS = 10.0
"""How long to wait for a process that was killed. The system ends it in any case."""


class Readers:
    """A pool of reader processes, started when they are first needed.

    size: how many at most. seconds: how long one page may take. megabytes: address space of one process.
    """

    def __init__(self, size: int, *, seconds: float, megabytes: int) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._idle: asyncio.Queue[_Reader | None] = asyncio.Queue()
        for _ in range(size):
            self._idle.put_nowait(None)
        self._size = size

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def read(self, request: ReadRequest) -> ReadAnswer:
        """Read one capture in the next idle process. Raises `ReaderTimeout`, `ReaderCrashed`."""
        reader, kept = await self._idle.get(), None
        try:
            reader = reader or await _Reader.start(self._megabytes, self._seconds)
            answer = await asyncio.wait_for(reader.ask(request), self._seconds)
            kept = reader if reader.pages < PAGES_PER_PROCESS else None
            return answer
        except TimeoutError:
            raise ReaderTimeout(f"not read within {self._seconds:g} seconds; its capture is kept") from None
        except (EOFError, ConnectionError, pickle.UnpicklingError):
            raise ReaderCrashed(
                "the reader process ended: out of memory, or a fault in a parser; its capture is kept"
            ) from None
        finally:
            if kept is None and reader is not None:
                await reader.stop()
            self._idle.put_nowait(kept)

    async def close(self) -> None:
        """Stop every process."""
        for _ in range(self._size):
            if (reader := await self._idle.get()) is not None:
                await reader.stop()


class _Reader:
    def __init__(self, process: Process) -> None:
        self._process = process
        self.pages = 0

    @classmethod
    async def start(cls, megabytes: int, seconds: float) -> Self:
        command = (sys.executable, "-m", "scraper.reader_process", str(megabytes), str(seconds))
        # A process group of its own: Ctrl-C is for the crawl, which lets its readers finish what they hold.
        reader = cls(await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, process_group=0))
        try:
            await asyncio.wait_for(reader._receive(), START_SECONDS)
        except BaseException:
            await reader.stop()
            raise
        return reader

    async def ask(self, request: ReadRequest) -> ReadAnswer:
        assert self._process.stdin is not None
        self.pages += 1
        self._process.stdin.write(packed(request))
        await self._process.stdin.drain()
        answer: ReadAnswer = await self._receive()
        return answer

    async def _receive(self) -> Any:
        assert self._process.stdout is not None
        length = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))[0]
        return pickle.loads(await self._process.stdout.readexactly(length))  # noqa: S301 - our own process

    async def stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        # asyncio's wait() ends only when the pipes have, and a pipe with much in it is not read on by itself: communicate() does.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.communicate(), STOP_SECONDS)
