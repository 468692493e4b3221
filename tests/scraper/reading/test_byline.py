"""The byline is who wrote the article: names that a page states, marks up or writes near its title, and no account or label."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading import Rules, Selectors
from scraper.reading.names import people, people_behind_label, people_of_line

from .pages import PROSE, read

TITLE = "Delegation agrees on exchange of lecturers"


def _page(byline: str = "", head: str = "", after: str = "") -> str:
    body = f"<div class='text'><p>{PROSE['en']}</p><p>{PROSE['en']}</p></div>"
    return f"<html><head><title>{TITLE}</title>{head}</head><body><h1>{TITLE}</h1>{byline}{body}{after}</body></html>"


def _article(author: object, **more: object) -> str:
    thing = {"@type": "NewsArticle", "headline": TITLE, "author": author, **more}
    return f'<script type="application/ld+json">{json.dumps(thing)}</script>'


@pytest.mark.parametrize(
    ("head", "byline", "expected"),
    [
        (_article({"@type": "Person", "name": "Jane Doe"}), "", "Jane Doe"),
        (_article([{"name": "Jane Doe"}, {"name": "Juan Pérez"}]), "", "Jane Doe, Juan Pérez"),
        (_article("Jane Doe and Juan Pérez, Reporter"), "", "Jane Doe, Juan Pérez"),
        (
            _article({"@id": "#jd"}) + '<script type="application/ld+json">{"@id": "#jd", "name": "Jane Doe"}</script>',
            "",
            "Jane Doe",
        ),
        ("<meta name='author' content='By Jane Doe (jd)'>", "", "Jane Doe"),
        (
            "<meta name='citation_author' content='Jane Doe'><meta name='citation_author' content='Juan Pérez'>",
            "",
            "Jane Doe, Juan Pérez",
        ),
        ("", "<p>By <a rel='author' href='/jd'>Jane Doe</a> | 3 May 2026</p>", "Jane Doe"),
        ("", "<p><span itemprop='author'><span itemprop='name'>Jane Doe</span></span></p>", "Jane Doe"),
        ("", "<div class='article-author'><div>Jane Doe</div><div>Staff writer</div></div>", "Jane Doe"),
        ("", "<p class='byline'>Jane <b>Doe</b></p>", "Jane Doe"),
        ("", "<p class='byline'><b>Jane Doe</b>Science Editor</p>", "Jane Doe"),
        ("", "<p>Von Anna Beispiel und Otto van der Muster, 3. Mai 2026</p>", "Anna Beispiel, Otto van der Muster"),
        ("", "<p>Автор: Анна Примерова</p>", "Анна Примерова"),
        ("", "<p>نویسنده: مریم نمونه‌ای</p>", "مریم نمونه‌ای"),
        ("", "<p>بقلم: سلمى مثال</p>", "سلمى مثال"),
        ("", "<p>责任编辑：王小例</p>", "王小例"),
        ("", "<p>글: 홍길동 기자</p>", "홍길동"),
        ("", "<p>Muallif: Anvar Namunaev</p>", "Anvar Namunaev"),
        ("", "<p>Author</p><p>Jane Doe</p>", "Jane Doe"),
        # A person wins over an office, and over the site.
        (_article({"name": "Example"}), "<p>By Jane Doe</p>", "Jane Doe"),
        ("<meta name='author' content='Redaktion Beispiel'>", "<p>Von Anna Beispiel</p>", "Anna Beispiel"),
        # What several agree on wins.
        (
            _article({"name": "Otto Muster"}) + "<meta name='author' content='Jane Doe'>",
            "<p>By Jane Doe</p>",
            "Jane Doe",
        ),
        # An institution that is stated as the author is one.
        (_article({"@type": "Organization", "name": "Ministry of Examples"}), "", "Ministry of Examples"),
    ],
)
def test_byline_of_a_page(head: str, byline: str, expected: str) -> None:
    assert read(_page(byline, head)).byline == expected


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("", ""),
        ("<meta name='author' content='admin'>", ""),
        ("<meta name='author' content='Super User'>", ""),
        ("<meta name='author' content='https://example.org/jd'>", ""),
        ("<meta name='author' content='jd@example.org'>", ""),
        ("<meta name='author' content='www.example.org'>", ""),
        ("<meta name='author' content='example.org'>", ""),
        ("<meta name='author' content='105092'>", ""),
        ("<meta name='article:author' content='@example'>", ""),
        ("", "<p class='byline'>By</p>"),
        ("", "<p class='author'>Editor</p>"),
        ("", "<p class='author'>Published</p>"),
        ("", "<p>By the end of the week both sides had agreed</p>"),
        ("", "<p>Text: 12 pages</p>"),
        ("", "<nav><a rel='author' href='/jd'>Jane Doe</a></nav>"),
        ("", "<div class='author-bio'>Jane Doe</div>"),
    ],
)
def test_no_byline(head: str, byline: str) -> None:
    assert read(_page(byline, head)).byline is None


def test_a_byline_behind_the_text() -> None:
    assert read(_page(after="<p>Author: Jane Doe</p>")).byline == "Jane Doe"


def test_a_comment_has_no_byline() -> None:
    comment = "<div class='comments'><p>Otto Muster</p><p class='comment-author'>By Otto Muster</p></div>"
    assert read(_page(after=comment)).byline is None


def test_the_sources_selector_decides() -> None:
    rules = Rules(selectors=Selectors(byline=".w"))
    page = _page("<p class='w'>By Jane Doe</p>", _article({"name": "Otto Muster"}))
    assert (read(page, rules).byline, read(page, rules).why["byline"]) == ("Jane Doe", "the source's selector .w")


@pytest.mark.parametrize(
    ("head", "byline", "why"),
    [
        (_article({"name": "Jane Doe"}), "<p>By Jane Doe</p>", "JSON-LD and a line near the title agree"),
        ("<meta name='author' content='Jane Doe'>", "", "a meta tag"),
        ("", "", "no author is named"),
    ],
)
def test_the_evidence_names_the_sources(head: str, byline: str, why: str) -> None:
    assert read(_page(byline, head)).why["byline"] == why


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jane Doe", ["Jane Doe"]),
        ("jdoe", ["jdoe"]),
        ("Jane Doe; Juan Pérez & Otto Muster", ["Jane Doe", "Juan Pérez", "Otto Muster"]),
        ("Jane Doe, Professor of the history and theory of comparative literature", ["Jane Doe"]),
        ("Jane Doe, Jane Doe", ["Jane Doe"]),
        ("记者王小例", ["王小例"]),
    ],
)
def test_people_that_a_statement_names(text: str, names: list[str]) -> None:
    assert people(text) == names


@pytest.mark.parametrize(
    "text", ["By Jane Doe 3 May 2026", "By Jane Doe on Monday", "by: Jane Doe, May 2026", "By Jane Doe May 3, 2026"]
)
def test_a_date_behind_the_name_is_not_of_it(text: str) -> None:
    assert people_behind_label(text) == ["Jane Doe"]


@pytest.mark.parametrize(
    "text", ["jdoe", "by and by", "In this issue we look at lecturers", "12 May 2026", "Jane Doe visited the faculty"]
)
def test_a_line_that_is_not_written_as_a_name(text: str) -> None:
    assert people_of_line(text) == []
    assert people_behind_label(text) == []


@given(st.text())
def test_names_are_parts_of_the_text(text: str) -> None:
    for name in (*people(text), *people_of_line(text), *people_behind_label(text)):
        assert all(word in text for word in name.split())
