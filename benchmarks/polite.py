"""Done when 5: two crawls at once, four sources on one host; the gaps between requests, measured at the server."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.contenders import ELCHI, environment
from benchmarks.farm.catalogue import catalogue_file
from benchmarks.farm.client import ROOT, RunningFarm
from benchmarks.farm.pages import LISTS
from benchmarks.farm.world import Site

SOURCES = 4
ARTICLES = 24
TOLERANCE = 0.005
"""Seconds by which the server's own loop may see a request earlier or later than it came."""


def measure_gaps(folder: Path, delay_seconds: float) -> dict[str, Any]:
    """Two processes of two sources each, on one archive and one host, started together."""
    with RunningFarm("speed", folder / "farm", hosts=1, articles=ARTICLES) as farm:
        site = farm.world.sites[0]
        catalogue = folder / "sources"
        catalogue.mkdir()
        for number in range(SOURCES):
            (catalogue / f"part-{number}.toml").write_text(_part(site, number, delay_seconds), "utf-8")
        settings = environment(farm, folder / "home", ELCHI_CATALOGUE=str(catalogue))
        crawls = [
            subprocess.Popen(
                [*ELCHI, "crawl", "--quiet", *names],
                cwd=ROOT,
                env=settings,
                stdout=sys.stderr,
                stderr=subprocess.STDOUT,
            )
            for names in (("part-0", "part-1"), ("part-2", "part-3"))
        ]
        codes = [crawl.wait() for crawl in crawls]
        times = sorted(asked.at for asked in farm.requests())
    gaps = sorted(later - earlier for earlier, later in pairwise(times))
    return {
        "promised": delay_seconds,
        "requests": len(times),
        "codes": codes,
        "smallest_gap": gaps[0],
        "too_close": sum(gap < delay_seconds - TOLERANCE for gap in gaps),
    }


def _part(site: Site, number: int, delay_seconds: float) -> str:
    """A source that has every fourth article of the site, by the last digit of its number."""
    digits = "".join(str(digit) for digit in range(10) if digit % SOURCES == number)
    text = catalogue_file(site, delay_seconds, checked="2026-11-22")
    text = text.replace(LISTS[site.theme] + '"', f'{LISTS[site.theme]}?part={number}"')
    return text.replace(r"(\d+)", rf"\d+[{digits}]")
