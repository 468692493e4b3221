"""Done when 4: the days of a scenario, a crawl a day, and what of the truth the archive has at the end."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.contenders import ELCHI, environment, run_elchi
from benchmarks.farm.client import ROOT, RunningFarm
from benchmarks.farm.pages import ARTICLE, Pages
from benchmarks.farm.world import Article, Site, World

CRAWLED_AT = time(20, 0, tzinfo=UTC)
"""When cron starts the crawl: what the farm publishes on a day stands there by then."""

UNSEEN = frozenset({"links", "script"})
"""Redesigns after which nobody can find or read articles."""

NO_ALARM = frozenset({"gone"})
"""Failures that are no news to a person: a deleted article is the site's right."""

ALARMED = frozenset({"flagged", "failing"})
"""States of a source in `elchi health` that want a person."""

Key = tuple[int, int]
"""A site's index and an article's number."""


@dataclass(frozen=True, slots=True)
class Crawled:
    """One day's crawl. asked: requests by role. flagged: indexes of the sites that it says something is wrong with."""

    day: int
    asked: dict[str, int]
    flagged: frozenset[int]
    cpu: float
    wall: float
    code: int


def simulate(scenario: str, folder: Path) -> dict[str, Any]:
    """Crawl every day of a scenario into one archive, and compare."""
    home = folder / "home"
    crawls = []
    with RunningFarm(scenario, folder / "farm") as farm:
        for day in range(farm.world.scenario.days):
            farm.set_day(day)
            crawls.append(_crawl(farm, home, day))
            print(f"day {day}: {crawls[-1].asked} flagged {sorted(crawls[-1].flagged)}", file=sys.stderr, flush=True)
        return {**_kept(farm.world, home), **_asked(farm.world, crawls), **_alarms(farm.world, crawls), **_cost(crawls)}


def _crawl(farm: RunningFarm, home: Path, day: int) -> Crawled:
    moment = datetime.combine(farm.world.date(day), CRAWLED_AT)
    contest = run_elchi(farm, home, ELCHI_NOW=moment.isoformat())
    flagged = frozenset(_flagged(farm, home))
    return Crawled(day, contest.asked, flagged, contest.cost.cpu, contest.cost.wall, contest.cost.code)


def _flagged(farm: RunningFarm, home: Path) -> Iterator[int]:
    """The sites of which a person is told that something is wrong: by `elchi health`, or by the ledger of a version that has none."""
    slugs = {site.slug: site.index for site in farm.world.sites}
    judged = _ask(farm, home, "health", "--json")
    if judged is not None:
        yield from (slugs[each["source"]] for each in judged if each["state"] in ALARMED)
        return
    for slug, record in (_ask(farm, home, "runs", "--limit", "1", "--json") or [])[0]["sources"].items():
        if record["failures"].keys() - NO_ALARM:
            yield slugs[slug]


def _ask(farm: RunningFarm, home: Path, *words: str) -> list[dict[str, Any]] | None:
    """What a command says in JSON Lines, None where there is no such command."""
    done = subprocess.run(
        [*ELCHI, *words], cwd=ROOT, env=environment(farm, home), capture_output=True, text=True, check=False
    )
    if done.returncode not in {0, 1}:  # 1: said, and something is wrong
        return None
    return [json.loads(line) for line in done.stdout.splitlines()]


def _kept(world: World, home: Path) -> dict[str, Any]:
    """What the archive has of what could be found: articles, their text as it stands at the end, and what is none of them."""
    kept, strange = archive_records(world, home)
    last, pages = world.scenario.days - 1, Pages(world)
    findable = {
        (site.index, article.number): (site, article)
        for site in world.sites
        for article in world.articles[site.index]
        if _is_findable(world, site, article)
    }
    missed = sorted(findable.keys() - kept.keys())
    edited, followed, wrong = 0, 0, 0
    for key in findable.keys() & kept.keys():
        site, article = findable[key]
        says = _says(pages, site, article, last)
        if article.revision(last):
            edited += 1
            followed += kept[key][0]["text"] == says
        else:
            wrong += kept[key][0]["text"] != says
    gone = [key for key, (_, article) in findable.items() if article.deleted is not None and key in kept]
    late = [
        key
        for key, (site, article) in findable.items()
        if article.appeared >= 0 and article.published < world.date(article.appeared)
    ]
    return {
        "articles": len(findable),
        "recall": 1 - len(missed) / len(findable),
        "missed": [f"{world.sites[index].slug}/{number}" for index, number in missed[:20]],
        "missed_by_site": dict(Counter(world.sites[index].slug for index, _ in missed).most_common(10)),
        "doubled": sum(len(records) > 1 for records in kept.values()),
        "strange": len(strange),
        "strange_urls": strange[:5],
        "wrong_text": wrong,
        "undated": sum(records[0]["published"] is None for records in kept.values()),
        "edits": edited,
        "edits_followed": followed,
        "deleted": len(gone),
        "deleted_noticed": sum(kept[key][0]["state"] == "gone" for key in gone),
        "backdated": len(late),
        "backdated_kept": sum(key in kept for key in late),
    }


