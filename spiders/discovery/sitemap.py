"""Sitemaps (sitemaps.org), their indexes, and Google's news extension."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from spiders.discovery.model import Answer, Discovered, NotAsExpected, bounded
from spiders.discovery.xml import absolute, child_text, local_name, parse_xml
from storage.candidate import Candidate

MOST_PAGES = 50_000
"""As many as the protocol allows in one file."""

KINDS = {"urlset": "url", "sitemapindex": "sitemap"}
"""By root element, what it holds."""


def discover_sitemap(answer: Answer) -> Discovered:
    """The pages of a sitemap, or the sitemaps of an index, each to be followed; an index's lastmod stands in listed_date.

    A page's lastmod is when it was changed, so it says nothing of when the news came out; only the news extension does.
    """
    root = parse_xml(answer, "sitemap")
    kind = KINDS.get(local_name(root))
    if kind is None:
        raise NotAsExpected(f"{answer.url} is no sitemap: its root element is <{local_name(root)}>.")
    return Discovered(bounded(answer, _each(answer.url, root, kind), MOST_PAGES))


def _each(base: str, root: etree._Element, name: str) -> Iterator[Candidate]:
    for element in root:
        url = absolute(base, child_text(element, "loc")) if local_name(element) == name else None
        if url is None:
            continue
        if name == "sitemap":
            yield Candidate(url, listed_date=child_text(element, "lastmod"), follow=True)
        else:
            news = next((child for child in element if local_name(child) == "news"), None)
            said = (
                (child_text(news, "title"), child_text(news, "publication_date")) if news is not None else (None, None)
            )
            yield Candidate(url, *said, modified=child_text(element, "lastmod"))
