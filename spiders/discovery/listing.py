"""HTML pages that list news: which links are articles, what their titles and dates are, and where the list goes on.

Where the catalogue has patterns for articles, every link that fits is a candidate. Where it has none, links are told apart by what lists
have in common: many links of one shape of address, with titles as their text, outside the site's menus.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from scraper.reading.charset import decode
from scraper.reading.dates import find_dates
from spiders.catalogue import Listing, Source
from spiders.discovery.model import Answer, Discovered
from spiders.discovery.xml import absolute
from storage.candidate import Candidate
from storage.identity import page_key

CHROME_TAGS = frozenset({"header", "footer", "aside"})
CHROME_ROLES = frozenset({"banner", "contentinfo", "complementary"})
MAIN = "main, footer, [role=main], [id=main], [id=content]"
CHROME_NAME = re.compile(
    r"(?:^|[-_\s])(?:menu|nav|navbar|breadcrumbs?|footer|sidebar|pager|pagination|share|social|lang(?:uage)?s?)(?:$|[-_\s])",
    re.IGNORECASE,
)
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
    text, _ = decode(answer.body, answer.content_type, source.languages)
    tree = LexborHTMLParser(text)
    base = _base(tree, answer.url)
    links = list(_links(source, entry, tree, base, answer.url))
    chosen = links if source.articles.include else _likely_articles(links)
    candidates = tuple(Candidate(link.url, link.anchor or None, link.date) for link in chosen)
    return Discovered(candidates, _next_url(entry, tree, base, answer.depth) if candidates else None)


def _links(source: Source, entry: Listing, tree: LexborHTMLParser, base: str, own_url: str) -> Iterator[_Link]:
    """One for each address, in the order of first sight, with the best of its texts and dates."""
    found: dict[str, _Link] = {}
    own = page_key(own_url)
    areas = tree.css(entry.links) if entry.links else [tree.root] if tree.root else []
    for node in (node for area in areas for node in area.css("a[href]")):
        url = absolute(base, node.attributes.get("href"))
        if url is None or not source.allows(url) or FILE.search(urlsplit(url).path):
            continue
        key = page_key(url)
        if key == own:
            continue
        link = found.setdefault(key, _Link(url.split("#", 1)[0], "", None, in_chrome=True))
        link.in_chrome = link.in_chrome and entry.links is None and _in_chrome(node)
        link.anchor = _better(link.anchor, _anchor_text(node))
        link.date = link.date or _date_beside(source, entry, node, url, base)
    yield from found.values()


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


def _anchor_text(node: LexborNode) -> str:
    text = _squeeze(node.text(deep=True, separator=" "))
    if GENERIC.fullmatch(text):
        image = node.css_first("img[alt]")
        text = node.attributes.get("title") or (image.attributes.get("alt") if image else None) or ""
    return _squeeze(text)


def _better(one: str, other: str) -> str:
    """Of two texts of links to one address the one that is likelier its title: not the teaser, not the label of a button."""
    if not one or GENERIC.fullmatch(one):
        return other
    if not other or GENERIC.fullmatch(other) or len(other) > 300:
        return one
    return one if len(one) >= TITLE_LETTERS or len(one) >= len(other) else other


def _date_beside(source: Source, entry: Listing, node: LexborNode, url: str, base: str) -> str | None:
    """The first date in the smallest block around a link that holds no link to another page."""
    own = page_key(url)
    block: LexborNode | None = node
    for _ in range(BLOCK_HEIGHT):
        if block is None or block.tag in {"body", "html"}:
            return None
        if any(_leads_elsewhere(other, own, base) for other in block.css("a[href]")):
            return None
        stamp = block.css_first("time[datetime]")
        if stamp is not None and stamp.attributes.get("datetime"):
            return stamp.attributes["datetime"]
        text = _squeeze(block.text(deep=True, separator=" "))[:LONGEST_BLOCK]
        language = entry.language or source.languages[0]
        dates = find_dates(text, language=language, country=source.institution.country, calendar=source.calendar)
        if dates:
            return dates[0].raw
        block = block.parent
    return None


def _leads_elsewhere(node: LexborNode, own: str, base: str) -> bool:
    url = absolute(base, node.attributes.get("href"))
    return url is not None and page_key(url) != own


def _in_chrome(node: LexborNode) -> bool:
    """Whether a link belongs to the page's frame. The header of an article in a list is none of the page's."""
    chrome = False
    parent: LexborNode | None = node.parent
    while parent is not None and parent.tag not in {"body", "html", "-undef"}:
        role = parent.attributes.get("role")
        if parent.tag == "nav" or role == "navigation":
            return True
        if parent.tag == "article":
            return False
        chrome = chrome or parent.tag in CHROME_TAGS or role in CHROME_ROLES or _is_named_chrome(parent)
        parent = parent.parent
    return chrome


def _is_named_chrome(node: LexborNode) -> bool:
    """Whether a class or id says so. What holds the page's main part is its wrapper, be it called ``page with-sidebar``."""
    name = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return bool(CHROME_NAME.search(name)) and node.css_first(MAIN) is None


def _next_url(entry: Listing, tree: LexborHTMLParser, base: str, depth: int) -> str | None:
    if entry.page_url is not None:
        return entry.address(depth + 1)
    selectors = [entry.next] if entry.next else ["link[rel=next]", "a[rel~=next]"]
    for selector in selectors:
        for node in tree.css(selector):
            if (url := absolute(base, node.attributes.get("href"))) is not None:
                return url
    return None


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return (absolute(url, node.attributes.get("href")) if node else None) or url


def _squeeze(text: str) -> str:
    return " ".join(text.split())
