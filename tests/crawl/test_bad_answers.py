"""Sites that misbehave, all in one crawl: each failure has its class, nothing wrong is stored, nobody else is disturbed."""

from __future__ import annotations

import resource
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import lazyload

from storage.models import Page
from tests.crawl.command import Done, Elchi
from tests.crawl.evidence import assert_sound
from tests.crawl.odd_web import Answer, OddWeb, bomb, cut_short, grows, moved, says, silent
from tests.crawl.sources import article, listing, text_of, write_source

pytestmark = pytest.mark.xdist_group("bad answers")

RUSSIAN = """<html lang="ru"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Визит гостей</title></head>
<body><h1>Визит гостей из Вены в университет</h1><p>Вчера университет приняла делегацию врачей из Вены. Гости осмотрели новые
лаборатории и поговорили со студентами о стажировках, которые начнутся осенью.</p><p>Ректор поблагодарил коллег за работу и
сказал, что соглашение о сотрудничестве будет подписано до конца года, а первые студенты поедут учиться уже весной.</p></body></html>"""
WAITS = """<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript>
<script>window._cf_chl_opt = {cType: 'managed'};</script></body></html>"""
RELOADS = "<html><body><script>document.cookie = 'seen=1; path=/'; location.reload();</script></body></html>"
SHELL = '<html><head><title>News</title></head><body><div id="root"></div><script src="/app.js"></script></body></html>'
MISSING = "<html><head><title>Страница не найдена | Университет</title></head><body><h1>Страница не найдена</h1></body></html>"
GONE_IN_A_CIRCLE = {"/news/2": moved("/a"), "/a": moved("/b"), "/b": moved("/a")}
NO_RULES: Mapping[str, Answer] = {}


@dataclass(frozen=True)
class Article:
    """A site whose listing names a good page, /news/1, and /news/2, which answers oddly. failure: its class, None where it is read."""

    failure: str | None
    odd: Mapping[str, Answer]


@dataclass(frozen=True)
class Entry:
    """A site whose only entry point cannot be used. asks: the paths that may be asked of it. kind: of entry point."""

    failure: str
    answers: Mapping[str, Answer]
    asks: frozenset[str] = frozenset({"/robots.txt", "/news"})
    kind: str = "listing"
    more: str = field(default="")


def page(answer: Answer) -> Mapping[str, Answer]:
    return {"/news/2": answer}


ARTICLES = {
    "empty": Article("empty", page(says(200, ""))),
    "large": Article("too large", page(grows(50, announced=True))),
    "endless": Article("too large", page(grows(50, announced=False))),
    "bomb": Article("too large", page(bomb(1000))),
    "not-gzip": Article("encoding", page(says(200, article("not-gzip"), Content_Encoding="gzip"))),
    "compress": Article("encoding", page(says(200, b"\x1f\x9d\x90abc", Content_Encoding="compress"))),
    "charset": Article(None, page(says(200, RUSSIAN.encode("cp1251"), "text/html; charset=utf-8"))),
    "cut": Article("cut short", page(cut_short(article("cut")))),
    "elsewhere": Article("other host", page(moved("http://stranger.test/news/2"))),
    "inwards": Article("other host", page(moved("http://CANARY/news/2"))),
    "file": Article("redirect", page(moved("file:///etc/passwd"))),
    "circle": Article("redirect loop", GONE_IN_A_CIRCLE),
    "nowhere-to": Article("redirect", page(says(302, "moved"))),
    "login": Article("login", page(says(401))),
    "forbidden": Article("forbidden", page(says(403, article("forbidden")))),
    "missing": Article("gone", page(says(404, article("missing")))),
    "gone": Article("gone", page(says(410, article("gone")))),
    "too-many": Article("too many requests", page(says(429))),
    "broken": Article("server error", page(says(500, article("broken")))),
    "away": Article("server error", page(says(503, article("away")))),
    "pdf": Article(
        "not readable", page(says(200, b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)), "application/pdf"))
    ),
    "challenge": Article("challenge", page(says(403, WAITS, cf_mitigated="challenge"))),
    "challenge-away": Article("challenge", page(says(503, WAITS))),
    "challenge-fine": Article("challenge", page(says(200, WAITS, ETag='"1"'))),
    "challenge-header": Article("challenge", page(says(202, "", x_amzn_waf_action="challenge"))),
    "challenge-cookie": Article("challenge", page(says(200, RELOADS))),
    "about-challenges": Article(None, page(says(200, article("about-challenges two", "Are you a robot?")))),
    "shell": Article("needs javascript", page(says(200, SHELL))),
    "soft-missing": Article("soft 404", page(says(200, MISSING))),
    "led-home": Article("redirect away", {**page(moved("/")), "/": says(200, article("led-home two"))}),
    "led-to-list": Article("redirect away", page(moved("/news"))),
    "no-rules": Article(
        None,
        {
            "/robots.txt": says(200, "<html><body><h1>Welcome</h1></body></html>"),
            **page(says(200, article("no-rules two"))),
        },
    ),
    "rules-in-a-circle": Article(
        None, {"/robots.txt": moved("/robots.txt"), **page(says(200, article("rules-in-a-circle two")))}
    ),
}

