from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from time import monotonic

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from scraper.reading.model import Reading
from storage.archive import Outcome, save_fetched
from storage.candidate import Candidate
from storage.database import Database
from storage.models import Article, ArticleVersion, Capture, Page
from tests.storage.saving import SITE, Saving, reading_of, words

MONDAY, TUESDAY = date(2026, 10, 5), date(2026, 10, 6)
A, B, C = f"{SITE}/news/a", f"{SITE}/news/b", f"{SITE}/news/c"


def changes(database: Database) -> list[int]:
    with database.read() as session:
        return list(session.scalars(select(Article.change).order_by(Article.id)))


# Outcomes


def test_a_new_article(saving: Saving) -> None:
    assert saving.save(A, reading=reading_of(words("a"), day=MONDAY)) == "new"
    page = saving.page(A)
    assert (page.url, page.state, page.versions, page.addresses) == (A, "fetched", (words("a"),), {A})
    assert changes(saving.database) == [1]


@pytest.mark.parametrize(
    ("second", "outcome", "versions"),
    [
        (reading_of(words("a"), day=MONDAY), "unchanged", 1),
        (reading_of(words("a").upper() + "!", day=MONDAY), "unchanged", 1),
        (reading_of(words("b"), day=MONDAY), "changed", 2),
        (reading_of(words("a"), "Another title", day=MONDAY), "changed", 2),
        (reading_of(words("a"), "a title", day=MONDAY), "changed", 2),
        (reading_of(words("a"), day=TUESDAY), "changed", 2),
        (reading_of(words("a")), "changed", 2),
        (reading_of(words("a"), kind="listing"), "other", 1),
        (reading_of("", kind="none"), "other", 1),
        (None, "other", 1),
    ],
)
def test_a_second_visit(saving: Saving, second: Reading | None, outcome: Outcome, versions: int) -> None:
    saving.save(A, reading=reading_of(words("a"), day=MONDAY))
    assert saving.save(A, reading=second, days=1) == outcome
    page = saving.page(A)
    assert len(page.versions) == versions
    assert page.versions[0] == words("a")
    assert changes(saving.database) == [versions]


@pytest.mark.parametrize(("kind", "outcome"), [("none", "other"), ("listing", "other"), ("page", "new")])
def test_kinds(saving: Saving, kind: str, outcome: Outcome) -> None:
    assert saving.save(A, reading=reading_of(words("a"), kind=kind)) == outcome
    assert saving.articles() == (outcome == "new")


def test_what_is_noted_of_a_capture(saving: Saving) -> None:
    saving.save(A, reading=reading_of(words("a")))
    saving.save(A, reading=None)
    saving.write(lambda session: save_fetched(session, run_id=None, fetched=saving.fetched(A, days=3), page_url=A))
    saving.write(lambda session: save_fetched(session, run_id=None, fetched=saving.fetched(f"{SITE}/robots.txt")))
    with saving.database.read() as session:
        rows = session.execute(select(Capture.outcome, Capture.page_id, Capture.reader).order_by(Capture.id)).all()
    page = saving.page(A).page_id
    assert [tuple(row) for row in rows] == [
        ("article", page, "test"),
        ("unreadable", page, "test"),
        (None, page, None),
        (None, None, None),
    ]


def test_visits_go_apart_while_nothing_changes(saving: Saving) -> None:
    fetched = saving.fetched(A, etag='"1"')
    saving.source()
    saving.keep(fetched, reading_of(words("a")), A)
    with saving.database.read() as session:
        page = session.scalars(select(Page)).one()
        assert (page.unchanged, page.next_visit_at, page.etag) == (0, fetched.fetched_at + timedelta(days=1), '"1"')
    later = saving.fetched(A, days=1)
    saving.keep(later, reading_of(words("a")), A)
    with saving.database.read() as session:
        page = session.scalars(select(Page)).one()
        assert (page.unchanged, page.next_visit_at, page.etag) == (1, later.fetched_at + timedelta(days=2), None)


def test_a_capture_is_saved_once(saving: Saving) -> None:
    fetched = saving.fetched(A)
    saving.source()
    assert saving.keep(fetched, reading_of(words("a")), A) == "new"
    assert saving.keep(fetched, reading_of(words("a")), A) == "unchanged"
    saving.write(lambda session: save_fetched(session, run_id=None, fetched=fetched))
    with saving.database.read() as session:
        assert len(session.scalars(select(Capture)).all()) == 1
        assert session.scalars(select(Page)).one().unchanged == 0


