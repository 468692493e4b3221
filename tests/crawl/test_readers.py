"""Reader processes that hang, die or run out of memory take one page with them, and never the crawl."""

from __future__ import annotations

import asyncio
import gzip
import os
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from scraper.errors import ReaderCrashed, ReaderTimeout
from scraper.reader_messages import ReadAnswer, ReadRequest
from scraper.reader_process import GRACE_SECONDS
from scraper.readers import Readers
from scraper.reading.model import Found, Rules
from storage.warc import Exchange, WarcWriter
from tests.crawl.command import Elchi
from tests.crawl.evidence import assert_sound
from tests.crawl.odd_web import OddWeb, says
from tests.crawl.sources import article, listing, text_of, write_source

MEGABYTES = 700
T = TypeVar("T")
URL = "http://fine.test/news/1"
LONG = "<p>One paragraph of very many that say the same.</p>" * 10_000


@pytest.fixture
def warc(tmp_path: Path) -> Iterator[WarcWriter]:
    with WarcWriter(tmp_path, "readers", software="test") as warc:
        yield warc


def request(warc: WarcWriter, body: bytes, *, max_bytes: int = 10_000_000, **headers: str) -> ReadRequest:
    """A page that lies in the WARC."""
    sent = [(b"Content-Type", b"text/html"), *((name.encode(), value.encode()) for name, value in headers.items())]
    ref = warc.write(Exchange(URL, "GET", [], 200, sent, body, datetime(2026, 11, 22, tzinfo=UTC)))
    return ReadRequest(warc.folder / ref.warc_file, ref.offset, URL, Rules(languages=("en",)), Found(), max_bytes)


def endless(folder: Path) -> ReadRequest:
    """A page that can never be read: its file is a pipe that nobody writes to."""
    path = folder / "pipe"
    os.mkfifo(path)
    return ReadRequest(path, 0, URL, Rules(), Found(), 1000)


def assert_reads(answer: ReadAnswer, name: str) -> None:
    assert answer.failure is None, answer.failure
    assert answer.reading is not None
    assert answer.reading.text == text_of(name)


def test_a_reader_that_hangs_ends(warc: WarcWriter, tmp_path: Path) -> None:
    async def scene() -> None:
        async with Readers(1, seconds=1, megabytes=MEGABYTES) as readers:
            with pytest.raises(ReaderTimeout, match="not read within 1 seconds; its capture is kept"):
                await readers.read(endless(tmp_path))
            [hanging] = processes()
            assert_reads(await readers.read(request(warc, article("after").encode())), "after")
            await asyncio.sleep(GRACE_SECONDS + 0.5)
            [other] = processes()
            assert other != hanging

    asyncio.run(scene())


def test_readers_that_hang_end_with_the_crawl(warc: WarcWriter, tmp_path: Path) -> None:
    async def scene() -> None:
        async with Readers(1, seconds=60, megabytes=MEGABYTES) as readers:
            assert_reads(await readers.read(request(warc, article("before").encode())), "before")
            [pid] = processes()
            reading = asyncio.create_task(readers.read(endless(tmp_path)))
            await asyncio.sleep(0.5)
            reading.cancel()
        await asyncio.wait_for(until(lambda: not is_running(pid)), 10)

    asyncio.run(scene())


def test_a_reader_that_is_killed_is_replaced(warc: WarcWriter, tmp_path: Path) -> None:
    async def scene() -> None:
        async with Readers(1, seconds=30, megabytes=MEGABYTES) as readers:
            assert_reads(await readers.read(request(warc, article("before").encode())), "before")
            [pid] = processes()
            reading = asyncio.create_task(readers.read(endless(tmp_path)))
            await asyncio.sleep(0.1)
            os.kill(pid, signal.SIGKILL)
            with pytest.raises(ReaderCrashed, match="its capture is kept"):
                await reading
            assert_reads(await readers.read(request(warc, article("after").encode())), "after")
        assert not children(os.getpid())

    asyncio.run(scene())


def test_what_forks_the_readers_is_replaced_too(warc: WarcWriter, tmp_path: Path) -> None:
    async def scene() -> None:
        async with Readers(2, seconds=30, megabytes=MEGABYTES) as readers:
            reading = asyncio.create_task(readers.read(endless(tmp_path)))
            [busy] = await until(processes)
            [parent] = children(os.getpid())
            os.kill(parent, signal.SIGKILL)
            await until(lambda: not children(os.getpid()))
            assert_reads(await readers.read(request(warc, article("other").encode())), "other")
            os.kill(busy, signal.SIGKILL)
            with pytest.raises(ReaderCrashed):
                await reading
            assert_reads(await readers.read(request(warc, article("after").encode())), "after")

    asyncio.run(scene())


def test_a_reader_that_needs_too_much_memory_gives_the_page_up(warc: WarcWriter) -> None:
    async def scene() -> None:
        bomb = gzip.compress(bytes(10 << 20)) * 90
        async with Readers(1, seconds=60, megabytes=MEGABYTES) as readers:
            with pytest.raises(ReaderCrashed, match="out of memory"):
                await readers.read(request(warc, bomb, max_bytes=2 << 30, **{"Content-Encoding": "gzip"}))
            assert_reads(await readers.read(request(warc, article("after").encode())), "after")

    asyncio.run(scene())


def test_ctrl_c_and_terminate_are_for_the_crawl_alone(warc: WarcWriter) -> None:
    """A signal to every process of a service must not lose the pages that are being read."""

    async def scene() -> None:
        async with Readers(1, seconds=30, megabytes=MEGABYTES) as readers:
            assert_reads(await readers.read(request(warc, article("before").encode())), "before")
            [parent], [pid] = children(os.getpid()), processes()
            assert os.getpgid(pid) == os.getpgid(parent) != os.getpgid(0)
            for number in (signal.SIGINT, signal.SIGTERM):
                os.killpg(parent, number)
            assert_reads(await readers.read(request(warc, article("after").encode())), "after")
            assert processes() == [pid]

    asyncio.run(scene())


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    words = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(word) for word in words.split()]


def processes() -> list[int]:
    """The reader processes of this one."""
    return [reader for parent in children(os.getpid()) for reader in children(parent)]


async def until(ask: Callable[[], T]) -> T:
    """The first answer that is true, or not empty."""
    while not (answer := ask()):  # noqa: ASYNC110 - what is waited for happens in another process
        await asyncio.sleep(0.02)
    return answer


def is_running(pid: int) -> bool:
    """Whether a process has not ended."""
    return Path(f"/proc/{pid}").exists()


def test_a_crawl_outlives_its_readers(tmp_path: Path) -> None:
    """In a tenth of a second nobody has read a page of many megabytes: every page is given up, and every capture stays."""
    paths = [f"/news/{number}" for number in range(1, 5)]
    answers = {path: says(200, article(f"place {path[-1]}").replace("</body>", LONG + "</body>")) for path in paths}
    write_source(tmp_path / "catalogue", "slow", ("slow.test",), "http://slow.test/news")
    with OddWeb({"slow.test": {"/news": says(200, listing(*paths)), **answers}}) as web:
        elchi = Elchi(tmp_path / "home", tmp_path / "catalogue", web.proxy).with_settings(ELCHI_READER_SECONDS=0.1)
        elchi.crawl(code=None)
    tally = elchi.ledger(1)["sources"]["slow"]
    assert {name: failure["count"] for name, failure in tally["failures"].items()} == {"reader timeout": 4}
    assert elchi.export() == []
    assert_sound(elchi)
