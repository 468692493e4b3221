"""Reader processes beside the event loop. One that takes too long or too much ends, and the page is given up."""

from __future__ import annotations

import asyncio
import pickle
import socket
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import Process
from types import TracebackType
from typing import Any, Self

from scraper.errors import ReaderCrashed, ReaderTimeout
from scraper.reader_messages import LENGTH, LearnRequest, PageRequest, ReadAnswer, ReadRequest, packed
from scraper.reading.repeats import Repeats

PAGES_PER_PROCESS = 2000
"""A process is replaced after so many pages: parsers in C never give all of their memory back."""

START_SECONDS = 120.0
"""How long a process may take to begin, on a machine that has much else to do. No page pays for it."""


class Readers:
    """A pool of reader processes, started when they are first needed.

    size: how many at most. seconds: how long one page may take. megabytes: address space of one process.
    """

    def __init__(self, size: int, *, seconds: float, megabytes: int) -> None:
        self._seconds = seconds
        self._parent = _Parent(megabytes, seconds)
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

    async def read(self, request: ReadRequest | PageRequest) -> ReadAnswer:
        """Read one page in the next idle process. Raises `ReaderTimeout`, `ReaderCrashed`."""
        answer: ReadAnswer = await self._ask(request)
        return answer

    async def learn(self, request: LearnRequest) -> Repeats | None:
        """Learn what a site repeats, as long as one page may take. Raises `ReaderTimeout`, `ReaderCrashed`."""
        learned: Repeats | None = await self._ask(request)
        return learned

    async def _ask(self, request: ReadRequest | PageRequest | LearnRequest) -> Any:
        reader, kept = await self._idle.get(), None
        try:
            reader = reader or await self._parent.fork()
            async with asyncio.timeout(self._seconds):
                answer = await reader.ask(request)
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
                reader.leave()
            self._idle.put_nowait(kept)

    async def close(self) -> None:
        """Stop every process."""
        for _ in range(self._size):
            if (reader := await self._idle.get()) is not None:
                reader.leave()
        await self._parent.stop()


class _Parent:
    """The process that loads what readers need, once, and forks them: `scraper.reader_process`."""

    def __init__(self, megabytes: int, seconds: float) -> None:
        # What forks must not have threads, and numpy's library would start some.
        alone = ("env", "OPENBLAS_NUM_THREADS=1")
        self._command = (*alone, sys.executable, "-m", "scraper.reader_process", str(megabytes), str(seconds))
        self._starting = asyncio.Lock()
        self._process: Process | None = None

    async def fork(self) -> _Reader:
        """A new reader, ready to read."""
        async with self._starting:
            if self._process is None or self._process.returncode is not None:
                await self.stop()
                await self._start()
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self._control, [b"\0"], [theirs.fileno()])
        reader = _Reader(*await asyncio.open_connection(sock=ours))
        try:
            async with asyncio.timeout(START_SECONDS):
                await reader.receive()
        except BaseException:
            reader.leave()
            raise
        return reader

    async def _start(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            # A process group of its own: Ctrl-C is for the crawl, which lets its readers finish what they hold.
            self._process = await asyncio.create_subprocess_exec(*self._command, stdin=theirs.fileno(), process_group=0)

    async def stop(self) -> None:
        """End it, and with it what it forked, busy or not."""
        if self._process is not None:
            self._control.close()
            await self._process.wait()


class _Reader:
    """One reader process, at the other end of a socket. It ends when the socket is closed, or when a page takes too long."""

    def __init__(self, answers: StreamReader, requests: StreamWriter) -> None:
        self._answers, self._requests = answers, requests
        self.pages = 0

    async def ask(self, request: ReadRequest | PageRequest | LearnRequest) -> Any:
        self.pages += 1
        self._requests.write(packed(request))
        await self._requests.drain()
        return await self.receive()

    async def receive(self) -> Any:
        length = LENGTH.unpack(await self._answers.readexactly(LENGTH.size))[0]
        return pickle.loads(await self._answers.readexactly(length))  # noqa: S301 - our own process

    def leave(self) -> None:
        self._requests.close()
