"""The one spider: asks a source's entry points, and fetches what the frontier says is due."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import date, datetime
from functools import partial
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings
from sqlalchemy.orm import Session
from twisted.python.failure import Failure

from scraper.extensions.archive import Archive
from scraper.failures import GONE, classify_failure
from scraper.items import CapturedPage
from scraper.middlewares.back_off import LeftForLater, left_for_later
from scraper.middlewares.host_slot import slot_of
from scraper.middlewares.mirror import check_mirror
from scraper.middlewares.traps import TrapMiddleware
from scraper.middlewares.warc import WarcMiddleware
from scraper.pipelines.keep_article import KeepArticlePipeline
from scraper.pipelines.read_page import ReadPagePipeline
from scraper.reading.obstacles import find_nothing
from spiders import backfill
from spiders.captured import captured_page
from spiders.catalogue import CatalogueError, Entry, Listing, Source
from spiders.discovery import Answer, Discovered, NotAsExpected, discover
from spiders.leftovers import take_up
from spiders.preparation import (
    allowed_hosts,
    cadence_of,
    catalogue_of,
    check_contact,
    choose,
    download_slots,
    entries_by_url,
    set_clock,
    source_facts,
    source_holds,
    tls_leniency,
    warn_of_leniency,
)
from spiders.sweeps import Sweeps
from storage import clock, frontier
from storage.archive import Fetched, save_fetched
from storage.errors import StorageError
from storage.frontier import Due, Listed
from storage.identity import host_key
from storage.locks import SourceHolds
from storage.schedule import next_visits, retry_at
from storage.sources import save_source
from storage.traps import KEPT_OUT, grows_by_itself, known_traps

logger = logging.getLogger(__name__)

KEEPING = (
    ("EXTENSIONS", Archive, 10),
    ("DOWNLOADER_MIDDLEWARES", TrapMiddleware, 45),
    ("DOWNLOADER_MIDDLEWARES", WarcMiddleware, 880),  # next to the downloader: bytes as they came
    ("ITEM_PIPELINES", ReadPagePipeline, 100),
    ("ITEM_PIPELINES", KeepArticlePipeline, 200),
)
"""The components that keep what is fetched, and their places in Scrapy's order."""


