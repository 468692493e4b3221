"""One source of news: an institution, where its news stand, and how its pages are to be read.

The models are the tables of a catalogue file, key by key; ``docs/add-a-source.md`` explains them to the people who
write the files.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self
from urllib.parse import unquote

from pydantic import Field, ValidationInfo, field_validator, model_validator

from spiders.catalogue.entry import Api, Entry
from spiders.catalogue.hosts import host_of, is_reserved
from spiders.catalogue.table import Table
from spiders.catalogue.values import Country, Css, Host, Language, Pattern, Ror, Said, Timezone, Url, refusal

if TYPE_CHECKING:
    from scraper.reading.model import Rules

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What a source may be called: small letters and digits in words, with hyphens between."""

# As in scraper.reading.model, which is not imported here: its package brings the whole reader along (a test compares).
Calendar = Literal["gregorian", "persian", "islamic", "buddhist", "japanese"]
"""The calendar a date was written in, by its CLDR name."""


class Institution(Table):
    """Who speaks. name: by BCP 47 tag, at least one. ror: its id in the Research Organization Registry."""

    name: Annotated[
        dict[Language, Said], Field(min_length=1, examples=['{ en = "University of Tehran", fa = "دانشگاه تهران" }'])
    ]
    country: Annotated[Country, Field(examples=['"IR"'])]
    kind: Annotated[Literal["university", "ministry"], Field(examples=['"university"'])]
    homepage: Annotated[Url, Field(examples=['"https://www.example.org/"'])]
    ror: Annotated[Ror | None, Field(examples=['"https://ror.org/04krpx645"'])] = None


class Policy(Table):
    """Where a source's pages are, what they are written in, and how gently it is asked.

    hosts: the only ones that are ever asked. languages: BCP 47, of its news. calendar: the one that bare numeric dates
    are meant in. cadence_hours, cadence_hours_at_most: the bounds of how often an entry point is asked; in between, as often as it
    brings something new. None: seven times the shortest. delay_seconds: between two requests to one host. tls, certificate: what may
    be wrong with its hosts' TLS; see scraper/tls.py.
    """

    hosts: Annotated[tuple[Host, ...], Field(min_length=1, examples=['["www.example.org", "example.org"]'])]
    languages: Annotated[tuple[Language, ...], Field(min_length=1, examples=['["fa", "en"]'])]
    calendar: Annotated[Calendar, Field(examples=['"persian"'])] = "gregorian"
    timezone: Annotated[Timezone, Field(examples=['"Asia/Tehran"'])]
    cadence_hours: Annotated[float, Field(ge=1, le=8760, examples=["24"])] = 24
    cadence_hours_at_most: Annotated[float | None, Field(ge=1, le=8760, examples=["168"])] = None
    delay_seconds: Annotated[float, Field(ge=0, le=600, examples=["5"])] = 5
    tls: Annotated[Literal["modern", "legacy"], Field(examples=['"legacy"'])] = "modern"
    certificate: Annotated[Literal["checked", "unchecked"], Field(examples=['"unchecked"'])] = "checked"

    @field_validator("cadence_hours_at_most")
    @classmethod
    def _is_no_shorter(cls, value: float | None, info: ValidationInfo) -> float | None:
        shortest = info.data.get("cadence_hours")
        if value is not None and shortest is not None and value < shortest:
            raise refusal(
                f"{value:g} hours are less than cadence_hours, which is {shortest:g}",
                "Write the longer of the two times here",
            )
        return value

    @field_validator("delay_seconds")
    @classmethod
    def _is_polite(cls, value: float, info: ValidationInfo) -> float:
        hosts = info.data.get("hosts", ())
        if value < 1 and not all(map(is_reserved, hosts)):
            real = next(host for host in hosts if not is_reserved(host))
            raise refusal(
                f"{value:g} seconds are too few for {real}, which is on the real web",
                "Write delay_seconds = 5, at the least 1",
            )
        return value


