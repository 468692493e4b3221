from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage import frontier, runs
from storage.candidate import Candidate, Listed
from storage.models import Page
from storage.pagination import DEEPEST_INDEX, is_newer, is_older
from storage.runs import SourceTally
from storage.schedule import DAILY
from tests.storage.saving import ENTRY, NOON, SITE, Saving, reading_of, words

A, B, C = f"{SITE}/news/a", f"{SITE}/news/b", f"{SITE}/news/c"
MAP = f"{SITE}/sitemap.xml"


def listing(number: int) -> str:
    return f"{ENTRY}?start={number}"


def page_row(saving: Saving, url: str) -> Page:
    with saving.database.read() as session:
        page = frontier.find_page(session, url)
        assert page is not None
        return page


def swept(saving: Saving) -> bool:
    return page_row(saving, ENTRY).swept_at is not None


def fail(saving: Saving, url: str, *, gone: bool = False, days: float = 0) -> None:
    retry_at = NOON + timedelta(days=days + 1)
    saving.write(lambda session: frontier.fail(session, page_url=url, failure="timeout", retry_at=retry_at, gone=gone))


# Entry points


def test_an_entry_point_is_always_due(saving: Saving) -> None:
    saving.open()
    assert saving.due() == [ENTRY]
    saving.offer(A)
    assert ENTRY in saving.due(days=0.01)


def test_to_open_it_again_changes_nothing(saving: Saving) -> None:
    saving.open()
    saving.offer(A)
    saving.open()
    assert saving.due() == [ENTRY, A]


def test_an_entry_point_is_asked_as_the_catalogue_writes_it(saving: Saving) -> None:
    url = f"{SITE}/news/?utm_source=x&b=1"
    saving.open(url)
    assert saving.due() == [url]
    assert saving.offer(A, page=url) == [A]


def test_an_entry_point_that_left_the_catalogue(saving: Saving) -> None:
    saving.open(ENTRY, f"{SITE}/old")
    saving.offer(A, page=f"{SITE}/old", next_url=f"{SITE}/old?start=10")
    assert f"{SITE}/old?start=10" in saving.due()
    saving.open(ENTRY)
    assert saving.due() == [ENTRY, A], "what it found is still to be asked"
    saving.open(ENTRY, f"{SITE}/old")
    assert saving.due() == [ENTRY, f"{SITE}/old", A]


def test_another_source_s_entry_points_stay(saving: Saving) -> None:
    saving.open()
    saving.open("http://ministry.example/news", source="ministry")
    saving.open()
    assert saving.due(source="ministry") == ["http://ministry.example/news"]


def test_a_page_that_becomes_an_entry_point(saving: Saving) -> None:
    saving.open()
    saving.offer(A)
    saving.open(A)
    assert saving.due() == [A]


def test_an_address_of_an_article_that_becomes_an_entry_point(saving: Saving) -> None:
    """The article keeps its page."""
    saving.save(ENTRY, A, reading=reading_of(words("a")))
    saving.open()
    assert saving.due() == [ENTRY]
    assert saving.page(A).versions == (words("a"),)
    assert page_row(saving, A).role == "article"


# Candidates


def test_only_what_is_new_is_asked(saving: Saving) -> None:
    saving.open()
    assert saving.offer(A, B) == [A, B]
    assert saving.offer(B, C, days=1) == [C]


def test_one_page_in_many_forms_is_one_candidate(saving: Saving) -> None:
    saving.open()
    assert saving.offer(A, f"{A}/?utm_source=x", "https://www.uni.example/news/a#top") == [A]


def test_an_address_of_a_known_page_is_not_new(saving: Saving) -> None:
    saving.open()
    saving.save(f"{SITE}/?p=5", A, reading=reading_of(words("a")))
    assert saving.offer(A, f"{SITE}/?p=5") == []


def test_a_page_of_another_source_is_not_new(saving: Saving) -> None:
    saving.open()
    saving.save(A, source="ministry", reading=reading_of(words("a")))
    assert saving.offer(A) == []


def test_what_a_listing_says_of_a_candidate(saving: Saving) -> None:
    saving.open()
    saving.offer(Candidate(A, "A visit", "5 May 2026"), Candidate(B, fetch_url="http://api.example/5"))
    with saving.database.read() as session:
        first, second = (frontier.expected(session, url) for url in (A, B))
    assert first is not None
    assert second is not None
    assert (first.url, first.anchor, first.listed_date, first.entry_url) == (A, "A visit", "5 May 2026", ENTRY)
    assert (second.url, second.page_url, second.role) == ("http://api.example/5", B, "article")
    assert page_row(saving, A).found_on == ENTRY