def test_a_version_tells_where_it_was_read(saving: Saving) -> None:
    saving.save(A, reading=reading_of(words("a"), day=MONDAY))
    saving.save(A, reading=reading_of(words("b"), day=MONDAY), days=1)
    with saving.database.read() as session:
        versions = session.scalars(select(ArticleVersion).order_by(ArticleVersion.number)).all()
        assert [(each.number, each.capture.warc_offset, each.text) for each in versions] == [
            (1, 0, words("a")),
            (2, 1, words("b")),
        ]
        assert (versions[0].published_on, versions[0].published_method) == (MONDAY, "meta")


def test_what_no_database_holds(saving: Saving) -> None:
    reading = reading_of(words("a") + "\0\ud83d", "A\0 title \ud83d", day=MONDAY)
    assert saving.save(A, reading=reading) == "new"
    assert saving.page(A).versions == (words("a") + "\ufffd",)
    assert (
        saving.save(A, reading=reading_of(words("a") + "\ufffd", "A title \ufffd", day=MONDAY), days=1) == "unchanged"
    )


# Copies


def test_the_same_text_at_two_sources_is_one_article(saving: Saving) -> None:
    other = "http://ministry.example/9"
    saving.save(A, reading=reading_of(words("a"), day=MONDAY))
    assert saving.save(other, source="ministry", reading=reading_of(words("a"), day=TUESDAY)) == "copies"
    assert saving.page(A).article_id == saving.page(other).article_id
    assert saving.page(A).page_id != saving.page(other).page_id
    assert changes(saving.database) == [2], "the index hears that there is another source"


def test_a_copy_stays_one_though_it_has_a_date_of_its_own(saving: Saving) -> None:
    other = "http://ministry.example/9"
    saving.save(A, reading=reading_of(words("a"), "News", day=MONDAY))
    saving.save(other, source="ministry", reading=reading_of(words("a"), "NEWS", day=TUESDAY))
    assert (
        saving.save(other, source="ministry", reading=reading_of(words("a"), "NEWS", day=TUESDAY), days=1)
        == "unchanged"
    )
    assert saving.articles() == 1


def test_a_copy_that_says_something_else_becomes_its_own(saving: Saving) -> None:
    other = "http://ministry.example/9"
    saving.save(A, reading=reading_of(words("a"), day=MONDAY))
    saving.save(other, source="ministry", reading=reading_of(words("a"), day=MONDAY))
    assert saving.save(other, source="ministry", reading=reading_of(words("b"), day=MONDAY), days=1) == "new"
    assert saving.page(A).versions == (words("a"),)
    assert saving.page(other).versions == (words("b"),)
    assert changes(saving.database) == [3, 4], "the index hears that the first lost a source"


def test_an_article_follows_its_own_page(saving: Saving) -> None:
    other = "http://ministry.example/9"
    saving.save(A, reading=reading_of(words("a"), day=MONDAY))
    saving.save(other, source="ministry", reading=reading_of(words("a"), day=MONDAY))
    assert saving.save(A, reading=reading_of(words("b"), day=MONDAY), days=1) == "changed"
    assert saving.page(other).versions == (words("a"), words("b"))


@pytest.mark.parametrize(
    ("text", "day", "outcome"),
    [
        (words("a"), MONDAY, "copies"),
        (words("a"), TUESDAY, "new"),
        (words("a"), None, "new"),
        ("The office is closed.", MONDAY, "new"),
    ],
)
def test_two_notices_of_one_site(saving: Saving, text: str, day: date | None, outcome: Outcome) -> None:
    saving.save(A, reading=reading_of(text, day=MONDAY))
    assert saving.save(B, reading=reading_of(text, day=day)) == outcome


def test_an_older_version_is_no_original(saving: Saving) -> None:
    saving.save(A, reading=reading_of(words("a"), day=MONDAY))
    saving.save(A, reading=reading_of(words("b"), day=MONDAY), days=1)
    assert saving.save(B, reading=reading_of(words("a"), day=MONDAY), days=1) == "new"


# Redirects


def test_a_redirect_is_another_address(saving: Saving) -> None:
    assert saving.save(A, f"{SITE}/?p=5", B, reading=reading_of(words("a"))) == "new"
    for url in (A, f"{SITE}/?p=5", B, "https://www.uni.example/news/b/?utm_source=x"):
        assert saving.page(url).url == B
    assert saving.page(B).addresses == {A, f"{SITE}/?p=5", B}
    assert saving.pages() == [B]


