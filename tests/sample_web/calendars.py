"""Dates in the Persian calendar, as Iranian sites print them."""

from __future__ import annotations

from datetime import date

MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنج‌شنبه", "جمعه", "شنبه", "یکشنبه")
_ORDINALS = (
    "یکم",
    "دوم",
    "سوم",
    "چهارم",
    "پنجم",
    "ششم",
    "هفتم",
    "هشتم",
    "نهم",
    "دهم",
    "یازدهم",
    "دوازدهم",
    "سیزدهم",
    "چهاردهم",
    "پانزدهم",
    "شانزدهم",
    "هفدهم",
    "هجدهم",
    "نوزدهم",
    "بیستم",
)
_DAYS_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def to_persian(moment: date) -> tuple[int, int, int]:
    """Year, month and day in the Persian calendar, by its 33-year cycle of leap years (right for 1800 to 2256)."""
    year = moment.year + 1 if moment.month > 2 else moment.year
    leap_days = (year + 3) // 4 - (year + 99) // 100 + (year + 399) // 400
    days = 355666 + 365 * moment.year + leap_days + moment.day + _DAYS_BEFORE_MONTH[moment.month - 1]
    cycles, days = divmod(days, 12053)
    fours, days = divmod(days, 1461)
    persian_year = -1595 + 33 * cycles + 4 * fours
    if days > 365:
        years, days = divmod(days - 1, 365)
        persian_year += years
    if days < 186:
        return persian_year, 1 + days // 31, 1 + days % 31
    return persian_year, 7 + (days - 186) // 30, 1 + (days - 186) % 30


def persian_digits(value: object) -> str:
    return str(value).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


def ordinal(day: int) -> str:
    """The day of the month in words: بیست و نهم."""
    if day <= 20:
        return _ORDINALS[day - 1]
    return "سی‌ام" if day == 30 else ("بیست و " if day < 30 else "سی و ") + _ORDINALS[day % 10 - 1]


def in_words(moment: date) -> str:
    """دوشنبه ۲۹ مرداد ۱۴۰۳"""
    year, month, day = to_persian(moment)
    return f"{WEEKDAYS[moment.weekday()]} {persian_digits(day)} {MONTHS[month - 1]} {persian_digits(year)}"


def spelled(moment: date) -> str:
    """دوشنبه بیست و نهم مرداد ماه ۱۴۰۳"""
    year, month, day = to_persian(moment)
    return f"{WEEKDAYS[moment.weekday()]} {ordinal(day)} {MONTHS[month - 1]} ماه {persian_digits(year)}"


def in_digits(moment: date) -> str:
    """۱۴۰۳/۰۵/۲۹"""
    year, month, day = to_persian(moment)
    return persian_digits(f"{year}/{month:02}/{day:02}")
