"""No room on the disk, and a database that somebody else is writing: the crawl stops and says so, and the next one completes it."""

from __future__ import annotations

import base64
import os
import random
import resource
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.command import Done, Elchi, finish, limit_files
from tests.crawl.evidence import assert_nothing_doubled, assert_sound, comparable
from tests.crawl.odd_web import Answer, OddWeb, says
from tests.crawl.sources import listing, write_source

PAGES = 8
HOST = "large.test"
ONE_READER = {"ELCHI_READERS": "1"}  # tests run beside each other
NORWEGIAN = "Delegasjonen besøkte fakultetet og snakket med studenter om utveksling og forskning i byen ved fjorden."
GATE = threading.Event()
GATE.set()

pytestmark = pytest.mark.xdist_group("no room")


def large_article(number: int) -> str:
    """A megabyte that no compression makes smaller. Its words could be two languages', so that the model of languages is asked."""
    noise = base64.b64encode(random.Random(number).randbytes(750_000)).decode()
    text = "".join(f"<p>Del {part}: {NORWEGIAN}</p>" for part in range(3))
    return f"<html><body><h1>Besøket på sted {number}</h1>{text}<!-- {noise} --></body></html>"


def gated(number: int, answer: Answer) -> Answer:
    """The first two pages are answered at once, the others when the gate is open."""

    def wait(handler: BaseHTTPRequestHandler) -> None:
        assert number <= 2 or GATE.wait(30)
        answer(handler)

    return wait


@pytest.fixture(scope="module")
def web() -> Iterator[OddWeb]:
    paths = [f"/news/{number}" for number in range(1, PAGES + 1)]
    answers = {path: gated(number, says(200, large_article(number))) for number, path in enumerate(paths, 1)}
    with OddWeb({HOST: {"/news": says(200, listing(*paths)), **answers}}) as web:
        yield web


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("no-room")
    write_source(folder, "large", (HOST,), f"http://{HOST}/news")
    return folder


@pytest.fixture(scope="module")
def undisturbed(web: OddWeb, catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    elchi = Elchi(tmp_path_factory.mktemp("undisturbed"), catalogue, web.proxy, ONE_READER)
    elchi.crawl()
    records = comparable(elchi.export())
    assert len(records) == PAGES
    return records


def assert_says_once(done: Done, words: str) -> None:
    """One line says what happened and what to do; no traceback and no other line says it again."""
    assert done.err.count(words) == 1, done
    assert "Traceback" not in done.err, done


def assert_completes(elchi: Elchi, undisturbed: list[dict[str, Any]]) -> None:
    elchi.crawl()
    assert comparable(elchi.export()) == undisturbed
    assert_sound(elchi)
    assert_nothing_doubled(elchi)


def saved(home: Path) -> int:
    """How many versions of articles the database holds so far."""
    connection = sqlite3.connect(home / "elchi.sqlite")
    try:
        return int(connection.execute("SELECT count(*) FROM article_version").fetchone()[0])
    except sqlite3.OperationalError:  # no table yet
        return 0
    finally:
        connection.close()


def test_a_warc_that_may_not_grow(
    web: OddWeb, catalogue: Path, undisturbed: list[dict[str, Any]], tmp_path: Path
) -> None:
    """A limit on the size of files meets the WARC alone: the database is small. It is set once the reader has all that it needs."""
    elchi = Elchi(tmp_path, catalogue, web.proxy, ONE_READER)
    GATE.clear()
    process = elchi.start("crawl")
    try:
        while process.poll() is None and not saved(tmp_path):
            time.sleep(0.02)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))
    finally:
        GATE.set()
    done = finish(process)
    assert done.code == 3, done
    assert_says_once(done, "File too large. Make room, then crawl again; nothing captured is lost.")
    assert "disk full" in elchi.ledger(1)["sources"]["large"]["failures"]
    assert 0 < len(elchi.export()) < PAGES
    assert_sound(elchi)
    assert_completes(elchi, undisturbed)


def test_readers_that_have_no_room(
    web: OddWeb, catalogue: Path, undisturbed: list[dict[str, Any]], tmp_path: Path
) -> None:
    """The model of languages is unpacked into a temporary file. A page that meets a full disk there is not one that says nothing."""
    elchi = Elchi(tmp_path, catalogue, web.proxy, ONE_READER)
    done = elchi.crawl(code=3, before=limit_files(40))
    assert_says_once(done, "Make room, or set TMPDIR, then crawl again; nothing captured is lost. The crawl stops.")
    assert set(elchi.ledger(1)["sources"]["large"]["failures"]) == {"disk full"}
    assert not elchi.export()
    assert_completes(elchi, undisturbed)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("a small file system can only be mounted by root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_is_full_for_everybody(
    web: OddWeb, catalogue: Path, undisturbed: list[dict[str, Any]], small_disk: Path
) -> None:
    """The database and the search index lie on the same disk as the WARC."""
    elchi = Elchi(small_disk, catalogue, web.proxy, ONE_READER)
    done = elchi.crawl(code=3)
    assert "Make room" in done.err, done
    assert "Traceback" not in done.err, done
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert_completes(elchi, undisturbed)


def hold(home: Path) -> sqlite3.Connection:
    """Another process's write lock: ours."""
    connection = sqlite3.connect(home / "elchi.sqlite", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return connection


def test_a_database_that_is_locked_from_the_start(web: OddWeb, catalogue: Path, tmp_path: Path) -> None:
    elchi = Elchi(tmp_path, catalogue, web.proxy, ONE_READER).with_settings(ELCHI_BUSY_SECONDS=1)
    assert elchi.run("runs").code == 0
    asked = len(web.asked)
    lock = hold(tmp_path)
    done = elchi.crawl(code=3)
    assert_says_once(done, "another process is writing to sqlite:///")
    assert len(web.asked) == asked
    lock.close()


def test_a_database_that_is_locked_during_a_crawl(
    web: OddWeb, catalogue: Path, undisturbed: list[dict[str, Any]], tmp_path: Path
) -> None:
    elchi = Elchi(tmp_path, catalogue, web.proxy, ONE_READER).with_settings(ELCHI_BUSY_SECONDS=1)
    before = len(web.asked)
    process = elchi.start("crawl")
    while process.poll() is None and len(web.asked) < before + 4:
        time.sleep(0.002)
    lock = hold(tmp_path)
    done = finish(process)
    lock.close()
    assert done.code == 3, done
    assert "another process is writing to sqlite:///" in done.err
    assert "Nothing that was captured is lost." in done.err
    assert "Traceback" not in done.err, done
    captured = [path for _, path in web.asked[before:]]

    before = len(web.asked)
    assert_completes(elchi, undisturbed)
    again = {path for _, path in web.asked[before:]} & {path for path in captured if path.startswith("/news/")}
    assert not again, "a page that lies in the WARC was asked again"