def test_a_redirect_to_a_page_that_is_known(saving: Saving) -> None:
    saving.save(B, reading=reading_of(words("a")))
    assert saving.save(A, B, reading=reading_of(words("a"))) == "unchanged"
    assert saving.pages() == [B]
    assert saving.page(A).addresses == {A, B}
    with saving.database.read() as session:
        assert set(session.scalars(select(Capture.page_id))) == {saving.page(B).page_id}


def test_a_redirect_to_a_candidate_that_waits(saving: Saving) -> None:
    saving.open()
    saving.offer(A, B)
    assert saving.save(A, B, reading=reading_of(words("a"))) == "new"
    assert saving.pages() == [f"{SITE}/news", B]
    assert saving.due() == [f"{SITE}/news"], "it was read, and waits no longer"


def test_a_page_that_moves(saving: Saving) -> None:
    saving.save(A, reading=reading_of(words("a")))
    assert saving.save(A, B, reading=reading_of(words("a")), days=1) == "unchanged"
    assert saving.pages() == [B]
    assert saving.page(A).versions == (words("a"),)
    assert saving.due(days=9) == [B], "the new address is asked from now on"


def test_a_page_that_moves_to_a_candidate_that_waits(saving: Saving) -> None:
    saving.open()
    saving.save(A, reading=reading_of(words("a")))
    saving.offer(B)
    assert saving.save(A, B, reading=reading_of(words("a")), days=1) == "unchanged"
    assert saving.page(A).url == B
    assert saving.articles() == 1


def test_an_article_that_is_taken_down_keeps_its_text(saving: Saving) -> None:
    """Its address leads to some other page now, as those of all that were taken down do."""
    for url in (A, B):
        saving.save(url, reading=reading_of(words(url[-1])))
    for url in (A, B):
        saving.save(url, C, reading=reading_of(words("we moved our site"), "Sorry", kind="page"), days=1)
    assert [saving.page(url).versions for url in (A, B)] == [(words("a"),), (words("b"),)]
    assert [saving.page(url).state for url in (A, B)] == ["gone", "gone"]
    assert saving.page(C).versions == (words("we moved our site"),)
    assert saving.page(C).addresses == {C}
    assert saving.due(days=9) == [C]


def test_an_article_that_leads_to_another_one_keeps_its_text(saving: Saving) -> None:
    saving.save(A, reading=reading_of(words("a")))
    saving.save(B, reading=reading_of(words("b")))
    saving.save(A, B, reading=reading_of(words("b")), days=1)
    assert saving.page(A).versions == (words("a"),)
    assert saving.page(B).versions == (words("b"),)


@pytest.mark.parametrize("reading", [None, reading_of("", kind="none"), reading_of("Log in", kind="listing")])
def test_a_site_that_is_down_swallows_no_candidate(saving: Saving, reading: Reading | None) -> None:
    """It redirects every page to one address, where nothing is to be read."""
    saving.open()
    saving.offer(A, B)
    for url in (A, B):
        assert saving.save(url, f"{SITE}/down", reading=reading) == "other"
    assert saving.pages() == [f"{SITE}/news", A, B]
    assert set(saving.due(days=9)) == {f"{SITE}/news", A, B}
    assert saving.save(A, reading=reading_of(words("a")), days=9) == "new"


def test_a_redirect_to_an_entry_point_is_no_article(saving: Saving) -> None:
    saving.open()
    assert saving.save(A, f"{SITE}/news", reading=reading_of(words("a"), kind="page")) == "other"
    assert saving.articles() == 0


def test_a_page_that_answers_at_a_further_address_stays_where_it_lives(saving: Saving) -> None:
    saving.save(f"{SITE}/?p=5", A, reading=reading_of(words("a")))
    assert saving.save(f"{SITE}/?p=5", reading=reading_of(words("a")), days=1) == "unchanged"
    assert saving.page(f"{SITE}/?p=5").url == A


def test_an_address_on_the_way_that_cannot_be_kept(saving: Saving) -> None:
    endless = f"{SITE}/?token=" + "x" * 5000
    assert saving.save(A, endless, B, reading=reading_of(words("a"))) == "new"
    assert saving.page(A).addresses == {A, B}
    assert saving.save(C, endless, reading=reading_of(words("c"))) == "new"
    assert saving.page(C).url == C


