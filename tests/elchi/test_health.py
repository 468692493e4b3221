"""elchi health, on archives whose past is written down here."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from elchi.commands.output import BLOCKS, sparkline
from storage import runs
from storage.database import Database
from storage.models import Page, Source
from storage.runs import SourceTally
from storage.sources import save_source
from tests.crawl.command import ROOT, Elchi
from tests.crawl.odd_web import OddWeb, says
from tests.crawl.sources import article, listing, write_source
from tests.storage.saving import facts

START = datetime(2026, 11, 1, 3, 15, tzinfo=UTC)


def tally_of(day: int, *, dated: bool) -> SourceTally:
    tally = SourceTally(asked=7, new=6 if day else 60)
    for _ in range(6):
        tally.read.add(title="A title", text="x" * 900, language="fa", dated=dated)
    return tally


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Elchi:
    """Eight nights. tabib is well; densaulyq lost its dates in the last; davolash is down."""
    home: Path = tmp_path_factory.mktemp("archive")
    with Database(f"sqlite:///{home}/elchi.sqlite") as database:
        database.migrate()
        for day in range(8):
            down = SourceTally(asked=1, broken=True)
            down.fail("no such host", "http://davolash.example/news", "not known")
            tallies = {
                "tabib": tally_of(day, dated=True),
                "densaulyq": tally_of(day, dated=day < 7),
                "davolash": down if day == 7 else tally_of(day, dated=True),
            }
            with database.write() as session:
                number = runs.start_run(session, START + timedelta(days=day), version="0.1.0", process=7)
                for slug, tally in tallies.items():
                    runs.save_tally(session, number, save_source(session, facts(slug)).id, tally)
                runs.finish_run(session, number, START + timedelta(days=day, hours=1), "finished")
    return Elchi(home, ROOT / "tests" / "sample_web" / "catalogue")


def test_all_sources_at_a_glance(archive: Elchi) -> None:
    done = archive.run("health")
    assert done.code == 1, done
    rows = {line.split()[0]: line for line in done.out.splitlines() if line}
    assert "fine" in rows["tabib"]
    assert "2026-11-08 03:15" in rows["tabib"]
    assert "█▅▅▅▅▅▅▅" in rows["tabib"]
    assert any("never asked" in row for row in rows.values()), "sources of the catalogue that no run has asked"
    assert "densaulyq: dates vanished: before: 100% of articles with a date; now: 0% of the last 6." in done.out
    assert "selectors.published" in done.out
    assert "davolash: failing: no such host 1: http://davolash.example/news. Look at the page" in done.out


def test_one_source_that_is_well(archive: Elchi) -> None:
    done = archive.run("health", "tabib", "--json")
    assert json.loads(done.out) == {
        "source": "tabib",
        "state": "fine",
        "last_run": {"run": 8, "started_at": "2026-11-08T03:15:00+00:00"},
        "last_new": "2026-11-08T03:15:00+00:00",
        "new": [60, *[6] * 7],
        "failures": {},
        "flags": [],
    }
    assert done.code == 0


@pytest.mark.parametrize("name", ["densaulyq", "davolash"])
def test_a_source_that_is_not_well_is_told_by_the_exit_code(archive: Elchi, name: str) -> None:
    done = archive.run("health", name, "--json")
    assert (done.code, json.loads(done.out)["source"]) == (1, name)


def test_a_name_that_is_no_source(archive: Elchi) -> None:
    done = archive.run("health", "tabibb")
    assert done.code == 2
    assert "tabib" in done.err


def test_an_archive_without_a_past(tmp_path: Path) -> None:
    done = Elchi(tmp_path, ROOT / "tests" / "sample_web" / "catalogue").run("health", "tabib", "--json")
    assert (done.code, json.loads(done.out)["state"]) == (0, "never asked")


def later(home: Path, nights: int) -> None:
    """Nights in which nothing was new; every article is due again after them."""
    with Database(f"sqlite:///{home}/elchi.sqlite") as database:
        for night in range(nights):
            began = datetime.now(UTC) + timedelta(seconds=night)
            with database.write() as session:
                source = session.scalars(select(Source)).one()
                number = runs.start_run(session, began, version="0.1.0", process=7)
                runs.save_tally(session, number, source.id, SourceTally(asked=1))
                runs.finish_run(session, number, began, "finished")
        with database.write() as session:
            session.execute(update(Page).where(Page.role == "article").values(next_visit_at=START))


def test_a_crawl_tells_once_what_broke_in_it(tmp_path: Path) -> None:
    paths = [f"/news/{number}" for number in range(1, 8)]
    write_source(tmp_path / "catalogue", "uni", ("uni.example",), "http://uni.example/news")
    site = {"/news": says(200, listing(*paths)), **{path: says(200, article(path)) for path in paths}}
    with OddWeb({"uni.example": site}) as web:
        elchi = Elchi(tmp_path, tmp_path / "catalogue", web.proxy).with_settings(ELCHI_REVISITS=10)
        assert elchi.run("crawl", "--quiet").code == 0
        later(tmp_path, nights=5)
        site.update(dict.fromkeys(paths[:6], says(200, listing(*paths))))
        broke = elchi.run("crawl", "--quiet")
        later(tmp_path, nights=0)
        still = elchi.run("crawl", "--quiet")
    assert broke.code == 1, broke
    assert broke.out.splitlines()[-1] == "Newly flagged: uni (no articles read, navigation as text). See elchi health."
    assert (still.code, still.out) == (0, "")
    done = elchi.run("health")
    assert done.code == 1
    assert "before: 7 pages were articles; now: 6 of them read as a list or as nothing." in done.out
    proof = re.search(
        r"  now: http://uni.example/news/\d, run 8, elchi-\S+ at byte \d+: elchi show (capture:\d+)", done.out
    )
    assert proof is not None, done
    assert "<h1>News</h1>" in elchi.run("show", proof[1]).out, "what the page has become"
    told = json.loads(elchi.run("health", "--json").out)["flags"][-1]
    assert told["captures"]["after"]["id"] == int(proof[1].removeprefix("capture:"))
    was, now = told["captures"]["before"], told["captures"]["after"]
    assert (was["run"], now["run"], was["url"]) == (1, 8, now["url"])
    assert len(elchi.export()) == 7, "the last good data stay"


SELECTORS = r"""include = ['^/news/\d+$']

