"""The texts of the sample web: enough, all different, in each language's own letters, with dates that agree."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import jdatetime
import pytest
from hijridate import Hijri
from hypothesis import given
from hypothesis import strategies as st

from tests.sample_web import Row, calendars, manifest
from tests.sample_web.content import FOLDER, load
from tests.sample_web.sites import SITES

HERE = Path(__file__).parent
ROWS = manifest()
ARTICLES = [row for row in ROWS if row["kind"] == "article"]
HIJRI_MONTHS = (
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
)  # fmt: skip


def test_eleven_sites_with_eight_articles_or_more_each() -> None:
    counts = Counter(row["site"] for row in ARTICLES)
    assert set(counts) == {site.slug for site in SITES}
    assert len(counts) == 11
    assert min(counts.values()) >= 8
    assert len(ARTICLES) >= 100


@pytest.mark.parametrize("row", ARTICLES, ids=lambda row: row["url"][7:60])
def test_texts_are_as_long_as_real_ones(row: Row) -> None:
    assert len(row["text"]) >= (250 if row["language"] == "zh" else 600)
    assert len(row["text"].split("\n\n")) >= 3


def test_every_text_and_address_stands_once_but_for_the_copy_that_says_so() -> None:
    assert max(Counter(address for row in ROWS for address in row["addresses"]).values()) == 1
    by_url = {row["url"]: row for row in ARTICLES}
    copies = [row for row in ARTICLES if row["copy_of"]]
    originals = [row for row in ARTICLES if not row["copy_of"]]
    assert len({row["text"] for row in originals}) == len({row["title"] for row in originals}) == len(originals)
    paragraphs = Counter(part for row in originals for part in row["text"].split("\n\n"))
    assert max(paragraphs.values()) == 1
    assert len(copies) == 1
    for copy in copies:
        first = by_url[copy["copy_of"]]
        assert (copy["title"], copy["text"], copy["language"]) == (first["title"], first["text"], first["language"])
        assert copy["site"] != first["site"]


@pytest.mark.parametrize(
    ("language", "needed", "wrong"),
    [
        ("fa", "\u200cیکپگچ", "يكىة"),
        ("uz", "‘’", "'`ʻʼғқў"),
        ("uz-Cyrl", "ўқғҳ", "әңұүі"),
        ("tg", "ӣӯқғҳҷ", "ыщьц"),
        ("kk", "әіңғүұқөһ", "ўҳҷ"),
        ("az", "əğıöüçş", "ä"),
        ("tr", "ğıöüçş", "əä"),
        ("de", "äöüß", "ё"),
        ("ar", "ةىيك", "یکپگچ\u200c"),
        ("ru", "ёъэы", "іў"),
    ],
)
def test_orthography(language: str, needed: str, wrong: str) -> None:
    """Each alphabet's own letters are there, and those that careless typing puts in their place are not."""
    text = "".join(row["title"] + row["text"] for row in ARTICLES if row["language"] == language)
    # һ stands in few Kazakh words: it may be missing from a sample, never replaced.
    assert not [letter for letter in needed if letter not in text and letter != "һ"]
    assert not [letter for letter in wrong if letter in text]


def test_persian_texts_keep_their_joiners_where_words_need_them() -> None:
    for row in [row for row in ARTICLES if row["site"] == "tabib"]:
        assert row["text"].count("\u200c") >= 8
        assert not re.search(r"\u200c[\s.،»]|[\s«]\u200c|\u200c\u200c", row["text"])
        assert not re.search(r"\b(ن?می) ", row["text"])


def test_hijri_dates_are_the_days_that_stand_beside_them() -> None:
    dated = [article for article in load("jamia", "ar").articles if "hijri" in article.more]
    assert {article.more["form"] for article in dated} == {"both", "hijri"}
    for article in dated:
        match = re.fullmatch(r"(\d+) (.+) (\d{4}) ?هـ", article.more["hijri"])
        assert match
        day, month, year = match.groups()
        gregorian = Hijri(int(year), HIJRI_MONTHS.index(month) + 1, int(day)).to_gregorian()
        assert date(gregorian.year, gregorian.month, gregorian.day) == article.published


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_persian_dates_agree_with_jdatetime(moment: date) -> None:
    expected = jdatetime.date.fromgregorian(date=moment)
    assert calendars.to_persian(moment) == (expected.year, expected.month, expected.day)


def test_persian_dates_in_words() -> None:
    assert calendars.in_words(date(2026, 11, 22)) == "یکشنبه ۱ آذر ۱۴۰۵"
    assert calendars.spelled(date(2024, 8, 19)) == "دوشنبه بیست و نهم مرداد ماه ۱۴۰۳"
    assert calendars.in_digits(date(2024, 8, 19)) == "۱۴۰۳/۰۵/۲۹"
    assert [calendars.ordinal(day) for day in (1, 20, 21, 30, 31)] == ["یکم", "بیستم", "بیست و یکم", "سی‌ام", "سی و یکم"]


def test_times_are_in_the_sites_own_time_zone() -> None:
    checked = 0
    for path in sorted((HERE / "catalogue").glob("*/*.toml")):
        zone = ZoneInfo(tomllib.loads(path.read_text(encoding="utf-8"))["source"]["timezone"])
        for texts in sorted((FOLDER / path.stem).glob("*.toml")):
            for article in load(path.stem, texts.stem).articles:
                for moment in (article.published, article.modified):
                    if isinstance(moment, datetime):
                        checked += 1
                        assert moment.utcoffset() == moment.astimezone(zone).utcoffset(), article.title
    assert checked > 40
