"""elchi show of one article: what it names, the evidence for it, and its Markdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from scraper.reading.model import Country
from storage.database import Database
from storage.repeats import save_repeats
from tests.crawl.command import ROOT, Elchi
from tests.storage.saving import NOON, SITE, Saving, reading_of

TEXT = "A delegation came.\n\n- one\n- two\n\n\x1b[2J the end"
READING = replace(
    reading_of(TEXT, "Guests\nfrom abroad", day=date(2026, 11, 1)),
    byline="A. Writer",
    markdown="A **delegation** came.\n\n- one\n- two\n\n\x1b[2J the end",
    countries=(Country("TJ", ("Tajik", "تاجیکستان")), Country("CN", ("Chinese",))),
    why={
        "title": "h1 agrees with og:title",
        "published": "meta: 2026-11-01",
        "byline": "rel=author",
        "countries": "two words",
    },
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Elchi:
    home: Path = tmp_path_factory.mktemp("archive")
    with Database(f"sqlite:///{home}/elchi.sqlite") as database:
        database.migrate()
        saving = Saving(database)
        number = saving.source()
        known = saving.write(
            lambda session: save_repeats(session, number, "uni.example", pages=20, lines={}, samples=(), now=NOON)
        )
        saving.keep(saving.fetched(f"{SITE}/a"), READING, f"{SITE}/a", repeats=known.id)
        saving.save(f"{SITE}/b", reading=reading_of("Another text.", None))
    return Elchi(home, ROOT / "tests" / "sample_web" / "catalogue")


def shown(archive: Elchi, *words: str) -> str:
    done = archive.run("show", *words)
    assert done.code == 0, done
    return done.out


def test_the_countries_that_it_names(archive: Elchi) -> None:
    out = shown(archive, "1")
    assert " countries  ⁨TJ (Tajik, ⁨تاجیکستان⁩); CN (Chinese)⁩\n" in out
    assert "because" not in out
    assert "countries" not in shown(archive, "2")


def test_the_evidence_stands_below_each_field(archive: Elchi) -> None:
    lines = [" ".join(line.split()) for line in shown(archive, "1", "--why").splitlines()]
    assert lines[lines.index("published 2026-11-01, from meta: 2026-11-01") + 1] == "because meta: 2026-11-01"
    assert lines[lines.index("by A. Writer") + 1] == "because rel=author"
    assert "title because h1 agrees with og:title" in lines
    assert "site lines version 1, of 20 pages" in lines
    plain = shown(archive, "2", "--why")
    assert "because" not in plain
    assert "site lines" not in plain


def test_markdown_is_all_there_is(archive: Elchi) -> None:
    assert shown(archive, "1", "--markdown") == (
        "# Guests from abroad\n\nA **delegation** came.\n\n- one\n- two\n\n␛[2J the end\n"
    )
    assert shown(archive, "2", "--markdown") == "Another text.\n"


@pytest.mark.parametrize("option", ["--why", "--markdown"])
def test_a_capture_has_neither(archive: Elchi, option: str) -> None:
    done = archive.run("show", "capture:1", option)
    assert done.code == 2
    assert "Name the article's number" in " ".join(done.err.split())
