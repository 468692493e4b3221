"""Fetches single pages that a person names, as politely as a crawl, and keeps nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from scraper.errors import ContactMissing
from scraper.failures import classify_failure
from spiders.catalogue.hosts import host_of, is_reserved


class PageSpider(Spider):
    """pages: by URL, the answer or a sentence that says why there is none."""

    name = "page"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Only the hosts that were named may be asked. Raises `ContactMissing`."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        hosts = [host for url in spider.urls if (host := host_of(url))]
        real = [host for host in hosts if not is_reserved(host)]
        if real and not crawler.settings["ELCHI_CONTACT"]:
            raise ContactMissing(
                f"{real[0]} is on the real web. Set ELCHI_CONTACT to an e-mail address or a web page of yours."
            )
        crawler.settings.set("ELCHI_ALLOWED_HOSTS", {cls.name: hosts}, priority="spider")
        return spider

    def __init__(self, urls: list[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls
        self.pages: dict[str, Response | str] = {}

    async def start(self) -> AsyncIterator[Request]:
        """Ask for each page."""
        for url in self.urls:
            yield Request(url, self.parse, errback=self.failed, dont_filter=True, cb_kwargs={"url": url})

    def parse(self, response: Response, url: str) -> None:
        """The page came."""
        self.pages[url] = response

    def failed(self, failure: Failure) -> None:
        """It did not."""
        assert failure.value is not None
        url = failure.request.cb_kwargs["url"]  # type: ignore[attr-defined]
        self.pages[url] = f"{classify_failure(failure.value)}: {failure.value}"
