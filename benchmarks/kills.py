"""Done when 6: crawls that are killed at random, again and again, and then finished; nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.contenders import ELCHI, environment
from benchmarks.days import archive_records
from benchmarks.farm.client import ROOT, RunningFarm
from benchmarks.farm.pages import Pages

HOSTS, ARTICLES = 6, 240
KILLS_AN_ARCHIVE = 5
LONGEST_SECONDS = 300


def kill_crawls(folder: Path, kills: int, seed: int = 1) -> dict[str, Any]:
    """Kill -9 whole crawls, five to an archive, at random moments of what one takes; then compare each archive with the farm."""
    random = Random(seed)
    lost = doubled = wrong = 0
    invalid: list[str] = []
    archives = -(-kills // KILLS_AN_ARCHIVE)
    reached = []
    with RunningFarm("speed", folder / "farm", hosts=HOSTS, articles=ARTICLES, warm=True) as farm:
        alone = _finish(farm, folder / "undisturbed")
        for number in range(archives):
            home = folder / f"killed-{number}"
            for _ in range(min(KILLS_AN_ARCHIVE, kills - number * KILLS_AN_ARCHIVE)):
                farm.reset()
                _kill(farm, home, random.uniform(0.3, alone))
                reached.append(farm.counts().get("article", 0))
            _finish(farm, home)
            outcome = _compare(farm, home)
            lost, doubled, wrong = lost + outcome[0], doubled + outcome[1], wrong + outcome[2]
            invalid += _invalid_warcs(home)
    return {
        "kills": kills,
        "archives": archives,
        "kills_in_mid_crawl": sum(count > 0 for count in reached),
        "lost": lost,
        "doubled": doubled,
        "wrong_text": wrong,
        "warc_files_invalid": invalid,
    }


def _start(farm: RunningFarm, home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*ELCHI, "crawl", "--quiet"],
        cwd=ROOT,
        env=environment(farm, home),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _kill(farm: RunningFarm, home: Path, after: float) -> None:
    crawl = _start(farm, home)
    time.sleep(after)
    if crawl.poll() is None:
        os.killpg(crawl.pid, signal.SIGKILL)
    crawl.wait()


def _finish(farm: RunningFarm, home: Path) -> float:
    began = time.monotonic()
    _start(farm, home).wait(LONGEST_SECONDS)
    return time.monotonic() - began


def _compare(farm: RunningFarm, home: Path) -> tuple[int, int, int]:
    """Articles that are lost, that are there more than once or are none, and whose text is not the farm's."""
    pages = Pages(farm.world)
    kept, strange = archive_records(farm.world, home)
    lost = doubled = wrong = 0
    for site in farm.world.sites:
        for article in farm.world.live(site, 0):
            records, story = kept.get((site.index, article.number), []), pages.story(site, article.number, 0)
            assert story is not None
            lost += not records
            doubled += len(records) > 1
            wrong += any(record["text"] != "\n\n".join(story.paragraphs) for record in records)
    return lost, doubled + len(strange), wrong


def _invalid_warcs(home: Path) -> list[str]:
    files = sorted((home / "warc").glob("*.warc.gz"))
    command = [sys.executable, "-m", "warcio.cli", "check"]
    return [
        file.name
        for file in files
        if subprocess.run([*command, str(file)], capture_output=True, check=False).returncode
    ]