@pytest.mark.parametrize(
    "candidate",
    [
        "http://uni.example:99999/a",
        "http://[::1/a",
        "mailto:office@uni.example",
        f"{SITE}/{'x' * 3000}",
        f"{SITE}/\ud800",
        Candidate(B, fetch_url="http://api.example:port/5"),
        Candidate("http://[", follow=True),
    ],
)
def test_what_is_no_address_is_left_out(
    saving: Saving, candidate: str | Candidate, caplog: pytest.LogCaptureFixture
) -> None:
    saving.open()
    with caplog.at_level(logging.WARNING):
        assert saving.offer(candidate, A) == [A]
    assert "is no address to ask, and is left out" in caplog.text


def test_words_that_no_database_holds(saving: Saving) -> None:
    saving.open()
    saving.offer(Candidate(A, "A\0 visit \ud83d", "5\0 May"))
    page = page_row(saving, A)
    assert (page.anchor, page.listed_date) == ("A visit \ufffd", "5 May")


def test_a_page_nobody_found(saving: Saving) -> None:
    with saving.database.read() as session:
        assert frontier.expected(session, A) is None
        assert frontier.expected(session, "http://[") is None


# Visits


def test_a_page_is_due_when_its_next_visit_is(saving: Saving) -> None:
    saving.save(A, reading=reading_of(words("a")))
    assert saving.due(days=0.5) == []
    assert saving.due(days=1.1) == [A]


def test_a_page_that_was_not_modified(saving: Saving) -> None:
    saving.save(A, reading=reading_of(words("a")))
    now = NOON + timedelta(days=2)
    saving.write(
        lambda session: frontier.not_modified(session, page_url=A, now=now, next_visit_at=now + timedelta(days=3))
    )
    page = page_row(saving, A)
    assert (page.unchanged, page.last_visit_at) == (1, now)
    assert saving.due(days=4) == []
    assert saving.due(days=5) == [A]


def test_what_is_unknown_cannot_fail(saving: Saving) -> None:
    fail(saving, A)
    saving.write(lambda session: frontier.not_modified(session, page_url=A, now=NOON, next_visit_at=None))
    saving.write(lambda session: frontier.end_of_list(session, page_url=A, now=NOON))
    assert saving.pages() == []


def test_a_page_that_fails_again_and_again(saving: Saving) -> None:
    saving.open()
    saving.offer(A)
    for _ in range(frontier.GIVE_UP_AFTER):
        assert saving.due() == [ENTRY, A]
        fail(saving, A)
    assert saving.due() == [ENTRY]
    assert saving.due(days=1.1) == [ENTRY, A], "one day later it is tried again"
    fail(saving, A, days=1.1)
    assert saving.due(days=1.2) == [ENTRY]
    saving.save(A, reading=reading_of(words("a")), days=2)
    page = page_row(saving, A)
    assert (page.state, page.failures, page.failure) == ("fetched", 0, None)


def test_an_article_that_fails_is_tried_at_its_next_visit(saving: Saving) -> None:
    saving.save(A, reading=reading_of(words("a")))
    fail(saving, A, days=2)
    assert saving.due(days=2.5) == []
    assert saving.due(days=3.1) == [A]
    assert page_row(saving, A).failure == "timeout"


def test_an_article_that_is_gone_is_not_asked_again(saving: Saving) -> None:
    saving.open()
    saving.save(A, reading=reading_of(words("a")))
    fail(saving, A, gone=True)
    assert saving.due(days=99) == [ENTRY]
    assert saving.page(A).versions == (words("a"),)
    assert saving.offer(A) == []


def test_an_entry_point_is_asked_whatever_happens(saving: Saving) -> None:
    saving.open()
    for gone in (True, False, False, False):
        fail(saving, ENTRY, gone=gone)
    assert saving.due() == [ENTRY]


# Pagination


def test_a_list_is_followed_to_its_end_the_first_time(saving: Saving) -> None:
    """Even over pages that show nothing new: a killed run may have seen them."""
    saving.open()
    assert saving.offer(A, next_url=listing(10)) == [A, listing(10)]
    assert saving.offer(A, page=listing(10), next_url=listing(20)) == [listing(20)]
    assert not swept(saving)
    assert saving.offer(B, page=listing(20)) == [B]
    assert swept(saving)


