"""A date in a page's address."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from scraper.reading.dates.calendars import to_gregorian
from scraper.reading.dates.written import WrittenDate
from scraper.reading.model import Calendar, Precision

_YEAR = r"(?P<year>199\d|20\d\d|2100|1[34]\d\d)"
_FORMS: tuple[tuple[Precision, tuple[re.Pattern[str], ...]], ...] = (
    (
        "day",
        (
            re.compile(rf"(?<=/){_YEAR}/(?P<month>\d\d?)/(?P<day>\d\d?)(?=[/_.-]|$)", re.ASCII),
            re.compile(rf"(?<=/){_YEAR}/(?P<month>\d\d)(?P<day>\d\d)(?=[/_.-]|$)", re.ASCII),
            re.compile(rf"(?<=/){_YEAR}-(?P<month>\d\d)/(?P<day>\d\d)(?=[/_.-]|$)", re.ASCII),
            re.compile(r"(?:(?<=/)|(?<=/t))(?P<year>199\d|20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=[/_])", re.ASCII),
            re.compile(
                rf"(?<![0-9A-Za-z.%])(?<!\d[-_]){_YEAR}(?P<sign>[-_])(?P<month>\d\d?)(?P=sign)(?P<day>\d\d?)(?![0-9A-Za-z]|[-_]\d\d?(?![0-9A-Za-z]))",
                re.ASCII,
            ),
        ),
    ),
    ("month", (re.compile(rf"(?<=/){_YEAR}[/-](?P<month>\d\d)(?=/(?!\d\d?(?:[/_.-]|$))|$)", re.ASCII),)),
)
"""Tried in this order: what says the day comes before what says the month."""


def date_in_url(url: str) -> WrittenDate | None:
    """The date that the path of `url` states, as ``/2024/03/08/``, ``/2024/0308/``, ``/2024-03-08-title`` or ``/t20240308_``.

    Precision month for ``/2024/03/``. Gregorian years from 1990 to 2100, Persian ones from 1369 to 1479. None where
    there is no such date, or the path states two that differ. start and end count in `url`.
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    start = max(0, url.find(path, url.find("//") + 2))
    for precision, forms in _FORMS:
        matches = (match for form in forms for match in form.finditer(path))
        dates = [date for match in matches if (date := _read(match, precision, start))]
        if dates:
            return dates[0] if len({date.day for date in dates}) == 1 else None
    return None


def _read(match: re.Match[str], precision: Precision, start: int) -> WrittenDate | None:
    year, month = int(match["year"]), int(match["month"])
    calendar: Calendar = "persian" if year < 1500 else "gregorian"
    day = to_gregorian(calendar, year, month, int(match["day"]) if precision == "day" else 1)
    if day is None or day < date(1990, 1, 1):
        return None
    return WrittenDate(day, None, None, match[0], calendar, precision, start + match.start(), start + match.end())
