"""Gently asked: what two crawls at once and a server in need see of us, measured at the server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.command import Done, Elchi, finish, kill
from tests.crawl.odd_web import Answer, OddWeb, says
from tests.crawl.sources import article, listing, write_source

pytestmark = pytest.mark.xdist_group("polite")

DELAY = 0.5
PARTS = 4
ARTICLES = 2


class Clock:
    """When each path of a host was asked, by the server's clock, in order."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, str]] = []

    def timed(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The same answers; a robots.txt that is not there is one of them."""
        return {path: self._timed(path, answer) for path, answer in {"/robots.txt": says(404), **answers}.items()}

    def gaps(self, beginning: str = "/") -> list[float]:
        """Between one request and the next, of the paths that begin so."""
        times = [at for at, path in self.seen if path.startswith(beginning)]
        return [later - earlier for earlier, later in pairwise(times)]

    def _timed(self, path: str, answer: Answer) -> Answer:
        def note_and_answer(handler: BaseHTTPRequestHandler) -> None:
            self.seen.append((time.monotonic(), path))
            answer(handler)

        return note_and_answer


def after(refusals: list[Answer], page: Answer) -> Answer:
    """The page, once all refusals are used up; pages may share them."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        (refusals.pop(0) if refusals else page)(handler)

    return answer


def news_of(part: int) -> dict[str, Answer]:
    paths = [f"/news/{part}{number}" for number in range(ARTICLES)]
    return {
        f"/list/{part}": says(200, listing(*paths)),
        **{path: says(200, article(f"part {path}")) for path in paths},
    }


def test_two_crawls_at_once_keep_the_delay_of_a_host_that_four_sources_share(tmp_path: Path) -> None:
    clock = Clock()
    answers = {path: answer for part in range(PARTS) for path, answer in news_of(part).items()}
    with OddWeb({"shared.test": clock.timed(answers)}) as web:
        for part in range(PARTS):
            write_source(
                tmp_path / "sources", f"part-{part}", ("shared.test",), f"http://shared.test/list/{part}", delay=DELAY
            )
        elchi = Elchi(tmp_path, tmp_path / "sources", web.proxy)
        crawls = [elchi.start("crawl", *names) for names in (("part-0", "part-1"), ("part-2", "part-3"))]
        ends = [finish(crawl) for crawl in crawls]
    assert [end.code for end in ends] == [0, 0], ends
    assert len(elchi.export()) == PARTS * ARTICLES
    assert len(clock.seen) == PARTS * (1 + ARTICLES) + 2  # each crawl asks for robots.txt
    assert min(clock.gaps()) >= DELAY
    crawl_of = [int(path.split("/")[2][0]) // 2 for _, path in clock.seen if path != "/robots.txt"]
    assert sum(one != other for one, other in pairwise(crawl_of)) > 2, "one crawl waited for the other to end"


@pytest.fixture
def slow_and_free(tmp_path: Path) -> Iterator[tuple[Elchi, OddWeb]]:
    """A source that takes a while, and one on another host that does not."""
    sites = {"slow.test": dict(news_of(1)), "free.test": dict(news_of(2))}
    with OddWeb(sites) as web:
        write_source(tmp_path / "sources", "slow", ("slow.test",), "http://slow.test/list/1", delay=2)
        write_source(tmp_path / "sources", "free", ("free.test",), "http://free.test/list/2")
        yield Elchi(tmp_path, tmp_path / "sources", web.proxy), web


def test_a_source_that_another_run_holds_is_skipped_until_that_run_ends(slow_and_free: tuple[Elchi, OddWeb]) -> None:
    elchi, web = slow_and_free
    first = elchi.start("crawl", "slow")
    try:
        wait_for(lambda: bool(web.asked))
        second = elchi.crawl()
        asked = web.asked_of("slow.test")
        assert len(asked) == len(set(asked)), "both asked"
        assert first.poll() is None, "the first came to its end too soon"
    finally:
        kill(first)
    assert "held by another run 1" in second.out
    assert f"run 1 (process {first.pid}) is crawling slow" in second.out
    sources = elchi.ledger(2)["sources"]
    assert sources["slow"]["asked"] == 0
    assert sources["free"]["new"] == ARTICLES
    write_source(elchi.catalogue, "slow", ("slow.test",), "http://slow.test/list/1")  # has shown what it had to
    assert elchi.crawl("--quiet").out == ""
    assert len(elchi.export()) == 2 * ARTICLES


@dataclass(frozen=True)
class Refused:
    """A crawl of hosts that each ask for a pause, and a second one, when all is well again."""

    clocks: Mapping[str, Clock]
    first: Done
    ledger: Mapping[str, Any]
    records: list[dict[str, Any]]


def in_three_seconds(handler: BaseHTTPRequestHandler) -> None:
    """Refuse until a moment that is written as a date, which knows whole seconds."""
    until = datetime.now(UTC) + timedelta(seconds=3)
    says(429, Retry_After=format_datetime(until, usegmt=True))(handler)


REFUSALS: Mapping[str, tuple[Answer, ...]] = {
    "seconds": (says(503, Retry_After="2"),),
    "date": (in_three_seconds,),
    "unsaid": (says(503), says(503)),
    "day": (says(429, Retry_After="86400"),),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Refused:
    home = tmp_path_factory.mktemp("refused")
    clocks, sites = {slug: Clock() for slug in REFUSALS}, {}
    for slug, refusals in REFUSALS.items():
        left = list(refusals)
        pages = {f"/news/{number}": after(left, says(200, article(f"{slug} {number}"))) for number in (1, 2)}
        sites[f"{slug}.test"] = clocks[slug].timed({"/news": says(200, listing(*pages)), **pages})
        write_source(home / "sources", slug, (f"{slug}.test",), f"http://{slug}.test/news", delay=0.1)
    with OddWeb(sites) as web:
        elchi = Elchi(home, home / "sources", web.proxy).with_settings(ELCHI_BACK_OFF_SECONDS=1)
        first = elchi.crawl()  # one page that is refused is no block
        ledger = elchi.ledger(1)["sources"]
        assert len(clocks["day"].seen) == 3, "asked in spite of being told to come back tomorrow"
        elchi.crawl()
        return Refused(clocks, first, ledger, elchi.export())


@pytest.mark.parametrize(("slug", "pauses"), [("seconds", [2]), ("date", [2]), ("unsaid", [1, 2])])
def test_a_host_is_left_alone_for_as_long_as_it_asks(refused: Refused, slug: str, pauses: list[float]) -> None:
    """Whatever is asked next, the same page or the other."""
    gaps = refused.clocks[slug].gaps("/news/")[: len(pauses)]
    assert all(pause <= gap < pause + 2 for gap, pause in zip(gaps, pauses, strict=True)), gaps
    assert refused.ledger[slug]["new"] == 2
    assert not refused.ledger[slug]["failures"]


def test_a_host_that_asks_for_longer_than_a_run_waits_is_asked_again_in_the_next(refused: Refused) -> None:
    day = refused.ledger["day"]
    assert {name: failure["count"] for name, failure in day["failures"].items()} == {"too many requests": 2}
    assert "the next run asks" in refused.first.out
    assert {"http://day.test/news/1", "http://day.test/news/2"} <= {record["url"] for record in refused.records}


def test_nothing_is_lost_by_waiting(refused: Refused) -> None:
    expected = {f"http://{slug}.test/news/{number}" for slug in REFUSALS for number in (1, 2)}
    assert {record["url"] for record in refused.records} == expected


def wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline, "nothing happened for 30 s"
        time.sleep(0.05)
