"""What leads into a trap is not asked any more, though it was queued before the trap was noticed."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from scraper.extensions.archive import Archive


class Trapped(IgnoreRequest):
    """The request is for one of endlessly many pages that bring nothing; see storage/traps.py."""


class TrapMiddleware:
    """Refuses articles whose address has a shape that is shut."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built once for a crawl, after its extensions."""
        return cls(Archive.of(crawler))

    def process_request(self, request: Request) -> None:
        """Let the request pass, or refuse it."""
        source = request.meta.get("source")
        if source and request.meta.get("role") == "article" and self._archive.traps[source].is_shut(request.url):
            raise Trapped("many pages with such an address were read, and brought nothing")
