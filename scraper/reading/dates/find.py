"""Dates in a text: every one in running text, or the one that a short text states."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.reading.dates.calendars import era_to_gregorian
from scraper.reading.dates.clock import read_offset
from scraper.reading.dates.finding import Reader
from scraper.reading.dates.fold import Folded, fold
from scraper.reading.dates.grammar import LENIENT_CORES, TO, date_pattern, relative_pattern
from scraper.reading.dates.lexicon import lexicon_for
from scraper.reading.dates.numeric import read_compact, read_numeric_month
from scraper.reading.dates.relative import read_relative
from scraper.reading.dates.source import Source
from scraper.reading.dates.tokens import Tokens, tokenise
from scraper.reading.dates.written import WrittenDate
from scraper.reading.model import Calendar, Precision

NUMBER = re.compile(r"\d+|年")
YEAR = re.compile(r"\d{4}|[-./]\d\d?[-./]\d\d|年")
"""What every date in running text has: four digits, two of a Persian source's numeric date, or the 年 behind a year in characters."""
_LETTER_OF_ERA = re.compile(r"([rhs])(\d{1,2})[./-](\d{1,2})[./-](\d{1,2})\.?")
_ERAS_BY_LETTER = {"r": "令和", "h": "平成", "s": "昭和"}
_BLANK = re.compile(r"\s")
_BEFORE, _AFTER = 80, 60
"""How far from a number or year the words of its date may stand, in characters."""


@dataclass(frozen=True, slots=True)
class Findings:
    """dates: in order, without overlaps. ranges: how many spans of days were met, whose ends are not among the dates."""

    dates: list[WrittenDate]
    ranges: int


def find_dates(
    text: str,
    *,
    language: str | None = None,
    country: str | None = None,
    calendar: Calendar | None = None,
    now: datetime | None = None,
) -> list[WrittenDate]:
    """Every date in running text whose year is said, in order; of day precision, or of month where no day is said.

    Ranges ("5-9 September 2024") are left out altogether, both ends: they are no single date. Relative dates are
    found only with `now`, an aware datetime. language: BCP 47. country: of the source, ISO 3166-1 alpha-2. calendar:
    the one that the source's numeric dates are in. The time is linear in the text.
    """
    source = Source(language, country, calendar, now)
    return _search(fold(text), source, source.primary, lenient=False).dates


def parse_date(
    text: str,
    *,
    language: str | None = None,
    country: str | None = None,
    calendar: Calendar | None = None,
    now: datetime | None = None,
) -> WrittenDate | None:
    """The one date that a short text states, which may have a label beside it. The arguments are those of `find_dates`.

    None for no date, several, a range, no year, no such day, and for a relative date without `now`. One day written in
    two calendars is one date, the Gregorian.
    """
    source = Source(language, country, calendar, now)
    folded = fold(text)
    if now is None and not NUMBER.search(folded.text):
        return None
    if whole := _parse_whole(folded, source):
        return whole
    findings = _search(folded, source, source.primary, lenient=True)
    if language and not findings.dates and not findings.ranges:
        findings = _search(folded, source, None, lenient=True)
    return None if findings.ranges else _the_one(findings.dates)


def _the_one(dates: list[WrittenDate]) -> WrittenDate | None:
    if len(dates) < 2:
        return dates[0] if dates else None
    days = [date.day for date in dates]
    if max(days) == min(days):
        return max(dates, key=lambda date: (date.clock is not None, date.precision != "month"))
    # Umm al-Qura and the moon as it was seen may differ by a day.
    gregorian = [date for date in dates if date.calendar == "gregorian"]
    if (
        len(gregorian) == 1
        and len({date.calendar for date in dates}) == len(dates)
        and max(days) - min(days) <= timedelta(2)
    ):
        return gregorian[0]
    return None


def _parse_whole(folded: Folded, source: Source) -> WrittenDate | None:
    """Forms that are dates only where they stand alone: ``20240308``, ``2024-03``."""
    stripped = folded.text.strip()
    if not stripped or len(stripped) > 40:
        return None
    begin = folded.text.index(stripped)
    start, end = folded.span(begin, begin + len(stripped))
    raw = folded.original[start:end]
    if source.primary == "ja" and (match := _LETTER_OF_ERA.fullmatch(stripped)):
        day = era_to_gregorian(_ERAS_BY_LETTER[match[1]], int(match[2]), int(match[3]), int(match[4]))
        return WrittenDate(day, None, None, raw, "japanese", "day", start, end) if day else None
    if found := read_numeric_month(stripped, source):
        return WrittenDate(found[0], None, None, raw, found[1], "month", start, end)
    if match := read_compact(stripped):
        return _compact_date(match, raw, start, end)
    return None