ENTRIES = {
    "silent": Entry("timeout", {"/robots.txt": silent}, frozenset({"/robots.txt"})),
    "mute": Entry("timeout", {"/news": silent}),
    "robots-away": Entry("robots", {"/robots.txt": says(503), "/news": says(200, listing("/news/1"))}, frozenset({"/robots.txt"})),
    "robots-closed": Entry(
        "robots",
        {"/robots.txt": says(200, "User-agent: *\nDisallow: /\n", "text/plain"), "/news": says(200, listing("/news/1"))},
        frozenset({"/robots.txt"}),
    ),
    "robots-elsewhere": Entry("other host", {"/robots.txt": moved("http://stranger.test/robots.txt")}, frozenset({"/robots.txt"})),
    "list-empty": Entry("not as expected", {"/news": says(200, "")}),
    "list-bare": Entry("no links", {"/news": says(200, "<html><body><p>We have moved.</p></body></html>")}),
    "list-challenge": Entry("challenge", {"/news": says(200, WAITS + listing("/news/1"), ETag='"1"')}),
    "list-refused": Entry("challenge", {"/news": says(503, WAITS)}),
    "list-shell": Entry("needs javascript", {"/news": says(200, SHELL)}),
    "list-soft-missing": Entry("soft 404", {"/news": says(200, MISSING)}),
    "feed-challenge": Entry("challenge", {"/news": says(200, WAITS)}, kind="feed"),
    "robots-challenge": Entry(
        "challenge", {"/robots.txt": says(403, WAITS), "/news": says(200, listing("/news/1"))}, frozenset({"/robots.txt"})
    ),
    "list-missing": Entry("gone", {"/news": says(404)}),
    "list-broken": Entry("server error", {"/news": says(500)}),
    "list-large": Entry("too large", {"/news": grows(50, announced=False)}),
    "feed-html": Entry("not as expected", {"/news": says(200, listing("/news/1"))}, kind="feed"),
    "feed-broken": Entry("not as expected", {"/news": says(200, "\x00\x01 no feed", "application/rss+xml")}, kind="feed"),
    "map-html": Entry("not as expected", {"/news": says(200, listing("/news/1"))}, kind="sitemap"),
    "api-html": Entry(
        "not as expected", {"/news?page=1": says(200, listing("/news/1"))}, frozenset({"/robots.txt", "/news?page=1"}), "api"
    ),
    "api-strange": Entry(
        "not as expected",
        {"/news?page=1": says(200, '{"items": "none"}', "application/json")},
        frozenset({"/robots.txt", "/news?page=1"}),
        "api",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Crawl:
    elchi: Elchi
    done: Done
    web: OddWeb
    canary: OddWeb
    sources: dict[str, Any]
    records: list[dict[str, Any]]

    def texts(self, slug: str) -> dict[str, str]:
        return {record["url"]: record["text"] for record in self.records if record["source"] == slug}


def site(slug: str, case: Article, canary: str) -> dict[str, Answer]:
    answers = {"/news": says(200, listing("/news/1", "/news/2")), "/news/1": says(200, article(slug)), **case.odd}
    if slug == "inwards":
        answers["/news/2"] = moved(f"http://{canary}/news/2")
    return answers


def entry_tables(host: str, case: Entry) -> str:
    if case.kind == "api":
        return f'[[entry]]\nkind = "api"\nurl = "http://{host}/news?page={{page}}"\nitems = "items"\npage = "http://{host}/news/{{id}}"\n'
    return f'[[entry]]\nkind = "{case.kind}"\nurl = "http://{host}/news"\n'


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    """All of them in one crawl, beside a source that is as it should be, a host that refuses and one that has no address."""
    home = tmp_path_factory.mktemp("bad-answers")
    catalogue = home / "catalogue"
    with OddWeb({}) as canary, socket.create_server(("127.0.0.1", 0)) as unused:
        closed = f"127.0.0.1:{unused.getsockname()[1]}"
        unused.close()
        sites = {f"{slug}.test": site(slug, case, canary.host) for slug, case in ARTICLES.items()}
        sites |= {f"{slug}.test": dict(case.answers) for slug, case in ENTRIES.items()}
        sites["fine.test"] = site("fine", Article(None, page(says(200, article("fine two")))), "")
        for slug in ("fine", *ARTICLES):
            write_source(catalogue, slug, (f"{slug}.test",), f"http://{slug}.test/news")
        for slug, case in ENTRIES.items():
            write_source(catalogue, slug, (f"{slug}.test",), entry_tables(f"{slug}.test", case))
        write_source(catalogue, "refusing", (closed,), f"http://{closed}/news")
        write_source(catalogue, "unknown", ("nowhere.test",), "http://nowhere.test/news")
        with OddWeb(sites) as web:
            elchi = Elchi(home, catalogue, web.proxy).with_settings(
                no_proxy="127.0.0.1,nowhere.test",
                ELCHI_ANSWER_SECONDS=3,
                ELCHI_BACK_OFF_SECONDS=0.1,
                ELCHI_READER_MEGABYTES=600,
            )
            done = elchi.crawl(code=None)
            yield Crawl(elchi, done, web, canary, elchi.ledger(1)["sources"], elchi.export())


def classes(crawl: Crawl, slug: str) -> dict[str, int]:
    return {name: failure["count"] for name, failure in crawl.sources[slug]["failures"].items()}


@pytest.mark.parametrize("slug", ARTICLES)
def test_a_page_that_answers_oddly_fails_alone(crawl: Crawl, slug: str) -> None:
    case = ARTICLES[slug]
    assert classes(crawl, slug) == ({case.failure: 1} if case.failure else {})
    good = f"http://{slug}.test/news/1"
    texts = crawl.texts(slug)
    assert texts.pop(good) == text_of(slug)
    assert set(texts) == (set() if case.failure else {f"http://{slug}.test/news/2"})


@pytest.mark.parametrize("slug", ENTRIES)
def test_an_entry_point_that_answers_oddly_fails_its_source(crawl: Crawl, slug: str) -> None:
    case = ENTRIES[slug]
    assert classes(crawl, slug) == {case.failure: 1}
    assert not crawl.texts(slug)
    assert set(crawl.web.asked_of(f"{slug}.test")) == case.asks


@pytest.mark.parametrize(("slug", "failure"), [("refusing", "refused"), ("unknown", "no such host")])
def test_a_host_that_is_not_there(crawl: Crawl, slug: str, failure: str) -> None:
    assert classes(crawl, slug) == {failure: 1}
    assert not crawl.texts(slug)


def test_other_sources_are_not_disturbed(crawl: Crawl) -> None:
    assert crawl.texts("fine") == {
        "http://fine.test/news/1": text_of("fine"),
        "http://fine.test/news/2": text_of("fine two"),
    }
    assert crawl.sources["fine"]["failed"] == 0


def test_the_exit_code_and_the_table_say_that_something_failed(crawl: Crawl) -> None:
    assert crawl.done.code == 1
    assert "no such host 1" in crawl.done.out
    assert "Traceback" not in crawl.done.err, crawl.done.err


def test_no_request_goes_where_it_must_not(crawl: Crawl) -> None:
    assert not crawl.canary.asked
    assert not crawl.web.asked_of("stranger.test")
    assert {path for _, path in crawl.web.asked} <= {
        "/robots.txt",
        "/news",
        "/news/1",
        "/news/2",
        "/news?page=1",
        "/",
        "/a",
        "/b",
    }


def test_a_declared_charset_is_not_believed_against_the_text(crawl: Crawl) -> None:
    texts = crawl.texts("charset")
    assert "Вчера университет приняла делегацию врачей из Вены" in texts["http://charset.test/news/2"]


def test_a_page_that_was_cut_short_is_asked_again_and_then_given_up(crawl: Crawl) -> None:
    assert crawl.web.asked_of("cut.test").count("/news/2") == 3


@pytest.mark.parametrize("slug", ["challenge-away", "list-refused"])
def test_a_challenge_is_not_asked_again_in_the_run(crawl: Crawl, slug: str) -> None:
    asked = crawl.web.asked_of(f"{slug}.test")
    assert sorted(asked) == sorted(set(asked))


def pages(crawl: Crawl) -> dict[str, Page]:
    with crawl.elchi.database() as database, database.read() as session:
        return {page.url: page for page in session.scalars(select(Page).options(lazyload("*")))}


@pytest.mark.parametrize(
    "slug", ["challenge", "challenge-fine", "challenge-cookie", "shell", "led-home", "led-to-list"]
)
def test_what_stands_in_a_pages_stead_leaves_it_due_and_says_nothing_of_it(crawl: Crawl, slug: str) -> None:
    page = pages(crawl)[f"http://{slug}.test/news/2"]
    assert (page.state, page.etag, page.article_id, page.failure) == ("found", None, None, ARTICLES[slug].failure)


def test_the_etag_of_a_lists_challenge_is_not_believed(crawl: Crawl) -> None:
    assert pages(crawl)["http://list-challenge.test/news"].etag is None


def test_a_page_that_says_not_found_is_not_asked_again(crawl: Crawl) -> None:
    assert pages(crawl)["http://soft-missing.test/news/2"].state == "gone"


def test_memory_stays_bounded(crawl: Crawl) -> None:
    """Two pages of 50 MB and 1 GB in a small gzip came in: no process may have grown by them."""
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 < 500


def test_what_came_is_kept_whole(crawl: Crawl) -> None:
    assert_sound(crawl.elchi)
