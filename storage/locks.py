"""What keeps two crawls out of each other's way: holds on sources, turns at asking a host. They end with the process, however it ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from urllib.parse import quote

from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from storage.dialects import hold_name, open_engine, translated
from storage.errors import DatabaseUnreachable

YIELD_SECONDS = 0.02
"""Who asked a host last lets another crawl go first by so much: else a crawl that is a little quicker would have all the turns."""


class FileLock:
    """An exclusive flock(2) on a file, which holds a line of words. The kernel gives it up when the process ends, by kill -9 too.

    The file stays: to delete it would let two processes hold one name, each its own file.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """The lock, None while somebody else holds it. Makes the file, and its folder, where there is none."""
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except BaseException:
            os.close(descriptor)
            raise
        return cls(descriptor)

    @property
    def words(self) -> str:
        """What the file says; empty when it is new."""
        return os.pread(self._descriptor, 200, 0).decode("utf-8", "replace").strip()

    def write(self, words: str) -> None:
        """Let the file say this. A disk without room is no reason to stop here: the lock holds, and the WARC will say it."""
        with suppress(OSError):
            os.pwrite(self._descriptor, f"{words[:80]:<80}\n".encode(), 0)

    def release(self) -> None:
        """Let others have it; safe to call twice."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


@dataclass(frozen=True, slots=True)
class LastAsked:
    """When a host was asked last. at: by `time.monotonic`, one clock for all processes since the machine started.

    delay_seconds: what that crawl keeps between two requests. process: its number.
    """

    at: float
    delay_seconds: float
    process: int

    @classmethod
    def parse(cls, words: str) -> Self | None:
        """From a lock file; None where it says nothing, as when it was made just now."""
        try:
            at, delay, process = words.split()
            return cls(float(at), float(delay), int(process))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.at:.6f} {self.delay_seconds:g} {self.process}"

    def seconds_left(self, now: float, delay_seconds: float, process: int) -> float:
        """How long a process that keeps this delay must still wait; 0 for now. A time to come was written before the machine restarted."""
        if self.at > now:
            return 0.0
        courtesy = YIELD_SECONDS if self.process == process else 0.0
        return max(0.0, self.at + max(delay_seconds, self.delay_seconds) + courtesy - now)


def take_host(folder: Path, host: str) -> FileLock | None:
    """A host's lock, None while another crawl on this machine asks the host. folder: for lock files."""
    return FileLock.take(folder / f"host-{quote(host, safe='')}.lock")


class SourceHolds:
    """The sources that this crawl holds. On PostgreSQL, where the crawls of several machines meet, the database keeps the holds, too.

    folder: for lock files. url: the database. by: who holds, in words that another crawl may repeat to a person.
    """

    def __init__(self, folder: Path, url: str, by: str) -> None:
        self._folder = folder
        self._engine = open_engine(url, busy_seconds=10)
        self._connection: Connection | None = None
        self._by = by
        self._files: list[FileLock] = []

    def take(self, slug: str) -> bool:
        """Hold a source until `close`; False where another crawl holds it. Raises `DatabaseUnreachable`, also for the lock file."""
        path = self._folder / f"source-{slug}.lock"
        try:
            file = FileLock.take(path)
        except OSError as error:
            raise DatabaseUnreachable(f"{path} cannot be locked: {error.strerror}. Check ELCHI_HOME.") from error
        if file is None:
            return False
        if not self._take_in_database(slug):
            file.release()
            return False
        file.write(self._by)
        self._files.append(file)
        return True

    def holder(self, slug: str) -> str:
        """Who holds the source, as it said itself; empty when it is a crawl on another machine."""
        with suppress(FileNotFoundError):
            return (self._folder / f"source-{slug}.lock").read_text("utf-8", "replace").strip()
        return ""

    def close(self) -> None:
        """Give up every hold; safe to call twice."""
        for file in self._files:
            file.release()
        self._files.clear()
        if self._connection is not None:
            self._connection.invalidate()  # the server frees what a session held when the session ends
            self._connection.close()
            self._connection = None
        self._engine.dispose()

    def _take_in_database(self, slug: str) -> bool:
        if self._engine.dialect.name == "sqlite":
            return True  # a file on this machine, so the lock file is enough
        try:
            if self._connection is None:
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            return hold_name(self._connection, f"elchi source {slug}")
        except DBAPIError as error:
            if (known := translated(error, self._engine.url)) is None:
                raise
            raise known from error
