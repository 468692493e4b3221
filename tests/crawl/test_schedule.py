"""What is asked when: by what is due, back to a day, and no further into traps."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.crawl.command import Elchi
from tests.crawl.odd_web import Answer, OddWeb, says
from tests.crawl.sources import article, listing, write_source

HOST = "uni.example"
NEWS = f"http://{HOST}/news"
TODAY = datetime(2026, 11, 2, 3, tzinfo=UTC)
SIZE = 5
"""Links on a page of the list."""


def pages(days: list[date], *, dated_list: bool = True, further: str = "/news?page={}") -> dict[str, Answer]:
    """A site with an article for each day, newest first, in a list of several pages."""
    site = {"/robots.txt": says(404)}
    for number, day in enumerate(days):
        said = f"{day:%d %B %Y}"
        site[f"/news/{number}"] = says(200, article(f"Town{number}", f"Guests in town number {number}", said))
    for page, first in enumerate(range(0, len(days), SIZE)):
        rows = "".join(
            f'<li><a href="/news/{number}">Guests in town number {number}</a> {days[number].isoformat() if dated_list else ""}</li>'
            for number in range(first, min(first + SIZE, len(days)))
        )
        body = f"<html><head><title>News</title></head><body><h1>News</h1><ul>{rows}</ul></body></html>"
        site[further.format(page + 1) if page else "/news"] = says(200, body)
    return site


def paged(depth: int) -> str:
    """An entry point whose list is followed so deep."""
    return f'[[entry]]\nkind = "listing"\nurl = "{NEWS}"\npage_url = "{NEWS}?page={{page}}"\npages = {depth}\n'


@pytest.fixture
def elchi(tmp_path: Path) -> Elchi:
    write_source(tmp_path / "catalogue", "uni", (HOST,), paged(1))
    return Elchi(tmp_path / "home", tmp_path / "catalogue")


def served(elchi: Elchi, web: OddWeb, days: float = 0) -> Elchi:
    """The archive, as if it were so many days later."""
    return Elchi(elchi.home, elchi.catalogue, web.proxy).with_settings(
        ELCHI_NOW=(TODAY + timedelta(days=days)).isoformat(), ELCHI_BACK_OFF_SECONDS=0.1
    )


def kept(elchi: Elchi) -> set[int]:
    """Numbers of the articles in the archive."""
    return {int(urlsplit(record["url"]).path.rpartition("/")[2]) for record in elchi.export()}


def lists(web: OddWeb) -> list[str]:
    return [path for path in web.asked_of(HOST) if path.startswith("/news") and not path.startswith("/news/")]


# What is due


def test_only_what_is_due_is_asked(elchi: Elchi) -> None:
    with OddWeb({HOST: pages([date(2026, 11, 1)] * 4)}) as web:
        served(elchi, web).crawl("--due")
        assert len(kept(elchi)) == 4
        before = len(web.asked)
        done = served(elchi, web, days=0.5).crawl("--due", "--json")
        assert len(web.asked) == before, "not even robots.txt"
        assert json.loads(done.out)["sources"] == {}
        served(elchi, web, days=1).crawl("--due")
        assert lists(web) == ["/news", "/news"]


def test_a_server_that_says_304_for_ever_is_not_believed_for_ever(elchi: Elchi) -> None:
    site = pages([date(2026, 11, 1)] * 3)
    shown = site["/news"]

    def lies(handler: object) -> None:
        headers = handler.headers  # type: ignore[attr-defined]
        says(304)(handler) if headers.get("If-None-Match") else says(200, body(), ETag='"1"')(handler)  # type: ignore[arg-type]

    rows = 3

    def body() -> str:
        return listing(*(f"/news/{number}" for number in range(rows)))

    site["/news"] = lies
    assert shown is not lies
    with OddWeb({HOST: site}) as web:
        served(elchi, web).crawl()
        site["/news/3"] = says(200, article("Town3"))
        rows = 4
        served(elchi, web, days=1).crawl()
        assert kept(elchi) == {0, 1, 2}
        served(elchi, web, days=15).crawl()
        assert kept(elchi) == {0, 1, 2, 3}


# Back to a day

DAYS = [date(2026, 10, 30) - timedelta(days=10 * number) for number in range(60)]


@pytest.mark.parametrize("dated_list", [True, False], ids=["dates in the list", "dates in the articles"])
def test_a_backfill_goes_back_to_its_day(elchi: Elchi, *, dated_list: bool) -> None:
    write_source(elchi.catalogue, "uni", (HOST,), paged(1), delay=0.2)  # time to read what was asked before
    with OddWeb({HOST: pages(DAYS, dated_list=dated_list)}) as web:
        served(elchi, web).crawl()
        assert kept(elchi) == set(range(SIZE)), "one page is enough from day to day"
        since = DAYS[7]
        served(elchi, web).crawl("--since", since.isoformat(), "uni")
        found = kept(elchi)
        assert found >= set(range(8))
        if dated_list:
            assert found == set(range(8))
        assert "/news?page=12" not in lists(web)


def test_a_backfill_that_was_stopped_goes_on(elchi: Elchi) -> None:
    site = pages(DAYS[:30])
    whole, site["/news?page=4"] = site["/news?page=4"], says(500)
    with OddWeb({HOST: site}) as web:
        served(elchi, web).crawl("--since", "2000-01-01", "uni", code=1)
        assert kept(elchi) == set(range(15))
        site["/news?page=4"] = whole
        served(elchi, web).crawl()
        assert kept(elchi) == set(range(30))
        before = len(lists(web))
        served(elchi, web).crawl()
        assert lists(web)[before:] == ["/news"], "it is done"


@pytest.mark.parametrize(
    ("words", "said"), [(("--since", "2019-01-01"), "name the sources"), (("--since", "last year", "uni"), "last year")]
)
def test_a_backfill_asked_for_in_a_wrong_way(elchi: Elchi, words: tuple[str, ...], said: str) -> None:
    done = elchi.crawl(*words, code=2)
    assert said in done.err


# Traps


def test_an_endless_calendar_is_cut_off(elchi: Elchi) -> None:
    write_source(elchi.catalogue, "uni", (HOST,), NEWS, articles="", delay=0.1)
    months = [f"/calendar?month={number}" for number in range(200)]
    site = pages([date(2026, 11, 1)] * 4)
    links = [f"/news/{number}" for number in range(4)]
    site["/news"] = says(200, listing(*links, *months))
    empty = says(200, "<html><head><title>Calendar</title></head><body><h1>Calendar</h1><p>Nothing.</p></body></html>")
    site |= dict.fromkeys(months, empty)
    with OddWeb({HOST: site}) as web:
        served(elchi, web).crawl(code=None)
        asked = [path for path in web.asked_of(HOST) if path in months]
        assert len(asked) < 100
        assert kept(elchi) == {0, 1, 2, 3}
        failure = elchi.ledger()["sources"]["uni"]["failures"]["trap"]
        assert failure["count"] >= 100
        served(elchi, web, days=1).crawl(code=None)
        assert [path for path in web.asked_of(HOST) if path in months] == asked
        assert "trap" in elchi.ledger(2)["sources"]["uni"]["failures"]


def test_a_list_that_repeats_itself_is_cut_off(elchi: Elchi) -> None:
    write_source(elchi.catalogue, "uni", (HOST,), paged(500))
    site = pages(DAYS[:12])
    site |= {f"/news?page={number}": site["/news?page=3"] for number in range(4, 500)}
    with OddWeb({HOST: site}) as web:
        served(elchi, web).crawl()
        assert len(lists(web)) == 5
        assert kept(elchi) == set(range(12))
        assert elchi.ledger()["sources"]["uni"]["failures"]["trap"]["count"] == 1


def test_addresses_that_grow_by_themselves_are_not_asked(elchi: Elchi) -> None:
    write_source(elchi.catalogue, "uni", (HOST,), NEWS, articles="include = ['/\\d+$']")
    site = pages([date(2026, 11, 1)] * 3)
    grown = [f"/news/news/news/{number}" for number in range(9)]
    site["/news"] = says(200, listing("/news/0", "/news/1", "/news/2", *grown))
    with OddWeb({HOST: site}) as web:
        served(elchi, web).crawl()
        assert not set(grown) & set(web.asked_of(HOST))
        assert kept(elchi) == {0, 1, 2}
        assert elchi.ledger()["sources"]["uni"]["failures"]["trap"]["count"] == 1


# A wrong catalogue file


def test_a_wrong_catalogue_file_keeps_only_its_own_source_from_being_asked(elchi: Elchi) -> None:
    (elchi.catalogue / "broken.toml").write_text("[institution\n")
    with OddWeb({HOST: pages([date(2026, 11, 1)] * 3)}) as web:
        done = served(elchi, web).crawl("--quiet", code=1)
        assert kept(elchi) == {0, 1, 2}
        assert "broken.toml:1" in done.err
        assert "broken.toml:1" in served(elchi, web).crawl("uni", code=1).err
        assert "broken.toml:1" in served(elchi, web).crawl("broken", code=2).err
