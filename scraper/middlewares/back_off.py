"""A server that says "not so fast" (429) or "not now" (503) is left alone for as long as it says, or longer each time."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from scraper.middlewares.host_slot import slot_of_request
from scraper.middlewares.robots import RobotsUnknown
from storage import clock

logger = logging.getLogger(__name__)

REFUSALS = {429: "too many requests", 503: "server error"}
"""Statuses that ask for a pause, and the class of failure of what is then left for a later run."""

LONGEST_SECONDS = 300.0
"""The longest pause that we choose ourselves."""

PATIENCE_SECONDS = 600.0
"""All pauses of a host in one run; a server that wants more is asked again in the next run."""

LOOK_SECONDS = 0.5
"""How often a pause looks whether the crawl is being stopped."""


class LeftForLater(IgnoreRequest):
    """Not asked in this run, and still due in the next. failure: its class."""

    def __init__(self, message: str, failure: str) -> None:
        super().__init__(message)
        self.failure = failure


def left_for_later(error: BaseException | None) -> LeftForLater | None:
    """The reason why a request was left for the next run, None where it failed for another."""
    cause = error.cause if isinstance(error, RobotsUnknown) else error
    return cause if isinstance(cause, LeftForLater) else None


def retry_after_seconds(value: str, now: datetime) -> float | None:
    """What a Retry-After header asks for (RFC 9110, section 10.2.3): seconds, or an HTTP date; None where it is neither.

    now: aware UTC. A date that has passed is 0.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)  # "-0000", which HTTP means as GMT
    return max(0.0, (until - now).total_seconds())


@dataclass(frozen=True, slots=True)
class Pauses:
    """A host's pauses in a run. until: the end of the last, by `time.monotonic`. refusals: in a row, since the last success.

    seconds: of all pauses together. given_up: the class of failure of what is not asked any more in this run, None while it is.
    """

    until: float = 0.0
    refusals: int = 0
    seconds: float = 0.0
    given_up: str | None = None

    def refused(self, now: float, wished: float | None, first_seconds: float, failure: str) -> Pauses:
        """After a refusal. wished: seconds that the server asks for, None where it does not say.

        An answer to a question from before the pause says nothing new, unless it asks for a longer one.
        """
        if self.until > now and wished is None:
            return self
        chosen = min(first_seconds * 2 ** min(self.refusals, 30), LONGEST_SECONDS)
        until = max(self.until, now + (chosen if wished is None else wished))
        seconds = self.seconds + until - max(self.until, now)
        if seconds > PATIENCE_SECONDS:
            return replace(self, refusals=self.refusals + 1, given_up=failure)
        return Pauses(until, self.refusals + 1, seconds, self.given_up)

    def answered(self) -> Pauses:
        """After a success: the next pause is the shortest again, but what was waited stays waited."""
        return replace(self, refusals=0)


class BackOff:
    """Knows how long each host wants to be left alone. Reads ELCHI_BACK_OFF_SECONDS, the first pause where the server does not say.

    Whoever asks a host, `scraper.in_turn`, waits here; so do the retries of Scrapy's RetryMiddleware.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._first_seconds = crawler.settings.getfloat("ELCHI_BACK_OFF_SECONDS")
        self._hosts: dict[str, Pauses] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Built once for a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Refuse at once what would be refused when its turn comes."""
        self._check(slot_of_request(request))

    def process_response(self, request: Request, response: Response) -> Response:
        """Take note of what the answer says of the host's patience, and pass it on."""
        host = slot_of_request(request)
        pauses = self._hosts.get(host, Pauses())
        if response.status in REFUSALS:
            header = response.headers.get("Retry-After") or b""
            wished = retry_after_seconds(header.decode("latin-1"), clock.now())
            after = pauses.refused(monotonic(), wished, self._first_seconds, REFUSALS[response.status])
            self._hosts[host] = after
            self._say(host, response.status, pauses, after)
        elif response.status < 400 and pauses.refusals:
            self._hosts[host] = pauses.answered()
        return response

    async def wait(self, host: str) -> None:
        """Until the host's pause is over. Raises `LeftForLater` where that is not in this run."""
        self._check(host)
        while (left := self._hosts.get(host, Pauses()).until - monotonic()) > 0:
            if self._is_stopping():
                raise LeftForLater(f"{host} had asked for a pause when the crawl was stopped", "stopped")
            await asyncio.sleep(min(left, LOOK_SECONDS))
            self._check(host)

    def _check(self, host: str) -> None:
        failure = self._hosts.get(host, Pauses()).given_up
        if failure is not None:
            raise LeftForLater(f"{host} asks to be left alone for longer than a run waits; the next run asks", failure)

    def _is_stopping(self) -> bool:
        # Scrapy has no signal for it: spider_closed comes when every request is done, those that wait here too.
        slot = self._crawler.engine._slot
        return slot is not None and slot.closing is not None

    def _say(self, host: str, status: int, before: Pauses, after: Pauses) -> None:
        if after.given_up and not before.given_up:
            logger.warning("%s answered %d too often, or for too long: it is not asked again in this run", host, status)
        elif after.until > before.until:
            logger.info("%s answered %d: it is left alone for %.0f s", host, status, after.until - monotonic())
