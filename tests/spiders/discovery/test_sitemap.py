"""Sitemaps, and indexes of them."""

from __future__ import annotations

import gzip

import pytest

from spiders.catalogue.entry import Sitemap
from spiders.discovery import NotAsExpected
from storage.candidate import Candidate
from tests.spiders.discovery.sources import ROOT, found_in, urls

SITEMAP = Sitemap(kind="sitemap", url=f"{ROOT}/sitemap.xml")
XMLNS = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
URLSET = f"""<?xml version="1.0"?><urlset {XMLNS}>
<url><loc>{ROOT}/news/1</loc><lastmod>2026-01-01</lastmod></url>
<url><loc>
 {ROOT}/news/2?a=1&amp;b=2 </loc>
<news:news><news:title>Two</news:title><news:publication_date>2025-03-12</news:publication_date></news:news></url>
<url><loc>{ROOT}/about</loc></url><url></url><url><loc>http://elsewhere.test/news/3</loc></url><url><loc>mailto:a@uni.test</loc></url>
</urlset>"""
INDEX = f"""<sitemapindex {XMLNS}><sitemap><loc>{ROOT}/sitemap-1.xml</loc><lastmod>2026-01-01T00:00:00Z</lastmod></sitemap>
<sitemap><loc>{ROOT}/sitemap.xml</loc></sitemap><sitemap><loc>http://elsewhere.test/sitemap.xml</loc></sitemap></sitemapindex>"""


def test_pages_of_a_sitemap() -> None:
    """lastmod is when a page was changed; only the news extension says when it came out."""
    found = found_in(SITEMAP, URLSET, include=("^/news/",))
    assert found.candidates == (
        Candidate(f"{ROOT}/news/1", modified="2026-01-01"),
        Candidate(f"{ROOT}/news/2?a=1&b=2", "Two", "2025-03-12"),
    )


def test_what_is_excluded_is_not_wanted() -> None:
    assert urls(found_in(SITEMAP, URLSET, exclude=("^/about",))) == ["/news/1", "/news/2?a=1&b=2"]


@pytest.mark.parametrize("body", [INDEX, gzip.compress(INDEX.encode())], ids=["plain", "gzip"])
def test_an_index_names_sitemaps_to_follow(body: str | bytes) -> None:
    """Itself among them: the frontier knows that it was asked."""
    assert found_in(SITEMAP, body, include=("^/news/",)).candidates == (
        Candidate(f"{ROOT}/sitemap-1.xml", listed_date="2026-01-01T00:00:00Z", follow=True),
        Candidate(f"{ROOT}/sitemap.xml", follow=True),
    )


@pytest.mark.parametrize("body", ["", "<html><body>Sitemap</body></html>", "<rss/>", "User-agent: *"])
def test_what_is_no_sitemap_is_refused(body: str) -> None:
    with pytest.raises(NotAsExpected):
        found_in(SITEMAP, body)


def test_a_compressed_sitemap_is_bounded() -> None:
    with pytest.raises(NotAsExpected, match="more than 60000000 bytes"):
        found_in(SITEMAP, gzip.compress(b"<urlset>" + bytes(61_000_000)))
