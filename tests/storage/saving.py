"""Saves pages as a crawl would, a day's visit after another, for tests of what the archive makes of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from scraper.reading.model import DateFact, Reading
from storage import frontier
from storage.archive import Fetched, NextVisits, Outcome, save_reading
from storage.candidate import Candidate, Listed
from storage.database import Database
from storage.frontier import Due
from storage.models import Address, Article, ArticleVersion, Page
from storage.sources import SourceFacts, save_source
from storage.warc import CaptureRef

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
SITE = "http://uni.example"
ENTRY = f"{SITE}/news"

Result = TypeVar("Result")


def words(seed: str) -> str:
    """A text that is long enough to be known again, and shares no word with that of another seed."""
    return " ".join(f"{seed}{number}" for number in range(90))


def day_fact(day: date) -> DateFact:
    return DateFact(
        day=day, at=None, raw=day.isoformat(), calendar="gregorian", precision="day", method="meta", confidence=0.9
    )


def reading_of(
    text: str,
    title: str | None = "A title",
    *,
    day: date | None = None,
    kind: str = "article",
    canonical: str | None = None,
) -> Reading:
    return Reading(
        url="http://unused.example/",
        kind=kind,  # type: ignore[arg-type]
        title=title,
        text=text,
        language="en",
        published=day_fact(day) if day else None,
        canonical_url=canonical,
    )


def facts(slug: str, *hosts: str) -> SourceFacts:
    return SourceFacts(
        slug=slug,
        hosts=hosts or (f"{slug}.example",),
        languages=("en",),
        names={"en": f"University {slug}"},
        country="UZ",
        kind="university",
        homepage=f"http://{slug}.example/",
        ror=None,
    )


@dataclass(frozen=True)
class Shown:
    """A page as the archive has it: where it lives, and what its article says by now. versions: the texts, oldest first."""

    page_id: int
    url: str
    state: str
    article_id: int | None
    versions: tuple[str, ...]
    addresses: frozenset[str]


@dataclass
class Saving:
    """warc_file: where its captures are said to lie; each writer has one of its own."""

    database: Database
    warc_file: str = "elchi-test.warc.gz"
    sources: dict[str, int] = field(default_factory=dict)
    offsets: itertools.count[int] = field(default_factory=itertools.count)

    def write(self, change: Callable[[Session], Result]) -> Result:
        with self.database.write() as session:
            return change(session)

    def source(self, slug: str = "uni", *hosts: str) -> int:
        if slug not in self.sources:
            self.sources[slug] = self.write(lambda session: save_source(session, facts(slug, *hosts)).id)
        return self.sources[slug]

    def fetched(self, *addresses: str, url: str | None = None, days: float = 0, etag: str | None = None) -> Fetched:
        offset = next(self.offsets)
        return Fetched(
            url=url or addresses[-1],
            addresses=addresses,
            fetched_at=NOON + timedelta(days=days, seconds=offset),
            status=200,
            content_type="text/html",
            ref=CaptureRef(self.warc_file, offset, 1, "0" * 64),
            etag=etag,
        )

    def save(
        self, *addresses: str, reading: Reading | None, asked: str | None = None, source: str = "uni", days: float = 0
    ) -> Outcome:
        """Save a page. addresses: the redirects on the way to it, its own last. asked: what the frontier calls it, if not the first."""
        self.source(source)
        return self.keep(self.fetched(*addresses, days=days), reading, asked or addresses[0], source)

    def keep(
        self, fetched: Fetched, reading: Reading | None, page_url: str, source: str = "uni", repeats: int | None = None
    ) -> Outcome:
        visits = NextVisits(fetched.fetched_at + timedelta(days=1), fetched.fetched_at + timedelta(days=2))
        return self.write(
            lambda session: save_reading(session, None, source, page_url, fetched, reading, "test", visits, repeats)
        )

    def open(self, *urls: str, source: str = "uni") -> None:
        number = self.source(source)
        self.write(lambda session: frontier.open_entries(session, number, urls or (ENTRY,), NOON))

    def offer(
        self,
        *candidates: str | Candidate,
        page: str = ENTRY,
        next_url: str | None = None,
        deepest: int = 100,
        days: float = 0,
        fresh: int | None = None,
        etag: str | None = None,
    ) -> list[str]:
        """Save what a listing showed; the addresses that should be asked because of it."""
        listed = Listed(
            source_id=self.source(),
            page_url=page,
            fetched_at=NOON + timedelta(days=days, seconds=next(self.offsets)),
            candidates=tuple(Candidate(each) if isinstance(each, str) else each for each in candidates),
            next_url=next_url,
            deepest=deepest,
            etag=etag,
            last_modified=None,
            fresh=fresh,
        )
        return self.write(lambda session: [due.url for due in frontier.offer(session, listed)])

    def due(self, days: float = 0, source: str = "uni", **asked: Any) -> list[str]:
        return [each.url for each in self.requests(days, source, **asked)]

    def requests(
        self, days: float = 0, source: str = "uni", *, every_entry: bool = True, revisits: float = 1
    ) -> list[Due]:
        """What should be asked. revisits: more than enough, where a test does not say."""
        number = self.source(source)
        with self.database.read() as session:
            return frontier.due(
                session, number, NOON + timedelta(days=days), every_entry=every_entry, revisits=revisits
            )

    def page(self, url: str) -> Shown:
        """The page at an address."""
        with self.database.read() as session:
            page = frontier.find_page(session, url)
            assert page is not None, f"no page at {url}"
            texts = select(ArticleVersion.text).where(ArticleVersion.article_id == page.article_id)
            return Shown(
                page.id,
                page.url,
                page.state,
                page.article_id,
                tuple(session.scalars(texts.order_by(ArticleVersion.number))),
                frozenset(session.scalars(select(Address.url).where(Address.page_id == page.id))),
            )

    def pages(self) -> list[str]:
        with self.database.read() as session:
            return list(session.scalars(select(Page.url).order_by(Page.url)))

    def articles(self) -> int:
        with self.database.read() as session:
            return len(session.scalars(select(Article.id)).all())
