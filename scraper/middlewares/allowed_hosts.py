"""No request leaves for a host that the catalogue does not name: not by a link, not by a redirect."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.utils.httpobj import urlparse_cached


class OutOfBounds(IgnoreRequest):
    """The request was for a host that its source does not own."""


class AllowedHostsMiddleware:
    """Refuses requests outside the hosts of their source.

    Reads ELCHI_ALLOWED_HOSTS, which the spider sets: by source, the hosts (with a port where it is not the usual one) that may be
    asked. Requests that belong to no source (robots.txt) may go to the hosts of any.
    """

    def __init__(self, hosts: dict[str, list[str]]) -> None:
        self._hosts = {source: frozenset(names) for source, names in hosts.items()}
        self._all = frozenset(name for names in hosts.values() for name in names)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built once for a crawl."""
        hosts = crawler.settings.getdict("ELCHI_ALLOWED_HOSTS")
        if not hosts:
            raise NotConfigured("no source names its hosts")
        return cls(hosts)

    def process_request(self, request: Request) -> None:
        """Let the request pass, or refuse it."""
        parts = urlparse_cached(request)
        usual = 80 if parts.scheme == "http" else 443
        host = (parts.hostname or "").rstrip(".")
        name = host if parts.port in {None, usual} else f"{host}:{parts.port}"
        if parts.scheme not in {"http", "https"} or name not in self._hosts.get(
            request.meta.get("source", ""), self._all
        ):
            came_from = request.meta.get("redirect_urls", [])
            how = f"redirected from {came_from[-1]} to" if came_from else "led to"
            raise OutOfBounds(f"{how} {parts.scheme}://{name}, which is not one of the source's hosts")
