"""What is to be asked: candidates that were found and not yet fetched, and known pages whose next visit is due.

The frontier is the `page` table. A listing's candidates, the listing page to ask next and the listing's validators are saved in one
transaction, so that a crawl killed at any moment goes on where it stood.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from storage import schedule
from storage.candidate import Candidate, Listed
from storage.identity import host_key, is_address, page_key
from storage.models import Page, Run, RunSource
from storage.pages import add_addresses, find_page, known_keys, mark_visited, new_page, note_validators, pages_by_key
from storage.pagination import follow, is_newer, next_page
from storage.schedule import Cadence

__all__ = [
    "Due",
    "Listed",
    "Role",
    "due",
    "end_of_list",
    "expected",
    "fail",
    "follow_back_to",
    "not_modified",
    "nothing_new",
    "offer",
    "open_entries",
]

logger = logging.getLogger(__name__)

Role = Literal["article", "entry", "listing"]

GIVE_UP_AFTER = 3
"""Visits that fail in a row before a page that was never read is left alone until its next visit."""


BELIEVED_CHANGES = 0.2
"""Where a list says of more than this share of what we know that it changed, it says so of everything: a sitemap made anew each hour."""


@dataclass(frozen=True, slots=True)
class Due:
    """A request that should be made. url: what to ask. page_url: the page's own address. etag, last_modified: None where they are not
    to be trusted. unchanged: visits since its last change. failures: visits that failed since its last answer. since: the day back to
    which the list that it is of is being followed, None where no such day is named. is_known: it answered before.
    """

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
    failures: int
    is_known: bool
    since: date | None = None


FACTS = (
    Page.id, Page.fetch_url, Page.url, Page.role, Page.entry_url, Page.depth, Page.etag, Page.last_modified, Page.anchor,
    Page.listed_date, Page.unchanged, Page.failures, Page.full_at, Page.misled, Page.swept_at, Page.since, Page.last_visit_at,
)  # fmt: skip
"""The columns that a `Due` is made of."""


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


def due(
    session: Session, source_id: int, now: datetime, *, every_entry: bool = True, revisits: float = 0.0
) -> list[Due]:
    """What should be asked of a source now: entry points, what was found and not yet fetched, visits that are due.

    every_entry: also those entry points whose time has not come. revisits: known articles that may be seen again for each new one.
    """
    facts = select(*FACTS).where(Page.source_id == source_id).order_by(Page.id)
    in_time = or_(Page.next_visit_at.is_(None), Page.next_visit_at <= now, Page.since.is_not(None))
    entries = session.execute(facts.where(Page.role == "entry", *([] if every_entry else [in_time]))).all()
    waiting = session.execute(facts.where(Page.state == "found", Page.role != "entry")).all()
    failed = session.execute(facts.where(Page.state == "failed", Page.next_visit_at <= now)).all()
    again = _revisits(session, source_id, now, revisits)
    since = dict(session.execute(select(Page.entry_url, Page.since).where(Page.since.is_not(None))).all())
    return [_due(row, now, since.get(row.entry_url)) for row in (*entries, *waiting, *failed, *again)]


def _revisits(session: Session, source_id: int, now: datetime, share: float) -> list[Any]:
    """Known articles whose visit is due, as many as may be seen: half of them those that are due since yesterday, as news are edited
    while they are young, and half those that have waited longest.
    """
    known = select(*FACTS).where(Page.source_id == source_id, Page.state == "fetched", Page.role == "article")
    overdue = known.where(Page.next_visit_at <= now)
    count = _allowed_revisits(session, source_id, now, share)
    if not count:
        return []
    young = session.execute(overdue.order_by(Page.next_visit_at.desc(), Page.id).limit(-(-count // 2))).all()
    rest = overdue.where(Page.id.not_in([row.id for row in young]))
    return [*young, *session.execute(rest.order_by(Page.next_visit_at, Page.id).limit(count - len(young))).all()]


def _allowed_revisits(session: Session, source_id: int, now: datetime, share: float) -> int:
    row: Any = session.execute(
        select(func.min(Run.started_at), func.sum(RunSource.new), func.sum(RunSource.changed + RunSource.unchanged))
        .join(RunSource, RunSource.run_id == Run.id)
        .where(RunSource.source_id == source_id, Run.started_at > now - schedule.WINDOW)
    ).one()
    began, new, seen_again = row
    weighed = now - began if began is not None else schedule.WINDOW
    return schedule.allowed_revisits(share, int(new or 0), int(seen_again or 0), weighed)


def follow_back_to(session: Session, source_id: int, since: date) -> None:
    """Follow the lists of the source back to a day, whatever of them is known: in this run, and in the next where it is stopped."""
    session.execute(update(Page).where(Page.source_id == source_id, Page.role == "entry").values(since=since))


def offer(session: Session, listed: Listed) -> list[Due]:
    """Save what a listing showed. Returns what should be asked: candidates that are new or said to have changed, and the next listing page.

    The next page is followed while pages bring new candidates, and from time to time to the end.
    """
    page = find_page(session, listed.page_url)
    assert page is not None, "a listing that was asked is in the frontier"
    entry = page if page.role == "entry" else find_page(session, page.entry_url or listed.page_url)
    assert entry is not None, "a listing page has an entry"
    if page is entry and schedule.is_sweep_due(entry.swept_at, listed.fetched_at, entry.id or 0):
        entry.swept_at = None
    candidates = _by_key(listed)
    known = known_keys(session, candidates)
    if listed.moved_from is not None:
        known |= _known_at_old_host(session, listed, {key: candidates[key] for key in candidates.keys() - known})
    new = [_add(session, page, each, listed) for key, each in candidates.items() if key not in known]
    _note_answer(page, entry, listed, len(new))
    again = _changed(session, page, {key: each for key, each in candidates.items() if key in known})
    further = follow(session, page, entry, listed)
    following = next_page(session, page, entry, listed, new=len(new) + len(further))
    asked = [*new, *again, *further, *([following] if following is not None else [])]
    session.flush()
    return [_due(each, listed.fetched_at, entry.since) for each in asked]


def _known_at_old_host(session: Session, listed: Listed, candidates: dict[str, Candidate]) -> set[str]:
    """Of these candidates those that we know at the host from which the list has moved: they are the same pages."""
    assert listed.moved_from is not None
    old_host = host_key(listed.moved_from)
    old_keys = {key: old_host + key.removeprefix(host_key(each.url)) for key, each in candidates.items()}
    pages = pages_by_key(session, old_keys.values())
    moved = {key: pages[old] for key, old in old_keys.items() if old in pages}
    for key, page in moved.items():
        add_addresses(session, page, [candidates[key].url])
    return set(moved)


def _note_answer(page: Page, entry: Page, listed: Listed, new: int) -> None:
    """An entry point or a page of its list answered in full."""
    now = listed.fetched_at
    if page is entry:
        _schedule(entry, now, now - page.last_visit_at if page.last_visit_at else None, new, listed.cadence)
    elif new and entry.swept_at is not None:  # it brings more than a page, or is an index of sitemaps
        _schedule(entry, now, timedelta(0), new, listed.cadence)
    if page.depth == 1 and listed.fresh:
        entry.page_size = listed.fresh
    mark_visited(page, now, entry.next_visit_at if page is entry else None)
    note_validators(page, now, listed.etag, listed.last_modified, is_changed=page is entry and new > 0)


def _schedule(entry: Page, now: datetime, elapsed: timedelta | None, new: int, cadence: Cadence) -> None:
    before = timedelta(hours=entry.gap_hours) if entry.gap_hours is not None else None
    gap = schedule.next_gap(before, elapsed, new, cadence)
    entry.gap_hours = gap / timedelta(hours=1)
    entry.next_visit_at = now + schedule.ask_after(gap, cadence)


def end_of_list(session: Session, *, page_url: str, now: datetime) -> None:
    """There is no such page of a list (404): the one before was the last."""
    page = find_page(session, page_url)
    entry = find_page(session, page.entry_url) if page is not None and page.entry_url else None
    if page is not None and entry is not None:
        page.state, page.next_visit_at, entry.swept_at, entry.since = "gone", None, now, None


def expected(session: Session, page_url: str) -> Due | None:
    """What the frontier knows of a page, None where nobody found it."""
    page = find_page(session, page_url)
    return _due(page, page.found_at) if page is not None else None


def not_modified(session: Session, *, page_url: str, now: datetime, next_visit_at: datetime | None) -> None:
    """The server said 304: the page is as it was."""
    page = find_page(session, page_url)
    if page is not None:
        mark_visited(page, now, next_visit_at)
        page.unchanged += 1


def nothing_new(session: Session, *, page_url: str, now: datetime, cadence: Cadence) -> None:
    """The server said 304 of an entry point."""
    page = find_page(session, page_url)
    if page is not None:
        _schedule(page, now, now - page.last_visit_at if page.last_visit_at else None, 0, cadence)
        mark_visited(page, now, page.next_visit_at)


def fail(
    session: Session, *, page_url: str, failure: str, retry_at: datetime, gone: bool = False, gives_up: bool = False
) -> None:
    """A request failed, for a reason named by its class. gone: the server says that there is no such page (404, 410).
    gives_up: it is not tried again in the next runs, but at `retry_at`.
    """
    page = find_page(session, page_url)
    if page is None:
        return
    page.failures, page.failure = page.failures + 1, failure
    if page.role == "entry":
        page.next_visit_at = retry_at
    elif gone:
        page.state, page.next_visit_at = "gone", None
    elif page.state != "found":
        page.next_visit_at = retry_at
    elif gives_up or page.failures >= GIVE_UP_AFTER:
        page.state, page.next_visit_at = "failed", retry_at


def _by_key(listed: Listed) -> dict[str, Candidate]:
    """The candidates for articles that can be asked, each page once."""
    keyed: dict[str, Candidate] = {}
    for candidate in listed.candidates:
        if not is_address(candidate.url) or not is_address(candidate.fetch_url or candidate.url):
            logger.warning(
                "%s lists what is no address to ask, and is left out: %.200r", listed.page_url, candidate.url
            )
        elif not candidate.follow:
            keyed.setdefault(page_key(candidate.url), candidate)
    return keyed


def _changed(session: Session, listing: Page, known: dict[str, Candidate]) -> list[Page]:
    """Known articles of which the list says that they changed since they were seen: by a later date, or under another title.

    A list that says so of many says so of all.
    """
    told = {key: each for key, each in known.items() if each.modified or each.anchor}
    changed, seen = [], 0
    for key, page in pages_by_key(session, told).items():
        if page.role != "article" or page.state != "fetched" or page.entry_url != listing.entry_url:
            continue
        seen += 1
        each = told[key]
        if is_newer(each.modified, page.last_visit_at) or (each.anchor and page.anchor and each.anchor != page.anchor):
            page.anchor = each.anchor or page.anchor
            changed.append(page)
    return changed if len(changed) <= max(1, BELIEVED_CHANGES * seen) else []


def _add(session: Session, listing: Page, candidate: Candidate, listed: Listed) -> Page:
    page = new_page(listed.source_id, candidate.url, listed.fetched_at, found_on=listed.page_url)
    page.fetch_url, page.entry_url = candidate.fetch_url or page.url, listing.entry_url
    page.anchor, page.listed_date = candidate.anchor, candidate.listed_date
    session.add(page)
    return page


def _due(page: Any, now: datetime, since: date | None = None) -> Due:
    """page: a `Page`, or a row of its FACTS."""
    is_trusted = schedule.is_trusted(page.full_at, now) and not page.misled
    if page.role == "entry":
        is_trusted = is_trusted and since is None and not schedule.is_sweep_due(page.swept_at, now, page.id)
    return Due(
        url=page.fetch_url,
        page_url=page.url,
        role=page.role,
        entry_url=page.entry_url,
        depth=page.depth,
        etag=page.etag if is_trusted else None,
        last_modified=page.last_modified if is_trusted else None,
        anchor=page.anchor,
        listed_date=page.listed_date,
        unchanged=page.unchanged,
        failures=page.failures,
        is_known=page.last_visit_at is not None,
        since=since,
    )
