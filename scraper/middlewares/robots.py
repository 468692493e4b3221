"""robots.txt as RFC 9309 has it: a server that fails to say what is allowed has not allowed it."""

from __future__ import annotations

import asyncio
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.utils.httpobj import urlparse_cached

PRIORITY = 1000
"""Before every page."""


class Disallowed(IgnoreRequest):
    """robots.txt does not allow the address."""


class RobotsUnknown(IgnoreRequest):
    """robots.txt could not be had, so nothing may be asked. cause: why, None where the server answered that it has failed."""

    def __init__(self, message: str, cause: Exception | None = None) -> None:
        super().__init__(message)
        self.cause = cause


class RobotsMiddleware:
    """Asks each host's robots.txt before anything else, once a crawl, and obeys it (RFC 9309, section 2.3.1).

    4xx means that there are no rules (2.3.1.3), and so do redirects without end (2.3.1.2). While the server answers 5xx or cannot be
    reached, nothing may be asked (2.3.1.4). Scrapy's own middleware asks everything then. Sends Scrapy's signal robots_parsed.
    """

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured("ROBOTSTXT_OBEY is off")
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules: dict[str, asyncio.Task[RobotParser]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built once for a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or refuse it."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        host = urlparse_cached(request).netloc
        if host not in self._rules:
            self._rules[host] = asyncio.create_task(self._ask(request))
        rules = await asyncio.shield(self._rules[host])
        if not rules.allowed(request.url, self._agent):
            raise Disallowed(f"robots.txt of {host} does not allow this address")

    async def _ask(self, request: Request) -> RobotParser:
        body = await self._fetch(request)
        rules = ProtegoRobotParser.from_crawler(self._crawler, body)
        await self._crawler.signals.send_catch_log_async(signals.robots_parsed, robotparser=rules, request=request)
        return rules

    async def _fetch(self, request: Request) -> bytes:
        """What robots.txt says, nothing where there is none. Raises `RobotsUnknown`."""
        parts = urlparse_cached(request)
        url = f"{parts.scheme}://{parts.netloc}/robots.txt"
        meta = {"dont_obey_robotstxt": True}
        assert self._crawler.engine is not None
        try:
            answer = await self._crawler.engine.download_async(
                Request(url, priority=PRIORITY, meta=meta, callback=NO_CALLBACK)
            )
        except Exception as error:
            if isinstance(error, IgnoreRequest) and "max redirections" in str(error):
                return b""
            message = f"{url} could not be asked, so nothing else may be: {str(error) or type(error).__name__}"
            raise RobotsUnknown(message, error) from error
        if answer.status >= 500:
            raise RobotsUnknown(f"{url} answered {answer.status}, so nothing else may be asked")
        # An error page is no robots.txt, whatever its words; a redirect that leads nowhere is none either.
        return answer.body if answer.status == 200 else b""