def archive_records(world: World, home: Path) -> tuple[dict[Key, list[dict[str, Any]]], list[str]]:
    """By article, its records in the archive; and the addresses of records that are no article of the farm."""
    from elchi.library import open_library
    from storage.search.query import SearchQuery

    kept: defaultdict[Key, list[dict[str, Any]]] = defaultdict(list)
    strange = []
    with open_library(home) as library:
        for record in library.export(SearchQuery("")):
            key = next((key for url in record["addresses"] if (key := _key(world, url))), None)
            if key is None:
                strange.append(record["url"])
            else:
                kept[key].append(record)
    return dict(kept), strange


def _key(world: World, url: str) -> Key | None:
    parts = urlsplit(url)
    site = world.by_host.get(parts.hostname or "")
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    match = re.fullmatch(f"{ARTICLE[site.theme].removesuffix('/')}/?", target) if site else None
    return (site.index, int(match[1])) if site and match else None


def _is_findable(world: World, site: Site, article: Article) -> bool:
    days = range(max(article.appeared, 0), min(article.deleted or world.scenario.days, world.scenario.days))
    states = (world.state(site, day) for day in days)
    return any(not (state.down or state.block or state.redesign in UNSEEN) for state in states)


def _says(pages: Pages, site: Site, article: Article, day: int) -> str:
    """The text of an article on a day, or as it was the day before it was deleted."""
    until = day if article.deleted is None else min(day, article.deleted - 1)
    story = pages.story(site, article.number, until)
    assert story is not None
    return "\n\n".join(story.paragraphs)


def _asked(world: World, crawls: list[Crawled]) -> dict[str, Any]:
    """Requests, robots.txt left out, for each article that came after day 0."""
    roles: Counter[str] = Counter()
    for crawl in crawls[1:]:
        roles.update(crawl.asked)
    new = sum(1 for articles in world.articles for article in articles if article.appeared > 0)
    asked = sum(count for role, count in roles.items() if role != "robots")
    return {
        "new_after_first_day": new,
        "requests": asked,
        "requests_by_role": dict(roles),
        "requests_per_new": asked / new,
    }


def _alarms(world: World, crawls: list[Crawled]) -> dict[str, Any]:
    """Which breaks were flagged in the run in which they came, and which alarms were false. Days in a row are one alarm."""
    flagged = {crawl.day: crawl.flagged for crawl in crawls}
    missed = [
        f"{event.kind} {event.how}, {world.sites[site].slug}, day {event.day}"
        for event in world.scenario.events
        if event.kind in {"redesign", "block", "down"}
        for site in event.sites
        if site not in flagged[event.day]
    ]
    breaks = sum(len(event.sites) for event in world.scenario.events if event.kind in {"redesign", "block", "down"})
    false = {
        (site, crawl.day)
        for crawl in crawls
        for site in crawl.flagged
        if not world.state(world.sites[site], crawl.day).is_broken
    }
    first = sorted((day, world.sites[site].slug) for site, day in false if (site, day - 1) not in false)
    return {
        "breaks": breaks,
        "breaks_flagged": breaks - len(missed),
        "breaks_missed": missed,
        "false_alarms": len(first),
        "false_alarm_days": [f"day {day}, {slug}" for day, slug in first[:20]],
    }


def _cost(crawls: list[Crawled]) -> dict[str, Any]:
    return {"days": len(crawls), "cpu": sum(crawl.cpu for crawl in crawls), "wall": sum(crawl.wall for crawl in crawls)}
