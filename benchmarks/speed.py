"""Done when 1 to 3: speed against others, share of the CPU by part, the second crawl, and memory. All on one warm farm."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.contenders import CONTENDERS, Contest, PeerMissing, run_elchi
from benchmarks.farm.client import RunningFarm
from benchmarks.measure import Memory

KEEPING = ("warc", "duplicates", "database", "index")
"""The parts that are to take under 15 % of the CPU together."""


@dataclass(frozen=True, slots=True)
class Medians:
    """Of several runs of one contender. kept: articles. fetched: article pages that it asked for.

    ratio_cpu, ratio_wall: Elchi's pages a second (of CPU, of wall) over this one's, None for Elchi itself.
    """

    name: str
    runs: int
    kept: float
    fetched: float
    wall: float
    cpu: float
    pages_a_second: float
    cpu_milliseconds_a_page: float
    ratio_wall: float | None = None
    ratio_cpu: float | None = None


def compare(
    farm: RunningFarm, folder: Path, rounds: int, names: tuple[str, ...]
) -> tuple[list[Medians], dict[str, str]]:
    """Run the contenders in turn, `rounds` times; their medians, and by name why one could not run."""
    runs: dict[str, list[Contest]] = {name: [] for name in names}
    missing: dict[str, str] = {}
    for number in range(rounds):
        for name in names:
            if name in missing:
                continue
            try:
                contest = CONTENDERS[name](farm, folder / f"{name}-{number}")
            except PeerMissing as error:
                missing[name] = str(error)
                continue
            _say(f"{name}: {contest.kept} kept in {contest.cost.wall:.1f} s, {contest.cost.cpu:.1f} CPU s")
            runs[name].append(contest)
    medians = [_medians(name, runs[name]) for name in names if runs[name]]
    elchi = next((each for each in medians if each.name == "elchi"), None)
    return [_against(each, elchi) for each in medians], missing


def _medians(name: str, contests: list[Contest]) -> Medians:
    return Medians(
        name=name,
        runs=len(contests),
        kept=median(each.kept for each in contests),
        fetched=median(each.asked.get("article", 0) for each in contests),
        wall=median(each.cost.wall for each in contests),
        cpu=median(each.cost.cpu for each in contests),
        pages_a_second=median(each.pages_a_second for each in contests),
        cpu_milliseconds_a_page=median(each.cpu_a_page for each in contests),
    )


def _against(one: Medians, elchi: Medians | None) -> Medians:
    if elchi is None or one.name == "elchi":
        return one
    values = {name: getattr(one, name) for name in Medians.__slots__}
    values["ratio_wall"] = elchi.pages_a_second / one.pages_a_second
    values["ratio_cpu"] = one.cpu_milliseconds_a_page / elchi.cpu_milliseconds_a_page
    return Medians(**values)


def parts(farm: RunningFarm, home: Path) -> dict[str, Any]:
    """Share of the CPU of one crawl by part; see `benchmarks.timed` for how. keeping: WARC, duplicates, database and index together."""
    home.mkdir(parents=True, exist_ok=True)
    out = home / "parts.json"
    contest = run_elchi(farm, home, starter=(sys.executable, "-m", "benchmarks.timed", str(out)))
    if not out.exists():
        raise RuntimeError(f"the timed crawl ended with {contest.cost.code}; see {home / 'crawl.log'}")
    values = json.loads(out.read_text("utf-8"))
    shares = {part: seconds / values["cpu"] for part, seconds in sorted(values["parts"].items())}
    milliseconds = {part: 1000 * seconds / contest.kept for part, seconds in sorted(values["parts"].items())}
    return {
        "cpu": values["cpu"],
        "kept": contest.kept,
        "share": shares,
        "milliseconds_a_page": milliseconds,
        "keeping": sum(shares.get(part, 0.0) for part in KEEPING),
    }


def again(farm: RunningFarm, home: Path, rounds: int) -> dict[str, dict[str, Any]]:
    """A first crawl with its memory, then others with nothing changed. second: what they asked and cost. memory: of the first."""
    first = run_elchi(farm, home)
    held = _memory(first, [asked.at for asked in farm.requests() if asked.role == "article" and asked.status == 200])
    seconds = [run_elchi(farm, home) for _ in range(rounds)]
    asked = seconds[-1].asked
    cpu = median(each.cost.cpu for each in seconds)
    second = {
        "first_cpu": first.cost.cpu,
        "first_wall": first.cost.wall,
        "second_cpu": cpu,
        "second_wall": median(each.cost.wall for each in seconds),
        "cpu_share": cpu / first.cost.cpu,
        "entry_points": sum(2 if site.theme == "press" else 1 for site in farm.world.sites),
        "asked": asked,
        "asked_without_robots": sum(count for role, count in asked.items() if role != "robots"),
        "kept_before": first.kept,
        "kept_after": seconds[-1].kept,
    }
    return {"second": second, "memory": held}


def _memory(contest: Contest, served: list[float]) -> dict[str, Any]:
    """Peaks of a crawl, and how much was held when half of the pages, and all of them, had been served. served: when each was."""
    half, end = (_held(contest.cost.memory, at) for at in (served[len(served) // 2 - 1], served[-1]))
    return {
        "pages": len(served),
        "main_peak": contest.cost.main_peak,
        "worker_peak": contest.cost.worker_peak,
        "main_at_half": half.main,
        "main_at_end": end.main,
        "workers_at_half": max(half.workers, default=0.0),
        "workers_at_end": max(end.workers, default=0.0),
    }


def _held(looks: tuple[Memory, ...], at: float) -> Memory:
    return min(looks, key=lambda look: abs(look.at - at))


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