def test_a_record_of_an_api_is_asked_where_it_was(saving: Saving) -> None:
    saving.open()
    saving.offer(Candidate(A, fetch_url="http://api.uni.example/v1/5"))
    saving.keep(saving.fetched(url="http://api.uni.example/v1/5", etag='"1"'), reading_of(words("a")), A)
    assert saving.page(A).addresses == {A}
    assert saving.due(days=9) == [f"{SITE}/news", "http://api.uni.example/v1/5"]
    with saving.database.read() as session:
        assert session.scalars(select(Page.etag).where(Page.url == A)).one() == '"1"'


# Canonical claims

TWIN = f"{SITE}/?p=5"


def claiming(seed: str, claim: str, title: str = "A title") -> Reading:
    return reading_of(words(seed), title, canonical=claim)


def test_a_page_lives_where_it_says(saving: Saving) -> None:
    assert saving.save(TWIN, reading=claiming("a", A)) == "new"
    assert saving.page(TWIN).url == saving.page(A).url == A
    assert saving.page(A).addresses == {TWIN}
    assert saving.due(days=9) == [A]
    assert saving.save(A, reading=claiming("a", A), days=1) == "unchanged"
    assert saving.pages() == [A]


@pytest.mark.parametrize("order", [(TWIN, A), (A, TWIN)])
def test_twins_that_were_both_found(saving: Saving, order: tuple[str, str]) -> None:
    saving.open()
    saving.offer(TWIN, A)
    first, second = order
    assert saving.save(first, reading=claiming("a", A)) == "new"
    assert saving.save(second, reading=claiming("a", A)) == "unchanged"
    assert saving.pages() == [f"{SITE}/news", A]
    assert saving.page(TWIN).addresses >= {TWIN}
    assert (saving.page(TWIN).url, saving.articles()) == (A, 1)


def test_short_twins_that_were_both_found(saving: Saving) -> None:
    """Too short to be known as copies; but one says that it is the other."""
    saving.open()
    saving.offer(TWIN, A)
    for url in (TWIN, A):
        saving.save(url, reading=reading_of("A delegation came.", canonical=A))
    assert (saving.page(TWIN).url, saving.articles()) == (A, 1)


def test_a_twin_that_was_revised_meanwhile(saving: Saving) -> None:
    saving.save(A, reading=claiming("a", A))
    revised = reading_of(words("a") + " and one more", canonical=A)
    assert saving.save(TWIN, reading=revised, days=1) == "changed"
    assert saving.pages() == [A]
    assert len(saving.page(A).versions) == 2


def test_meetings_that_come_round_again_are_not_one(saving: Saving) -> None:
    """They claim each other's address, share title and template, and differ in their day."""
    for url, day in ((A, date(2023, 6, 15)), (B, date(2023, 8, 17))):
        notice = reading_of(f"{words('a')} on {day}", "Board meeting", day=day, canonical=A)
        assert saving.save(url, reading=notice) == "new"
    assert saving.articles() == 2


@pytest.mark.parametrize("title", ["The university", None])
def test_a_claim_that_all_pages_share_is_not_believed(saving: Saving, title: str | None) -> None:
    """Of a template with one canonical address, and one title, for every page."""
    urls = [f"{SITE}/?news={number}" for number in range(4)]
    for number, url in enumerate(urls):
        assert saving.save(url, reading=reading_of(words(f"n{number}x"), title, canonical=f"{SITE}/portal")) == "new"
    assert saving.pages() == urls
    for number, url in enumerate(urls):
        assert saving.page(url).versions == (words(f"n{number}x"),)
        assert saving.page(url).addresses == {url}
    assert sorted(saving.due(days=9)) == urls
    saving.open()
    assert saving.offer(f"{SITE}/portal") == [f"{SITE}/portal"], "what it is will be seen when it is asked"


def test_a_claim_to_an_article_that_says_something_else(saving: Saving) -> None:
    saving.save(A, reading=claiming("a", A))
    assert saving.save(B, reading=claiming("b", A)) == "new"
    assert saving.page(A).versions == (words("a"),)
    assert saving.page(B).versions == (words("b"),)


def test_a_claim_to_a_candidate_that_was_not_seen_yet(saving: Saving) -> None:
    saving.open()
    saving.offer(A, B)
    saving.save(B, reading=claiming("b", A))
    assert A in saving.due()
    saving.save(A, reading=claiming("a", A))
    assert saving.page(A).versions == (words("a"),)
    assert saving.page(B).versions == (words("b"),)


