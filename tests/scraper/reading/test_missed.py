"""A source's own selectors are checked against each page, and those that miss are named."""

from __future__ import annotations

import pytest

from scraper.reading import Reading, Rules, Selectors

from .pages import article, read

FOUND = Selectors(title="h1", body=".text", published="time.out", modified="time.new", byline=".who")
PAGE = article(
    before="<p class='who'>By Jane Doe</p><p>Published <time class='out' datetime='2026-11-20'>20 November 2026</time></p>"
    "<p>Updated <time class='new' datetime='2026-11-21'>21 November 2026</time></p>"
)
NEW_NAME = {"title": "h1.head", "body": ".story", "published": ".day", "modified": ".day-2", "byline": ".author"}


def told(page: str, selectors: Selectors) -> Reading:
    return read(page, Rules(selectors=selectors))


def test_selectors_that_find_their_parts_miss_nothing() -> None:
    reading = told(PAGE, FOUND)
    assert reading.published is not None
    assert reading.modified is not None
    assert (reading.byline, reading.missed) == ("Jane Doe", ())


@pytest.mark.parametrize("name", sorted(NEW_NAME))
def test_one_that_finds_nothing_is_named_where_its_part_is_found(name: str) -> None:
    selectors = Selectors(**{**{each: getattr(FOUND, each) for each in NEW_NAME}, name: NEW_NAME[name]})
    reading = told(PAGE, selectors)
    assert getattr(reading, "text" if name == "body" else name)
    assert reading.missed == (name,)


def test_a_box_that_a_redesign_gave_the_old_name_is_a_miss() -> None:
    page = article(after="<div class='old'><p>Write to us.</p></div>")
    assert told(page, Selectors(body=".old")).missed == ("body",)


def test_what_a_page_does_not_have_is_not_missed() -> None:
    reading = told(article(), Selectors(published=".day", modified=".day", byline=".author"))
    assert (reading.published, reading.byline, reading.missed) == (None, None, ())


def test_a_list_has_no_parts_to_miss() -> None:
    links = "".join(f"<li><h3><a href='/{n}'>The headline of an article, number {n}</a></h3></li>" for n in range(9))
    reading = told(f"<html><body><h1>News</h1><ul>{links}</ul></body></html>", Selectors(title="h2.head"))
    assert (reading.kind, reading.missed) == ("listing", ())


def test_what_was_missed_survives_the_way_between_processes() -> None:
    reading = told(PAGE, Selectors(title="h1.head"))
    assert Reading.from_json(reading.to_json()) == reading
