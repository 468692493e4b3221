"""Dates in each language, by day. The strings of written.tsv are our own; "none" is where no date may be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.reading.dates import parse_date

LINES = Path(__file__).with_name("written.tsv").read_text(encoding="utf-8").splitlines()[1:]
CASES = [tuple(line.split("\t")) for line in LINES]


@pytest.mark.parametrize(("language", "written", "day"), CASES)
def test_the_day_is_read_and_none_where_there_is_none(language: str, written: str, day: str) -> None:
    found = parse_date(written, language=language)
    assert str(found.day if found else "none") == day


@pytest.mark.parametrize(("language", "written", "day"), [case for case in CASES if case[2] != "none"])
def test_on_a_page_of_another_language_it_is_right_or_none(language: str, written: str, day: str) -> None:
    found = parse_date(written, language="en" if language != "en" else "de")
    assert found is None or str(found.day) == day
