"""One page read: its parts put together over one parse. Pure: no network, no disk, no clock."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

from scraper.reading.blocks import blocks_of, markdown, plain
from scraper.reading.body import extract_body
from scraper.reading.bounds import bounded
from scraper.reading.byline import extract_byline
from scraper.reading.charset import decode
from scraper.reading.claims import claims_of
from scraper.reading.countries import find_countries, told_countries
from scraper.reading.document import Document, document
from scraper.reading.edges import trim_edges
from scraper.reading.errors import NotReadable
from scraper.reading.event import extract_event
from scraper.reading.kind import BARE, Signs, judge, surety
from scraper.reading.language import identify
from scraper.reading.links import body_images, body_links
from scraper.reading.markup import parse
from scraper.reading.missed import missed_selectors
from scraper.reading.model import DateFact, Found, Kind, Page, Reading, Rules, Told
from scraper.reading.moments import reckoning
from scraper.reading.outline import Line, outline
from scraper.reading.published import Evidence, extract_dates
from scraper.reading.record import read_record
from scraper.reading.region import Region, find_region
from scraper.reading.repeats import key
from scraper.reading.script_text import drawn
from scraper.reading.title import extract_title
from scraper.reading.title_parts import folded_letters, letters
from scraper.reading.visible import Ground

_LONGEST_HEAD: Final = 4
"""A line with more characters than this many times the title's letters does not show it, signs and spaces and all."""
_LEAST_HEAD: Final = 10
"""Letters up to which a part of a title is no sign of it."""
_TOLD_TO_MACHINES: Final = 0.87
"""Confidence that only a page's own statement to machines exceeds."""
NO_RULES: Final = Rules()
NOTHING_FOUND: Final = Found()
_BINARY: Final = re.compile(
    rb"%PDF-|PK\x03\x04|\x89PNG|\xff\xd8\xff|GIF8|\xd0\xcf\x11\xe0|\x1f\x8b|Rar!|RIFF|\x00\x00\x00.ftyp", re.DOTALL
)
_OTHER_TYPES: Final = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "application/pdf",
    "application/zip",
    "application/msword",
    "application/vnd.",
)


def read_page(page: Page, rules: Rules = NO_RULES, found: Found = NOTHING_FOUND) -> Reading:
    """What would be stored of one captured page.

    Raises `NotReadable` where the bytes are a PDF, an image or another binary, or the address is none, `BadRecord` where a JSON record is
    promised and not there. A page without anything to read is a `Reading` of kind "none". What is longer than anybody wrote is cut.
    """
    _refuse(page)
    decoded = decode(page.body, page.content_type, rules.languages)
    reading = _read_text(page, decoded.text, rules, found)
    return bounded(replace(reading, charset=decoded.charset, why={"charset": decoded.why, **reading.why}))


def line_keys(page: Page, rules: Rules = NO_RULES) -> frozenset[int]:
    """The keys of a page's lines, as `repeats.learn` takes them; empty where the page is no HTML."""
    try:
        _refuse(page)
    except NotReadable:
        return frozenset()
    tree = parse(decode(page.body, page.content_type, rules.languages).text)
    return frozenset(key(line.folded) for line in outline(tree)) if tree is not None else frozenset()


def _read_text(page: Page, text: str, rules: Rules, found: Found) -> Reading:
    if rules.record is not None:
        return read_record(page, text, rules)
    tree = parse(text)
    if tree is None:
        return Reading(page.url, "none", None, "", None, why={"kind": "there is no markup and no text"})
    reading = _read_document(page, document(page.url, tree), rules, found)
    return replace(reading, missed=missed_selectors(reading, rules.selectors))


def _refuse(page: Page) -> None:
    try:
        urlsplit(page.url)
    except ValueError as error:
        raise NotReadable(page.url, f"its address cannot be read: {error}") from None
    content_type = (page.content_type or "").lower()
    if content_type.startswith(_OTHER_TYPES) or _BINARY.match(page.body[:16]):
        raise NotReadable(page.url, f"is not HTML ({content_type or 'no content type'})")


