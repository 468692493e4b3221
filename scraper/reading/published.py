"""When a page was published and last changed, by the strongest evidence. None is better than wrong.

In this order: the source's own selector, the day in the address, JSON-LD, meta tags, microdata, a labelled line, a bare
line beside the title, the date beside the link that led here. A year or a month alone is no date of publication.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import islice
from typing import Final

from scraper.reading.dates import WrittenDate, date_in_url
from scraper.reading.declared import WEAK, Statement, statements
from scraper.reading.document import Document
from scraper.reading.markup import Element, select, text_of
from scraper.reading.model import DateFact, Found, Selectors
from scraper.reading.moments import Reckoning
from scraper.reading.script_dates import script_statements
from scraper.reading.visible import Ground, Sighting, Strength, sightings

NOTHING_FOUND: Final = Found()
CONFIRMED: Final = 0.97
"""Confidence of a date that the page states and its address confirms."""
LISTED: Final = 0.75
DEFAULTED: Final = 0.5
_ORDER: Final[tuple[Strength, ...]] = ("labelled", "marked", "bare", "dateline", "apart", "unsaid", "aside")
_CONFIDENCE: Final[dict[Strength, float]] = {
    "labelled": 0.85,
    "marked": 0.8,
    "bare": 0.7,
    "dateline": 0.7,
    "apart": 0.7,
    "unsaid": 0.75,
    "aside": 0.75,
}
_ALONE: Final[tuple[Strength, ...]] = ("apart", "unsaid", "aside")
"""What is believed only where all of a kind say one day: it may as well be of a list."""
_WEST, _EAST = timedelta(hours=12), timedelta(hours=14)
"""How far clocks on Earth are behind Greenwich and before it."""
_MOST_SELECTED: Final = 5
"""Elements of a source's selector that are looked at: one that matches half the page is a mistake, and costs its time."""
_UTC: Final = ("Z", "+00:00", "+0000", "GMT", "UTC")
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
    published, modified = _first_stated(evidence, reckoning)
    published = _settle(published, _from_address(evidence.page.url, reckoning))
    if published is None or modified is None or _is_weak(published) or _is_in_utc(published, reckoning):
        seen = _seen(evidence, reckoning)
        published = _with_visible(published, seen, reckoning)
        modified = modified or _first(seen, ("labelled", "marked", "apart", "unsaid"), modified=True)
    return published or _from_scripts(evidence.page.tree, reckoning) or _listed(found, reckoning), modified


def _first_stated(evidence: Evidence, reckoning: Reckoning) -> tuple[DateFact | None, DateFact | None]:
    """(published, modified) by the strongest statement of each. What comes after both is not looked for: it costs a walk over the page."""
    published: DateFact | None = None
    modified: DateFact | None = None
    for is_modified, fact in _stated(evidence, reckoning):
        if is_modified:
            modified = modified or fact
        else:
            published = published or fact
        if published and modified:
            break
    return published, modified


def _with_visible(
    stated: DateFact | None, seen: list[tuple[Sighting, DateFact]], reckoning: Reckoning
) -> DateFact | None:
    """What the page states to machines, set right by what it shows to people.

    A CMS' own field for its pages' dates is worth less than the article's line; a moment in UTC is on the day that is shown.
    """
    shown = _first(seen, _ORDER)
    if stated is None or (_is_weak(stated) and shown and shown.confidence >= stated.confidence):
        return shown or stated
    if shown and shown.day != stated.day and _is_in_utc(stated, reckoning) and _is_one_moment(stated, shown.day):
        return replace(stated, day=shown.day)
    return stated


def _seen(evidence: Evidence, reckoning: Reckoning) -> list[tuple[Sighting, DateFact]]:
    """What is seen, with its facts. Days in telling classes apart from the title, or in attributes, are a list's where they differ."""
    found = [
        (sighting, fact)
        for sighting in sightings(evidence.ground, reckoning)
        if (fact := _sighted(sighting, reckoning))
    ]
    days = {alone: {fact.day for one, fact in found if one.strength == alone and not one.modified} for alone in _ALONE}
    return [one for one in found if len(days.get(one[0].strength, ())) < 2]


