"""Runs Scrapy in this process, from wherever the command was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Spider
    from scrapy.crawler import Crawler


def run_spider(spider: type[Spider], arguments: Mapping[str, Any], overrides: Mapping[str, Any]) -> Crawler:
    """Run one spider to its end. overrides: settings that go before scraper/settings.py.

    Raises what kept the crawl from starting: `CatalogueError`, `UnknownSource`, `ContactMissing`, `DatabaseError`.
    """
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    settings = Settings()
    settings.setmodule("scraper.settings", priority="project")
    settings.update(dict(overrides), priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    task = process.crawl(crawler, **arguments)
    process.start()
    if (error := task.exception()) is not None:
        raise error
    return crawler
