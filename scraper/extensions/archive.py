"""Opens the archive when a crawl starts, and closes it when the crawl ends: database, WARC file, ledger, search index."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import defaultdict
from pathlib import Path
from time import monotonic
from typing import Self

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from sqlalchemy.orm import Session

from scraper.writer import Writer
from storage import clock, runs
from storage.database import Database
from storage.errors import DatabaseError, IndexBusy, StorageError, WarcFull
from storage.runs import SourceTally
from storage.search.index import SearchIndex
from storage.traps import TrapWatch
from storage.warc import CaptureRef, Exchange, WarcWriter

logger = logging.getLogger(__name__)

VERSION = "0.1.0"

SAVE_LEDGER_SECONDS = 5.0
"""How often the ledger is saved while a crawl runs: what a killed run still tells."""


class Archive:
    """One crawl's hold on the archive. The spider, the WARC middleware and the pipelines keep what they have through it.

    run_id: the number of this run. tallies, traps: by source, what was done so far, and what is not to be asked any more.
    sources: row numbers by slug.
    stopped: why the crawl had to be stopped, None where it was not.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self.home = Path(settings["ELCHI_HOME"])
        self.database = Database(settings["ELCHI_DATABASE_URL"], busy_seconds=settings.getfloat("ELCHI_BUSY_SECONDS"))
        self.database.migrate()
        started = clock.now()
        with self.database.write() as session:
            self.run_id = runs.start_run(session, started, version=VERSION, process=os.getpid())
        self.warc = WarcWriter(
            self.home / "warc",
            f"{started:%Y%m%dT%H%M%SZ}-{self.run_id:06}",
            software=f"Elchi/{VERSION}",
            max_bytes=int(settings.getfloat("ELCHI_WARC_MEGABYTES") * 1_000_000),
        )
        self.writer = Writer(self.database, self._writer_is_broken, sync=self.warc.sync)
        self.tallies: dict[str, SourceTally] = {}
        self.traps: defaultdict[str, TrapWatch] = defaultdict(TrapWatch)
        self.sources: dict[str, int] = {}
        self.recovered_files: list[str] = []
        self.stopped: str | None = None
        self._left = False
        self._ledger: asyncio.Task[None] | None = None
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built once for a crawl. Raises `storage.errors.DatabaseError` where there is no database to keep things in."""
        return cls(crawler)

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The crawl's own archive."""
        archive = crawler.get_extension(cls)
        assert archive is not None, "the spider enables the Archive extension"
        return archive

    def tally(self, source: str) -> SourceTally:
        """What the run did with a source so far; whoever asks for it has something to add, so the source's clock goes on."""
        tally = self.tallies.setdefault(source, SourceTally())
        tally.seconds = monotonic() - tally.began
        return tally

    def keep(self, exchange: Exchange) -> CaptureRef:
        """Write an answer to the WARC. Stops the crawl, and raises `WarcFull`, where there is no room."""
        try:
            return self.warc.write(exchange)
        except WarcFull as error:
            self.stop("disk full", error)
            raise

    def leave_for_later(self, source: str, page_url: str, failure: str, error: Exception) -> None:
        """A capture that this crawl cannot save, for a reason that is not the page's: the crawl stops, the next one takes it up."""
        self._left = True
        self.tally(source).fail(failure, page_url, str(error))
        self.stop(failure, error)

    def stop(self, reason: str, error: Exception) -> None:
        """End the crawl in good order, once: what is under way is finished, nothing more is asked."""
        if self.stopped is None:
            self.stopped = reason
            logger.critical("%s The crawl stops.", error)
            self._stopping = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=reason))

    async def spider_opened(self, spider: Spider) -> None:
        """Begin to save the ledger now and then."""
        self._ledger = asyncio.create_task(self._save_ledger_often())

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """Save what is left, close the files, bring the search index up to date, and end the run."""
        if self._ledger is not None:
            self._ledger.cancel()
        self.writer.later(self._save_ledger)
        await self.writer.close()
        try:
            self.warc.close()
        except WarcFull as error:
            self._left = True
            logger.error("%s", error)
        try:
            await asyncio.to_thread(self._end_run, self.stopped or reason)
        except DatabaseError as error:
            logger.error("the end of the run was not noted: %s", error)
        finally:
            self.database.close()

    def _end_run(self, reason: str) -> None:
        now = clock.now()
        with self.database.write() as session:
            if self.writer.broken is None and not self.writer.lost and not self._left:
                for name in (*self.warc.opened, *self.recovered_files):
                    runs.close_warc_file(session, name, now)
            runs.finish_run(session, self.run_id, now, reason)
        try:
            index = SearchIndex(self.home / "index", self.database)
            try:
                index.catch_up()
            finally:
                index.close()
        except IndexBusy:
            logger.info("another process is writing the search index; it will follow")
        except (OSError, ValueError) as error:  # what tantivy raises where it cannot write
            logger.error("the search index was not brought up to date: %s. The next search or crawl does it.", error)

    def _writer_is_broken(self, error: StorageError) -> None:
        self.stop("disk full" if isinstance(error, WarcFull) else "database gone", error)

    async def _save_ledger_often(self) -> None:
        while True:
            await asyncio.sleep(SAVE_LEDGER_SECONDS)
            self.writer.later(self._save_ledger)

    def _save_ledger(self, session: Session) -> None:
        for slug, tally in self.tallies.items():
            if slug in self.sources:
                runs.save_tally(session, self.run_id, self.sources[slug], tally)
