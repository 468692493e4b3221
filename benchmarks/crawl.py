"""``python -m benchmarks.crawl [--quick] [--json] [--only PART ...]``: what a crawl costs, against targets and against others.

Parts: speed (Elchi, the obvious implementation and news-please in turn), parts (share of the CPU), again (memory, and a crawl with nothing
changed), days (thirty simulated days), polite (two crawls at once on one host), kills (kill -9 at random), hostile (pages that are made to
exhaust a crawler). --quick takes 5 hosts with 120 pages, one round, and the first three parts: a minute where the machine has nothing else
to do.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import Any

from benchmarks import speed
from benchmarks.contenders import CONTENDERS
from benchmarks.days import simulate
from benchmarks.farm.client import RunningFarm
from benchmarks.hostile import crawl_hostile
from benchmarks.kills import kill_crawls
from benchmarks.polite import measure_gaps
from benchmarks.report import print_report

PARTS = ("speed", "parts", "again", "days", "polite", "kills", "hostile")
WARM = frozenset({"speed", "parts", "again"})
"""The parts that share one farm on which nothing happens."""

QUICK = ("speed", "parts", "again")
NAMED = ("scrapy", "trafilatura", "sqlalchemy", "tantivy")


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.crawl", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="5 hosts, 120 pages, one round")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    parser.add_argument("--only", nargs="+", choices=PARTS, help="some parts alone")
    parser.add_argument("--hosts", type=int, help="default 50; 5 with --quick")
    parser.add_argument("--articles", type=int, help="default 10000; 120 with --quick")
    parser.add_argument("--rounds", type=int, help="runs of each contender; default 3; 1 with --quick")
    parser.add_argument(
        "--scenario", default="thirty_days", help="of days: one of benchmarks/farm/scenarios, or a file"
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--delay", type=float, default=0.5, help="of polite: seconds promised between two requests")
    parser.add_argument("--without", nargs="*", default=[], choices=sorted(CONTENDERS), help="contenders to leave out")
    asked = parser.parse_args()
    hosts, articles = asked.hosts or (5 if asked.quick else 50), asked.articles or (120 if asked.quick else 10_000)
    rounds = asked.rounds or (1 if asked.quick else 3)
    chosen = asked.only or (QUICK if asked.quick else PARTS)
    names = tuple(name for name in CONTENDERS if name not in asked.without)
    results = {"about": _about(hosts, articles, rounds)}
    with tempfile.TemporaryDirectory(prefix="elchi-benchmark-") as folder:
        if WARM & set(chosen):
            results |= _on_warm_farm(Path(folder), hosts, articles, rounds, names, chosen)
        if "days" in chosen:
            results["days"] = simulate(asked.scenario, Path(folder) / "days")
        if "polite" in chosen:
            results["polite"] = measure_gaps(Path(folder) / "polite", asked.delay)
        if "kills" in chosen:
            results["kills"] = kill_crawls(Path(folder) / "kills", asked.kills)
        if "hostile" in chosen:
            results["hostile"] = crawl_hostile(Path(folder) / "hostile")
    if asked.json:
        print(json.dumps(results, ensure_ascii=False))
    else:
        print_report(results)


def _on_warm_farm(
    folder: Path, hosts: int, articles: int, rounds: int, names: tuple[str, ...], chosen: tuple[str, ...]
) -> dict[str, Any]:
    results: dict[str, Any] = {}
    with RunningFarm("speed", folder / "farm", hosts=hosts, articles=articles, warm=True) as farm:
        results["farm"] = {**farm.facts, "pages_a_second": farm.pages_a_second(farm.article_urls())}
        if "speed" in chosen:
            medians, missing = speed.compare(farm, folder / "speed", rounds, names)
            results["speed"] = {each.name: {name: getattr(each, name) for name in each.__slots__} for each in medians}
            results["missing"] = missing
        if "parts" in chosen:
            results["parts"] = speed.parts(farm, folder / "parts")
        if "again" in chosen:
            results |= speed.again(farm, folder / "again", rounds)
    return results


def _about(hosts: int, articles: int, rounds: int) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "hosts": hosts,
        "articles": articles,
        "rounds": rounds,
        "processors": cpu_count(),
        "python": platform.python_version(),
        **{name: version(name) for name in NAMED},
    }


if __name__ == "__main__":
    main()
