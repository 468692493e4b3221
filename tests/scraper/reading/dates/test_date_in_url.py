"""Dates in addresses, and numbers that only look like one."""

from __future__ import annotations

import pytest

from scraper.reading.dates import date_in_url


@pytest.mark.parametrize(
    ("path", "day", "precision", "raw"),
    [
        ("2024/03/08/title", "2024-03-08", "day", "2024/03/08"),
        ("2024/03/08", "2024-03-08", "day", "2024/03/08"),
        ("news/2024/3/8/", "2024-03-08", "day", "2024/3/8"),
        ("news/2024/03/08.html", "2024-03-08", "day", "2024/03/08"),
        ("2024/0308/c12a34567/page.htm", "2024-03-08", "day", "2024/0308"),
        ("2024-03-08-a-title", "2024-03-08", "day", "2024-03-08"),
        ("2020-02/19/content_1.htm", "2020-02-19", "day", "2020-02/19"),
        ("xw/20201123/c1.html", "2020-11-23", "day", "20201123"),
        ("xw/202403/t20240308_123.html", "2024-03-08", "day", "20240308"),
        ("a-title-2024-03-08", "2024-03-08", "day", "2024-03-08"),
        ("art/2024_03_08_title.html", "2024-03-08", "day", "2024_03_08"),
        ("2024/03/a-title/", "2024-03-01", "month", "2024/03"),
        ("1403/05/29/title", "2024-08-19", "day", "1403/05/29"),
        ("2024/03/08/2024-03-08-title", "2024-03-08", "day", "2024/03/08"),
    ],
)
@pytest.mark.parametrize("host", ["https://host.example/", "http://2020.example:8080/"])
def test_a_date_in_the_path(host: str, path: str, day: str, precision: str, raw: str) -> None:
    found = date_in_url(host + path)
    assert found
    assert (str(found.day), found.precision, found.raw) == (day, precision, raw)
    assert (host + path)[found.start : found.end] == raw


@pytest.mark.parametrize(
    "url",
    [
        "https://host.example/2024/13/08/",
        "https://host.example/2024/02/30/",
        "https://host.example/12024/03/08",
        "https://host.example/1989/03/08",
        "https://host.example/1403/12/31/",
        "https://host.example/2024/0399/",
        "https://host.example/2024/55/",
        "https://host.example/p/20240308",
        "https://host.example/page-2024-3-8-12",
        "https://host.example/978-2024-03-08",
        "https://host.example/2024",
        "https://host.example/?d=2024-03-08",
        "https://host.example/2024/03/08/2024-03-09-title",
        "https://2024/03/08/",
        "http://[",
        "",
    ],
)
def test_a_number_that_only_looks_like_a_date(url: str) -> None:
    assert date_in_url(url) is None
