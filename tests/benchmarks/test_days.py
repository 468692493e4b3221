"""Six simulated days of eight sites, a crawl a day: what the thirty days of the benchmark say, in short."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.days import simulate


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder: Path = tmp_path_factory.mktemp("six-days")
    return simulate("six_days", folder)


def test_every_article_is_kept_once_and_right(days: dict[str, Any]) -> None:
    assert days["missed"] == []
    assert (days["doubled"], days["strange"], days["wrong_text"]) == (0, 0, 0)


def test_what_breaks_is_flagged_when_it_breaks(days: dict[str, Any]) -> None:
    """But for dates that vanish on the fifth day: what is usual is known after five runs."""
    assert days["breaks_missed"] == ["redesign dates, farm-05, day 4"]
    assert days["breaks_flagged"] == 3
    assert days["false_alarm_days"] == []


def test_few_requests_are_made_for_each_article(days: dict[str, Any]) -> None:
    """Eight sites with one or two articles a day: half of the requests must be for the entry points, and 13 are for a trap."""
    assert days["requests_per_new"] < 2.1
