"""Tells a webhook when a crawl needs a person: one JSON object by POST; docs/run-from-cron.md says what is in it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from elchi.commands.exits import Exit, exit_code
from scraper import settings
from scraper.errors import SettingError

SECONDS = 10.0
"""The longest that a crawl waits for the webhook."""


@contextmanager
def notifying(url: str | None) -> Iterator[dict[str, Any]]:
    """Post what the block puts into the notice, and the error that ends it; nothing where all is well and the notice stays empty.

    url: None for that of ELCHI_NOTIFY. Raises `SettingError` for one that cannot be asked. That nobody could be told is said on
    standard error, and changes nothing else.
    """
    url = _checked(settings.ELCHI_NOTIFY if url is None else url)
    notice: dict[str, Any] = {}
    try:
        yield notice
    except Exception as error:
        notice |= {"exit_code": exit_code(error) or Exit.INCOMPLETE, "error": str(error), "text": f"elchi: {error}"}
        raise
    finally:
        if url and notice and (why := post(url, notice)) is not None:
            print(f"elchi: {masked(url)} was not told: {why}.", file=sys.stderr)


def post(url: str, notice: dict[str, Any], seconds: float = SECONDS) -> str | None:
    """Send a notice. Returns why it was not taken, None where it was; never later than after `seconds`.

    A socket's own timeout bounds neither the search for the host's name nor an answer that comes byte by byte, hence the thread.
    """
    answer: SimpleQueue[str | None] = SimpleQueue()
    Thread(target=lambda: answer.put(_send(url, notice, seconds)), daemon=True).start()
    try:
        return answer.get(timeout=seconds)
    except Empty:
        return f"no answer within {seconds:g} seconds"


def masked(url: str) -> str:
    """The address without what may be secret in it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}/…"


class _NoRedirect(HTTPRedirectHandler):
    """A POST that is redirected becomes a GET, and says nothing."""

    def redirect_request(self, *_: object) -> None:
        return None


def _send(url: str, notice: dict[str, Any], seconds: float) -> str | None:
    headers = {"Content-Type": "application/json", "User-Agent": settings.USER_AGENT}
    request = Request(url, json.dumps(notice).encode(), headers, method="POST")  # noqa: S310 - http or https: see _checked
    try:
        build_opener(_NoRedirect).open(request, timeout=seconds).close()
    except HTTPError as error:
        error.close()
        return f"it answered {error.code}"
    except URLError as error:
        return str(error.reason)
    except (OSError, HTTPException, ValueError) as error:  # their words may hold the address
        return type(error).__name__
    return None


def _checked(url: str) -> str:
    """The address, if it can be asked. What is wrong is said without it, as it may hold a secret."""
    if not url:
        return url
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.username is None and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isascii() or any(letter <= " " for letter in url):
        raise SettingError(
            "--notify and ELCHI_NOTIFY take an address such as https://hooks.example.org/secret: "
            "http or https, no user name before the host, no spaces."
        )
    return url
