"""Where a captured page turns out to live: at the end of a redirect, or at the address that it claims as its canonical one.

A redirect is the server's word and is believed, but for a page that had an article and leads to another text now. A claim is the
page's own word, and templates repeat one claim on all their pages: it is believed where the page at that address says the same, or
where nobody was ever there and no other page claims it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from storage.fetched import Fetched, Readable
from storage.identity import are_alike, believe_canonical, clean_url, host_key, is_address, page_key, text_sha256
from storage.models import Address, Article, ArticleVersion, Capture, Page, Source
from storage.pages import add_addresses, find_page, new_page, take_address, unite


class Newest(NamedTuple):
    """What an article says now: of its newest version, the columns that others are compared with."""

    number: int
    title: str | None
    text: str
    published_on: date | None
    text_sha256: str


NEWEST = (
    select(*(getattr(ArticleVersion, name) for name in Newest._fields))
    .join(Article, (Article.id == ArticleVersion.article_id) & (Article.newest == ArticleVersion.number))
    .where(Article.id == bindparam("article_id"))
)

TWINS = (
    select(Page.id)
    .where(Page.claim == bindparam("key"), Page.id != bindparam("page_id"), Page.article_id.is_not(None))
    .order_by(Page.id)
)

HOSTS = select(Source.hosts).where(Source.slug == bindparam("slug"))


def settle(session: Session, source_slug: str, asked: Page, fetched: Fetched, reading: Readable) -> Page | None:
    """The page that the article is of, with all its addresses; None where the answer is a list's, which is of no article."""
    final = fetched.addresses[-1] if fetched.addresses else asked.url
    trail = [asked.url, *fetched.addresses]
    page: Page | None = asked
    if page_key(final) != asked.key and is_address(final):
        page = _follow_redirect(session, asked, clean_url(final), fetched.fetched_at, reading)
    if page is None:
        return None
    if page is not asked and asked in session:  # not united: it keeps its addresses
        trail = [final]
    page = _follow_claim(session, source_slug, page, final, reading)
    if page.article_id is None:
        _take_in_twins(session, page, reading)
    if page.last_visit_at is None or set(trail) != {page.url}:
        add_addresses(session, page, trail)
    return page


def read_newest(session: Session, article_id: int) -> Newest:
    """What an article says now."""
    return Newest._make(session.connection().execute(NEWEST, {"article_id": article_id}).one())


def _follow_redirect(session: Session, asked: Page, url: str, fetched_at: datetime, reading: Readable) -> Page | None:
    there = find_page(session, url)
    if there is asked:
        return asked
    if there is not None and there.role != "article":
        return None
    moved = asked.article_id is None or _says_the_same(session, asked.article_id, reading)
    if there is None and moved:
        take_address(asked, url)
        return asked
    if there is None:
        there = new_page(asked.source_id, url, fetched_at, found_on=asked.url)
        session.add(there)
    elif asked.article_id is None or (moved and there.article_id in {None, asked.article_id}):
        there.article_id = there.article_id or asked.article_id
        unite(session, asked, there)
        return there
    asked.state, asked.next_visit_at, asked.failure = "gone", None, "moved"
    session.flush()
    return there


def _follow_claim(session: Session, source_slug: str, page: Page, final: str, reading: Readable) -> Page:
    claim = _claim_elsewhere(session, source_slug, page, final, reading)
    page.claim = page_key(claim) if claim is not None else None
    if claim is None or (there := find_page(session, claim)) is page:
        return page
    if there is None:
        if session.scalar(select(Page.id).where(Page.claim == page.claim, Page.id != page.id).limit(1)) is None:
            take_address(page, claim)
    elif there.role == "article" and there.article_id is not None:
        if _says_the_same(session, there.article_id, reading):
            if page.article_id in {None, there.article_id}:
                unite(session, page, there)
                return there
        elif there.claim == there.key:
            _give_back(session, there)
    return page


def _claim_elsewhere(session: Session, source_slug: str, page: Page, final: str, reading: Readable) -> str | None:
    """The address that the page claims and may be believed, where it is not the page's own."""
    claim = reading.canonical_url
    if claim is None or page_key(claim) == page.key:
        return None
    hosts = session.scalars(HOSTS, {"slug": source_slug}).one()
    own = {host_key(f"http://{name}") for name in hosts}
    return believe_canonical(claim, final, lambda url: host_key(url) in own)


def _give_back(session: Session, page: Page) -> None:
    """The page got its address by a claim that another text makes, too: it goes back to the address where it was seen."""
    seen_at = session.scalar(
        select(Capture.url)
        .where(Capture.page_id == page.id, Capture.outcome.is_not(None))
        .order_by(Capture.id.desc())
        .limit(1)
    )
    if seen_at is not None and page_key(seen_at) != page.claim:
        session.execute(delete(Address).where(Address.page_id == page.id, Address.key == page.claim))
        take_address(page, seen_at)
        session.flush()


def _take_in_twins(session: Session, page: Page, reading: Readable) -> None:
    """Pages that were read before this one, claim its address, and say the same, are this one."""
    for number in session.connection().scalars(TWINS, {"key": page.key, "page_id": page.id}).all():
        twin = session.get_one(Page, number)
        assert twin.article_id is not None
        if page.article_id in {None, twin.article_id} and _says_the_same(session, twin.article_id, reading):
            page.article_id = twin.article_id
            unite(session, twin, page)


def _says_the_same(session: Session, article_id: int, reading: Readable) -> bool:
    """Whether a reading is of an article: equal, or a revision under the same title and date.

    Meetings that come round again share title and template, and differ in their day.
    """
    newest = read_newest(session, article_id)
    if newest.text_sha256 == text_sha256(reading.title, reading.text):
        return True
    day = reading.published.day if reading.published else None
    if newest.published_on and day and newest.published_on != day:
        return False
    return bool(reading.title) and newest.title == reading.title and are_alike(newest.text, reading.text)
