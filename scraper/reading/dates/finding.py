"""What a match of the grammar says: a date, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from scraper.reading.dates.calendars import (
    ERAS,
    REPUBLICAN_YEARS,
    calendar_of_named_month,
    century,
    era_to_gregorian,
    to_gregorian,
)
from scraper.reading.dates.clock import Clock, read_clock
from scraper.reading.dates.fold import Folded
from scraper.reading.dates.lexicon import Lexicon
from scraper.reading.dates.numeric import read_numeric, read_short_numeric
from scraper.reading.dates.source import Source
from scraper.reading.dates.tokens import Tokens, number_value
from scraper.reading.dates.written import WrittenDate
from scraper.reading.model import Calendar, Precision

_VERBS = frozenset({"may", "march", "mar"})
"""English words that are months only with a capital letter, where no day stands beside them."""

_NAMES = frozenset({"mac", "mars", "mart"})
"""Months of some language that are names in others: "Mars 2020"."""

_VERSION = re.compile(
    r"\b(?:v|ver|version|версия|версии|نسخه|release|build|rev|ip|isbn|doi|tel|phone|fax|тел|факс)[^\w\n]{0,3}\Z"
)
_PREPOSITION = re.compile(r"(?:^|[^\w])[בהלמ]-\Z")
"""A Hebrew letter that stands before a day in digits with a hyphen."""
_GLUED = re.compile(r"[^\W\d_]+\Z")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Day:
    """A day read from its words, and how much of it was said."""

    date: date
    calendar: Calendar
    precision: Precision


@dataclass(frozen=True)
class Reader:
    """Reads matches within one text."""

    text: Folded
    lexicon: Lexicon
    source: Source
    lenient: bool

    def read(self, tokens: Tokens, match: re.Match[str]) -> WrittenDate | None:
        """The single date that the match says; None where it is impossible or stands in something that is no date."""
        form = next(name for name, found in match.groupdict().items() if found and not name.startswith("clock"))
        start, end = match.span(form)
        if not self._stands_alone(tokens, start):
            return None
        day = self._day(tokens, form, start, end)
        if day is None:
            return None
        clock, clock_said = self._clock(tokens, match, form)
        if day.precision != "day":
            clock = None
        first = match.start() if clock or match["clock_before"] is None else match.end("clock_before")
        last = match.end() if clock or not clock_said else match.start("clock_after")
        return self.written(tokens, (first, last), day, clock)

    def written(self, tokens: Tokens, span: tuple[int, int], day: Day, clock: Clock | None) -> WrittenDate:
        """The date with the slice of the original text that it was read from, blanks and separators at its ends left out."""
        first, last = span
        while tokens.kinds[first] in " ,|;/-.T\n":
            first += 1
        while tokens.kinds[last - 1] in " ,|;/-T\n":
            last -= 1
        start, end = self.text.span(tokens.spans[first][0], tokens.spans[last - 1][1])
        precision = clock.precision if clock else day.precision
        time, offset = (clock.time, clock.offset) if clock else (None, None)
        return WrittenDate(day.date, time, offset, self.text.original[start:end], day.calendar, precision, start, end)

    def _clock(self, tokens: Tokens, match: re.Match[str], form: str) -> tuple[Clock | None, bool]:
        """The clock, and whether something like one was written after the date."""
        if match["clock_before"]:
            return read_clock(tokens, *match.span("clock_before")), False
        if form == "unix":
            return read_clock(tokens, *match.span(form)), False
        if match["clock_after"]:
            return read_clock(tokens, *match.span("clock_after")), True
        return None, False

    def _stands_alone(self, tokens: Tokens, first: int) -> bool:
        """Whether the date is no part of a longer number, price, version or name."""
        if tokens.kinds[first] not in "dYIiEn":
            return True
        place, previous = tokens.spans[first][0], tokens.kinds[first - 1] if first else "x"
        before = self.text.text[max(0, place - 12) : place]
        if (
            not _PREPOSITION.search(before)
            and re.search(r"\w-\Z|\d[.,/:]\Z|[$€£¥₽#+_@/\\%=&]\Z|№ ?\Z", before)
            and not tokens.kinds.endswith("W-", 0, first)
        ):
            return False
        if tokens.kinds[first] in "Ii" and _VERSION.search(before):
            return False
        glued = _GLUED.search(before)
        if not glued or _UNSPACED.match(glued[0][-1]) or previous in "MWyfbjNGRh":
            return True
        return self.lenient and len(glued[0]) > 3

    def _day(self, tokens: Tokens, form: str, start: int, end: int) -> Day | None:
        if form in {"numeric", "short"}:
            return self._numeric_day(tokens, form, start, end)
        parts = _Parts.of(tokens, start, end)
        if form in {"characters", "month_characters", "month_word"}:
            return self._day_in_characters(parts, form)
        return self._named_day(tokens, parts, form)

    def _numeric_day(self, tokens: Tokens, form: str, start: int, end: int) -> Day | None:
        word = tokens.word(start)
        if form == "short":
            found = read_short_numeric(word, self.source)
        else:
            marked = self._marked_calendar(tokens, start, end)
            found = read_numeric(word, self.source, marked, self._weekday_before(tokens, start))
        return Day(*found, "day") if found else None

    def _weekday_before(self, tokens: Tokens, start: int) -> int | None:
        """The day of the week that stands directly before the date, 0 for Monday."""
        index = start - 1
        while index >= 0 and start - index <= 3 and tokens.kinds[index] in " ,.":
            index -= 1
        return self.lexicon.weekdays.get(tokens.word(index)) if index >= 0 else None

    def _marked_calendar(self, tokens: Tokens, start: int, end: int) -> Calendar | None:
        marks = [tokens.word(index) for index in range(start, end) if tokens.kinds[index] == "H"]
        name = self.lexicon.names.get(marks[0]) if marks else None
        calendars: dict[str | None, Calendar] = {"era_persian": "persian", "era_islamic": "islamic"}
        return calendars.get(name)

    def _day_in_characters(self, parts: _Parts, form: str) -> Day | None:
        """``2024年3月8日``, ``令和6年3月8日``, and the Vietnamese ``8 tháng 3 năm 2024``."""
        numbers = parts.numbers
        if form == "month_word":
            day, month, year = numbers[0], numbers[1], numbers[2]
            if parts.month_word >= "\u0400":  # Mongolian "3 сарын 8", where Vietnamese has "8 tháng 3"
                day, month = month, day
        else:
            year, month, day = numbers[0], numbers[1], numbers[2] if form == "characters" else 1
        precision: Precision = "month" if form == "month_characters" else "day"
        if parts.era:
            found = era_to_gregorian(parts.era, year, month, day)
            return Day(found, ERAS[parts.era][0], precision) if found else None
        if self.source.primary == "zh" and year in REPUBLICAN_YEARS:
            year += 1911
        buddhist = calendar_of_named_month("gregorian", year, thai=self.source.primary == "th")
        found = to_gregorian(buddhist, year, month, day) if buddhist else None
        return Day(found, buddhist, precision) if found and buddhist else None

    def _named_day(self, tokens: Tokens, parts: _Parts, form: str) -> Day | None:
        months = {self.lexicon.months[word] for word in parts.months}
        if len(months) != 1:
            return None
        (month_calendar, month), word = months.pop(), parts.months[0]
        with_day = form not in {"month_year", "year_month"}
        if form == "month_year" and not self._is_month_alone(tokens, parts):
            return None
        numbers = parts.numbers
        if form in {"day_month_short_year", "month_day_short_year"}:
            year = century("buddhist" if "ก" <= word[0] <= "๛" else month_calendar, numbers[-1])
        else:
            year = parts.year
        calendar = calendar_of_named_month(month_calendar, year, thai="ก" <= word[0] <= "๛")
        if calendar is None:
            return None
        day = (numbers[0] if numbers else self.lexicon.days[parts.day_words[0]]) if with_day else 1
        found = to_gregorian(calendar, year, month, day)
        return Day(found, calendar, "day" if with_day else "month") if found else None

    def _is_month_alone(self, tokens: Tokens, parts: _Parts) -> bool:
        """Whether a month's name without a day is one, and no verb or preposition."""
        word = parts.months[0]
        if self.lexicon.of_all_languages and (word in self.lexicon.short_months or word in _NAMES):
            return False
        if word not in _VERBS or self.source.primary not in {None, "en"}:
            return True
        start, _ = tokens.spans[parts.first_month]
        return self.text.original[self.text.place(start)].isupper()


@dataclass(frozen=True, slots=True)
class _Parts:
    """The telling tokens of a match. numbers: all but a year that is told by its length; year: 0 where there is none."""

    numbers: tuple[int, ...]
    year: int
    months: tuple[str, ...]
    day_words: tuple[str, ...]
    era: str | None
    first_month: int
    month_word: str

    @classmethod
    def of(cls, tokens: Tokens, start: int, end: int) -> _Parts:
        kinds = tokens.kinds[start:end]

        def words(of_kinds: str) -> tuple[str, ...]:
            return tuple(tokens.word(start + index) for index, kind in enumerate(kinds) if kind in of_kinds)

        years = words("Y")
        in_characters = any(kind in kinds for kind in "NG")
        numbers = words("dnY") if in_characters else words("dn")
        return cls(
            numbers=tuple(map(number_value, numbers)),
            year=number_value(years[0]) if years else 0,
            months=words("M"),
            day_words=words("D"),
            era=next(iter(words("E")), None),
            first_month=start + kinds.find("M"),
            month_word=next(iter(words("G")), ""),
        )
