"""The day that the text itself tells of: its first complete single date."""

from __future__ import annotations

from typing import Final

from scraper.reading.dates import find_dates
from scraper.reading.model import DateFact
from scraper.reading.moments import Reckoning

_FINE: Final = frozenset({"day", "minute", "second"})


def extract_event(text: str, reckoning: Reckoning) -> DateFact | None:
    """The first date of day precision in `text`, as it is written there. Ranges are passed over: they are not one day."""
    rules = reckoning.rules
    for written in find_dates(text, language=reckoning.language, country=rules.country, calendar=rules.calendar):
        if written.precision in _FINE:
            return DateFact(written.day, None, written.raw, written.calendar, "day", "body", 0.6)
    return None
