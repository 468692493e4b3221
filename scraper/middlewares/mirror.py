"""Asks a mirror on this machine in place of the real web: in tests, and to crawl what others have archived."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from scraper.errors import SettingError


def check_mirror(proxies: Mapping[str, str]) -> None:
    """Raises `SettingError` where a request could reach the real web. proxies: by scheme, as `urllib.request.getproxies` gives them."""
    hosts = [urlsplit(proxies.get(scheme, "")).hostname or "" for scheme in ("http", "https")]
    if proxies.get("no") or not all(map(_is_loopback, hosts)):
        raise SettingError(
            "ELCHI_MIRROR hurries, so it is only for a mirror on this machine: set http_proxy and https_proxy to its address, "
            "such as http://127.0.0.1:8800, and no no_proxy; or unset ELCHI_MIRROR."
        )


class MirrorMiddleware:
    """Asks https:// addresses as http:// ones, which a mirror can answer without a certificate. Only where ELCHI_MIRROR is set."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built once for a crawl. Raises `SettingError`."""
        if not crawler.settings.getbool("ELCHI_MIRROR"):
            raise NotConfigured
        check_mirror(getproxies())
        return cls()

    def process_request(self, request: Request) -> Request | None:
        """The same request without TLS."""
        if request.url.startswith("https://"):
            return request.replace(url="http://" + request.url.removeprefix("https://"), dont_filter=True)
        return None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
