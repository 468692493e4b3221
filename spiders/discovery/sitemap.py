"""Sitemaps (sitemaps.org), their indexes, and Google's news extension."""

from __future__ import annotations

from lxml import etree

from spiders.discovery.model import Answer, Discovered, NotAsExpected
from spiders.discovery.xml import absolute, child_text, local_name, parse_xml
from storage.candidate import Candidate


def discover_sitemap(answer: Answer) -> Discovered:
    """The pages of a sitemap, or the sitemaps of an index, each to be followed; an index's lastmod stands in listed_date.

    A page's lastmod is when it was changed, so it says nothing of when the news came out; only the news extension does.
    """
    root = parse_xml(answer, "sitemap")
    if local_name(root) == "sitemapindex":
        return Discovered(tuple(_each(answer.url, root, "sitemap")))
    if local_name(root) != "urlset":
        raise NotAsExpected(f"{answer.url} is no sitemap: its root element is <{local_name(root)}>.")
    return Discovered(tuple(_each(answer.url, root, "url")))


def _each(base: str, root: etree._Element, name: str) -> list[Candidate]:
    candidates = []
    for element in root:
        url = absolute(base, child_text(element, "loc")) if local_name(element) == name else None
        if url is None:
            continue
        if name == "sitemap":
            candidates.append(Candidate(url, listed_date=child_text(element, "lastmod"), follow=True))
        else:
            news = next((child for child in element if local_name(child) == "news"), None)
            said = (
                (child_text(news, "title"), child_text(news, "publication_date")) if news is not None else (None, None)
            )
            candidates.append(Candidate(url, *said))
    return candidates
