"""What a listing, feed, sitemap or API shows: pages that may be articles, before they are fetched, and where it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.schedule import DAILY, Cadence


@dataclass(frozen=True, slots=True)
class Candidate:
    """url: the page's public address, absolute. anchor: the link's text. listed_date: the words beside the link.

    modified: when the page is said to have changed last (W3C datetime). fetch_url: where its content is, if not at url (a JSON record).
    follow: the link leads to more candidates (a sitemap in an index).
    """

    url: str
    anchor: str | None = None
    listed_date: str | None = None
    modified: str | None = None
    fetch_url: str | None = None
    follow: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """What one answer of an entry point or listing page showed. next_url: the page that goes on where this one ends, None at the end.

    deepest: how many pages after the entry may be followed. fresh: how many of the candidates no page of the list has shown before in this
    run, None where that was not counted. cadence: how often the entry may be asked. moved_from: the address that was asked, where another
    host of the source has answered.
    """

    source_id: int
    page_url: str
    fetched_at: datetime
    candidates: tuple[Candidate, ...]
    next_url: str | None
    deepest: int
    etag: str | None
    last_modified: str | None
    fresh: int | None = None
    cadence: Cadence = DAILY
    moved_from: str | None = None
