"""Which page an address belongs to. A page may have many addresses; the archive keeps each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from storage.dialects import insert_missing
from storage.identity import clean_url, is_address, page_key
from storage.models import Address, Capture, Page

BY_KEY = select(Page).where(Page.key == bindparam("key"))
BY_ADDRESS = select(Page).join(Address, Address.page_id == Page.id).where(Address.key == bindparam("key")).limit(1)


def find_page(session: Session, url: str) -> Page | None:
    """The page that a URL, in any of its forms, leads to; None, too, for what is no address."""
    key = {"key": page_key(url)}
    page = session.scalar(BY_KEY, key)
    return page if page is not None else session.scalar(BY_ADDRESS, key)


def new_page(
    source_id: int, url: str, found_at: datetime, *, found_on: str | None = None, role: str = "article"
) -> Page:
    """A page that was found and not yet asked. found_on: the page that led to it."""
    page = Page(source_id=source_id, found_at=found_at, found_on=found_on, role=role, state="found")
    page.depth = page.unchanged = page.failures = 0
    take_address(page, url)
    return page


def pages_by_key(session: Session, keys: Iterable[str]) -> dict[str, Page]:
    """Those of the keys that are a page's own, not only one of its further addresses'."""
    return {
        page.key: page for some in _batched(keys) for page in session.scalars(select(Page).where(Page.key.in_(some)))
    }


def known_keys(session: Session, keys: Iterable[str]) -> set[str]:
    """Those of the keys that some page has, or some address of a page."""
    found: set[str] = set()
    for some in _batched(keys):
        found.update(session.scalars(select(Page.key).where(Page.key.in_(some))))
        found.update(session.scalars(select(Address.key).where(Address.key.in_(some))))
    return found


def add_addresses(session: Session, page: Page, urls: Iterable[str]) -> None:
    """Remember that these URLs lead to the page. One that cannot be kept (too long) is left out."""
    cleaned = dict.fromkeys(clean_url(url) for url in urls if is_address(url))
    insert_missing(session, Address, [{"url": url, "key": page_key(url), "page_id": page.id} for url in cleaned], "url")


def take_address(page: Page, url: str) -> None:
    """The page lives at this URL from now on. Validators were another address's."""
    page.key, page.url, page.fetch_url = page_key(url), clean_url(url), clean_url(url)
    page.etag = page.last_modified = None


def unite(session: Session, other: Page, page: Page) -> None:
    """`other` turned out to be another address of `page`: move all that hangs on it, and drop it."""
    session.flush()
    for table in (Address, Capture):
        session.execute(update(table).where(table.page_id == other.id).values(page_id=page.id))
    add_addresses(session, page, [other.url])
    page.anchor = page.anchor or other.anchor
    page.listed_date = page.listed_date or other.listed_date
    page.found_at = min(page.found_at, other.found_at)
    session.delete(other)
    session.flush()


def note_validators(
    page: Page, fetched_at: datetime, etag: str | None, last_modified: str | None, *, is_changed: bool
) -> None:
    """The page answered in full. Validators that stayed the same while it changed are not believed any more."""
    is_said_the_same = (page.etag, page.last_modified) == (etag, last_modified) != (None, None)
    page.misled = page.misled or (is_said_the_same and is_changed)
    page.full_at, page.etag, page.last_modified = fetched_at, etag, last_modified


def mark_visited(page: Page, fetched_at: datetime, next_visit_at: datetime | None) -> None:
    """The page answered: it is no longer to be asked until its next visit."""
    page.state, page.last_visit_at, page.next_visit_at = "fetched", fetched_at, next_visit_at
    page.failures, page.failure = 0, None


def _batched(keys: Iterable[str]) -> Iterator[list[str]]:
    """Older SQLite takes 999 values in a statement."""
    every = list(keys)
    for start in range(0, len(every), 500):
        yield every[start : start + 500]