class NewsSpider(Spider):
    """``scrapy crawl news -a source=tbzmed,sammu``; without a source, all of the catalogue.

    due: ask only what is due. since: a date (ISO 8601), back to which the lists of the sources are followed.
    """

    name = "news"

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Add the components that keep what is fetched; a `scrapy shell` runs without them."""
        super().update_settings(settings)
        for name, component, order in KEEPING:
            settings.set(name, {**settings.getdict(name), component: order}, priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Load the catalogue, and tell the downloader which hosts may be asked and how gently.

        Raises `CatalogueError`, `UnknownSource`, `ContactMissing`, `SettingError`.
        """
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider._choose_sources(crawler.settings["ELCHI_CATALOGUE"])
        crawler.signals.connect(spider.let_go, signal=signals.engine_stopped)
        chosen = spider.sources.values()
        check_contact(crawler.settings["ELCHI_CONTACT"], chosen)
        set_clock(crawler.settings["ELCHI_NOW"], chosen)
        mirrored = crawler.settings.getbool("ELCHI_MIRROR")
        if mirrored:
            check_mirror(getproxies())
        crawler.settings.set("ELCHI_ALLOWED_HOSTS", allowed_hosts(chosen), priority="spider")
        crawler.settings.set("DOWNLOAD_SLOTS", download_slots(chosen, mirrored=mirrored), priority="spider")
        crawler.settings.set("ELCHI_TLS", tls_leniency(chosen), priority="spider")
        warn_of_leniency(chosen)
        return spider

    def __init__(self, source: str = "", due: str = "", since: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.names = [name.strip() for name in source.split(",") if name.strip()]
        self.only_due = bool(due)
        self.since = date.fromisoformat(since) if since else None
        self.sweeps = Sweeps()
        self.catalogue: dict[str, Source] = {}
        self.sources: dict[str, Source] = {}
        self.refused: CatalogueError | None = None
        self.holds: SourceHolds | None = None

    def _choose_sources(self, folders: str) -> None:
        """A wrong catalogue file keeps its own source from being asked, and no other's."""
        try:
            self.catalogue = catalogue_of(folders)
        except CatalogueError as error:
            self.catalogue, self.refused = error.usable, error
            if not self.catalogue or not self.catalogue.keys() >= set(self.names):
                raise
        self.sources = choose(self.catalogue, self.names)

    @property
    def archive(self) -> Archive:
        """Where everything is kept."""
        return Archive.of(self.crawler)

    async def start(self) -> AsyncIterator[Request | CapturedPage]:
        """First what a killed run left in the WARC, then what is due."""
        taken_up = set()
        async for page in take_up(self.archive, self.catalogue):
            taken_up.add(page.page_url)
            yield page
        self.holds = holds = source_holds(self.archive, self.settings["ELCHI_DATABASE_URL"])
        for source in self.sources.values():
            try:
                is_ours = await asyncio.to_thread(holds.take, source.slug)
                due_now = await self.archive.writer.do(partial(self._prepare, source))
            except StorageError as error:
                self.archive.stop("database gone", error)
                return
            if not is_ours:
                self._skip(source, holds.holder(source.slug))
                continue
            for due in due_now:
                if due.page_url not in taken_up:
                    yield self._request(source, due)

    async def parse_entry(self, response: Response) -> AsyncIterator[Request]:
        """The answer of an entry point, or of a further page of one: its candidates go to the frontier, what is new is asked."""
        source, due, fetched = self._asked(response)
        if response.status == 304:
            self.archive.writer.later(
                partial(frontier.nothing_new, page_url=due.page_url, now=fetched.fetched_at, cadence=cadence_of(source))
            )
            return
        entry = entries_by_url(source).get(due.entry_url or "")
        if entry is None:
            return  # an entry point that has left the catalogue
        answer = Answer(response.url, response.body, fetched.content_type, due.depth)
        try:
            if not response.body.strip():
                raise NotAsExpected(f"{response.url} answered without a body.")
            found = await asyncio.to_thread(discover, source, entry, answer)  # the loop goes on: readers' clocks run
        except NotAsExpected as error:
            self._give_up(source, due, fetched, "not as expected", str(error))
            return
        except Exception as error:  # a fault of ours on one answer: said, counted, and the crawl goes on
            logger.exception("discovery failed on %s", response.url)
            self._give_up(source, due, fetched, "discovery fault", f"{type(error).__name__}: {error}")
            return
        self.archive.tally(source.slug).show(len(found.candidates))
        if not found.candidates and due.depth == 0 and isinstance(entry, Listing):
            obstacle = find_nothing(response.body, fetched.content_type)
            if obstacle is not None:
                self._give_up(source, due, fetched, obstacle.failure, obstacle.evidence)
                return
        fresh = self.sweeps.note(entry.url, found.candidates)
        found = self._within_bounds(source, entry, due, found)
        if not found.candidates and due.depth == 0:
            self._fail(
                source,
                due,
                "no links",
                f"{response.url} shows no link that may be an article. Look whether the site was redesigned.",
            )
        listed = Listed(
            source_id=self.archive.sources[source.slug],
            page_url=due.page_url,
            fetched_at=fetched.fetched_at,
            candidates=found.candidates,
            next_url=found.next_url,
            deepest=entry.pages,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            fresh=fresh,
            cadence=cadence_of(source),
            moved_from=due.url if host_key(response.url) != host_key(due.url) else None,
        )
        try:
            due_now = await self.archive.writer.do(partial(self._offer, listed, fetched))
        except StorageError:
            return  # the crawl is stopping; this answer is taken up by the next one
        for new in due_now:
            yield self._request(source, new)

    def parse_page(self, response: Response) -> CapturedPage | None:
        """A page that may be an article: named to the pipelines, which read it from the WARC."""
        source, due, fetched = self._asked(response)
        if response.status == 304:
            visits = next_visits(fetched.fetched_at, due.unchanged)
            self.archive.tally(source.slug).unchanged += 1
            self.archive.writer.later(
                partial(
                    frontier.not_modified,
                    page_url=due.page_url,
                    now=fetched.fetched_at,
                    next_visit_at=visits.if_unchanged,
                )
            )
            return None
        if not response.body.strip():
            self._give_up(source, due, fetched, "empty", "answered 200 without a body")
            return None
        return captured_page(source, due, fetched)

    def failed(self, failure: Failure) -> None:
        """A request that brought nothing to read: counted under its class."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        source, due, fetched = self.sources[request.meta["source"]], request.meta["due"], request.meta.get("fetched")
        if (left := left_for_later(failure.value)) is not None:
            self._leave(source, due, left)
            return
        name = classify_failure(failure.value)
        if name == "gone" and due.role == "listing" and fetched is not None:  # many lists end like this
            self.archive.writer.later(partial(frontier.end_of_list, page_url=due.page_url, now=fetched.fetched_at))
            return
        message = str(failure.value) or type(failure.value).__name__
        if name == "trap":
            self.archive.tally(source.slug).fail(name, due.page_url, message)
            self._note_failure(source, due, name, at=clock.now() + KEPT_OUT, gives_up=True)
            return
        if isinstance(failure.value, StorageError):  # our failure, not the page's: it stays due
            self.archive.tally(source.slug).fail(name, due.page_url, message)
            return
        if fetched is not None and fetched.status == 200:
            self._give_up(source, due, fetched, name, message)
        else:
            self._fail(source, due, name, message)

    def _within_bounds(self, source: Source, entry: Entry, due: Due, found: Discovered) -> Discovered:
        """What a list shows, without what leads into a trap, and in a backfill without what is too old."""
        watch, next_url = self.archive.traps[source.slug], found.next_url
        trapped = {each.url for each in found.candidates if watch.is_shut(each.url) or grows_by_itself(each.url)}
        candidates = tuple(each for each in found.candidates if each.url not in trapped)
        if trapped:
            message = f"{len(trapped)} links on {due.url} lead to addresses without end that bring nothing"
            self.archive.tally(source.slug).fail("trap", min(trapped), message)
        if next_url is not None and self.sweeps.is_endless(entry.url):
            message = "the list goes on without end and only repeats what it has shown: it is followed no further"
            self.archive.tally(source.slug).fail("trap", next_url, message)
            next_url = None
        if due.since is not None:
            if backfill.is_past(source, entry, candidates, due.since):
                next_url = None
            candidates = tuple(each for each in candidates if not backfill.is_older(source, entry, each, due.since))
        return Discovered(candidates, next_url)

    def let_go(self) -> None:
        """Everything is saved: other crawls may have the sources."""
        if self.holds is not None:
            self.holds.close()

    def _skip(self, source: Source, holder: str) -> None:
        """Another crawl is at it: nothing is broken, and nothing is asked."""
        message = f"{holder or 'a crawl on another machine'} is crawling {source.slug}, so this run left it out."
        logger.warning("%s: held by another run: %s", source.slug, message)
        self.archive.tally(source.slug).fail("held by another run", source.institution.homepage, message)

    def _leave(self, source: Source, due: Due, left: LeftForLater) -> None:
        """Not asked in this run: it stays due."""
        tally = self.archive.tally(source.slug)
        tally.fail(left.failure, due.url, str(left))
        tally.broken = tally.broken or (due.role != "article" and left.failure != "stopped")
        self.crawler.stats.inc_value(f"elchi/left/{left.failure}")

    def _prepare(self, source: Source, session: Session) -> list[Due]:
        """Make the source and its entry points known to the archive; what is due of it."""
        row = save_source(session, source_facts(source))
        self.archive.sources[source.slug] = row.id
        now = clock.now()
        self.archive.traps[source.slug].shut |= known_traps(session, row.id, now)
        frontier.open_entries(session, row.id, entries_by_url(source), now)
        if self.since is not None:
            frontier.follow_back_to(session, row.id, self.since)
        revisits = self.settings.getfloat("ELCHI_REVISITS")
        return frontier.due(session, row.id, now, every_entry=not self.only_due, revisits=revisits)

    def _offer(self, listed: Listed, fetched: Fetched, session: Session) -> list[Due]:
        save_fetched(session, run_id=self.archive.run_id, fetched=fetched, page_url=listed.page_url)
        return frontier.offer(session, listed)

    def _request(self, source: Source, due: Due) -> Request:
        entry = entries_by_url(source).get(due.entry_url or "")
        language = entry.language if entry and entry.language else ", ".join(source.languages)
        headers = {"Accept-Language": language, "If-None-Match": due.etag, "If-Modified-Since": due.last_modified}
        self.archive.tally(source.slug).asked += 1
        return Request(
            due.url,
            callback=self.parse_page if due.role == "article" else self.parse_entry,
            errback=self.failed,
            headers={name: value for name, value in headers.items() if value},
            meta={
                "source": source.slug,
                "role": due.role,
                "due": due,
                "handle_httpstatus_list": [304],
                "download_slot": slot_of(urlsplit(due.url).hostname or ""),  # Scrapy's queues count by it
            },
            priority=_priority(due),
            dont_filter=True,  # the frontier knows each page once; Scrapy's filter would swallow redirects to known pages
        )

    def _asked(self, response: Response) -> tuple[Source, Due, Fetched]:
        meta = response.meta
        return self.sources[meta["source"]], meta["due"], meta["fetched"]

    def _give_up(self, source: Source, due: Due, fetched: Fetched, failure: str, message: str) -> None:
        """An answer that says nothing to a reader: its capture is kept."""
        self._fail(source, due, failure, message)
        self.archive.writer.later(
            partial(save_fetched, run_id=self.archive.run_id, fetched=fetched, page_url=due.page_url)
        )

    def _fail(self, source: Source, due: Due, failure: str, message: str) -> None:
        logger.warning("%s: %s: %s: %s", source.slug, failure, due.url, message)
        tally = self.archive.tally(source.slug)
        tally.fail(failure, due.url, message)
        tally.broken = tally.broken or due.role != "article"
        self.crawler.stats.inc_value(f"elchi/failed/{failure}")
        cadence = cadence_of(source) if due.role == "entry" else None
        self._note_failure(source, due, failure, at=retry_at(clock.now(), due.failures, cadence))

    def _note_failure(self, source: Source, due: Due, failure: str, *, at: datetime, gives_up: bool = False) -> None:
        self.archive.writer.later(
            partial(
                frontier.fail,
                page_url=due.page_url,
                failure=failure,
                retry_at=at,
                gone=failure in GONE,
                gives_up=gives_up,
            )
        )


def _priority(due: Due) -> int:
    """Entry points go first, so that a run soon knows all that is new. In a backfill articles go before the next page of their list:
    their dates may say that it need not be asked.
    """
    if due.role == "article":
        return 0
    return -10 if due.role == "listing" and due.since is not None else 10
