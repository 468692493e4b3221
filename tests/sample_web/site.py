"""What a site is to the server: hosts, routes from paths to answers, and rows for the manifest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

Row = dict[str, Any]
"""One line of the manifest: see `tests.sample_web.manifest`."""

LAST_CHANGE = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
"""Last-Modified of everything that has no date of its own."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as a site sees it. path: as it came, percent-encoded. query: last value of each name, decoded."""

    host: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    today: date


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site says. modified: the moment for Last-Modified, for sites that send it."""

    status: int
    body: bytes
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    modified: datetime = LAST_CHANGE


Route = tuple[str, Callable[..., Answer | None]]
"""A regular expression on the whole path, and what answers: it gets the request and the expression's groups."""


def not_found(_: Request) -> Answer:
    page = b"<!DOCTYPE html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"
    return Answer(404, page, "text/html")


@dataclass(frozen=True)
class Site:
    """One site. sends: which of "etag" and "last-modified" its answers carry. gzips: whether it compresses when asked."""

    slug: str
    hosts: tuple[str, ...]
    routes: tuple[Route, ...]
    rows: Callable[[], Iterable[Row]]
    sends: frozenset[str] = field(default_factory=frozenset)
    gzips: bool = False
    server: str = "nginx"
    unknown: Callable[[Request], Answer] = not_found

    def answer(self, request: Request) -> Answer:
        """The first route that matches and does not decline, else an asset, else the site's way of saying 404."""
        for pattern, respond in self.routes:
            match = re.fullmatch(pattern, request.path)
            answer = respond(request, *match.groups()) if match else None
            if answer is not None:
                return answer
        return _asset(request.path) or self.unknown(request)


def moved(url: str) -> Answer:
    return Answer(301, b"", headers=(("Location", url),))


def dated(answer: Answer, moment: date | datetime | None) -> Answer:
    """The answer with Last-Modified at the moment; a bare date counts as its noon in UTC."""
    if moment is None:
        return answer
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=UTC)
    return replace(answer, modified=moment.astimezone(UTC))


_GIF = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00"
    b"!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
_ASSETS = {
    ".gif": (_GIF, "image/gif"),
    ".jpg": (_GIF, "image/gif"),
    ".png": (_GIF, "image/gif"),
    ".ico": (_GIF, "image/gif"),
    ".css": (b"body{margin:0}\n", "text/css"),
    ".js": (b"/* nothing to run */\n", "application/javascript"),
    ".pdf": (_PDF, "application/pdf"),
}


def _asset(path: str) -> Answer | None:
    for ending, (body, content_type) in _ASSETS.items():
        if path.lower().endswith(ending):
            return Answer(200, body, content_type)
    return None
