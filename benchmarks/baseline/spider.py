"""The spider of the baseline."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import trafilatura
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from sqlalchemy import Column, DateTime, MetaData, String, Table, Text, create_engine, event, insert
from trafilatura.settings import Document

from spiders.catalogue import Source
from spiders.discovery import Answer, discover
from spiders.preparation import allowed_hosts, catalogue_of, download_slots, entries_by_url

TABLES = MetaData()
ARTICLE = Table(
    "article",
    TABLES,
    Column("url", String, primary_key=True),
    Column("source", String),
    Column("title", Text),
    Column("author", Text),
    Column("published", String),
    Column("text", Text),
    Column("fetched_at", DateTime),
)


class BaselineSpider(Spider):
    """Follows every candidate once, extracts it on the spot, and saves it."""

    name = "baseline"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Load the catalogue, as Elchi's spider does."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.sources = catalogue_of(crawler.settings["ELCHI_CATALOGUE"])
        chosen = spider.sources.values()
        crawler.settings.set("ELCHI_ALLOWED_HOSTS", allowed_hosts(chosen), priority="spider")
        crawler.settings.set("DOWNLOAD_SLOTS", download_slots(chosen), priority="spider")
        return spider

    def __init__(self, database: str = "baseline.sqlite", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sources: dict[str, Source] = {}
        engine = create_engine(f"sqlite:///{Path(database).absolute()}", isolation_level="AUTOCOMMIT")
        event.listen(engine, "connect", _prepare)
        self.connection = engine.connect()
        TABLES.create_all(self.connection)

    async def start(self) -> AsyncIterator[Request]:
        """Every entry point of every source."""
        for source in self.sources.values():
            for url in entries_by_url(source):
                yield self._listing(source, url, url, 0)

    def parse_listing(self, response: Response) -> Iterator[Request]:
        """The candidates, and the next page of the list."""
        source, entry_url, depth = (response.meta[name] for name in ("source", "entry", "depth_of_list"))
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        source = self.sources[source]
        found = discover(
            source, entries_by_url(source)[entry_url], Answer(response.url, response.body, content_type, depth)
        )
        for candidate in found.candidates:
            yield Request(candidate.url, self.parse_article, meta={"source": source.slug, "role": "article"})
        if found.next_url and found.candidates:
            yield self._listing(source, found.next_url, entry_url, depth + 1)

    def parse_article(self, response: Response) -> None:
        """Read the page here and now, and save a row."""
        read = trafilatura.bare_extraction(response.body, url=response.url, with_metadata=True)
        if not isinstance(read, Document):
            return
        row = {
            "url": response.url,
            "source": response.meta["source"],
            "title": read.title,
            "author": read.author,
            "published": read.date,
            "text": read.text,
            "fetched_at": datetime.now(UTC),
        }
        self.connection.execute(insert(ARTICLE).prefix_with("OR REPLACE").values(row))

    def closed(self, reason: str) -> None:
        """The crawl is over."""
        self.connection.close()

    def _listing(self, source: Source, url: str, entry_url: str, depth: int) -> Request:
        meta = {"source": source.slug, "entry": entry_url, "depth_of_list": depth, "role": "listing"}
        return Request(url, self.parse_listing, meta=meta, priority=10)


def _prepare(connection: Any, _: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