def _compact_date(match: re.Match[str], raw: str, start: int, end: int) -> WrittenDate | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    try:
        moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 (the offset is kept beside it)
    except ValueError:
        return None
    offset = read_offset(match[7]) if match[7] else None
    clock = moment.time() if match[4] else None
    precision: Precision = "second" if match[6] else "minute" if match[4] else "day"
    return WrittenDate(moment.date(), clock, offset, raw, "gregorian", precision, start, end)


def _search(folded: Folded, source: Source, language: str | None, *, lenient: bool) -> Findings:
    reader = Reader(folded, lexicon_for(language), source, lenient)
    dates: list[WrittenDate] = []
    ranges = 0
    for start, end in windows(folded.text, NUMBER if lenient else YEAR):
        tokens = tokenise(folded.text, start, end, reader.lexicon, breaks=not lenient)
        found = _read_tokens(reader, tokens)
        dates += found.dates
        ranges += found.ranges
    if source.now is not None:
        dates += _relative_dates(reader, source.now, dates)
    return Findings(sorted(dates, key=lambda date: date.start), ranges)


def _read_tokens(reader: Reader, tokens: Tokens) -> Findings:
    dates: list[WrittenDate] = []
    ranges = 0
    last_end = -1
    for match in date_pattern(lenient=_lenient_forms(reader)).finditer(tokens.kinds):
        date = None if match["range"] else reader.read(tokens, match)
        if (
            date
            and last_end >= 0
            and not _is_said_twice(dates[-1], date)
            and TO.fullmatch(tokens.kinds, last_end, match.start())
        ):
            dates.pop()
            date = None
            ranges += 1
        if date:
            dates.append(date)
        ranges += match["range"] is not None
        last_end = match.end() if date else -1
    return Findings(dates, ranges)


def _is_said_twice(first: WrittenDate, second: WrittenDate) -> bool:
    """Whether two dates are one day in two calendars: "3 رجب 1445 - 15 يناير 2024" is no range."""
    return first.calendar != second.calendar and abs((first.day - second.day).days) <= 2


def _lenient_forms(reader: Reader) -> tuple[str, ...]:
    if reader.lenient:
        return tuple(LENIENT_CORES)
    return ("short",) if reader.source.calendar == "persian" else ()


def _relative_dates(reader: Reader, now: datetime, found: list[WrittenDate]) -> list[WrittenDate]:
    """Relative dates that do not overlap those that were found."""
    folded = reader.text.text
    tokens = tokenise(folded, 0, len(folded), reader.lexicon, breaks=not reader.lenient, relative=True)
    matches = relative_pattern().finditer(tokens.kinds)
    dates = [date for match in matches if (date := read_relative(reader, tokens, match, now))]
    taken = sorted((date.start, date.end) for date in found)
    return [date for date in dates if not _overlaps(date, taken)]


def _overlaps(date: WrittenDate, taken: list[tuple[int, int]]) -> bool:
    """Whether any of the spans, which are in order and apart, shares a character with the date."""
    place = bisect_left(taken, (date.end, 0))
    return place > 0 and taken[place - 1][1] > date.start


def windows(text: str, anchors: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The parts of a text that may hold a date: about its anchors, cut at blanks. A short text is one part."""
    if len(text) <= _BEFORE + _AFTER:
        if anchors.search(text):
            yield 0, len(text)
        return
    begin = end = -1
    for anchor in anchors.finditer(text):
        if anchor.start() - _BEFORE > end:
            if end >= 0:
                yield begin, end
            begin = _at_blank(text, max(0, anchor.start() - _BEFORE))
        end = min(len(text), anchor.end() + _AFTER)
    if end >= 0:
        yield begin, end


def _at_blank(text: str, place: int) -> int:
    """The next blank, so that no window begins within a word; `place` itself in a script that has none."""
    blank = _BLANK.search(text, place, place + 30)
    return blank.start() if blank and place else place
