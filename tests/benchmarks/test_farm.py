"""The farm serves what its truth says: the benchmarks are only as true as that."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from benchmarks.farm.catalogue import write_catalogue
from benchmarks.farm.client import RunningFarm
from benchmarks.farm.pages import Pages
from benchmarks.farm.scenario import SCENARIOS, ScenarioError, load_scenario
from benchmarks.farm.world import World
from scraper.reading import Page, read_page
from spiders.catalogue import Source, load_catalogue
from spiders.discovery import Answer, discover
from spiders.preparation import entries_by_url

SMALL = load_scenario("speed").sized(8, 200)
FETCHED = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Source]:
    return load_catalogue([write_catalogue(World(SMALL), tmp_path_factory.mktemp("catalogue"))])


@pytest.mark.parametrize("name", sorted(path.stem for path in SCENARIOS.glob("*.toml")))
def test_scenarios_load_and_give_the_same_world_twice(name: str) -> None:
    one, other = World(load_scenario(name)), World(load_scenario(name))
    assert one.articles == other.articles
    assert sum(map(len, one.articles)) >= one.scenario.articles


@pytest.mark.parametrize("index", range(8))
def test_every_language_and_markup_reads_as_the_farm_meant_it(index: int, catalogue: dict[str, Source]) -> None:
    world = World(SMALL)
    site, pages = world.sites[index], Pages(world)
    article = world.live(site, 0)[0]
    story = pages.story(site, article.number, 0)
    assert story is not None
    url = f"http://{site.host}{story.path}"
    answer = pages.answer(site, site.host, story.path, 0)
    assert 30_000 <= len(answer.body.encode()) <= 101_000
    read = read_page(Page(url, answer.body.encode(), answer.content_type, FETCHED), catalogue[site.slug].rules(url))
    assert (read.kind, read.title, read.language) == ("article", story.title, site.tag)
    assert read.text == "\n\n".join(story.paragraphs)
    assert read.published is not None
    assert read.published.day == story.published


@pytest.mark.parametrize("index", range(8))
def test_entry_points_lead_to_every_article(index: int, catalogue: dict[str, Source]) -> None:
    world = World(SMALL)
    site, pages = world.sites[index], Pages(world)
    source, found = catalogue[site.slug], set[str]()
    for url, entry in entries_by_url(source).items():
        depth, following = 0, url
        while following:
            answer = pages.answer(site, site.host, following.removeprefix(f"http://{site.host}"), 0)
            listed = discover(source, entry, Answer(following, answer.body.encode(), answer.content_type, depth))
            found |= {candidate.url for candidate in listed.candidates}
            depth, following = depth + 1, listed.next_url or ""
    assert found == {f"http://{site.host}{pages.path(site, article)}" for article in world.live(site, 0)}


def test_a_history_shows_on_the_pages() -> None:
    world = World(load_scenario("six_days"))
    pages = Pages(world)

    def status(index: int, host: str, target: str, day: int) -> int:
        return pages.answer(world.sites[index], host, target, day).status

    def listed(index: int, day: int) -> str:
        site = world.sites[index]
        return pages.answer(site, site.host, "/news" if site.theme != "press" else "/category/news/", day).body

    (deleted,) = world.truth(3).deleted[1]
    site = world.sites[1]
    path = pages.path(site, world.articles[1][deleted - 1000])
    assert [status(1, site.host, path, day) for day in (2, 3)] == [200, 404]
    (edited,) = world.truth(2).edited[0]
    before, after = (pages.story(world.sites[0], edited, day) for day in (1, 2))
    assert before is not None
    assert after is not None
    assert after.paragraphs[:-1] == before.paragraphs
    (late,) = world.truth(3).backdated[2]
    assert world.articles[2][late - 1000].published < world.date(3)
    assert 'href="/news/' in listed(4, 2)
    assert 'details"' not in listed(4, 3)
    assert world.live(world.sites[5], 4)[0].published.isoformat() not in listed(5, 4)
    assert "Just a moment" in listed(6, 4)
    moved = world.sites[7]
    assert [status(7, moved.host, "/sitemap.xml", day) for day in (1, 2)] == [200, 301]
    assert [status(7, moved.new_host, "/sitemap.xml", day) for day in (1, 2)] == [404, 200]
    assert "/calendar?month=2026-12" in listed(1, 2)
    assert "/calendar?month=2030-07" in pages.answer(site, site.host, "/calendar?month=2030-06", 2).body
    assert 3 not in {**world.truth(2).published, **world.truth(4).published}
    assert {index: bool(state.redesign) for index, state in world.truth(4).broken.items()} == {
        4: True,
        5: True,
        6: False,
    }


def test_an_event_that_is_none_is_refused(tmp_path: Path) -> None:
    text = (SCENARIOS / "six_days.toml").read_text("utf-8")
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(text.replace('how = "links"', 'how = "colours"'), "utf-8")
    with pytest.raises(ScenarioError, match="event 4: kind 'redesign' with how 'colours'"):
        load_scenario(wrong)


def test_it_serves_as_a_proxy_with_validators_and_a_record(tmp_path: Path) -> None:
    with RunningFarm("six_days", tmp_path) as farm:
        opener = build_opener(ProxyHandler({"http": farm.proxy}))
        site = farm.world.sites[4]
        url = next(each for each in farm.article_urls() if site.host in each)
        with opener.open(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:
            assert answer.headers["Content-Encoding"] == "gzip"
            etag = answer.headers["ETag"]
        with pytest.raises(HTTPError, match="304"):
            opener.open(Request(url, headers={"If-None-Match": etag}))
        farm.set_day(2)
        with pytest.raises(HTTPError, match="503"):
            opener.open(f"http://{farm.world.sites[6].host}/")
        assert [(asked.day, asked.status, asked.role) for asked in farm.requests()] == [
            (0, 200, "article"),
            (0, 304, "article"),
            (2, 503, "down"),
        ]
        assert farm.counts() == {"article": 2, "down": 1}
        farm.reset()
        assert farm.requests() == []


def test_sizes_may_be_chosen() -> None:
    assert sum(map(len, World(replace(SMALL, hosts=3, articles=10)).articles)) == 10
