"""Dates that count from today, seen on a fixed day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from scraper.reading.dates import find_dates, parse_date

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("2 days ago", "en", "2026-11-20"),
        ("an hour ago", "en", "2026-11-22"),
        ("3 hours ago", "en", "2026-11-21"),
        ("1 month ago", "en", "2026-10-01"),
        ("2 weeks ago", "en", "2026-11-08"),
        ("3 дня назад", "ru", "2026-11-19"),
        ("час назад", "ru", "2026-11-22"),
        ("позавчера", "ru", "2026-11-20"),
        ("2 дні тому", "uk", "2026-11-20"),
        ("۲ روز پیش", "fa", "2026-11-20"),
        ("دو روز پیش", "fa", "2026-11-20"),
        ("منذ يومين", "ar", "2026-11-20"),
        ("منذ 3 ساعات", "ar", "2026-11-21"),
        ("4 yıl önce", "tr", "2022-01-01"),
        ("2 kun oldin", "uz", "2026-11-20"),
        ("2 күн бұрын", "kk", "2026-11-20"),
        ("il y a 2 jours", "fr", "2026-11-20"),
        ("vor 2 Tagen", "de", "2026-11-20"),
        ("hace 5 días", "es", "2026-11-17"),
        ("há 2 dias", "pt", "2026-11-20"),
        ("2 giorni fa", "it", "2026-11-20"),
        ("3天前", "zh", "2026-11-19"),
        ("3日前", "ja", "2026-11-19"),
        ("3일 전", "ko", "2026-11-19"),
        ("2 दिन पहले", "hi", "2026-11-20"),
        ("2 hari yang lalu", "id", "2026-11-20"),
        ("Сегодня, 30 октября", "ru", "None"),
        ("2 дня", "ru", "None"),
        ("5 May", "en", "None"),
    ],
)
def test_the_day_is_counted_from_now_and_unknown_without_it(written: str, language: str, day: str) -> None:
    found = parse_date(written, language=language, now=NOW)
    assert str(found and found.day) == day
    assert parse_date(written, language=language) is None


@pytest.mark.parametrize(
    ("written", "language", "day", "clock"),
    [
        ("today 12:30", "en", date(2026, 11, 22), time(12, 30)),
        ("Yesterday at 5 pm", "en", date(2026, 11, 21), time(17, 0)),
        ("Вчера, 15:40", "ru", date(2026, 11, 21), time(15, 40)),
        ("دیروز ساعت ۱۰:۲۰", "fa", date(2026, 11, 21), time(10, 20)),
        ("昨天 10:20", "zh", date(2026, 11, 21), time(10, 20)),
    ],
)
def test_a_day_by_name_with_its_time(written: str, language: str, day: date, clock: time) -> None:
    found = parse_date(written, language=language, now=NOW)
    assert found
    assert (found.day, found.clock, found.precision, found.raw) == (day, clock, "minute", written)


def test_a_written_date_is_not_read_again_as_a_relative_one() -> None:
    text = "5 мая 2024 года, а 2 дня назад"
    assert [date.raw for date in find_dates(text, language="ru", now=NOW)] == ["5 мая 2024 года", "2 дня назад"]
