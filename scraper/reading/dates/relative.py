"""Dates that count from today: "2 days ago", "вчера, 15:40", "۲ روز پیش"."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from scraper.reading.dates.clock import read_clock
from scraper.reading.dates.finding import Day, Reader
from scraper.reading.dates.tokens import Tokens, number_value
from scraper.reading.dates.written import WrittenDate

_UNREAD = re.compile(r"[xYX]\ ?\Z")
"""What stands right before a unit without a count and is one: a number in words, "several", more digits than are believed."""
_FRACTION = re.compile(r"[dnYX][.,]\Z")
"""What makes a count the end of a longer number: "1.5 hours ago"."""
_BACK = {"today": 0, "yesterday": 1, "before_yesterday": 2}
_TWO = {
    "two_minutes": "a_minute",
    "two_hours": "an_hour",
    "two_days": "a_day",
    "two_weeks": "a_week",
    "two_months": "a_month",
    "two_years": "a_year",
}


def read_relative(reader: Reader, tokens: Tokens, match: re.Match[str], now: datetime) -> WrittenDate | None:
    """What a match of the relative pattern says, seen from `now`; None where it leaves the years that are believed."""
    if match["today"]:
        back = _BACK[reader.lexicon.relative[tokens.word(match.start("today"))]]
        clock = read_clock(tokens, *match.span("clock_after")) if match["clock_after"] else None
        end = match.end() if clock else match.end("today")
        today = _day_before(now, timedelta(days=back))
        return reader.written(tokens, (match.start(), end), today, clock) if today else None
    day = _ago(reader, tokens, match, now)
    return reader.written(tokens, match.span(), day, None) if day else None


def _ago(reader: Reader, tokens: Tokens, match: re.Match[str], now: datetime) -> Day | None:
    names = reader.lexicon.relative
    if match["two"]:
        return _before(now, 2, _TWO[names[tokens.word(match.start("two"))]])
    unit = next(match.start(name) for name in ("unit", "unit_after") if match[name])
    if match["unit"]:
        unread = _FRACTION if match["count"] else _UNREAD
        if unread.search(tokens.kinds, max(0, match.start() - 2), match.start()):
            return None
    counted = next((match.start(name) for name in ("count", "count_after") if match[name]), None)
    count = _count(reader, tokens, counted) if counted is not None else 1
    name = names.get(tokens.word(unit))  # the signs for a year and a day are units in some languages only
    return _before(now, count, name) if name is not None else None


def _count(reader: Reader, tokens: Tokens, index: int) -> int:
    word = tokens.word(index)
    if tokens.kinds[index] == "1":
        return 1
    return reader.lexicon.days[word] if tokens.kinds[index] == "D" else number_value(word)


def _before(now: datetime, count: int, unit: str) -> Day | None:
    """Months and years ago say no day: the first stands for them."""
    spans = {
        "a_minute": timedelta(minutes=count),
        "an_hour": timedelta(hours=count),
        "a_day": timedelta(days=count),
        "a_week": timedelta(weeks=count),
    }
    if unit in spans:
        return _day_before(now, spans[unit])
    months = now.year * 12 + now.month - 1 - count * (12 if unit == "a_year" else 1)
    if months < 12 * 1900:
        return None
    if unit == "a_year":
        return Day(date(months // 12, 1, 1), "gregorian", "year")
    return Day(date(months // 12, months % 12 + 1, 1), "gregorian", "month")


def _day_before(now: datetime, span: timedelta) -> Day | None:
    try:
        return Day((now - span).date(), "gregorian", "day")
    except OverflowError:  # a clock that stands at the year 1
        return None