def _first(
    seen: list[tuple[Sighting, DateFact]], order: tuple[Strength, ...], *, modified: bool = False
) -> DateFact | None:
    """The first of the strongest sightings."""
    return next(
        (
            fact
            for strength in order
            for sighting, fact in seen
            if sighting.strength == strength and sighting.modified == modified
        ),
        None,
    )


def _from_scripts(tree: Element, reckoning: Reckoning) -> DateFact | None:
    """The one day that a page's scripts tell of, None where they tell of several."""
    facts = [
        fact
        for statement in script_statements(tree)
        if (written := reckoning.parse(statement.text, relative=False)) and written.precision in _FINE
        if (fact := reckoning.fact(written, statement.method, statement.confidence))
    ]
    return facts[0] if len({fact.day for fact in facts}) == 1 else None


def _settle(stated: DateFact | None, address: DateFact | None) -> DateFact | None:
    """What the page states and what its address states, made one.

    The address keeps the day of first publication where a CMS moves the other one on. Where the statement's moment is
    the address' day in some time zone, it is in another zone than the source: its moment and the address' day are
    both right. A day apart and no zone explains it: the address was given to a draft.
    """
    if stated is None or address is None or stated.method == "selector":
        return stated or address
    if stated.day == address.day or _is_one_moment(stated, address.day):
        return replace(stated, day=address.day, confidence=CONFIRMED)
    return stated if abs((stated.day - address.day).days) <= 1 else address


def _is_one_moment(fact: DateFact, day: date) -> bool:
    """Whether a fact's moment, or where none is known its day, may be on another day elsewhere on Earth."""
    if fact.at is None:
        return abs((fact.day - day).days) <= 1
    return (fact.at - _WEST).date() <= day <= (fact.at + _EAST).date()


def _is_weak(fact: DateFact) -> bool:
    """Whether a fact is of a tag that a CMS puts on every page, or its default."""
    return fact.method != "url" and fact.confidence <= WEAK


def _is_in_utc(fact: DateFact, reckoning: Reckoning) -> bool:
    """Whether a fact's day is that of Greenwich because nothing is known of the source's own zone."""
    unsettled = reckoning.zone is None and fact.at is not None and fact.confidence < CONFIRMED
    return unsettled and fact.raw.rstrip().upper().endswith(_UTC)


def _stated(evidence: Evidence, reckoning: Reckoning) -> Iterator[tuple[bool, DateFact]]:
    chosen = _selected(evidence.page.tree, reckoning.rules.selectors)
    for statement in (*chosen, *statements(evidence.page)):
        written = reckoning.parse(statement.text)
        if written and written.precision in _FINE:
            confidence = DEFAULTED if _is_default(written) else statement.confidence
            if fact := reckoning.fact(written, statement.method, confidence):
                yield statement.modified, fact


def _is_default(written: WrittenDate) -> bool:
    """Whether a date is what programs make of a year alone, or of nothing: 1 January at midnight."""
    return (written.day.month, written.day.day, written.clock) == (1, 1, time(0))


def _sighted(sighting: Sighting, reckoning: Reckoning) -> DateFact | None:
    return reckoning.fact(sighting.written, "visible", _CONFIDENCE[sighting.strength])


def _from_address(url: str, reckoning: Reckoning) -> DateFact | None:
    written = date_in_url(url)
    return reckoning.fact(written, "url", 0.85) if written and written.precision in _FINE else None


def _listed(found: Found, reckoning: Reckoning) -> DateFact | None:
    written = reckoning.parse(found.listed_date) if found.listed_date else None
    return reckoning.fact(written, "listing", LISTED) if written and written.precision in _FINE else None


def _selected(tree: Element, selectors: Selectors) -> Iterator[Statement]:
    for css, modified in ((selectors.published, False), (selectors.modified, True)):
        for element in islice(select(tree, css), _MOST_SELECTED) if css else ():
            if text := element.get("datetime") or element.get("content") or text_of(element):
                yield Statement(text, "selector", 0.98, modified)
