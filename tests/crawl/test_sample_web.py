"""One crawl of the whole sample web finds what its manifest says, asks gently, and a second one finds nothing new."""

from __future__ import annotations

import os
import re
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from spiders.catalogue import load_catalogue
from spiders.preparation import entries_by_url
from tests.crawl.command import Elchi
from tests.crawl.conftest import CATALOGUE, Crawl, crawl_sample_web
from tests.crawl.evidence import assert_nothing_doubled, assert_sound, comparable
from tests.sample_web import Asked, Row, SampleWeb, manifest

pytestmark = pytest.mark.xdist_group("sample web")

ROWS = manifest()
ARTICLES = {row["url"]: row for row in ROWS if row["kind"] == "article"}
ORIGINALS = {url: row for url, row in ARTICLES.items() if row["copy_of"] is None}
OTHERS = {address: row["kind"] for row in ROWS if row["kind"] != "article" for address in row["addresses"]}
SOURCES = load_catalogue([CATALOGUE])
TIMER_SECONDS = 0.02
"""How much earlier than it should a request may be seen: clocks of two processes, and a timer's own grain."""


def found(crawl: Crawl, row: Row) -> dict[str, Any] | None:
    """The record that has a row's address, be it as a copy."""
    for record in crawl.records:
        if row["url"] in {record["url"], *(copy["url"] for copy in record["copies"])}:
            return record
    return None


def differences(crawl: Crawl, field: str, said: Any) -> str:
    """Which articles differ from the manifest, one a line, under a line that counts them."""
    wrong = []
    for url, row in ORIGINALS.items():
        record = found(crawl, row)
        if record is not None and said(record) != row[field]:
            wrong.append(f"{url}\n  is     {said(record)!r}\n  should {row[field]!r}")
    return "\n".join([f"{field}: {len(wrong)} of {len(ORIGINALS)} differ", *wrong]) if wrong else ""


def test_every_article_is_found(first_crawl: Crawl) -> None:
    missing = [url for url, row in ARTICLES.items() if found(first_crawl, row) is None]
    assert not missing, f"{len(missing)} of {len(ARTICLES)} articles are missing"


def test_no_article_is_invented(first_crawl: Crawl) -> None:
    stored = [record["url"] for record in first_crawl.records if record["kind"] == "article"]
    invented = [(url, OTHERS.get(url)) for url in stored if url not in ARTICLES]
    assert not invented, f"{len(invented)} of {len(stored)} stored articles are none"
    assert max(Counter(stored).values()) == 1


def test_standing_pages_are_stored_as_such_or_not_at_all(first_crawl: Crawl) -> None:
    kinds = {record["url"]: OTHERS.get(record["url"]) for record in first_crawl.records if record["kind"] == "page"}
    assert set(kinds.values()) <= {"page"}, kinds


@pytest.mark.parametrize("field", ["title", "language", "text"])
def test_words_are_right(first_crawl: Crawl, field: str) -> None:
    wrong = differences(first_crawl, field, lambda record: record[field])
    assert not wrong, wrong


@pytest.mark.parametrize(("field", "part"), [("published", "date"), ("published_at", "at"), ("calendar", "calendar")])
def test_published_is_right(first_crawl: Crawl, field: str, part: str) -> None:
    wrong = differences(first_crawl, field, lambda record: record["published"] and record["published"][part])
    assert not wrong, wrong


def test_modified_is_right(first_crawl: Crawl) -> None:
    wrong = differences(first_crawl, "modified", lambda record: record["modified"] and record["modified"]["date"])
    assert not wrong, wrong


def test_addresses_are_canonical_and_known(first_crawl: Crawl) -> None:
    """Each article is cited by its canonical URL, and no address is kept that is not its own or its copies'."""
    for url, row in ORIGINALS.items():
        copies = [other for other in ARTICLES.values() if other["copy_of"] == url]
        record = found(first_crawl, row)
        assert record is not None
        assert {record["url"], *(copy["url"] for copy in record["copies"])} == {url, *(copy["url"] for copy in copies)}
        own = {address for each in (row, *copies) for address in each["addresses"]}
        assert {re.sub(r"[?&]cHash=\w+", "", each) for each in record["addresses"]} <= {
            re.sub(r"[?&]cHash=\w+", "", each) for each in own
        }


def test_the_archive_is_sound(first_crawl: Crawl) -> None:
    assert_sound(first_crawl.elchi)
    assert_nothing_doubled(first_crawl.elchi)


def test_the_ledger_counts_what_was_stored(first_crawl: Crawl) -> None:
    ledger = first_crawl.elchi.ledger(1)
    assert ledger["reason"] == "finished"
    assert ledger["sources"].keys() == SOURCES.keys()
    counts = Counter[str]()
    for tally in ledger["sources"].values():
        counts.update({name: tally[name] for name in ("new", "copies", "changed", "failed")})
    copies = len(ARTICLES) - len(ORIGINALS)
    assert counts == {"new": len(first_crawl.records), "copies": copies, "changed": 0, "failed": 0}


