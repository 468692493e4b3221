"""The farm's truth: which sites there are, and what each of them shows on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random
from typing import Literal

from benchmarks.farm.language import TAGS
from benchmarks.farm.scenario import Event, Scenario

Theme = Literal["portal", "press", "node", "table"]
"""portal: an ASP.NET portal with today's date. press: a WordPress. node: a Drupal 7. table: a page laid out in a table, with a sitemap."""

THEMES: tuple[Theme, ...] = ("portal", "press", "node", "table")
SENDS = (frozenset({"etag"}), frozenset({"last-modified"}), frozenset({"etag", "last-modified"}), frozenset[str]())


@dataclass(frozen=True, slots=True)
class Site:
    """One site. new_host: where it may move. sends: its validators. include: whether its catalogue file has patterns for articles."""

    index: int
    slug: str
    host: str
    new_host: str
    tag: str
    theme: Theme
    gzips: bool
    sends: frozenset[str]
    include: bool


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of news. published: the day it names, appeared: the day it came up, -1 for what is older than the scenario.
    edits: days on which its text was changed. deleted: the first day without it.
    """

    number: int
    published: date
    appeared: int
    edits: tuple[int, ...] = ()
    deleted: int | None = None

    def is_live(self, day: int) -> bool:
        """Whether the site has it on a day."""
        return self.appeared <= day and (self.deleted is None or day < self.deleted)

    def revision(self, day: int) -> int:
        """How often it was changed by a day."""
        return sum(edited <= day for edited in self.edits)


@dataclass(frozen=True, slots=True)
class State:
    """What is the matter with a site on a day; each empty or False where nothing is."""

    redesign: str = ""
    down: str = ""
    block: str = ""
    trap: str = ""
    moved: bool = False
    quiet: bool = False

    @property
    def is_broken(self) -> bool:
        """Whether a crawl should say on this day that something is wrong with the site. A trap or a move is not the site's fault."""
        return bool(self.redesign or self.down or self.block)


@dataclass(frozen=True, slots=True)
class Day:
    """What a perfect crawl finds of a day: numbers of articles by site that came up, changed or went; the sites that are broken."""

    published: dict[int, tuple[int, ...]]
    backdated: dict[int, tuple[int, ...]]
    edited: dict[int, tuple[int, ...]]
    deleted: dict[int, tuple[int, ...]]
    broken: dict[int, State]


class World:
    """All sites of a scenario, and their articles from the first day to the last."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.sites = tuple(_site(index) for index in range(scenario.hosts))
        self.articles = tuple(_articles(scenario, site) for site in self.sites)

    @cached_property
    def by_host(self) -> dict[str, Site]:
        """Every host that is one of a site's, its later one too."""
        return {host: site for site in self.sites for host in (site.host, site.new_host)}

    def date(self, day: int) -> date:
        """The date of a day of the scenario."""
        return self.scenario.first_day + timedelta(days=day)

    def state(self, site: Site, day: int) -> State:
        """What is the matter with a site on a day."""
        held = {event.kind: event for event in self.scenario.events if site.index in event.sites and event.holds(day)}
        hows = {kind: held[kind].how for kind in ("redesign", "down", "block", "trap") if kind in held}
        return State(**hows, moved="move" in held, quiet="quiet" in held)

    def live(self, site: Site, day: int) -> list[Article]:
        """What the site shows on a day, newest date first, as its list has it."""
        shown = [article for article in self.articles[site.index] if article.is_live(day)]
        return sorted(shown, key=lambda article: (article.published, article.number), reverse=True)

    def truth(self, day: int) -> Day:
        """What happened on a day."""
        found: dict[str, dict[int, tuple[int, ...]]] = {"published": {}, "backdated": {}, "edited": {}, "deleted": {}}
        for site in self.sites:
            articles = self.articles[site.index]
            late = [each.number for each in articles if each.appeared == day and each.published < self.date(day)]
            numbers = {
                "published": [each.number for each in articles if each.appeared == day and each.number not in late],
                "backdated": late,
                "edited": [each.number for each in articles if day in each.edits and each.is_live(day)],
                "deleted": [each.number for each in articles if each.deleted == day],
            }
            for name, each_numbers in numbers.items():
                if each_numbers:
                    found[name][site.index] = tuple(each_numbers)
        states = {site.index: self.state(site, day) for site in self.sites}
        broken = {index: state for index, state in states.items() if state.is_broken}
        return Day(**found, broken=broken)


def _site(index: int) -> Site:
    return Site(
        index=index,
        slug=f"farm-{index:02}",
        host=f"farm-{index:02}.example",
        new_host=f"new-{index:02}.example",
        tag=TAGS[index % len(TAGS)],
        theme=THEMES[(index + index // len(TAGS)) % len(THEMES)],
        gzips=index % 4 != 3,
        sends=SENDS[(index // 2) % len(SENDS)],
        include=index % 2 == 0,
    )


def _articles(scenario: Scenario, site: Site) -> tuple[Article, ...]:
    """What the site ever publishes. Numbers grow in the order in which articles came up, as a CMS counts them."""
    random = Random(f"{scenario.seed}/{site.index}/articles")
    old = scenario.articles // scenario.hosts + (site.index < scenario.articles % scenario.hosts)
    ages = sorted((random.randint(1, max(old, 30)) for _ in range(old)), reverse=True)
    made = [(scenario.first_day - timedelta(days=age), -1) for age in ages]
    events = [event for event in scenario.events if site.index in event.sites]
    for day in range(scenario.days):
        today = scenario.first_day + timedelta(days=day)
        made += [(today, day)] * _count(random, scenario.published_a_day, _is_quiet(events, day))
        for event in events:
            if event.kind == "backdate" and event.day == day:
                made += [(today - timedelta(days=random.randint(8, 25)), day) for _ in range(event.count)]
    articles = [Article(number, *when) for number, when in enumerate(made, 1000)]
    return _changed(articles, events, random)


def _is_quiet(events: list[Event], day: int) -> bool:
    return any(event.kind == "quiet" and event.holds(day) for event in events)


def _count(random: Random, mean: float, quiet: bool) -> int:
    """Between nothing and twice the mean; a quiet day has nothing, and draws all the same so that other days stay as they are."""
    drawn = round(random.uniform(0, 2 * mean))
    return 0 if quiet else drawn


def _changed(articles: list[Article], events: list[Event], random: Random) -> tuple[Article, ...]:
    by_number = {article.number: article for article in articles}
    for event in sorted(events, key=lambda each: each.day):
        if event.kind not in {"edit", "delete"}:
            continue
        live = [
            article for article in by_number.values() if article.appeared < event.day and article.is_live(event.day)
        ]
        for article in random.sample(live, min(event.count, len(live))):
            edits, deleted = article.edits, article.deleted
            if event.kind == "edit":
                edits = (*edits, event.day)
            else:
                deleted = event.day
            by_number[article.number] = Article(article.number, article.published, article.appeared, edits, deleted)
    return tuple(by_number.values())
