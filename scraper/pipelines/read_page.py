"""First pipeline: a reader process turns the capture into an article."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import partial
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from scraper.errors import NoRoomToRead, ReaderFailed, ReaderTimeout
from scraper.extensions.archive import Archive
from scraper.failures import GONE, INSTEAD
from scraper.items import CapturedPage
from scraper.learning import SiteLearning
from scraper.reader_messages import DISK_FULL, ReadRequest
from scraper.readers import Readers
from storage import frontier
from storage.archive import save_fetched

logger = logging.getLogger(__name__)


class ReadPagePipeline:
    """Names the capture to a reader, and waits for what it makes of it. A page that cannot be read goes on with the reason."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        assert crawler.stats is not None
        self._stats = crawler.stats
        self._archive = Archive.of(crawler)
        self._max_bytes = settings.getint("DOWNLOAD_MAXSIZE")
        self._readers = Readers(
            settings.getint("ELCHI_READERS"),
            seconds=settings.getfloat("ELCHI_READER_SECONDS"),
            megabytes=settings.getint("ELCHI_READER_MEGABYTES"),
        )
        self._learning = SiteLearning(self._archive, self._readers)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built once for a crawl, after its extensions."""
        return cls(crawler)

    async def close_spider(self) -> None:
        """Stop the reader processes, once they have learned what they were to learn."""
        await self._learning.close()
        await self._readers.close()

    async def process_item(self, item: CapturedPage) -> CapturedPage:
        """The page with its reading, or with its failure. Raises `DropItem` where the answer is not the page's, or is left for later."""
        if item.failure is None:
            item = await self._read(await self._learning.prepare(item))
            self._learning.note(item)
        if item.failure is not None and item.failure[0] in INSTEAD:
            self._give_up(item, *item.failure)
            raise DropItem(item.failure[1], log_level="DEBUG")
        return item

    async def _read(self, item: CapturedPage) -> CapturedPage:
        ref = item.fetched.ref
        request = ReadRequest(
            warc_path=self._archive.warc.folder / ref.warc_file,
            offset=ref.offset,
            url=item.fetched.addresses[-1] if item.fetched.addresses else item.page_url,
            rules=item.rules,
            found=item.found,
            max_bytes=self._max_bytes,
        )
        try:
            answer = await self._readers.read(request)
        except ReaderFailed as error:
            failure = "reader timeout" if isinstance(error, ReaderTimeout) else "reader crashed"
            return replace(item, failure=(failure, str(error)))
        if answer.failure is not None and answer.failure[0] == DISK_FULL:
            self._archive.leave_for_later(item.source, item.page_url, DISK_FULL, NoRoomToRead(answer.failure[1]))
            raise DropItem(answer.failure[1])
        return replace(item, reading=answer.reading, failure=answer.failure)

    def _give_up(self, item: CapturedPage, failure: str, message: str) -> None:
        """The page stays as it was, and due; the capture is kept, as evidence."""
        logger.warning("%s: %s: %s: %s", item.source, failure, item.page_url, message)
        self._archive.tally(item.source).fail(failure, item.page_url, message)
        self._stats.inc_value(f"elchi/failed/{failure}")
        later, page_url = self._archive.writer.later, item.page_url
        later(partial(save_fetched, run_id=self._archive.run_id, fetched=item.fetched, page_url=page_url))
        later(partial(frontier.fail, page_url=page_url, failure=failure, retry_at=item.retry_at, gone=failure in GONE))