def test_later_it_is_followed_while_something_is_new(saving: Saving) -> None:
    test_a_list_is_followed_to_its_end_the_first_time(saving)
    assert saving.offer(C, next_url=listing(10), days=1) == [C, listing(10)]
    assert saving.offer(A, page=listing(10), next_url=listing(20), days=1) == []
    assert saving.offer(A, next_url=listing(10), days=2) == []


def test_a_list_that_ends_in_404(saving: Saving) -> None:
    saving.open()
    saving.offer(A, next_url=listing(10))
    saving.write(lambda session: frontier.end_of_list(session, page_url=listing(10), now=NOON))
    assert swept(saving)
    assert saving.due() == [ENTRY, A]
    assert saving.offer(B, next_url=listing(10), days=1) == [B, listing(10)], "it may be there by now"


@pytest.mark.parametrize("back_to", [ENTRY, listing(10), listing(20)])
def test_a_list_that_runs_in_a_circle(saving: Saving, back_to: str) -> None:
    saving.open()
    saving.offer(A, next_url=listing(10))
    saving.offer(B, page=listing(10), next_url=listing(20))
    assert saving.offer(C, page=listing(20), next_url=back_to) == [C]
    assert swept(saving)
    assert saving.due() == [ENTRY, A, B, C]


def test_a_list_is_followed_as_deep_as_is_wanted(saving: Saving) -> None:
    saving.open()
    assert saving.offer(A, next_url=listing(10), deepest=2) == [A, listing(10)]
    assert saving.offer(B, page=listing(10), next_url=listing(20), deepest=2) == [B]
    assert swept(saving)


def test_a_next_page_that_is_no_address(saving: Saving) -> None:
    saving.open()
    assert saving.offer(A, next_url="http://uni.example:port/") == [A]
    assert swept(saving)


def test_a_killed_run_s_list_goes_on_where_it_stood(saving: Saving) -> None:
    saving.open()
    saving.offer(A, next_url=listing(10))
    saving.offer(B, page=listing(10), next_url=listing(20))
    # Killed. The next run asks what waits, and the entry point; both lead to the rest, which is asked once.
    assert saving.due(days=1) == [ENTRY, A, B, listing(20)]
    assert saving.offer(A, next_url=listing(10), days=1) == [listing(10)]
    assert saving.offer(C, page=listing(20), next_url=listing(30), days=1) == [C, listing(30)]
    assert saving.offer(B, page=listing(10), next_url=listing(20), days=1) == [], "it was asked in this run"
    assert not swept(saving)
    assert saving.offer(page=listing(30), days=1) == []
    assert swept(saving)


def test_a_page_of_a_list_that_waits_is_not_asked_twice(saving: Saving) -> None:
    saving.open()
    saving.offer(A, next_url=listing(10))
    assert saving.offer(A, B, next_url=listing(10), days=1) == [B]
    assert not swept(saving)


def test_further_pages_are_asked_in_full(saving: Saving) -> None:
    saving.open()
    saving.offer(A, next_url=listing(10))
    saving.write(
        lambda session: session.execute(update(Page).where(Page.url == listing(10)).values(etag='"1"', state="fetched"))
    )
    saving.offer(B, next_url=listing(10), days=1)
    assert page_row(saving, listing(10)).etag is None


# Sitemaps


def part(number: int, lastmod: str | None = None) -> Candidate:
    return Candidate(f"{SITE}/part-{number}.xml", listed_date=lastmod, follow=True)


def test_an_index_of_sitemaps(saving: Saving) -> None:
    saving.open(MAP)
    assert saving.offer(part(1), part(2), part(1), page=MAP) == [f"{SITE}/part-1.xml", f"{SITE}/part-2.xml"]
    assert saving.offer(A, page=f"{SITE}/part-1.xml") == [A]
    assert page_row(saving, A).entry_url == MAP


def test_only_sitemaps_that_may_have_changed_are_asked_again(saving: Saving) -> None:
    saving.open(MAP)
    saving.offer(part(1), part(2), part(3), page=MAP)
    for number in (1, 2, 3):
        saving.offer(page=f"{SITE}/part-{number}.xml")
    seen = NOON.date()
    again = [part(1, (seen - timedelta(days=2)).isoformat()), part(2, (seen + timedelta(days=3)).isoformat()), part(3)]
    assert saving.offer(*again, page=MAP, days=4) == [f"{SITE}/part-2.xml", f"{SITE}/part-3.xml"]


