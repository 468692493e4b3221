"""The one writer: batches, one bad change that fails alone, and a database that goes away."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from scraper.writer import BATCH, Writer
from storage.database import Database
from storage.errors import DatabaseBusy, StorageError, WarcFull
from storage.warc import WarcWriter
from tests.storage.warc.exchanges import exchange


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(f"sqlite:///{tmp_path / 'writer.sqlite'}", busy_seconds=0.1) as database:
        with database.write() as session:
            session.execute(text("CREATE TABLE kept (number INTEGER PRIMARY KEY)"))
        yield database


def keep(number: int) -> Callable[[Session], int]:
    def change(session: Session) -> int:
        session.execute(text("INSERT INTO kept VALUES (:number)"), {"number": number})
        return number

    return change


def kept(database: Database) -> list[int]:
    with database.read() as session:
        return list(session.scalars(text("SELECT number FROM kept ORDER BY number")))


def run(
    database: Database, scene: Callable[[Writer], Awaitable[Any]], sync: Callable[[], None] = lambda: None
) -> tuple[Any, Writer, list[StorageError]]:
    """What a scene returns once its writer is closed, and what the writer said when it broke."""
    broken: list[StorageError] = []

    async def play() -> tuple[Any, Writer]:
        writer = Writer(database, broken.append, sync=sync)
        result = await scene(writer)
        await writer.close()
        return result, writer

    return *asyncio.run(play()), broken


def test_changes_queue_up_and_are_saved_together(database: Database) -> None:
    begun = []
    event.listen(database._engine, "begin", begun.append)

    async def scene(writer: Writer) -> list[int]:
        return list(await asyncio.gather(*(writer.do(keep(number)) for number in range(3 * BATCH))))

    result, _, broken = run(database, scene)
    assert result == list(range(3 * BATCH)) == kept(database)
    assert not broken
    assert len(begun) <= 5


def test_what_is_left_is_saved_when_the_writer_closes(database: Database) -> None:
    async def scene(writer: Writer) -> None:
        for number in range(10):
            writer.later(keep(number))

    _, writer, _ = run(database, scene)
    assert kept(database) == list(range(10))
    assert writer.lost == 0


def test_one_bad_change_fails_alone(database: Database) -> None:
    async def scene(writer: Writer) -> list[Any]:
        numbers = (1, 2, 2, 3)  # the second 2 is there already
        return list(await asyncio.gather(*(writer.do(keep(number)) for number in numbers), return_exceptions=True))

    result, _, broken = run(database, scene)
    assert [type(each).__name__ for each in result] == ["int", "int", "IntegrityError", "int"]
    assert kept(database) == [1, 2, 3]
    assert not broken


def test_a_change_with_a_fault_of_ours_keeps_nobody_waiting(database: Database) -> None:
    def faulty(_: Session) -> None:
        raise TypeError("a fault")

    async def scene(writer: Writer) -> list[Any]:
        changes = (keep(1), faulty, keep(2))
        return list(await asyncio.gather(*map(writer.do, changes), return_exceptions=True))

    result, _, broken = run(database, scene)
    assert [type(each).__name__ for each in result] == ["int", "TypeError", "int"]
    assert kept(database) == [1, 2]
    assert not broken


def test_a_change_that_nobody_waits_for_is_counted_when_it_is_lost(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene(writer: Writer) -> None:
        for number in (1, 1, 2):
            writer.later(keep(number))

    with caplog.at_level(logging.ERROR):
        _, writer, _ = run(database, scene)
    assert kept(database) == [1, 2]
    assert writer.lost == 1
    assert "a change was not saved" in caplog.text


def test_a_database_that_stays_locked_breaks_the_writer_once(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.writer.TRIES", 1)
    lock = sqlite3.connect(tmp_path / "writer.sqlite", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")

    async def scene(writer: Writer) -> list[Any]:
        first = await asyncio.gather(writer.do(keep(1)), writer.do(keep(2)), return_exceptions=True)
        lock.close()
        writer.later(keep(3))
        return [*first, *await asyncio.gather(writer.do(keep(4)), return_exceptions=True)]

    result, writer, broken = run(database, scene)
    assert {type(each) for each in result} == {DatabaseBusy}
    assert len(broken) == 1
    assert writer.lost == 1
    assert kept(database) == []


def test_a_database_that_is_locked_for_a_moment_is_waited_for(database: Database, tmp_path: Path) -> None:
    lock = sqlite3.connect(tmp_path / "writer.sqlite", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")

    async def scene(writer: Writer) -> int:
        saving = asyncio.create_task(writer.do(keep(1)))
        await asyncio.sleep(0.3)  # longer than one try takes
        lock.close()
        return await saving

    result, _, broken = run(database, scene)
    assert result == 1
    assert not broken


def test_who_can_wait_shares_a_transaction(database: Database) -> None:
    begun = []
    event.listen(database._engine, "begin", begun.append)

    async def scene(writer: Writer) -> None:
        for number in range(10):
            writer.later(keep(2 * number))
            asyncio.get_running_loop().create_task(writer.do(keep(2 * number + 1), patient=True))
            await asyncio.sleep(0.001)

    run(database, scene)
    assert kept(database) == list(range(20))
    assert len(begun) <= 3


def test_who_is_in_a_hurry_takes_along_those_who_wait(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.writer.PATIENCE_SECONDS", 60)

    async def scene(writer: Writer) -> list[int]:
        waiting = asyncio.create_task(writer.do(keep(1), patient=True))
        await asyncio.sleep(0.05)
        return [await writer.do(keep(2)), await waiting]

    result, _, _ = run(database, lambda writer: asyncio.wait_for(scene(writer), 10))
    assert result == [2, 1]


def test_a_full_batch_waits_for_nobody(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.writer.PATIENCE_SECONDS", 60)

    async def scene(writer: Writer) -> None:
        await asyncio.gather(*(writer.do(keep(number), patient=True) for number in range(BATCH)))

    run(database, lambda writer: asyncio.wait_for(scene(writer), 10))
    assert len(kept(database)) == BATCH


# Power loss


@pytest.fixture
def flushed(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """By name, how much of a file had been written when it was last synced."""
    sizes: dict[str, int] = {}
    fsync = os.fsync

    def note(file: Any) -> None:
        fsync(file)
        name = Path(f"/proc/self/fd/{file if isinstance(file, int) else file.fileno()}").resolve().name
        sizes[name] = os.fstat(file if isinstance(file, int) else file.fileno()).st_size

    monkeypatch.setattr("os.fsync", note)
    return sizes


def test_what_a_transaction_names_is_on_the_disk_before_it(
    database: Database, tmp_path: Path, flushed: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scraper.writer.PATIENCE_SECONDS", 0.01)
    ends: list[tuple[str, int]] = []
    commits = []

    def look(_: Any) -> None:
        commits.append(len(ends))
        for name, end in ends:
            assert flushed[name] >= end
            assert "warc" in flushed, "the folder knows the file's name"

    event.listen(database._engine, "commit", look)

    async def scene(writer: Writer, warc: WarcWriter) -> None:
        def save(number: int) -> Callable[[Session], int]:
            ref = warc.write(exchange(url=f"http://u.example/{number}", body=os.urandom(100 * (number % 7))))

            def change(session: Session) -> int:
                ends.append((ref.warc_file, ref.offset + ref.length))
                return keep(number)(session)

            return change

        for number in range(0, 60, 2):  # over several files; the WARC is written while the database is
            writer.later(save(number))
            await asyncio.sleep(0.001)
            await writer.do(save(number + 1), patient=bool(number % 3))

    with WarcWriter(tmp_path / "warc", "run", software="test", max_bytes=5000) as warc:
        run(database, lambda writer: scene(writer, warc), warc.sync)
        assert len(warc.opened) > 3
    assert commits[-1] == 60 == len(kept(database))
    assert len(commits) < 60


def test_nothing_is_saved_of_what_did_not_reach_the_disk(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(writer: Writer, warc: WarcWriter) -> list[Any]:
        warc.write(exchange())
        with monkeypatch.context() as failing:
            failing.setattr("os.fsync", fail)
            first = await asyncio.gather(writer.do(keep(1)), writer.do(keep(2)), return_exceptions=True)
        return [*first, *await asyncio.gather(writer.do(keep(3)), return_exceptions=True)]

    def fail(_: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with WarcWriter(tmp_path / "warc", "run", software="test") as warc:
        result, _, broken = run(database, lambda writer: scene(writer, warc), warc.sync)
    assert [type(each) for each in result] == [WarcFull, WarcFull, WarcFull]
    assert len(broken) == 1
    assert kept(database) == [], "the system tells of a failed write once: a later sync says nothing"
