"""The dates that a page states to machines: JSON-LD, meta tags and microdata. The names are in stated.toml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from scraper.reading.document import Document
from scraper.reading.markup import Element, text_of
from scraper.reading.places import place_of
from scraper.reading.stated import names, plain
from scraper.reading.structured import articles, broken_json_ld, is_article, string

_KEYS: Final = (
    ("datePublished", False),
    ("dateCreated", False),
    ("uploadDate", False),
    ("dateModified", True),
)
_PUBLISHED_ITEMPROPS: Final = frozenset({"datepublished", "datecreated"})
_NAMED: Final = etree.XPath("//*[@itemprop or @property][not(self::meta or self::script)]")
WEAK: Final = 0.8
"""Confidence of a meta tag that a CMS puts on every page."""
_ELSEWHERE: Final = frozenset({"side", "menu", "box"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A date's words as a page states them. method, confidence: as in `DateFact`. modified: of the last change."""

    text: str
    method: str
    confidence: float
    modified: bool = False


def statements(page: Document) -> Iterator[Statement]:
    """What a page states, strongest first."""
    own = sorted(articles(page.things), key=lambda thing: not _is_of(thing, page.url))
    for index, thing in enumerate(own):
        yield from _of_thing(thing, 0.95 if index == 0 and is_article(thing) else 0.85)
    if not any("datePublished" in thing for thing in own):
        for thing in broken_json_ld(page.tree):
            yield from _of_thing(thing, 0.9)
    by_name = _plain_metas(page.metas)
    yield from _metas(by_name, "published", 0.9)
    yield from _metas(by_name, "modified", 0.9, modified=True)
    yield from _microdata(page.tree)
    yield from _metas(by_name, "weak", WEAK)


def _is_of(thing: dict[str, Any], url: str) -> bool:
    """Whether an object names the page's own address: a page may describe its neighbours too."""
    main = thing.get("mainEntityOfPage")
    claims = (thing.get("url"), thing.get("@id"), main.get("@id") if isinstance(main, dict) else main)
    return any(isinstance(claim, str) and _path(claim) == _path(url) for claim in claims)


def _path(url: str) -> str:
    return url.partition("#")[0].partition("?")[0].partition("//")[2].rstrip("/").removeprefix("www.")


def _of_thing(thing: dict[str, Any], confidence: float) -> Iterator[Statement]:
    for key, modified in _KEYS:
        if text := string(thing, key):
            own = key in {"datePublished", "dateModified"}
            yield Statement(text, "jsonld", confidence if own else confidence - 0.05, modified)


def _plain_metas(metas: dict[str, list[str]]) -> dict[str, str]:
    """The first content of each meta tag by its plain name."""
    found: dict[str, str] = {}
    for name, contents in metas.items():
        found.setdefault(plain(name), contents[0])
    return found


def _metas(by_name: dict[str, str], group: str, confidence: float, *, modified: bool = False) -> Iterator[Statement]:
    for name in names("metas", group):
        if name in by_name:
            yield Statement(by_name[name], "meta", confidence, modified)


def _microdata(tree: Element) -> Iterator[Statement]:
    for element in _NAMED(tree):
        name = (element.get("itemprop") or element.get("property") or "").lower()
        parts = {part.rpartition(":")[2] for part in name.split()}
        if parts & _PUBLISHED_ITEMPROPS or "datemodified" in parts:
            yield from _of_element(element, "itemprop", 0.88, modified="datemodified" in parts)
    for element in tree.iter("time", "abbr"):
        if element.get("pubdate") is not None or "entry-date" in (element.get("class") or "").split():
            yield from _of_element(element, "time", 0.85)


def _of_element(element: Element, method: str, confidence: float, *, modified: bool = False) -> Iterator[Statement]:
    if any(place_of(above) in _ELSEWHERE for above in element.iterancestors()):
        return
    if text := element.get("content") or element.get("datetime") or text_of(element):
        yield Statement(text, method, confidence, modified)
