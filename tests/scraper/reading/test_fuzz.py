"""Broken pages end in a reading or in an error of the reader's own, within a crawl's bounds. `benchmarks.fuzz_reader` goes on."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.breaks import BREAKS
from benchmarks.broken_pages import broken_page
from benchmarks.broken_words import words
from benchmarks.fuzz_reader import FAULTS, PATIENCE, Outcomes, fuzz
from benchmarks.sample_pages import seeds
from elchi.reading import Bounds
from scraper.reader_messages import PageRequest, ReadAnswer
from scraper.reading import Page, ReadingError, Rules, Selectors, read_page
from tests.scraper.reading.pages import FETCHED, PROSE

SECONDS, MEGABYTES = 25.0, 1000
"""A crawl's own bounds of a page, by default."""
PAGES = 25
"""From number 0 on."""

_TAGS = st.sampled_from(words("tags"))
_WORDS = st.one_of(
    st.sampled_from([text[:90] for text in PROSE.values()]),
    st.text(max_size=30),
    st.from_regex(r"[0-9۰-۹٠-٩]{1,4}[-./年 ][0-9۰-۹]{1,2}[-./月 ][0-9۰-۹]{1,4}", fullmatch=True),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
)
_ATTRIBUTE = st.tuples(st.sampled_from(words("attributes")), _WORDS)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(words("keys")), inner),
    max_leaves=8,
)


def _element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def build(tag: str, attributes: list[tuple[str, str]], inside: list[str], closed: bool) -> str:
        said = "".join(f' {name}="{value}"' for name, value in attributes)
        return f"<{tag}{said}>{''.join(inside)}" + (f"</{tag}>" if closed else "")

    return st.builds(build, _TAGS, st.lists(_ATTRIBUTE, max_size=2), st.lists(inner, max_size=4), st.booleans())


_MARKUP = st.recursive(_WORDS, _element, max_leaves=20)
_LINKED_DATA = _JSON.map(lambda value: f'<script type="application/ld+json">{value!r}</script>'.replace("'", '"'))


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(_MARKUP | _LINKED_DATA, max_size=6), st.sampled_from(["utf-8", "utf-16", "cp1256", "gb18030"]))
def test_no_markup_is_a_fault(parts: list[str], charset: str) -> None:
    page = Page("https://www.example.org/news/5", "".join(parts).encode(charset, "replace"), None, FETCHED)
    try:
        reading = read_page(page)
    except ReadingError:
        return
    assert reading.kind in {"article", "page", "listing", "none"}
    assert "\0" not in reading.text


def test_broken_pages_are_read_within_the_bounds() -> None:
    outcomes = Outcomes(most_ms=1000 * SECONDS)
    fuzz(iter(range(PAGES)), outcomes, 1, Bounds(PATIENCE * SECONDS, MEGABYTES))
    assert not outcomes.faults
    assert outcomes.counts.total() == PAGES
    assert outcomes.counts["article"] > 0, "not all of them are broken beyond reading"


FOUND = {
    "a year's sign behind a German word for ago": "<html lang=de><h1>Ein Besuch</h1><p>vor 年, 24. März</p>",
    "wide cells in a wide table": "<p>"
    + "Words of a text. " * 20
    + "<table>"
    + ("<tr>" + "<td colspan=100 rowspan=100>x" * 3000) * 20,
    "a row of 80,000 cells": "<h1>A visit</h1><p>" + "Words of a text. " * 20 + "<table><tr>" + "<td>1" * 80_000,
    "3,500 lists in each other": "<h1>A visit</h1><p>"
    + "Words of a text. " * 20
    + "<div><ul><li><a>one</a><li><a>two</a>" * 3500,
}
"""What once was a fault, by what it was."""


@pytest.mark.parametrize("fault", FOUND)
def test_what_fuzzing_found_stays_mended(fault: str) -> None:
    page = Page("https://www.example.org/news/5", FOUND[fault].encode(), None, FETCHED)
    began = time.process_time()
    read_page(page)
    assert time.process_time() - began < SECONDS


def test_a_selector_that_matches_the_whole_page_states_one_date_or_none() -> None:
    page = Page("https://www.example.org/news/5", ("<span>٣١ ١٤٤٦ ©</span><p>" * 30_000).encode(), None, FETCHED)
    began = time.process_time()
    read_page(page, Rules(selectors=Selectors(published="body")))
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("place", range(len(words("urls"))))
def test_no_address_is_a_fault(place: int) -> None:
    body = b"<h1>A visit of three days</h1><a href='//[x'>one</a><p>" + PROSE["en"].encode()
    with contextlib.suppress(ReadingError):
        read_page(Page(words("urls")[place], body, None, FETCHED))


def test_a_number_names_a_page_for_ever() -> None:
    assert broken_page(7) == broken_page(7)
    assert broken_page(7) != broken_page(8)


@pytest.mark.parametrize("place", range(len(BREAKS)), ids=lambda place: f"{place}{BREAKS[place].__name__}")
def test_every_break_breaks_something_and_takes_even_nothing(place: int) -> None:
    from random import Random

    body = seeds()[0].body
    assert any(BREAKS[place](Random(number), body) != body for number in range(5))
    assert isinstance(BREAKS[place](Random(1), b""), bytes)


@pytest.mark.parametrize("failure", sorted(FAULTS))
def test_a_fault_is_counted_and_kept(failure: str) -> None:
    outcomes = Outcomes(most_ms=10.0)
    request = PageRequest(Page("", b"", None, FETCHED))
    outcomes.take((1, request), ReadAnswer(None, (failure, "why")))
    outcomes.take((2, request), ReadAnswer(None, ("not readable", "why"), cpu_ms=3.0))
    outcomes.take((3, request), ReadAnswer(None, ("not readable", "why"), cpu_ms=11.0))
    assert outcomes.faults == {1: f"{failure}: why", 3: "reader timeout: 11 ms of CPU"}
    assert outcomes.slowest == (11.0, 3)