def _read_document(page: Page, read: Document, rules: Rules, found: Found) -> Reading:
    sent, (read, body) = read, drawn(read, extract_body(read, rules))
    blocks = blocks_of(body.lines)
    region = find_region(read.lines, body.lines)
    told_title = extract_title(sent, region.first if region else None, rules.selectors, found)
    title = told_title.value
    title_at = _title_at(read.lines, title, region)
    told_byline = extract_byline(read, region, title_at, rules.selectors)
    claims = (*([read.lang] if read.lang else []), *claims_of(page.url), *rules.languages)
    told_language = identify("\n".join((title or "", *(block.text for block in blocks))), claims)
    language = told_language.value
    reckoned = reckoning(page, rules, language)
    published, modified = extract_dates(Evidence(read, _ground(read.lines, title_at, region)), reckoned, found)
    blocks = trim_edges(blocks, read.lines, title, [fact.raw for fact in (published, modified) if fact])
    paragraphs = tuple(block.paragraph for block in blocks)
    dated, out = surety(published, modified, found), surety(published, None, NOTHING_FOUND)
    told_kind = judge(Signs(read, title, title_at, paragraphs, dated, out), rules)
    kind = told_kind.value
    text = plain(blocks)
    countries = find_countries(title, text, language, rules.country) if kind in {"article", "page"} else ()
    return Reading(
        url=page.url,
        kind=kind,
        title=title,
        text=text,
        language=language,
        published=published if _keeps_date(kind, published) else None,
        modified=modified,
        event=extract_event(text, reckoned) if kind == "article" else None,
        byline=told_byline.value,
        canonical_url=read.canonical_url,
        links=body_links(region.element, text, read.base) if region else (),
        images=body_images(region.element, read.base) if region else (),
        markdown=markdown(blocks),
        countries=countries,
        why=_evidence(
            kind=told_kind,
            title=told_title,
            text=Told(text, body.why) if text else None,
            byline=told_byline,
            language=told_language,
            published=published,
            modified=modified,
            countries=told_countries(countries),
        ),
    )


def _evidence(**told: DateFact | Told[Any] | None) -> dict[str, str]:
    """The evidence for each field that was found, by the field's name."""
    return {
        name: f"{fact.method}: {fact.raw}" if isinstance(fact, DateFact) else fact.why
        for name, fact in told.items()
        if fact is not None
    }


def _ground(lines: tuple[Line, ...], title_at: int | None, region: Region | None) -> Ground:
    first, last = (region.first, region.last) if region else (title_at or 0, title_at or 0)
    return Ground(lines, title_at, first, last)


def _keeps_date(kind: Kind, published: DateFact | None) -> bool:
    """A date on a listing is an article's of it, unless machines are told it; a bare one on a standing page is a birthday."""
    if published is None or kind == "none":
        return False
    least = {"article": 0.0, "page": BARE, "listing": _TOLD_TO_MACHINES}[kind]
    return published.confidence > least


def _title_at(lines: tuple[Line, ...], title: str | None, region: Region | None) -> int | None:
    """The index of the line that shows the title: a heading before another line, and the last one over the body."""
    if title is None:
        return None
    said = letters(title)
    at = [index for index, line in enumerate(lines) if line.place not in {"menu", "foot"} and _shows(line, said)]
    at = [index for index in at if lines[index].heading] or at
    above = [index for index in at if region is None or index <= region.first + 1]
    return above[-1] if above else at[0] if at else None


def _shows(line: Line, title: str) -> bool:
    """Whether a line is the title, or the part of it before the site's name. An h1 may hold a date or a kicker beside it.

    title: its `letters`, as signs and spaces differ between what machines are told and what is shown.
    """
    if len(line.folded) > _LONGEST_HEAD * len(title) + _LEAST_HEAD:
        return False
    said = folded_letters(line.folded)
    if said == title or len(said) <= _LEAST_HEAD:
        return said == title
    is_head = len(said) >= 0.5 * len(title) and title.startswith(said)
    return is_head or (line.heading == 1 and (said in title or (title in said and len(title) >= 0.5 * len(said))))
