"""Second pipeline: the article goes to the one writer, and its outcome into the ledger."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.statscollectors import StatsCollector
from sqlalchemy.orm import Session

from scraper.extensions.archive import VERSION, Archive
from scraper.items import CapturedPage
from storage.archive import Outcome, save_reading
from storage.errors import StorageError
from storage.pages import find_page
from storage.traps import good_shapes, shut_trap

logger = logging.getLogger(__name__)

READER = f"elchi {VERSION}, trafilatura {version('trafilatura')}"
"""What is noted beside each capture: the same page may be read better by a later reader."""


class KeepArticlePipeline:
    """Saves each captured page, whether or not it could be read, and counts what it brought."""

    def __init__(self, archive: Archive, stats: StatsCollector) -> None:
        self._archive = archive
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built once for a crawl, after its extensions."""
        assert crawler.stats is not None
        return cls(Archive.of(crawler), crawler.stats)

    async def process_item(self, item: CapturedPage) -> CapturedPage:
        """Save the page. Raises `DropItem` where nothing can be written: the next crawl finds the capture in the WARC."""
        try:
            outcome, lost = await self._save(item)
        except StorageError as error:
            raise DropItem(f"not saved: {error}") from error
        except (
            Exception
        ) as error:  # one page that the database does not take: its capture is kept, and the crawl goes on
            logger.exception("what was read of %s could not be saved", item.page_url)
            item = replace(item, reading=None, failure=("not saved", f"{type(error).__name__}: {error}"))
            outcome, lost = await self._save_unread(item)
        tally = self._archive.tally(item.source)
        if item.failure is not None:
            tally.fail(item.failure[0], item.page_url, item.failure[1])
            self._stats.inc_value(f"elchi/failed/{item.failure[0]}")
            return item
        await self._watch_for_traps(item, outcome)
        setattr(tally, outcome, getattr(tally, outcome) + 1)
        tally.lost += lost
        self._stats.inc_value(f"elchi/outcome/{outcome}")
        if item.reading is not None:
            self._stats.inc_value(f"elchi/kind/{item.reading.kind}")
            self._stats.inc_value(
                f"elchi/published/{item.reading.published.method if item.reading.published else 'none'}"
            )
            if outcome != "other":
                tally.read.add(
                    title=item.reading.title,
                    text=item.reading.text,
                    language=item.reading.language,
                    dated=item.reading.published is not None,
                    missed=item.reading.missed,
                )
                for name in item.reading.missed:
                    self._stats.inc_value(f"elchi/selector/missed/{name}")
        return item

    async def _watch_for_traps(self, item: CapturedPage, outcome: Outcome) -> None:
        """Shut the shape of address that the page has, where it is one of many that bring nothing."""
        archive, source_id = self._archive, self._archive.sources.get(item.source)
        if item.is_known or source_id is None:  # seen again, or taken up of a source that this run does not ask
            return
        watch = archive.traps[item.source]
        if outcome != "new" and watch.good is None:
            watch.good = await archive.writer.do(partial(good_shapes, source_id=source_id))
        shape = watch.note(item.page_url, is_new=outcome == "new")
        if outcome == "other" and watch.is_strange(item.page_url):
            archive.tally(item.source).strange += 1
        if shape is not None:
            watch.shut.add(shape)
            logger.warning("%s: pages like %s bring nothing, and are not asked any more", item.source, item.page_url)
            archive.writer.later(partial(shut_trap, source_id=source_id, shape=shape, now=item.fetched.fetched_at))

    async def _save_unread(self, item: CapturedPage) -> tuple[Outcome, bool]:
        """Save the capture alone. Where not even that can be done, the fault is no page's: the crawl stops, the next one takes it up."""
        try:
            return await self._save(item)
        except StorageError as error:
            raise DropItem(f"not saved: {error}") from error
        except Exception as error:
            self._archive.leave_for_later(item.source, item.page_url, "not saved", error)
            raise DropItem(f"not saved: {error}") from error

    async def _save(self, item: CapturedPage) -> tuple[Outcome, bool]:
        """What the page brought, and whether it had an article and reads as none now."""
        save = partial(
            save_reading,
            run_id=self._archive.run_id,
            source_slug=item.source,
            page_url=item.page_url,
            fetched=item.fetched,
            reading=item.reading,
            reader=READER,
            visits=item.visits,
            site_repeats_id=item.site_repeats_id,
        )

        def save_and_look(session: Session) -> tuple[Outcome, bool]:
            outcome = save(session)
            page = find_page(session, item.page_url) if outcome == "other" and item.failure is None else None
            return outcome, page is not None and page.article_id is not None

        return await self._archive.writer.do(save_and_look, patient=True)
