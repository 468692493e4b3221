"""The captures that a flag is proven by."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from storage import frontier, runs
from storage.archive import NextVisits, save_fetched, save_reading
from storage.fetched import Readable
from storage.flags import Flag, Proof
from storage.health import source_health
from storage.models import Capture, Page
from storage.runs import SourceTally
from tests.storage.saving import ENTRY, NOON, SITE, Saving, reading_of, words

DAY = date(2026, 10, 1)


def crawl(saving: Saving, day: int, tally: SourceTally, *pages: tuple[str, Readable | None], status: int = 200) -> int:
    """A run of that day: its entry point answers, and so do these pages."""
    source = saving.source()
    visits = NextVisits(None, None)
    with saving.database.write() as session:
        number = runs.start_run(session, NOON + timedelta(days=day), version="0.1.0", process=7)
        frontier.open_entries(session, source, [ENTRY], NOON)
        entry = replace(saving.fetched(ENTRY, days=day), status=status)
        save_fetched(session, run_id=number, fetched=entry, page_url=ENTRY)
        for url, reading in pages:
            save_reading(session, number, "uni", url, saving.fetched(url, days=day), reading, "test", visits)
        runs.save_tally(session, number, source, tally)
        runs.finish_run(session, number, NOON + timedelta(days=day, hours=1), "finished")
    return number


def tally_of(**read: object) -> SourceTally:
    tally = SourceTally(asked=7, new=6, candidates=30)
    for _ in range(6):
        tally.read.add(**{"title": "A title", "text": "x" * 900, "language": "fa", "dated": True, **read})  # type: ignore[arg-type]
    return tally


def the_flag(saving: Saving) -> Flag:
    with saving.database.read() as session:
        (flag,) = source_health(session)["uni"].flags
    return flag


def shown(proof: Proof) -> list[tuple[int | None, str] | None]:
    return [(capture.run_id, capture.url) if capture else None for capture in (proof.before, proof.after)]


def dated(seed: str) -> Readable:
    return reading_of(words(seed), day=DAY)


def test_a_field_that_vanished_is_shown_on_the_newest_article_with_it_and_without(saving: Saving) -> None:
    for day in range(7):
        crawl(saving, day, tally_of(), (f"{SITE}/{day}", dated(f"w{day}")))
    crawl(saving, 7, tally_of(dated=False), (f"{SITE}/a", reading_of(words("a"))), (f"{SITE}/b", dated("b")))
    assert shown(the_flag(saving).proof) == [(7, f"{SITE}/6"), (8, f"{SITE}/a")]


def test_the_same_page_is_compared_where_it_can_be(saving: Saving) -> None:
    for day in range(7):
        crawl(saving, day, tally_of(), (f"{SITE}/{day}", dated(f"w{day}")))
    tally = SourceTally(asked=7, lost=6)
    crawl(saving, 7, tally, (f"{SITE}/3", reading_of("", kind="listing")))
    flag = the_flag(saving)
    assert (flag.name, flag.well) == ("navigation as text", 7)
    assert shown(flag.proof) == [(4, f"{SITE}/3"), (8, f"{SITE}/3")]


@pytest.mark.parametrize(
    ("failure", "status", "flag"), [("forbidden", 403, "blocked"), ("no links", 200, "no candidates")]
)
def test_an_entry_point_is_shown_as_it_was_and_as_it_is(saving: Saving, failure: str, status: int, flag: str) -> None:
    for day in range(6):
        crawl(saving, day, tally_of(), (f"{SITE}/{day}", dated(f"w{day}")))
    crawl(saving, 6, SourceTally(asked=1), status=304)
    broken = SourceTally(asked=1, broken=True)
    broken.fail(failure, ENTRY, "")
    crawl(saving, 7, broken, status=status)
    found = the_flag(saving)
    assert found.name == flag
    assert shown(found.proof) == [(6, ENTRY), (8, ENTRY)]


def test_collapsed_texts_are_shown_by_the_shortest(saving: Saving) -> None:
    for day in range(7):
        crawl(saving, day, tally_of(), (f"{SITE}/{day}", dated(f"w{day}")))
    short, long = reading_of("Read more"), reading_of(words("long"))
    crawl(saving, 7, tally_of(text="Read more"), (f"{SITE}/short", short), (f"{SITE}/long", long))
    assert shown(the_flag(saving).proof) == [(7, f"{SITE}/6"), (8, f"{SITE}/short")]


def test_where_nothing_was_captured_nothing_is_shown(saving: Saving) -> None:
    for day in range(7):
        crawl(saving, day, tally_of())
    crawl(saving, 7, tally_of(dated=False))
    assert shown(the_flag(saving).proof) == [None, None]


def test_captures_of_other_sources_prove_nothing(saving: Saving) -> None:
    for day in range(7):
        crawl(saving, day, tally_of(), (f"{SITE}/{day}", dated(f"w{day}")))
    crawl(saving, 7, tally_of(dated=False), (f"{SITE}/a", reading_of(words("a"))))
    ministry = saving.source("ministry")
    with saving.database.write() as session:
        mine = session.scalars(select(Page.id).join(Capture).where(Capture.url.regexp_match(re.escape(SITE)))).all()
        session.execute(update(Page).where(Page.id.in_(mine), Page.role == "article").values(source_id=ministry))
    assert shown(the_flag(saving).proof) == [None, None]


def test_a_run_knows_which_entry_points_answered(saving: Saving) -> None:
    for day, status in enumerate((200, 304, 500)):
        crawl(saving, day, SourceTally(asked=1), status=status)
    with saving.database.read() as session:
        from storage.visits import load_visits

        visits = load_visits(session, 9)["uni"]
    assert [(visit.entries, visit.unchanged) for visit in visits] == [
        ({ENTRY}, set()),
        (set(), {ENTRY}),
        (set(), set()),
    ]
