from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import runs
from storage.database import Database
from storage.models import Institution, Source, WarcFile
from storage.runs import EXAMPLES, SourceTally
from storage.sources import article_counts, institution_name, save_source
from tests.storage.saving import NOON, SITE, Saving, facts, reading_of, words


def start(database: Database) -> int:
    with database.write() as session:
        return runs.start_run(session, NOON, version="0.1.0", process=7)


def test_a_run_from_its_start_to_its_end(database: Database) -> None:
    number = start(database)
    with database.read() as session:
        (run,) = runs.list_runs(session)
        assert (run.id, run.started_at, run.finished_at, run.reason) == (number, NOON, None, None)
    with database.write() as session:
        runs.finish_run(session, number, NOON + timedelta(hours=1), "finished")
    with database.read() as session:
        (run,) = runs.list_runs(session)
        assert (run.finished_at, run.reason) == (NOON + timedelta(hours=1), "finished")


def test_the_latest_runs_come_first(database: Database) -> None:
    numbers = [start(database) for _ in range(4)]
    with database.read() as session:
        assert [run.id for run in runs.list_runs(session, 3)] == numbers[:0:-1]


def test_a_tally_is_saved_over_and_over(saving: Saving) -> None:
    number, source = start(saving.database), saving.source()
    tally = SourceTally()
    for round_number in range(3):
        tally.asked, tally.new, tally.seconds = 10 * round_number, round_number, 1.23456
        tally.fail("timeout", f"{SITE}/{round_number}", "no answer\0 \ud83d")
        saving.write(lambda session: runs.save_tally(session, number, source, tally))
    with saving.database.read() as session:
        (row,) = runs.run_sources(session, number)
    assert (row.asked, row.new, row.changed, row.failed, row.seconds) == (20, 2, 0, 3, 1.235)
    assert row.source.slug == "uni", "also after the session"
    assert row.failures == {
        "timeout": {
            "count": 3,
            "examples": [{"url": f"{SITE}/{each}", "message": "no answer \ufffd"} for each in range(3)],
        }
    }


def test_of_many_failures_a_few_are_told() -> None:
    tally = SourceTally()
    for number in range(EXAMPLES + 2):
        tally.fail("timeout", str(number), "")
    tally.fail("gone", "x", "")
    assert tally.failed == EXAMPLES + 3
    assert [url for url, _ in tally.failures["timeout"].examples] == [str(number) for number in range(EXAMPLES)]


def test_sources_of_a_run_come_by_name(saving: Saving) -> None:
    number = start(saving.database)
    for slug in ("b", "c", "a"):
        source = saving.source(slug)
        saving.write(lambda session, source=source: runs.save_tally(session, number, source, SourceTally()))
    with saving.database.read() as session:
        assert [row.source.slug for row in runs.run_sources(session, number)] == ["a", "b", "c"]


def test_a_warc_file_is_closed_once_and_stays_so(database: Database) -> None:
    for change in (runs.open_warc_file, runs.close_warc_file, runs.open_warc_file):
        with database.write() as session:
            change(session, "elchi-a.warc.gz", NOON)
    with database.read() as session:
        assert session.scalars(select(WarcFile)).one().closed_at == NOON


# Sources


def test_a_source_follows_its_file(database: Database) -> None:
    with database.write() as session:
        first = save_source(session, facts("uni"))
    changed = replace(
        facts("uni", "uni.example", "news.uni.example"),
        languages=("uz",),
        names={"uz": "Universitet"},
        country="KZ",
        kind="ministry",
        ror="0x",
    )
    with database.write() as session:
        save_source(session, changed)
    with database.read() as session:
        source = session.scalars(select(Source)).one()
        assert (source.id, source.hosts, source.languages) == (first.id, ["uni.example", "news.uni.example"], ["uz"])
        institution = session.scalars(select(Institution)).one()
        assert (institution.names, institution.country, institution.kind, institution.ror) == (
            {"uz": "Universitet"}, "KZ", "ministry", "0x",
        )  # fmt: skip


def test_two_sources_of_one_institution(database: Database) -> None:
    with database.write() as session:
        for slug in ("uni", "uni-news"):
            save_source(session, replace(facts("uni"), slug=slug))
    with database.read() as session:
        assert len(session.scalars(select(Source)).all()) == 2
        assert session.scalars(select(Institution)).one()


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("uz", "Universitet"),
        ("uz-Cyrl", "Университет"),
        ("uz-Arab", "Universitet"),
        ("fa", "University"),
        (None, "University"),
    ],
)
def test_institution_name(language: str | None, name: str) -> None:
    names = {"ru": "РУ", "uz": "Universitet", "uz-Cyrl": "Университет", "en": "University"}
    assert institution_name(Institution(homepage="h", names=names), language) == name


@pytest.mark.parametrize(("names", "name"), [({"ru": "РУ", "kk": "КК"}, "РУ"), ({}, "http://uni.example/")])
def test_institution_name_without_english(names: dict[str, str], name: str) -> None:
    assert institution_name(Institution(homepage="http://uni.example/", names=names), "fa") == name


def test_article_counts(saving: Saving) -> None:
    saving.source("empty")
    saving.save(f"{SITE}/a", reading=reading_of(words("a")))
    saving.save(f"{SITE}/b", reading=reading_of(words("b")))
    saving.save(f"{SITE}/b2", reading=reading_of(words("b")))
    saving.save(f"{SITE}/c", reading=None)
    saving.save("http://ministry.example/a", source="ministry", reading=reading_of(words("a")))
    with saving.database.read() as session:
        assert article_counts(session) == {"uni": 2, "ministry": 1}
