"""A line on the terminal that says how far a crawl is."""

from __future__ import annotations

from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured


class CrawlProgress:
    """Shows requests answered of those known so far, and articles kept. Only where ELCHI_PROGRESS is set: on a terminal."""

    def __init__(self, crawler: Crawler) -> None:
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("pages"),
            TimeElapsedColumn(),
        )
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("Crawling", total=0)
        self._known = self._answered = self._kept = 0
        for handler, signal in (
            (self.spider_opened, signals.spider_opened),
            (self.spider_closed, signals.spider_closed),
            (self.request_scheduled, signals.request_scheduled),
            (self.request_left, signals.request_left_downloader),
            (self.item_scraped, signals.item_scraped),
        ):
            crawler.signals.connect(handler, signal=signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built once for a crawl."""
        if not crawler.settings.getbool("ELCHI_PROGRESS"):
            raise NotConfigured
        return cls(crawler)

    def spider_opened(self) -> None:
        """Begin to draw."""
        self._progress.start()

    def spider_closed(self) -> None:
        """Take the line away."""
        self._progress.stop()

    def request_scheduled(self, request: Request) -> None:
        """One more page is known."""
        self._known += 1
        self._draw()

    def request_left(self, request: Request) -> None:
        """One more page was answered, or failed."""
        if "due" in request.meta:
            self._answered += 1
            self._draw()

    def item_scraped(self) -> None:
        """One more page is kept."""
        self._kept += 1
        self._draw()

    def _draw(self) -> None:
        self._progress.update(
            self._task,
            total=max(self._known, self._answered),
            completed=self._answered,
            description=f"{self._kept} kept",
        )
