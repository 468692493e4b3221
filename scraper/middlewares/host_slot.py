"""One queue a server: whatever is asked of it, by whichever source or redirect, waits in the same line."""

from __future__ import annotations

from scrapy import Request
from scrapy.utils.httpobj import urlparse_cached


def slot_of(host: str) -> str:
    """The name of a host's queue. ``www.example.org`` and ``example.org`` are one server. host: without its port."""
    return host.rstrip(".").removeprefix("www.")


def slot_of_request(request: Request) -> str:
    """The name of the queue of the host that a request is for."""
    return slot_of(urlparse_cached(request).hostname or "")


class HostSlotMiddleware:
    """Puts each request into the queue of the host that it is for.

    Left alone, Scrapy asks what a redirect leads to in the queue of the host that sent it, beside that host's own queue and its delay.
    """

    def process_request(self, request: Request) -> None:
        """Name the queue."""
        request.meta["download_slot"] = slot_of_request(request)
