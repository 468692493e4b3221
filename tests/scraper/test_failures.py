"""Each failure has its class."""

from __future__ import annotations

import zlib
from gzip import BadGzipFile

import pytest
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
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from scraper.failures import INSTEAD, classify_failure, classify_status
from scraper.middlewares.allowed_hosts import OutOfBounds
from scraper.middlewares.challenge import Challenged
from scraper.middlewares.robots import Disallowed, RobotsUnknown
from scraper.tls import TlsFailed
from storage import visits
from storage.errors import DatabaseBusy, WarcFull


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (WarcFull("no room"), "disk full"),
        (DatabaseBusy("locked"), "database"),
        (OutOfBounds("http://elsewhere.test"), "other host"),
        (Disallowed("/admin/"), "robots"),
        (Challenged("answered 403"), "challenge"),
        (RobotsUnknown("not asked", Challenged("answered 403")), "challenge"),
        (TlsFailed("TLS 1.0"), "ssl"),
        (RobotsUnknown("answered 503"), "robots"),
        (RobotsUnknown("not asked", DownloadTimeoutError("60 s")), "timeout"),
        (RobotsUnknown("not asked", OutOfBounds("redirected")), "other host"),
        (RobotsUnknown("not asked", WarcFull("no room")), "disk full"),
        (CannotResolveHostError("nowhere.test"), "no such host"),
        (DownloadConnectionRefusedError("closed"), "refused"),
        (DownloadTimeoutError("60 s"), "timeout"),
        (DownloadCancelledError("50 MB"), "too large"),
        (ResponseDataLossError("half"), "cut short"),
        (UnsupportedURLSchemeError("gopher"), "not http"),
        (DownloadFailedError("reset"), "connection"),
        (zlib.error("incorrect header check"), "encoding"),
        (BadGzipFile("Not a gzipped file"), "encoding"),
        (IgnoreRequest("max redirections reached"), "redirect loop"),
        (IgnoreRequest("its body exceeded DOWNLOAD_MAXSIZE (10 B) during decompression."), "too large"),
        (IgnoreRequest("for some reason"), "ignored"),
        (RuntimeError("nobody foresaw this"), "other"),
        (HttpError(Response("http://a.test/", status=404)), "gone"),
    ],
)
def test_class_of_an_error(error: Exception, name: str) -> None:
    assert classify_failure(error) == name


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (301, "redirect"), (304, "redirect"), (400, "client error"), (401, "login"), (403, "forbidden"), (404, "gone"), (410, "gone"),
        (429, "too many requests"), (451, "blocked by law"), (500, "server error"), (503, "server error"), (204, "odd status"),
        (999, "odd status"),
    ],
)  # fmt: skip
def test_class_of_a_status(status: int, name: str) -> None:
    assert classify_status(status) == name


def test_every_class_that_health_counts_is_one_of_ours() -> None:
    assert visits.INSTEAD | {"challenge"} == INSTEAD
