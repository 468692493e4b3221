"""Every failure has a class: a short name that the ledger counts and a person understands."""

from __future__ import annotations

import zlib
from gzip import BadGzipFile

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from scraper.middlewares.allowed_hosts import OutOfBounds
from scraper.middlewares.challenge import Challenged
from scraper.middlewares.robots import Disallowed, RobotsUnknown
from scraper.middlewares.traps import Trapped
from scraper.tls import TlsFailed
from storage.errors import DatabaseError, WarcFull

CLASSES: tuple[tuple[type[BaseException], str], ...] = (
    (WarcFull, "disk full"),
    (DatabaseError, "database"),
    (OutOfBounds, "other host"),
    (Disallowed, "robots"),
    (Challenged, "challenge"),
    (TlsFailed, "ssl"),
    (Trapped, "trap"),
    (CannotResolveHostError, "no such host"),
    (DownloadConnectionRefusedError, "refused"),
    (DownloadTimeoutError, "timeout"),
    (DownloadCancelledError, "too large"),
    (ResponseDataLossError, "cut short"),
    (UnsupportedURLSchemeError, "not http"),
    (zlib.error, "encoding"),
    (BadGzipFile, "encoding"),
    (DownloadFailedError, "connection"),
)
"""By exception, the first that fits."""

WORDS: tuple[tuple[str, str], ...] = (
    ("max redirections", "redirect loop"),
    ("DOWNLOAD_MAXSIZE", "too large"),
)
"""Scrapy says both of these with the same exception; its words tell them apart."""

GONE = frozenset({"gone", "soft 404"})
"""Classes that end a page: there is none, and it is not asked again."""

INSTEAD = frozenset({"challenge", "needs javascript", "soft 404", "redirect away"})
"""Classes of answers in a page's stead: they are kept, but not read, and not even their ETag is believed."""

STATUSES = {401: "login", 403: "forbidden", 404: "gone", 410: "gone", 429: "too many requests", 451: "blocked by law"}


def classify_failure(error: BaseException) -> str:
    """The class of a failed request: "timeout", "refused", "gone", "server error", ..."""
    if isinstance(error, HttpError):
        return classify_status(error.response.status)
    if isinstance(error, RobotsUnknown):
        return classify_failure(error.cause) if error.cause is not None else "robots"
    for kind, name in CLASSES:
        if isinstance(error, kind):
            return name
    if isinstance(error, IgnoreRequest):
        return next((name for words, name in WORDS if words in str(error)), "ignored")
    return "other"


def classify_status(status: int) -> str:
    """The class of an HTTP status that is not a success."""
    if status in STATUSES:
        return STATUSES[status]
    return {3: "redirect", 4: "client error", 5: "server error"}.get(status // 100, "odd status")
