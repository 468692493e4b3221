"""Keeps the pauses between requests as a server would measure them, and obeys Crawl-delay, which Scrapy only parses."""

from __future__ import annotations

import logging
from time import monotonic
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser

from scraper.middlewares.host_slot import slot_of_request

logger = logging.getLogger(__name__)

LONGEST_SECONDS = 120.0
"""A larger Crawl-delay is a mistake more often than a wish: 24 pages an hour would be left."""


class Politeness:
    """Raises the delay of a host to what its robots.txt asks for, never below what the catalogue says.

    A pause begins when an answer has come, not when its question was decided on: a request that left late, as the first of a crawl
    does, would else have the next one close on its heels (0.66 s were seen where 1 s was promised).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = crawler.settings.get("ROBOTSTXT_USER_AGENT", "")
        self._default = crawler.settings.getfloat("DOWNLOAD_DELAY")
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(self.response_downloaded, signal=signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built once for a crawl."""
        return cls(crawler)

    def response_downloaded(self, request: Request) -> None:
        """An answer came: its host's pause begins."""
        slot = self._crawler.engine.downloader.slots.get(request.meta["download_slot"])
        if slot is not None:
            slot.lastseen = monotonic()

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """A robots.txt came: take its Crawl-delay for the host."""
        wish = robotparser.crawl_delay(self._agent)
        if not wish:
            return
        delay = min(wish, LONGEST_SECONDS)
        name = slot_of_request(request)
        downloader = self._crawler.engine.downloader
        known = downloader.per_slot_settings.setdefault(name, {})
        known["delay"] = max(known.get("delay", self._default), delay)
        known["concurrency"] = 1
        slot = downloader.slots.get(name)
        if slot is not None:
            slot.delay, slot.concurrency = known["delay"], 1
        logger.info("robots.txt of %s asks for %g s between requests", name, wish)