def test_an_index_that_points_at_itself(saving: Saving) -> None:
    saving.open(MAP)
    own = Candidate(f"{SITE}/part-1.xml", follow=True)
    assert saving.offer(Candidate(MAP, follow=True), own, page=MAP) == [own.url]
    assert saving.offer(Candidate(MAP, follow=True), own, page=own.url) == []


def test_indexes_within_indexes_end(saving: Saving) -> None:
    saving.open(MAP)
    page, depth = MAP, 0
    while urls := saving.offer(part(depth + 1), page=page):
        page, depth = urls[0], depth + 1
    assert depth == DEEPEST_INDEX


def test_a_sitemap_in_two_indexes_is_asked_once(saving: Saving) -> None:
    saving.open(MAP)
    saving.offer(part(1), part(2), page=MAP)
    assert saving.offer(part(2), page=f"{SITE}/part-1.xml") == [], "it waits already"
    saving.offer(A, page=f"{SITE}/part-2.xml")
    assert saving.offer(part(2), page=f"{SITE}/part-1.xml") == [], "it was seen in this sweep"


@pytest.mark.parametrize(
    ("lastmod", "older"),
    [
        ("2026-10-30", True),
        ("2026-10-31", False),  # a day ends last in UTC-12, at noon
        ("2026-11-01", False),
        ("2026-11-01T11:59:59Z", True),
        ("2026-11-01T12:00:01Z", False),
        ("2026-10-31T23:30:00-05:00", True),
        ("2026-11-01T16:00:00+05:00", True),
        ("2026-11-01T08:00:00-05:00", False),
        ("2026-10-31T23:00:00", True),
        ("2026-11-01T06:00:00", False),  # of which zone?
        (" 2026-10-30 ", True),
        ("2026-10", False),
        ("yesterday", False),
        ("", False),
        (None, False),
    ],
)
def test_is_older(lastmod: str | None, older: bool) -> None:
    assert is_older(lastmod, datetime(2026, 11, 1, 12, tzinfo=UTC)) is older


@pytest.mark.parametrize(
    ("lastmod", "newer"),
    [
        ("2026-11-02", False),  # which began before noon in UTC+14
        ("2026-11-03", True),
        ("2026-11-01T12:00:01Z", True),
        ("2026-11-01T11:59:59Z", False),
        ("yesterday", False),
        (None, False),
    ],
)
def test_is_newer(lastmod: str | None, newer: bool) -> None:
    assert is_newer(lastmod, datetime(2026, 11, 1, 12, tzinfo=UTC)) is newer


def test_nothing_is_older_than_what_was_never_seen() -> None:
    assert not is_older("1990-01-01", None)


def test_states_are_what_the_tables_say(saving: Saving) -> None:
    saving.open()
    saving.offer(A, B, C)
    saving.save(A, reading=reading_of(words("a")))
    fail(saving, B, gone=True)
    with saving.database.read() as session:
        states = dict(session.execute(select(Page.url, Page.state)).all())  # type: ignore[arg-type]
    assert states == {ENTRY: "fetched", A: "fetched", B: "gone", C: "found"}


# Schedule


def only_due(saving: Saving, days: float) -> list[str]:
    return saving.due(days=days, every_entry=False)


def test_an_entry_point_is_due_as_often_as_it_brings_something(saving: Saving) -> None:
    saving.open()
    assert only_due(saving, 0) == [ENTRY]
    saving.offer(days=0)
    assert only_due(saving, 0.5) == []
    assert only_due(saving, 0.95) == [ENTRY], "a nightly crawl is some minutes early"
    for days in (1, 2.2, 4):
        saving.offer(days=days)
    assert only_due(saving, 5.5) == []
    assert saving.due(days=5.5) == [ENTRY], "who asks for the source gets it"
    assert ENTRY in only_due(saving, 11)


def test_an_entry_point_with_news_is_due_daily(saving: Saving) -> None:
    saving.open()
    for day in range(5):
        saving.offer(*(f"{SITE}/news/{day}-{number}" for number in range(4)), days=day)
    assert ENTRY in only_due(saving, 4.95)


def test_an_entry_point_that_was_not_modified(saving: Saving) -> None:
    saving.open()
    saving.offer(A)
    for day in (1, 2):
        now = NOON + timedelta(days=day)
        saving.write(
            lambda session, now=now: frontier.nothing_new(session, page_url=ENTRY, now=now, cadence=DAILY)  # type: ignore[misc]
        )
    page = page_row(saving, ENTRY)
    assert page.gap_hours is not None
    assert page.gap_hours > 24
    assert page.full_at is not None
    assert page.full_at < NOON + timedelta(days=1)


