"""Saves what was captured and read: capture, page, addresses, article and version, in the caller's transaction.

SQLAlchemy takes five times as long to build a statement as to run it, and as long again to make objects of its rows. So what every
page needs stands ready as a constant and runs on the connection. Only a `Page` is an object; it is flushed once, at the end.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.orm import Session

from storage.fetched import Fetched, NextVisits, Readable
from storage.identity import is_long_enough, page_key, text_sha256
from storage.models import ArchiveState, Article, ArticleVersion, Base, Capture, Mention, Page, Source
from storage.pages import find_page, mark_visited, new_page, note_validators
from storage.settling import read_newest, settle
from storage.warc import CaptureRef

__all__ = ["Fetched", "NextVisits", "Outcome", "Readable", "save_fetched", "save_reading"]

Outcome = Literal["new", "changed", "unchanged", "copies", "other"]
"""What a capture brought: a new article, a changed one, the same again, a copy of one we have, or no article."""


SAVED = select(Capture.id).where(
    Capture.warc_file == bindparam("warc_file"), Capture.warc_offset == bindparam("warc_offset")
)

ON_THIS_SITE = select(Page.id).where(Page.article_id == Article.id, Page.source_id == bindparam("source_id")).exists()

COPIED = (
    select(Article.id)
    .join(ArticleVersion, (ArticleVersion.article_id == Article.id) & (ArticleVersion.number == Article.newest))
    .where(ArticleVersion.text_sha256 == bindparam("text_sha256"))
    .where(or_(~ON_THIS_SITE, ArticleVersion.published_on.is_not_distinct_from(bindparam("day"))))
    .order_by(Article.id)
    .limit(1)
)

FIRST_PAGE = select(Page.id).where(Page.article_id == bindparam("article_id")).order_by(Page.id).limit(1)

COUNT_CHANGE = update(ArchiveState).values(change=ArchiveState.change + 1).returning(ArchiveState.change)


def save_fetched(session: Session, *, run_id: int | None, fetched: Fetched, page_url: str | None = None) -> None:
    """Save an answer that is not read as an article: a listing, a redirect, an error, robots.txt. Saved twice, it is kept once."""
    if not _is_saved(session, fetched.ref):
        page = find_page(session, page_url) if page_url else None
        _insert_capture(session, run_id, fetched, page.id if page else None)


def save_reading(
    session: Session,
    run_id: int | None,
    source_slug: str,
    page_url: str,
    fetched: Fetched,
    reading: Readable | None,
    reader: str,
    visits: NextVisits,
    site_repeats_id: int | None = None,
) -> Outcome:
    """Save a capture and what was read of it. page_url: the page's address in the frontier. reading: None where the reader failed.
    site_repeats_id: what the reader knew of the lines that the site repeats.

    Returns what it brought; ``unchanged`` for a capture that is saved already. A page that no longer reads as an article keeps the
    article that it had.
    """
    if _is_saved(session, fetched.ref):
        return "unchanged"
    asked, settled = find_page(session, page_url), None
    if asked is None:
        source_id = session.scalars(select(Source.id).where(Source.slug == source_slug)).one()
        asked = new_page(source_id, page_url, fetched.fetched_at)
        session.add(asked)
        session.flush()
    if reading is not None and reading.kind in {"article", "page"}:
        # Where nothing is read, nothing is moved: what is down or wants a login redirects every page to one address.
        settled = settle(session, source_slug, asked, fetched, reading)
    page = settled or asked
    kind = reading.kind if reading else "unreadable"
    capture_id = _insert_capture(
        session, run_id, fetched, page.id, outcome=kind, reader=reader, site_repeats_id=site_repeats_id
    )
    outcome: Outcome = "other"
    if settled is not None and reading is not None:
        outcome = _save_article(session, settled, capture_id, reading)
    changed = outcome in {"new", "changed", "copies"}
    if page_key(page.fetch_url) == page_key(fetched.url):
        note_validators(page, fetched.fetched_at, fetched.etag, fetched.last_modified, is_changed=outcome == "changed")
    page.unchanged = 0 if changed else page.unchanged + 1
    mark_visited(page, fetched.fetched_at, visits.if_changed if changed else visits.if_unchanged)
    session.flush()
    return outcome


def _is_saved(session: Session, ref: CaptureRef) -> bool:
    """A batch whose commit was answered by a broken connection is tried again; a killed run's file may be taken up twice."""
    place = {"warc_file": ref.warc_file, "warc_offset": ref.offset}
    return session.connection().scalar(SAVED, place) is not None


