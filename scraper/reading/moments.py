"""A date as written becomes a fact: its moment in UTC, its day in the source's own time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scraper.reading.dates import WrittenDate, parse_date
from scraper.reading.model import DateFact, Page, Rules

FIRST_PAGES: Final = date(1993, 1, 1)
_FIRST_FETCH: Final = datetime(1993, 1, 1, tzinfo=UTC)
_LAST_FETCH: Final = datetime(9000, 1, 1, tzinfo=UTC)
"""Between them a fetch is believed. A clock that stands at the year 1 or 9999 leaves no room to count from."""
MOST_WORDS: Final = 2000
"""Characters of what may state one date. A selector that matches the whole page gives megabytes, and a date at its head or none."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How a source's dates are to be understood, and when its page was fetched."""

    language: str | None
    rules: Rules
    zone: tzinfo | None
    fetched_at: datetime

    @property
    def today(self) -> date:
        """The day on which the page was fetched, where the source is."""
        return self.fetched_at.astimezone(self.zone or UTC).date()

    def parse(self, text: str, *, relative: bool = True) -> WrittenDate | None:
        """The one date that `text` states."""
        now = self.fetched_at.astimezone(self.zone or UTC) if relative else None
        return parse_date(
            text[:MOST_WORDS], language=self.language, country=self.rules.country, calendar=self.rules.calendar, now=now
        )

    def fact(self, written: WrittenDate, method: str, confidence: float) -> DateFact | None:
        """The date as a fact, None where no page can be of that day: after the fetch, or before there was a web.

        The latter are birthdays, foundings, and the zero of somebody's clock (1 January 1970).
        """
        day, at = self._resolve(written)
        if not FIRST_PAGES <= day <= self.today + timedelta(days=1):
            return None
        return DateFact(day, at, written.raw, written.calendar, written.precision, method, confidence)

    def _resolve(self, written: WrittenDate) -> tuple[date, datetime | None]:
        if written.clock is None:
            return written.day, None
        zone = timezone(written.offset) if written.offset is not None else self.zone
        if zone is None:
            return written.day, None
        try:
            moment = datetime.combine(written.day, written.clock, zone)
            return moment.astimezone(self.zone or zone).date(), moment.astimezone(UTC)
        except OverflowError:
            return written.day, None


def reckoning(page: Page, rules: Rules, language: str | None) -> Reckoning:
    """How the dates of one page are to be understood."""
    try:
        zone = ZoneInfo(rules.timezone) if rules.timezone else None
    except (ZoneInfoNotFoundError, ValueError):
        zone = None
    fetched_at = min(max(page.fetched_at, _FIRST_FETCH), _LAST_FETCH)
    return Reckoning(language, rules, zone, fetched_at)
