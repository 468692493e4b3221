"""A crawl that is killed at any moment loses nothing: the next one goes on where it stood, to the same archive."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.warc import scan
from tests.crawl.command import Elchi, finish, kill
from tests.crawl.conftest import CATALOGUE
from tests.crawl.evidence import assert_nothing_doubled, assert_sound, comparable, warc_files
from tests.sample_web import SampleWeb

SOURCES = ("davolash", "densaulyq", "universitas")
"""Redirects, copies, pagination, a feed with `?p=` twins; none asks for a Crawl-delay."""

REQUESTS = 50
"""About as many as a whole crawl of these sources makes."""

ONE_READER = {"ELCHI_READERS": "1"}  # tests run beside each other

pytestmark = pytest.mark.xdist_group("killed")


@pytest.fixture(scope="module")
def web() -> Iterator[SampleWeb]:
    with SampleWeb() as web:
        web.set_delay(0.05)
        yield web


@pytest.fixture(scope="module")
def undisturbed(web: SampleWeb, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The archive of a crawl that nobody disturbs."""
    elchi = Elchi(tmp_path_factory.mktemp("undisturbed"), CATALOGUE, web.proxy)
    before = len(web.requests)
    elchi.crawl(*SOURCES)
    assert REQUESTS - 10 < len(web.requests) - before < REQUESTS + 10
    return comparable(elchi.export())


def crawl_until(web: SampleWeb, elchi: Elchi, requests: int, more_seconds: float, number: int) -> int:
    """Crawl until the server has seen so many requests, and a while longer; then signal the whole group. Returns the exit code."""
    seen = len(web.requests)
    process = elchi.start("crawl", *SOURCES)
    try:
        while process.poll() is None and len(web.requests) - seen < requests:
            time.sleep(0.002)
        time.sleep(more_seconds)
    finally:
        kill(process, number)
    return process.wait(1) if number == signal.SIGKILL else finish(process).code


@pytest.mark.parametrize("seed", range(5))
def test_kill_9_loses_and_doubles_nothing(
    web: SampleWeb, undisturbed: list[dict[str, Any]], tmp_path: Path, seed: int
) -> None:
    """Two kills each: the second hits a crawl that takes up what the first left behind. The seeds spread them over the crawl."""
    chance = random.Random(seed)
    elchi = Elchi(tmp_path, CATALOGUE, web.proxy, ONE_READER)
    codes = []
    for part in (seed, (seed + 2) % 5):
        requests = chance.randrange(part * REQUESTS // 10 + 1, (part + 1) * REQUESTS // 10 + 1)
        codes.append(crawl_until(web, elchi, requests, chance.uniform(0, 0.25), signal.SIGKILL))
    assert -signal.SIGKILL in codes, "the crawl was over before it could be killed"

    elchi.crawl(*SOURCES)
    assert comparable(elchi.export()) == undisturbed
    assert_sound(elchi)
    assert_nothing_doubled(elchi)
    pages = Counter(
        response.url
        for path in warc_files(elchi.home)
        for response in scan(path)
        if response.role == "article" and response.status == 200
    )
    assert max(pages.values()) == 1, "a page that lies in the WARC was asked again"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["terminated", "ctrl-c"])
def test_a_signal_ends_the_crawl_in_good_order(
    web: SampleWeb, undisturbed: list[dict[str, Any]], tmp_path: Path, number: signal.Signals
) -> None:
    elchi = Elchi(tmp_path, CATALOGUE, web.proxy, ONE_READER)
    assert crawl_until(web, elchi, REQUESTS // 2, 0, number) == 130
    ledger = elchi.ledger(1)
    assert ledger["reason"] == "shutdown"
    assert sum(tally["failed"] for tally in ledger["sources"].values()) == 0
    some = comparable(elchi.export())
    assert 0 < len(some) < len(undisturbed)
    assert_sound(elchi)

    elchi.crawl(*SOURCES)
    assert comparable(elchi.export()) == undisturbed
    assert_nothing_doubled(elchi)