@pytest.mark.parametrize("claim", ["http://other.example/a", f"{SITE}/", "http://uni.example:port/", "javascript:;"])
def test_claims_that_are_none(saving: Saving, claim: str) -> None:
    saving.save(B, reading=claiming("b", claim))
    assert saving.page(B).url == B


def test_a_claim_to_an_entry_point(saving: Saving) -> None:
    saving.open()
    saving.save(B, reading=claiming("b", f"{SITE}/news"))
    assert saving.page(B).url == B


@pytest.mark.parametrize("claim", ["https://www.uni.example/news/a", "http://news.uni.example/a"])
def test_hosts_of_the_source_may_be_claimed(saving: Saving, claim: str) -> None:
    saving.source("uni", "uni.example", "news.uni.example")
    saving.save(TWIN, reading=claiming("a", claim))
    assert saving.page(TWIN).url == claim


def test_validators_are_of_the_address_that_is_asked(saving: Saving) -> None:
    saving.source()
    saving.keep(saving.fetched(TWIN, etag='"twin"'), claiming("a", A), TWIN)
    with saving.database.read() as session:
        assert session.scalars(select(Page.etag)).one() is None
    saving.keep(saving.fetched(A, etag='"own"', days=1), claiming("a", A), A)
    with saving.database.read() as session:
        assert session.scalars(select(Page.etag)).one() == '"own"'


# Several writers


def save_many(url: str, name: str, start: object) -> None:
    with Database(url, busy_seconds=30) as database:
        saving = Saving(database, warc_file=f"elchi-{name}.warc.gz")
        saving.source()
        start.wait(30)  # type: ignore[attr-defined]
        for number in range(15):
            saving.save(f"{SITE}/news/{number}", reading=reading_of(words(f"n{number}x"), day=MONDAY))


def test_two_processes_save_the_same_pages_at_once(database: Database, database_url: str) -> None:
    spawn = multiprocessing.get_context("spawn")
    start = spawn.Event()
    Saving(database).source()
    writers = [spawn.Process(target=save_many, args=(database_url, name, start)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    start.set()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with database.read() as session:
        assert len(session.scalars(select(Page)).all()) == 15
        assert len(session.scalars(select(Capture)).all()) == 30
        assert [article.newest for article in session.scalars(select(Article))] == [1] * 15
        assert set(session.scalars(select(Page.unchanged))) == {1}


def test_change_numbers_become_visible_in_order(saving: Saving) -> None:
    """Whoever read up to a number has seen all up to it: the index relies on that."""
    saving.source()
    seen: list[int] = []
    deadline = monotonic() + 60

    def write(name: str) -> None:
        mine = Saving(saving.database, f"elchi-{name}.warc.gz")
        for number in range(20):
            mine.save(f"{SITE}/{name}/{number}", reading=reading_of(words(f"{name}{number}x")))

    def watch() -> None:
        while len(seen) < 40 and monotonic() < deadline:
            with saving.database.read() as session:
                later = select(Article.change).where(Article.change > (seen[-1] if seen else 0))
                seen.extend(session.scalars(later.order_by(Article.change)))

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    watcher = threading.Thread(target=watch)
    for thread in (*threads, watcher):
        thread.start()
    for thread in (*threads, watcher):
        thread.join(60)
    assert seen == list(range(1, 41))


# Statements


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    statements: list[str] = []

    def count(*args: object) -> None:
        statements.append(str(args[2])[:80])

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", count)


def test_few_statements_for_a_new_article(saving: Saving) -> None:
    saving.open()
    saving.offer(A)
    with counted() as statements:
        saving.save(A, reading=reading_of(words("a")))
    assert len(statements) <= 14, "\n".join(statements)


def test_few_statements_for_a_page_that_is_as_it_was(saving: Saving) -> None:
    saving.save(A, reading=reading_of(words("a")))
    with counted() as statements:
        saving.save(A, reading=reading_of(words("a")), days=1)
    assert len(statements) <= 7, "\n".join(statements)


def test_no_question_for_each_candidate(saving: Saving) -> None:
    saving.open()
    urls = [f"{SITE}/news/{number}" for number in range(300)]
    for new in (300, 0):
        with counted() as statements:
            assert len(saving.offer(*urls)) == new
        assert sum(each.startswith(("SELECT page", "SELECT address")) for each in statements) == 3
