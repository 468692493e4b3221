"""The words by which a page says that it is none."""

from __future__ import annotations

import pytest

from scraper.reading.notices import has_notice, is_notice, notice_at_edge, notice_in, notices, obstacle_table
from scraper.reading.phrases import fold

GROUPS = ("missing", "failing", "asks", "waits")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("404", True),
        ("404: Page not found", True),
        ("Ошибка 404", True),
        ("Страница не найдена!", True),
        ("صفحه مورد نظر یافت نشد", True),
        ("404 students took part", False),
        ("Page not found: a novel", False),
    ],
)
def test_a_heading_that_is_nothing_else(heading: str, expected: bool) -> None:
    assert is_notice(fold(heading), "missing") is expected


def test_a_title_beside_the_name_of_the_site() -> None:
    assert has_notice(fold("404 | University of Letters"), "missing")
    assert not has_notice(fold("404 students | University of Letters"), "missing")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Page not found", ("missing", "page not found")),
        ("Page not found. Try the search.", ("missing", "page not found. try the search.")),
        ("We are sorry: page not found!", ("missing", "we are sorry: page not found!")),
        ("Internal Server Error", ("failing", "internal server error")),
        ("На сайте ведутся технические работы", ("failing", "на сайте ведутся технические работы")),
        ("您访问的页面不存在", ("missing", "您访问的页面不存在")),
        ("Just a moment...", ("asks", "just a moment...")),
        ("404 students took part in the games", None),
        ("Forbidden fruits of the botanical garden", None),
        ("Not founded yesterday", None),
    ],
)
def test_a_sentence_that_begins_or_ends_with_it(text: str, found: tuple[str, str] | None) -> None:
    assert notice_at_edge(["", fold(text)], ("missing", "failing", "asks")) == found


def test_a_long_phrase_is_found_within_a_text() -> None:
    assert notice_in("sorry, the page you requested could not be found here", "missing") is not None
    assert notice_in("404 of them were here", "missing") is None


@pytest.mark.parametrize("group", GROUPS)
def test_phrases_are_in_lower_case_and_stand_once_in_their_language(group: str) -> None:
    for phrases in obstacle_table()[group].values():
        assert [phrase.lower() for phrase in phrases] == phrases
        assert len(set(phrases)) == len(phrases)


def test_no_phrase_says_two_things() -> None:
    groups = [notices("missing"), notices("failing"), notices("asks"), notices("waits")]
    assert sum(map(len, groups)) == len(frozenset().union(*groups))
