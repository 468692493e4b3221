"""From a calendar's year, month and day to the Gregorian day, and which calendar a year's number speaks for."""

from __future__ import annotations

from datetime import date

from scraper.reading.model import Calendar

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Gregorian years outside are not believed to be dates of a page or of what it tells."""

_PERSIAN_YEARS = range(1279, 1480)
_ISLAMIC_YEARS = range(1343, 1501)  # what hijridate's Umm al-Qura tables hold
_BUDDHIST_YEARS = range(FIRST_YEAR + 543, LAST_YEAR + 544)
_GREGORIAN_YEARS = range(FIRST_YEAR, LAST_YEAR + 1)

_LAST_PERSIAN_NUMERIC = 1430
_LAST_PERSIAN_ELSEWHERE = 1410
"""1410 is 2031 in the Persian calendar and 1989 in the Islamic one: a bare year up to it is Persian on the web,
a later one Islamic. A Persian source is believed for longer."""

PERSIAN_LANGUAGES = frozenset({"fa", "prs", "ps"})
_PERSIAN_COUNTRIES = frozenset({"IR", "AF"})

ERAS: dict[str, tuple[Calendar, date, date]] = {
    "令和": ("japanese", date(2019, 5, 1), date(LAST_YEAR, 12, 31)),
    "平成": ("japanese", date(1989, 1, 8), date(2019, 4, 30)),
    "昭和": ("japanese", date(1926, 12, 25), date(1989, 1, 7)),
    "大正": ("japanese", date(1912, 7, 30), date(1926, 12, 24)),
    "民国": ("gregorian", date(1912, 1, 1), date(LAST_YEAR, 12, 31)),
    "民國": ("gregorian", date(1912, 1, 1), date(LAST_YEAR, 12, 31)),
}
"""Names of eras, the calendar they are written in (the Republic's year has no CLDR name in the model), first and last day."""

REPUBLICAN_YEARS = range(100, 200)
"""Years of the Republic, counted from 1912, that stand without its name: Taiwan's offices write 112年11月15日."""


def to_gregorian(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The Gregorian day, None where there is no such day or it is out of the years that are believed."""
    try:
        found = _convert(calendar, year, month, day)
    except (ValueError, OverflowError):
        return None
    return found if found and FIRST_YEAR <= found.year <= LAST_YEAR else None


def _convert(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    if calendar == "persian":
        if year not in _PERSIAN_YEARS:
            return None
        import jdatetime

        converted: date = jdatetime.date(year, month, day).togregorian()
        return converted
    if calendar == "islamic":
        if year not in _ISLAMIC_YEARS:
            return None
        import hijridate

        islamic = hijridate.Hijri(year, month, day).to_gregorian()
        return date(islamic.year, islamic.month, islamic.day)
    return date(year - 543 if calendar == "buddhist" else year, month, day)


def era_to_gregorian(era: str, year: int, month: int, day: int) -> date | None:
    """The Gregorian day of an era's date, None outside the era. The year 1 is the one that the era began in."""
    _, first, last = ERAS[era]
    found = to_gregorian("gregorian", first.year + year - 1, month, day)
    return found if found and first.replace(day=1) <= found <= last else None


def calendar_of_year(
    year: int, language: str | None, country: str | None, calendar: Calendar | None
) -> Calendar | None:
    """The calendar of a date in numbers alone, by its four-digit year. None: the year belongs to none.

    `language` is a primary subtag; `calendar` the one that the source's numeric dates are in.
    """
    if year in _GREGORIAN_YEARS:
        return "gregorian"
    if year in _BUDDHIST_YEARS:
        return "buddhist" if language in {"th", None} or country == "TH" or calendar == "buddhist" else None
    if calendar == "islamic" and year in _ISLAMIC_YEARS:
        return "islamic"
    persian = calendar == "persian" or language in PERSIAN_LANGUAGES or country in _PERSIAN_COUNTRIES
    if _PERSIAN_YEARS.start <= year <= (_LAST_PERSIAN_NUMERIC if persian else _LAST_PERSIAN_ELSEWHERE):
        return "persian"
    return "islamic" if year in _ISLAMIC_YEARS else None


def calendar_of_named_month(month_calendar: Calendar, year: int, *, thai: bool) -> Calendar | None:
    """The calendar of a date whose month is named. A Thai month may stand beside either year."""
    if month_calendar == "gregorian" and thai and year in _BUDDHIST_YEARS:
        return "buddhist"
    ranges = {"persian": _PERSIAN_YEARS, "islamic": _ISLAMIC_YEARS}
    return month_calendar if year in ranges.get(month_calendar, _GREGORIAN_YEARS) else None


def century(calendar: Calendar, year: int) -> int:
    """A two-digit year in full: within 50 years of 2000, of 1400 Persian or Islamic, and of 2550 Buddhist."""
    if calendar == "buddhist":
        return 2500 + year
    base = 2000 if calendar == "gregorian" else 1400
    return base + year if year < 50 else base - 100 + year
