"""Done when 4: the days of a scenario, a crawl a day, and what of the truth the archive has at the end."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.contenders import run_elchi
from benchmarks.farm.client import RunningFarm
from benchmarks.farm.pages import ARTICLE, Pages
from benchmarks.farm.world import Article, Site, World

CRAWLED_AT = time(20, 0, tzinfo=UTC)
"""When cron starts the crawl: what the farm publishes on a day stands there by then."""

BACK_OFF_SECONDS = 0.1
"""Nobody waits for a server of the farm to come to itself."""

UNSEEN = frozenset({"links", "script"})
"""Redesigns after which nobody can find or read articles."""

ALARMED = frozenset({"flagged", "failing"})
"""States of a source in `elchi health` that want a person."""

Key = tuple[int, int]
"""A site's index and an article's number."""


@dataclass(frozen=True, slots=True)
class Crawled:
    """One day's crawl. asked: requests by role. sites: indexes of those that were asked. flagged: those with which something is wrong."""

    day: int
    asked: dict[str, int]
    sites: frozenset[int]
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
    """Cron's crawl of one day: what is due."""
    moment = datetime.combine(farm.world.date(day), CRAWLED_AT)
    contest = run_elchi(
        farm, home, options=("--due",), ELCHI_NOW=moment.isoformat(), ELCHI_BACK_OFF_SECONDS=str(BACK_OFF_SECONDS)
    )
    states = _states(farm.world, home)
    flagged = frozenset(index for index, state in states.items() if state in ALARMED)
    return Crawled(
        day, contest.asked, frozenset(states), flagged, contest.cost.cpu, contest.cost.wall, contest.cost.code
    )


def _states(world: World, home: Path) -> dict[int, str]:
    """By index, the state in `elchi health` of the sites that the last crawl asked."""
    from elchi.library import open_library

    slugs = {site.slug: site.index for site in world.sites}
    with open_library(home) as library:
        health = library.health()
    last = max(each.last.run for each in health.values())
    return {slugs[slug]: each.state for slug, each in health.items() if each.last.run == last}


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
    """Which breaks were flagged by the first crawl that could see them, and which alarms were false. Days in a row are one alarm.

    A break that was over before the site was asked again is no crawl's to see.
    """
    breaks, unseen, late, missed = 0, 0, 0, []
    for event in world.scenario.events:
        for site in event.sites if event.kind in {"redesign", "block", "down"} else ():
            seen = [crawl for crawl in crawls if event.holds(crawl.day) and site in crawl.sites]
            breaks += bool(seen)
            unseen += not seen
            if seen and site not in seen[0].flagged:
                missed.append(f"{event.kind} {event.how}, {world.sites[site].slug}, day {seen[0].day}")
                late += len(seen) > 1 and site in seen[1].flagged
    false = [
        (site, crawl.day)
        for crawl in crawls
        for site in sorted(crawl.flagged)
        if not world.state(world.sites[site], crawl.day).is_broken
    ]
    first = [(day, world.sites[site].slug) for site, day in false if not _was_flagged_before(crawls, site, day)]
    return {
        "breaks": breaks,
        "breaks_over_before_asked": unseen,
        "breaks_flagged": breaks - len(missed),
        "breaks_missed": missed,
        "breaks_flagged_late": late,
        "false_alarms": len(first),
        "false_alarm_days": [f"day {day}, {slug}" for day, slug in first[:20]],
    }


def _was_flagged_before(crawls: list[Crawled], site: int, day: int) -> bool:
    """Whether the crawl before that one which asked the site had flagged it, too: an alarm that goes on is not a new one."""
    earlier = [crawl for crawl in crawls if crawl.day < day and site in crawl.sites]
    return bool(earlier) and site in earlier[-1].flagged


def _cost(crawls: list[Crawled]) -> dict[str, Any]:
    return {"days": len(crawls), "cpu": sum(crawl.cpu for crawl in crawls), "wall": sum(crawl.wall for crawl in crawls)}
