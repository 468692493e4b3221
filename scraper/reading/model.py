"""What goes into the reader and what comes out: plain frozen values, nothing of Scrapy or the database."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, Literal, Self, TypeVar

from scraper.reading.repeats import Repeats

T = TypeVar("T")

Calendar = Literal["gregorian", "persian", "islamic", "buddhist", "japanese"]
"""The calendar a date was written in, by its CLDR name."""

Precision = Literal["second", "minute", "day", "month", "year"]
"""How much of a date was really said."""

Kind = Literal["article", "page", "listing", "none"]
"""article: a piece of news. page: a standing page. listing: links to others. none: nothing to read."""


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors of one source, each None where the reader must find out by itself."""

    title: str | None = None
    body: str | None = None
    published: str | None = None
    modified: str | None = None
    byline: str | None = None
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordFields:
    """Where a JSON record keeps an article: dotted paths, such as ``data.title`` or ``items.0.body``."""

    title: str
    body: str
    published: str | None = None
    modified: str | None = None
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the catalogue says of a source's pages. Every field may be empty: the reader then judges alone.

    languages: BCP 47 tags. country: ISO 3166-1 alpha-2. timezone: IANA name. calendar: the one that bare numeric
    dates are meant in. kind: what the URL's pattern in the catalogue says. record: set when the capture is JSON. repeats: what the
    site's pages share, None where that was not learned yet.
    """

    languages: tuple[str, ...] = ()
    country: str | None = None
    timezone: str | None = None
    calendar: Calendar | None = None
    selectors: Selectors = Selectors()
    record: RecordFields | None = None
    kind: Literal["article", "page"] | None = None
    repeats: Repeats | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What discovery saw of a page before it was fetched: the link's text, and the date written beside it."""

    anchor: str | None = None
    listed_date: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One captured answer. body: bytes after the content encoding was undone. fetched_at: aware UTC."""

    url: str
    body: bytes
    content_type: str | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class DateFact:
    """A date that a page states of itself, with the evidence.

    day: the calendar day in the source's own time zone (first of the month or year where precision is coarser).
    at: the moment in UTC, None where no time of day was said.
    raw: the words as they stand on the page. method: where they stood, e.g. ``jsonld``, ``meta``, ``visible``, ``listing``.
    confidence: 0 to 1.
    """

    day: date
    at: datetime | None
    raw: str
    calendar: Calendar
    precision: Precision
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """What was found, and in a few words of English the evidence for it, as `elchi read --why` shows it."""

    value: T
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the article's body. url is absolute."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country that a page names. code: ISO 3166-1 alpha-2. words: those it was read from, as they stand there, once each."""

    code: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What would be stored of a page. Optional fields are None where the page does not say.

    canonical_url: what ``<link rel=canonical>`` claims, absolute; whether to believe it is the archive's choice.
    language: BCP 47, with a script only where it is not the language's usual one (``uz``, ``uz-Cyrl``).
    published, modified: of the page. event: the first full date that the text itself tells of.
    text: paragraphs with an empty line between. markdown: the same with its headings, lists, quotes and tables marked (CommonMark, tables
    as GitHub writes them). countries: those that title and text name, apart from the source's own, in the order of their first words.
    why: the evidence for each field, by the field's name. missed: names of the source's own selectors that found nothing where something
    was found without them.
    """

    url: str
    kind: Kind
    title: str | None
    text: str
    language: str | None
    published: DateFact | None = None
    modified: DateFact | None = None
    event: DateFact | None = None
    byline: str | None = None
    canonical_url: str | None = None
    charset: str | None = None
    links: tuple[Link, ...] = ()
    images: tuple[str, ...] = ()
    markdown: str = ""
    countries: tuple[Country, ...] = ()
    why: dict[str, str] = field(default_factory=dict)
    missed: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The reading as JSON values: dates as ISO 8601, moments as RFC 3339 UTC."""
        values = dataclasses.asdict(self)
        for name in ("published", "modified", "event"):
            if values[name] is not None:
                values[name] = _fact_to_json(values[name])
        return values

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """The inverse of `to_json`."""
        facts = {name: _fact_from_json(values[name]) for name in ("published", "modified", "event")}
        links = tuple(Link(**link) for link in values["links"])
        countries = tuple(Country(each["code"], tuple(each["words"])) for each in values["countries"])
        lists = {name: tuple(values[name]) for name in ("images", "missed")}
        return cls(**{**values, **facts, **lists, "links": links, "countries": countries})


def _fact_to_json(fact: dict[str, Any]) -> dict[str, Any]:
    day, at = fact.pop("day"), fact.pop("at")
    moment = at.isoformat().replace("+00:00", "Z") if at else None
    return {"date": day.isoformat(), "at": moment, **fact}


def _fact_from_json(values: dict[str, Any] | None) -> DateFact | None:
    if values is None:
        return None
    at = datetime.fromisoformat(values["at"]) if values["at"] else None
    rest = {name: value for name, value in values.items() if name not in {"date", "at"}}
    return DateFact(day=date.fromisoformat(values["date"]), at=at, **rest)
