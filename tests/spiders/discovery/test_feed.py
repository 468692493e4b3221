"""Feeds of every kind, with the oddities of real ones."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.catalogue.entry import Feed
from spiders.discovery import NotAsExpected
from tests.spiders.discovery.sources import ROOT, found_in, urls

FEED = Feed(kind="feed", url=f"{ROOT}/feed.xml")

RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>News</title><link>{ROOT}/</link><atom:link rel="self" href="{ROOT}/feed.xml"/>
<item><title>Rector &amp; guests</title><link>{ROOT}/news/1</link><pubDate>Wed, 12 Mar 2025 09:00:00 +0500</pubDate></item>
<item><title><![CDATA[ A  visit ]]></title><link> /news/2
</link></item>
<item><title>By its guid</title><guid>{ROOT}/news/3</guid></item>
<item><title>No address</title><guid isPermaLink="false">{ROOT}/news/no</guid></item>
<item><title>Elsewhere</title><link>http://elsewhere.test/news/4</link></item>
</channel></rss>"""

RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{ROOT}/"><title>News</title></channel>
<item rdf:about="{ROOT}/news/1"><title>One</title><link>{ROOT}/news/1</link><dc:date>2025-03-12</dc:date></item></rdf:RDF>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><link href="{ROOT}/"/><link rel="next" href="?page=2"/>
<entry><title type="html">One</title><link rel="edit" href="/edit/1"/><link href="/news/1"/><published>2025-03-12T09:00:00Z</published>
<updated>2026-01-01T00:00:00Z</updated></entry>
<entry><title>Two</title><link rel="alternate" href="/news/2"/><updated>2026-01-01T00:00:00Z</updated></entry></feed>"""


def test_rss() -> None:
    found = found_in(FEED, RSS)
    assert urls(found) == ["/news/1", "/news/2", "/news/3"]
    first, second, _ = found.candidates
    assert (first.anchor, first.listed_date) == ("Rector & guests", "Wed, 12 Mar 2025 09:00:00 +0500")
    assert (second.anchor, second.listed_date) == ("A visit", None)
    assert found.next_url is None


def test_rdf() -> None:
    [candidate] = found_in(FEED, RDF).candidates
    assert (candidate.url, candidate.anchor, candidate.listed_date) == (f"{ROOT}/news/1", "One", "2025-03-12")


def test_atom_says_when_it_was_published_and_where_it_goes_on() -> None:
    """What was updated says nothing of when the news came out."""
    found = found_in(FEED, ATOM)
    assert [(each.url, each.listed_date) for each in found.candidates] == [
        (f"{ROOT}/news/1", "2025-03-12T09:00:00Z"),
        (f"{ROOT}/news/2", None),
    ]
    assert found.next_url == f"{ROOT}/feed.xml?page=2"


@pytest.mark.parametrize(
    "body",
    [
        "\n\n" + RSS,
        "\ufeff" + RSS,
        RSS.replace('encoding="utf-8"', 'encoding="windows-1251"').encode("cp1251"),
        gzip.compress(RSS.encode()),
        RSS.replace("&amp;", "&"),
        RSS.replace("&amp;", "&nbsp;"),
        RSS.removesuffix("</channel></rss>"),
        RSS.replace("<rss", "<RSS").replace("</rss", "</RSS"),
        RSS.replace("<title>News", "<title>\x0bNews"),
    ],
    ids=["blank", "mark", "cp1251", "gzip", "ampersand", "entity", "unclosed", "capitals", "control"],
)
def test_broken_feeds_are_mended(body: str | bytes) -> None:
    assert urls(found_in(FEED, body)) == ["/news/1", "/news/2", "/news/3"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "  ",
        "no feed",
        "<html><body><item><link>/news/1</link></item></body></html>",
        "<urlset/>",
        '{"items": []}',
        "\x00",
        b"\x1f\x8b broken",
    ],
)
def test_what_is_no_feed_is_refused(body: str | bytes) -> None:
    with pytest.raises(NotAsExpected):
        found_in(FEED, body)


def test_a_billion_laughs_are_not_laughed() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    item = f"<item><title>&l9;</title><link>{ROOT}/news/1</link></item>"
    body = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]><rss><channel>{item}</channel></rss>'
    began = time.process_time()
    found = found_in(FEED, body)
    assert time.process_time() - began < 1
    assert all(len(each.anchor or "") < 100 for each in found.candidates)


def test_a_file_of_this_machine_is_not_read() -> None:
    body = f'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&f;</title><link>{ROOT}/news/1</link></item></channel></rss>'
    assert "root:" not in (found_in(FEED, body).candidates[0].anchor or "")


@given(st.binary(max_size=300))
def test_whatever_comes_is_a_feed_or_is_not(body: bytes) -> None:
    try:
        found_in(FEED, b"<rss><channel><item>" + body + b"</item></channel></rss>")
        found_in(FEED, body)
    except NotAsExpected:
        pass
