"""Every answer goes to the WARC as it came over the wire, before anything reads it."""

from __future__ import annotations

from functools import partial
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.headers import Headers

from scraper.extensions.archive import Archive
from storage import clock
from storage.archive import Fetched, save_fetched
from storage.identity import clean_url
from storage.warc import Exchange


class WarcMiddleware:
    """The last to see a request and the first to see its answer. Leaves ``request.meta["fetched"]`` for the spider.

    Answers that nobody will read (redirects, errors, robots.txt, 304) are saved in the database right here.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built once for a crawl, after its extensions."""
        return cls(Archive.of(crawler))

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep the answer, and pass it on."""
        fetched_at = clock.now()
        role, due = request.meta.get("role"), request.meta.get("due")
        ref = self._archive.keep(
            Exchange(
                url=request.url,
                method=request.method,
                request_headers=_pairs(request.headers),
                status=response.status,
                response_headers=_pairs(response.headers),
                body=response.body,
                fetched_at=fetched_at,
                source=request.meta.get("source"),
                role=role or "robots",
                page_url=due.page_url if due and due.page_url != request.url else None,
                ip_address=str(response.ip_address) if response.ip_address else None,
            )
        )
        fetched = Fetched(
            url=clean_url(request.url),
            addresses=(*request.meta.get("redirect_urls", ()), request.url),
            fetched_at=fetched_at,
            status=response.status,
            content_type=_text(response, "Content-Type"),
            ref=ref,
            etag=_text(response, "ETag"),
            last_modified=_text(response, "Last-Modified"),
        )
        request.meta["fetched"] = fetched
        if role is None or response.status != 200:
            page_url = due.page_url if due else None
            self._archive.writer.later(
                partial(save_fetched, run_id=self._archive.run_id, fetched=fetched, page_url=page_url)
            )
        return response


def _pairs(headers: Headers) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, values in headers.items() for value in values]


def _text(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
