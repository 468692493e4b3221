"""How long a host is left alone that asks for it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from scraper.middlewares.back_off import (
    LONGEST_SECONDS,
    PATIENCE_SECONDS,
    BackOff,
    LeftForLater,
    Pauses,
    left_for_later,
    retry_after_seconds,
)
from scraper.middlewares.robots import RobotsUnknown

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WISHES = st.none() | st.floats(0, 700)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sun, 22 Nov 2026 12:01:30 GMT", 90),
        ("Sunday, 22-Nov-26 12:01:30 GMT", 90),
        ("Sun Nov 22 12:01:30 2026", 90),
        ("Sun, 22 Nov 2026 12:01:30 -0000", 90),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("²", None),
        ("Sun, 99 Nov 2026 12:01:30 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@given(st.text(max_size=40))
def test_no_header_is_too_odd(value: str) -> None:
    seconds = retry_after_seconds(value, NOW)
    assert seconds is None or seconds >= 0


@given(st.integers(0, 10**9))
def test_a_date_says_what_seconds_say(seconds: int) -> None:
    date = format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)
    assert retry_after_seconds(date, NOW) == retry_after_seconds(str(seconds), NOW) == seconds


def test_pauses_double_until_patience_ends() -> None:
    pauses, now, lengths = Pauses(), 1000.0, []
    while pauses.given_up is None:
        after = pauses.refused(now, None, 10, "server error")
        if after.given_up is None:
            lengths.append(after.until - now)
        pauses, now = after, after.until
    assert lengths == [10, 20, 40, 80, 160]
    assert pauses.given_up == "server error"


def test_no_pause_of_ours_is_longer_than_five_minutes() -> None:
    assert Pauses(refusals=40).refused(0, None, 10, "server error").until == LONGEST_SECONDS


def test_a_success_begins_anew() -> None:
    pauses = Pauses().refused(0, None, 10, "server error").refused(10, None, 10, "server error")
    assert pauses.answered().refused(100, None, 10, "server error").until == 110


def test_answers_to_questions_from_before_the_pause_do_not_lengthen_it() -> None:
    pauses = Pauses().refused(0, None, 10, "server error")
    assert pauses.refused(1, None, 10, "server error") == pauses
    assert pauses.refused(1, 30, 10, "server error").until == 31
    assert pauses.refused(1, 5, 10, "server error").until == 10


def test_a_wish_that_a_run_cannot_wait_for_ends_the_asking() -> None:
    assert Pauses().refused(0, PATIENCE_SECONDS, 10, "too many requests").given_up is None
    assert Pauses().refused(0, PATIENCE_SECONDS + 1, 10, "too many requests").given_up == "too many requests"


@given(st.lists(st.tuples(st.floats(0, 400), WISHES, st.booleans()), max_size=30))
def test_a_run_waits_as_long_as_it_is_asked_to_and_never_longer_than_its_patience(
    answers: list[tuple[float, float | None, bool]],
) -> None:
    pauses, now, waited = Pauses(), 0.0, 0.0
    for later, wished, success in answers:
        before, now = pauses, now + later
        pauses = pauses.answered() if success else pauses.refused(now, wished, 10, "server error")
        waited += pauses.until - max(before.until, now) if pauses.until > before.until else 0
        assert waited <= PATIENCE_SECONDS + 1e-6
        if not success and wished is not None and pauses.given_up is None:
            assert pauses.until >= now + wished
        assert pauses.given_up or not before.given_up


def back_off(first_seconds: float = 0.2) -> BackOff:
    crawler = get_crawler(Spider, {"ELCHI_BACK_OFF_SECONDS": first_seconds})
    crawler._engine = type("Engine", (), {"_slot": None})()
    return BackOff.from_crawler(crawler)


def answer(middleware: BackOff, url: str, status: int, **headers: str) -> None:
    request = Request(url)
    response = Response(url, status, headers={name.replace("_", "-"): value for name, value in headers.items()})
    assert middleware.process_response(request, response) is response


async def seconds_waited(middleware: BackOff, host: str) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    await middleware.wait(host)
    return loop.time() - began


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_is_left_alone_and_others_are_not(status: int) -> None:
    middleware = back_off()
    answer(middleware, "http://www.one.test/a", status)
    assert asyncio.run(seconds_waited(middleware, "two.test")) < 0.1
    assert asyncio.run(seconds_waited(middleware, "one.test")) > 0.1


@pytest.mark.parametrize("status", [200, 304, 404, 500])
def test_other_answers_are_no_wish_for_a_pause(status: int) -> None:
    middleware = back_off()
    answer(middleware, "http://one.test/a", status, Retry_After="100")
    assert asyncio.run(seconds_waited(middleware, "one.test")) < 0.1


@pytest.mark.parametrize(("status", "failure"), [(429, "too many requests"), (503, "server error")])
def test_a_host_that_asks_for_a_day_is_not_asked_again(status: int, failure: str) -> None:
    middleware = back_off()
    answer(middleware, "http://one.test/a", status, Retry_After="86400")
    with pytest.raises(LeftForLater, match=r"one\.test") as refusal:
        middleware.process_request(Request("http://www.one.test/b"))
    assert refusal.value.failure == failure
    with pytest.raises(LeftForLater):
        asyncio.run(middleware.wait("one.test"))
    middleware.process_request(Request("http://two.test/b"))


def test_a_crawl_that_is_stopped_does_not_wait_a_pause_out() -> None:
    middleware = back_off(100)
    answer(middleware, "http://one.test/a", 503)
    middleware._crawler._engine = type("Engine", (), {"_slot": type("Slot", (), {"closing": object()})})()
    with pytest.raises(LeftForLater) as refusal:
        asyncio.run(middleware.wait("one.test"))
    assert refusal.value.failure == "stopped"


def test_what_robots_txt_could_not_say_is_left_for_later_too() -> None:
    left = LeftForLater("later", "server error")
    assert left_for_later(RobotsUnknown("unknown", left)) is left
    assert left_for_later(left) is left
    assert left_for_later(RobotsUnknown("unknown", TimeoutError())) is None
    assert left_for_later(ValueError()) is None
