"""The five texts that the project starts from, each in its site's markup, come out as expected.json says."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scraper.reading import Page, Reading, Rules, read_page

from .seed_sites import custom_php, drupal, portal

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
FETCHED = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SITES: dict[str, tuple[Callable[[str], str], str, Rules]] = {
    "tbzmed.ac.ir": (
        portal,
        "https://www.tbzmed.ac.ir/?PageID=318&NewsID=20417",
        Rules(languages=("fa", "en"), country="IR", timezone="Asia/Tehran", calendar="persian"),
    ),
    "sammu.uz": (
        custom_php,
        "https://www.sammu.uz/en/pages/international-relations",
        Rules(languages=("uz", "ru", "en"), country="UZ", timezone="Asia/Samarkand"),
    ),
    "mzsr.gov.kz": (
        drupal,
        "http://www.mzsr.gov.kz/en/node/338013",
        Rules(languages=("kk", "ru", "en"), country="KZ", timezone="Asia/Almaty"),
    ),
}


def _cases() -> dict[str, dict[str, Any]]:
    if not (SEEDS / "expected.json").exists():
        return {}
    expected = json.loads((SEEDS / "expected.json").read_text("utf-8"))
    return {name: case for name, case in expected.items() if name.endswith(".txt")}


CASES = _cases()


@pytest.fixture(params=sorted(CASES) or [pytest.param("", marks=pytest.mark.skip(reason="../shared/seeds is missing"))])
def seed(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str, Reading]:
    name: str = request.param
    case, text = CASES[name], (SEEDS / name).read_text("utf-8")
    wrap, url, rules = SITES[case["site"]]
    return case, text, read_page(Page(url, wrap(text).encode(), "text/html; charset=utf-8", FETCHED), rules)


def test_kind_title_and_language(seed: tuple[dict[str, Any], str, Reading]) -> None:
    case, _, reading = seed
    assert (reading.kind, reading.title, reading.language) == (case["kind"], case["title"], case["language"])


def test_text_is_all_there_and_nothing_else(seed: tuple[dict[str, Any], str, Reading]) -> None:
    case, text, reading = seed
    for chrome in [
        *case["absent"],
        "Latest news",
        "آخرین اخبار",
        "©",
        "22 November",
        "Close Menu",
        "صفحه اصلی",
        "English",
    ]:
        assert chrome not in reading.text
    for present in case["present"]:
        assert present in reading.text
    own = "".join(text.replace("*", "").split())
    for paragraph in reading.text.split("\n\n"):
        assert "".join(paragraph.split()) in own
    assert not reading.title or reading.text.split("\n\n")[0] != reading.title
    assert reading.text.count("\u200c") == text.count("\u200c")
    long_ones = [
        line.strip()
        for line in text.replace("*", "").splitlines()
        if len(line) > 100 and not line.startswith(("[", "#"))
    ]
    assert [line for line in long_ones if " ".join(line.split()) not in reading.text] == []


def test_published_is_not_invented(seed: tuple[dict[str, Any], str, Reading]) -> None:
    assert seed[2].published is None


def test_modified_is_the_line_that_says_so(seed: tuple[dict[str, Any], str, Reading]) -> None:
    case, _, reading = seed
    if "modified" not in case:
        assert reading.modified is None
        return
    moment = datetime.fromisoformat(case["modified"]).replace(tzinfo=ZoneInfo(case["timezone"]))
    assert reading.modified is not None
    assert (reading.modified.at, reading.modified.day, reading.modified.precision) == (moment, moment.date(), "minute")
    assert (reading.modified.method, reading.modified.calendar) == ("visible", case["calendar"])


def test_event_is_the_first_date_of_the_text(seed: tuple[dict[str, Any], str, Reading]) -> None:
    case, _, reading = seed
    if case["event_date"] is None:
        assert reading.event is None
        return
    assert reading.event is not None
    assert (reading.event.day.isoformat(), reading.event.raw) == (case["event_date"], case["event_date_raw"])
    assert (reading.event.calendar, reading.event.precision, reading.event.method) == (case["calendar"], "day", "body")


def test_partner_countries(seed: tuple[dict[str, Any], str, Reading]) -> None:
    case, _, reading = seed
    assert sorted(country.code for country in reading.countries) == case["partner_countries"]
