"""What each site repeats on its pages: what earlier crawls learned of it is told to the readers, and what is new is learned.

A host of a source is learned from the captures of its latest articles: once there are `FIRST` of them, and again after `AGAIN` more, as
sites are redesigned; after twice as many in a crawl that found it unchanged. A version is saved before a page is read with it. Nothing
here may fail a crawl.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from scraper.errors import ReaderFailed
from scraper.extensions.archive import Archive
from scraper.items import CapturedPage
from scraper.reader_messages import LearnRequest
from scraper.readers import Readers
from scraper.reading.repeats import Repeats
from storage import clock
from storage.errors import StorageError
from storage.identity import host_key
from storage.repeats import KnownRepeats, Sample, latest_samples, newest_repeats, repeats_to_read_with, save_repeats
from storage.sources import find_source

logger = logging.getLogger(__name__)

FIRST: Final = 10
"""New articles of a host after which it is learned for the first time."""
AGAIN: Final = 60
"""New articles of a host after which it is looked at again."""
RAREST: Final = 960
"""New articles of a host after which it is looked at again at the latest, by a crawl that brings thousands."""
PAGES: Final = 20
"""Pages that are learned from: 20 tell a line on every page from one on every third."""


@dataclass(slots=True)
class _Site:
    """One host of a source. known: the newest version, None before there is one. samples: its latest new articles; fresh: how many of
    its new articles no version has looked at. again: how many of them there must be. task: the learning that is under way.
    """

    known: KnownRepeats | None = None
    samples: deque[Sample] = field(default_factory=lambda: deque(maxlen=PAGES))
    fresh: int = 0
    again: int = AGAIN
    task: asyncio.Task[None] | None = None

    def add(self, sample: Sample) -> None:
        self.samples.append(sample)
        self.fresh += 1

    @property
    def is_due(self) -> bool:
        return self.task is None and self.fresh >= (FIRST if self.known is None else self.again)

    def take(self, known: KnownRepeats) -> None:
        """A version that is new, or the same again, which then need not be asked for as soon."""
        is_same = self.known is not None and self.known.id == known.id
        self.known, self.again = known, min(2 * self.again, RAREST) if is_same else AGAIN


@dataclass(slots=True)
class _Sites:
    """The hosts of a source. source_id: its row; None where it cannot be told, and nothing is learned."""

    source_id: int | None = None
    by_host: dict[str, _Site] = field(default_factory=dict)

    def site(self, host: str) -> _Site:
        return self.by_host.setdefault(host, _Site())


class SiteLearning:
    """Tells readers what a site repeats, and has them learn it."""

    def __init__(self, archive: Archive, readers: Readers) -> None:
        self._archive = archive
        self._readers = readers
        self._loading = asyncio.Lock()
        self._sources: dict[str, _Sites] = {}

    async def prepare(self, item: CapturedPage) -> CapturedPage:
        """The page with the lines that its site repeats, as far as they are known. A JSON record has none."""
        if item.rules.record is not None:
            return item
        known = (await self._sites(item.source)).site(host_key(_url(item))).known
        if item.is_known and known is not None:
            known = await self._as_before(item, known)
        if known is None:
            return item
        rules = replace(item.rules, repeats=Repeats(known.pages, known.lines))
        return replace(item, rules=rules, site_repeats_id=known.id)

    def note(self, item: CapturedPage) -> None:
        """A page was read: where it is a new article, there is one more to learn from."""
        sites = self._sources.get(item.source)
        is_new = item.reading is not None and item.reading.kind == "article" and not item.is_known
        if sites is None or sites.source_id is None or not is_new or item.rules.record is not None:
            return
        url = _url(item)
        host = host_key(url)
        site = sites.site(host)
        site.add(Sample(url, item.fetched.ref.warc_file, item.fetched.ref.offset))
        if site.is_due:
            site.task = asyncio.create_task(self._learn(item, sites.source_id, host, site))

    async def close(self) -> None:
        """Wait for what is being learned: a page more, at most, for each host."""
        under_way = [site.task for sites in self._sources.values() for site in sites.by_host.values() if site.task]
        await asyncio.gather(*under_way)

    async def _learn(self, item: CapturedPage, source_id: int, host: str, site: _Site) -> None:
        samples, site.fresh = tuple(site.samples), 0
        folder = self._archive.warc.folder
        request = LearnRequest(
            captures=tuple((folder / each.warc_file, each.offset, each.url) for each in samples),
            rules=replace(item.rules, repeats=None),
        )
        try:
            learned = await self._readers.learn(request)
            if learned is not None:
                save = partial(
                    save_repeats,
                    source_id=source_id,
                    host=host,
                    pages=learned.pages,
                    lines=learned.lines,
                    samples=samples,
                    now=clock.now(),
                )
                site.take(await self._archive.writer.do(save, patient=True))
        except (ReaderFailed, StorageError) as error:
            logger.warning("%s: what %s repeats on its pages was not learned: %s", item.source, host, error)
        except Exception:
            logger.exception("%s: what %s repeats on its pages was not learned", item.source, host)
        finally:
            site.task = None

    async def _sites(self, source: str) -> _Sites:
        async with self._loading:
            if source not in self._sources:
                try:
                    self._sources[source] = await asyncio.to_thread(self._load, source)
                except StorageError as error:
                    logger.warning("%s: what is known of its sites could not be loaded: %s", source, error)
                    self._sources[source] = _Sites()
        return self._sources[source]

    def _load(self, source: str) -> _Sites:
        with self._archive.database.read() as session:
            source_id = find_source(session, source)
            if source_id is None:
                return _Sites()
            versions = newest_repeats(session, source_id)
            sites = _Sites(source_id, {host: _Site(known) for host, known in versions.items()})
            for sample in latest_samples(session, source_id):
                site = sites.site(host_key(sample.url))
                if site.known is None or sample.number > site.known.newest_capture:
                    site.add(sample)
        return sites

    async def _as_before(self, item: CapturedPage, newest: KnownRepeats | None) -> KnownRepeats | None:
        try:
            return await asyncio.to_thread(self._read_with, item.page_url, newest)
        except StorageError as error:
            logger.warning("%s: %s is read with what is known now: %s", item.source, item.page_url, error)
            return newest

    def _read_with(self, page_url: str, newest: KnownRepeats | None) -> KnownRepeats | None:
        with self._archive.database.read() as session:
            return repeats_to_read_with(session, page_url, newest)


def _url(item: CapturedPage) -> str:
    """Where the page's bytes came from."""
    return item.fetched.addresses[-1] if item.fetched.addresses else item.page_url
