"""One door to all kinds of entry points."""

from __future__ import annotations

from dataclasses import replace

from spiders.catalogue import Api, Entry, Feed, Listing, Sitemap, Source
from spiders.discovery.api import discover_api
from spiders.discovery.feed import discover_feed
from spiders.discovery.listing import discover_listing
from spiders.discovery.model import Answer, Discovered
from spiders.discovery.sitemap import discover_sitemap
from storage.candidate import Candidate
from storage.identity import LONGEST_URL

LONGEST_TEXT = 1000
"""Characters of a link's text, or of the date beside it, that are kept."""


def discover(source: Source, entry: Entry, answer: Answer) -> Discovered:
    """The candidates of an answer that the source's catalogue file lets through. Raises `NotAsExpected`."""
    if isinstance(entry, Feed):
        found = discover_feed(answer)
    elif isinstance(entry, Sitemap):
        found = discover_sitemap(answer)
    elif isinstance(entry, Api):
        found = discover_api(entry, answer)
    else:
        found = discover_listing(source, entry, answer)
    wanted = tuple(_cut(each) for each in found.candidates if is_wanted(source, each))
    if isinstance(entry, Listing) and not wanted:  # past its end a list shows the site's menus and nothing else
        return Discovered(())
    return replace(found, candidates=wanted)


def _cut(candidate: Candidate) -> Candidate:
    anchor, date = candidate.anchor or "", candidate.listed_date or ""
    if len(anchor) <= LONGEST_TEXT and len(date) <= LONGEST_TEXT:
        return candidate
    return replace(candidate, anchor=anchor[:LONGEST_TEXT] or None, listed_date=date[:LONGEST_TEXT] or None)


def is_wanted(source: Source, candidate: Candidate) -> bool:
    """Whether the catalogue lets a candidate through: on the source's hosts, not excluded, and of a pattern where there are patterns."""
    url = candidate.url
    if len(url) > LONGEST_URL or not source.allows(url) or not source.allows(candidate.fetch_url or url):
        return False
    if candidate.follow:
        return True
    if source.excluded(url):
        return False
    return not source.articles.include or source.page_kind(url) is not None
