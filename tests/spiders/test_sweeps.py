"""What a list has shown in a run, and how far back it goes."""

from __future__ import annotations

from datetime import date

import pytest

from spiders.backfill import is_older, is_past, listed_day
from spiders.catalogue.entry import Listing
from spiders.sweeps import BARREN, Sweeps
from storage.candidate import Candidate
from tests.spiders.discovery.sources import ROOT, source

ENTRY = Listing(kind="listing", url=f"{ROOT}/news")
UNI = source(ENTRY)
SINCE = date(2025, 3, 1)


def candidates(*numbers: int) -> list[Candidate]:
    return [Candidate(f"{ROOT}/news/{number}") for number in numbers]


def test_what_is_seen_for_the_first_time() -> None:
    sweeps = Sweeps()
    assert sweeps.note(ENTRY.url, candidates(1, 2, 3)) == 3
    assert sweeps.note(ENTRY.url, candidates(3, 4)) == 1
    assert sweeps.note("http://uni.test/en/news", candidates(3)) == 1, "another list"


def test_a_list_that_repeats_itself_is_endless() -> None:
    sweeps = Sweeps()
    sweeps.note(ENTRY.url, candidates(1, 2))
    for repeated in range(1, BARREN + 1):
        assert sweeps.note(ENTRY.url, candidates(2, 1)) == 0
        assert sweeps.is_endless(ENTRY.url) is (repeated == BARREN)
    sweeps.note(ENTRY.url, candidates(5))
    assert not sweeps.is_endless(ENTRY.url)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2025-03-12", date(2025, 3, 12)),
        ("Wed, 12 Mar 2025 09:00:00 +0000", date(2025, 3, 12)),
        ("12 March 2025", date(2025, 3, 12)),
        ("February 2025", date(2025, 3, 3)),  # no later than this
        ("yesterday", None),
        (None, None),
    ],
)
def test_the_day_beside_a_link(words: str | None, day: date | None) -> None:
    assert listed_day(UNI, ENTRY, Candidate(ROOT, listed_date=words)) == day


@pytest.mark.parametrize(
    ("days", "past"),
    [
        (["2025-02-27", "2025-02-28"], True),
        (["2025-02-27", "2025-03-01"], False),
        (["2025-02-27"], False),  # one date may be a mistake
        (["2025-02-27", None, "2025-01-05"], True),
        ([None, None], False),
    ],
)
def test_a_page_of_a_list_is_past(days: list[str | None], past: bool) -> None:
    assert is_past(UNI, ENTRY, tuple(Candidate(ROOT, listed_date=day) for day in days), SINCE) is past


def test_a_link_is_older() -> None:
    assert is_older(UNI, ENTRY, Candidate(ROOT, listed_date="2025-02-28"), SINCE)
    assert not is_older(UNI, ENTRY, Candidate(ROOT, listed_date="2025-03-01"), SINCE)
    assert not is_older(UNI, ENTRY, Candidate(ROOT), SINCE)
