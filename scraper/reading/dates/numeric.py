"""Dates in numbers alone: the order of day, month and year, and the calendar."""

from __future__ import annotations

import re
from datetime import date

from scraper.reading.dates.calendars import calendar_of_year, century, to_gregorian
from scraper.reading.dates.source import Source
from scraper.reading.model import Calendar

_COMPACT = re.compile(r"(19[89]\d|20\d\d)(\d\d)(\d\d)(?:t?(\d\d)(\d\d)(\d\d)?(z|[+-]\d\d:?\d\d)?)?")
_YEAR_FIRST = frozenset({"ko", "ja", "zh"})
"""Languages that write a year of two digits before month and day, as they do with four."""
_MONTH = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})|(?P<month2>\d{1,2})[-/.](?P<year2>\d{4})")


def read_numeric(
    word: str, source: Source, marked: Calendar | None, weekday: int | None = None
) -> tuple[date, Calendar] | None:
    """``2024-03-08``, ``8.3.2024``, ``1403/05/29``. marked: the calendar that a word after the date names.

    weekday: the one said before it, 0 for Monday. It settles which number is the day, where it fits one reading only.
    """
    first, second, third = (int(part) for part in re.findall(r"\d+", word))
    year_first = len(re.match(r"\d+", word)[0]) == 4  # type: ignore[index]  # a numeric token begins with a digit
    year = first if year_first else third
    calendar = marked or calendar_of_year(year, source.primary, source.country, source.calendar)
    if calendar is None:
        return None
    if year_first:
        month, day = second, third
    else:
        month, day = _order(
            first, second, month_first=source.month_first and calendar == "gregorian", dotted=_is_strict(word, source)
        )
    found = to_gregorian(calendar, year, month, day)
    if weekday is not None and not year_first and (found is None or found.weekday() != weekday):
        other = to_gregorian(calendar, year, day, month)
        found = other if other is not None and other.weekday() == weekday else found
    return (found, calendar) if found else None


def _is_strict(word: str, source: Source) -> bool:
    """Whether the day must stand first: where dots part the numbers, but in English, which borrowed them ("12.16.2025")."""
    return "." in word and source.primary != "en"


def _order(first: int, second: int, *, month_first: bool, dotted: bool) -> tuple[int, int]:
    """Month and day: the day stands first but in the United States, and where a number forces the other order."""
    if month_first:
        return (second, first) if first > 12 else (first, second)
    if second > 12 and not dotted:
        return first, second
    return second, first


def read_short_numeric(word: str, source: Source) -> tuple[date, Calendar] | None:
    """``99/7/15`` of a Persian source, ``15.07.21`` of another: a year of two digits."""
    first, second, third = (int(part) for part in re.findall(r"\d+", word))
    if source.primary in _YEAR_FIRST:
        year, month, day = first, second, third
        calendar: Calendar = "gregorian"
    elif source.calendar == "persian":
        year, month, day = (third, second, first) if third > 31 else (first, second, third)
        calendar = "persian"
    elif "." in word or source.country or source.language:
        month, day = _order(first, second, month_first=source.month_first, dotted="." in word)
        year, calendar = third, "gregorian"
    else:
        return None
    found = to_gregorian(calendar, century(calendar, year), month, day)
    return (found, calendar) if found else None


def read_compact(text: str) -> re.Match[str] | None:
    """ISO 8601 without separators, ``20240308`` or ``20240308T093000Z``, where `text`, folded, is nothing else."""
    return _COMPACT.fullmatch(text)


def read_numeric_month(text: str, source: Source) -> tuple[date, Calendar] | None:
    """``2024-03`` or ``03/2024``, where `text`, folded, is nothing else."""
    match = _MONTH.fullmatch(text)
    if not match:
        return None
    year, month = int(match["year"] or match["year2"]), int(match["month"] or match["month2"])
    calendar = calendar_of_year(year, source.primary, source.country, source.calendar)
    found = to_gregorian(calendar, year, month, 1) if calendar else None
    return (found, calendar) if found and calendar else None