class Articles(Table):
    """Which addresses are what: patterns searched in the path and query, percent-encoding undone.

    include: articles. exclude: nothing that is wanted. pages: standing pages, which carry no date.
    """

    include: Annotated[tuple[Pattern, ...], Field(examples=["['^/news/\\d+']"])] = ()
    exclude: Annotated[tuple[Pattern, ...], Field(examples=["['/print/']"])] = ()
    pages: Annotated[tuple[Pattern, ...], Field(examples=["['^/about']"])] = ()


class Selectors(Table):
    """Where a page keeps an article's parts, each None where the reader finds it alone. Becomes `scraper.reading.model.Selectors`."""

    title: Annotated[Css | None, Field(examples=['"h1.title"'])] = None
    body: Annotated[Css | None, Field(examples=['"div.article-body"'])] = None
    published: Annotated[Css | None, Field(examples=['"span.date"'])] = None
    modified: Annotated[Css | None, Field(examples=['"span.updated"'])] = None
    byline: Annotated[Css | None, Field(examples=['"span.author"'])] = None
    remove: Annotated[tuple[Css, ...], Field(examples=['["div.share", "div.related"]'])] = ()


class Facts(Table):
    """How far the file is to be believed. verified: somebody saw it work on the live site. checked: the last look."""

    verified: Annotated[bool, Field(examples=["false"])] = False
    checked: Annotated[date, Field(examples=["2026-11-22"])]
    note: Annotated[str, Field(examples=['"The listing was seen; the date\'s place was not."'])] = ""


class Source(Policy):
    """A whole catalogue file. slug: the file's name without ``.toml``, and the source's name everywhere."""

    slug: Annotated[str, Field(pattern=f"^{SLUG.pattern}$")]
    path: Path
    institution: Institution
    entries: Annotated[tuple[Entry, ...], Field(min_length=1)]
    articles: Articles = Articles()
    selectors: Selectors = Selectors()
    facts: Facts

    @model_validator(mode="after")
    def _stays_at_home(self) -> Self:
        strange = [entry.url for entry in self.entries if not self.allows(entry.url)]
        if strange:
            raise refusal(f"{strange[0]} is not on the source's hosts", "Add its host to hosts")
        return self

    @property
    def is_reserved(self) -> bool:
        """Whether all its hosts are a test's, so that no request can reach the real web."""
        return all(map(is_reserved, self.hosts))

    @property
    def leniency(self) -> tuple[Literal["legacy", "unchecked"], ...]:
        """What its hosts' TLS is let pass, empty for nothing."""
        return tuple(word for word in (self.tls, self.certificate) if word in {"legacy", "unchecked"})

    def allows(self, url: str) -> bool:
        """Whether the URL leads to one of the source's hosts, and cannot be read as leading anywhere else."""
        return host_of(url) in self.hosts

    def excluded(self, url: str) -> bool:
        """Whether the catalogue says that nothing at this address is wanted."""
        return _matches(self.articles.exclude, url)

    def page_kind(self, url: str) -> Literal["article", "page"] | None:
        """What the address says the page is, None where it says nothing. A standing page's pattern goes before an article's."""
        if _matches(self.articles.pages, url):
            return "page"
        return "article" if _matches(self.articles.include, url) else None

    def rules(self, url: str, entry: Entry | None = None) -> Rules:
        """What the reader is told of the page at `url`.

        entry: where the page was found; one that names a JSON record says that the capture is that record, and its
        language, where it has one, goes first.
        """
        from scraper.reading import model as reading

        fields = entry.fields if isinstance(entry, Api) else None
        asked = (entry.language,) if entry and entry.language else ()
        return reading.Rules(
            languages=tuple(dict.fromkeys((*asked, *self.languages))),
            country=self.institution.country,
            timezone=self.timezone,
            calendar=self.calendar,
            selectors=reading.Selectors(**self.selectors.model_dump()),
            record=reading.RecordFields(**fields.model_dump()) if fields else None,
            kind=self.page_kind(url),
        )


def _matches(patterns: tuple[str, ...], url: str) -> bool:
    # Cut by hand: urlsplit raises on some of what stands in links.
    address = unquote(re.sub(r"^[A-Za-z]+://[^/?#]*", "", url).partition("#")[0])
    return any(re.search(pattern, address) for pattern in patterns)
