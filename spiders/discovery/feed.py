"""RSS 0.9x, 1.0 (RDF), 2.0 and Atom (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from spiders.discovery.model import Answer, Discovered, NotAsExpected, bounded
from spiders.discovery.xml import absolute, child_text, local_name, parse_xml
from storage.candidate import Candidate


def discover_feed(answer: Answer) -> Discovered:
    """Every entry of a feed, in its order. An Atom feed may name its next page (RFC 5005)."""
    root = parse_xml(answer, "feed")
    if local_name(root) not in {"rss", "rdf", "feed"}:
        raise NotAsExpected(f"{answer.url} is no feed: its root element is <{local_name(root)}>.")
    items = (item for item in root.iter() if local_name(item) in {"item", "entry"})
    candidates = filter(None, (_candidate(answer.url, item) for item in items))
    return Discovered(bounded(answer, candidates), next(_atom_links(answer.url, root, "next"), None))


def _candidate(base: str, item: etree._Element) -> Candidate | None:
    url = (
        next(_atom_links(base, item, "alternate"), None)
        or absolute(base, child_text(item, "link"))
        or _permalink(base, item)
    )
    if url is None:
        return None
    return Candidate(
        url,
        anchor=child_text(item, "title"),
        listed_date=child_text(item, "pubdate", "published", "date", "issued", "created"),
        modified=child_text(item, "updated", "modified"),
    )


def _atom_links(base: str, element: etree._Element, rel: str) -> Iterator[str]:
    for child in element:
        if local_name(child) == "link" and (child.get("rel") or "alternate") == rel:
            url = absolute(base, child.get("href"))
            if url is not None:
                yield url


def _permalink(base: str, item: etree._Element) -> str | None:
    for child in item:
        if local_name(child) == "guid" and child.get("isPermaLink", "true") == "true":
            return absolute(base, child.text)
    return None
