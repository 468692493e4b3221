"""A scenario file: how large the farm is, and what happens to its sites on which day."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

SCENARIOS = Path(__file__).parent / "scenarios"

Kind = Literal["redesign", "down", "block", "move", "trap", "quiet", "edit", "delete", "backdate"]
"""redesign, down, block, quiet: from `day` until `until`. move, trap: from `day` on. edit, delete, backdate: on `day`."""

HOW: dict[str, frozenset[str]] = {
    "redesign": frozenset({"links", "dates", "script"}),
    "down": frozenset({"503", "silent"}),
    "block": frozenset({"403", "challenge"}),
    "trap": frozenset({"month", "pager"}),
}
"""How an event shows.

links: the list's links become scripts. dates: no page says a date any more. script: articles are drawn by a script.
503: said by the server. silent: the connection ends without an answer. 403, challenge: said, or a page with 200 that asks to wait.
month: each month of a calendar leads to the next, without end. pager: pages past the end repeat the last one.
"""


class ScenarioError(ValueError):
    """A scenario file is wrong; the message names the event and what would be right."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happens to some sites. day, until: counted from 0, the first day; until is the first day without it, None for ever.
    count: how many articles of each site, for edit, delete and backdate.
    """

    kind: Kind
    day: int
    sites: tuple[int, ...]
    until: int | None = None
    how: str = ""
    count: int = 1

    def holds(self, day: int) -> bool:
        """Whether the event is in force on a day."""
        return self.day <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Scenario:
    """A farm and its history.

    first_day: the date of day 0. hosts, articles: how many sites, and how many articles they have together when day 0 begins.
    published_a_day: mean of new articles of one site. page_kilobytes: least and most of an article's HTML.
    crawl_delay: what robots.txt asks for, None where it asks for nothing.
    """

    name: str
    seed: int
    first_day: date
    days: int
    hosts: int
    articles: int
    published_a_day: float = 0.0
    page_kilobytes: tuple[int, int] = (30, 100)
    crawl_delay: float | None = None
    events: tuple[Event, ...] = ()

    def sized(self, hosts: int, articles: int) -> Scenario:
        """The same with another number of sites and articles."""
        return replace(self, hosts=hosts, articles=articles)


def load_scenario(name: str | Path) -> Scenario:
    """The scenario of a file, or one of ours by its name. Raises `ScenarioError`."""
    path = Path(name) if Path(name).suffix else SCENARIOS / f"{name}.toml"
    values = tomllib.loads(path.read_text("utf-8"))
    events = tuple(_event(path, number, each) for number, each in enumerate(values.pop("event", ()), 1))
    if unknown := values.keys() - {field.name for field in fields(Scenario)}:
        raise ScenarioError(f"{path}: no such key: {', '.join(sorted(unknown))}.")
    values["page_kilobytes"] = tuple(values.get("page_kilobytes", (30, 100)))
    scenario = Scenario(**values, events=events)
    for number, event in enumerate(events, 1):
        if not all(0 <= site < scenario.hosts for site in event.sites) or not 0 <= event.day < scenario.days:
            raise ScenarioError(
                f"{path}: event {number}: sites are 0 to {scenario.hosts - 1}, days 0 to {scenario.days - 1}."
            )
    return scenario


def _event(path: Path, number: int, values: dict[str, Any]) -> Event:
    if unknown := values.keys() - {field.name for field in fields(Event)}:
        raise ScenarioError(f"{path}: event {number}: no such key: {', '.join(sorted(unknown))}.")
    event = Event(**{**values, "sites": tuple(values["sites"])})
    if (
        event.kind not in get_args(Kind)
        or (event.kind in HOW) != bool(event.how)
        or event.how not in HOW.get(event.kind, {""})
    ):
        raise ScenarioError(f"{path}: event {number}: kind {event.kind!r} with how {event.how!r} is none of {HOW}.")
    return event
