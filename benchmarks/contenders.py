"""Who is compared: Elchi, the obvious implementation, and news-please; how each is started, and what it has kept."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.farm.client import ROOT, RunningFarm
from benchmarks.measure import Cost, run

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "elchi-benchmarks"
ELCHI = (sys.executable, "-c", "from elchi.commands import main; main()")


class PeerMissing(RuntimeError):
    """A peer could not be installed or run; the message says why."""


@dataclass(frozen=True, slots=True)
class Contest:
    """One run of one contender. kept: articles that it has at the end. asked: requests that the farm saw, by role."""

    name: str
    cost: Cost
    kept: int
    asked: dict[str, int]

    @property
    def pages_a_second(self) -> float:
        """Articles kept a second of wall time."""
        return self.kept / self.cost.wall

    @property
    def cpu_a_page(self) -> float:
        """CPU milliseconds for each article kept."""
        return 1000 * self.cost.cpu / max(1, self.kept)


def environment(farm: RunningFarm, home: Path, **settings: str) -> dict[str, str]:
    """Nothing of the person's but the way to programs; the farm as the web."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "http_proxy": farm.proxy,
        "ELCHI_HOME": str(home),
        "ELCHI_CATALOGUE": str(farm.catalogue),
        **settings,
    }


def run_elchi(
    farm: RunningFarm,
    home: Path,
    *,
    name: str = "elchi",
    starter: tuple[str, ...] = ELCHI,
    options: tuple[str, ...] = (),
    **settings: str,
) -> Contest:
    """``elchi crawl`` of all sources: from the first request to the last article in the search index."""
    home.mkdir(parents=True, exist_ok=True)
    farm.reset()
    cost = run(
        (*starter, "crawl", "--quiet", *options),
        environment=environment(farm, home, **settings),
        folder=ROOT,
        log=home / "crawl.log",
    )
    return Contest(name, cost, searchable(home), farm.counts())


def searchable(home: Path) -> int:
    """How many articles a search of everything finds, counted by the index."""
    from elchi.library import open_library
    from storage.search.query import SearchQuery

    with open_library(home) as library:
        return library.find(SearchQuery("", limit=0))[0]


def run_baseline(farm: RunningFarm, home: Path) -> Contest:
    """The same discovery and settings, trafilatura inline, a row at a time."""
    home.mkdir(parents=True, exist_ok=True)
    farm.reset()
    database = home / "baseline.sqlite"
    command = (sys.executable, "-m", "benchmarks.baseline", str(database))
    cost = run(command, environment=environment(farm, home), folder=ROOT, log=home / "crawl.log")
    with sqlite3.connect(database) as connection:
        kept = connection.execute("SELECT count(*) FROM article WHERE text <> ''").fetchone()[0]
    return Contest("baseline", cost, kept, farm.counts())


def run_news_please(farm: RunningFarm, home: Path) -> Contest:
    """news-please with its own defaults, sitemaps found by robots.txt, into JSON and HTML files. Raises `PeerMissing`."""
    program = _install_news_please()
    home.mkdir(parents=True, exist_ok=True)
    config = _news_please_config(program, farm, home)
    farm.reset()
    cost = run(
        (str(program), "-c", str(config)), environment=environment(farm, home), folder=home, log=home / "crawl.log"
    )
    texts = (json.loads(path.read_text("utf-8")).get("maintext") for path in (home / "data").rglob("*.json"))
    kept = sum(1 for text in texts if text)
    if not kept:
        raise PeerMissing(f"news-please kept nothing; see {home / 'crawl.log'}")
    return Contest("news-please", cost, kept, farm.counts())


def _install_news_please() -> Path:
    """Its command, in a virtual environment of its own, made where it is missing."""
    folder = CACHE / "news-please"
    program = folder / "bin" / "news-please"
    if not program.exists():
        try:
            venv.create(folder, with_pip=True)
            install = (str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "news-please")
            subprocess.run(install, check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise PeerMissing(f"news-please could not be installed: {getattr(error, 'stderr', '') or error}") from error
    return program


def _news_please_config(program: Path, farm: RunningFarm, home: Path) -> Path:
    """Its own configuration but for the folder it writes to and the sites it asks."""
    shipped = next((program.parent.parent / "lib").glob("python*/site-packages/newsplease/config/config.cfg"))
    config = home / "config"
    config.mkdir(exist_ok=True)
    text = re.sub(r"(?m)^working_path = .*$", f"working_path = {home}", shipped.read_text("utf-8"))
    text = re.sub(r"(?m)^relative_to_start_processes_file = .*$", "relative_to_start_processes_file = False", text)
    (config / "config.cfg").write_text(text, "utf-8")
    sites = [{"url": f"http://{site.host}/"} for site in farm.world.sites]
    (config / "sitelist.hjson").write_text(json.dumps({"base_urls": sites}), "utf-8")
    return config


CONTENDERS: dict[str, Callable[[RunningFarm, Path], Contest]] = {
    "elchi": run_elchi,
    "baseline": run_baseline,
    "news-please": run_news_please,
}
