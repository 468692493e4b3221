"""HTML pages that list news: which links are articles, what their titles and dates are, and where the list goes on.

Where the catalogue has patterns for articles, every link that fits is a candidate. Where it has none, links are told apart by what lists
have in common: many links of one shape of address, with titles as their text, outside the site's menus.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from statistics import median
from urllib.parse import unquote, urlsplit

from scraper.reading.charset import decode
from scraper.reading.dates import find_dates
from scraper.reading.links import base_url
from scraper.reading.markup import Element, parse, select
from spiders.catalogue import Listing, Source
from spiders.discovery.anchors import Anchor, Anchors, Block, find_anchors
from spiders.discovery.model import Answer, Discovered
from spiders.discovery.xml import absolute
from storage.candidate import Candidate
from storage.identity import page_key

logger = logging.getLogger(__name__)

FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|jpe?g|png|gif|svg|webp|mp[34]|avi|mov|css|js|ico|rss|xml|ics)$",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"[\s\W\d]*|(?:read|learn|see)\s+more.*|more.*|подробнее.*|далее.*|ادامه.*|بیشتر.*|المزيد.*|batafsil.*|devam.*|mehr.*|详细.*",
    re.IGNORECASE,
)
BLOCK_HEIGHT = 5
"""How far up from a link the block of its list item may reach."""

LONGEST_BLOCK = 600
"""Characters of an item's block that are searched for a date."""

LONGEST_ANCHOR = 1000
"""Characters of a link's text that are looked at."""

FEWEST = 3
"""Links of one shape that make a list."""

TITLE_LETTERS = 18
"""Half of a list's links have at least so much text. A Chinese character says as much as three letters."""


@dataclass(slots=True)
class _Link:
    url: str
    anchor: str
    date: str | None
    in_chrome: bool


def discover_listing(source: Source, entry: Listing, answer: Answer) -> Discovered:
    """The candidates of a listing page, and its next page."""
    tree = parse(decode(answer.body, answer.content_type, source.languages).text)
    if tree is None:
        return Discovered(())
    base = base_url(tree, answer.url)
    anchors = find_anchors(tree, base, entry.links)
    if not anchors.complete:
        logger.warning("%s has more links than any list of news: the first %d are taken", answer.url, len(anchors.each))
    links = list(_links(source, entry, anchors, page_key(answer.url)))
    chosen = links if source.articles.include else _likely_articles(links)
    candidates = tuple(Candidate(link.url, link.anchor or None, link.date) for link in chosen)
    return Discovered(candidates, _next_url(entry, tree, base, answer.depth) if candidates else None)


def _links(source: Source, entry: Listing, anchors: Anchors, own_key: str) -> Iterator[_Link]:
    """One for each address, in the order of first sight, with the best of its texts and dates."""
    found: dict[str, _Link] = {}
    first_date = _first_date(source, entry)
    for anchor in anchors.each:
        if anchor.key == own_key or not source.allows(anchor.url) or FILE.search(urlsplit(anchor.url).path):
            continue
        link = found.setdefault(anchor.key, _Link(anchor.url.split("#", 1)[0], "", None, in_chrome=True))
        link.in_chrome = link.in_chrome and entry.links is None and anchor.block.in_chrome
        link.anchor = _better(link.anchor, _anchor_text(anchors, anchor))
        link.date = link.date or _date_beside(anchors, anchor, first_date)
    yield from found.values()


def _first_date(source: Source, entry: Listing) -> Callable[[str], str | None]:
    """Finds the first date in a text. The blocks around a link often say the same, so answers are remembered."""
    language, country = entry.language or source.languages[0], source.institution.country

    @cache
    def first(text: str) -> str | None:
        dates = find_dates(text, language=language, country=country, calendar=source.calendar)
        return dates[0].raw if dates else None

    return first


def _likely_articles(links: list[_Link]) -> list[_Link]:
    """The links that belong to a list: of all shapes of address those that many links share, with titles for texts."""
    groups: dict[str, list[_Link]] = defaultdict(list)
    for link in links:
        if not link.in_chrome:
            groups[_shape(link.url)].append(link)
    listed = [group for group in groups.values() if len(group) >= FEWEST and _are_titles(group)]
    wanted = {id(link) for group in listed for link in group}
    return [link for link in links if id(link) in wanted]


def _are_titles(group: list[_Link]) -> bool:
    dated = sum(link.date is not None for link in group) * 2 >= len(group)
    return dated or median(_weight(link.anchor) for link in group) >= TITLE_LETTERS


def _weight(anchor: str) -> int:
    return sum(3 if char >= "\u2e80" else 1 for char in anchor)


def _shape(url: str) -> str:
    """An address with what differs from article to article left out: ``/news/#``, ``/#/#/*``, ``/index.php?id=#``."""
    parts = urlsplit(url)
    steps = [re.sub(r"\d+", "#", unquote(step)) for step in parts.path.strip("/").split("/")]
    if steps:
        steps[-1] = "#" if re.fullmatch(r"#(?:\.\w+)?", steps[-1]) else "*"
    query = "&".join(sorted(re.sub(r"=.*", "", each) for each in parts.query.split("&")))
    return f"{parts.netloc.removeprefix('www.')}/{'/'.join(steps)}?{query}"


def _anchor_text(anchors: Anchors, anchor: Anchor) -> str:
    text = anchors.words_of(anchor.block, LONGEST_ANCHOR)
    return _squeeze(anchor.title)[:LONGEST_ANCHOR] if GENERIC.fullmatch(text) else text


def _better(one: str, other: str) -> str:
    """Of two texts of links to one address the one that is likelier its title: not the teaser, not the label of a button."""
    if not one or GENERIC.fullmatch(one):
        return other
    if not other or GENERIC.fullmatch(other) or len(other) > 300:
        return one
    return one if len(one) >= TITLE_LETTERS or len(one) >= len(other) else other


def _date_beside(anchors: Anchors, anchor: Anchor, first_date: Callable[[str], str | None]) -> str | None:
    """The first date in the smallest block around a link that holds no link to another page."""
    block: Block | None = anchor.block
    for _ in range(BLOCK_HEIGHT):
        if block is None or block.tag in {"body", "html"} or block.leads_to != anchor.key:
            return None
        if date := block.stamp or first_date(anchors.words_of(block, LONGEST_BLOCK)):
            return date
        block = block.parent
    return None


def _next_url(entry: Listing, tree: Element, base: str, depth: int) -> str | None:
    if entry.page_url is not None:
        return entry.address(depth + 1)
    selectors = [entry.next] if entry.next else ["link[rel=next]", "a[rel~=next]"]
    addresses = (absolute(base, node.get("href")) for selector in selectors for node in select(tree, selector))
    return next(filter(None, addresses), None)


def _squeeze(text: str) -> str:
    return " ".join(text.split())
