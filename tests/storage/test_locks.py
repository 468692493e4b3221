"""Holds on sources and turns at hosts: one has them at a time, and they end with whoever had them."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import DatabaseUnreachable
from storage.locks import YIELD_SECONDS, FileLock, LastAsked, SourceHolds, take_host

HOLDER = """
import sys
from pathlib import Path
from storage.locks import SourceHolds
holds = SourceHolds(Path(sys.argv[1]), sys.argv[2], "run 7")
print(holds.take("one"), flush=True)
sys.stdin.read()
"""
ROOT = Path(__file__).parent.parent.parent
MOMENTS = st.floats(0, 1e7)
DELAYS = st.floats(0.001, 120)


def test_a_lock_has_one_owner(tmp_path: Path) -> None:
    first = take_host(tmp_path / "locks", "::1")
    assert first is not None
    assert take_host(tmp_path / "locks", "::1") is None
    other = take_host(tmp_path / "locks", "one.test")
    assert other is not None
    first.release()
    first.release()
    second = take_host(tmp_path / "locks", "::1")
    assert second is not None
    for lock in (second, other):
        lock.release()


def test_a_lock_file_says_what_was_written_last(tmp_path: Path) -> None:
    lock = FileLock.take(tmp_path / "a.lock")
    assert lock is not None
    assert lock.words == ""
    lock.write("the first, which is the longer one")
    lock.write("the second")
    assert lock.words == "the second"
    lock.release()


@given(MOMENTS, DELAYS, st.integers(1, 1 << 22))
def test_what_is_said_of_the_last_question_is_read_as_it_was(at: float, delay: float, process: int) -> None:
    read = LastAsked.parse(str(LastAsked(at, delay, process)))
    assert read is not None
    assert read.process == process
    assert (read.at, read.delay_seconds) == (pytest.approx(at, abs=1e-6), pytest.approx(delay, rel=1e-5))


@pytest.mark.parametrize("words", ["", "1 2", "one two three", "1 2 3 4", "1.0 0.5 1.5"])
def test_other_words_say_nothing(words: str) -> None:
    assert LastAsked.parse(words) is None


@given(MOMENTS, st.floats(0, 300), DELAYS, DELAYS, st.booleans())
def test_nobody_asks_before_the_longer_of_both_delays_has_passed(
    at: float, later: float, theirs: float, ours: float, same: bool
) -> None:
    now = at + later
    left = LastAsked(at, theirs, process=1).seconds_left(now, ours, process=1 if same else 2)
    assert left >= 0
    assert now + left >= at + max(theirs, ours) - 1e-6
    assert left <= max(theirs, ours) + YIELD_SECONDS + 1e-6


def test_who_asked_last_gives_way() -> None:
    last = LastAsked(100, 5, process=1)
    assert last.seconds_left(101, 5, process=1) > last.seconds_left(101, 5, process=2)


def test_a_moment_from_before_the_machine_started_binds_nobody() -> None:
    assert LastAsked(1e6, 5, process=1).seconds_left(10, 5, process=2) == 0


def test_a_source_is_held_once(tmp_path: Path, database_url: str) -> None:
    """Also by two machines, which share the database and no lock files."""
    shared = database_url.startswith("postgresql")
    first = SourceHolds(tmp_path / "first", database_url, "run 1")
    second = SourceHolds(tmp_path / ("second" if shared else "first"), database_url, "run 2")
    try:
        assert first.take("one")
        assert not second.take("one")
        assert second.take("two")
        assert second.holder("one") == ("" if shared else "run 1")
        first.close()
        assert _take_soon(second)
    finally:
        first.close()
        second.close()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_hold_ends_with_its_process(tmp_path: Path, database_url: str, number: int) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path), database_url]
    holds = SourceHolds(tmp_path, database_url, "run 8")
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        assert not holds.take("one")
        assert holds.holder("one") == "run 7"
        process.send_signal(number)
        process.wait(10)
    try:
        assert _take_soon(holds)
    finally:
        holds.close()


def _take_soon(holds: SourceHolds) -> bool:
    """A database server needs a moment to notice that a client has gone."""
    return any(holds.take("one") or time.sleep(0.05) for _ in range(100))


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "locks").write_text("a file, not a folder")
    holds = SourceHolds(tmp_path / "locks", "sqlite://", "run 1")
    with pytest.raises(DatabaseUnreachable, match="ELCHI_HOME"):
        holds.take("one")
    holds.close()


def test_a_database_that_is_not_there_is_said(tmp_path: Path) -> None:
    holds = SourceHolds(tmp_path, "postgresql://nobody@127.0.0.1:1/none", "run 1")
    with pytest.raises(DatabaseUnreachable, match="ELCHI_DATABASE_URL"):
        holds.take("one")
    holds.close()
