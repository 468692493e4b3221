"""Which further pages of an entry point are asked: the next page of a list, the sitemaps of an index.

A page that waits in the frontier is asked in this run anyway: it was due when the run began, or an earlier answer of the run led to it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.candidate import Listed
from storage.identity import is_address, page_key
from storage.models import Article, ArticleVersion, Page
from storage.pages import find_page, new_page, pages_by_key

DEEPEST_INDEX = 3
"""Levels of sitemap indexes within indexes that are followed."""

FARTHEST_ZONE, NEAREST_ZONE = timedelta(hours=12), timedelta(hours=14)
"""A day ends last in UTC-12, and begins first in UTC+14."""


def next_page(session: Session, page: Page, entry: Page, listed: Listed, *, new: int) -> Page | None:
    """The listing page to ask after this one. new: how many new links this one showed.

    None at the end, at the depth that is enough, where pagination runs in a circle, and where so little was new that the page showed
    where the known begins, unless a sweep or a backfill goes on.
    """
    url = listed.next_url if listed.next_url is not None and is_address(listed.next_url) else None
    known = find_page(session, url) if url is not None else None
    is_seen = known is not None and (known.state == "found" or _seen_since(known, entry))
    is_circle = is_seen and known is not None and known.depth <= page.depth
    if url is None or is_circle or _ends(session, page, entry, listed, known):
        entry.swept_at, entry.since = listed.fetched_at, None
        return None
    reaches_the_known = (
        entry.swept_at is not None
        and entry.since is None
        and (not new or new < (entry.page_size or len(listed.candidates)) / 2)
    )
    if is_seen or reaches_the_known:
        return None
    return _await(session, known, url, page, entry, listed)


def _ends(session: Session, page: Page, entry: Page, listed: Listed, following: Page | None) -> bool:
    """Whether the list is followed no further, though it goes on. following: the page after this one, where it is known."""
    if following is not None and following.role != "listing":
        return True
    if entry.since is not None:
        return _is_past(session, page, entry.since)
    return page.depth + 1 >= listed.deepest


def _is_past(session: Session, page: Page, since: date) -> bool:
    """Whether all that was found on the page before this one, as far as it was read and is dated, is older than a day."""
    latest = session.scalar(
        select(func.max(ArticleVersion.published_on))
        .join(Article, (ArticleVersion.article_id == Article.id) & (ArticleVersion.number == Article.newest))
        .join(Page, Page.article_id == Article.id)
        .where(Page.found_on == page.found_on, Page.source_id == page.source_id)
    )
    return page.found_on is not None and latest is not None and latest < since


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
    span = _span(lastmod)
    return span is not None and seen_at is not None and span[1] < seen_at


def is_newer(lastmod: str | None, seen_at: datetime | None) -> bool:
    """Whether something was surely changed after it was last seen. lastmod: a day or a moment (W3C datetime)."""
    span = _span(lastmod)
    return span is not None and seen_at is not None and span[0] > seen_at


def _span(lastmod: str | None) -> tuple[datetime, datetime] | None:
    """The earliest and the latest moment that a W3C datetime may mean, None for what is none."""
    words = (lastmod or "").strip()
    try:
        first = last = datetime.fromisoformat(words)
    except ValueError:
        return None
    if len(words) <= len("2026-11-22"):
        last += timedelta(days=1)
    if first.tzinfo is None:
        first, last = first.replace(tzinfo=UTC) - NEAREST_ZONE, last.replace(tzinfo=UTC) + FARTHEST_ZONE
    return first, last


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