[selectors]
title = "h1.headline"
body = "div.story"
"""


def test_a_redesign_that_the_selectors_miss_is_noticed(tmp_path: Path) -> None:
    paths = [f"/news/{number}" for number in range(1, 12)]

    def page(path: str, headline: str, story: str) -> str:
        made = article(path).replace("<h1>", f"<h1 class='{headline}'>").replace("<p>", f"<div class='{story}'><p>", 1)
        return made.replace("</body>", "</div></body>")

    write_source(tmp_path / "catalogue", "uni", ("uni.example",), "http://uni.example/news", articles=SELECTORS)
    site = {"/news": says(200, listing(*paths)), **{path: says(200, page(path, "headline", "story")) for path in paths}}
    with OddWeb({"uni.example": site}) as web:
        elchi = Elchi(tmp_path, tmp_path / "catalogue", web.proxy).with_settings(ELCHI_REVISITS=20)
        assert elchi.run("crawl", "--quiet").code == 0
        later(tmp_path, nights=5)
        site.update({path: says(200, page(path, "head-2", "story-2")) for path in paths})
        broke = elchi.run("crawl", "--quiet")
        shown = elchi.run("read", "http://uni.example/news/1", "--source", "uni")
    assert (broke.code, broke.out.splitlines()[-1:]) == (
        1,
        ["Newly flagged: uni (selectors missed). See elchi health."],
    )
    told = elchi.run("health", "uni").out
    assert "now: selectors.body in 0% of the last 11, selectors.title in 0% of the last 11. Read a new page" in told
    assert "selectors.title, selectors.body of the source's catalogue file: found nothing here" in shown.out
    assert len(elchi.export()) == 11


@given(st.lists(st.integers(0, 10**6) | st.none(), max_size=30))
def test_a_sparkline_has_a_block_for_each_and_tells_more_from_less(run_counts: list[int | None]) -> None:
    line = sparkline(run_counts)
    assert [block == " " for block in line] == [count is None for count in run_counts]
    heights = [BLOCKS.index(block) for block in line if block != " "]
    counts = [count for count in run_counts if count is not None]
    for one, first in zip(counts, heights, strict=True):
        assert (one == 0) == (first == 0)
        assert all(first <= second for other, second in zip(counts, heights, strict=True) if one <= other)
    if any(counts):
        assert max(heights) == len(BLOCKS) - 1