def test_an_index_of_sitemaps_is_asked_as_often_as_its_parts_bring_something(saving: Saving) -> None:
    saving.open(MAP)
    for day in range(1, 6):
        saving.offer(part(1), page=MAP, days=day)
        saving.offer(f"{SITE}/news/{day}-1", f"{SITE}/news/{day}-2", page=f"{SITE}/part-1.xml", days=day)
    assert MAP in only_due(saving, 6)


def test_an_entry_point_that_fails_is_due_later(saving: Saving) -> None:
    saving.open()
    saving.offer(A)
    fail(saving, ENTRY, days=1)
    assert ENTRY not in only_due(saving, 1.5)
    assert ENTRY in only_due(saving, 2.1)


def conditions(saving: Saving, url: str, days: float) -> str | None:
    return next(due.etag for due in saving.requests(days) if due.url == url)


def test_a_304_is_not_trusted_for_ever(saving: Saving) -> None:
    saving.open()
    saving.offer(A, etag='"1"')
    assert conditions(saving, ENTRY, 1) == '"1"'
    assert conditions(saving, ENTRY, 14.1) is None


def test_an_entry_point_is_asked_in_full_when_its_list_is_swept(saving: Saving) -> None:
    saving.open()
    saving.offer(A, next_url=listing(10))
    saving.offer(B, page=listing(10))
    for day in range(7, 36, 7):
        saving.offer(A, next_url=listing(10), etag='"1"', days=day)
    assert conditions(saving, ENTRY, 36) is None


def test_validators_that_stay_the_same_while_news_come(saving: Saving) -> None:
    saving.open()
    saving.offer(A, etag='"1"')
    saving.offer(A, etag='"1"', days=1)
    assert conditions(saving, ENTRY, 2) == '"1"'
    saving.offer(A, B, etag='"1"', days=2)
    assert page_row(saving, ENTRY).misled
    assert conditions(saving, ENTRY, 3) is None


def test_a_full_page_of_new_links_leads_on(saving: Saving) -> None:
    """Fewer than half a page are new: the page shows where the known begins."""
    saving.open()
    saving.offer(*(f"{SITE}/news/{number}" for number in range(10)), next_url=listing(10))
    saving.offer(*(f"{SITE}/news/{number}" for number in range(10, 20)), page=listing(10), fresh=10)
    assert swept(saving)
    few = [f"{SITE}/news/{number}" for number in range(20, 24)]
    assert saving.offer(*few, next_url=listing(10), days=1) == few
    many = [f"{SITE}/news/{number}" for number in range(30, 35)]
    assert saving.offer(*many, next_url=listing(10), days=2) == [*many, listing(10)]


def test_a_list_is_swept_again_from_time_to_time(saving: Saving) -> None:
    saving.open()
    saving.offer(A, next_url=listing(10))
    saving.offer(B, page=listing(10))
    assert saving.offer(A, next_url=listing(10), days=20) == []
    assert saving.offer(A, next_url=listing(10), days=36) == [listing(10)]
    assert saving.offer(B, C, page=listing(10), days=36) == [C], "a late, backdated post"


# What a list says of known articles


def test_a_later_date_in_a_sitemap_leads_to_an_article_again(saving: Saving) -> None:
    saving.open(MAP)
    saving.offer(A, B, page=MAP)
    for url in (A, B):
        saving.save(url, reading=reading_of(words(url)))
    dated = [Candidate(A, modified="2026-11-05"), Candidate(B, modified="2026-10-05")]
    assert saving.offer(*dated, page=MAP, days=6) == [A]


def test_another_title_in_a_list_leads_to_an_article_again(saving: Saving) -> None:
    saving.open()
    saving.offer(Candidate(A, "A visit"), Candidate(B, "A talk"))
    for url in (A, B):
        saving.save(url, reading=reading_of(words(url)))
    assert saving.offer(Candidate(A, "A visit"), Candidate(B, "A long talk"), days=1) == [B]
    assert saving.offer(Candidate(A, "A visit"), Candidate(B, "A long talk"), days=2) == []


def test_a_sitemap_that_dates_all_of_today_is_not_believed(saving: Saving) -> None:
    saving.open(MAP)
    urls = [f"{SITE}/news/{number}" for number in range(10)]
    saving.offer(*urls, page=MAP)
    for url in urls:
        saving.save(url, reading=reading_of(words(url)))
    assert saving.offer(*(Candidate(url, modified="2026-11-09") for url in urls), page=MAP, days=9) == []


