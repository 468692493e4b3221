from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading.model import Country, DateFact, Link, Reading
from storage.errors import ArticleUnknown, CaptureUnknown
from storage.export import CSV_COLUMNS, write_csv, write_jsonl
from storage.records import article_record, article_records, find_article, find_capture
from tests.storage.saving import SITE, Saving, day_fact, reading_of, words

A, OTHER = f"{SITE}/news/a", "http://ministry.example/9"
PERSIAN = 'دانشگاه\u200cها تفاهم\u200cنامه امضا می\u200cکنند؛ «خبر»\n\n\u200fبند دوم, با "نقل" و ویرگول'
READING = Reading(
    url=A,
    kind="article",
    title="=سفر هیئت",
    text=PERSIAN + words("ا"),
    language="fa",
    published=DateFact(
        day=date(2026, 10, 5),
        at=datetime(2026, 10, 5, 8, 30, tzinfo=UTC),
        raw="-۱۳ مهر ۱۴۰۵",
        calendar="persian",
        precision="minute",
        method="visible",
        confidence=0.8,
    ),
    modified=day_fact(date(2026, 10, 6)),
    event=None,
    byline="@روابط عمومی",
    links=(Link("http://u.example/", "+پیوند"),),
    images=("http://uni.example/a.jpg",),
    markdown="# پیش\n\n" + PERSIAN,
    countries=(Country("TJ", ("تاجیکستان", "تاجیک")), Country("CN", ("چین",))),
    why={"title": "h1 = og:title", "published": "visible: -۱۳ مهر ۱۴۰۵"},
)


@pytest.fixture
def record(saving: Saving) -> dict[str, Any]:
    saving.save(f"{SITE}/?p=5", A, reading=READING)
    saving.save(OTHER, source="ministry", reading=READING)
    with saving.database.read() as session:
        return article_record(session, find_article(session, A))


def test_a_record_tells_all(record: dict[str, Any]) -> None:
    capture = record.pop("capture")
    text = record.pop("text")
    assert text == READING.text
    assert record == {
        "id": 1,
        "kind": "article",
        "title": "=سفر هیئت",
        "byline": "@روابط عمومی",
        "language": "fa",
        "published": {
            "date": "2026-10-05",
            "at": "2026-10-05T08:30:00Z",
            "raw": "-۱۳ مهر ۱۴۰۵",
            "calendar": "persian",
            "precision": "minute",
            "method": "visible",
            "confidence": 0.8,
        },
        "modified": {
            "date": "2026-10-06",
            "at": None,
            "raw": "2026-10-06",
            "calendar": "gregorian",
            "precision": "day",
            "method": "meta",
            "confidence": 0.9,
        },
        "event": None,
        "source": "uni",
        "institution": "University uni",
        "country": "UZ",
        "url": A,
        "addresses": [A, OTHER, f"{SITE}/?p=5"],
        "copies": [{"source": "ministry", "url": OTHER}],
        "state": "fetched",
        "first_seen": "2026-11-01T12:00:00Z",
        "last_seen": "2026-11-01T12:00:00Z",
        "version": 1,
        "links": [{"url": "http://u.example/", "text": "+پیوند"}],
        "images": ["http://uni.example/a.jpg"],
        "countries": [{"code": "TJ", "words": ["تاجیکستان", "تاجیک"]}, {"code": "CN", "words": ["چین"]}],
        "why": {"title": "h1 = og:title", "published": "visible: -۱۳ مهر ۱۴۰۵"},
        "markdown": READING.markdown,
    }
    assert capture == {
        "id": 1,
        "run": None,
        "url": A,
        "fetched_at": "2026-11-01T12:00:00Z",
        "status": 200,
        "sha256": "0" * 64,
        "warc_file": "elchi-test.warc.gz",
        "warc_offset": 0,
        "warc_length": 1,
        "reader": "test",
        "site_repeats": None,
    }


def test_an_article_without_facts(saving: Saving) -> None:
    saving.save(A, reading=Reading(url=A, kind="page", title=None, text="", language=None))
    with saving.database.read() as session:
        record = article_record(session, find_article(session, "1"))
    assert {name for name, value in record.items() if value is None} == {
        "title", "byline", "language", "published", "modified", "event"
    }  # fmt: skip
    assert (record["countries"], record["why"], record["markdown"]) == ([], {}, "")


@pytest.mark.parametrize("markdown", ["", words("a")], ids=["none", "the text itself"])
def test_markdown_that_says_no_more_than_the_text(saving: Saving, markdown: str) -> None:
    saving.save(A, reading=replace(reading_of(words("a")), markdown=markdown))
    with saving.database.read() as session:
        article = find_article(session, A)
        assert article.version.markdown is None, "kept once"
        assert article_record(session, article)["markdown"] == words("a")


