"""The day of the week settles which number is the day, and nothing else."""

from datetime import date

import pytest

from scraper.reading.dates import find_dates, parse_date


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Tue, 11/08/2016 - 10:15", "en", date(2016, 11, 8)),
        ("Thursday 11/08/2016", "en", date(2016, 8, 11)),
        ("Бс, 04/06/2017 - 12:45", "kk", date(2017, 4, 6)),
        ("Вт, 05.06.2018", "ru", date(2018, 6, 5)),
        ("Fri, 11/08/2016", "en", date(2016, 8, 11)),  # fits neither: the source's order holds
        ("Mon, 11/24/2016", "en", date(2016, 11, 24)),  # wrong, and only one reading is possible
        ("Tue 2016-11-08", "en", date(2016, 11, 8)),
    ],
)
def test_the_weekday_settles_the_order(text: str, language: str, day: date) -> None:
    written = parse_date(text, language=language, country="KZ")
    assert written is not None
    assert written.day == day


def test_a_weekday_further_off_says_nothing() -> None:
    (written,) = find_dates("We met on Tuesday. Published: 11/08/2016", language="en", country="KZ")
    assert written.day == date(2016, 8, 11)
