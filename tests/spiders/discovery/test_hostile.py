"""Answers that are made to exhaust a crawler: what discovery makes of them is bounded, in number and in length.

It reads them where the whole crawl waits. What it once took hours or gigabytes for is here in full size: such a test fails by not ending.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from spiders.catalogue.entry import Api, Feed, Listing, Sitemap
from spiders.discovery import NotAsExpected
from spiders.discovery.anchors import MOST_LINKS
from spiders.discovery.discover import LONGEST_TEXT
from spiders.discovery.model import MOST_CANDIDATES
from spiders.discovery.sitemap import MOST_PAGES
from tests.spiders.discovery.sources import ROOT, found_in, urls

LISTING = Listing(kind="listing", url=f"{ROOT}/news")
FEED = Feed(kind="feed", url=f"{ROOT}/feed")
SITEMAP = Sitemap(kind="sitemap", url=f"{ROOT}/sitemap.xml")
API = Api(kind="api", url=f"{ROOT}/api?page={{page}}", page=f"{ROOT}/news/{{id}}")
FIRST = '<li><a href="/news/1">The first of all news</a> 12 March 2025</li>'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def item(number: int | str, title: str = "") -> str:
    return f"<item><link>{ROOT}/news/{number}</link><title>{title}</title></item>"


LISTINGS: dict[str, Callable[[], str | bytes]] = {
    "paragraphs": lambda: FIRST + "<p>Some words that say nothing at all.</p>" * 200_000,
    "breaks": lambda: FIRST + "<br>" * 300_000,
    "links": lambda: FIRST + "".join(f'<a href="/news/{n}">News {n}</a>' for n in range(2, 100_000)),
    "dated links": lambda: FIRST + "".join(f'<li><a href="/news/{n}">{n}</a> {n} May</li>' for n in range(2, 100_000)),
    "one link": lambda: FIRST + '<b><a href="/news/1">The first</a></b>' * 100_000,
    "links in links": lambda: FIRST + '<a href="/news/1"><section>' * 100_000,
    "nested": lambda: FIRST + "<div>" * 100_000,
    "nested links": lambda: FIRST + "".join(f'<div class="menu"><a href="/news/{n}">' for n in range(2, 100_000)),
    "nested menus": lambda: '<div class="menu">' * 500 + FIRST + "<p>x</p>" * 100_000,
    "unclosed tags": lambda: FIRST + "<p>" + "".join(f"<b id={n}>" for n in range(3000)) + "</p>" + "<p>x" * 100_000,
    "attribute": lambda: FIRST + f'<a href="/news/2" title="{"x" * 10_000_000}">more</a>',
    "long link": lambda: FIRST + f'<a href="/news/{"x" * 10_000_000}">A title</a>',
    "long text": lambda: FIRST + '<a href="/news/2">' + "12 March " * 1_000_000 + "</a>",
    "white space": lambda: FIRST + '<a href="/news/2">' + " " * 10_000_000 + "</a>",
    "invalid UTF-8": lambda: FIRST.encode() + b"\xff\xc0\x80\xed" * 2_000_000,
}

XML: dict[str, tuple[Feed | Sitemap, Callable[[], str | bytes]]] = {
    "feed": (FEED, lambda: "<rss>" + "".join(map(item, range(1, 100_000)))),
    "billion laughs": (
        FEED,
        lambda: f'<!DOCTYPE rss [<!ENTITY l0 "lol">{LAUGHS}]><rss>{item(1, "&l9;")}{item("&l9;")}</rss>',
    ),
    "nested feed": (FEED, lambda: f"<rss>{item(1)}" + "<item>" * 100_000),
    "wide feed": (FEED, lambda: f"<rss>{item(1)}<item>" + "<x/>" * 1_000_000),
    "long title": (FEED, lambda: f"<rss>{item(1, 'x' * 9_000_000)}</rss>"),
    "invalid feed": (FEED, lambda: f"<rss>{item(1)}".encode() + b"\xff\xc0\x80" * 3_000_000),
    "attribute": (FEED, lambda: f'<rss a="{"x" * 9_000_000}">{item(1)}</rss>'),
    "sitemap": (
        SITEMAP,
        lambda: "<urlset>" + "".join(f"<url><loc>{ROOT}/news/{n}</loc></url>" for n in range(1, 100_000)),
    ),
}


@pytest.mark.parametrize("shape", LISTINGS)
def test_a_listing_of_any_shape_is_read_to_a_bound(shape: str) -> None:
    found = found_in(LISTING, LISTINGS[shape](), include=("^/news/",))
    assert urls(found)[0] == "/news/1"
    assert len(found.candidates) <= MOST_LINKS
    assert all(len(each.anchor or "") <= LONGEST_TEXT for each in found.candidates)


@pytest.mark.parametrize("shape", XML)
def test_a_feed_or_sitemap_of_any_shape_is_read_to_a_bound(shape: str) -> None:
    entry, body = XML[shape]
    found = found_in(entry, body())
    assert urls(found)[0] == "/news/1"
    assert len(found.candidates) <= (MOST_PAGES if entry is SITEMAP else MOST_CANDIDATES)
    assert all(len(each.anchor or "") <= LONGEST_TEXT for each in found.candidates)


def test_what_is_left_out_is_said(caplog: pytest.LogCaptureFixture) -> None:
    found_in(LISTING, LISTINGS["links"]())
    found_in(API, "[" + '{"id": 1},' * 100_000 + '{"id": 1}]')
    assert [record.message for record in caplog.records] == [
        f"{ROOT}/news has more links than any list of news: the first {MOST_LINKS} are taken",
        f"{ROOT}/api?page=1 lists more than {MOST_CANDIDATES} pages: the rest is left out",
    ]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("[" * 1_000_000, id="nested"),
        pytest.param('[{"id": ' + "9" * 1_000_000 + "}]", id="a number of a million digits"),
        pytest.param("[" + "1," * 1_000_000 + "1]", id="no records"),
    ],
)
def test_a_hostile_list_of_records_is_none(body: str) -> None:
    with pytest.raises(NotAsExpected):
        found_in(API, body)
