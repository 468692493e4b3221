"""elchi runs, on archives whose past is written down here."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from elchi.commands.remedies import LASTS, REMEDIES, remedy_for
from storage import runs
from storage.database import Database
from storage.runs import SourceTally
from storage.sources import save_source
from tests.crawl.command import ROOT, Elchi
from tests.storage.saving import facts

START = datetime(2026, 11, 1, 3, 15, tzinfo=UTC)
PERSIAN = "http://davolash.example/%D8%A7%D8%AE%D8%A8%D8%A7%D8%B1/[1]"


def tallies() -> list[dict[str, SourceTally]]:
    """Four nights. tabib is asked from the second on; davolash is down in the third; a killed crawl is the last."""
    down = SourceTally(asked=1, broken=True)
    down.fail("no such host", "http://davolash.example/news", "not known\x1b[2J [/red]")
    trouble = SourceTally(asked=9, new=3, changed=1)
    for number in range(2):
        trouble.fail("timeout", f"http://tabib.example/{number}", "no answer")
    trouble.fail("forbidden", PERSIAN, "403")
    return [
        {"davolash": SourceTally(asked=61, new=60)},
        {"davolash": SourceTally(asked=7, new=6), "tabib": SourceTally(asked=5, new=4)},
        {"davolash": down, "tabib": trouble},
        {"tabib": SourceTally(asked=2)},
    ]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Elchi:
    home: Path = tmp_path_factory.mktemp("archive")
    with Database(f"sqlite:///{home}/elchi.sqlite") as database:
        database.migrate()
        for day, night in enumerate(tallies()):
            began = START + timedelta(days=day)
            with database.write() as session:
                number = runs.start_run(session, began, version="0.1.0", process=7)
                for slug, tally in night.items():
                    runs.save_tally(session, number, save_source(session, facts(slug)).id, tally)
                if day < 3:
                    runs.finish_run(session, number, began + timedelta(minutes=30), "finished" if day else "shutdown")
    return Elchi(home, ROOT / "tests" / "sample_web" / "catalogue")


def test_the_latest_come_first_each_on_a_line(archive: Elchi) -> None:
    done = archive.run("runs")
    assert done.code == 0, done
    assert [line.split() for line in done.out.splitlines()] == [
        ["run", "started,", "UTC", "minutes", "sources", "asked", "new", "changed", "failed", "ended"],
        ["4", "2026-11-04", "03:15", "1", "2", "0", "0", "0", "under", "way,", "or", "killed"],
        ["3", "2026-11-03", "03:15", "30.0", "2", "10", "3", "1", "4", "finished"],
        ["2", "2026-11-02", "03:15", "30.0", "2", "12", "10", "0", "0", "finished"],
        ["1", "2026-11-01", "03:15", "30.0", "1", "61", "60", "0", "0", "shutdown"],
    ]
    assert len(archive.run("runs", "-n", "1").out.splitlines()) == 2


def test_for_machines_a_run_a_line(archive: Elchi) -> None:
    last, third, *_ = map(json.loads, archive.run("runs", "--json").out.splitlines())
    assert (last["run"], last["finished_at"], last["reason"]) == (4, None, None)
    assert (third["asked"], third["new"], third["failed"]) == (10, 3, 4)
    assert third["remedies"] == {name: REMEDIES[name] for name in ("no such host", "timeout", "forbidden")}
    assert third["sources"]["tabib"]["failures"]["timeout"]["count"] == 2
    assert (third["sources"]["davolash"]["broken"], third["sources"]["tabib"]["broken"]) == (True, False)
    assert json.loads(archive.run("runs", "show", "3", "--json").out) == third


def test_one_run_tells_what_failed_class_by_class_and_what_to_do(archive: Elchi) -> None:
    done = archive.run("runs", "show", "3")
    assert done.code == 0, done
    table, _, told = done.out.partition("timeout 2: ")
    assert "forbidden 1, timeout 2" in table
    lines = f"timeout 2: {told}".splitlines()
    assert lines == [
        f"timeout 2: {REMEDIES['timeout']}",
        "  tabib: http://tabib.example/0: no answer",
        "  tabib: http://tabib.example/1: no answer",
        f"forbidden 1: {REMEDIES['forbidden']}",
        "  tabib: \u2068http://davolash.example/اخبار/[1]\u2069: 403",
        f"no such host 1: {REMEDIES['no such host']}",
        "  davolash: http://davolash.example/news: not known␛[2J [/red]",
        "Run 3, 2026-11-03 03:15 UTC: finished after 30.0 minutes.",
    ]


def test_the_last_run_is_shown_where_none_is_named(archive: Elchi) -> None:
    assert "Run 4, 2026-11-04 03:15 UTC: under way, or killed." in archive.run("runs", "show").out


def test_each_source_over_time(archive: Elchi) -> None:
    done = archive.run("runs", "sources")
    assert done.code == 0, done
    header, *rows = done.out.splitlines()
    assert header.endswith("new by run, 1 to 4")
    assert [row.split() for row in rows] == [
        ["davolash", "3", "69", "66", "0", "1", "2026-11-02", "█▅!"],
        ["tabib", "3", "16", "7", "1", "3", "2026-11-03", "██▁"],
    ]
    assert " █▅!" in rows[0]
    assert "  ██▁" in rows[1], "a gap for the run that did not ask it"
    assert archive.run("runs", "sources", "tabib", "-n", "2").out.splitlines()[1].split()[:2] == ["tabib", "2"]


def test_sources_over_time_for_machines(archive: Elchi) -> None:
    (tabib,) = map(json.loads, archive.run("runs", "sources", "tabib", "--json").out.splitlines())
    assert tabib["source"] == "tabib"
    assert [(run["run"], run["new"], run["failed"]) for run in tabib["runs"]] == [(2, 4, 0), (3, 3, 3), (4, 0, 0)]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_terminal_without_blocks(archive: Elchi, encoding: str) -> None:
    elsewhere = archive.with_settings(PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert [row.split()[-1] for row in elsewhere.run("runs", "sources").out.splitlines()[1:]] == ["#=!", "##_"]
    done = elsewhere.run("runs", "show", "3")
    assert done.code == 0, "a letter that is not there is no reason to stop"


def test_an_archive_without_a_past(tmp_path: Path) -> None:
    empty = Elchi(tmp_path, ROOT / "tests" / "sample_web" / "catalogue")
    for words in (["runs"], ["runs", "sources"]):
        assert (empty.run(*words).code, len(empty.run(*words).out.splitlines())) == (0, 1)
    assert empty.run("runs", "sources", "--json").out == ""


def test_a_class_that_only_another_version_knows_has_a_remedy_too() -> None:
    assert remedy_for("eclipse") == LASTS
