"""Pages that are made to exhaust a crawler, all in one crawl: each ends in its class, and the site beside them is complete."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from benchmarks.hostile import HOSTILE
from tests.crawl.command import Elchi
from tests.crawl.evidence import assert_sound
from tests.crawl.odd_web import OddWeb, says
from tests.crawl.sources import article, listing, text_of, write_source

pytestmark = pytest.mark.xdist_group("hostile")

GOOD = [f"/news/{number}" for number in range(1, 31)]
PAGES = {page.slug: page for page in HOSTILE if not page.settings}
FIRST_ONE = r"include = ['^/news/\d$']"

NEVER_READ = {
    "20 MB of paragraphs": "too large",
    "gzip bomb": "too large",
    "endless answer": "too large",
    "one byte a second": "timeout",
}
"""By name, in whatever role: what ends before anything reads it, and its class."""

GIVEN_UP = {"reader timeout", "reader crashed", "not readable"}
"""What may become of an article that is slow to read. Which of them, or whether it is read, is the machine's affair."""

ARTICLES = [slug for slug, page in PAGES.items() if page.kind == "article"]
NOTHING_IN_THEM = {
    "api-100-000-deep": "not as expected",
    "feed-billion-laughs": "no links",
    "sitemap-index-of-itself": None,
}
"""What lists nothing, and its class."""

LISTS = [
    slug
    for slug, page in PAGES.items()
    if page.kind != "article" and page.name not in NEVER_READ and slug not in NOTHING_IN_THEM
]


@dataclass(frozen=True)
class Crawl:
    elchi: Elchi
    web: OddWeb
    sources: dict[str, Any]
    texts: dict[str, dict[str, str]]

    def classes(self, slug: str) -> set[str]:
        return set(self.sources[slug]["failures"])


def limit_memory() -> None:
    """What goes wrong here takes all the memory that there is."""
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    home = tmp_path_factory.mktemp("hostile")
    catalogue = home / "catalogue"
    sites = {page.host: page.site() for page in PAGES.values()}
    sites["good.test"] = {
        "/news": says(200, listing(*GOOD)),
        **{path: says(200, article(f"good {path}")) for path in GOOD},
    }
    for page in PAGES.values():
        page.write(catalogue, FIRST_ONE)
    write_source(catalogue, "good", ("good.test",), "http://good.test/news")
    with OddWeb(sites) as web:
        elchi = Elchi(home, catalogue, web.proxy).with_settings(
            ELCHI_ANSWER_SECONDS=10, ELCHI_READERS=4, ELCHI_READER_SECONDS=6
        )
        elchi.crawl(code=None, before=limit_memory)
        texts: dict[str, dict[str, str]] = {slug: {} for slug in (*PAGES, "good")}
        for record in elchi.export():
            texts[record["source"]][record["url"]] = record["text"]
        yield Crawl(elchi, web, elchi.ledger()["sources"], texts)


@pytest.mark.parametrize("slug", [slug for slug, page in PAGES.items() if page.name in NEVER_READ])
def test_what_has_no_end_is_given_up(crawl: Crawl, slug: str) -> None:
    page = PAGES[slug]
    assert crawl.classes(slug) == {NEVER_READ[page.name]}
    assert f"http://{page.host}{page.path}" not in crawl.texts[slug]


@pytest.mark.parametrize("slug", ARTICLES)
def test_an_article_beside_a_hostile_one_is_kept(crawl: Crawl, slug: str) -> None:
    page = PAGES[slug]
    assert crawl.texts[slug][f"http://{page.host}/news/1"] == text_of(slug)
    assert crawl.classes(slug) <= {NEVER_READ.get(page.name, ""), *GIVEN_UP}


@pytest.mark.parametrize("slug", LISTS)
def test_what_a_hostile_list_names_is_kept(crawl: Crawl, slug: str) -> None:
    page = PAGES[slug]
    assert crawl.texts[slug][f"http://{page.host}/news/1"] == text_of(slug)
    assert crawl.classes(slug) <= {"gone"}  # most of the pages that it names are not there


@pytest.mark.parametrize(("slug", "failure"), NOTHING_IN_THEM.items())
def test_what_lists_nothing_is_said(crawl: Crawl, slug: str, failure: str | None) -> None:
    assert crawl.classes(slug) == {failure} - {None}


def test_an_index_that_names_itself_is_asked_once(crawl: Crawl) -> None:
    assert sorted(crawl.web.asked_of("sitemap-index-of-itself.test")) == ["/news", "/news?again", "/robots.txt"]


def test_the_site_beside_them_is_complete(crawl: Crawl) -> None:
    assert crawl.texts["good"] == {f"http://good.test{path}": text_of(f"good {path}") for path in GOOD}
    assert not crawl.classes("good")


def test_no_process_grows_beyond_a_gigabyte(crawl: Crawl) -> None:
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024 < 1000


def test_what_came_is_kept_whole(crawl: Crawl) -> None:
    assert_sound(crawl.elchi)
