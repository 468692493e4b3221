"""What the pages of one host in a list repeat, learned in a pass over them before they are read.

A crawl learns it of its own captures (`scraper.learning`). It is held on disk, in a file without a name: a list may have 100,000 lines.
"""

from __future__ import annotations

import asyncio
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from elchi.page_lists import Asked
from elchi.reading import BoundReaders
from scraper.errors import ReaderFailed
from scraper.reader_messages import LearnRequest
from scraper.reading.model import Rules
from scraper.reading.repeats import ENOUGH_PAGES, MOST_PAGES, Repeats
from storage.identity import host_key, page_key

_TABLES = """
CREATE TABLE page (host TEXT, key TEXT, file TEXT, url TEXT, PRIMARY KEY (host, key));
CREATE TABLE learned (host TEXT PRIMARY KEY, repeats BLOB);
"""

Done = Callable[[str, bool], object]
"""What to call after each host: its name, and whether its pages could be looked at. One whose reader ends, or takes too long, cannot."""


class ListRepeats:
    """The pages of a list by their hosts, and what hosts repeat. A page that is named twice, or in a print view, counts once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.executescript(_TABLES)

    def add(self, asked: Iterable[Asked]) -> list[str]:
        """Take pages up; those without an address are of no host. The hosts with pages enough, in their order."""
        named = ((host_key(each.url), page_key(each.url), each.file, each.url) for each in asked if each.url)
        rows = (row for row in named if row[0])
        self._connection.executemany("INSERT OR IGNORE INTO page VALUES (?, ?, ?, ?)", rows)
        found = self._connection.execute(
            "SELECT host FROM page GROUP BY host HAVING count(*) >= ? ORDER BY min(rowid)", (ENOUGH_PAGES,)
        )
        return [host for (host,) in found]

    def sample(self, host: str) -> tuple[tuple[Path, str], ...]:
        """Files and addresses of up to `MOST_PAGES` pages of a host, from the whole length of the list."""
        found = self._connection.execute("SELECT rowid FROM page WHERE host = ? ORDER BY rowid", (host,)).fetchall()
        count = min(len(found), MOST_PAGES)
        chosen = [found[place * len(found) // count] for place in range(count)]
        pages = (
            self._connection.execute("SELECT file, url FROM page WHERE rowid = ?", row).fetchone() for row in chosen
        )
        return tuple((Path(file).absolute(), url) for file, url in pages)

    def keep(self, host: str, repeats: Repeats) -> None:
        """Keep what a host repeats."""
        row = (host, pickle.dumps((repeats.pages, repeats.lines)))
        self._connection.execute("INSERT OR REPLACE INTO learned VALUES (?, ?)", row)

    def of(self, url: str) -> Repeats | None:
        """What the host of an address repeats, None where that is not known."""
        found = self._connection.execute("SELECT repeats FROM learned WHERE host = ?", (host_key(url),)).fetchone()
        return Repeats(*pickle.loads(found[0])) if found else None  # noqa: S301 - kept above


@contextmanager
def list_repeats() -> Iterator[ListRepeats]:
    """Nothing learned yet. It is gone at the end."""
    with closing(sqlite3.connect("")) as connection:
        yield ListRepeats(connection)


async def learn_hosts(
    repeats: ListRepeats, hosts: Iterable[str], rules: Callable[[str], Rules], bound: BoundReaders, done: Done
) -> None:
    """Learn what hosts repeat, in each process one at a time, for as long as one page may be read."""
    waiting = iter(hosts)

    async def work() -> None:
        for host in waiting:
            pages = repeats.sample(host)
            request = LearnRequest(tuple((file, None, url) for file, url in pages), rules(pages[0][1]))
            try:
                learned = await bound.readers.learn(request)
            except ReaderFailed:
                done(host, False)
                continue
            if learned is not None:
                repeats.keep(host, learned)
            done(host, True)

    async with asyncio.TaskGroup() as group:
        for _ in range(bound.jobs):
            group.create_task(work())