# Known articles


def revisited(saving: Saving, days: float, share: float) -> int:
    return sum(due.role == "article" for due in saving.requests(days, revisits=share))


def note_run(saving: Saving, days: float, **counts: int) -> None:
    def note(session: Session) -> None:
        run = runs.start_run(session, NOON + timedelta(days=days), version="test", process=1)
        runs.save_tally(session, run, saving.source(), SourceTally(**counts))

    saving.write(note)


def test_known_articles_are_seen_again_within_a_budget(saving: Saving) -> None:
    for number in range(40):
        saving.save(f"{SITE}/news/{number}", reading=reading_of(words(f"n{number}x")))
    note_run(saving, 0, new=40)
    assert revisited(saving, 3, share=1) == 40
    assert revisited(saving, 3, share=0.25) == 10
    assert revisited(saving, 7, share=0) == 1, "one a week"
    note_run(saving, 3, unchanged=6, changed=1)
    assert revisited(saving, 4, share=0.25) == 3
    assert revisited(saving, 40, share=0.25) == 4, "what came more than four weeks ago gives no budget"


def test_half_the_budget_goes_to_the_young(saving: Saving) -> None:
    for number in range(10):
        saving.save(f"{SITE}/news/{number}", reading=reading_of(words(f"n{number}x")), days=number)
    note_run(saving, 9, new=10)
    assert saving.due(days=12, revisits=0.4) == [f"{SITE}/news/{number}" for number in (9, 8, 0, 1)]


# Hosts that move


def test_a_list_on_a_new_host_leads_to_known_pages(saving: Saving) -> None:
    saving.open()
    saving.offer(A, B)
    there = [url.replace("uni.example", "new.example") for url in (A, B, C)]
    listed = Listed(saving.source(), ENTRY, NOON, tuple(map(Candidate, there)), None, 1, None, None)
    assert saving.write(lambda session: frontier.offer(session, replace(listed, moved_from=ENTRY)))[0].url == there[2]
    assert saving.page(there[0]).page_id == saving.page(A).page_id
    assert saving.offer(*there) == [], "now their addresses are known"


def test_two_hosts_are_two_hosts_where_nothing_moved(saving: Saving) -> None:
    saving.open()
    saving.offer(A)
    there = A.replace("uni.example", "new.example")
    assert saving.offer(there) == [there]


# Backfill


def follow_back(saving: Saving, since: date) -> None:
    saving.write(lambda session: frontier.follow_back_to(session, saving.source(), since))


def test_a_backfill_follows_a_known_list_deeper(saving: Saving) -> None:
    saving.open()
    saving.offer(A, next_url=listing(10), deepest=2)
    saving.offer(B, page=listing(10), next_url=listing(20), deepest=2)
    assert swept(saving)
    follow_back(saving, date(2020, 1, 1))
    assert only_due(saving, 0.1) == [ENTRY, A, B]
    assert saving.offer(A, next_url=listing(10), deepest=2, days=1) == [listing(10)]
    assert saving.offer(B, page=listing(10), next_url=listing(20), deepest=2, days=1) == [listing(20)]
    # Stopped. The next crawl of any kind goes on where it stood.
    waiting = next(due for due in saving.requests(2) if due.url == listing(20))
    assert waiting.since == date(2020, 1, 1)
    assert saving.offer(C, page=listing(20), next_url=None, deepest=2, days=2) == [C]
    assert page_row(saving, ENTRY).since is None


def test_a_backfill_ends_where_the_articles_are_older(saving: Saving) -> None:
    saving.open()
    follow_back(saving, date(2026, 10, 1))
    saving.offer(A, next_url=listing(10))
    saving.save(A, reading=reading_of(words("a"), day=date(2026, 9, 30)))
    assert saving.offer(B, page=listing(10), next_url=listing(20)) == [B]
    assert page_row(saving, ENTRY).since is None


def test_an_article_that_changes_under_the_same_validators_is_asked_in_full(saving: Saving) -> None:
    for days, text in ((0, "a"), (3, "a"), (6, "b")):
        saving.source()
        saving.keep(saving.fetched(A, days=days, etag='"1"'), reading_of(words(text)), A)
        assert conditions(saving, A, days + 2.5) == ('"1"' if text == "a" else None)
