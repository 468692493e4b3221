"""Saves what was captured and read: capture, page, addresses, article and version, in the caller's transaction."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, lazyload

from storage.fetched import Fetched, NextVisits, Readable
from storage.identity import is_long_enough, page_key, text_sha256
from storage.models import ArchiveState, Article, ArticleVersion, Capture, Page, Source
from storage.pages import find_page, mark_visited, new_page
from storage.settling import newest_version, settle
from storage.warc import CaptureRef

__all__ = ["Fetched", "NextVisits", "Outcome", "Readable", "save_fetched", "save_reading"]

Outcome = Literal["new", "changed", "unchanged", "copies", "other"]
"""What a capture brought: a new article, a changed one, the same again, a copy of one we have, or no article."""


def save_fetched(session: Session, *, run_id: int | None, fetched: Fetched, page_url: str | None = None) -> None:
    """Save an answer that is not read as an article: a listing, a redirect, an error, robots.txt. Saved twice, it is kept once."""
    if not _is_saved(session, fetched.ref):
        page = find_page(session, page_url) if page_url else None
        session.add(_capture(run_id, fetched, page.id if page else None))


def save_reading(
    session: Session,
    run_id: int | None,
    source_slug: str,
    page_url: str,
    fetched: Fetched,
    reading: Readable | None,
    reader: str,
    visits: NextVisits,
) -> Outcome:
    """Save a capture and what was read of it. page_url: the page's address in the frontier. reading: None where the reader failed.

    Returns what it brought; ``unchanged`` for a capture that is saved already. A page that no longer reads as an article keeps the
    article that it had.
    """
    if _is_saved(session, fetched.ref):
        return "unchanged"
    source = session.scalars(select(Source).where(Source.slug == source_slug).options(lazyload("*"))).one()
    asked, settled = find_page(session, page_url), None
    if asked is None:
        asked = new_page(source.id, page_url, fetched.fetched_at)
        session.add(asked)
        session.flush()
    if reading is not None and reading.kind in {"article", "page"}:
        # Where nothing is read, nothing is moved: what is down or wants a login redirects every page to one address.
        settled = settle(session, source, asked, fetched, reading)
    page = settled or asked
    capture = _capture(run_id, fetched, page.id)
    capture.outcome, capture.reader = (reading.kind if reading else "unreadable"), reader
    session.add(capture)
    outcome: Outcome = "other"
    if settled is not None and reading is not None:
        session.flush()
        outcome = _save_article(session, settled, capture, reading)
    changed = outcome in {"new", "changed", "copies"}
    if page_key(page.fetch_url) == page_key(fetched.url):
        page.etag, page.last_modified = fetched.etag, fetched.last_modified
    page.unchanged = 0 if changed else page.unchanged + 1
    mark_visited(page, fetched.fetched_at, visits.if_changed if changed else visits.if_unchanged)
    session.flush()
    return outcome


def _is_saved(session: Session, ref: CaptureRef) -> bool:
    """A batch whose commit was answered by a broken connection is tried again; a killed run's file may be taken up twice."""
    where = (Capture.warc_file == ref.warc_file, Capture.warc_offset == ref.offset)
    return session.scalar(select(Capture.id).where(*where)) is not None


def _capture(run_id: int | None, fetched: Fetched, page_id: int | None) -> Capture:
    return Capture(
        run_id=run_id,
        page_id=page_id,
        url=fetched.url,
        fetched_at=fetched.fetched_at,
        status=fetched.status,
        content_type=fetched.content_type,
        sha256=fetched.ref.sha256,
        warc_file=fetched.ref.warc_file,
        warc_offset=fetched.ref.offset,
        warc_length=fetched.ref.length,
    )


def _save_article(session: Session, page: Page, capture: Capture, reading: Readable) -> Outcome:
    sha256 = text_sha256(reading.title, reading.text)
    if page.article_id is not None:
        article, newest = newest_version(session, page.article_id)
        same_text = newest.text_sha256 == sha256
        if same_text and newest.title == reading.title and _same_date(newest, reading):
            return "unchanged"
        if _is_own(session, page):
            article.kind, article.newest, article.change = reading.kind, article.newest + 1, _next_change(session)
            session.add(_version(article, capture, reading, sha256))
            return "changed"
        if same_text:
            return "unchanged"  # a copy on another site has a date of its own
        # A copy that says something else from now on is an article of its own.
        article.change = _next_change(session)
    elif (original := _find_copy(session, page, reading, sha256)) is not None:
        page.article_id, original.change = original.id, _next_change(session)
        return "copies"
    article = Article(kind=reading.kind, newest=1, change=_next_change(session))
    session.add(article)
    session.flush()
    page.article_id = article.id
    session.add(_version(article, capture, reading, sha256))
    return "new"


def _version(article: Article, capture: Capture, reading: Readable, sha256: str) -> ArticleVersion:
    """What the article says by now, as its newest version."""
    values, published = reading.to_json(), reading.published
    return ArticleVersion(
        article_id=article.id,
        number=article.newest,
        capture_id=capture.id,
        title=reading.title,
        byline=reading.byline,
        text=reading.text,
        language=reading.language,
        published_on=published.day if published else None,
        published_at=published.at if published else None,
        published_raw=published.raw if published else None,
        published_calendar=published.calendar if published else None,
        published_precision=published.precision if published else None,
        published_method=published.method if published else None,
        published_confidence=published.confidence if published else None,
        modified=values["modified"],
        event=values["event"],
        links=values["links"],
        images=list(reading.images),
        text_sha256=sha256,
    )


def _find_copy(session: Session, page: Page, reading: Readable, sha256: str) -> Article | None:
    """An article with the very same title and text at another address. One site's notices of two days are not copies."""
    if not is_long_enough(reading.text):
        return None
    on_this_site = select(Page.id).where(Page.article_id == Article.id, Page.source_id == page.source_id).exists()
    day = reading.published.day if reading.published else None
    statement = (
        select(Article)
        .join(ArticleVersion, (ArticleVersion.article_id == Article.id) & (ArticleVersion.number == Article.newest))
        .where(ArticleVersion.text_sha256 == sha256)
        .where(or_(~on_this_site, ArticleVersion.published_on.is_not_distinct_from(day)))
        .order_by(Article.id)
        .limit(1)
    )
    return session.scalar(statement.options(lazyload("*")))


def _same_date(version: ArticleVersion, reading: Readable) -> bool:
    return version.published_on == (reading.published.day if reading.published else None)


def _is_own(session: Session, page: Page) -> bool:
    """Whether the page is the article's first, whose text the article follows."""
    first = session.scalar(select(Page.id).where(Page.article_id == page.article_id).order_by(Page.id).limit(1))
    return first == page.id


def _next_change(session: Session) -> int:
    """The next number of the archive's changes. Writers take turns, so numbers become visible in order."""
    state = session.get_one(ArchiveState, 1)
    state.change += 1
    return state.change
