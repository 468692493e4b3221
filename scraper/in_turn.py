"""Asks a host when it is its turn: after the pause it wants, and not while another crawl on this machine asks it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from scraper.middlewares.back_off import BackOff
from scraper.middlewares.host_slot import slot_of_request
from scraper.tls import TlsPolicy, tls_failure
from storage.locks import FileLock, LastAsked, take_host

LOOK_SECONDS = 0.05
"""How often a crawl looks whether the other one has its answer."""


class InTurnHandler(HTTP11DownloadHandler):
    """Scrapy's own download handler, entered in turn.

    This is the last place before the network, behind the host's queue: what waits here holds up its own host and no other, and
    is not yet being timed. A host without a delay pays nothing.

    Reads ELCHI_TLS, which the spider sets: by host, what its source lets pass there; see `scraper.tls`.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._contextFactory = TlsPolicy(crawler.settings.getdict("ELCHI_TLS"))  # type: ignore[assignment] # zope's interfaces
        self._asking = crawler
        self._folder = Path(crawler.settings["ELCHI_HOME"]) / "locks"

    async def download_request(self, request: Request) -> Response:
        """The answer. Raises `LeftForLater` where the host is not asked again in this run, `TlsFailed` where TLS kept us from it."""
        host = slot_of_request(request)
        back_off = self._asking.get_downloader_middleware(BackOff)
        assert back_off is not None, "scraper/settings.py enables it"
        await back_off.wait(host)
        delay = self._delay_of(host)
        if not delay:
            return await self._download(request)
        async with turn(self._folder, host, delay):
            return await self._download(request)

    async def _download(self, request: Request) -> Response:
        try:
            return await super().download_request(request)
        except Exception as error:
            if (failure := tls_failure(error)) is not None:
                raise failure from error
            raise

    def _delay_of(self, host: str) -> float:
        slot = self._asking.engine.downloader.slots.get(host)
        return slot.delay if slot is not None else self._asking.settings.getfloat("DOWNLOAD_DELAY")


@asynccontextmanager
async def turn(folder: Path, host: str, delay_seconds: float) -> AsyncIterator[None]:
    """Alone with a host, from a moment when its delay has passed until its answer is here. folder: for lock files.

    The lock is not held while the delay passes: who holds it could keep it for all of its questions.
    """
    lock = await _take_turn(folder, host, delay_seconds)
    try:
        _note(lock, delay_seconds)  # for the case that we do not live to see the answer
        yield
    finally:
        _note(lock, delay_seconds)
        lock.release()


async def _take_turn(folder: Path, host: str, delay_seconds: float) -> FileLock:
    while True:
        lock = take_host(folder, host)
        if lock is None:
            await asyncio.sleep(LOOK_SECONDS)
            continue
        last = LastAsked.parse(lock.words)
        left = last.seconds_left(monotonic(), delay_seconds, os.getpid()) if last is not None else 0.0
        if not left:
            return lock
        lock.release()
        await asyncio.sleep(left)


def _note(lock: FileLock, delay_seconds: float) -> None:
    lock.write(str(LastAsked(monotonic(), delay_seconds, os.getpid())))
