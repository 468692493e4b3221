from __future__ import annotations

import logging
from pathlib import Path

import pytest

from storage import runs
from storage.archive import save_fetched
from storage.database import Database
from storage.recovery import Orphan, orphans, unfinished_files
from storage.warc import WarcWriter
from tests.storage.saving import NOON, SITE
from tests.storage.warc.exchanges import exchange

HEADERS = [(b"Content-Type", b"text/html"), (b"ETag", b'"1"'), (b"Last-Modified", b"Sun, 01 Nov 2026 12:00:00 GMT")]


def write_file(folder: Path, run_name: str, count: int) -> str:
    with WarcWriter(folder, run_name, software="test") as writer:
        for number in range(count):
            writer.write(
                exchange(
                    url=f"{SITE}/{number}?utm_source=x",
                    source="uni",
                    role="article",
                    response_headers=HEADERS,
                    page_url=f"{SITE}/page" if number == 1 else None,
                )
            )
    return writer.opened[0]


def left(database: Database, folder: Path, name: str) -> list[Orphan]:
    with database.read() as session:
        return list(orphans(session, folder, name))


def unfinished(database: Database, folder: Path) -> list[str]:
    with database.read() as session:
        return unfinished_files(session, folder)


def test_files_that_nobody_finished(database: Database, tmp_path: Path) -> None:
    names = [write_file(tmp_path, f"20261101T{number:02}", 1) for number in (2, 1, 3)]
    (tmp_path / "notes.txt").touch()
    (tmp_path / ".elchi-unborn.warc.gz").touch()
    with database.write() as session:
        runs.close_warc_file(session, names[2], NOON)
        runs.open_warc_file(session, names[0], NOON)
    assert unfinished(database, tmp_path) == sorted(names[:2])


def test_files_that_are_being_written(database: Database, tmp_path: Path) -> None:
    with WarcWriter(tmp_path, "run", software="test", max_bytes=100) as writer:
        for _ in range(2):
            writer.write(exchange())
        assert len(writer.opened) == 2
        assert unfinished(database, tmp_path) == []
    assert unfinished(database, tmp_path) == writer.opened


def test_no_folder_is_no_file(database: Database, tmp_path: Path) -> None:
    assert unfinished(database, tmp_path / "warc") == []


def test_what_the_database_does_not_know(database: Database, tmp_path: Path) -> None:
    name = write_file(tmp_path, "run", 3)
    found = left(database, tmp_path, name)
    assert [each.page_url for each in found] == [f"{SITE}/0?utm_source=x", f"{SITE}/page", f"{SITE}/2?utm_source=x"]
    first = found[0]
    assert (first.source, first.role, first.fetched.url) == ("uni", "article", f"{SITE}/0")
    assert (first.fetched.status, first.fetched.content_type, first.fetched.etag) == (200, "text/html", '"1"')
    assert (first.fetched.fetched_at, first.fetched.last_modified) == (NOON, "Sun, 01 Nov 2026 12:00:00 GMT")
    with database.write() as session:
        for orphan in found[:2]:
            save_fetched(session, run_id=None, fetched=orphan.fetched)
    assert left(database, tmp_path, name) == found[2:]


def test_a_torn_end_is_cut_off(database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / write_file(tmp_path, "run", 2)
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08 torn")
    with caplog.at_level(logging.WARNING):
        assert len(left(database, tmp_path, path.name)) == 2
    assert "8 bytes removed" in caplog.text
    assert path.stat().st_size == size


def test_to_take_up_twice_saves_once(database: Database, tmp_path: Path) -> None:
    found = left(database, tmp_path, write_file(tmp_path, "run", 2))
    for _ in range(2):
        with database.write() as session:
            for orphan in found:
                save_fetched(session, run_id=None, fetched=orphan.fetched)
    assert left(database, tmp_path, found[0].fetched.ref.warc_file) == []
