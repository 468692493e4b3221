"""Who wrote an article: what the page states to machines, marks up or writes near its title, and best what two of them agree on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from lxml import etree

from scraper.reading.document import Document
from scraper.reading.markup import Element, select, squeeze, text_of
from scraper.reading.model import Selectors, Told
from scraper.reading.names import LONGEST, is_desk, is_label, people, people_behind_label, people_of_line
from scraper.reading.outline import Line
from scraper.reading.phrases import fold
from scraper.reading.places import place_of
from scraper.reading.region import Region
from scraper.reading.site_name import is_of_site, told_names
from scraper.reading.structured import author_names

NO_SELECTORS: Final = Selectors()
_METAS: Final = (
    "author", "article:author", "article:author_name", "citation_author", "dc.creator", "dcterms.creator", "dc.contributor.author",
    "parsely-author", "sailthru.author", "byl", "cxenseparse:author", "og:article:author", "mediator_author",
)  # fmt: skip
_NAMED: Final = re.compile(
    r"author(?!i[sz]|ity)|by-?_?line|\b(?:autor|auteur|autore|yazar|muallif|penulis|contributor|reporter|journalist|vcard|fn|written-?by)\b",
    re.IGNORECASE,
)
_NOT_NAMED: Final = re.compile(
    r"bio|avatar|image|img|photo|social|follow|comment|count|related|more|share|popup|tooltip", re.IGNORECASE
)
_OUTSIDE: Final = frozenset({"menu", "foot", "side", "crumbs", "box"})
_ABOVE: Final = 14
_BEHIND: Final = 6
"""How many lines over the body and behind it are looked at."""
_LEVELS: Final = 3
_INSIDE: Final = 40
_SIGNED: Final = etree.XPath("//a[contains(@rel, 'author')] | //span[@itemprop='author'] | //div[@itemprop='author']")
_TEXTS: Final = etree.XPath(".//text()", smart_strings=False)
_MOST_SIGNED: Final = 8
_MOST_STATED: Final = 50
_FIRST_AND_LAST: Final = 3
"""Words of a name that may be parted by tags."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """Names, and the source that gives them."""

    names: tuple[str, ...]
    source: str

    @property
    def folded(self) -> frozenset[str]:
        return frozenset(map(fold, self.names))


def extract_byline(
    page: Document, region: Region | None, title_at: int | None = None, selectors: Selectors = NO_SELECTORS
) -> Told[str | None]:
    """The authors' names with commas between, None where the page names none.

    region: where the body stands. title_at: the index of the line that shows the title.
    """
    for element in select(page.tree, selectors.byline) if selectors.byline else ():
        if text := text_of(element):
            return Told(", ".join(people(text)) or text, f"the source's selector {selectors.byline}")
    claims = [claim for claim in (*_stated(page), *_seen(_window(page.lines, region, title_at))) if claim.names]
    claims = claims or [claim for claim in _signed(page) if claim.names]
    return _choose(_persons(page, claims) or claims) if claims else Told(None, "no author is named")


def _choose(claims: list[_Claim]) -> Told[str | None]:
    """The first claim that a source of another kind agrees with, else the first."""

    def agreeing(claim: _Claim) -> list[str]:
        return list(dict.fromkeys(other.source for other in claims if other.folded == claim.folded))

    best = max(claims, key=lambda claim: len(agreeing(claim)) > 1)
    sources = agreeing(best)
    return Told(", ".join(best.names), " and ".join(sources) + (" agree" if len(sources) > 1 else ""))


def _persons(page: Document, claims: list[_Claim]) -> list[_Claim]:
    """The claims without the names of offices and of the site, those left with none dropped."""
    site = told_names(page)
    kept = [
        _Claim(
            tuple(name for name in claim.names if not is_desk(name) and not is_of_site(name, page.url, site)),
            claim.source,
        )
        for claim in claims
    ]
    return [claim for claim in kept if claim.names]


def _stated(page: Document) -> Iterator[_Claim]:
    yield _claim((name for text in author_names(page.things)[:_MOST_STATED] for name in people(text)), "JSON-LD")
    for key in _METAS:
        if key in page.metas:
            yield _claim((name for content in page.metas[key][:_MOST_STATED] for name in people(content)), "a meta tag")


def _claim(names: Iterator[str], source: str) -> _Claim:
    return _Claim(tuple(dict.fromkeys(names)), source)


def _window(lines: tuple[Line, ...], region: Region | None, title_at: int | None) -> list[Line]:
    """The lines where a byline may stand: from the title to the body's beginning, and right behind its end."""
    if region is None:
        return []
    first, last = region.first, region.last
    begin = max(0, first - _ABOVE)
    if title_at is not None and begin < title_at < first:
        begin = max(0, title_at - 2)
    near = [*lines[begin : first + 2], *lines[max(last, first + 2) : last + _BEHIND]]
    return [line for line in near if line.place not in _OUTSIDE and line.heading != 1 and len(line.text) <= LONGEST]


def _seen(window: list[Line]) -> Iterator[_Claim]:
    before: Line | None = None
    for line in window:
        marked = list(_marked(line))
        if names := people_behind_label(line.text):
            yield _claim(iter(names), "markup" if marked else "a line near the title")
        elif before is not None and is_label(before.text):
            yield _claim(iter(people_of_line(line.text)), "a line near the title")
        for element in marked:
            yield _claim(iter(_names_of(element)), "markup")
        before = line


def _marked(line: Line) -> Iterator[Element]:
    """The elements of a line that their markup calls an author."""
    marked = [element for element in islice(line.element.iter(), _INSIDE) if _says_author(element)]
    yield from [element for element in marked if element.tag == "a"] or marked
    if not marked and any(_says_author(above) for above in islice(line.element.iterancestors(), _LEVELS)):
        yield line.element


def _names_of(element: Element) -> list[str]:
    """The names in an element, whose tags set them off from roles and buttons."""
    parts = [part for text in islice(_TEXTS(element), _INSIDE) if (part := squeeze(text))]
    whole = people_of_line(" ".join(parts))
    if len(whole) == 1 and len(whole[0].split()) <= _FIRST_AND_LAST:
        return whole
    text = " | ".join(parts)
    return people(text) if _is_signed(element) else people_of_line(text)


def _says_author(element: Element) -> bool:
    return _is_signed(element) or _is_named(element.get("class"))


def _is_signed(element: Element) -> bool:
    return element.get("itemprop") == "author" or "author" in (element.get("rel") or "").lower().split()


@lru_cache(maxsize=4096)
def _is_named(classes: str | None) -> bool:
    return bool(classes and _NAMED.search(classes) and not _NOT_NAMED.search(classes))


def _signed(page: Document) -> Iterator[_Claim]:
    """What is marked as an author anywhere on the page, where all of it is one."""
    elements = [element for element in islice(_SIGNED(page.tree), _MOST_SIGNED) if not _is_outside(element)]
    claims = [_claim(iter(_names_of(element)), "markup") for element in elements]
    if len({claim.folded for claim in claims if claim.names}) == 1:
        yield from claims


def _is_outside(element: Element) -> bool:
    return any(place_of(above) in _OUTSIDE for above in element.iterancestors() if isinstance(above.tag, str))
