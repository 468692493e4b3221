"""When a page was published and last changed, by the strongest evidence. None is better than wrong.

In this order: the source's own selector, the day in the address, JSON-LD, meta tags, microdata, a labelled line, a bare
line beside the title, the date beside the link that led here. A year or a month alone is no date of publication.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from scraper.reading.dates import date_in_url
from scraper.reading.declared import Statement, statements
from scraper.reading.document import Document
from scraper.reading.markup import Element, select, text_of
from scraper.reading.model import DateFact, Found, Selectors
from scraper.reading.moments import Reckoning
from scraper.reading.visible import Ground, Sighting, sightings

NOTHING_FOUND: Final = Found()
CONFIRMED: Final = 0.97
"""Confidence of a date that the page states and its address confirms."""
LISTED: Final = 0.75
_FINE: Final = frozenset({"second", "minute", "day"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a page's dates may be found."""

    page: Document
    ground: Ground


def extract_dates(
    evidence: Evidence, reckoning: Reckoning, found: Found = NOTHING_FOUND
) -> tuple[DateFact | None, DateFact | None]:
    """(published, modified) of a page."""
    stated = [*_stated(evidence, reckoning)]
    published = next((fact for is_modified, fact in stated if not is_modified), None)
    modified = next((fact for is_modified, fact in stated if is_modified), None)
    published = _settle(published, _from_address(evidence.page.url, reckoning))
    if published is None or modified is None:
        seen = [
            (sighting, fact)
            for sighting in sightings(evidence.ground, reckoning)
            if (fact := _sighted(sighting, reckoning))
        ]
        labelled = [(sighting.modified, fact) for sighting, fact in seen if sighting.labelled]
        bare = [fact for sighting, fact in seen if not sighting.labelled]
        modified = modified or next((fact for is_modified, fact in labelled if is_modified), None)
        published = published or next((fact for is_modified, fact in labelled if not is_modified), None)
        published = published or next(iter(bare), None)
    return published or _listed(found, reckoning), modified


def _settle(stated: DateFact | None, address: DateFact | None) -> DateFact | None:
    """What the page states and what its address states, made one.

    The address keeps the day of first publication where a CMS moves the other one on. Where the two are neighbours,
    the statement is in another time zone: its moment and the address' day are both right.
    """
    if stated is None or address is None or stated.method == "selector":
        return stated or address
    if abs((stated.day - address.day).days) <= 1:
        return replace(stated, day=address.day, confidence=CONFIRMED)
    return address


def _stated(evidence: Evidence, reckoning: Reckoning) -> Iterator[tuple[bool, DateFact]]:
    chosen = _selected(evidence.page.tree, reckoning.rules.selectors)
    for statement in (*chosen, *statements(evidence.page)):
        written = reckoning.parse(statement.text)
        if written and written.precision in _FINE:
            fact = reckoning.fact(written, statement.method, statement.confidence)
            if fact:
                yield statement.modified, fact


def _sighted(sighting: Sighting, reckoning: Reckoning) -> DateFact | None:
    return reckoning.fact(sighting.written, "visible", 0.85 if sighting.labelled else 0.7)


def _from_address(url: str, reckoning: Reckoning) -> DateFact | None:
    written = date_in_url(url)
    return reckoning.fact(written, "url", 0.85) if written and written.precision in _FINE else None


def _listed(found: Found, reckoning: Reckoning) -> DateFact | None:
    written = reckoning.parse(found.listed_date) if found.listed_date else None
    return reckoning.fact(written, "listing", LISTED) if written and written.precision in _FINE else None


def _selected(tree: Element, selectors: Selectors) -> Iterator[Statement]:
    for css, modified in ((selectors.published, False), (selectors.modified, True)):
        for element in select(tree, css) if css else ():
            if text := element.get("datetime") or element.get("content") or text_of(element):
                yield Statement(text, "selector", 0.98, modified)
