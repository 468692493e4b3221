"""When things are asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import schedule
from storage.schedule import DAY, FIRST, LONGEST, WINDOW, Cadence

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)
CADENCE = Cadence(DAY, 10 * DAY)


@given(st.integers(min_value=0, max_value=10_000))
def test_a_page_that_stays_the_same_is_seen_less_and_less_often(unchanged: int) -> None:
    visits, later = schedule.next_visits(NOW, unchanged), schedule.next_visits(NOW, unchanged + 1)
    assert visits.if_changed == NOW + FIRST
    assert visits.if_unchanged is not None
    assert later.if_unchanged is not None
    assert FIRST < visits.if_unchanged - NOW <= later.if_unchanged - NOW <= LONGEST


def wait_after(*news: tuple[float, int]) -> float:
    """Days until the next question, after answers: days since the one before, and how many links were new."""
    gap = schedule.next_gap(None, None, 30, CADENCE)
    for days, new in news:
        gap = schedule.next_gap(gap, days * DAY, new, CADENCE)
    return schedule.ask_after(gap, CADENCE) / (1 - schedule.EARLY) / DAY


def settled_wait(days_between_news: float) -> float:
    """The same after a year of asking when it is due."""
    news: list[tuple[float, int]] = []
    wait, since_news = 1.0, 0.0
    for _ in range(365):
        since_news += wait
        news.append((wait, int(since_news // days_between_news)))
        since_news %= days_between_news
        wait = wait_after(*news)
    return wait


def test_the_first_answer_says_nothing_of_how_often_there_are_news() -> None:
    assert wait_after() == 1


def test_what_brings_much_is_asked_as_often_as_may_be() -> None:
    assert wait_after((1, 5), (1, 7), (1, 4)) == 1


def test_a_quiet_day_or_two_do_not_make_a_busy_source_slow() -> None:
    assert wait_after(*[(1, 5)] * 20, (1, 0), (1, 0)) == 1


@pytest.mark.parametrize("days", [3, 5, 7])
def test_what_brings_little_is_asked_about_as_often_as_it_does(days: int) -> None:
    assert days / 2 < settled_wait(days) < 2 * days


def test_what_brings_nothing_is_asked_as_seldom_as_may_be() -> None:
    assert wait_after((1, 0), (2, 0), (4, 0), (8, 0)) == 10


def test_what_wakes_up_is_asked_often_again() -> None:
    assert wait_after(*[(10, 0)] * 30, (10, 6), (1, 5), (1, 5)) == 1


def test_to_ask_twice_in_an_hour_does_not_make_a_source_slow() -> None:
    assert wait_after((1, 1), (0.01, 0), (0.01, 0)) == pytest.approx(wait_after((1, 1)), rel=0.01)


@given(st.lists(st.tuples(st.floats(0, 100), st.integers(0, 1000))))
def test_the_bounds_are_kept(news: list[tuple[float, int]]) -> None:
    assert 1 <= wait_after(*news) <= 10.000001


def test_a_nightly_crawl_finds_a_daily_source_due() -> None:
    """Though it comes to it some minutes earlier than the night before."""
    assert NOW + schedule.ask_after(DAY, CADENCE) < NOW + DAY - timedelta(hours=2)


def test_an_entry_point_that_fails_is_tried_again_soon_and_then_less_often() -> None:
    waits = [schedule.retry_at(NOW, failures, CADENCE) - NOW for failures in range(6)]
    assert waits == sorted(waits)
    assert waits[0] < DAY
    assert waits[-1] == 4 * DAY


def test_a_page_that_fails_for_years_is_hardly_asked() -> None:
    assert schedule.retry_at(NOW, 0, None) == NOW + DAY
    assert schedule.retry_at(NOW, 5000, None) == NOW + 64 * DAY


def test_conditions_are_not_trusted_for_ever() -> None:
    assert not schedule.is_trusted(None, NOW)
    assert schedule.is_trusted(NOW - 13 * DAY, NOW)
    assert not schedule.is_trusted(NOW - 14 * DAY, NOW)


def test_lists_are_swept_from_time_to_time_and_not_all_on_one_day() -> None:
    assert schedule.is_sweep_due(None, NOW, 1)
    due = [next(day for day in range(60) if schedule.is_sweep_due(NOW - day * DAY, NOW, seed)) for seed in range(50)]
    assert (min(due), max(due)) == (21, 35)
    assert max(due.count(day) for day in due) <= 4


@pytest.mark.parametrize(
    ("new", "seen_again", "days", "allowed"),
    [(0, 0, 28, 4), (0, 4, 28, 0), (100, 0, 28, 9), (100, 9, 28, 0), (100, 50, 28, 0), (1000, 0, 0, 50), (10, 0, 7, 1)],
)
def test_a_budget_for_what_is_known(new: int, seen_again: int, days: int, allowed: int) -> None:
    assert schedule.allowed_revisits(0.05, new, seen_again, days * DAY) == allowed
    assert days * DAY <= WINDOW