def _insert_capture(session: Session, run_id: int | None, fetched: Fetched, page_id: int | None, **read: Any) -> int:
    """read: outcome, reader and site_repeats_id, of what is read."""
    return _insert(
        session,
        Capture,
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
        **read,
    )


def _save_article(session: Session, page: Page, capture_id: int, reading: Readable) -> Outcome:
    sha256 = text_sha256(reading.title, reading.text)
    if page.article_id is not None:
        newest = read_newest(session, page.article_id)
        same_text = newest.text_sha256 == sha256
        if same_text and newest.title == reading.title and newest.published_on == _day(reading):
            return "unchanged"
        if _is_own(session, page):
            number = newest.number + 1
            _change_article(session, page.article_id, kind=reading.kind, newest=number)
            _insert_version(session, page.article_id, number, capture_id, reading, sha256)
            return "changed"
        if same_text:
            return "unchanged"  # a copy on another site has a date of its own
        # A copy that says something else from now on is an article of its own.
        _change_article(session, page.article_id)
    elif (original := _find_copy(session, page, reading, sha256)) is not None:
        page.article_id = original
        _change_article(session, original)
        return "copies"
    page.article_id = _insert(session, Article, kind=reading.kind, newest=1, change=_next_change(session))
    _insert_version(session, page.article_id, 1, capture_id, reading, sha256)
    return "new"


def _insert_version(
    session: Session, article_id: int, number: int, capture_id: int, reading: Readable, sha256: str
) -> None:
    values, published = reading.to_json(), reading.published
    version_id = _insert(
        session,
        ArticleVersion,
        article_id=article_id,
        number=number,
        capture_id=capture_id,
        title=reading.title,
        byline=reading.byline,
        text=reading.text,
        markdown=reading.markdown if reading.markdown and reading.markdown != reading.text else None,
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
        why=reading.why,
        text_sha256=sha256,
    )
    if reading.countries:
        session.connection().execute(insert(Mention), _mentions(version_id, reading))


def _mentions(version_id: int, reading: Readable) -> list[dict[str, Any]]:
    return [
        {"article_version_id": version_id, "country": each.code, "position": position, "words": list(each.words)}
        for position, each in enumerate(reading.countries)
    ]


def _find_copy(session: Session, page: Page, reading: Readable, sha256: str) -> int | None:
    """An article with the very same title and text at another address. One site's notices of two days are not copies."""
    facts = {"text_sha256": sha256, "source_id": page.source_id, "day": _day(reading)}
    original: int | None = session.connection().scalar(COPIED, facts)
    return original if original is not None and is_long_enough(reading.text) else None


def _day(reading: Readable) -> date | None:
    return reading.published.day if reading.published else None


def _is_own(session: Session, page: Page) -> bool:
    """Whether the page is the article's first, whose text the article follows."""
    return session.connection().scalar(FIRST_PAGE, {"article_id": page.article_id}) == page.id


def _change_article(session: Session, article_id: int, **values: Any) -> None:
    values["change"] = _next_change(session)
    session.connection().execute(update(Article).where(Article.id == article_id), values)


def _next_change(session: Session) -> int:
    """The next number of the archive's changes. Writers take turns, so numbers become visible in order."""
    return session.connection().scalars(COUNT_CHANGE).one()


def _insert(session: Session, table: type[Base], **values: Any) -> int:
    """Insert a row; returns its number."""
    row = session.connection().execute(insert(table), values).inserted_primary_key
    assert row is not None
    number: int = row[0]
    return number