# Politeness, as the server saw it


def by_host(asked: tuple[Asked, ...]) -> dict[str, list[Asked]]:
    hosts = defaultdict(list)
    for each in asked:
        hosts[each.host].append(each)
    return hosts


def test_robots_txt_is_asked_first_and_obeyed(first_crawl: Crawl) -> None:
    for requests in by_host(first_crawl.asked).values():
        assert [each.target for each in requests].index("/robots.txt") == 0
        assert sum(each.target == "/robots.txt" for each in requests) == 1
    assert not [each.url for each in first_crawl.asked if each.host == "bilim.example" and "/admin/" in each.target]


def test_crawl_delay_is_kept_between_any_two_requests(first_crawl: Crawl) -> None:
    moments = [each.at for each in by_host(first_crawl.asked)["bilim.example"]]
    assert len(moments) > 5
    assert min(later - earlier for earlier, later in pairwise(moments)) >= 1 - TIMER_SECONDS


def test_delay_seconds_is_kept_between_any_two_requests_to_a_server(sample_web: SampleWeb, tmp_path: Path) -> None:
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    words = (CATALOGUE / "ir" / "tabib.toml").read_text(encoding="utf-8")
    assert "delay_seconds = 0\n" in words
    (catalogue / "tabib.toml").write_text(
        words.replace("delay_seconds = 0\n", "delay_seconds = 0.3\n"), encoding="utf-8"
    )
    crawl = crawl_sample_web(sample_web, Elchi(tmp_path / "home", catalogue, sample_web.proxy))
    assert len(crawl.records) == 9
    moments = [each.at for each in crawl.asked]
    assert min(later - earlier for earlier, later in pairwise(sorted(moments))) >= 0.3 - TIMER_SECONDS


def test_everybody_is_told_who_asks(first_crawl: Crawl) -> None:
    agents = {each.headers.get("user-agent") for each in first_crawl.asked}
    assert agents == {"Elchi/0.1 (news archive; +archive@elchi.example)"}
    assert {each.method for each in first_crawl.asked} == {"GET"}


def test_only_hosts_of_the_catalogue_are_asked(first_crawl: Crawl) -> None:
    allowed = {host for source in SOURCES.values() for host in source.hosts}
    assert {each.host for each in first_crawl.asked} <= allowed


def test_nothing_is_asked_twice(first_crawl: Crawl) -> None:
    twice = {url: count for url, count in Counter(each.url for each in first_crawl.asked).items() if count > 1}
    assert not {url for url in twice if "/api/" not in url}, "the API alone has one address for two languages"


# The second crawl


def test_a_second_crawl_asks_entry_points_alone(second_crawl: Crawl) -> None:
    entries = {url for source in SOURCES.values() for url in entries_by_url(source)}
    robots = {f"http://{urlsplit(url).netloc}/robots.txt" for url in entries}
    assert {each.url for each in second_crawl.asked} == entries | robots


def test_a_second_crawl_asks_conditionally(first_crawl: Crawl, second_crawl: Crawl) -> None:
    entries = {url for source in SOURCES.values() for url in entries_by_url(source)}
    asked = [each for each in second_crawl.asked if each.url in entries]
    conditional = {each.url for each in asked if {"if-none-match", "if-modified-since"} & each.headers.keys()}
    assert {each.url for each in asked if each.status == 304} == conditional
    assert len(conditional) > len(entries) / 3


def test_a_second_crawl_stores_nothing_twice(first_crawl: Crawl, second_crawl: Crawl) -> None:
    assert comparable(list(second_crawl.records)) == comparable(list(first_crawl.records))
    assert [record["id"] for record in second_crawl.records] == [record["id"] for record in first_crawl.records]
    ledger = second_crawl.elchi.ledger(2)
    for slug, tally in ledger["sources"].items():
        assert {tally[name] for name in ("new", "changed", "copies", "failed")} == {0}, slug
    assert_sound(second_crawl.elchi)
    assert_nothing_doubled(second_crawl.elchi)


# PostgreSQL


@pytest.fixture(scope="module")
def postgresql_url() -> Iterator[str]:
    """A database of our own on the server of ELCHI_TEST_POSTGRESQL, dropped at the end."""
    server = os.environ.get("ELCHI_TEST_POSTGRESQL")
    if not server:
        pytest.skip("ELCHI_TEST_POSTGRESQL is not set: no PostgreSQL to crawl into")
    name = f"elchi_crawl_{secrets.token_hex(6)}"
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def test_postgresql_holds_the_same(
    sample_web: SampleWeb, first_crawl: Crawl, postgresql_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elchi = Elchi(tmp_path_factory.mktemp("postgresql"), CATALOGUE, sample_web.proxy)
    crawl = crawl_sample_web(sample_web, elchi.with_settings(ELCHI_DATABASE_URL=postgresql_url))
    assert comparable(list(crawl.records)) == comparable(list(first_crawl.records))
    assert_sound(crawl.elchi)
