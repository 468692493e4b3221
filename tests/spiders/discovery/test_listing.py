"""Which links of a listing page are articles, with and without a pattern in the catalogue."""

from __future__ import annotations

from typing import Any

import pytest

from spiders.catalogue.entry import Listing
from tests.spiders.discovery.sources import ROOT, found_in, urls

NEWS = Listing(kind="listing", url=f"{ROOT}/news")


def listing(**changes: Any) -> Listing:
    return Listing(**{"kind": "listing", "url": f"{ROOT}/news", **changes})


def frame(main: str, *, head: str = "", around: str = "{}") -> str:
    menu = "".join(
        f'<li><a href="/about/{name}-of-the-university">About the {name} of the university</a></li>'
        for name in ("rector", "senate", "faculties", "library")
    )
    footer = "".join(f'<a href="/partners/{n}">Partner university number {n}</a>' for n in range(4))
    body = around.format(f"<nav><ul>{menu}</ul></nav><div id='content'>{main}</div><footer>{footer}</footer>")
    return f"<!DOCTYPE html><html><head>{head}<title>News</title></head><body>{body}</body></html>"


def items(*numbers: int, day: str = "", tag: str = "li") -> str:
    return "".join(
        f'<{tag}><a href="/news/{n}-guests-from-abroad"><img src="/{n}.jpg" alt=""></a><h3><a href="/news/{n}-guests-from-abroad">Guests '
        f'from abroad, part {n}</a></h3><span>{day.format(n)}</span><a href="/news/{n}-guests-from-abroad">Read more</a></{tag}>'
        for n in numbers
    )


EXPECTED = [f"/news/{n}-guests-from-abroad" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "<form id='aspnetForm'>{}</form>",
        "<div class='page-wrapper no-sidebar-left'><header><h1>A University</h1></header>{}</div>",
        "<header><a href='/'>Home</a></header>{}",
    ],
)
def test_articles_are_told_from_menus_without_a_pattern(around: str) -> None:
    found = found_in(NEWS, frame(items(1, 2, 3), around=around))
    assert urls(found) == EXPECTED
    assert [each.anchor for each in found.candidates] == [f"Guests from abroad, part {n}" for n in (1, 2, 3)]


def test_an_articles_own_header_is_not_the_pages() -> None:
    main = "".join(
        f'<article><header><h2><a href="/news/{n}-guests-from-abroad">Guests from abroad, part {n}</a></h2></header></article>'
        for n in (1, 2, 3)
    )
    assert urls(found_in(NEWS, frame(main))) == EXPECTED


def test_a_link_that_the_menu_shows_too_is_still_in_the_list() -> None:
    menu = '<nav><a href="/news/2-guests-from-abroad">Guests</a></nav>'
    assert sorted(urls(found_in(NEWS, frame(menu + items(1, 2, 3))))) == EXPECTED


def test_with_a_pattern_every_link_that_fits_is_a_candidate() -> None:
    main = items(1) + '<a href="/news/2-short">Two</a><a href="/other/3">A title that is long enough for an article</a>'
    assert urls(found_in(NEWS, frame(main), include=(r"^/news/\d",))) == ["/news/1-guests-from-abroad", "/news/2-short"]


def test_an_area_keeps_other_lists_out() -> None:
    main = f'<div class="list">{items(1, 2)}</div><div class="popular">{items(8, 9)}</div>'
    found = found_in(listing(links=".list"), frame(main), include=("^/news/",))
    assert urls(found) == EXPECTED[:2]


@pytest.mark.parametrize(
    "href",
    [
        "/news#top", "/news", "http://uni.test/news?utm_source=x", "javascript:void(0)", "mailto:a@uni.test", "tel:1", "", "#",
        "http://elsewhere.test/news/1", "//elsewhere.test/news/1", "/news/1.pdf", "/news/photo.JPG", "http://[broken", "data:text/html,x",
        "http://uni.test@elsewhere.test/news/1", "http://uni.test:81/news/1",
    ],
)  # fmt: skip
def test_what_is_no_page_of_the_source_is_no_candidate(href: str) -> None:
    main = f'<a href="{href}">A title that is long enough for an article</a>'
    assert found_in(NEWS, frame(main), include=("^/news",)).candidates == ()


def test_the_date_beside_a_link_is_its_own() -> None:
    found = found_in(NEWS, frame(items(1, 2, day="{}2 March 2025")), include=("^/news/",))
    assert [each.listed_date for each in found.candidates] == ["12 March 2025", "22 March 2025"]


def test_a_stamp_goes_before_the_words() -> None:
    main = '<li><a href="/news/1">One</a> <time datetime="2025-03-12T09:00+05:00">yesterday</time> 1 May 2020</li>'
    [candidate] = found_in(NEWS, frame(f"<ul>{main}</ul>"), include=("^/news/",)).candidates
    assert candidate.listed_date == "2025-03-12T09:00+05:00"


def test_a_date_that_stands_between_two_links_is_nobodys() -> None:
    main = '<p><a href="/news/1">One</a> 12 March 2025 <a href="/news/2">Two</a></p>'
    assert [each.listed_date for each in found_in(NEWS, frame(main), include=("^/news/",)).candidates] == [None, None]


def test_links_are_relative_to_the_base_that_the_page_names() -> None:
    main = '<a href="1-guests">Guests from abroad</a>'
    found = found_in(NEWS, frame(main, head='<base href="/deep/news/">'), include=("/news/",))
    assert urls(found) == ["/deep/news/1-guests"]


@pytest.mark.parametrize(
    ("changes", "main", "head", "following"),
    [
        ({"page_url": f"{ROOT}/news?p={{page}}", "first_page": 0, "step": 10}, "", "", "/news?p=10"),
        ({"next": "a.older"}, '<a class="older" href="/news/page/2">Older</a>', "", "/news/page/2"),
        ({}, '<a rel="next nofollow" href="?page=2">Next</a>', "", "/news?page=2"),
        ({}, "", '<link rel="next" href="/news/2">', "/news/2"),
        ({}, '<a class="older" href="/news/page/2">Older</a>', "", None),
        ({"next": "a.older"}, '<a class="older">Older</a>', '<link rel="next" href="/news/2">', None),
    ],
)
def test_where_the_list_goes_on(changes: dict[str, Any], main: str, head: str, following: str | None) -> None:
    found = found_in(listing(**changes), frame(items(1) + main, head=head), include=("^/news/1",))
    assert found.next_url == (following and ROOT + following)


def test_a_list_without_articles_has_ended() -> None:
    entry = listing(page_url=f"{ROOT}/news?p={{page}}")
    assert found_in(entry, frame("Nothing here"), include=("^/news/",)).next_url is None


def test_letters_of_the_list_are_read_in_its_own_charset() -> None:
    body = frame('<meta charset="utf-8"><a href="/news/1">Визит делегации из Вены в университет</a>').encode("cp1251")
    [candidate] = found_in(NEWS, body, languages=("ru",), include=("^/news/",)).candidates
    assert candidate.anchor == "Визит делегации из Вены в университет"


@pytest.mark.parametrize("body", ["", "\x00", "<", "plain words", '{"json": true}', "<html>" * 500])
def test_odd_pages_have_no_articles(body: str) -> None:
    assert found_in(NEWS, body).candidates == ()
