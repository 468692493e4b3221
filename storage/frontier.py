"""What is to be asked: candidates that were found and not yet fetched, and known pages whose next visit is due.

The frontier is the `page` table. A listing's candidates, the listing page to ask next and the listing's validators are saved in one
transaction, so that a crawl killed at any moment goes on where it stood.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import and_, or_, select, update
from sqlalchemy.orm import Session

from storage.candidate import Candidate, Listed
from storage.identity import is_address, page_key
from storage.models import Page
from storage.pages import find_page, known_keys, mark_visited, new_page, pages_by_key
from storage.pagination import follow, next_page

__all__ = [
    "Due",
    "Listed",
    "Role",
    "due",
    "end_of_list",
    "expected",
    "fail",
    "not_modified",
    "offer",
    "open_entries",
]

logger = logging.getLogger(__name__)

Role = Literal["article", "entry", "listing"]

GIVE_UP_AFTER = 3
"""Visits that fail in a row before a page that was never read is left alone until its next visit."""


@dataclass(frozen=True, slots=True)
class Due:
    """A request that should be made. url: what to ask. page_url: the page's own address. unchanged: visits since its last change."""

    url: str
    page_url: str
    role: Role
    entry_url: str | None
    depth: int
    etag: str | None
    last_modified: str | None
    anchor: str | None
    listed_date: str | None
    unchanged: int


FACTS = (
    Page.fetch_url, Page.url, Page.role, Page.entry_url, Page.depth, Page.etag, Page.last_modified, Page.anchor,
    Page.listed_date, Page.unchanged,
)  # fmt: skip
"""The columns of a `Due`, in its order."""


def open_entries(session: Session, source_id: int, urls: Iterable[str], now: datetime) -> None:
    """Make sure that these entry points of the source, and no others, are in the frontier."""
    urls = list(urls)
    pages = pages_by_key(session, map(page_key, urls))
    for url in urls:
        page = pages.get(page_key(url))
        if page is None:
            page = new_page(source_id, url, now)
            session.add(page)
        page.role, page.fetch_url, page.entry_url = "entry", url, url
    session.flush()
    left = (Page.source_id == source_id, Page.entry_url.not_in(urls))
    session.execute(update(Page).where(*left, Page.role == "entry").values(role="listing", state="gone"))
    session.execute(update(Page).where(*left, Page.role == "listing", Page.state == "found").values(state="gone"))


def due(session: Session, source_id: int, now: datetime) -> list[Due]:
    """All that should be asked of a source now: its entry points, what was found and not yet fetched, and visits that are due."""
    waiting = or_(
        Page.state == "found",
        and_(Page.state.in_(["fetched", "failed"]), Page.role == "article", Page.next_visit_at <= now),
    )
    statement = select(*FACTS).where(Page.source_id == source_id, or_(Page.role == "entry", waiting)).order_by(Page.id)
    return [_due(row) for row in session.execute(statement)]


def offer(session: Session, listed: Listed) -> list[Due]:
    """Save what a listing showed. Returns what is new and should be asked: candidates, and the next listing page.

    The next page is followed while pages bring new candidates, and to the end where that was never done.
    """
    page = find_page(session, listed.page_url)
    assert page is not None, "a listing that was asked is in the frontier"
    entry = page if page.role == "entry" else find_page(session, page.entry_url or listed.page_url)
    assert entry is not None, "a listing page has an entry"
    mark_visited(page, listed.fetched_at, None)
    page.etag, page.last_modified = listed.etag, listed.last_modified
    new = [_add(session, page, candidate, listed) for candidate in _unknown(session, listed)]
    new += follow(session, page, entry, listed)
    following = next_page(session, page, entry, listed, new=bool(new))
    if following is not None:
        new.append(following)
    session.flush()
    return [_due(page) for page in new]


def end_of_list(session: Session, *, page_url: str, now: datetime) -> None:
    """There is no such page of a list (404): the one before was the last."""
    page = find_page(session, page_url)
    entry = find_page(session, page.entry_url) if page is not None and page.entry_url else None
    if page is not None and entry is not None:
        page.state, page.next_visit_at, entry.swept_at = "gone", None, now


def expected(session: Session, page_url: str) -> Due | None:
    """What the frontier knows of a page, None where nobody found it."""
    page = find_page(session, page_url)
    return _due(page) if page is not None else None


def not_modified(session: Session, *, page_url: str, now: datetime, next_visit_at: datetime | None) -> None:
    """The server said 304: the page is as it was."""
    page = find_page(session, page_url)
    if page is not None:
        mark_visited(page, now, next_visit_at)
        page.unchanged += 1


def fail(session: Session, *, page_url: str, failure: str, retry_at: datetime, gone: bool) -> None:
    """A request failed, for a reason named by its class. gone: the server says that there is no such page (404, 410)."""
    page = find_page(session, page_url)
    if page is None or page.role == "entry":
        return
    page.failures, page.failure = page.failures + 1, failure
    if gone:
        page.state, page.next_visit_at = "gone", None
    elif page.state != "found":
        page.next_visit_at = retry_at
    elif page.failures >= GIVE_UP_AFTER:
        page.state, page.next_visit_at = "failed", retry_at


def _unknown(session: Session, listed: Listed) -> list[Candidate]:
    """The candidates that no page and no address of a page is, each page once."""
    keyed: dict[str, Candidate] = {}
    for candidate in listed.candidates:
        if not is_address(candidate.url) or not is_address(candidate.fetch_url or candidate.url):
            logger.warning(
                "%s lists what is no address to ask, and is left out: %.200r", listed.page_url, candidate.url
            )
        elif not candidate.follow:
            keyed.setdefault(page_key(candidate.url), candidate)
    known = known_keys(session, keyed)
    return [candidate for key, candidate in keyed.items() if key not in known]


def _add(session: Session, listing: Page, candidate: Candidate, listed: Listed) -> Page:
    page = new_page(listed.source_id, candidate.url, listed.fetched_at, found_on=listed.page_url)
    page.fetch_url, page.entry_url = candidate.fetch_url or page.url, listing.entry_url
    page.anchor, page.listed_date = candidate.anchor, candidate.listed_date
    session.add(page)
    return page


def _due(page: Any) -> Due:
    """page: a `Page`, or a row of its FACTS."""
    return Due(*(getattr(page, column.key) for column in FACTS))
