"""How far back a list goes: the days that stand beside its links."""

from __future__ import annotations

from datetime import date, timedelta

from scraper.reading.dates import find_dates
from spiders.catalogue import Entry, Source
from storage.candidate import Candidate

FEWEST = 2
"""Dated links by which a whole page is judged."""


def listed_day(source: Source, entry: Entry, candidate: Candidate) -> date | None:
    """The day that stands beside a link, the last that it may mean; None where none can be read."""
    if candidate.listed_date is None:
        return None
    language = entry.language or source.languages[0]
    dates = find_dates(
        candidate.listed_date, language=language, country=source.institution.country, calendar=source.calendar
    )
    if not dates:
        return None
    return dates[0].day + (timedelta(days=30) if dates[0].precision == "month" else timedelta(0))


def is_older(source: Source, entry: Entry, candidate: Candidate, since: date) -> bool:
    """Whether a link surely leads to something older than a day."""
    day = listed_day(source, entry, candidate)
    return day is not None and day < since


def is_past(source: Source, entry: Entry, candidates: tuple[Candidate, ...], since: date) -> bool:
    """Whether a page of a list, as far as it says dates, shows nothing but what is older than a day."""
    days = [day for each in candidates if (day := listed_day(source, entry, each)) is not None]
    return len(days) >= FEWEST and max(days) < since
