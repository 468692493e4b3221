"""Which further pages of an entry point are asked: the next page of a list, the sitemaps of an index.

A page that waits in the frontier is asked in this run anyway: it was due when the run began, or an earlier answer of the run led to it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from storage.candidate import Listed
from storage.identity import is_address, page_key
from storage.models import Page
from storage.pages import find_page, new_page, pages_by_key

DEEPEST_INDEX = 3
"""Levels of sitemap indexes within indexes that are followed."""

FARTHEST_ZONE = timedelta(hours=12)
"""A day ends last in UTC-12."""


def next_page(session: Session, page: Page, entry: Page, listed: Listed, *, new: bool) -> Page | None:
    """The listing page to ask after this one. new: whether this one showed anything new.

    None at the end, at the depth that is enough, where pagination runs in a circle, and where nothing new came and all has been seen once.
    """
    url = listed.next_url
    if url is None or not is_address(url) or page.depth + 1 >= listed.deepest:
        entry.swept_at = listed.fetched_at
        return None
    known = find_page(session, url)
    if known is not None and known.role != "listing":
        entry.swept_at = listed.fetched_at
        return None
    if known is not None and (known.state == "found" or _seen_since(known, entry)):
        if known.depth <= page.depth:
            entry.swept_at = listed.fetched_at
        return None
    if not new and entry.swept_at is not None:
        return None
    return _await(session, known, url, page, entry, listed)


def follow(session: Session, page: Page, entry: Page, listed: Listed) -> list[Page]:
    """The sitemaps of an index that should be asked: all but those that have not changed since we saw them."""
    if page.depth >= DEEPEST_INDEX:
        return []
    indexed = {page_key(each.url): each for each in listed.candidates if each.follow and is_address(each.url)}
    pages, waiting = pages_by_key(session, indexed), []
    for key, candidate in indexed.items():
        known = pages.get(key)
        if known is not None and (
            known.role != "listing"
            or known.state == "found"
            or _seen_since(known, entry)
            or is_older(candidate.listed_date, known.last_visit_at)
        ):
            continue
        waiting.append(_await(session, known, candidate.url, page, entry, listed))
    return waiting


def is_older(lastmod: str | None, seen_at: datetime | None) -> bool:
    """Whether something was surely last changed before it was last seen. lastmod: a day or a moment (W3C datetime)."""
    if lastmod is None or seen_at is None:
        return False
    try:
        changed = datetime.fromisoformat(lastmod.strip())
    except ValueError:
        return False
    if changed.tzinfo is None:
        changed = changed.replace(tzinfo=UTC) + FARTHEST_ZONE
    if len(lastmod.strip()) <= len("2026-11-22"):
        changed += timedelta(days=1)
    return changed < seen_at


def _seen_since(page: Page, entry: Page) -> bool:
    """Whether a page was seen in this sweep, which began at its entry."""
    return (
        page.last_visit_at is not None and entry.last_visit_at is not None and page.last_visit_at >= entry.last_visit_at
    )


def _await(session: Session, known: Page | None, url: str, page: Page, entry: Page, listed: Listed) -> Page:
    """Put a further page of an entry point into the frontier, new or known."""
    if known is None:
        known = new_page(listed.source_id, url, listed.fetched_at)
        session.add(known)
    known.role, known.fetch_url, known.entry_url = "listing", url, entry.entry_url
    known.depth, known.state, known.found_on = page.depth + 1, "found", listed.page_url
    # Asked in full: what it held when it was last seen says nothing about what was pushed onto it since.
    known.etag = known.last_modified = None
    return known
