"""What a source says of URLs and to the reader."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from scraper.reading import model as reading
from spiders.catalogue import Api, Entry, Listing, RecordFields, Selectors, Source, load_source
from spiders.catalogue.entry import ENTRIES, EntryKind
from spiders.catalogue.source import Calendar
from tests.spiders.catalogue.files import API, MINIMAL, changed, with_entry, write

PATTERNS = """
[articles]
include = ['^/fa/news/', 'خبر', 'news\\[id\\]=\\d+', '^/\\?p=\\d+$']
exclude = ['/print$']
pages = ['^/fa/news/about']
"""


@pytest.fixture
def load(tmp_path):
    def load(text: str) -> Source:
        return load_source(write(tmp_path, text))

    return load


def test_the_shortest_file_says_the_rest_by_default(load, tmp_path):
    source = load(MINIMAL)

    assert (source.slug, source.path) == ("example", tmp_path / "example.toml")
    assert (source.calendar, source.cadence_hours, source.delay_seconds) == ("gregorian", 24, 5)
    assert source.institution.name == {"en": "Example University"}
    assert [(type(entry), entry.url, entry.pages) for entry in source.entries] == [
        (Listing, "https://www.real.org/fa/news", 20)
    ]
    assert not source.is_reserved
    assert not source.facts.verified


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://www.real.org/x", True),
        ("http://real.org", True),
        ("HTTP://REAL.ORG/x", True),
        ("https://real.org:443/x", True),
        ("https://real.org:8443/x", False),
        ("http://real.org:443/x", False),
        ("https://real.org./x", False),
        ("https://sub.real.org/", False),
        ("https://notreal.org/", False),
        ("https://real.org.evil.org/", False),
        ("https://real.org@evil.org/", False),
        ("https://evil.org@real.org/", False),
        ("https://evil.org\\@real.org/", False),
        ("https://evil.org\\.real.org/", False),
        ("https://evil.org#@real.org/", False),
        ("https://evil.org?@real.org/", False),
        ("https:///real.org/", False),
        ("//real.org/", False),
        ("/x", False),
        ("mailto:info@real.org", False),
        ("file://real.org/x", False),
        ("https://[real.org/", False),
    ],
)
def test_only_the_sources_hosts_are_allowed(load, url, allowed):
    assert load(MINIMAL).allows(url) is allowed


def test_a_host_with_a_port_is_allowed_with_that_port_alone(load):
    source = load(MINIMAL.replace("www.real.org", "127.0.0.1:8800"))

    assert source.allows("http://127.0.0.1:8800/x")
    assert not source.allows("http://127.0.0.1/x")
    assert not source.allows("http://127.0.0.1:8801/x")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://real.org/fa/news/7", "article"),
        ("https://real.org/fa/news/about-us", "page"),
        ("https://real.org/%D8%AE%D8%A8%D8%B1/1", "article"),
        ("https://real.org/خبر/1", "article"),
        ("https://real.org/x?news%5Bid%5D=7", "article"),
        ("https://real.org/?p=12", "article"),
        ("https://real.org?p=12", None),
        ("https://real.org/x#خبر", None),
        ("https://real.org/en/fa/news/7", None),
        ("https://real.org", None),
        ("https://[torn/fa/news/", "article"),
        ("https://real.org/%ff%", None),
    ],
)
def test_what_an_address_says_of_its_page(load, url, kind):
    assert load(MINIMAL + PATTERNS).page_kind(url) == kind


def test_what_is_excluded(load):
    source = load(MINIMAL + PATTERNS)

    assert source.excluded("https://real.org/fa/news/7/print")
    assert not source.excluded("https://real.org/fa/news/7")
    assert not load(MINIMAL).excluded("https://real.org/fa/news/7/print")


@given(st.text(max_size=30))
def test_any_text_can_be_asked_about(url):
    articles = {"include": (".",), "exclude": ("a",), "pages": ("b",)}
    source = Source.model_validate(
        {
            "slug": "x", "path": Path("x.toml"), "hosts": ("x.test",), "languages": ("fa",), "timezone": "UTC", "articles": articles,
            "institution": {"name": {"en": "X"}, "country": "IR", "kind": "ministry", "homepage": "http://x.test/"},
            "entries": ({"kind": "feed", "url": "http://x.test/"},), "facts": {"verified": True, "checked": date(2026, 11, 22)},
        }
    )  # fmt: skip

    assert source.allows(url) in {True, False}
    assert source.excluded(url) in {True, False}
    assert source.page_kind(url) in {"article", "page", None}


def test_the_rules_carry_what_the_file_says(load):
    text = changed('["fa"]', '["fa", "en"]').replace("[[entry]]", 'calendar = "persian"\n[[entry]]') + PATTERNS
    text += '[selectors]\ntitle = "h1"\nbody = ".text"\nremove = [".share", ".more"]\n'

    rules = load(text).rules("https://real.org/fa/news/7")

    assert rules == reading.Rules(
        languages=("fa", "en"),
        country="IR",
        timezone="Asia/Tehran",
        calendar="persian",
        selectors=reading.Selectors(title="h1", body=".text", remove=(".share", ".more")),
        kind="article",
    )


def test_the_entry_adds_its_record_and_its_language(load):
    record = 'language = "en"\nrecord = "https://real.org/api/{id}"\nfields = { title = "t", body = "data.b", modified = "m" }'
    source = load(with_entry(API + record).replace('["fa"]', '["fa", "en"]'))

    rules = source.rules("https://real.org/api/7", source.entries[0])

    assert rules.record == reading.RecordFields(title="t", body="data.b", modified="m")
    assert rules.languages == ("en", "fa")
    assert source.rules("https://real.org/api/7").record is None
    assert source.rules("https://real.org/api/7").languages == ("fa", "en")


def test_an_api_whose_public_page_is_html_has_no_record(load):
    source = load(with_entry(API))

    assert isinstance(source.entries[0], Api)
    assert source.rules("https://real.org/news/7", source.entries[0]).record is None


def test_the_catalogue_and_the_reader_speak_of_the_same_things():
    assert get_args(Calendar) == get_args(reading.Calendar)
    assert list(Selectors.model_fields) == [field.name for field in dataclasses.fields(reading.Selectors)]
    assert list(RecordFields.model_fields) == [field.name for field in dataclasses.fields(reading.RecordFields)]
    assert tuple(ENTRIES) == get_args(EntryKind)


@pytest.mark.parametrize(
    ("lines", "deeper"),
    [
        ("", [None]),
        ('next = "a.next"', [None]),
        ('page_url = "https://real.org/n/{page}"\npages = 2', ["https://real.org/n/2", "https://real.org/n/3"]),
        ('page_url = "https://real.org/?s={page}"\nfirst_page = 0\nstep = 5', ["https://real.org/?s=5", "https://real.org/?s=10"]),
    ],
    ids=["one page", "next", "numbers", "offsets"],
)  # fmt: skip
def test_the_pages_of_a_listing(load, lines, deeper):
    (entry,) = load(with_entry(f'kind = "listing"\nurl = "https://www.real.org/fa/news"\n{lines}')).entries

    assert isinstance(entry, Listing)
    assert entry.address(0) == "https://www.real.org/fa/news"
    assert [entry.address(index) for index in range(1, len(deeper) + 1)] == deeper


def test_the_pages_of_an_api(load):
    (entry,) = load(with_entry(API + "first_page = 0\nstep = 20\npages = 2")).entries

    assert isinstance(entry, Api)
    assert [entry.address(index) for index in range(3)] == [
        "https://www.real.org/api?page=0",
        "https://www.real.org/api?page=20",
        "https://www.real.org/api?page=40",
    ], "how deep is enough is the frontier's question"


@pytest.mark.parametrize("delay", [0, 0.99])
def test_haste_is_for_tests_alone(load, delay):
    text = MINIMAL.replace("[[entry]]", f"delay_seconds = {delay}\n[[entry]]")

    assert load(text.replace("real.org", "real.example")).is_reserved
    with pytest.raises(Exception, match="on the real web"):
        load(text)
    with pytest.raises(Exception, match="on the real web"):
        load(text.replace('"www.real.org", "real.org"', '"a.test", "www.real.org"'))


def test_a_source_is_frozen_and_stays_on_its_hosts(load):
    source = load(MINIMAL)

    with pytest.raises(ValidationError, match="frozen"):
        source.timezone = "UTC"
    entries: tuple[Entry, ...] = (Listing(kind="listing", url="https://evil.org/"),)
    with pytest.raises(ValidationError, match="not on the source's hosts"):
        Source.model_validate({**dict(source), "entries": entries})


@pytest.mark.parametrize(
    ("keys", "lets_pass"),
    [
        ("", ()),
        ('tls = "modern"\ncertificate = "checked"', ()),
        ('tls = "legacy"', ("legacy",)),
        ('certificate = "unchecked"', ("unchecked",)),
        ('tls = "legacy"\ncertificate = "unchecked"', ("legacy", "unchecked")),
    ],
)
def test_a_source_says_what_may_be_wrong_with_its_tls(load, keys, lets_pass):
    assert load(changed("[source]", f"[source]\n{keys}")).leniency == lets_pass
