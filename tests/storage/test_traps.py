"""Which addresses are of one shape, and which shapes are traps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storage.traps import (
    FEW_NEW,
    GOOD,
    KEPT_OUT,
    MANY,
    TrapWatch,
    good_shapes,
    grows_by_itself,
    known_traps,
    shape_of,
    shut_trap,
)
from tests.storage.saving import NOON, SITE, Saving, reading_of, words


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        (f"{SITE}/news/123", "uni.example/news/#"),
        ("https://www.uni.example/news/9/", "uni.example/news/#"),
        (f"{SITE}/calendar/2026-11/", "uni.example/calendar/#-#"),
        (f"{SITE}/calendar?month=2026-11", "uni.example/calendar?month"),
        (f"{SITE}/list?sort=date&page=2", "uni.example/list?page&sort"),
        (f"{SITE}/list?page=3&sort=name", "uni.example/list?page&sort"),
        (f"{SITE}/news/rector-met-the-ambassador-of-japan", "uni.example/news/*"),
        (f"{SITE}/news/a-new-day-begins", "uni.example/news/*"),
        (f"{SITE}/s/0123456789abcdef0123/news", "uni.example/s/*/news"),
        (f"{SITE}/about/history", "uni.example/about/history"),
        (f"{SITE}/about/staff", "uni.example/about/staff"),
        (f"{SITE}/%D8%A7%D8%AE%D8%A8%D8%A7%D8%B1/5", "uni.example/اخبار/#"),
        (SITE, "uni.example/"),
    ],
)
def test_shapes(url: str, shape: str) -> None:
    assert shape_of(url) == shape


@pytest.mark.parametrize(
    ("path", "grows"),
    [
        ("/en/news/news/news", True),
        ("/a/b/a/b/a/b", True),
        ("/en/news/1/1/1", False),
        ("/en/news/international-news/2026", False),
        ("/", False),
    ],
)
def test_paths_that_grow_by_themselves(path: str, grows: bool) -> None:
    assert grows_by_itself(f"{SITE}{path}") is grows


def month(number: int) -> str:
    return f"{SITE}/calendar?month={number}"


def noted(news: int) -> list[str | None]:
    watch = TrapWatch()
    return [watch.note(month(number), is_new=number < news) for number in range(2 * MANY)]


def test_many_pages_without_news_are_suspicious_once() -> None:
    found = noted(int(FEW_NEW * MANY))
    assert [number for number, shape in enumerate(found, 1) if shape] == [MANY]
    assert not any(noted(int(FEW_NEW * MANY) + 1))


def test_what_is_shut_is_all_of_its_shape() -> None:
    watch = TrapWatch()
    assert not watch.is_shut(month(1))
    watch.shut.add(shape_of(month(1)))
    assert watch.is_shut(month(99))
    assert not watch.is_shut(f"{SITE}/news/1")


def test_a_trap_is_kept_out_for_a_while(saving: Saving) -> None:
    source, shape = saving.source(), shape_of(month(1))
    saving.write(lambda session: shut_trap(session, source, shape, NOON))
    for later, known in ((timedelta(days=1), {shape}), (KEPT_OUT, set())):
        assert saving.write(lambda session, at=NOON + later: known_traps(session, source, at)) == known  # type: ignore[misc]


def test_what_has_brought_articles_is_no_trap(saving: Saving) -> None:
    """On a day on which every address of a site answers with one notice."""
    source, watch = saving.source(), TrapWatch()
    for number in range(GOOD):
        saving.save(f"{SITE}/news/{number}", reading=reading_of(words(f"seed{number}x")))
    saving.save(f"{SITE}/about/us", reading=reading_of(words("about"), kind="page"))
    watch.good = saving.write(lambda session: good_shapes(session, source))
    assert watch.good == {"uni.example/news/#"}
    notices = [watch.note(f"{SITE}/news/{number}", is_new=False) for number in range(100, 100 + 2 * MANY)]
    assert not any(notices)
    assert any(watch.note(month(number), is_new=False) for number in range(MANY))


def test_what_is_strange_is_so_beside_what_is_known() -> None:
    watch = TrapWatch(good=set())
    assert not watch.is_strange(month(1)), "on the first day all is new"
    watch.good = {"uni.example/news/#"}
    assert watch.is_strange(month(1))
    assert not watch.is_strange(f"{SITE}/news/5")
