"""A date as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from scraper.reading.model import Calendar, Precision


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date as written.

    day: Gregorian; the first of the month or year where the precision is coarser. clock: the time of day, None where
    none is said. offset: from UTC, None where none is said. raw: the words that were read, weekday and time of day with
    them, without labels such as "Published:". calendar: the one it was written in. start, end: ``text[start:end] == raw``.
    """

    day: date
    clock: time | None
    offset: timedelta | None
    raw: str
    calendar: Calendar
    precision: Precision
    start: int
    end: int