def test_evidence_makes_no_version(saving: Saving) -> None:
    reading = replace(READING, countries=(), why={}, markdown="")
    assert [saving.save(A, reading=each, days=day) for day, each in enumerate([reading, READING])] == [
        "new",
        "unchanged",
    ]
    assert saving.save(A, reading=replace(READING, text=words("ب")), days=2) == "changed"
    with saving.database.read() as session:
        record = article_record(session, find_article(session, A))
    assert (record["version"], [each["code"] for each in record["countries"]]) == (2, ["TJ", "CN"])


def test_many_records_at_once(saving: Saving) -> None:
    for number in range(4):
        saving.save(f"{SITE}/?p={number}", f"{SITE}/news/{number}", reading=reading_of(words(f"n{number}x")))
    saving.save(OTHER, source="ministry", reading=reading_of(words("n1x")))
    with saving.database.read() as session:
        records = list(article_records(session, [3, 1, 99, 2]))
        assert records == [article_record(session, find_article(session, str(number))) for number in (3, 1, 2)]


@pytest.mark.parametrize("name", ["1", "۱", A, f"{SITE}/?p=5", "https://www.uni.example/news/a/#x", OTHER])
def test_an_article_is_found_by_number_or_address(saving: Saving, record: dict[str, Any], name: str) -> None:
    with saving.database.read() as session:
        assert find_article(session, name).id == record["id"]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("2", "Numbers stand in the results"),
        ("9" * 30, "Numbers stand in the results"),
        ("9" * 5000, "Numbers stand in the results"),
        ("-1", "full address"),
        ("", "full address"),
        (f"{SITE}/news", "full address"),
        ("http://uni.example:99999/", "full address"),
        ("http://[", "full address"),
        (f"{SITE}/\0\ud800", "full address"),
    ],
)
def test_an_article_that_is_not_there(saving: Saving, name: str, advice: str) -> None:
    saving.open()
    with saving.database.read() as session, pytest.raises(ArticleUnknown, match=advice):
        find_article(session, name)


# Exports

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
LEAVES = st.none() | st.booleans() | st.integers() | TEXTS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3), max_leaves=8
)


@given(st.lists(st.dictionaries(TEXTS, VALUES, max_size=4), max_size=3))
def test_jsonl_comes_back(records: list[dict[str, Any]]) -> None:
    file = io.StringIO(newline="")
    assert write_jsonl(records, file) == len(records)
    assert [json.loads(line) for line in file.getvalue().splitlines()] == records


def test_a_record_comes_back_from_jsonl(record: dict[str, Any]) -> None:
    file = io.StringIO(newline="")
    write_jsonl([record], file)
    assert json.loads(file.getvalue()) == record
    assert "می\u200cکنند" in file.getvalue(), "readable as it stands"


def read_csv(records: list[dict[str, Any]]) -> list[dict[str, str]]:
    file = io.StringIO(newline="")
    assert write_csv(records, file) == len(records)
    return list(csv.DictReader(io.StringIO(file.getvalue(), newline=""), strict=True))


def test_a_record_as_a_row(record: dict[str, Any]) -> None:
    (row,) = read_csv([record])
    assert tuple(row) == CSV_COLUMNS
    assert row["text"] == READING.text
    assert row["addresses"].split(" ") == record["addresses"]
    assert row["countries"] == "TJ CN"
    assert (row["published_date"], row["published_calendar"], row["modified_date"]) == (
        "2026-10-05",
        "persian",
        "2026-10-06",
    )
    assert (row["event_date"], row["warc_offset"], row["sha256"]) == ("", "0", "0" * 64)


def test_no_row_is_a_formula(record: dict[str, Any]) -> None:
    (row,) = read_csv([record])
    assert (row["title"], row["byline"], row["published_raw"]) == ("'=سفر هیئت", "'@روابط عمومی", "'-۱۳ مهر ۱۴۰۵")


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"])
def test_what_a_spreadsheet_would_run(record: dict[str, Any], title: str) -> None:
    (row,) = read_csv([record | {"title": title}])
    assert row["title"] == f"'{title}"


@given(TEXTS, TEXTS)
def test_words_come_back_from_csv(title: str, text: str) -> None:
    empty: dict[str, Any] = dict.fromkeys(CSV_COLUMNS)
    rest = {"published": None, "modified": None, "event": None, "countries": [], "addresses": []}
    rest["capture"] = dict.fromkeys(CSV_COLUMNS)
    (row,) = read_csv([empty | rest | {"title": title, "text": text}])
    assert row["title"].removeprefix("'") == title.removeprefix("'")
    assert row["text"].endswith(text)


def test_an_export_of_nothing() -> None:
    assert read_csv([]) == []
    file = io.StringIO()
    assert write_jsonl([], file) == 0
    assert file.getvalue() == ""


@pytest.mark.parametrize("number", ["2", "0", "9" * 30, "-1", "one", ""])
def test_a_capture_is_found_by_its_number_or_not_at_all(saving: Saving, number: str) -> None:
    saving.save(A, reading=READING)
    with saving.database.read() as session:
        assert find_capture(session, "1").url == A
        with pytest.raises(CaptureUnknown, match="elchi health"):
            find_capture(session, number)
