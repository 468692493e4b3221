"""The dates that a page states to machines: JSON-LD, meta tags, microdata, and the one ``<time>`` of its article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from scraper.reading.document import Document
from scraper.reading.markup import Element, text_of
from scraper.reading.places import place_of
from scraper.reading.structured import articles, string

_PUBLISHED_METAS: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "article:published", "date.published", "published_time", "publish-date", "publish_date", "publishdate",
    "published-date", "pubdate", "article_date_original", "originalpublicationdate", "article.published",
    "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "citation_publication_date",
    "citation_date", "prism.publicationdate", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime",
    "article:post_time", "bt:pubdate", "datecreated", "dc.date", "dcterms.date", "date", "article.created",
    "gentime", "firstcreatetime", "apub:time", "weibo:article:create_at", "citation_online_date",
    "rnews:datepublished",
)  # fmt: skip
_MODIFIED_METAS: Final = (
    "article:modified_time", "og:updated_time", "og:modified_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "last-modified", "article:updated_time", "article.updated", "lastmod", "modified",
    "updated_time", "weibo:article:update_at", "bt:moddate", "revised",
)  # fmt: skip
_PUBLISHED_ITEMPROPS: Final = frozenset({"datepublished", "datecreated"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A date's words as a page states them. method, confidence: as in `DateFact`. modified: of the last change."""

    text: str
    method: str
    confidence: float
    modified: bool = False


def statements(page: Document) -> Iterator[Statement]:
    """What a page states, strongest first."""
    own = articles(page.things)
    for index, thing in enumerate(own):
        confidence = 0.95 if index == 0 else 0.85
        for key, modified in (
            ("datePublished", False),
            ("dateCreated", False),
            ("uploadDate", False),
            ("dateModified", True),
        ):
            if text := string(thing, key):
                yield Statement(
                    text, "jsonld", confidence - 0.05 * (key not in {"datePublished", "dateModified"}), modified
                )
    for names, modified in ((_PUBLISHED_METAS, False), (_MODIFIED_METAS, True)):
        for name in names:
            for content in page.metas.get(name, ())[:1]:
                yield Statement(content, "meta", 0.9, modified)
    yield from _microdata(page.tree)


def _microdata(tree: Element) -> Iterator[Statement]:
    for element in tree.iter("time", "span", "abbr", "p", "div", "td", "li", "a", "link", "data"):
        name = (element.get("itemprop") or element.get("property") or "").lower()
        names = {part.rpartition(":")[2] for part in name.split()}
        marked = element.get("pubdate") is not None or "entry-date" in (element.get("class") or "").split()
        if not (names & _PUBLISHED_ITEMPROPS or "datemodified" in names or marked):
            continue
        if any(place_of(above) in {"side", "menu", "box"} for above in element.iterancestors()):
            continue
        text = element.get("content") or element.get("datetime") or text_of(element)
        if text:
            yield Statement(
                text, "itemprop" if names else "time", 0.88 if names else 0.85, modified="datemodified" in names
            )
